//! The text of an XML element: references, CDATA sections, comments.

use crate::decode::scan;

/// No reference needs more bytes than this.
const MAX_REFERENCE: usize = 16;

/// What the reference at the start stands for, and how many bytes it takes.
pub(super) fn character(bytes: &[u8]) -> Option<(char, usize)> {
    let bytes = &bytes[..bytes.len().min(MAX_REFERENCE)];
    let name = bytes.strip_prefix(b"&")?;
    let end = name.iter().position(|byte| *byte == b';')?;
    let name = &name[..end];
    let character = match name {
        b"amp" => '&',
        b"lt" => '<',
        b"gt" => '>',
        b"quot" => '"',
        b"apos" => '\'',
        [b'#', b'x', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        _ => return None,
    };
    Some((character, end + 2))
}

fn number(digits: &[u8], radix: u32) -> Option<char> {
    let mut code = 0_u32;
    for digit in digits {
        let digit = char::from(*digit).to_digit(radix)?;
        code = code.checked_mul(radix)?.checked_add(digit)?;
    }
    // There is no character 0 in XML, which also takes care of no digits at all.
    char::from_u32(code).filter(|character| *character != '\0')
}

/// The text of an element that has more than text in it, and whose form was checked before.
pub(super) fn plain(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    loop {
        let (text, marked) = rest.split_at(scan::either(rest.as_bytes(), b'<', b'&'));
        out.push_str(text);
        if marked.is_empty() {
            return out;
        }
        rest = if let Some((character, length)) = character(marked.as_bytes()) {
            out.push(character);
            &marked[length..]
        } else if let Some(rest) = marked.strip_prefix('&') {
            out.push('&');
            rest
        } else if let Some(data) = marked.strip_prefix("<![CDATA[") {
            let (data, rest) = split(data, "]]>");
            out.push_str(data);
            rest
        } else if let Some(instruction) = marked.strip_prefix("<?") {
            split(instruction, "?>").1
        } else {
            split(marked.strip_prefix("<!--").unwrap_or_default(), "-->").1
        };
    }
}

/// What stands before and after the next `close`.
fn split<'t>(text: &'t str, close: &str) -> (&'t str, &'t str) {
    text.split_once(close).unwrap_or((text, ""))
}
