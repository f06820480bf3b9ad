//! All that a caller can show of a call.

use std::error::Error as _;
use std::fmt::Debug;

use alicloud::client::Prepared;
use alicloud::{Error, Response};

/// How the word looks that is in all secrets, in every spelling that escapes letters, without backslashes.
const WORD: [&str; 5] = [
    "cnry",
    "u0063u006eu0072u0079",
    "&#99;&#110;&#114;&#121;",
    "&#x63;&#x6e;&#x72;&#x79;",
    "%63%6e%72%79",
];

/// Texts that were shown.
#[derive(Default)]
pub(crate) struct Shown {
    texts: Vec<String>,
    /// Those of them that go into logs, each on a line.
    lines: Vec<String>,
}

impl Shown {
    pub(crate) fn text(&mut self, text: &str) {
        self.texts.push(text.to_owned());
    }

    pub(crate) fn prepared(&mut self, prepared: &Prepared) {
        self.text(&prepared.to_curl());
        self.text(&format!("{prepared:?} {prepared:#?}"));
        self.text(&format!("{:?} {:?}", prepared.http(), prepared.signed()));
    }

    pub(crate) fn outcome<T: Debug>(&mut self, outcome: Result<Response<T>, Error>) {
        match outcome {
            // A good answer is data, and the caller's own.
            Ok(response) => self.text(&response.status().to_string()),
            Err(error) => self.error(&error),
        }
    }

    fn error(&mut self, error: &Error) {
        self.lines.push(error.to_string());
        self.lines.push(format!("{error:?}"));
        self.lines.push(format!("{error:#?}"));
        let mut source = error.source();
        while let Some(cause) = source {
            self.lines.push(cause.to_string());
            self.lines.push(format!("{cause:?}"));
            source = cause.source();
        }
        for attempt in error.history() {
            self.lines.push(attempt.to_string());
            self.lines.push(format!("{attempt:?}"));
        }
        let names = [
            "x-acs-request-id",
            "x-echo",
            "location",
            "date",
            "x-acs-retry-after",
        ];
        let headers = names.into_iter().filter_map(|name| error.header(name));
        let parts = [
            error.code(),
            error.message(),
            error.request_id(),
            error.recommend(),
        ];
        let all = headers.chain(parts.into_iter().flatten());
        self.lines.extend(all.map(str::to_owned));
        self.text(&format!("{:?}", error.access_denied_detail()));
    }

    /// Searches everything for secrets and for the signature, and each line for what makes it more than one.
    pub(crate) fn must_show_nothing(&self, what: &str, signature: &str) {
        for text in self.texts.iter().chain(&self.lines) {
            let low = text.to_lowercase().replace('\\', "");
            for word in WORD {
                assert!(!low.contains(word), "{what}: {word} is in {text}");
            }
            let long = signature.len() > 20;
            assert!(
                !(long && text.contains(signature)),
                "{what}: {signature} is in {text}"
            );
        }
        for line in &self.lines {
            let forged = |c: &char| c.is_control() || "\u{2028}\u{202e}\u{200b}".contains(*c);
            let found = line.chars().find(forged);
            assert_eq!(found, None, "{what}: {line:?}");
        }
    }
}
