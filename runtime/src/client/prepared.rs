//! A request signed and not sent: for looking at, for sending by other means, for support tickets.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use super::course::{Course, give_token};
use super::draft::{Draft, Sent, draft};
use super::execute;
use super::secrets::redactor;
use super::{Call, ServiceClient};
use crate::credentials::Credentials;
use crate::encode::percent;
use crate::error::Error;
use crate::operation::secrets::masked;
use crate::redact::{Redactor, is_secret_name};
use crate::request::SignedRequest;
use crate::transport::HttpRequest;

/// What stands for a value that must not be shown. It looks the same in a URL, in a header and in a body.
const REDACTED: &str = "REDACTED";

/// A request signed and not sent. Its signature is good for 15 minutes and for one use.
pub struct Prepared {
    signed: SignedRequest,
    /// The same request, made of placeholders where it holds secrets.
    shown: HttpRequest,
    redactor: Redactor,
    access_key_id: String,
}

impl Prepared {
    pub(super) async fn of(mut call: Call<ServiceClient>) -> Result<Self, Error> {
        give_token(&mut call);
        let call = Arc::new(call);
        execute::guard(&call)?;
        let mut course = Course::new(&call);
        course.credentials = execute::credentials(&call, &course).await?;
        let prepared = Self::sign(&call, &mut course);
        prepared.map_err(|error| error.shown(&redactor(&call, &course)))
    }

    fn sign(call: &Call<ServiceClient>, course: &mut Course) -> Result<Self, Error> {
        let draft = draft(call, course)?;
        let signed = draft.signed(call, course)?;
        course.signature.clone_from(&signed.signature);
        let redactor = redactor(call, course);
        let shown = shown(&draft, call, course, &redactor)?;
        let key = course.credentials.as_ref();
        Ok(Self {
            signed,
            shown,
            redactor,
            access_key_id: key.map_or_else(String::new, |key| key.access_key_id().to_owned()),
        })
    }

    /// Takes out of texts what the request holds secret: of what a service says to it, of logs.
    #[must_use]
    pub fn redactor(&self) -> &Redactor {
        &self.redactor
    }

    /// The ID of the access key it is signed with; empty when it is not signed.
    #[must_use]
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
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
        let http = &self.shown;
        let mut out = format!("curl -X {} {}", http.method.as_str(), quoted(&http.url));
        for (name, value) in &http.headers {
            let _ = write!(out, " \\\n  -H {}", quoted(&format!("{name}: {value}")));
        }
        if !http.body.is_empty() {
            let body = match std::str::from_utf8(&http.body) {
                Ok(text) => Cow::Borrowed(text),
                Err(_) => Cow::Owned(format!("<{} bytes>", http.body.len())),
            };
            let _ = write!(out, " \\\n  --data-raw {}", quoted(&body));
        }
        out
    }
}

impl fmt::Debug for Prepared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.shown.headers.iter().map(|(name, _)| name);
        f.debug_struct("Prepared")
            .field("method", &self.shown.method)
            .field("url", &self.shown.url)
            .field("headers", &names.collect::<Vec<_>>())
            .field("body_length", &self.signed.http.body.len())
            .finish_non_exhaustive()
    }
}

/// The request made anew of what may be shown: whatever way a secret travels, it is not in it.
fn shown(
    draft: &Draft<'_>,
    call: &Call<ServiceClient>,
    course: &Course,
    redactor: &Redactor,
) -> Result<HttpRequest, Error> {
    let sent = Sent::of(call, course);
    let mask = |params| masked(redactor, &call.operation, params, REDACTED);
    let mut headers = sent.extra_headers.clone();
    for (name, value) in &mut headers {
        *value = Cow::Owned(redactor.hide(value).into_owned());
        mask_header(name, value);
    }
    let credentials = sent.credentials.map(nobody);
    let shown = Sent {
        credentials: credentials.as_ref(),
        params: &mask(sent.params),
        extra_params: &mask(sent.extra_params),
        extra_headers: &headers,
    };
    let SignedRequest {
        mut http,
        signature,
        ..
    } = draft.sign(call, course, &shown)?;
    for (name, value) in &mut http.headers {
        mask_header(name, value);
    }
    if !signature.is_empty() {
        let signature = percent(&signature);
        http.url = http.url.replace(&*signature, REDACTED);
        if let Ok(body) = std::str::from_utf8(&http.body) {
            http.body = body.replace(&*signature, REDACTED).into();
        }
    }
    Ok(http)
}

fn mask_header(name: &str, value: &mut Cow<'static, str>) {
    if is_secret_name(name) {
        *value = Cow::Borrowed(REDACTED);
    }
}

/// Credentials of the same kind for the same key, without its secrets.
fn nobody(credentials: &Credentials) -> Credentials {
    if credentials.bearer_token().is_some() {
        return Credentials::bearer(REDACTED);
    }
    let key = Credentials::new(credentials.access_key_id(), REDACTED);
    match credentials.security_token() {
        Some(_) => key.with_security_token(REDACTED),
        None => key,
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
}
