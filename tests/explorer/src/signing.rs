//! "The request": the texts of a request, computed by the runtime, with placeholders for secrets.
//!
//! What is shown is a request in which placeholders travel in the place of secrets, so that none can be in it. With the
//! gateway's key its signature is then replaced by that of the true request; with real credentials by a placeholder.

use alicloud_gateway::descriptor;
use alicloud_runtime::client::{Call, Prepared, Request as _, ServiceClient};
use alicloud_runtime::encode::percent;
use alicloud_runtime::time::{
    Clock as _, FixedClock, FixedNonce, NonceSource as _, RandomNonce, SystemClock,
    parse_timestamp, timestamp,
};
use alicloud_runtime::transport::Unsent;
use alicloud_runtime::{Config, Format, Params, Placement, Signature};
use serde_json::{Value as Json, json};

use crate::catalog::Entry;
use crate::input::{Input, MASK, Secrets, has_secret};
use crate::target::Target;

/// What a signature depends on besides the parameters.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    time: std::time::SystemTime,
    nonce: String,
    endpoint: String,
    placement: Placement,
    format: Format,
}

impl Settings {
    /// Reads settings; what is left empty is as in a run.
    pub(crate) fn read(given: &Json, target: &Target) -> Result<Self, String> {
        let text = |name: &str| {
            let text = given[name].as_str().map(str::trim).unwrap_or_default();
            Some(text.to_owned()).filter(|text| !text.is_empty())
        };
        let time = match text("timestamp") {
            Some(text) => parse_timestamp(&text)
                .ok_or_else(|| format!("{text:?} is no time stamp such as 2024-07-11T03:11:53Z"))?,
            None => SystemClock.now(),
        };
        let nonce = match text("nonce") {
            Some(nonce) => nonce,
            None => RandomNonce.nonce().map_err(|why| why.to_string())?,
        };
        Ok(Self {
            time,
            nonce,
            endpoint: text("endpoint").unwrap_or_else(|| target.endpoint.clone()),
            placement: match given["placement"].as_str() {
                Some("Query") => Placement::Query,
                Some("Split") => Placement::Split,
                _ => Placement::Body,
            },
            format: format(given),
        })
    }
}

/// The answer format that was chosen.
pub(crate) fn format(given: &Json) -> Format {
    match given["format"].as_str() {
        Some("XML") => Format::Xml,
        _ => Format::Json,
    }
}

/// The texts of a request with one signature, or why there is none.
pub(crate) async fn texts(
    entry: &Entry<'_>,
    input: &Input,
    settings: &Settings,
    target: &Target,
    signature: Signature,
) -> Json {
    let signer = Signer {
        entry,
        settings,
        target,
        signature,
    };
    match signer.texts(input).await {
        Ok(texts) => texts,
        Err(why) => json!({ "refused": why }),
    }
}

struct Signer<'s, 'a> {
    entry: &'s Entry<'a>,
    settings: &'s Settings,
    target: &'s Target,
    signature: Signature,
}

impl Signer<'_, '_> {
    async fn texts(&self, input: &Input) -> Result<Json, String> {
        let masked = self
            .prepare(input.params(self.entry, Secrets::Masked))
            .await?;
        let mut shown = Texts::of(&masked);
        let params = input.params(self.entry, Secrets::Kept);
        if self.target.real {
            shown.sign_with(MASK);
        } else if has_secret(&params) {
            let signed = Texts::of(&self.prepare(params).await?);
            shown.take_over(&signed, self.signature);
        }
        let mut json = shown.json();
        json["timestamp"] = timestamp(self.settings.time).into();
        json["nonce"] = self.settings.nonce.as_str().into();
        Ok(json)
    }

    async fn prepare(&self, mut params: Params) -> Result<Prepared, String> {
        let settings = self.settings;
        let format = match self.signature {
            Signature::V1 => settings.format,
            _ => Format::Json,
        };
        let config = Config::builder()
            .endpoint(&settings.endpoint)
            .credentials(self.target.shown_credentials())
            .clock(FixedClock(settings.time))
            .nonces(FixedNonce(settings.nonce.clone()))
            .signature(self.signature)
            .placement(settings.placement)
            .format(format)
            .user_agent("explorer")
            .checks(false)
            .transport(Unsent)
            .sleep(Unsent)
            .build()
            .map_err(|error| error.to_string())?;
        let operation = descriptor::operation(self.entry.service, self.entry.spec);
        // A token made anew each time would tell two preparations of one request apart.
        let token = operation.idempotency_token.as_ref();
        if let Some(token) = token.filter(|token| params.get(token).is_none()) {
            params.set(token.clone(), settings.nonce.as_str());
        }
        let client = ServiceClient::new(&config, descriptor::service(self.entry.service));
        let call = with_params(client.call(operation), &params);
        call.prepare().await.map_err(|error| error.to_string())
    }
}

/// Adds parameters to a call.
pub(crate) fn with_params(call: Call<ServiceClient>, params: &Params) -> Call<ServiceClient> {
    params.iter().fold(call, |call, (name, value)| {
        call.with_parameter(name, value.clone())
    })
}

/// The texts of a request.
#[derive(Debug)]
struct Texts {
    method: &'static str,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
    canonical_request: String,
    string_to_sign: String,
    signature: String,
}

impl Texts {
    fn of(prepared: &Prepared) -> Self {
        let (http, signed) = (prepared.http(), prepared.signed());
        let headers = http.headers.iter();
        Self {
            method: http.method.as_str(),
            url: http.url.clone(),
            headers: headers
                .map(|(name, value)| (name.to_string(), value.to_string()))
                .collect(),
            body: match std::str::from_utf8(&http.body) {
                Ok(text) => text.to_owned(),
                Err(_) => format!("<{} bytes>", http.body.len()),
            },
            canonical_request: signed.canonical_request.clone(),
            string_to_sign: signed.string_to_sign.clone(),
            signature: signed.signature.clone(),
        }
    }

    /// Puts another signature in the place of this one, wherever it is.
    fn sign_with(&mut self, signature: &str) {
        let old = std::mem::replace(&mut self.signature, signature.to_owned());
        if old.is_empty() {
            self.signature.clear();
            return;
        }
        self.replace(&percent(&old), &percent(signature));
        self.replace(&old, signature);
    }

    /// Takes over what the true request has that tells nothing of its secrets: hashes and the signature.
    fn take_over(&mut self, signed: &Self, signature: Signature) {
        if let (Some(shown), Some(hash)) = (self.payload_hash(), signed.payload_hash()) {
            self.replace(&shown, &hash);
        }
        // A V1 string to sign holds the parameters themselves.
        if signature != Signature::V1 {
            self.string_to_sign.clone_from(&signed.string_to_sign);
        }
        self.sign_with(&signed.signature);
    }

    fn payload_hash(&self) -> Option<String> {
        let mut headers = self.headers.iter();
        let found = headers.find(|(name, _)| name == "x-acs-content-sha256");
        found.map(|(_, value)| value.clone())
    }

    fn replace(&mut self, old: &str, new: &str) {
        let values = self.headers.iter_mut().map(|(_, value)| value);
        let texts = [&mut self.url, &mut self.body, &mut self.canonical_request];
        for text in texts.into_iter().chain(values) {
            if text.contains(old) {
                *text = text.replace(old, new);
            }
        }
    }

    fn json(&self) -> Json {
        json!({
            "method": self.method,
            "url": self.url,
            "headers": self.headers,
            "body": self.body,
            "canonical_request": self.canonical_request,
            "string_to_sign": self.string_to_sign,
            "signature": self.signature,
        })
    }
}
