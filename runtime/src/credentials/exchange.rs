//! Exchanges with whatever gives credentials out: one request, one answer, one explanation when it fails.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;

use super::{Context, CredentialsError};
use crate::decode::{Answer, ErrorBody, Observed};
use crate::operation::Method;
use crate::redact::{Redactor, brief};
use crate::transport::{Headers, HttpRequest, TransportError};

/// How long the Security Token Service and its like may take to answer.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);

/// How much of a service's message is repeated.
const EXCERPT: usize = 300;

/// A request that is to bring credentials.
pub(super) struct Exchange<'a> {
    /// What is asked, for error messages.
    pub(super) what: &'a str,
    pub(super) request: HttpRequest,
    /// What the request holds and no message may repeat.
    pub(super) secrets: &'a [&'a str],
}

/// Why an exchange brought nothing.
pub(super) struct Failure {
    /// The code of the service's refusal.
    pub(super) code: Option<String>,
    text: String,
}

impl Failure {
    /// A failure without an answer.
    pub(super) fn new(what: &str, why: impl std::fmt::Display) -> Self {
        Self {
            code: None,
            text: format!("{what}: {why}"),
        }
    }
}

impl From<Failure> for CredentialsError {
    fn from(failure: Failure) -> Self {
        Self::new(failure.text)
    }
}

/// A request without a body.
pub(super) fn request(method: Method, url: String, headers: Headers) -> HttpRequest {
    HttpRequest {
        method,
        url,
        headers,
        body: Bytes::new(),
        timeout: TIMEOUT,
    }
}

/// A header of our own.
pub(super) fn header(
    name: &'static str,
    value: impl Into<Cow<'static, str>>,
) -> (Cow<'static, str>, Cow<'static, str>) {
    (Cow::Borrowed(name), value.into())
}

impl Exchange<'_> {
    /// Sends the request and hands over the body of a good answer.
    pub(super) async fn send(self, context: &Context) -> Result<Bytes, Failure> {
        let Self {
            what,
            request,
            secrets,
        } = self;
        let host = request.host().to_owned();
        let answer = context.transport.send(request).await;
        let unreachable = |why| presentable(&unreachable(&host, &why), secrets);
        let http = answer.map_err(|why| Failure::new(what, unreachable(why)))?;
        if http.status == 200 {
            return Ok(http.body);
        }
        let refusal = ErrorBody::read(&http.body).unwrap_or_default();
        let mut text = format!("{what}: HTTP {}", http.status);
        describe(&refusal, &mut text, secrets);
        Err(Failure {
            code: refusal.code,
            text,
        })
    }
}

/// Reads the body of a good answer. A body that cannot be read is not shown: it may hold half a secret.
pub(super) fn read<T: Answer>(what: &str, body: &Bytes) -> Result<T, CredentialsError> {
    match T::read(body, &mut Observed::default()) {
        Ok((answer, _)) => Ok(answer),
        Err(why) => Err(CredentialsError::new(format!(
            "{what}: the answer cannot be read: {why}"
        ))),
    }
}

/// What a transport error says, causes included, each once.
fn unreachable(host: &str, error: &TransportError) -> String {
    let mut text = if error.unresolved {
        format!("cannot resolve {host}")
    } else if error.timed_out {
        format!("no answer from {host} in time")
    } else {
        format!("no answer from {host}")
    };
    let mut next: Option<&(dyn std::error::Error + 'static)> = Some(error.source.as_ref());
    while let Some(cause) = next {
        let words = cause.to_string();
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        next = cause.source();
    }
    text
}

/// Appends what an error response says.
fn describe(refusal: &ErrorBody, text: &mut String, secrets: &[&str]) {
    for (before, part) in [(", ", &refusal.code), (": ", &refusal.message)] {
        if let Some(part) = part {
            text.push_str(before);
            text.push_str(&presentable(part, secrets));
        }
    }
    if let Some(id) = &refusal.request_id {
        text.push_str(" (request ID ");
        text.push_str(&presentable(id, secrets));
        text.push(')');
    }
}

/// A message as one short line, without the secrets that were sent and without a string to sign.
pub(super) fn presentable(message: &str, secrets: &[&str]) -> String {
    let mut redactor = Redactor::new();
    secrets.iter().for_each(|secret| redactor.hold(secret));
    brief(&redactor.show(message), EXCERPT).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_short_line_without_secrets() {
        assert_eq!(
            presentable("the token abc.def\nis bad ", &["abc.def\n", ""]),
            "the token [redacted]\\nis bad"
        );
        assert_eq!(
            presentable(
                "mismatch, server String to sign is:GET&%2F&SecurityToken%3Dabc",
                &[]
            ),
            "mismatch, server String to sign is:[redacted]"
        );
        let long = presentable(&"中".repeat(400), &[]);
        assert_eq!(long, "中".repeat(300) + "… (100 more characters)");
    }
}
