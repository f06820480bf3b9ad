//! Support for tests of code that calls the service, without a network: behind the feature `test-util`.
//!
//! [`ScriptedTransport`] answers with what a test told it and remembers what it was sent. [`ManualClock`] stands still until
//! somebody sleeps, so that retries and waiters take no time. [`Recorder`] writes down what a client and a service (or the
//! local gateway) said to each other, secrets left out, and plays it back. Responses are made with
//! [`Response::new`](crate::Response::new), errors with [`FakeError`].

mod clock;
mod fake_error;
mod record;
mod scripted;

pub use clock::ManualClock;
pub use fake_error::FakeError;
pub use record::{Exchange, Recorder};
pub use scripted::ScriptedTransport;
