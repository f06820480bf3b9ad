//! Making a configuration: every setting, with its default.

use std::sync::Arc;
use std::time::Duration;

use super::{Config, Format, InvalidConfig, Placement, Settings, Signature};
use crate::client::Intercept;
use crate::credentials::{Context, DefaultCredentials, ProvideCredentials, trimmed};
use crate::endpoint::{Address, Endpoint};
use crate::retry::{Budget, RateGovernor, RetryPolicy};
use crate::time::{Clock, NonceSource, RandomNonce, Sleep, SystemClock, default_sleep};
use crate::transport::{Transport, TransportSettings, default_transport};

fn read_endpoint(text: &str, insecure: bool) -> Result<Endpoint, InvalidConfig> {
    let endpoint: Endpoint = text.trim().parse().map_err(InvalidConfig::Endpoint)?;
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
    endpoint: Option<Address>,
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
    connection: TransportSettings,
    retry: RetryPolicy,
    governor: Option<Arc<RateGovernor>>,
    interceptors: Vec<Arc<dyn Intercept>>,
    endpoints: Vec<(String, Address)>,
    user_agent: Option<String>,
    clock: Arc<dyn Clock>,
    sleep: Option<Arc<dyn Sleep>>,
    nonces: Arc<dyn NonceSource>,
    transport: Option<Arc<dyn Transport>>,
    /// A variable of the environment that is not UTF-8.
    unreadable: Option<String>,
}

/// How the variables start that hold settings.
const SETTINGS: [&str; 3] = [
    "ALIBABA_CLOUD_REGION_ID",
    "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED",
    "ALIBABA_CLOUD_ENDPOINT",
];

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
            connection: TransportSettings::default(),
            retry: RetryPolicy::DEFAULT,
            governor: None,
            interceptors: Vec::new(),
            endpoints: Vec::new(),
            user_agent: None,
            clock: Arc::new(SystemClock),
            sleep: None,
            nonces: Arc::new(RandomNonce),
            transport: None,
            unreadable: None,
        }
    }
}

impl ConfigBuilder {
    /// The region whose endpoint calls go to, such as `cn-hangzhou`. It is not sent as a parameter.
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(trimmed(region.into()));
        self
    }

    /// The endpoint calls go to, whatever the region: a host, with `http://` or `https://` before it (`https` when
    /// nothing is).
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(Address::from(endpoint));
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

    /// How long one attempt may take, connecting and reading the answer included; of a stream of events, how long it may
    /// be silent. Default: 20 seconds.
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
        self.connection.connect_timeout = timeout;
        self
    }

    /// How long a connection is kept while nobody needs it; zero keeps none. Default: 5 seconds, since the service closes
    /// idle connections after about 10, and a request that meets such a close is lost. Has no effect on a transport given
    /// by the caller.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.connection.idle_timeout = timeout;
        self
    }

    /// How large an answer may be, in bytes, after decompression; of a stream of events, how large each of them. Default:
    /// 64 MiB. With a transport given by the caller it has effect on events alone.
    pub fn max_answer_size(mut self, bytes: usize) -> Self {
        self.connection.max_answer = bytes;
        self
    }

    /// The endpoint of one product, by its product code such as `Dts`. It wins over [`ConfigBuilder::endpoint`].
    pub fn endpoint_of(mut self, product: impl AsRef<str>, endpoint: impl Into<String>) -> Self {
        self.endpoints.push((
            product.as_ref().to_ascii_lowercase(),
            Address::from(endpoint),
        ));
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
            let value = trimmed(value);
            match name.strip_prefix("ALIBABA_CLOUD_") {
                Some(_) if value.is_empty() => {}
                Some("REGION_ID") => self.region = Some(value),
                Some("VPC_ENDPOINT_ENABLED") => self.vpc = value.eq_ignore_ascii_case("true"),
                Some("ENDPOINT") => self.endpoint = Some(value.into()),
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

    /// The variables of the process, for [`ConfigBuilder::environment`]; one of ours that is not UTF-8 is an error of
    /// [`ConfigBuilder::build`].
    pub(super) fn process_environment(mut self) -> Self {
        let mut read = Vec::new();
        for (name, value) in std::env::vars_os() {
            let Ok(name) = name.into_string() else {
                continue;
            };
            match value.into_string() {
                Ok(value) => read.push((name, value)),
                Err(_) if SETTINGS.iter().any(|setting| name.starts_with(setting)) => {
                    self.unreadable = Some(name);
                }
                Err(_) => {}
            }
        }
        self.environment(read)
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

    /// What carries requests, such as a [`Reqwest`](crate::transport::Reqwest) with settings of the caller's. Default:
    /// reqwest.
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
        if let Some(name) = self.unreadable {
            return Err(InvalidConfig::Variable(name));
        }
        let odd = |region: &String| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            region.is_empty()
                || region.len() > 63
                || !region.bytes().all(plain)
                || region.starts_with('-')
                || region.ends_with('-')
        };
        if let Some(region) = self.region.as_ref().filter(|region| odd(region)) {
            return Err(InvalidConfig::Region(region.clone()));
        }
        let insecure = self.insecure;
        let parse = |text: Address| read_endpoint(text.as_str(), insecure);
        let endpoint = self.endpoint.map(parse).transpose()?;
        let mut endpoints = Vec::with_capacity(self.endpoints.len());
        // What was set last is found first.
        for (product, text) in self.endpoints.into_iter().rev() {
            endpoints.push((product, read_endpoint(text.as_str(), insecure)?));
        }
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&self.connection)?,
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
                max_answer: self.connection.max_answer,
                retry: self.retry,
                budget: Budget::default(),
                governor: self.governor,
                interceptors: self.interceptors,
                sleep: Arc::clone(&sleep),
                endpoints,
                user_agent,
                context: Context {
                    transport,
                    clock: self.clock,
                    nonces: self.nonces,
                    sleep: Some(sleep),
                    skew: Arc::default(),
                },
            }),
        })
    }
}
