//! The text of an error: everything a log line needs, nothing secret.

use std::fmt;

use super::attempt;
use super::{Error, ErrorKind};
use crate::redact::brief;

/// How much of a text from outside is shown, in characters. All of it is in the error.
const LONGEST: usize = 2000;

/// How much of a code or an ID is shown, in characters.
const LONGEST_NAME: usize = 200;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.operation().is_empty() {
            write!(f, "{}: ", self.operation())?;
        }
        match self.kind() {
            ErrorKind::InvalidRequest => self.show_invalid(f),
            ErrorKind::Credentials => {
                write!(f, "no credentials, {}{}", self.unsent(), self.cause())
            }
            ErrorKind::NotSent => self.show_unsent(f),
            ErrorKind::OutcomeUnknown if self.inner.last_unsent => write!(
                f,
                "an earlier attempt may have been carried out, and the last one was not sent{}",
                self.cause()
            ),
            ErrorKind::OutcomeUnknown => {
                let what = if self.is_timeout() {
                    "the time ran out"
                } else {
                    "the exchange broke off"
                };
                if self.status().is_some() {
                    write!(f, "{what} before the answer")?;
                    self.show_host(f)?;
                    f.write_str(" was complete")?;
                } else {
                    write!(f, "{what} before an answer came")?;
                    self.show_host(f)?;
                }
                write!(f, "; the call may have been carried out{}", self.cause())
            }
            ErrorKind::Service => self.show_answer(f, ""),
            ErrorKind::Business => self.show_answer(f, " but failed"),
            ErrorKind::Undecodable => {
                write!(f, "HTTP {}", self.status().unwrap_or(0))?;
                self.show_host(f)?;
                write!(f, ", but the answer cannot be read{}", self.cause())
            }
        }?;
        self.circumstances(f)
    }
}

impl Error {
    /// What is certain of a call whose last attempt was not sent, and whose earlier ones were refused before they ran.
    fn unsent(&self) -> &'static str {
        let unsent = |attempt: &super::Attempt| attempt.kind == ErrorKind::NotSent;
        if self.history().iter().all(unsent) {
            "nothing was sent"
        } else {
            "the last attempt was not sent"
        }
    }

    fn show_unsent(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host() {
            Some(host) if self.inner.unresolved => {
                let advice = self.inner.advice.as_deref().unwrap_or_default();
                write!(f, "cannot resolve {host}{advice}")?;
            }
            Some(host) => write!(f, "{host} was not reached")?,
            None => f.write_str("the service was not reached")?,
        }
        write!(f, ", {}{}", self.unsent(), self.cause())
    }

    /// Where the answer came from, or was awaited from.
    fn show_host(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.host() {
            Some(host) => write!(f, " from {host}"),
            None => Ok(()),
        }
    }

    fn show_invalid(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "invalid request, {}{}", self.unsent(), self.cause())?;
        for (at, violation) in self.violations().iter().enumerate() {
            write!(f, "{}{violation}", if at == 0 { ": " } else { "; " })?;
        }
        Ok(())
    }

    /// The causes, each once: outer errors like to repeat what inner ones say.
    pub(super) fn cause(&self) -> String {
        let mut text = String::new();
        let mut next = std::error::Error::source(self);
        while let Some(cause) = next {
            let words = cause.to_string();
            let words = brief(&words, LONGEST);
            if !text.contains(&*words) {
                text.push_str(": ");
                text.push_str(&words);
            }
            next = cause.source();
        }
        text
    }

    fn show_answer(&self, f: &mut fmt::Formatter<'_>, outcome: &str) -> fmt::Result {
        write!(f, "HTTP {}{outcome}", self.status().unwrap_or(0))?;
        let code = self.code().map(|code| brief(code, LONGEST_NAME));
        let message = self.message().map(|message| brief(message, LONGEST));
        match (code, message) {
            (Some(code), Some(message)) => write!(f, ", {code}: {message}"),
            (Some(code), None) => write!(f, ", {code}"),
            (None, Some(message)) => write!(f, ": {message}"),
            (None, None) if self.inner.source.is_some() => {
                write!(f, " with a body that cannot be read{}", self.cause())
            }
            (None, None) => self.excerpt(f),
        }
    }

    fn excerpt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.raw_body().is_none_or(|body| body.is_empty()) {
            return f.write_str(" with an empty body");
        }
        let excerpt = &self.inner.excerpt;
        write!(f, " with a body that is no error document: \"{excerpt}\"")
    }

    /// What surrounds the error: request ID, attempts, advice, links.
    fn circumstances(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut notes = Vec::new();
        let id = self.request_id().map(|id| brief(id, LONGEST_NAME));
        notes.extend(id.map(|id| format!("request ID {id}")));
        match self.attempts() {
            0 => {}
            1 => notes.push("1 attempt".to_owned()),
            _ => notes.push(attempt::tell(self.history(), &self.cause())),
        }
        if matches!(self.kind(), ErrorKind::Service | ErrorKind::Business) {
            notes.push(if self.is_retryable() {
                "calling again may help".to_owned()
            } else if self.may_pass() {
                "may pass, but the call may have been carried out".to_owned()
            } else {
                "calling again will not help".to_owned()
            });
        }
        if !notes.is_empty() {
            write!(f, " ({})", notes.join(", "))?;
        }
        if let Some(meaning) = self
            .documented()
            .map(|entry| &entry.meaning)
            .filter(|meaning| !meaning.is_empty())
        {
            write!(f, ". {}", meaning.trim_end_matches('.'))?;
        }
        let advice = self.inner.advice.as_deref();
        if let Some(advice) = advice.filter(|_| !self.inner.unresolved) {
            write!(f, "; {advice}")?;
        }
        let link = self.recommend().unwrap_or(&self.inner.documentation);
        let link = brief(link, LONGEST);
        if link.is_empty() {
            Ok(())
        } else {
            write!(f, "; see {link}")
        }
    }
}
