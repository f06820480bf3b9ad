//! Tracing: one span per call, one event per attempt. Without the feature `tracing` all of it is nothing.
//!
//! Names of fields follow OpenTelemetry where it has one. No field holds a parameter, a URL, a header or a message of the
//! service: all of those may hold secrets.

#[cfg(not(feature = "tracing"))]
mod imp {
    use std::time::Duration;

    use super::super::{Call, ServiceClient};
    use crate::error::Error;
    use crate::redact::Redactor;
    use crate::response::Response;

    /// No span.
    #[derive(Clone)]
    pub(crate) struct Span;

    impl Span {
        pub(crate) fn of(_: &Call<ServiceClient>) -> Self {
            Self
        }

        pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
            work()
        }

        pub(crate) fn succeeded<T>(&self, _: &Response<T>, _: impl FnOnce() -> Redactor) {}

        pub(crate) fn failed(&self, _: &Error) {}
    }

    pub(crate) fn attempt_answered(_: u32, _: Duration, _: u16) {}

    pub(crate) fn attempt_failed(_: u32, _: Duration, _: &Error) {}
}

#[cfg(feature = "tracing")]
mod imp {
    use std::borrow::Cow;
    use std::time::Duration;

    use tracing::field::Empty;

    use super::super::{Call, ServiceClient};
    use crate::error::{Error, ErrorKind};
    use crate::redact::{Redactor, brief};
    use crate::response::Response;

    /// How much of a text from outside a field holds, in characters.
    const LONGEST: usize = 200;

    /// The span of a call.
    #[derive(Clone)]
    pub(crate) struct Span(tracing::Span);

    impl Span {
        pub(crate) fn of(call: &Call<ServiceClient>) -> Self {
            let service = call.client.service();
            Self(tracing::info_span!(
                target: "alicloud",
                "alicloud.call",
                otel.kind = "client",
                rpc.system = "alicloud",
                rpc.service = &*service.product,
                rpc.method = &*call.operation().name,
                alicloud.api_version = &*service.version,
                cloud.region = call.client.config().region(),
                http.response.status_code = Empty,
                http.request.resend_count = Empty,
                alicloud.request_id = Empty,
                error.type = Empty,
            ))
        }

        pub(crate) fn within<T>(&self, work: impl FnOnce() -> T) -> T {
            self.0.in_scope(work)
        }

        pub(crate) fn succeeded<T>(
            &self,
            response: &Response<T>,
            redactor: impl FnOnce() -> Redactor,
        ) {
            if self.0.is_disabled() {
                return;
            }
            // Of what is no usual ID anything may have been made.
            let id = response.request_id().map(|id| match is_uuid(id) {
                true => Cow::Borrowed(id),
                false => Cow::Owned(redactor().show(id)),
            });
            self.answered(Some(response.status()), id.as_deref(), response.attempts());
        }

        pub(crate) fn failed(&self, error: &Error) {
            let attempts = u32::try_from(error.attempts()).unwrap_or(u32::MAX);
            self.answered(error.status(), error.request_id(), attempts);
            self.0.record("error.type", &*kind(error));
        }

        fn answered(&self, status: Option<u16>, request_id: Option<&str>, attempts: u32) {
            if let Some(status) = status {
                self.0.record("http.response.status_code", status);
            }
            if let Some(id) = request_id {
                self.0.record("alicloud.request_id", &*brief(id, LONGEST));
            }
            self.0
                .record("http.request.resend_count", attempts.saturating_sub(1));
        }
    }

    /// Whether a text is a UUID, as the IDs of requests are.
    fn is_uuid(text: &str) -> bool {
        let mut groups = text.split('-').map(str::len);
        text.bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
            && [8, 4, 4, 4, 12].into_iter().eq(&mut groups)
    }

    /// The code of an error, or what kind it is when it has none.
    fn kind(error: &Error) -> Cow<'_, str> {
        let kind = error.code().unwrap_or(match error.kind() {
            ErrorKind::InvalidRequest => "invalid_request",
            ErrorKind::Credentials => "credentials",
            ErrorKind::NotSent => "not_sent",
            ErrorKind::OutcomeUnknown if error.is_timeout() => "timeout",
            ErrorKind::OutcomeUnknown => "outcome_unknown",
            ErrorKind::Service => "service",
            ErrorKind::Business => "business",
            ErrorKind::Undecodable => "undecodable",
        });
        brief(kind, LONGEST)
    }

    fn milliseconds(delay: Duration) -> u64 {
        u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)
    }

    pub(crate) fn attempt_answered(attempt: u32, delay: Duration, status: u16) {
        tracing::debug!(
            target: "alicloud",
            {
                alicloud.attempt = attempt,
                alicloud.delay_ms = milliseconds(delay),
                http.response.status_code = status,
            },
            "answered"
        );
    }

    pub(crate) fn attempt_failed(attempt: u32, delay: Duration, error: &Error) {
        tracing::warn!(
            target: "alicloud",
            {
                alicloud.attempt = attempt,
                alicloud.delay_ms = milliseconds(delay),
                http.response.status_code = error.status(),
                alicloud.request_id = error.request_id().map(|id| brief(id, LONGEST)).as_deref(),
                error.type = &*kind(error),
            },
            "attempt failed"
        );
    }
}

pub(super) use imp::{Span, attempt_answered, attempt_failed};
