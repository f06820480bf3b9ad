//! Samples: the request as a URL, the answers in XML and JSON.

use super::section::Line;

/// The parameters of a sample request, decoded, in order, without those that all requests have.
pub(super) fn request(lines: &[Line<'_>]) -> Vec<(String, String)> {
    pairs(lines).filter(|(name, _)| name != "Action").collect()
}

/// The operation that a sample request names.
pub(super) fn action(lines: &[Line<'_>]) -> Option<String> {
    pairs(lines)
        .find(|(name, _)| name == "Action")
        .map(|(_, value)| value)
}

fn pairs<'l>(lines: &'l [Line<'_>]) -> impl Iterator<Item = (String, String)> + 'l {
    let texts = lines.iter().flat_map(|(_, line)| {
        // A URL in several lines, or in one with spaces before each parameter.
        let query = line.split_once("/?").map_or(*line, |(_, query)| query);
        query.split(" &")
    });
    texts.filter_map(|text| {
        let text = text.trim().trim_start_matches('&');
        if text.starts_with('<') {
            return None;
        }
        let (name, value) = text.split_once('=')?;
        Some((name.to_owned(), decoded(value)))
    })
}

/// A value without percent-encoding; as it is when it has none that makes sense.
fn decoded(value: &str) -> String {
    let bytes = value.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = value.get(at + 1..at + 3);
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) if *byte == b'%' => {
                out.push(decoded);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| value.to_owned())
}

/// The sample answers, in JSON and in XML.
pub(super) fn answers(lines: &[Line<'_>]) -> (Option<String>, Option<String>) {
    let from = |mark: char| {
        let start = lines
            .iter()
            .position(|(_, line)| line.trim_start().starts_with(mark))?;
        let is_over = |line: &str| {
            line.starts_with("JSON") || line.starts_with("XML") || line.starts_with("HTTP/")
        };
        let body = lines.iter().skip(start).map(|(_, line)| *line);
        let body: Vec<&str> = body.take_while(|line| !is_over(line)).collect();
        let body = body.join("\n");
        Some(format!("{}\n", body.trim()))
    };
    (from('{').or_else(|| from('[')), from('<'))
}
