//! Errors: the answers recorded clients were given, given to ours by a scripted transport.
//!
//! The recordings show what Python clients made of them, flaws included. Ours is held to what is in the answers: every
//! error keeps status, headers and raw body; code, message, request ID and details are those of the document, in either
//! spelling, as JSON or XML; redirects are not followed. Where a recorded client found the same things, they are compared
//! too. What is repeated follows from what was refused before it ran and what changes nothing.

use std::time::{Duration, SystemTime};

use alicloud::dts::v20200101::Client;
use alicloud::encode::json_text;
use alicloud::retry::Backoff;
use alicloud::test_util::{ManualClock, ScriptedTransport};
use alicloud::transport::{HttpResponse, TransportError};
use alicloud::{Config, Credentials, Error, ErrorKind, RetryPolicy};
use serde_json::Value as Json;

use crate::harness::ready;
use crate::outcome::{Checked, Means, Outcome, ensure_eq};
use crate::vector::Vector;

/// What became of a call.
struct Course {
    outcome: Result<(), Error>,
    /// How many requests were sent.
    sent: usize,
    /// The headers of each that tell of attempts before.
    notes: Vec<[Option<String>; 2]>,
    sleeps: Vec<Duration>,
}

/// Gives our client the answers of a vector.
pub(crate) fn check(vector: &Vector) -> Checked {
    match vector.value("/server") {
        Some(Json::Array(answers)) => check_retries(vector, answers)?,
        Some(answer) if answer["drop"] == true => {
            let course = call(&[answer], RetryPolicy::OFF, false)?;
            let error = course
                .outcome
                .err()
                .ok_or("a dropped connection is no error")?;
            ensure_eq!(error.kind(), ErrorKind::OutcomeUnknown, "kind");
            ensure_eq!(course.sent, 1, "requests");
        }
        Some(answer) => check_answer(vector, answer)?,
        None => return Err("the vector has no answers".into()),
    }
    Ok(Outcome::Passed(Means::Functions))
}

fn check_answer(vector: &Vector, answer: &Json) -> Result<(), String> {
    let course = call(&[answer], RetryPolicy::OFF, false)?;
    ensure_eq!(course.sent, 1, "requests");
    let body = answer["body"].as_str().unwrap_or_default();
    let good = status(answer) < 300;
    let error = match course.outcome {
        // An empty answer is no document, and a document of another shape fits no field: the call did succeed.
        Ok(()) if good && (body.is_empty() || is_json(body)) => return Ok(()),
        Ok(()) => return Err("the call counts as a success".into()),
        Err(error) => error,
    };
    let kind = if good {
        ErrorKind::Undecodable
    } else {
        ErrorKind::Service
    };
    ensure_eq!(error.kind(), kind, "kind");
    check_kept(&error, answer)?;
    let document = Document::of(body);
    for (name, ours, theirs) in [
        ("code", error.code(), document.text(&["Code", "code"])),
        (
            "message",
            error.message(),
            document.text(&["Message", "message"]),
        ),
        (
            "request ID",
            error.request_id(),
            document.text(&["RequestId", "requestId", "requestid"]),
        ),
    ] {
        let theirs = theirs.map(|text| without_string_to_sign(&text));
        ensure_eq!(ours.map(without_string_to_sign), theirs, "{name}");
    }
    let details = error.access_denied_detail().map(json_text);
    let details = details.and_then(|text| serde_json::from_str(&text).ok());
    ensure_eq!(
        details.as_ref(),
        document.member(&["AccessDeniedDetail", "accessDeniedDetail"]),
        "details"
    );
    check_recorded(vector, &error)
}

/// What every error keeps.
fn check_kept(error: &Error, answer: &Json) -> Result<(), String> {
    ensure_eq!(error.status(), Some(status(answer)), "status");
    let body = error.raw_body().map(|body| String::from_utf8_lossy(body));
    ensure_eq!(body.as_deref(), answer["body"].as_str(), "raw body");
    for (name, value) in answer["headers"].as_object().into_iter().flatten() {
        ensure_eq!(error.header(name), value.as_str(), "header {name}");
    }
    Ok(())
}

/// What a recorded client found, where it found anything: a missing member is the text "None" there.
fn check_recorded(vector: &Vector, error: &Error) -> Result<(), String> {
    let found = |pointer: &str| vector.optional(pointer).filter(|text| *text != "None");
    let new = "/expected/new_client";
    if let Some(code) = found(&format!("{new}/code")) {
        ensure_eq!(error.code(), Some(code), "recorded code");
    }
    if let Some(id) = found(&format!("{new}/request_id")) {
        ensure_eq!(error.request_id(), Some(id), "recorded request ID");
    }
    let status = vector.value(&format!("{new}/status_code"));
    if let Some(status) = status.and_then(Json::as_u64) {
        ensure_eq!(
            error.status().map(u64::from),
            Some(status),
            "recorded status"
        );
    }
    Ok(())
}

/// A message without the text a signature was computed over, which we cut out of messages: it may hold secrets.
fn without_string_to_sign(text: impl AsRef<str>) -> String {
    let text = text.as_ref();
    let mark = "server string to sign is:";
    text.split(mark).next().unwrap_or(text).to_owned()
}

/// An error document, read without our decoder.
struct Document(Json);

impl Document {
    fn of(body: &str) -> Self {
        if let Ok(value) = serde_json::from_str(body) {
            return Self(value);
        }
        if !body.contains("<Error>") {
            return Self(Json::Null);
        }
        let members = ["Code", "Message", "RequestId"].into_iter();
        let members = members.filter_map(|name| {
            let (_, rest) = body.split_once(&format!("<{name}>"))?;
            let (text, _) = rest.split_once(&format!("</{name}>"))?;
            let text = text.replace("&lt;", "<").replace("&amp;", "&");
            Some((name.to_owned(), Json::String(text)))
        });
        Self(Json::Object(members.collect()))
    }

    fn member(&self, names: &[&str]) -> Option<&Json> {
        names.iter().find_map(|name| self.0.get(name))
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        match self.member(names)? {
            Json::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        }
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<Json>(text).is_ok()
}

fn status(answer: &Json) -> u16 {
    let status = answer["status"].as_u64().unwrap_or(200);
    u16::try_from(status).unwrap_or(0)
}

/// The pause before a retry, unless an answer asks for another: it doubles.
const PAUSE: Duration = Duration::from_millis(100);

/// Calls that may be repeated and calls that may not, under the retry options of the vector.
fn check_retries(vector: &Vector, answers: &[Json]) -> Result<(), String> {
    let retryable = vector.value("/retry_options/retryable") != Some(&Json::Bool(false));
    let attempts = vector.value("/retry_options/retryCondition/0/maxAttempts");
    let attempts = attempts.and_then(Json::as_u64).unwrap_or(3);
    let attempts = if retryable { attempts } else { 1 };
    let policy = RetryPolicy::DEFAULT
        .with_max_attempts(u32::try_from(attempts).map_err(|error| error.to_string())?)
        .with_backoff(Backoff::new(PAUSE, Duration::from_secs(20)).with_jitter(false));
    let scripted: Vec<&Json> = answers.iter().collect();
    for reads in [true, false] {
        let course = call(&scripted, policy, reads)?;
        let wanted = wanted(answers, attempts, reads);
        let what = if reads { "a read" } else { "a write" };
        ensure_eq!(course.sent, wanted.len() + 1, "requests of {what}");
        ensure_eq!(course.sleeps, wanted, "pauses of {what}");
        let last = answers
            .get(wanted.len())
            .ok_or("more requests than answers")?;
        ensure_eq!(
            course.outcome.is_ok(),
            status(last) < 300,
            "success of {what}"
        );
        if let Err(error) = &course.outcome {
            check_kept(error, last)?;
        }
        let notes: Vec<_> =
            std::iter::once([None, None])
                .chain(wanted.iter().enumerate().map(|(at, pause)| {
                    [(at + 1).to_string(), pause.as_millis().to_string()].map(Some)
                }))
                .collect();
        ensure_eq!(course.notes, notes, "headers on attempts of {what}");
    }
    Ok(())
}

/// The pauses before each retry there should be: what was refused before it ran is repeated, what may have run only if it
/// changes nothing; a pause the service asks for is kept.
fn wanted(answers: &[Json], attempts: u64, reads: bool) -> Vec<Duration> {
    let mut pauses = Vec::new();
    let mut pause = PAUSE;
    for answer in answers {
        let document = Document::of(answer["body"].as_str().unwrap_or_default());
        let code = document.text(&["Code"]).unwrap_or_default();
        let refused = status(answer) == 429 || code.starts_with("Throttling");
        let passing = matches!(status(answer), 500 | 502..=504);
        let more = (pauses.len() as u64) + 1 < attempts;
        if !(more && (refused || reads && passing)) {
            break;
        }
        let asked = answer["headers"]["x-acs-retry-after"].as_str();
        let asked = asked.and_then(|text| text.parse().ok());
        pauses.push(asked.map_or(pause, Duration::from_millis));
        pause *= 2;
    }
    pauses
}

fn call(answers: &[&Json], policy: RetryPolicy, reads: bool) -> Result<Course, String> {
    let mut transport = ScriptedTransport::new();
    for answer in answers {
        transport = if answer["drop"] == true {
            transport.fail(TransportError::broken("the connection was closed"))
        } else {
            transport.respond(response(answer))
        };
    }
    let clock = ManualClock::new(SystemTime::UNIX_EPOCH + Duration::from_secs(1_720_667_513));
    let config = Config::builder()
        .endpoint("dts.aliyuncs.com")
        .credentials(Credentials::new("id", "secret"))
        .clock(clock.clone())
        .sleep(clock.clone())
        .transport(transport.clone())
        .retry(policy)
        .checks(false)
        .build()
        .map_err(|error| error.to_string())?;
    let client = Client::new(&config);
    let outcome = if reads {
        ready(client.describe_dts_jobs().send().into_future())?.map(drop)
    } else {
        ready(client.start_dts_job().send().into_future())?.map(drop)
    };
    let requests = transport.requests();
    let notes = requests.iter().map(|request| {
        ["x-acs-retry-attempts", "x-acs-retry-delay"].map(|wanted| {
            let found = request.headers.iter().find(|(name, _)| name == wanted);
            found.map(|(_, value)| value.to_string())
        })
    });
    Ok(Course {
        outcome,
        sent: requests.len(),
        notes: notes.collect(),
        sleeps: clock.sleeps(),
    })
}

fn response(answer: &Json) -> HttpResponse {
    let headers = answer["headers"].as_object().into_iter().flatten();
    let headers = headers
        .filter_map(|(name, value)| Some((name.clone().into(), value.as_str()?.to_owned().into())));
    HttpResponse {
        status: status(answer),
        headers: headers.collect(),
        body: answer["body"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
            .into(),
    }
}
