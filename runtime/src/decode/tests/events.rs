//! Streams of events: the format, and that it does not matter how a stream is cut.

use super::{Item, read};
use crate::decode::{Event, EventParser, EventPieces, Events, Malformed};

#[test]
fn events_are_read_one_by_one() {
    let stream = ": hello\nid: 1\nevent: x\ndata: {\"Id\":\ndata: \"a\"}\n\ndata:{\"Id\":\"b\"}\n\ndata: [DONE]\n\n";
    let ids = |events: Events<Item>| {
        events
            .into_iter()
            .map(|item| item.id.unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(ids(read(stream).unwrap()), ["a", "b"]);
    assert_eq!(ids(read(r#"{"Id":"only"}"#).unwrap()), ["only"]);
    assert_eq!(
        ids(read("data: {\"Id\":\"unfinished\"}").unwrap()),
        ["unfinished"]
    );
    for none in [
        "",
        "\n\n",
        "<html></html>",
        "busy",
        "data: {\"Id\":\"a\"}\n\n<hr>\n\n",
    ] {
        assert!(read::<Events<Item>>(none).is_err(), "{none:?}");
    }
    assert_eq!(ids(read(": alive\n\n").unwrap()), [""; 0]);
    assert_eq!(ids(read("data\n\ndata: \n\n").unwrap()), [""; 0]);
    assert!(read::<Events<Item>>("data: {broken\n\n").is_err());
}

#[test]
fn events_that_are_text_need_not_be_json() {
    let texts: Events<String> = read("data: plain\n\ndata: \"quoted\"\n\ndata: 1\n\n").unwrap();
    assert_eq!(
        texts.into_iter().collect::<Vec<_>>(),
        ["plain", "quoted", "1"]
    );
}

/// What comes of an answer in pieces.
fn taken(pieces: &[&[u8]], limit: usize) -> (Vec<String>, Option<&'static str>) {
    let mut answer = EventPieces::with_limit(limit);
    let mut all = Vec::new();
    let mut broken = None;
    for piece in pieces {
        if broken.is_none() {
            broken = answer.push(piece).err();
        }
        all.extend(std::iter::from_fn(|| answer.next_event()));
    }
    if broken.is_none() {
        broken = answer.finish().err();
        all.extend(std::iter::from_fn(|| answer.next_event()));
    }
    let data = all.into_iter().map(|event| event.data).collect();
    (data, broken.map(|why| why.what))
}

#[test]
fn answers_are_documents_or_streams_however_they_are_cut() {
    let cases: [(&str, &[&str]); 6] = [
        ("data: a\n\ndata: [DONE]\n\n", &["a"]),
        ("\u{feff}data: {\"a\":1}\n\ndata: b", &["{\"a\":1}", "b"]),
        ("\n\n: no event\n\ndata: a\n\n", &["a"]),
        ("{\"a\":\n\n1}", &["{\"a\":\n\n1}"]),
        ("\u{feff} \n{\"a\": \"é\"}\n", &[" \n{\"a\": \"é\"}\n"]),
        ("<a>\ndata: b\n\n</a>", &["<a>\ndata: b\n\n</a>"]),
    ];
    for (answer, expected) in cases {
        let bytes = answer.as_bytes();
        for cut in 0..=bytes.len() {
            let (one, two) = bytes.split_at(cut);
            let (events, broken) = taken(&[one, two], 100);
            assert_eq!(events, expected, "{answer:?} at {cut}");
            assert_eq!(broken, None, "{answer:?} at {cut}");
        }
    }
}

#[test]
fn answers_in_pieces_are_kept_up_to_a_limit() {
    let (events, broken) = taken(&[b"data: a\n\n", b"data: 1234567890"], 15);
    assert_eq!(
        (events, broken),
        (vec!["a".to_owned()], Some("event that is too large"))
    );
    let (events, broken) = taken(&[b"{\"a\":", b"\"1234567890\"}"], 15);
    assert_eq!((events, broken), (vec![], Some("answer that is too large")));
    let (events, broken) = taken(&[&[b' '; 10], &[b' '; 10]], 15);
    assert_eq!((events, broken), (vec![], Some("answer that is too large")));
    let (events, broken) = taken(&[b"{\"\xff\"}"], 15);
    assert_eq!((events, broken), (vec!["{\"\u{fffd}\"}".to_owned()], None));
    for nothing in ["", " \r\n\t"] {
        let (events, broken) = taken(&[nothing.as_bytes()], 15);
        assert_eq!((events, broken), (vec![], Some("a body without any event")));
    }
}

fn event(id: Option<&str>, name: Option<&str>, data: &str) -> Event {
    Event {
        id: id.map(str::to_owned),
        name: name.map(str::to_owned),
        data: data.to_owned(),
    }
}

fn parse(pieces: &[&[u8]]) -> Result<Vec<Event>, Malformed> {
    let mut parser = EventParser::with_limit(1 << 16);
    let mut events = Vec::new();
    for piece in pieces {
        parser.push(piece)?;
        events.extend(std::iter::from_fn(|| parser.next_event()));
    }
    parser.finish()?;
    events.extend(std::iter::from_fn(|| parser.next_event()));
    Ok(events)
}

const STREAM: &str = "\u{feff}data: BOM\r\n\r\n: comment\r\nid: 7\revent: add\rdata:  two\rdata:lines 中🚀\r\r\
    event: nothing\n\nretry: 10\nretry\ndata\n\nid\ndata: a:b\n\n\n\nid: 8\0\ndata: é\r\n\r\ndata: end";

fn expected() -> Vec<Event> {
    vec![
        event(None, None, "BOM"),
        event(Some("7"), Some("add"), " two\nlines 中🚀"),
        event(Some("7"), None, ""),
        event(Some(""), None, "a:b"),
        event(Some(""), None, "é"),
        event(Some(""), None, "end"),
    ]
}

#[test]
fn lines_fields_and_ids_are_those_of_the_standard() {
    assert_eq!(parse(&[STREAM.as_bytes()]).unwrap(), expected());
}

#[test]
fn it_does_not_matter_where_a_stream_is_cut() {
    let bytes = STREAM.as_bytes();
    for first in 0..=bytes.len() {
        let (start, rest) = bytes.split_at(first);
        assert_eq!(parse(&[start, rest]).unwrap(), expected(), "cut at {first}");
        for second in (0..=rest.len()).step_by(5) {
            let (middle, end) = rest.split_at(second);
            assert_eq!(
                parse(&[start, middle, b"", end]).unwrap(),
                expected(),
                "{first}, {second}"
            );
        }
    }
    let single: Vec<_> = bytes.chunks(1).collect();
    assert_eq!(parse(&single).unwrap(), expected());
}

#[test]
fn events_come_as_soon_as_they_are_complete() {
    let mut parser = EventParser::with_limit(100);
    parser.push(b"data: 1\n").unwrap();
    assert_eq!(parser.next_event(), None);
    parser.push(b"\ndata: 2").unwrap();
    assert_eq!(parser.next_event(), Some(event(None, None, "1")));
    assert_eq!(parser.next_event(), None);
    parser.push(b"\r\r").unwrap();
    assert_eq!(parser.next_event(), Some(event(None, None, "2")));
    parser.finish().unwrap();
    assert_eq!(parser.next_event(), None);
}

#[test]
fn an_event_is_bounded_however_it_comes() {
    let long = "x".repeat(60);
    for stream in [
        format!("data: {long}{long}\n\n"),
        format!("data: {long}\ndata: {long}\n\n"),
        format!(":{long}{long}"),
    ] {
        for piece in [1, 7, 1000] {
            let mut parser = EventParser::with_limit(100);
            let mut pieces = stream.as_bytes().chunks(piece);
            let error = pieces.find_map(|piece| parser.push(piece).err());
            assert_eq!(error.unwrap().what, "event that is too large");
        }
    }
    let mut parser = EventParser::with_limit(100);
    for _ in 0..1000 {
        parser.push(format!("data: {long}\n\n").as_bytes()).unwrap();
        assert_eq!(
            parser.next_event().map(|event| event.data),
            Some(long.clone())
        );
    }
}

#[test]
fn a_line_that_is_no_part_of_an_event_is_an_error_with_its_place() {
    for line in [
        "<hr>",
        "{\"Code\":\"A\"}",
        "busy",
        "Data: a",
        "dataa: a",
        "HTTP/1.1 502 X",
    ] {
        let error = parse(&[b"data: a\r", b"\n", line.as_bytes(), b"\n\n"]).unwrap_err();
        assert_eq!(
            (error.what, error.offset),
            ("a line that is no part of an event", 9)
        );
    }
    let events = parse(&[b"data: a\xff\n\n"]).unwrap();
    assert_eq!(events, [event(None, None, "a\u{fffd}")]);
}
