//! Compressed bodies: an ordinary one, and one that is a thousand times larger than it looks.

use std::io::Write as _;

use flate2::write::GzEncoder;
use flate2::{Compress, Compression, Crc, FlushCompress};

/// The padding of a bomb is compressed once in pieces of this size, and the piece repeated.
const PIECE: usize = 1 << 20;

const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// A deflate block with nothing in it that says it is the last one.
const LAST_BLOCK: [u8; 2] = [3, 0];

/// The body in gzip.
pub(super) fn compress(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to a vector does not fail.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default()
}

/// Gzip of a JSON document that is that many bytes long, or a little longer when that is too few for one.
///
/// Every part of it is compressed without regard to what is before it, so that the long middle is the same bytes over and
/// over, and making it takes neither time nor memory.
pub(super) fn bomb(size: u64) -> Vec<u8> {
    let (head, tail) = (&br#"{"Padding":""#[..], &br#""}"#[..]);
    let padding = size.saturating_sub((head.len() + tail.len()) as u64);
    let (pieces, rest) = (padding / PIECE as u64, padding % PIECE as u64);
    let (spaces, rest) = (vec![b' '; PIECE], usize::try_from(rest).unwrap_or_default());
    let mut out = Bomb {
        bytes: HEADER.to_vec(),
        checksum: Crc::new(),
    };
    out.push(&Part::of(head), 1);
    out.push(&Part::of(&spaces), pieces);
    out.push(&Part::of(&spaces[..rest]), 1);
    out.push(&Part::of(tail), 1);
    out.bytes.extend(LAST_BLOCK);
    out.bytes.extend(out.checksum.sum().to_le_bytes());
    out.bytes.extend(out.checksum.amount().to_le_bytes());
    out.bytes
}

struct Bomb {
    bytes: Vec<u8>,
    checksum: Crc,
}

impl Bomb {
    fn push(&mut self, part: &Part, times: u64) {
        for _ in 0..times {
            self.bytes.extend(&part.deflated);
            self.checksum.combine(&part.checksum);
        }
    }
}

/// Bytes that are compressed on their own and end where a byte does.
struct Part {
    deflated: Vec<u8>,
    checksum: Crc,
}

impl Part {
    fn of(bytes: &[u8]) -> Self {
        let mut checksum = Crc::new();
        checksum.update(bytes);
        let mut deflated = Vec::with_capacity(bytes.len() + 64);
        let mut compressor = Compress::new(Compression::best(), false);
        // There is room for all of it, so nothing can go wrong and one step is enough.
        let _ = compressor.compress_vec(bytes, &mut deflated, FlushCompress::Full);
        Self { deflated, checksum }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use flate2::read::GzDecoder;

    use super::*;

    fn decompressed(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        // The decoder compares length and checksum with what came out.
        GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn what_is_compressed_comes_out_again() {
        assert_eq!(decompressed(&compress(b"{}")), b"{}");
    }

    #[test]
    fn a_bomb_is_small_and_a_whole_document() {
        let size = 5 * PIECE + 12_345;
        let bomb = bomb(size as u64);
        assert!(bomb.len() < size / 500, "{}", bomb.len());
        let text = decompressed(&bomb);
        assert_eq!(text.len(), size);
        let document: serde_json::Value = serde_json::from_slice(&text).unwrap();
        assert!(document["Padding"].is_string());
    }
}
