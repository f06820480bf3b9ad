//! Questions about an error that need no knowledge of codes.

use super::{Error, ErrorKind};
use crate::operation::RetryAdvice;
use crate::retry::throttled_for;

/// Codes of the gateway itself, which any operation of any product may answer with.
const TRANSIENT: [&str; 3] = ["ServiceUnavailable", "InternalError", "UnknownError"];
const CLOCK: [&str; 3] = [
    "InvalidTimeStamp.Expired",
    "InvalidTimestamp.Expired",
    "IllegalTimestamp",
];
const SIGNATURE: [&str; 2] = ["SignatureDoesNotMatch", "IncompleteSignature"];
const EXPIRED: [&str; 2] = ["InvalidSecurityToken.Expired", "SecurityTokenExpired"];
const THROTTLING: &str = "Throttling";
const DENIED: [&str; 3] = ["NoPermission", "AccessDenied", "Forbidden"];

impl Error {
    fn code_is(&self, codes: &[&str]) -> bool {
        self.code().is_some_and(|code| codes.contains(&code))
    }

    /// Whether the service refused the call, before it ran, because there were too many: it says so by the status 429, by
    /// a header `x-acs-retry-after` above zero, or by a code with a part such as `Throttling` or `Throttling.User`.
    #[must_use]
    pub fn is_throttling(&self) -> bool {
        let refused = matches!(self.kind(), ErrorKind::Service | ErrorKind::Business);
        refused
            && (self.status() == Some(429)
                || self.code().is_some_and(is_throttling_code)
                || throttled_for(self.raw_header("x-acs-retry-after")).is_some())
    }

    /// Whether calling again, as it is, can help and can do no harm.
    ///
    /// A call that was sent and not answered may have been carried out: repeating it is safe only if it reads, or if an
    /// idempotency token makes the service carry it out once.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        self.can_repeat(self.inner.repeatable)
    }

    /// The same, for a call of which it is known whether it may run twice.
    pub(crate) fn can_repeat(&self, repeatable: bool) -> bool {
        match self.kind() {
            ErrorKind::NotSent => true,
            ErrorKind::OutcomeUnknown => repeatable,
            // Whatever gives credentials out may do so later.
            ErrorKind::Credentials => self.inner.transient,
            ErrorKind::InvalidRequest | ErrorKind::Undecodable => false,
            ErrorKind::Service | ErrorKind::Business => {
                self.is_throttling() || repeatable && self.may_pass()
            }
        }
    }

    /// Whether nothing was sent in the last attempt.
    pub(crate) fn is_unsent(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::InvalidRequest | ErrorKind::Credentials | ErrorKind::NotSent
        )
    }

    /// Whether the call may have been carried out, in this attempt or in an earlier one.
    ///
    /// It was not where nothing was sent, where the service refused it before it ran, and where the response says that
    /// it failed.
    #[must_use]
    pub fn may_have_run(&self) -> bool {
        let now = match self.kind() {
            ErrorKind::InvalidRequest | ErrorKind::Credentials | ErrorKind::NotSent => false,
            ErrorKind::OutcomeUnknown | ErrorKind::Undecodable => true,
            ErrorKind::Service | ErrorKind::Business => {
                let failing = self.status().is_some_and(|status| status >= 500);
                !self.is_throttling() && (failing || self.code_is(&TRANSIENT))
            }
        };
        now || self.history().iter().any(|attempt| attempt.may_have_run)
    }

    /// Whether the cause may go away by itself, by the advice of the spec or else by code and status.
    #[must_use]
    pub fn may_pass(&self) -> bool {
        match self.documented().and_then(|entry| entry.retry) {
            _ if self.is_throttling() => true,
            Some(RetryAdvice::Later) => true,
            Some(RetryAdvice::Never | RetryAdvice::NewCredentials) => false,
            None => {
                let overloaded = self.kind() == ErrorKind::Service
                    && matches!(self.status(), Some(500 | 502..=504));
                overloaded || self.code_is(&TRANSIENT)
            }
        }
    }

    /// Whether what was asked for does not exist.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        let by_code = self
            .code()
            .is_some_and(|code| code.ends_with("NotFound") || code.ends_with("NotExist"));
        by_code || self.kind() == ErrorKind::Service && self.status() == Some(404)
    }

    /// Whether the caller lacks a permission.
    #[must_use]
    pub fn is_access_denied(&self) -> bool {
        self.code().is_some_and(|code| {
            DENIED
                .iter()
                .any(|denied| code == *denied || is_below(code, denied))
        })
    }

    /// Whether the signature was refused: most often the access key secret is wrong.
    #[must_use]
    pub fn is_signature_mismatch(&self) -> bool {
        self.code_is(&SIGNATURE)
    }

    /// Whether the credentials are temporary and have expired.
    #[must_use]
    pub fn is_expired_credentials(&self) -> bool {
        self.code_is(&EXPIRED)
    }

    /// Whether the service found the time of the request too far off.
    #[must_use]
    pub fn is_clock_skew(&self) -> bool {
        self.code().is_some_and(is_clock_code)
    }

    /// Whether other credentials may do: these have expired or are not known any more.
    pub(crate) fn wants_credentials(&self) -> bool {
        let advised = self
            .documented()
            .is_some_and(|entry| entry.retry == Some(RetryAdvice::NewCredentials));
        let unknown = self.code().is_some_and(|code| {
            code == "InvalidAccessKeyId" || is_below(code, "InvalidAccessKeyId")
        });
        advised || unknown || self.is_expired_credentials()
    }

    /// Whether the time ran out before an answer came.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.inner.timed_out
    }
}

/// Whether a code says that the time of a request is too far off.
pub(crate) fn is_clock_code(code: &str) -> bool {
    CLOCK.contains(&code)
}

/// Whether a code says that there were too many requests: one of its parts between dots starts with `Throttling`.
pub(crate) fn is_throttling_code(code: &str) -> bool {
    code.split('.').any(|part| {
        let start = part.trim_start().get(..THROTTLING.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(THROTTLING))
    })
}

/// Whether `code` is `parent` with something after a dot, as `Forbidden.RAM` is below `Forbidden`.
fn is_below(code: &str, parent: &str) -> bool {
    code.strip_prefix(parent)
        .is_some_and(|rest| rest.starts_with('.'))
}
