//! Faults as JSON, for those who talk to the program: `{"operation": "StartDtsJob", "fault": "slow_body",
//! "milliseconds": 500, "times": 2}`, or a list of such.

use std::time::Duration;

use serde_json::{Map, Value};

use super::{Fault, Shape, Times};

/// The size of a huge body, and of a bomb when it has gone off, unless told otherwise.
const SIZE: u64 = 100 << 20;

/// How long what is slow takes, unless told otherwise.
const SLOW: u64 = 1000;

/// A fault and which calls meet it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Injection {
    pub(crate) operation: String,
    pub(crate) fault: Fault,
    pub(crate) times: Times,
}

/// Reads one injection or a list of them.
pub(crate) fn injections(document: &Value) -> Result<Vec<Injection>, String> {
    match document {
        Value::Array(items) => items.iter().map(injection).collect(),
        single => Ok(vec![injection(single)?]),
    }
}

fn injection(document: &Value) -> Result<Injection, String> {
    let members = document
        .as_object()
        .ok_or("a fault is an object with a member \"fault\"")?;
    let mut members = Members {
        members,
        read: vec!["operation", "fault", "times"],
    };
    let fault = fault(&mut members)?;
    members.nothing_else()?;
    let operation = members.members.get("operation");
    let times = match members.members.get("times") {
        None => Times::Only(1),
        Some(Value::String(text)) if text == "always" => Times::Always,
        Some(number) => Times::Only(
            number
                .as_u64()
                .ok_or("\"times\" is a whole number or \"always\"")?,
        ),
    };
    Ok(Injection {
        operation: operation
            .map_or(Some("*"), Value::as_str)
            .ok_or("\"operation\" is a name")?
            .to_owned(),
        fault,
        times,
    })
}

fn fault(members: &mut Members<'_>) -> Result<Fault, String> {
    let name = members.members.get("fault").and_then(Value::as_str);
    Ok(match name.ok_or("\"fault\" is the name of a fault")? {
        "reset_before_read" => Fault::ResetBeforeRead,
        "reset_before_execution" => Fault::ResetBeforeExecution,
        "reset_after_execution" => Fault::ResetAfterExecution,
        "slow_headers" => Fault::SlowHeaders(members.slow()?),
        "slow_body" => Fault::SlowBody(members.slow()?),
        "truncated_body" => Fault::TruncatedBody,
        "short_content_length" => Fault::ShortContentLength,
        "bad_gateway" => Fault::BadGateway {
            executed: members.flag("executed")?,
        },
        "empty_body" => Fault::EmptyBody,
        "xml" => Fault::Xml,
        "throttling" => Fault::Throttling {
            x_acs_retry_after: members
                .number("x_acs_retry_after")?
                .map(Duration::from_millis),
            retry_after: members.number("retry_after")?.map(Duration::from_secs),
        },
        "service_unavailable" => Fault::ServiceUnavailable,
        "expired_token" => Fault::ExpiredToken,
        "invalid_json" => Fault::InvalidJson,
        "huge_body" => Fault::HugeBody(members.number("bytes")?.unwrap_or(SIZE)),
        "gzip" => Fault::Gzip,
        "closed_after" => Fault::ClosedAfter,
        "throttling_header" => Fault::ThrottlingHeader(members.slow()?),
        "echo_page" => Fault::EchoPage,
        "login_page" => Fault::Shape(Shape::LoginPage),
        "null" => Fault::Shape(Shape::Null),
        "list" => Fault::Shape(Shape::List),
        "text" => Fault::Shape(Shape::Text),
        "number" => Fault::Shape(Shape::Number),
        "gzip_bomb" => Fault::GzipBomb(members.number("bytes")?.unwrap_or(SIZE)),
        unknown => return Err(format!("there is no fault {unknown:?}")),
    })
}

/// The members of an object, and which of them mean something.
struct Members<'a> {
    members: &'a Map<String, Value>,
    read: Vec<&'static str>,
}

impl Members<'_> {
    fn number(&mut self, name: &'static str) -> Result<Option<u64>, String> {
        self.read.push(name);
        let value = self.members.get(name);
        let number = value.map(|value| value.as_u64().ok_or(value)).transpose();
        number.map_err(|_| format!("{name:?} is a whole number"))
    }

    fn flag(&mut self, name: &'static str) -> Result<bool, String> {
        self.read.push(name);
        let value = self.members.get(name).map_or(Some(false), Value::as_bool);
        value.ok_or_else(|| format!("{name:?} is true or false"))
    }

    fn slow(&mut self) -> Result<Duration, String> {
        let milliseconds = self.number("milliseconds")?;
        Ok(Duration::from_millis(milliseconds.unwrap_or(SLOW)))
    }

    fn nothing_else(&self) -> Result<(), String> {
        let unknown = self
            .members
            .keys()
            .find(|name| !self.read.contains(&name.as_str()));
        match unknown {
            Some(name) => Err(format!("{name:?} means nothing here")),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn faults_can_be_written_down() {
        let document = json!([
            {"operation": "A", "fault": "slow_body", "milliseconds": 5, "times": 2},
            {"fault": "bad_gateway", "executed": true, "times": "always"},
            {"fault": "throttling", "x_acs_retry_after": 20, "retry_after": 3},
            {"fault": "gzip_bomb"},
        ]);
        let read = injections(&document).unwrap();
        let read: Vec<_> = read
            .into_iter()
            .map(|item| (item.operation, item.fault, item.times))
            .collect();
        let any = || "*".to_owned();
        let throttling = Fault::Throttling {
            x_acs_retry_after: Some(Duration::from_millis(20)),
            retry_after: Some(Duration::from_secs(3)),
        };
        let wanted = [
            (
                "A".to_owned(),
                Fault::SlowBody(Duration::from_millis(5)),
                Times::Only(2),
            ),
            (any(), Fault::BadGateway { executed: true }, Times::Always),
            (any(), throttling, Times::Only(1)),
            (any(), Fault::GzipBomb(104_857_600), Times::Only(1)),
        ];
        assert_eq!(read, wanted);
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (document, wanted) in [
            (json!("xml"), "object"),
            (json!({"operation": "A"}), "\"fault\""),
            (json!({"fault": "xlm"}), "\"xlm\""),
            (json!({"fault": "xml", "bytes": 1}), "\"bytes\""),
            (json!({"fault": "xml", "times": "often"}), "\"times\""),
            (json!({"fault": "huge_body", "bytes": -1}), "\"bytes\""),
            (json!([{"fault": "xml", "operation": 1}]), "\"operation\""),
        ] {
            let refused = injections(&document).unwrap_err();
            assert!(refused.contains(wanted), "{refused}");
        }
    }
}
