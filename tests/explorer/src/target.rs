//! Where requests go and who signs them. Credentials stay here: nothing that is shown is made with a real one.

use alicloud_gateway::{DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET, Gateway};
use alicloud_runtime::{Config, Credentials, Format, Signature};

use crate::input::MASK;

/// Where requests go.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) endpoint: String,
    /// Whether it is a real service, and not our own gateway.
    pub(crate) real: bool,
    v3: Config,
    v1: Config,
    v1_xml: Config,
    /// Held so that it goes on serving.
    _gateway: Option<Gateway>,
}

impl Target {
    /// The gateway in this process, with its well-known key.
    pub(crate) fn gateway(gateway: Gateway) -> Result<Self, String> {
        let key = Credentials::new(DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET);
        Self::new(gateway.endpoint(), Some(key), Some(gateway))
    }

    /// A real service, with credentials from wherever the official clients look for them.
    pub(crate) fn real(endpoint: String) -> Result<Self, String> {
        Self::new(endpoint, None, None)
    }

    fn new(
        endpoint: String,
        key: Option<Credentials>,
        gateway: Option<Gateway>,
    ) -> Result<Self, String> {
        let config = |signature, format| {
            let builder = Config::builder()
                .endpoint(&endpoint)
                .signature(signature)
                .format(format)
                .user_agent("explorer");
            let builder = match &key {
                Some(key) => builder.credentials(key.clone()),
                None => builder,
            };
            builder.build().map_err(|error| error.to_string())
        };
        Ok(Self {
            v3: config(Signature::V3, Format::Json)?,
            v1: config(Signature::V1, Format::Json)?,
            v1_xml: config(Signature::V1, Format::Xml)?,
            real: gateway.is_none(),
            endpoint,
            _gateway: gateway,
        })
    }

    /// The configuration to run with. XML answers come with V1 only.
    pub(crate) fn config(&self, signature: Signature, format: Format) -> &Config {
        match (signature, format) {
            (Signature::V1, Format::Xml) => &self.v1_xml,
            (Signature::V1, _) => &self.v1,
            _ => &self.v3,
        }
    }

    /// Who signs what is shown: the gateway's well-known key, or nobody real.
    pub(crate) fn shown_credentials(&self) -> Credentials {
        if self.real {
            Credentials::new(MASK, MASK)
        } else {
            Credentials::new(DEFAULT_ACCESS_KEY_ID, DEFAULT_ACCESS_KEY_SECRET)
        }
    }
}
