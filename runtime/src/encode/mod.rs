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
    let mut text = String::with_capacity(bytes.len() * 2);
    push_hex(&mut text, bytes);
    text
}

/// Appends lower-case hexadecimal, a run of digits at a time.
pub fn push_hex(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for run in bytes.chunks(32) {
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(run) {
            pair[0] = DIGITS[usize::from(byte >> 4)];
            pair[1] = DIGITS[usize::from(byte & 15)];
        }
        out.push_str(std::str::from_utf8(&digits[..run.len() * 2]).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_two_digits_wherever_it_stands() {
        let bytes: Vec<u8> = (0..=255).collect();
        for start in 0..=255_usize {
            for length in [0, 1, 2, 3, 4, 5, 16, 31, 32, 33] {
                let run = &bytes[start..bytes.len().min(start + length)];
                let expected: String = run.iter().map(|byte| format!("{byte:02x}")).collect();
                assert_eq!(hex(run), expected);
            }
        }
    }
}
