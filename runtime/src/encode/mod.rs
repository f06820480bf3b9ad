//! Encoding: from parameter trees to the text of queries, forms and JSON bodies.

mod flatten;
mod json;
mod percent;

pub use flatten::{Pair, Separator, flatten, join};
pub use json::{json_text, write_json};
pub use percent::{
    form, form_pairs, percent, push_form, push_percent, push_percent_twice, query_pairs,
};

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = Vec::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.extend_from_slice(&[
            DIGITS[usize::from(byte >> 4)],
            DIGITS[usize::from(byte & 15)],
        ]);
    }
    String::from_utf8(text).unwrap_or_default()
}
