//! What came from outside, made fit for a reader: every text of an error passes the redactor of its call.

use super::Error;
use crate::params::{Params, Value};
use crate::redact::{REDACTED, Redactor, is_secret_name};

impl Error {
    /// The error as it leaves the client. Only the raw body stays as it came.
    pub(crate) fn shown(mut self, redactor: &Redactor) -> Self {
        let inner = &mut *self.inner;
        let body = &mut inner.body;
        for text in [
            &mut body.code,
            &mut body.message,
            &mut body.request_id,
            &mut body.host_id,
            &mut body.recommend,
        ] {
            let shown = text.take().map(|text| redactor.show(&text));
            *text = shown.filter(|text| !text.is_empty());
        }
        let detail = body.access_denied_detail.take();
        body.access_denied_detail = detail.map(|detail| value("", &detail, redactor));
        if let Some(http) = &inner.http {
            let headers = http.headers.iter();
            inner.headers = headers
                .map(|(name, value)| (name.clone(), redactor.show(value).into()))
                .collect();
            inner.excerpt = redactor.excerpt(&http.body);
        }
        inner.source = inner.source.take().map(|source| redactor.cause(source));
        self
    }
}

/// Free JSON.
fn value(name: &str, value: &Value, redactor: &Redactor) -> Value {
    match value.exposed() {
        Value::Object(members) => {
            let shown = members
                .iter()
                .map(|(name, member)| (redactor.show(name), self::value(name, member, redactor)));
            Value::Object(shown.collect::<Params>())
        }
        Value::List(items) => {
            let shown = items.iter().map(|item| self::value(name, item, redactor));
            Value::List(shown.collect())
        }
        Value::Null | Value::Bool(_) => value.clone(),
        _ if is_secret_name(name) => Value::from(REDACTED),
        scalar => {
            let text = scalar.scalar_text().unwrap_or_default();
            let shown = redactor.show(&text);
            if shown == text {
                value.clone()
            } else {
                Value::Text(shown)
            }
        }
    }
}
