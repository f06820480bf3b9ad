//! A service that repeats in its answers all that it was sent, escaped in whatever way.

use std::io::Write as _;
use std::net::TcpListener;

use alicloud_runtime::encode::percent;
use serde_json::{Value, json};

use crate::program::{KEY, SECRET, TOKEN, program};
use crate::support::post;

const PASSWORD: &str = "canary <\"p'ss\"> &wörd/%41+\\n";

/// A way to escape a text.
type Spelling = fn(&str) -> String;

const SPELLINGS: [Spelling; 6] = [
    str::to_owned,
    |text| percent(text).into_owned(),
    |text| {
        text.chars()
            .map(|c| format!("&#x{:x};", u32::from(c)))
            .collect()
    },
    |text| {
        text.chars()
            .map(|c| format!("&#{};", u32::from(c)))
            .collect()
    },
    |text| {
        text.encode_utf16()
            .map(|unit| format!("\\u{unit:04x}"))
            .collect()
    },
    |text| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        text.replace('"', "&quot;").replace('\'', "&apos;")
    },
];

/// Reads a request to its end.
fn read(stream: &mut impl std::io::Read) -> String {
    let (mut bytes, mut buffer) = (Vec::new(), [0; 4096]);
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let mut lines = head.lines();
            let length = lines.find_map(|line| {
                let (name, value) = line.split_once(':')?;
                let is_length = name.eq_ignore_ascii_case("content-length");
                is_length.then(|| value.trim().parse::<usize>().unwrap())
            });
            if body.len() >= length.unwrap_or_default() {
                return text;
            }
        }
        let length = stream.read(&mut buffer).unwrap();
        assert!(length > 0, "the request breaks off");
        bytes.extend_from_slice(&buffer[..length]);
    }
}

/// A status, a content type, and a body made of what was sent.
type Reply = (u16, &'static str, Box<dyn Fn(&str) -> String + Send>);

/// Answers each request with the next body, made of what was sent.
fn serve(bodies: Vec<Reply>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for (status, content_type, body) in bodies {
            let (mut stream, _) = listener.accept().unwrap();
            let request = read(&mut stream);
            // What a server knows of a request once it has read it.
            let (_, form) = request.split_once("\r\n\r\n").unwrap();
            let decoded = percent_encoding::percent_decode_str(form).decode_utf8_lossy();
            let body = body(&format!("{request}\n{}", decoded.replace('+', " ")));
            let head = format!(
                "HTTP/1.1 {status} Said\r\ncontent-type: {content_type}\r\nx-echo: {}\r\n\
                 content-length: {}\r\nconnection: close\r\n\r\n",
                percent(&decoded),
                body.len()
            );
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(body.as_bytes()).unwrap();
        }
    });
    endpoint
}

/// All texts of an answer to a page, and where they are escaped the beginning of each secret as it is then.
fn assert_shows_nothing(answer: &str) {
    let secrets = ["canary", SECRET, TOKEN, KEY];
    for secret in secrets {
        let start = &secret[..6];
        for spell in SPELLINGS {
            let spelled = spell(start);
            // The answer is JSON itself.
            let quoted = Value::from(spelled.as_str()).to_string();
            for text in [&spelled, quoted.trim_matches('"')] {
                assert!(!answer.contains(text), "{text} in {answer}");
            }
        }
    }
}

#[tokio::test]
async fn what_a_service_repeats_of_the_secrets_is_not_shown() {
    let mut bodies: Vec<Reply> = Vec::new();
    for spell in SPELLINGS {
        let json = move |text: &str| {
            let text = spell(text);
            // What is spelled in units is JSON already.
            if text.starts_with("\\u") {
                text
            } else {
                Value::from(text).to_string().trim_matches('"').to_owned()
            }
        };
        let error = move |text: &str| {
            format!(
                "{{\"Code\":\"C\",\"Message\":\"no {0}\",\"Other\":\"{0}\"}}",
                json(text)
            )
        };
        let good = move |text: &str| {
            format!(
                "{{\"RequestId\":\"{0}\",\"Success\":\"true\",\"Unknown\":[\"{0}\"]}}",
                json(text)
            )
        };
        bodies.push((404, "application/json", Box::new(error)));
        bodies.push((200, "application/json", Box::new(good)));
        bodies.push((
            403,
            "text/html",
            Box::new(move |text| format!("<html>{}</html>", spell(text))),
        ));
    }
    let count = bodies.len();
    let (_child, url) = program(&serve(bodies)).await;
    for at in 0..count {
        let signature = if at % 2 == 0 { "v1" } else { "v3" };
        let input = json!({"SynchronizationJobId": "job", "SourceEndpoint.Password": PASSWORD});
        let settings = json!({"confirmed": true, "checks": false, "signature": signature});
        let path = "/api/run/dts/2020-01-01/ConfigureSynchronizationJob";
        let answer = post(&url, path, &json!({"input": input, "settings": settings})).await;
        let shown = answer.json();
        assert_eq!(shown["status"], [404, 200, 403][at % 3], "{shown}");
        assert!(answer.body.contains("REDACTED"), "{shown}");
        assert_shows_nothing(&answer.body);
    }
}
