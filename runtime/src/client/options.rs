//! Options of one call: everything about it that is not a parameter.

use std::borrow::Cow;
use std::fmt;
use std::future::Future;
use std::time::Duration;

use super::{Call, Prepared, ServiceClient};
use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::operation::Method;
use crate::params::{Params, Value};
use crate::retry::RetryPolicy;
use crate::transport::Headers;

/// Options of one call, each empty unless set; what is empty is taken from the configuration.
#[derive(Clone, Default, PartialEq)]
pub struct CallOptions {
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) method: Option<Method>,
    pub(crate) checks: Option<bool>,
    pub(crate) params: Params,
    pub(crate) headers: Headers,
}

/// The options of a call that has none.
pub(super) static NO_OPTIONS: CallOptions = CallOptions {
    endpoint: None,
    timeout: None,
    attempt_timeout: None,
    retry: None,
    method: None,
    checks: None,
    params: Params::new(),
    headers: Vec::new(),
};

impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("CallOptions");
        if let Some(endpoint) = &self.endpoint {
            out.field("endpoint", endpoint);
        }
        if let Some(timeout) = &self.timeout {
            out.field("timeout", timeout);
        }
        if !self.params.is_empty() {
            out.field(
                "params",
                &self.params.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            );
        }
        if !self.headers.is_empty() {
            out.field(
                "headers",
                &self
                    .headers
                    .iter()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            );
        }
        out.finish_non_exhaustive()
    }
}

/// The options every request takes. They all start with `with_`, so that no parameter can collide with them.
pub trait Request: Sized {
    /// [`Unbound`](super::Unbound), or the client to send it with.
    type State;

    /// The options, to be changed.
    fn options_mut(&mut self) -> &mut CallOptions;

    /// The call itself, without its type.
    fn into_call(self) -> Call<Self::State>;

    /// Signs the request without sending it.
    fn prepare(self) -> impl Future<Output = Result<Prepared, Error>> + Send
    where
        Self: Request<State = ServiceClient>,
    {
        Prepared::of(self.into_call())
    }

    /// Sends this call to another endpoint.
    #[must_use]
    fn with_endpoint(mut self, endpoint: Endpoint) -> Self {
        self.options_mut().endpoint = Some(endpoint);
        self
    }

    /// How long this call may take, its retries and the pauses between them included.
    #[must_use]
    fn with_timeout(mut self, timeout: Duration) -> Self {
        self.options_mut().timeout = Some(timeout);
        self
    }

    /// How long each attempt of this call may take.
    #[must_use]
    fn with_attempt_timeout(mut self, timeout: Duration) -> Self {
        self.options_mut().attempt_timeout = Some(timeout);
        self
    }

    /// How often this call is attempted; [`RetryPolicy::OFF`] for once.
    #[must_use]
    fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.options_mut().retry = Some(policy);
        self
    }

    /// Sends this call with another HTTP method than the operation's own. The parameters of a GET all travel in the URL.
    #[must_use]
    fn with_method(mut self, method: Method) -> Self {
        self.options_mut().method = Some(method);
        self
    }

    /// Whether this call is checked against the spec before it is sent.
    #[must_use]
    fn with_checks(mut self, checks: bool) -> Self {
        self.options_mut().checks = Some(checks);
        self
    }

    /// Sends a parameter the spec does not know, in the query; or one it knows, in its place, with a value its setter does
    /// not take.
    #[must_use]
    fn with_parameter(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.options_mut().params.set(name.into(), value.into());
        self
    }

    /// Sends a header. Those that start with `x-acs-` are signed.
    #[must_use]
    fn with_header(mut self, name: impl AsRef<str>, value: impl Into<String>) -> Self {
        let name = Cow::Owned(name.as_ref().to_ascii_lowercase());
        self.options_mut()
            .headers
            .push((name, Cow::Owned(value.into())));
        self
    }
}
