//! Runs of base64 and of hexadecimal digits in a text, and what they stand for: a page that was packed into a token, a header
//! in a dump of memory.

use std::ops::Range;

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::escapes::View;

/// Shorter runs are words.
const SHORTEST: usize = 8;

/// Shorter secrets are searched for as words only.
const SHORTEST_TEXT: usize = 6;

/// Base64 with and without padding; whatever bits are left over at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// What runs of a reading stand for, and where in the text they are.
pub(super) fn runs(view: &View) -> impl Iterator<Item = (Range<usize>, String)> {
    let text = &view.bytes[..];
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            let length = text[start..].iter().take_while(|byte| is_of_run(**byte));
            at = start + length.count() + 1;
            let run = start..at - 1;
            if run.len() >= SHORTEST {
                return Some(run);
            }
        }
        None
    })
    .flat_map(|run| meanings(&view.bytes[run.clone()]).map(move |text| (run.clone(), text)))
    .map(|(run, text)| (view.source(run), text))
}

fn is_of_run(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte)
}

/// What a run stands for, if it is base64 from its beginning or, behind part of a path, a little later; and if it is
/// hexadecimal.
fn meanings(run: &[u8]) -> impl Iterator<Item = String> + use<> {
    let standard = run.iter().map(|byte| match byte {
        b'-' => b'+',
        b'_' => b'/',
        byte => *byte,
    });
    let standard: Vec<u8> = standard.collect();
    let hexadecimal = hexadecimal(run);
    let base64 = (0..4).filter_map(move |start| {
        let rest = standard.get(start..)?;
        // A run that is cut short may have a digit too many.
        let whole = rest.len() - usize::from(rest.len() % 4 == 1);
        BASE64.decode(&rest[..whole]).ok()
    });
    base64.chain(hexadecimal).filter_map(text)
}

/// The text that bytes begin with, when it is long enough for a secret: what is no text is no base64 either.
fn text(bytes: Vec<u8>) -> Option<String> {
    let valid = match std::str::from_utf8(&bytes) {
        Ok(text) => text.len(),
        Err(error) => error.valid_up_to(),
    };
    let text = std::str::from_utf8(bytes.get(..valid)?).ok()?;
    (text.len() >= SHORTEST_TEXT).then(|| text.to_owned())
}

fn hexadecimal(run: &[u8]) -> Option<Vec<u8>> {
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let byte = |pair: &[u8]| u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok();
    run.chunks_exact(2).map(byte).collect()
}
