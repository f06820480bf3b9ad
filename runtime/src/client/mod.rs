//! Clients and calls: the typed edge every generated operation shares.
//!
//! A generated request is a newtype over [`Call`]; a generated client is a newtype over [`ServiceClient`]. Everything
//! between `send()` and the answer is the same for all operations and compiled once, in `execute`; only the decoding of
//! the answer is generic, and costs nothing until a program calls it.

#[cfg(feature = "blocking")]
mod blocking;
mod course;
mod draft;
mod events;
mod execute;
mod handle;
mod intercept;
mod judge;
mod length;
mod observe;
mod open;
mod options;
mod pages;
mod prepared;
mod raw;
mod region;
mod secrets;
mod sending;
mod wait;

pub use events::{EventStream, StreamEvent};
pub use handle::Handle;
pub use intercept::{Answered, Intercept, Outgoing};
pub use options::{CallOptions, Request};
pub use pages::{Items, Pages};
pub use prepared::Prepared;
pub use raw::RawCall;
pub use sending::Sending;
pub use wait::{Wait, WaitError};

use std::fmt;

use self::options::NO_OPTIONS;
use crate::config::Config;
use crate::decode;
use crate::operation::{Operation, Service, Waiter};
use crate::params::{Params, Value, build};

/// The state of a request that no client is attached to: plain data, to be sent by `client.send(request)`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unbound;

/// A client of one product version, without the operations. Cheap to clone.
#[derive(Clone)]
pub struct ServiceClient {
    config: Config,
    service: Handle<Service>,
}

impl ServiceClient {
    /// A client of a product version.
    #[must_use]
    pub fn new(config: &Config, service: impl Into<Handle<Service>>) -> Self {
        Self {
            config: config.clone(),
            service: service.into(),
        }
    }

    /// A call of an operation, without parameters yet.
    #[must_use]
    pub fn call(&self, operation: impl Into<Handle<Operation>>) -> Call<Self> {
        Call {
            client: self.clone(),
            operation: operation.into(),
            params: Params::new(),
            options: None,
        }
    }

    /// A call of an operation of generated code, without parameters yet.
    #[must_use]
    pub fn request(&self, operation: &'static Operation) -> Call<Self> {
        self.call(operation)
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The product version.
    #[must_use]
    pub fn service(&self) -> &Service {
        &self.service
    }
}

impl fmt::Debug for ServiceClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceClient")
            .field("product", &self.service.product)
            .field("version", &self.service.version)
            .field("config", &self.config)
            .finish()
    }
}

/// An operation, its parameters and the options of one call. `C` is [`Unbound`] or the client to send it with.
#[derive(Clone)]
pub struct Call<C> {
    client: C,
    operation: Handle<Operation>,
    params: Params,
    /// Most calls have none; without them a request is a third of the size when it is passed on.
    options: Option<Box<CallOptions>>,
}

impl Call<Unbound> {
    /// A call that no client is attached to.
    #[must_use]
    pub const fn new(operation: &'static Operation) -> Self {
        Self {
            client: Unbound,
            operation: Handle::Static(operation),
            params: Params::new(),
            options: None,
        }
    }

    /// Attaches a client.
    #[must_use]
    pub fn bind(self, client: &ServiceClient) -> Call<ServiceClient> {
        let Self {
            client: Unbound,
            operation,
            params,
            options,
        } = self;
        Call {
            client: client.clone(),
            operation,
            params,
            options,
        }
    }
}

impl<C> Call<C> {
    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The parameters set so far.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.params
    }

    /// The options, to be changed.
    pub fn options_mut(&mut self) -> &mut CallOptions {
        self.options.get_or_insert_default()
    }

    /// The options.
    fn options(&self) -> &CallOptions {
        self.options.as_deref().unwrap_or(&NO_OPTIONS)
    }
}

impl Call<ServiceClient> {
    /// Sends the call. The answer is decoded as `T`.
    pub fn send<T: decode::Answer>(self) -> Sending<T> {
        Sending::new(self)
    }

    /// Asks for the pages of a list, one after the other, each decoded as `T`.
    pub fn pages<T: decode::Answer>(self) -> Pages<T> {
        Pages::new(self)
    }

    /// Sends the call again and again until a state is reached. Each answer is decoded as `T`.
    pub fn wait<T: decode::Answer>(self, waiter: &'static Waiter) -> Wait<T> {
        Wait::new(self, waiter)
    }
}

build!(Call<C>);

/// A call without its type takes the same options.
impl<C> Request for Call<C> {
    type State = C;

    fn options_mut(&mut self) -> &mut CallOptions {
        self.options_mut()
    }

    fn into_call(self) -> Self {
        self
    }
}

impl<C> Call<C> {
    /// Sets a value under its wire name.
    #[must_use]
    pub fn put(mut self, name: &'static str, value: Value) -> Self {
        self.params.set(name, value);
        self
    }
}

impl<C> PartialEq for Call<C> {
    fn eq(&self, other: &Self) -> bool {
        self.operation.name == other.operation.name
            && self.params == other.params
            && self.options() == other.options()
    }
}

impl<C> fmt::Debug for Call<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(&self.operation.name)
            .field("params", &self.params)
            .field("options", self.options())
            .finish()
    }
}

/// A request that knows its client and its answer: what `client.send(request)` takes. Generated code implements it.
pub trait Typed: Request<State = Unbound> {
    /// The client of the same product version.
    type Client;
    /// The answer.
    type Answer: decode::Answer;
}
