//! gzip and deflate, undone piece by piece.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::{DeflateDecoder, GzDecoder, ZlibDecoder};

use crate::transport::{Collected, TransportError};

/// How often a body may have been compressed.
const DEEPEST: usize = 3;

/// The first byte of gzip.
const GZIP: u8 = 0x1f;

/// Compressions to be undone: the one that was done last comes first.
pub(in super::super) struct Layers(Vec<Layer>);

impl Layers {
    /// For what was done in this order; `None` when some of it cannot be undone.
    pub(super) fn of(codings: &[String]) -> Option<Self> {
        if codings.len() > DEEPEST {
            return None;
        }
        let layers = codings.iter().rev().map(|coding| match coding.as_str() {
            "gzip" | "x-gzip" => Some(Layer::new("gzip")),
            "deflate" | "x-deflate" => Some(Layer::new("deflate")),
            _ => None,
        });
        layers.collect::<Option<_>>().map(Self)
    }

    pub(super) fn push(
        &mut self,
        piece: &[u8],
        body: &mut Collected,
    ) -> Result<(), TransportError> {
        push(&mut self.0, piece, body)
    }

    pub(super) fn finish(&mut self, body: &mut Collected) -> Result<(), TransportError> {
        let mut layers = self.0.as_mut_slice();
        while let Some((outer, inner)) = layers.split_first_mut() {
            let rest = outer.finish().map_err(|why| outer.broken(&why))?;
            push(inner, &rest, body)?;
            layers = inner;
        }
        Ok(())
    }
}

/// Passes a piece through all layers, in steps: a small piece can become a very large one.
fn push(
    layers: &mut [Layer],
    mut piece: &[u8],
    body: &mut Collected,
) -> Result<(), TransportError> {
    let Some((outer, inner)) = layers.split_first_mut() else {
        return body.push(Bytes::copy_from_slice(piece));
    };
    loop {
        let (taken, step) = outer.step(piece).map_err(|why| outer.broken(&why))?;
        piece = piece.get(taken..).unwrap_or_default();
        if piece.is_empty() && step.is_empty() {
            return Ok(());
        }
        push(inner, &step, body)?;
    }
}

/// One compression.
struct Layer {
    name: &'static str,
    state: State,
}

enum State {
    /// Nothing came yet.
    Begins,
    Gzip(GzDecoder<Vec<u8>>),
    Zlib(ZlibDecoder<Vec<u8>>),
    Raw(DeflateDecoder<Vec<u8>>),
    /// All came. What follows is ignored, as other programs do.
    Over,
}

impl Layer {
    fn new(name: &'static str) -> Self {
        Self {
            name,
            state: State::Begins,
        }
    }

    /// `deflate` is meant to be zlib, whose first byte says so; some servers leave that out.
    fn begin(&self, first: u8) -> State {
        match self.name {
            "gzip" => State::Gzip(GzDecoder::new(Vec::new())),
            _ if first & 0x8f == 0x08 => State::Zlib(ZlibDecoder::new(Vec::new())),
            _ => State::Raw(DeflateDecoder::new(Vec::new())),
        }
    }

    /// Takes some of a piece: how much, and what comes out, a few ten thousand bytes at most. With an empty piece, what is
    /// still to come out.
    fn step(&mut self, piece: &[u8]) -> io::Result<(usize, Vec<u8>)> {
        if let (State::Begins, Some(first)) = (&self.state, piece.first()) {
            self.state = self.begin(*first);
        }
        let (taken, step) = match &mut self.state {
            State::Begins | State::Over => (piece.len(), Vec::new()),
            State::Gzip(decoder) => (decoder.write(piece)?, std::mem::take(decoder.get_mut())),
            State::Zlib(decoder) => (decoder.write(piece)?, std::mem::take(decoder.get_mut())),
            State::Raw(decoder) => (decoder.write(piece)?, std::mem::take(decoder.get_mut())),
        };
        match piece.first() {
            // It takes no more: it is over, and what follows may be another one of its kind.
            Some(first) if taken == 0 && step.is_empty() => {
                let rest = self.finish()?;
                if self.name == "gzip" && *first == GZIP {
                    self.state = self.begin(GZIP);
                }
                Ok((0, rest))
            }
            _ => Ok((taken, step)),
        }
    }

    /// What is left when no more will come.
    fn finish(&mut self) -> io::Result<Vec<u8>> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Begins | State::Over => Ok(Vec::new()),
            State::Gzip(decoder) => decoder.finish(),
            State::Zlib(decoder) => decoder.finish(),
            State::Raw(decoder) => decoder.finish(),
        }
    }

    fn broken(&self, why: &io::Error) -> TransportError {
        TransportError::unreadable(format!("its {} compression is damaged: {why}", self.name))
    }
}

#[cfg(test)]
mod tests {
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::super::Decoder;
    use super::*;
    use crate::transport::HttpResponse;

    const TEXT: &[u8] = br#"{"RequestId":"1","Text":"which is repeated, repeated, repeated"}"#;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn zlib(data: &[u8], level: u32) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(level));
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn raw(data: &[u8], level: u32) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    /// What becomes of a body that comes in pieces of that size: all that came out, and how it ended.
    fn decode(encodings: &[&str], data: &[u8], size: usize) -> (Bytes, Result<(), String>) {
        let header = |value: &&str| ("content-encoding".into(), (*value).to_owned().into());
        let mut head = HttpResponse {
            headers: encodings.iter().map(header).collect(),
            ..HttpResponse::default()
        };
        let mut decoder = Decoder::of(&mut head);
        let mut body = Collected::with_limit(1 << 20);
        let mut end = Ok(());
        for piece in data.chunks(size) {
            end = end.and_then(|()| decoder.push(Bytes::copy_from_slice(piece), &mut body));
        }
        let end = end.and_then(|()| decoder.finish(&mut body));
        (body.finish(), end.map_err(|error| error.source.to_string()))
    }

    /// Checks that it comes out whole, in pieces of any size.
    fn comes_out(encodings: &[&str], data: &[u8]) {
        for size in [1, 2, 3, 7, 1000] {
            let (body, end) = decode(encodings, data, size);
            assert_eq!(end, Ok(()), "{encodings:?} by {size}");
            assert_eq!(&body[..], TEXT, "{encodings:?} by {size}");
        }
    }

    #[test]
    fn every_spelling_is_undone() {
        for name in [
            "gzip",
            "x-gzip",
            "GZIP",
            " GZip ",
            "identity, gzip",
            "gzip,",
        ] {
            comes_out(&[name], &gzip(TEXT));
        }
        for level in [0, 1, 6, 9] {
            for name in ["deflate", "Deflate", "x-deflate"] {
                comes_out(&[name], &zlib(TEXT, level));
                comes_out(&[name], &raw(TEXT, level));
            }
        }
        for name in ["identity", "", " , "] {
            comes_out(&[name], TEXT);
        }
        comes_out(&["deflate, gzip"], &gzip(&zlib(TEXT, 6)));
        comes_out(&["gzip, gzip"], &gzip(&gzip(TEXT)));
        comes_out(&["gzip", "deflate"], &raw(&gzip(TEXT), 6));
    }

    #[test]
    fn several_members_are_one_body_and_what_follows_is_ignored() {
        let (start, rest) = TEXT.split_at(20);
        comes_out(&["gzip"], &[gzip(start), gzip(rest)].concat());
        comes_out(&["gzip"], &[gzip(TEXT), vec![0; 30]].concat());
        comes_out(&["deflate"], &[zlib(TEXT, 6), vec![7; 30]].concat());
    }

    #[test]
    fn an_empty_body_is_empty_whatever_it_is_called() {
        for name in ["gzip", "deflate", "br"] {
            assert_eq!(decode(&[name], b"", 1), (Bytes::new(), Ok(())), "{name}");
        }
    }

    #[test]
    fn what_cannot_be_undone_is_named() {
        for (encodings, named) in [
            (&["br"][..], "\"br\""),
            (&["ZSTD"], "\"zstd\""),
            (&["gzip", "br"], "\"gzip, br\""),
            (&["gzip, gzip, gzip, gzip"], "\"gzip, gzip, gzip, gzip\""),
            (&["a\u{7}b"], "\"a\\u{7}b\""),
        ] {
            let (body, end) = decode(encodings, b"\x0b\x02\x80", 100);
            let why = end.unwrap_err();
            assert!(
                why.starts_with(&format!("it is compressed by {named}, ")),
                "{why}"
            );
            // It is kept as it came.
            assert_eq!(&body[..], b"\x0b\x02\x80");
        }
    }

    #[test]
    fn damage_is_told_and_what_came_before_is_kept() {
        let large: Vec<u8> = (0..200_000_u32).flat_map(|n| n.to_le_bytes()).collect();
        for (name, whole) in [
            ("gzip", gzip(&large)),
            ("deflate", zlib(&large, 6)),
            ("deflate", raw(&large, 6)),
        ] {
            let half = whole.len() / 2;
            let (body, end) = decode(&[name], &whole[..half], 1000);
            let why = end.unwrap_err();
            assert!(why.contains(name) && why.contains("incomplete"), "{why}");
            assert!(!body.is_empty() && large.starts_with(&body));
        }
        let mut checked = gzip(TEXT);
        let sum = checked.len() - 8;
        checked[sum] ^= 1;
        for (name, data) in [
            ("gzip", &checked[..]),
            ("gzip", TEXT),
            ("deflate", b"\xff\xff\xff\xff"),
            ("gzip", &gzip(TEXT)[..1]),
        ] {
            for size in [1, 100] {
                let why = decode(&[name], data, size).1.unwrap_err();
                assert!(why.starts_with(&format!("its {name} compression")), "{why}");
            }
        }
    }

    #[test]
    fn nothing_grows_beyond_the_limit() {
        let bomb = gzip(&gzip(&vec![0; 8 << 20]));
        assert!(bomb.len() < 10_000);
        let (body, end) = decode(&["gzip, gzip"], &bomb, 100_000);
        assert_eq!(end, Err("it is larger than 1048576 bytes".to_owned()));
        assert!(body.len() <= 1 << 20);
    }
}
