//! A transport that carries nothing, for programs that only prepare requests.

use std::time::Duration;

use super::{HttpRequest, Transport, TransportError, TransportFuture};
use crate::time::{Sleep, SleepFuture};

/// Carries nothing and waits for nothing: for programs that prepare requests and hand them to something else. It stands in
/// for both parts that a configuration needs where the feature `reqwest` is off. Sending fails as not sent.
///
/// ```
/// use alicloud_runtime::transport::Unsent;
///
/// let config = alicloud_runtime::Config::builder().transport(Unsent).sleep(Unsent);
/// assert!(config.build().is_ok());
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Unsent;

impl Transport for Unsent {
    fn send(&self, _: HttpRequest) -> TransportFuture {
        let why = "the configuration's transport carries nothing: requests can only be prepared";
        Box::pin(std::future::ready(Err(TransportError::not_sent(why))))
    }
}

impl Sleep for Unsent {
    fn sleep(&self, _: Duration) -> SleepFuture {
        Box::pin(std::future::ready(()))
    }
}
