//! A request signed and not sent: for looking at, for sending by other means, for support tickets.

use std::fmt::Write as _;
use std::sync::Arc;

use super::course::{Course, give_token};
use super::{Call, ServiceClient, execute};
use crate::error::Error;
use crate::params::{Params, Value};
use crate::request::SignedRequest;
use crate::transport::HttpRequest;

/// What stands for a value that must not be shown.
const REDACTED: &str = "REDACTED";

/// Parameters and headers that hold a secret whatever the operation.
const SECRETS: [&str; 9] = [
    "authorization",
    "x-acs-security-token",
    "x-acs-bearer-token",
    "x-acs-zero-trust-idtoken",
    "signature",
    "securitytoken",
    "bearertoken",
    "oidctoken",
    "samlassertion",
];

/// A request signed and not sent. Its signature is good for 15 minutes and for one use.
#[derive(Debug)]
pub struct Prepared {
    signed: SignedRequest,
    /// Parameters that hold a secret value.
    secret: Vec<String>,
    /// Whether the whole body is one.
    secret_body: bool,
}

impl Prepared {
    pub(super) async fn of(mut call: Call<ServiceClient>) -> Result<Self, Error> {
        give_token(&mut call);
        let call = Arc::new(call);
        execute::guard(&call)?;
        let course = Course::new(&call);
        let credentials = execute::credentials(&call, &course).await?;
        let signed = execute::prepare(&call, credentials.as_ref(), &course)?;
        let operation = &call.operation;
        // What a caller adds under the name of a secret is one, whether it is marked or not.
        let added = call.options().params.iter().map(|(name, _)| name);
        let named = added.filter(|name| {
            let known = operation.parameter_at(name);
            known.is_some_and(|parameter| parameter.sensitive)
        });
        let secret: Vec<String> = secrets(&call.params)
            .chain(secrets(&call.options().params))
            .chain(named.map(str::to_owned))
            .collect();
        let secret_body = secret.iter().any(|name| {
            operation
                .parameter(name)
                .is_some_and(|parameter| parameter.location == crate::operation::Location::Body)
        });
        Ok(Self {
            signed,
            secret,
            secret_body,
        })
    }

    /// The request as it would go over the wire. Counts as secret.
    #[must_use]
    pub fn http(&self) -> &HttpRequest {
        &self.signed.http
    }

    /// The texts the signature was computed over, and the signature.
    #[must_use]
    pub fn signed(&self) -> &SignedRequest {
        &self.signed
    }

    /// The request as a `curl` command for a Unix shell, with secrets left out: it shows what would be sent, but the
    /// service refuses it as it stands.
    #[must_use]
    pub fn to_curl(&self) -> String {
        let http = &self.signed.http;
        let mut out = format!("curl -X {} {}", http.method.as_str(), quoted(&self.url()));
        for (name, value) in &http.headers {
            let value = if self.is_secret(name) {
                REDACTED
            } else {
                value
            };
            let _ = write!(out, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
        }
        if !http.body.is_empty() {
            let _ = write!(out, " \\\n  --data-raw {}", quoted(&self.body()));
        }
        out
    }

    fn url(&self) -> String {
        match self.signed.http.url.split_once('?') {
            Some((path, query)) => format!("{path}?{}", self.pairs(query)),
            None => self.signed.http.url.clone(),
        }
    }

    fn body(&self) -> String {
        let http = &self.signed.http;
        let form = http
            .headers
            .iter()
            .any(|(name, value)| name == "content-type" && value.contains("form-urlencoded"));
        match std::str::from_utf8(&http.body) {
            _ if self.secret_body => REDACTED.to_owned(),
            Ok(text) if form => self.pairs(text),
            Ok(text) => text.to_owned(),
            Err(_) => format!("<{} bytes>", http.body.len()),
        }
    }

    /// Encoded pairs, those with secrets shown without their values.
    fn pairs(&self, text: &str) -> String {
        let shown = text.split('&').map(|pair| match pair.split_once('=') {
            Some((name, _)) if self.is_secret(name) => format!("{name}={REDACTED}"),
            _ => pair.to_owned(),
        });
        shown.collect::<Vec<_>>().join("&")
    }

    /// Whether a header or a parameter, or the parameter it is a flattened part of, holds a secret.
    fn is_secret(&self, name: &str) -> bool {
        let listed = |secret: &String| {
            let rest = crate::encode::percent(secret);
            name.strip_prefix(&*rest)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
                || name.eq_ignore_ascii_case(secret)
        };
        SECRETS.contains(&name.to_ascii_lowercase().as_str()) || self.secret.iter().any(listed)
    }
}

/// The names of parameters with a sensitive value anywhere in them.
fn secrets(params: &Params) -> impl Iterator<Item = String> {
    params
        .iter()
        .filter(|(_, value)| is_sensitive(value))
        .map(|(name, _)| name.to_owned())
}

fn is_sensitive(value: &Value) -> bool {
    match value {
        Value::Sensitive(_) => true,
        Value::List(items) => items.iter().any(is_sensitive),
        Value::Object(members) => members.iter().any(|(_, value)| is_sensitive(value)),
        _ => false,
    }
}

/// A word for a Unix shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        assert_eq!(quoted("a b"), "'a b'");
        assert_eq!(quoted("it's $(x)"), "'it'\\''s $(x)'");
    }

    #[test]
    fn sensitive_values_are_found_in_depth() {
        let mut inner = Params::new();
        inner.set("Password", Value::from("x").sensitive());
        let mut params = Params::new();
        params.set("Plain", "y");
        params.set("Endpoint", Value::List(vec![Value::Object(inner)]));
        assert_eq!(secrets(&params).collect::<Vec<_>>(), ["Endpoint"]);
    }
}
