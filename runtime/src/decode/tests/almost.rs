//! Bodies that are not what they should be: of another kind, which is an error, or almost good, which is none.

use super::*;
use crate::decode::JsonSource;

#[test]
fn a_whole_body_is_of_the_declared_kind() {
    for (body, found) in [
        ("", "nothing"),
        (" \n", "nothing"),
        ("null", "null"),
        ("[]", "a list"),
        ("[{}]", "a list"),
        ("true", "a boolean"),
        ("-7", "a number"),
        ("\"{}\"", "a text"),
        ("NaN ", "null"),
        ("<a/>", "null"),
        ("<a>text</a>", "a text"),
    ] {
        let error = read::<Answer>(body).unwrap_err().to_string();
        assert_eq!(
            error,
            format!("it is {found}, and an object is declared"),
            "{body}"
        );
    }
    for body in [
        "<html><p/></html>",
        "<!DOCTYPE html><html></html>",
        "please log in",
        "<HTML>",
    ] {
        assert!(read::<Answer>(body).is_err(), "{body}");
    }
    assert_eq!(read::<Answer>("{}").unwrap(), Answer::default());
    for body in ["{}", "\"x\"", "null", "", "1"] {
        assert!(read::<Vec<Item>>(body).is_err(), "{body}");
    }
    assert!(read::<i64>("null").is_err());
    assert!(read::<bool>("\"maybe\"").is_err());
    assert!(read::<bool>("\"TRUE\"").unwrap());
    assert_eq!(read::<String>("").unwrap(), "");
    assert!(read::<String>("{\"a\":1}").is_ok());
}

/// What is almost JSON costs a value at the most, and is counted.
#[test]
fn almost_good_json_is_read() {
    let one = |body: &[u8]| {
        let body = bytes::Bytes::copy_from_slice(body);
        <Answer as crate::decode::Answer>::read(&body, &mut Observed::default()).unwrap()
    };
    for (body, text, misfits) in [
        (&b"{\"Text\":\"a\xffb\",\"Number\":1}"[..], "a\u{fffd}b", 1),
        (b"{\"Text\":\"\xe4\xb8\",\"Number\":1}", "\u{fffd}", 1),
        (b"{\"Text\":\"a\nb\tc\x00\",\"Number\":1}", "a\nb\tc\0", 3),
        (
            b"{\"Text\":\"C:\\Users\\x\",\"Number\":1}",
            "C:\\Users\\x",
            2,
        ),
        (b"{\"Text\":\"\\uZZ\",\"Number\":1}", "\\uZZ", 1),
        (b"{\"Text\":\"\\u12\",\"Number\":1}", "\\u12", 1),
        (b"{\"Text\":\"x\",\"Ratio\":NaN,\"Number\":1}", "x", 1),
        (
            b"{\"Text\":\"x\",\"Ratio\": -Infinity ,\"Number\":1}",
            "x",
            1,
        ),
        (
            b"{\"Text\":\"x\",\"Unknown\":[undefined, .5, {\"a\": 0x1F}],\"Number\":1}",
            "x",
            3,
        ),
        (b"{\"Text\":\"x\",\"Names\":[\"a\",],\"Number\":1,}", "x", 2),
        (
            b"{\"Text\":\"x\",\"Bad\x01name\":{\"\\q\":\"\x02\"},\"Number\":1}",
            "x",
            3,
        ),
    ] {
        let (answer, counted) = one(body);
        let shown = String::from_utf8_lossy(body);
        assert_eq!(answer.text.as_deref(), Some(text), "{shown}");
        assert_eq!(answer.number, Some(1), "{shown}");
        assert_eq!(counted, misfits, "{shown}");
    }
    let (answer, counted) = one(b"{\"Flag\":True,\"Child\":None}");
    assert_eq!(
        (answer.flag, answer.child.is_none(), counted),
        (Some(true), true, 2)
    );
}

#[test]
fn almost_good_xml_is_read() {
    let body = b"<R><Text>a & b &nbsp; \xff\x01</Text><Number>1</Number></R>";
    let body = bytes::Bytes::from_static(body);
    let (answer, counted) =
        <Answer as crate::decode::Answer>::read(&body, &mut Observed::default()).unwrap();
    assert_eq!(answer.text.as_deref(), Some("a & b &nbsp; \u{fffd}\u{1}"));
    assert_eq!((answer.number, counted), (Some(1), 3));
}

#[test]
fn free_numbers_keep_their_digits() {
    for (text, kept) in [
        (
            "18446744073709551615",
            Value::Json("18446744073709551615".into()),
        ),
        (
            "12345678901234567890123",
            Value::Json("12345678901234567890123".into()),
        ),
        (
            "-9223372036854775809",
            Value::Json("-9223372036854775809".into()),
        ),
        (
            "0.10000000000000000555",
            Value::Json("0.10000000000000000555".into()),
        ),
        ("1e400", Value::Json("1e400".into())),
        ("1e-400", Value::Json("1e-400".into())),
        (
            "0.30000000000000004",
            Value::Float(0.300_000_000_000_000_04),
        ),
        ("9223372036854775807", Value::Int(i64::MAX)),
        ("1.50", Value::Float(1.5)),
        ("1E3", Value::Float(1000.0)),
        ("-0.0", Value::Float(-0.0)),
        ("0.000", Value::Float(0.0)),
        ("10000000000000000000000", Value::Float(1e22)),
    ] {
        let mut source = JsonSource::new(text);
        let value = Value::decode(&mut Reader::new(&mut source))
            .unwrap()
            .unwrap();
        assert_eq!(value, kept, "{text}");
        assert_eq!(
            crate::encode::json_text(&value).parse::<f64>().unwrap(),
            text.parse::<f64>().unwrap()
        );
    }
}
