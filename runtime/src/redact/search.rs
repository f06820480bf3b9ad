//! Secrets, searched for in readings of a text.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
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
    /// Hashes of all pieces.
    pieces: HashSet<u64>,
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
                self.pieces.extend(form.bytes.windows(PIECE).map(hash));
                self.forms.push(form);
            }
        }
    }

    /// Marks where in the text secrets are.
    pub(super) fn mark(&self, text: &Folded, found: &mut Vec<Range<usize>>) {
        let bytes = &text.view.bytes[..];
        if !self.pieces.is_empty() {
            let pieces = bytes.windows(PIECE).enumerate();
            let pieces = pieces.filter(|(_, piece)| self.pieces.contains(&hash(piece)));
            found.extend(pieces.map(|(at, _)| text.view.source(at..at + PIECE)));
        }
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

fn hash(piece: &[u8]) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(piece)
}

/// Where a text holds another one.
fn places(text: &[u8], wanted: &[u8]) -> impl Iterator<Item = usize> {
    let windows = text.windows(wanted.len()).enumerate();
    windows.filter_map(move |(at, window)| (window == wanted).then_some(at))
}

/// Where a text breaks off: at its end, and before an ellipsis.
fn breaks_off(text: &[u8]) -> impl Iterator<Item = usize> {
    let dots = places(text, b"...").chain(places(text, "…".as_bytes()));
    dots.chain([text.len()])
}
