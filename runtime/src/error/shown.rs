//! What came from outside, made fit for a reader: every text of an error passes the redactor of its call.

use super::Error;
use crate::operation::secrets::answer;
use crate::redact::Redactor;

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
        body.access_denied_detail =
            detail.map(|detail| answer("", &detail, &|text| redactor.show(text)));
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
