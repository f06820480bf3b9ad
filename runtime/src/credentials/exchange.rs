//! Exchanges with whatever gives credentials out: one request, one answer, one explanation when it fails.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;

use super::{Context, CredentialsError};
use crate::decode::{Answer, ErrorBody, Observed};
use crate::endpoint::{Endpoint, METADATA};
use crate::error::predicates::{is_clock_code, is_throttling_code};
use crate::operation::Method;
use crate::redact::{Redactor, brief, is_secret_name};
use crate::retry::{Backoff, random, throttled_for};
use crate::time::parse_http_date;
use crate::transport::{Headers, HttpRequest, HttpResponse, TransportError};

/// How long the Security Token Service and its like may take to answer.
pub(super) const TIMEOUT: Duration = Duration::from_secs(10);

/// How much of a service's message is repeated.
const EXCERPT: usize = 300;

/// How often an exchange is attempted.
const ATTEMPTS: u32 = 3;

/// The pauses before it is repeated. They are short: a call waits for it.
const PAUSES: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(2));

/// A request that is to bring credentials.
pub(super) struct Exchange<'a> {
    /// What is asked, for error messages.
    pub(super) what: &'a str,
    /// The setting that holds the address, for error messages.
    pub(super) setting: &'a str,
    pub(super) request: HttpRequest,
    /// What no message may repeat, besides what the request holds under the name of a secret.
    pub(super) secrets: &'a [&'a str],
}

/// Why an exchange brought nothing.
pub(super) struct Failure {
    /// The status of the service's refusal.
    pub(super) status: Option<u16>,
    /// The code of the service's refusal.
    pub(super) code: Option<String>,
    /// Whether the service may answer later.
    pub(super) transient: bool,
    /// Whether the service found the time of the request too far off, and the right one is known now.
    pub(super) clock_corrected: bool,
    /// Whether no connection came about, or no answer in time.
    silent: bool,
    text: String,
}

impl Failure {
    /// A failure without an answer.
    pub(super) fn new(what: &str, why: impl std::fmt::Display) -> Self {
        Self {
            status: None,
            code: None,
            transient: false,
            clock_corrected: false,
            silent: false,
            text: format!("{what}: {why}"),
        }
    }

    /// The same, where the status says nothing of what was asked for.
    pub(super) fn without_status(self) -> Self {
        Self {
            status: None,
            ..self
        }
    }

    fn refused(what: &str, http: &HttpResponse, redactor: &Redactor, context: &Context) -> Self {
        let refusal = ErrorBody::read(&http.body).unwrap_or_default();
        let mut text = format!("{what}: HTTP {}", http.status);
        describe(&refusal, &mut text, redactor);
        let code = refusal.code.as_deref();
        let throttled = throttled_for(http.header("x-acs-retry-after")).is_some()
            || http.status == 429
            || code.is_some_and(is_throttling_code);
        let dated = http.header("date").and_then(parse_http_date);
        let dated = dated.filter(|_| code.is_some_and(is_clock_code));
        if let Some(dated) = dated {
            context.skew.learn(dated, context.clock.now());
        }
        Self {
            status: Some(http.status),
            code: refusal.code,
            transient: throttled || http.status >= 500,
            clock_corrected: dated.is_some(),
            silent: false,
            text,
        }
    }
}

impl From<Failure> for CredentialsError {
    fn from(failure: Failure) -> Self {
        if failure.transient {
            Self::transient(failure.text)
        } else {
            Self::new(failure.text)
        }
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
        fresh_connection: false,
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
    /// Sends the request and hands over the body of a good answer. What fails for a while is repeated as it is.
    pub(super) async fn send(self, context: &Context) -> Result<Bytes, Failure> {
        let url = self.request.url.clone();
        self.send_anew(context, &|| Ok(url.clone())).await
    }

    /// The same; each time the URL is made anew, since a signature serves only once.
    pub(super) async fn send_anew(
        mut self,
        context: &Context,
        url: &(dyn Fn() -> Result<String, CredentialsError> + Sync),
    ) -> Result<Bytes, Failure> {
        self.guard()?;
        let mut attempt = 1;
        loop {
            let failure = match self.once(context).await {
                Ok(body) => return Ok(body),
                Err(failure) => failure,
            };
            // The metadata service is as near as can be: what does not answer there at once is not there.
            let is_over = failure.silent && is_metadata(self.request.host());
            if attempt >= ATTEMPTS || !failure.transient || is_over {
                return Err(failure);
            }
            self.request.fresh_connection = failure.status.is_none_or(|status| status >= 500);
            context.pause(PAUSES.pause(attempt, random())).await;
            attempt += 1;
            self.request.url = url().map_err(|why| Failure::new(self.what, why))?;
        }
    }

    async fn once(&self, context: &Context) -> Result<Bytes, Failure> {
        let answer = context.transport.send(self.request.clone()).await;
        let http = answer.map_err(|why| self.unreached(&why))?;
        if http.status == 200 {
            return Ok(http.body);
        }
        let redactor = self.redactor();
        Err(Failure::refused(self.what, &http, &redactor, context))
    }

    /// Takes out of texts what was sent.
    fn redactor(&self) -> Redactor {
        let mut redactor = holding(self.secrets);
        for (name, value) in &self.request.headers {
            if is_secret_name(name) {
                redactor.hold(value);
            }
        }
        redactor.hold_from(&self.request.url);
        redactor.hold_from(&String::from_utf8_lossy(&self.request.body));
        redactor
    }

    fn unreached(&self, why: &TransportError) -> Failure {
        let text = unreachable(self.request.host(), why);
        Failure {
            transient: true,
            silent: why.not_sent || why.timed_out,
            ..Failure::new(self.what, line(&text, &self.redactor()))
        }
    }

    /// Refuses an address at which others on the way could read what is exchanged.
    fn guard(&self) -> Result<(), Failure> {
        let url = &self.request.url;
        let why = match address(url) {
            Ok(endpoint) if endpoint.is_trusted() || is_metadata(endpoint.host()) => return Ok(()),
            Ok(_) => {
                "is plain http to another machine, which would show the credentials to everybody on the way; use https"
            }
            Err(()) => "is no address that starts with http:// or https:// and a host",
        };
        Err(Failure::new(
            self.what,
            format_args!("{} {why}", self.setting),
        ))
    }
}

/// The scheme and the host of a URL.
fn address(url: &str) -> Result<Endpoint, ()> {
    let (scheme, rest) = url.split_once("://").ok_or(())?;
    let host = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    format!("{scheme}://{host}").parse().map_err(drop)
}

/// Whether a host, with its port, is that of the metadata service, which every instance has for itself.
pub(super) fn is_metadata(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    name.parse() == Ok(METADATA)
}

/// Reads the body of a good answer. A body that cannot be read is not shown: it may hold half a secret.
pub(super) fn read<T: Answer>(what: &str, body: &Bytes) -> Result<T, CredentialsError> {
    if body.trim_ascii_start().starts_with(b"<") {
        let why = format!("{what}: the answer is XML or a page, not JSON");
        return Err(CredentialsError::new(why));
    }
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
fn describe(refusal: &ErrorBody, text: &mut String, redactor: &Redactor) {
    for (before, part) in [(", ", &refusal.code), (": ", &refusal.message)] {
        if let Some(part) = part {
            text.push_str(before);
            text.push_str(&line(part, redactor));
        }
    }
    if let Some(id) = &refusal.request_id {
        text.push_str(" (request ID ");
        text.push_str(&line(id, redactor));
        text.push(')');
    }
}

/// A message as one short line, without the secrets that were sent and without a string to sign.
pub(super) fn presentable(message: &str, secrets: &[&str]) -> String {
    line(message, &holding(secrets))
}

fn line(message: &str, redactor: &Redactor) -> String {
    brief(&redactor.show(message), EXCERPT).into_owned()
}

fn holding(secrets: &[&str]) -> Redactor {
    let mut redactor = Redactor::new();
    secrets.iter().for_each(|secret| redactor.hold(secret));
    redactor
}

#[cfg(test)]
mod tests;
