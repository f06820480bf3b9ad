//! Error documents: the members every gateway error has, in either spelling, JSON or XML.

use bytes::Bytes;

use super::{Decode, Object, Read, Reader, with_body};
use crate::params::Value;

/// What an error document says.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ErrorBody {
    /// The error code. A number counts as its text.
    pub code: Option<String>,
    /// The message.
    pub message: Option<String>,
    /// The ID of the request.
    pub request_id: Option<String>,
    /// The host that answered.
    pub host_id: Option<String>,
    /// A page with advice.
    pub recommend: Option<String>,
    /// Which permission was missing, as free JSON.
    pub access_denied_detail: Option<Value>,
}

impl ErrorBody {
    /// Reads the body of an error answer. `None` when it is no error document, such as a page of HTML.
    ///
    /// Of a document that breaks off, what came before counts: an error answer has nothing better to say.
    #[must_use]
    pub fn read(body: &Bytes) -> Option<Self> {
        let mut error = Self::default();
        let read = with_body(body, |source| Reader::new(source).object(&mut error));
        drop(read);
        let says = [&error.code, &error.message, &error.request_id];
        says.iter().any(|text| text.is_some()).then_some(error)
    }
}

impl Object for ErrorBody {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "Code" => usual(value, &mut self.code),
            "Message" => usual(value, &mut self.message),
            "RequestId" => usual(value, &mut self.request_id),
            "HostId" => usual(value, &mut self.host_id),
            "Recommend" => usual(value, &mut self.recommend),
            "AccessDeniedDetail" => usual(value, &mut self.access_denied_detail),
            "code" => other(value, &mut self.code),
            "message" => other(value, &mut self.message),
            "requestId" | "requestid" | "request_id" => other(value, &mut self.request_id),
            "hostId" => other(value, &mut self.host_id),
            "recommend" => other(value, &mut self.recommend),
            "accessDeniedDetail" => other(value, &mut self.access_denied_detail),
            _ => value.skip(),
        }
    }
}

/// The usual spelling, which counts unless it holds nothing.
fn usual<T: Decode>(value: &mut Reader<'_, '_>, place: &mut Option<T>) -> Read {
    let mut read = None;
    value.read(&mut read)?;
    *place = read.or(place.take());
    Ok(())
}

/// Another spelling, which counts where the usual one is missing.
fn other<T: Decode>(value: &mut Reader<'_, '_>, place: &mut Option<T>) -> Read {
    let mut read = None;
    value.read(&mut read)?;
    *place = place.take().or(read);
    Ok(())
}
