//! Secrets, searched for in readings of a text.

use std::collections::HashSet;
use std::ops::Range;

use zeroize::Zeroizing;

use super::escapes::{Folded, View};

/// From this length on a piece of a secret gives it away, and is not met by chance: words alone rarely make one.
const PIECE: usize = 20;

/// From this length on a secret is searched for inside of words.
const WORD: usize = 6;

/// The shortest beginning of a secret that is found where a text breaks off.
const BEGINNING: usize = 6;

/// Secrets in the spellings they are searched for, and what their long ones are made of.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    forms: Vec<Form>,
    pieces: Pieces,
}

#[derive(Clone, PartialEq)]
struct Form {
    bytes: Zeroizing<Vec<u8>>,
    /// Whether it begins and ends with characters that are not searched for, but belong to it.
    margins: (bool, bool),
}

impl Secrets {
    /// Adds a secret as it is, and as it reads when what looks like escapes in it is undone, as it is in texts.
    pub(super) fn add(&mut self, secret: &str) {
        for (layers, view) in View::readings(secret).enumerate() {
            let folded = view.folded();
            let form = Form {
                margins: folded.margins(),
                bytes: Zeroizing::new(folded.view.bytes),
            };
            let least = if layers == 0 { 2 } else { WORD };
            if form.bytes.len() >= least && !self.forms.contains(&form) {
                self.pieces.add(&form.bytes);
                self.forms.push(form);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Marks where in the text secrets are.
    pub(super) fn mark(&self, text: &Folded, found: &mut Vec<Range<usize>>) {
        let bytes = &text.view.bytes[..];
        let pieces = self.pieces.places(bytes);
        found.extend(pieces.map(|at| text.view.source(at..at + PIECE)));
        for form in &self.forms {
            form.mark(text, found);
        }
        for end in breaks_off(bytes) {
            let beginnings = self
                .forms
                .iter()
                .filter_map(|form| form.begins(&bytes[..end]));
            found.extend(
                beginnings
                    .max()
                    .map(|length| text.view.source(end - length..end)),
            );
        }
    }
}

impl Form {
    /// Marks where in the text all of it is.
    fn mark(&self, text: &Folded, found: &mut Vec<Range<usize>>) {
        let length = self.bytes.len();
        if length >= PIECE && self.margins == (false, false) {
            // Its pieces say it.
            return;
        }
        for at in places(&text.view.bytes, &self.bytes) {
            let part = at..at + length;
            if length >= WORD || text.breaks_at(part.start) && text.breaks_at(part.end) {
                found.push(text.source(part, self.margins));
            }
        }
    }

    /// How much of its beginning stands at the end of a text.
    fn begins(&self, text: &[u8]) -> Option<usize> {
        if self.bytes.len() < WORD {
            return None;
        }
        let mut lengths = (BEGINNING..self.bytes.len().min(PIECE)).rev();
        lengths.find(|length| text.ends_with(&self.bytes[..*length]))
    }
}

/// Hashes of all pieces of long secrets.
#[derive(Clone, Default)]
struct Pieces {
    hashes: HashSet<u64>,
    /// A bit for some bits of each hash, which tell most other ones apart.
    bits: Vec<u64>,
}

impl Pieces {
    fn add(&mut self, secret: &[u8]) {
        for (_, hash) in hashes(secret) {
            self.bits.resize(BITS / 64, 0);
            let (word, bit) = place(hash);
            self.bits[word] |= bit;
            self.hashes.insert(hash);
        }
    }

    /// Where pieces begin in a text.
    fn places(&self, text: &[u8]) -> impl Iterator<Item = usize> {
        let text = if self.bits.is_empty() { &[] } else { text };
        let likely = hashes(text).filter(|(_, hash)| {
            let (word, bit) = place(*hash);
            self.bits[word] & bit != 0
        });
        likely
            .filter(|(_, hash)| self.hashes.contains(hash))
            .map(|(at, _)| at)
    }
}

/// How many bits of hashes are kept apart.
const BITS: usize = 4096;

/// Which word and which bit stand for a hash.
fn place(hash: u64) -> (usize, u64) {
    let mixed = hash.wrapping_mul(BASE) >> 52;
    let at = usize::try_from(mixed).unwrap_or_default() % BITS;
    (at / 64, 1 << (at % 64))
}

const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of each piece of a text and where it begins. Each is made of the one before.
fn hashes(text: &[u8]) -> impl Iterator<Item = (usize, u64)> {
    let last = (1..PIECE).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    let rolled = text.iter().enumerate().map(move |(at, byte)| {
        let gone = at.checked_sub(PIECE).and_then(|gone| text.get(gone));
        let gone = gone.map_or(0, |byte| last.wrapping_mul(u64::from(*byte) + 1));
        hash = hash.wrapping_sub(gone).wrapping_mul(BASE);
        hash = hash.wrapping_add(u64::from(*byte) + 1);
        (at, hash)
    });
    let whole = rolled.skip(PIECE - 1);
    whole.map(|(at, hash)| (at + 1 - PIECE, hash))
}

/// Where a text holds another one.
pub(super) fn places<'t>(
    text: &'t [u8],
    wanted: &'t [u8],
) -> impl Iterator<Item = usize> + use<'t> {
    let first = wanted.first();
    let places = text.iter().enumerate();
    let places = places.filter(move |(_, byte)| Some(*byte) == first);
    let places = places.map(|(at, _)| at);
    places.filter(move |at| text[*at..].starts_with(wanted))
}

/// Where a text breaks off: at its end, and before an ellipsis.
fn breaks_off(text: &[u8]) -> impl Iterator<Item = usize> {
    let dots = places(text, b"...").chain(places(text, "…".as_bytes()));
    dots.chain([text.len()])
}
