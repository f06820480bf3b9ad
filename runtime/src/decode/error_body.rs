//! Error documents: the members every gateway error has, in either spelling, JSON or XML.

use super::{Object, Read, Reader};
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

impl Object for ErrorBody {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "Code" | "code" => value.read(&mut self.code),
            "Message" | "message" => value.read(&mut self.message),
            "RequestId" | "requestId" | "requestid" | "request_id" => {
                value.read(&mut self.request_id)
            }
            "HostId" | "hostId" => value.read(&mut self.host_id),
            "Recommend" | "recommend" => value.read(&mut self.recommend),
            "AccessDeniedDetail" | "accessDeniedDetail" => {
                value.read(&mut self.access_denied_detail)
            }
            _ => value.skip(),
        }
    }
}
