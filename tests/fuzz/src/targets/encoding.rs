//! Encodings and times.

use alicloud_runtime::encode::{form, percent as encoded, push_percent_twice};
use alicloud_runtime::time::{parse_http_date, parse_timestamp, timestamp};
use percent_encoding::percent_decode_str;

/// What is encoded is read back by another library, and holds nothing a URL may not hold.
pub(super) fn percent(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let once = encoded(text);
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte);
    assert!(once.bytes().all(plain), "{once}");
    assert_eq!(percent_decode_str(&once).collect::<Vec<u8>>(), data);

    let mut twice = String::new();
    push_percent_twice(&mut twice, text);
    assert_eq!(twice, encoded(&once));

    let spaced = form(text).replace('+', "%20");
    assert_eq!(spaced, once);
}

/// A time that is read is written as it was.
pub(super) fn time(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for time in [parse_timestamp(text), parse_http_date(text)]
        .into_iter()
        .flatten()
    {
        let written = timestamp(time);
        // Years of more than four digits are read, and cannot be written.
        if written.len() == "2024-01-01T00:00:00Z".len() {
            let read = parse_timestamp(&written).map(timestamp);
            assert_eq!(read.as_deref(), Some(written.as_str()), "{text:?}");
        }
    }
}
