//! Ways to write a text down.

/// A way to write a text down.
pub(crate) type Spelling = fn(&str) -> String;

/// All of them, by name.
pub(crate) const SPELLINGS: [(&str, Spelling); 13] = [
    ("plain text", str::to_owned),
    ("percent-encoding", percent),
    ("percent-encoding in lower case", |text| {
        escaped(text, |byte| format!("%{byte:02x}"))
    }),
    ("percent-encoding twice", |text| percent(&percent(text))),
    ("form encoding", |text| percent(text).replace("%20", "+")),
    ("JSON", json),
    ("JSON with escaped slashes", |text| {
        json(text).replace('/', "\\/")
    }),
    ("JSON in units", units),
    ("JSON in JSON", |text| json(&json(text))),
    ("XML", xml),
    ("XML in decimal", |text| {
        text.chars()
            .map(|c| format!("&#{};", u32::from(c)))
            .collect()
    }),
    ("XML in hexadecimal", |text| {
        text.chars()
            .map(|c| format!("&#x{:X};", u32::from(c)))
            .collect()
    }),
    ("percent-encoding in XML in JSON", |text| {
        json(&xml(&percent(text)))
    }),
];

fn escaped(text: &str, escape: impl Fn(u8) -> String) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    let spelled = text.bytes().map(|byte| match byte {
        byte if plain(byte) => char::from(byte).to_string(),
        byte => escape(byte),
    });
    spelled.collect()
}

pub(crate) fn percent(text: &str) -> String {
    escaped(text, |byte| format!("%{byte:02X}"))
}

/// What stands between the quotes of a JSON string.
pub(crate) fn json(text: &str) -> String {
    let quoted = serde_json::to_string(text).unwrap();
    quoted[1..quoted.len() - 1].to_owned()
}

fn units(text: &str) -> String {
    let units = text.encode_utf16();
    units.map(|unit| format!("\\u{unit:04x}")).collect()
}

fn xml(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    let text = text.replace('>', "&gt;").replace('"', "&quot;");
    text.replace('\'', "&apos;")
}
