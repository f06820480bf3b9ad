//! Configuration: region, credentials, signature, time limits, transport. Made once, shared by many clients.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::credentials::{Context, DefaultCredentials, ProvideCredentials};
use crate::endpoint::{Endpoint, InvalidEndpoint};
use crate::time::{Clock, NonceSource, RandomNonce, SystemClock};
use crate::transport::{Transport, TransportSettings, default_transport};

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

/// Everything clients need that is not an operation. Cheap to clone; clones share the connection pool.
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
    pub(crate) timeout: Duration,
    pub(crate) user_agent: String,
    pub(crate) context: Context,
}

impl Config {
    /// Starts from the defaults, with credentials from wherever [`DefaultCredentials`] finds them.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Starts from the environment: credentials from wherever [`DefaultCredentials`] finds them, the region from
    /// `ALIBABA_CLOUD_REGION_ID`.
    pub fn from_env() -> ConfigBuilder {
        let region = std::env::var("ALIBABA_CLOUD_REGION_ID")
            .ok()
            .filter(|region| !region.is_empty());
        ConfigBuilder {
            region,
            ..ConfigBuilder::default()
        }
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
    /// A region ID has other characters than letters, digits and hyphens.
    Region(String),
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

/// Makes a [`Config`].
#[derive(Debug)]
#[must_use]
pub struct ConfigBuilder {
    region: Option<String>,
    endpoint: Option<String>,
    vpc: bool,
    credentials: Arc<dyn ProvideCredentials>,
    signature: Signature,
    format: Format,
    placement: Placement,
    checks: bool,
    timeout: Duration,
    connect_timeout: Duration,
    user_agent: Option<String>,
    clock: Arc<dyn Clock>,
    nonces: Arc<dyn NonceSource>,
    transport: Option<Arc<dyn Transport>>,
}

impl Default for ConfigBuilder {
    fn default() -> Self {
        Self {
            region: None,
            endpoint: None,
            vpc: false,
            credentials: Arc::new(DefaultCredentials::new()),
            signature: Signature::default(),
            format: Format::default(),
            placement: Placement::default(),
            checks: true,
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(5),
            user_agent: None,
            clock: Arc::new(SystemClock),
            nonces: Arc::new(RandomNonce::default()),
            transport: None,
        }
    }
}

impl ConfigBuilder {
    /// The region whose endpoint calls go to, such as `cn-hangzhou`. It is not sent as a parameter.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// The endpoint calls go to, whatever the region: a host, with `http://` or `https://` before it (`https` when
    /// nothing is).
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Uses the endpoints inside a VPC instead of the public ones.
    pub fn vpc(mut self, vpc: bool) -> Self {
        self.vpc = vpc;
        self
    }

    /// Where credentials come from: [`crate::Credentials`] themselves, or anything that provides them.
    pub fn credentials(mut self, provider: impl ProvideCredentials + 'static) -> Self {
        self.credentials = Arc::new(provider);
        self
    }

    /// Which signature requests carry. Default: [`Signature::V3`].
    pub fn signature(mut self, signature: Signature) -> Self {
        self.signature = signature;
        self
    }

    /// The format answers are asked for in. Default: [`Format::Json`].
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Where the parameters of a [`Signature::V1`] request travel. Default: [`Placement::Body`].
    pub fn placement(mut self, placement: Placement) -> Self {
        self.placement = placement;
        self
    }

    /// Whether requests are checked against the spec before they are sent. Default: `true`.
    pub fn checks(mut self, checks: bool) -> Self {
        self.checks = checks;
        self
    }

    /// How long a call may take, connecting and reading the answer included. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long connecting may take. Default: 5 seconds. Has no effect on a transport given by the caller.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// What to add to the `user-agent` header.
    pub fn user_agent(mut self, product: impl Into<String>) -> Self {
        self.user_agent = Some(product.into());
        self
    }

    /// Where the time of signatures comes from. Default: the system's clock.
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Where the nonces of signatures come from. Default: the system's randomness.
    pub fn nonces(mut self, nonces: impl NonceSource + 'static) -> Self {
        self.nonces = Arc::new(nonces);
        self
    }

    /// What carries requests, such as [`crate::transport::Reqwest::from`] a client of the caller's. Default: reqwest.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Finishes the configuration.
    ///
    /// # Errors
    ///
    /// When settings contradict each other or the transport cannot be set up. Credentials are not looked for yet.
    pub fn build(self) -> Result<Config, InvalidConfig> {
        if self.format == Format::Xml && self.signature != Signature::V1 {
            return Err(InvalidConfig::XmlNeedsV1);
        }
        let odd = |region: &String| {
            !region
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        if let Some(region) = self.region.as_ref().filter(|region| odd(region)) {
            return Err(InvalidConfig::Region(region.clone()));
        }
        let endpoint = self
            .endpoint
            .map(|text| text.parse())
            .transpose()
            .map_err(InvalidConfig::Endpoint)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&TransportSettings {
                connect_timeout: self.connect_timeout,
            })?,
        };
        let own = concat!("alicloud-rust/", env!("CARGO_PKG_VERSION"));
        let user_agent = self
            .user_agent
            .map_or_else(|| own.to_owned(), |product| format!("{own} {product}"));
        Ok(Config {
            inner: Arc::new(Settings {
                region: self.region,
                endpoint,
                vpc: self.vpc,
                credentials: self.credentials,
                signature: self.signature,
                format: self.format,
                placement: self.placement,
                checks: self.checks,
                timeout: self.timeout,
                user_agent,
                context: Context {
                    transport,
                    clock: self.clock,
                    nonces: self.nonces,
                },
            }),
        })
    }
}
