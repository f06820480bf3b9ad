//! Configuration: region, credentials, signature, time limits, transport. Made once, shared by many clients.

mod builder;

pub use builder::ConfigBuilder;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::client::Intercept;
use crate::credentials::{Context, ProvideCredentials};
use crate::endpoint::{Endpoint, InvalidEndpoint};
use crate::retry::{Budget, RateGovernor, RetryPolicy};
use crate::time::Sleep;

/// Which signature requests carry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Signature {
    /// `ACS3-HMAC-SHA256` in headers: what every current official SDK sends.
    #[default]
    V3,
    /// `HMAC-SHA1` over the parameters: the older signature, and the only one with XML answers.
    V1,
}

/// The format answers are asked for in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// XML; with [`Signature::V1`] only.
    Xml,
}

/// Where the parameters of a [`Signature::V1`] request travel. The signature is the same wherever they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Placement {
    /// All in the form body, so that none of them shows in a URL.
    #[default]
    Body,
    /// All in the query of the URL.
    Query,
    /// Form parameters in the form body, everything else in the query: as the metadata has it.
    Split,
}

/// Everything clients need that is not an operation. Cheap to clone; clones share their connections.
///
/// Use a configuration in one async runtime. Connections belong to the runtime they were begun in: another one has to begin
/// its own, and so do `block()` and each runtime that is started for a single call.
#[derive(Clone)]
pub struct Config {
    inner: Arc<Settings>,
}

pub(crate) struct Settings {
    pub(crate) region: Option<String>,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) vpc: bool,
    pub(crate) credentials: Arc<dyn ProvideCredentials>,
    pub(crate) signature: Signature,
    pub(crate) format: Format,
    pub(crate) placement: Placement,
    pub(crate) checks: bool,
    pub(crate) read_only: bool,
    pub(crate) insecure: bool,
    /// For a whole call.
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    /// The most bytes that are kept of what a transport brings in pieces.
    pub(crate) max_answer: usize,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) governor: Option<Arc<RateGovernor>>,
    pub(crate) interceptors: Vec<Arc<dyn Intercept>>,
    pub(crate) user_agent: String,
    pub(crate) context: Context,
    pub(crate) sleep: Arc<dyn Sleep>,
    /// Endpoints of single products, by product code in lower case.
    pub(crate) endpoints: Vec<(String, Endpoint)>,
}

impl Settings {
    /// The endpoint that was set, for a product or for all of them.
    pub(crate) fn endpoint(&self, product: &str) -> Option<&Endpoint> {
        let own = self
            .endpoints
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(product))
            .map(|(_, endpoint)| endpoint);
        own.or(self.endpoint.as_ref())
    }
}

impl Config {
    /// Starts from the defaults, with credentials from wherever [`DefaultCredentials`](crate::credentials::DefaultCredentials) finds them.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Starts from the environment: settings as [`ConfigBuilder::environment`] reads them, credentials from wherever
    /// [`DefaultCredentials`](crate::credentials::DefaultCredentials) finds them when a call needs them.
    pub fn from_env() -> ConfigBuilder {
        ConfigBuilder::default().process_environment()
    }

    /// The region calls go to.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.inner.region.as_deref()
    }

    /// The endpoint that was set, if one was.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        self.inner.endpoint.as_ref()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.inner
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = self.settings();
        f.debug_struct("Config")
            .field("region", &settings.region)
            .field("endpoint", &settings.endpoint)
            .field("credentials", &settings.credentials)
            .field("signature", &settings.signature)
            .field("format", &settings.format)
            .field("timeout", &settings.timeout)
            .finish_non_exhaustive()
    }
}

/// Why a configuration cannot be used.
#[derive(Debug)]
#[non_exhaustive]
pub enum InvalidConfig {
    /// The endpoint is none.
    Endpoint(InvalidEndpoint),
    /// A variable of the environment that holds a setting is not UTF-8.
    Variable(String),
    /// A region ID has other characters than letters, digits and hyphens.
    Region(String),
    /// The endpoint is plain http to another machine.
    PlainHttp(Endpoint),
    /// Nothing waits between attempts: neither was a sleep given nor does a feature provide one.
    NoSleep,
    /// XML was asked for with a signature other than [`Signature::V1`].
    XmlNeedsV1,
    /// No transport was given and no feature provides one.
    NoTransport,
    /// The transport could not be set up.
    Transport(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for InvalidConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endpoint(error) => error.fmt(f),
            Self::Region(region) => {
                write!(
                    f,
                    "invalid region {region:?}: expected an ID such as cn-hangzhou"
                )
            }
            Self::Variable(name) => write!(f, "the environment variable {name} is not UTF-8"),
            Self::PlainHttp(endpoint) => write!(
                f,
                "{endpoint} is plain http to another machine: use https, or allow_plain_http(true)"
            ),
            Self::NoSleep => f.write_str(
                "nothing to wait with: turn on the feature `reqwest`, or give the configuration a sleep",
            ),
            Self::XmlNeedsV1 => {
                f.write_str("XML answers exist only with Signature::V1: choose it, or Format::Json")
            }
            Self::NoTransport => f.write_str(
                "no transport: turn on the feature `rustls`, or give the configuration a transport",
            ),
            Self::Transport(_) => f.write_str("the HTTP transport could not be set up"),
        }
    }
}

impl std::error::Error for InvalidConfig {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(source) => Some(source.as_ref()),
            _ => None,
        }
    }
}
