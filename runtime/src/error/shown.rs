//! What came from outside, made fit for a reader: every text of an error passes the redactor of its call.

use std::cell::Cell;

use super::Error;
use crate::operation::secrets::answer;
use crate::redact::Redactor;

/// How much text of free JSON is kept, in bytes.
const DETAIL: usize = 64 << 10;

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
        let left = Cell::new(DETAIL);
        let show = |text: &str| {
            left.set(left.get().saturating_sub(text.len() + 1));
            match left.get() {
                0 => "…".to_owned(),
                _ => redactor.show(text),
            }
        };
        let detail = body.access_denied_detail.take();
        body.access_denied_detail = detail.map(|detail| answer("", &detail, &show));
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
