//! Scanning: finding the next byte that means something, eight bytes at a time.
//!
//! Most of an answer is text between delimiters, so this is where most bytes are looked at. Runs are short, which is why a
//! word of eight bytes does better than the wide vectors of a library that has to be set up for each run.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Marks the bytes of a word that are zero. The lowest mark is right; those above it need not be.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGHS
}

/// Marks the bytes of a word that are a certain byte, the lowest mark being right.
const fn equal(word: u64, byte: u8) -> u64 {
    zeros(word ^ (ONES * byte as u64))
}

/// Marks the bytes of a word that are below a limit of at most 0x80, the lowest mark being right.
const fn below(word: u64, limit: u8) -> u64 {
    word.wrapping_sub(ONES * limit as u64) & !word & HIGHS
}

/// Where the first byte is that `marks` and `is` agree on; the length of `bytes` when there is none.
#[inline(always)]
fn find(bytes: &[u8], marks: impl Fn(u64) -> u64, is: impl Fn(u8) -> bool) -> usize {
    let mut at = 0;
    while let Some(chunk) = bytes.get(at..).and_then(<[u8]>::first_chunk) {
        let found = marks(u64::from_le_bytes(*chunk));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    let rest = bytes.get(at..).unwrap_or_default();
    at + rest.iter().position(|byte| is(*byte)).unwrap_or(rest.len())
}

/// The first byte that ends a run of plain text in a JSON string: a quote, a backslash or a control character.
#[inline]
pub(super) fn string_end(bytes: &[u8]) -> usize {
    find(
        bytes,
        |word| equal(word, b'"') | equal(word, b'\\') | below(word, 0x20),
        |byte| matches!(byte, b'"' | b'\\' | 0..0x20),
    )
}

/// The first byte that cannot be part of the name in an XML tag: white space, a slash, an angle bracket, a quote.
#[inline]
pub(super) fn name_end(bytes: &[u8]) -> usize {
    let brackets = |word| equal(word, b'/') | equal(word, b'>') | equal(word, b'<');
    let quotes = |word| equal(word, b'"') | equal(word, b'\'');
    find(
        bytes,
        |word| below(word, 0x21) | brackets(word) | quotes(word),
        |byte| matches!(byte, b'/' | b'>' | b'<' | b'"' | b'\'' | 0..=b' '),
    )
}

/// The first space.
#[inline]
pub(super) fn space(bytes: &[u8]) -> usize {
    find(bytes, |word| equal(word, b' '), |byte| byte == b' ')
}

/// The first byte that is one of two.
#[inline]
pub(super) fn either(bytes: &[u8], one: u8, other: u8) -> usize {
    find(
        bytes,
        |word| equal(word, one) | equal(word, other),
        |byte| byte == one || byte == other,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every byte at every place, with neighbours that differ from it in one bit or by one.
    #[test]
    fn every_byte_is_found_where_a_simple_search_finds_it() {
        for filler in [
            b' ', b'/', b'>', b'<', b'"', b'!', b'#', b'\\', b'[', b']', 0x1f, 0x7f, 0x80, 0xa2,
            0xff,
        ] {
            for byte_there in 0..=255_u8 {
                for length in [0, 1, 7, 8, 9, 16, 19] {
                    for place in 0..length {
                        let mut bytes = vec![filler; length];
                        bytes[place] = byte_there;
                        agree(&bytes);
                    }
                }
            }
        }
    }

    fn agree(bytes: &[u8]) {
        let simple = |is: &dyn Fn(u8) -> bool| {
            bytes
                .iter()
                .position(|byte| is(*byte))
                .unwrap_or(bytes.len())
        };
        let ends = |byte| byte == b'"' || byte == b'\\' || byte < 0x20;
        assert_eq!(string_end(bytes), simple(&ends), "{bytes:?}");
        let ends = |byte| byte <= b' ' || b"/<>\"'".contains(&byte);
        assert_eq!(name_end(bytes), simple(&ends), "{bytes:?}");
        assert_eq!(space(bytes), simple(&|byte| byte == b' '), "{bytes:?}");
        assert_eq!(
            either(bytes, b'[', 0xa2),
            simple(&|byte| byte == b'[' || byte == 0xa2),
            "{bytes:?}"
        );
    }
}
