//! Configuration: region, credentials, signature, time limits, transport. Made once, shared by many clients.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::client::Intercept;
use crate::credentials::{Context, DefaultCredentials, ProvideCredentials};
use crate::endpoint::{Endpoint, InvalidEndpoint};
use crate::retry::{Budget, RateGovernor, RetryPolicy, Skew};
use crate::time::{Clock, NonceSource, RandomNonce, Sleep, SystemClock, default_sleep};
use crate::transport::{MAX_ANSWER, Transport, TransportSettings, default_transport};

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
    pub(crate) read_only: bool,
    pub(crate) insecure: bool,
    /// For a whole call.
    pub(crate) timeout: Duration,
    pub(crate) attempt_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    pub(crate) budget: Budget,
    pub(crate) skew: Skew,
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
    /// Starts from the defaults, with credentials from wherever [`DefaultCredentials`] finds them.
    pub fn builder() -> ConfigBuilder {
        ConfigBuilder::default()
    }

    /// Starts from the environment: settings as [`ConfigBuilder::environment`] reads them, credentials from wherever
    /// [`DefaultCredentials`] finds them when a call needs them.
    pub fn from_env() -> ConfigBuilder {
        ConfigBuilder::default().environment(std::env::vars_os().filter_map(|(name, value)| {
            Some((name.into_string().ok()?, value.into_string().ok()?))
        }))
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

fn read_endpoint(text: &str, insecure: bool) -> Result<Endpoint, InvalidConfig> {
    let endpoint: Endpoint = text.parse().map_err(InvalidConfig::Endpoint)?;
    if endpoint.is_trusted() || insecure {
        Ok(endpoint)
    } else {
        Err(InvalidConfig::PlainHttp(endpoint))
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
    read_only: bool,
    insecure: bool,
    timeout: Duration,
    attempt_timeout: Duration,
    connect_timeout: Duration,
    max_answer: usize,
    retry: RetryPolicy,
    governor: Option<Arc<RateGovernor>>,
    interceptors: Vec<Arc<dyn Intercept>>,
    endpoints: Vec<(String, String)>,
    user_agent: Option<String>,
    clock: Arc<dyn Clock>,
    sleep: Option<Arc<dyn Sleep>>,
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
            read_only: false,
            insecure: false,
            timeout: Duration::from_secs(60),
            attempt_timeout: Duration::from_secs(20),
            connect_timeout: Duration::from_secs(5),
            max_answer: MAX_ANSWER,
            retry: RetryPolicy::DEFAULT,
            governor: None,
            interceptors: Vec::new(),
            endpoints: Vec::new(),
            user_agent: None,
            clock: Arc::new(SystemClock),
            sleep: None,
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

    /// Refuses every operation whose effect is not known to be a read, before anything is sent. Default: `false`.
    pub fn read_only(mut self, read_only: bool) -> Self {
        self.read_only = read_only;
        self
    }

    /// Lets calls go over plain http to other machines, where anybody on the way can read along. Default: `false`; plain
    /// http to this machine is always allowed.
    pub fn allow_plain_http(mut self, allow: bool) -> Self {
        self.insecure = allow;
        self
    }

    /// How long a call may take in all: attempts, pauses between them, waiting for the rate governor. No retry is begun that
    /// would end later. Default: 60 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// How long one attempt may take, connecting and reading the answer included. Default: 20 seconds.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How often calls are attempted, and with what pauses. Default: 3 attempts; [`RetryPolicy::OFF`] turns retries off.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Keeps the rate of calls below what the service bears. Default: no governor.
    pub fn rate_governor(mut self, governor: RateGovernor) -> Self {
        self.governor = Some(Arc::new(governor));
        self
    }

    /// Adds code that sees every attempt before it is signed and every answer before it is judged.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.interceptors.push(Arc::new(interceptor));
        self
    }

    /// How long connecting may take. Default: 5 seconds. Has no effect on a transport given by the caller.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How large an answer may be, in bytes, after decompression. Default: 64 MiB. Has no effect on a transport given by
    /// the caller.
    pub fn max_answer_size(mut self, bytes: usize) -> Self {
        self.max_answer = bytes;
        self
    }

    /// The endpoint of one product, by its product code such as `Dts`. It wins over [`ConfigBuilder::endpoint`].
    pub fn endpoint_of(mut self, product: impl AsRef<str>, endpoint: impl Into<String>) -> Self {
        self.endpoints
            .push((product.as_ref().to_ascii_lowercase(), endpoint.into()));
        self
    }

    /// Reads settings from environment variables; credentials are looked for later, when a call needs them.
    ///
    /// - `ALIBABA_CLOUD_REGION_ID`: the region;
    /// - `ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED`: `true` for endpoints inside a VPC;
    /// - `ALIBABA_CLOUD_ENDPOINT`: the endpoint of all products;
    /// - `ALIBABA_CLOUD_ENDPOINT_<PRODUCT>`: the endpoint of one, its code in upper case with `_` for `-`, such as
    ///   `ALIBABA_CLOUD_ENDPOINT_DTS`.
    ///
    /// Empty variables count as unset. What is set by code later wins.
    pub fn environment(mut self, variables: impl IntoIterator<Item = (String, String)>) -> Self {
        for (name, value) in variables {
            match name.strip_prefix("ALIBABA_CLOUD_") {
                Some(_) if value.is_empty() => {}
                Some("REGION_ID") => self.region = Some(value),
                Some("VPC_ENDPOINT_ENABLED") => self.vpc = value.eq_ignore_ascii_case("true"),
                Some("ENDPOINT") => self.endpoint = Some(value),
                Some(rest) => {
                    if let Some(product) = rest.strip_prefix("ENDPOINT_") {
                        self = self.endpoint_of(product.replace('_', "-"), value);
                    }
                }
                None => {}
            }
        }
        self
    }

    /// What waits between attempts. Default: tokio's timer.
    pub fn sleep(mut self, sleep: impl Sleep + 'static) -> Self {
        self.sleep = Some(Arc::new(sleep));
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
        let insecure = self.insecure;
        let parse = |text: String| read_endpoint(&text, insecure);
        let endpoint = self.endpoint.map(parse).transpose()?;
        let mut endpoints = Vec::with_capacity(self.endpoints.len());
        // What was set last is found first.
        for (product, text) in self.endpoints.into_iter().rev() {
            endpoints.push((product, read_endpoint(&text, insecure)?));
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&TransportSettings {
                connect_timeout: self.connect_timeout,
                max_answer: self.max_answer,
            })?,
        };
        let sleep = self
            .sleep
            .or_else(default_sleep)
            .ok_or(InvalidConfig::NoSleep)?;
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
                read_only: self.read_only,
                insecure,
                timeout: self.timeout,
                attempt_timeout: self.attempt_timeout,
                retry: self.retry,
                budget: Budget::default(),
                skew: Skew::default(),
                governor: self.governor,
                interceptors: self.interceptors,
                sleep,
                endpoints,
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
