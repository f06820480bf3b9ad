//! Documents nobody sends in good faith: nothing overflows, expands or takes for ever.

use std::time::{Duration, Instant};

use super::*;

const DEEP: usize = 100_000;

fn nested_lists() -> String {
    format!("{{\"X\":{}1{}}}", "[".repeat(DEEP), "]".repeat(DEEP))
}

fn nested_objects(name: &str, depth: usize) -> String {
    format!(
        "{}1{}",
        format!("{{\"{name}\":").repeat(depth),
        "}".repeat(depth)
    )
}

fn decode<T: Decode>(text: &str) -> Result<Option<T>, Malformed> {
    T::decode(&mut Reader::new(&mut JsonSource::new(text)))
}

#[test]
fn depth_is_bounded() {
    for text in [
        nested_lists(),
        nested_objects("X", DEEP),
        nested_objects("Child", DEEP),
        "[".repeat(DEEP),
    ] {
        let too_deep = |error: Malformed| error.what == "JSON nested too deeply";
        assert!(JsonSource::new(&text).skip().is_err_and(too_deep));
        assert!(decode::<Value>(&text).is_err_and(too_deep));
        assert!(decode::<Answer>(&text).is_err_and(too_deep));
        let mut observed = Observed::default();
        observed.watch_list("X");
        observed.watch("X.X.X".into());
        let body = bytes::Bytes::from(format!("{{\"Y\":{text}}}"));
        assert!(<Answer as crate::decode::Answer>::read(&body, &mut observed).is_err_and(too_deep));
    }
    for text in [
        "<a>".repeat(DEEP),
        format!("{}{}", "<Child>".repeat(DEEP), "</Child>".repeat(DEEP)),
    ] {
        let error = XmlSource::new(&text).err().unwrap();
        assert_eq!(error.what, "XML nested too deeply");
    }
}

#[test]
fn what_is_as_deep_as_allowed_is_read() {
    let text = nested_objects("Child", 127);
    let text = text.replace('1', "{\"Number\":1}");
    assert_eq!(depth(decode::<Answer>(&text).unwrap().unwrap()), 128);
    assert!(decode::<Value>(&text).unwrap().is_some());
    assert_eq!(JsonSource::new(&text).skip(), Ok(text.as_str()));
    let lists = format!("{}{}", "[".repeat(128), "]".repeat(128));
    assert!(decode::<Value>(&lists).unwrap().is_some());
    let xml = format!(
        "{}<Number>1</Number>{}",
        "<Child>".repeat(127),
        "</Child>".repeat(127)
    );
    let mut source = XmlSource::new(&xml).unwrap();
    assert_eq!(
        depth(
            Answer::decode(&mut Reader::new(&mut source))
                .unwrap()
                .unwrap()
        ),
        127
    );
}

fn depth(mut answer: Answer) -> usize {
    let mut depth = 1;
    while let Some(child) = answer.child.take() {
        answer = *child;
        depth += 1;
    }
    assert_eq!(answer.number, Some(1));
    depth
}

#[test]
fn json_in_a_string_shares_the_depth_of_what_it_is_in() {
    let inner = nested_objects("Child", 20)
        .replace('1', "{\\\"Number\\\":1}")
        .replace("\"Child\"", "\\\"Child\\\"");
    let within = |depth| nested_objects("Child", depth).replace('1', &format!("\"{inner}\""));
    let shallow = decode::<Answer>(&within(10)).unwrap().unwrap();
    assert_eq!(depth(shallow), 31);
    let text = within(120);
    let mut source = JsonSource::new(&text);
    let mut reader = Reader::new(&mut source);
    assert!(Answer::decode(&mut reader).unwrap().is_some());
    assert_eq!(reader.misfits(), 1);
}

#[test]
fn entities_are_never_expanded() {
    let mut laughs = String::from("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY a0 \"ha\">");
    for level in 1..30 {
        let before = format!("&a{};", level - 1).repeat(10);
        laughs.push_str(&format!("<!ENTITY a{level} \"{before}\">"));
    }
    laughs.push_str("]><r><Text>&a29;</Text></r>");
    let error = XmlSource::new(&laughs).err().unwrap();
    assert_eq!(error.what, "XML with a document type");
    let unknown = super::xml("<r><Text>&a29;</Text></r>");
    assert_eq!(unknown.text.as_deref(), Some("&a29;"));
    let external = "<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><r/>";
    assert!(XmlSource::new(external).is_err());
}

#[test]
fn numbers_of_absurd_length_are_numbers() {
    let digits = "9".repeat(1 << 20);
    for number in [
        digits.clone(),
        format!("-{digits}.{digits}"),
        format!("1e{digits}"),
        format!("0.{}1e-{digits}", "0".repeat(1 << 20)),
    ] {
        let text = format!(
            r#"{{"Number":{number},"Ratio":{number},"Text":{number},"Free":{number},"Flag":{number}}}"#
        );
        let answer = json(&text);
        assert_eq!(answer.text.as_deref(), Some(number.as_str()));
        assert_eq!(answer.flag, None);
        assert!(answer.free.is_some());
    }
    let answer = json(&format!(r#"{{"Number":{digits},"Free":1e999}}"#));
    assert_eq!(
        (answer.number, answer.free),
        (None, Some(Value::Json("1e999".into())))
    );
}

/// Would take minutes if each name were searched for among all others.
#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "it is about the time of this machine"
)]
fn many_elements_take_time_by_their_number() {
    let mut text = String::from("<R><Labels>");
    for number in 0..100_000 {
        text.push_str(&format!("<n{number}>1</n{number}>"));
    }
    text.push_str("</Labels></R>");
    let start = Instant::now();
    let mut source = XmlSource::new(&text).unwrap();
    let lists =
        BTreeMap::<String, BTreeMap<String, Vec<i64>>>::decode(&mut Reader::new(&mut source));
    assert_eq!(lists.unwrap().unwrap()["Labels"].len(), 100_000);
    assert!(start.elapsed() < Duration::from_secs(30));
}

/// Every document that differs from a good one in one byte, breaks off or starts late: a panic is what could go wrong.
#[test]
fn damaged_documents_are_read_or_refused() {
    let json = r#" {"Text":"a\u00e9\n\"","Number":-1.5e3,"Items":[{"Id":"x"},null],"Free":{"a":[true,{}]},"X":"[1"} "#;
    let xml = "<?xml version='1.0'?><R a=\"1\"><Text>a&amp;&#233;<![CDATA[<]]></Text><!-- c --><Items><Id>x</Id></Items>\
        <Free><a/><a>1</a></Free></R>";
    let mut refused = 0;
    for text in [json, xml] {
        for at in 0..text.len() {
            for byte in b"\"\\{}[],:<>/&!?- 0\0\xff" {
                let mut damaged = text.as_bytes().to_vec();
                damaged[at] = *byte;
                for body in [&damaged[..], &damaged[..=at], &damaged[at..]] {
                    refused += usize::from(!is_read(body));
                }
            }
        }
    }
    assert!(refused > 1000, "{refused}");
}

/// Reads a body in every way there is.
fn is_read(body: &[u8]) -> bool {
    let body = bytes::Bytes::copy_from_slice(body);
    let mut observed = Observed::default();
    observed.watch_list("Items");
    observed.watch_list("Free.a");
    let typed = <Answer as crate::decode::Answer>::read(&body, &mut observed);
    let free = <Value as crate::decode::Answer>::read(&body, &mut observed);
    let events =
        <crate::decode::Events<Answer> as crate::decode::Answer>::read(&body, &mut observed);
    ErrorBody::read(&body).is_some() || typed.is_ok() || free.is_ok() || events.is_ok()
}
