//! A request of ours, as the harness describes it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// A request that was prepared and not sent.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) method: String,
    /// Up to the question mark.
    pub(crate) url: String,
    /// What comes after it.
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) canonical_request: String,
    pub(crate) string_to_sign: String,
    pub(crate) signature: String,
}

impl Made {
    /// Reads what the harness wrote.
    pub(crate) fn read(value: &Value) -> Result<Self, String> {
        if let Some(why) = value["refused"].as_str() {
            return Err(format!("refused: {why}"));
        }
        let text = |name: &str| {
            let text = value[name].as_str().map(str::to_owned);
            text.ok_or_else(|| format!("the request has no {name}"))
        };
        let url = text("url")?;
        let (url, query) = url.split_once('?').unwrap_or((&url, ""));
        let pair =
            |pair: &Value| Some((pair.get(0)?.as_str()?.into(), pair.get(1)?.as_str()?.into()));
        let body = STANDARD.decode(text("body")?);
        Ok(Self {
            method: text("method")?,
            url: url.to_owned(),
            query: query.to_owned(),
            headers: (value["headers"].as_array().into_iter().flatten())
                .filter_map(pair)
                .collect(),
            body: body.map_err(|error| format!("the body is no base64: {error}"))?,
            canonical_request: text("canonical_request")?,
            string_to_sign: text("string_to_sign")?,
            signature: text("signature")?,
        })
    }

    /// The first header of that name.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
