//! Raw calls: any operation of any product and version, without generated code.
//!
//! They are signed, sent, retried and judged like typed calls. What nobody says of the operation is not assumed: it counts
//! as one that may change something, so it is not repeated when its outcome is unknown.

use std::borrow::Cow;

use super::{Call, EventStream, Handle, Request, Sending, ServiceClient};
use crate::config::Config;
use crate::decode::Events;
use crate::operation::{Effect, Location, Method, Operation, Parameter, Service, SuccessRule};
use crate::params::{Params, Value};

impl ServiceClient {
    /// A client of a product version of which only the names are known, such as `Ecs` and `2014-05-26`. Calls go to the
    /// endpoint of the configuration or, without one, to `<product>.<region>.aliyuncs.com`.
    #[must_use]
    pub fn raw(config: &Config, product: impl Into<String>, version: impl Into<String>) -> Self {
        let product = product.into();
        let host = product.to_lowercase();
        let service = Service {
            version: Cow::Owned(version.into()),
            central: Some(Cow::Owned(format!("{host}.aliyuncs.com"))),
            fallback: Some(Cow::Owned(format!("{host}.{{region}}.aliyuncs.com"))),
            vpc: Some(Cow::Owned(format!("{host}-vpc.{{region}}.aliyuncs.com"))),
            product: Cow::Owned(product),
            ..Service::EMPTY
        };
        Self::new(config, service)
    }

    /// Calls an operation by its name. Parameters travel in the query unless [`RawCall::form`] says otherwise; lists and
    /// objects are flattened.
    pub fn call_raw(&self, operation: impl Into<String>, params: Params) -> RawCall {
        RawCall {
            client: self.clone(),
            operation: Operation {
                name: Cow::Owned(operation.into()),
                ..Operation::EMPTY
            },
            params,
            roa: false,
            options: None,
        }
    }
}

/// A call of an operation of which there is no generated code. The answer is free JSON.
#[derive(Clone, Debug)]
#[must_use = "a call is sent only by send()"]
pub struct RawCall {
    client: ServiceClient,
    operation: Operation,
    params: Params,
    roa: bool,
    options: Option<Box<super::CallOptions>>,
}

impl RawCall {
    /// The HTTP method. Default: POST.
    pub fn method(mut self, method: Method) -> Self {
        self.operation.method = method;
        self
    }

    /// The path, for products in ROA style. Holes in braces are filled by parameters of that name.
    pub fn path(mut self, path: impl Into<String>) -> Self {
        let path = path.into();
        for name in holes(&path) {
            self.place(name, Location::Path);
        }
        self.operation.path = Cow::Owned(path);
        self.roa = true;
        self
    }

    /// Says that the operation changes nothing, so that it may be repeated when its outcome is unknown.
    pub fn reads(mut self) -> Self {
        self.operation.effect = Effect::Read;
        self
    }

    /// Names the parameter with an idempotency token. It is made when it is not given, and the call may be repeated.
    pub fn idempotency_token(mut self, parameter: impl Into<String>) -> Self {
        self.operation.idempotency_token = Some(Cow::Owned(parameter.into()));
        self
    }

    /// Sends a parameter in a form body.
    pub fn form(mut self, parameter: impl Into<String>) -> Self {
        self.place(parameter.into(), Location::Form);
        self
    }

    /// Sends a parameter as the whole body.
    pub fn body(mut self, parameter: impl Into<String>) -> Self {
        self.place(parameter.into(), Location::Body);
        self
    }

    /// Sends a parameter as a header.
    pub fn header(mut self, parameter: impl Into<String>) -> Self {
        self.place(parameter.into(), Location::Header);
        self
    }

    /// Sends the call without a signature, where the operation asks for none. No credentials are looked for.
    pub fn anonymous(mut self) -> Self {
        self.operation.anonymous = true;
        self
    }

    /// Says which field of a good answer tells that the call failed, and by which value.
    pub fn fails_when(mut self, field: impl Into<String>, value: impl Into<String>) -> Self {
        self.operation.success.to_mut().push(SuccessRule {
            field: Cow::Owned(field.into()),
            failed: Cow::Owned(vec![Cow::Owned(value.into())]),
            code: None,
            message: None,
            fill: None,
        });
        self
    }

    fn place(&mut self, name: String, location: Location) {
        self.operation.parameters.to_mut().push(Parameter {
            name: Cow::Owned(name),
            location,
            ..Parameter::EMPTY
        });
    }

    /// Sends the call.
    pub fn send(self) -> Sending<Value> {
        self.into_call().send()
    }

    /// Sends the call and gives each event of the answer as it comes, where the service answers with a stream of them.
    pub fn events(self) -> EventStream<Value> {
        self.into_call().send::<Events<Value>>().events()
    }

    fn into_call(self) -> Call<ServiceClient> {
        let mut client = self.client;
        if self.roa && !client.service.roa {
            client.service = Handle::from(Service {
                roa: true,
                ..(*client.service).clone()
            });
        }
        Call {
            client,
            operation: Handle::from(self.operation),
            params: self.params,
            options: self.options,
        }
    }
}

impl Request for RawCall {
    type State = ServiceClient;

    fn options_mut(&mut self) -> &mut super::CallOptions {
        self.options.get_or_insert_default()
    }

    fn into_call(self) -> Call<ServiceClient> {
        Self::into_call(self)
    }
}

/// The names in the braces of a path.
fn holes(path: &str) -> Vec<String> {
    let holes = path.split('{').skip(1);
    holes
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_found() {
        assert_eq!(holes("/a/{Id}/b/{Name}"), ["Id", "Name"]);
        assert_eq!(holes("/"), Vec::<String>::new());
        assert_eq!(holes("/{open"), Vec::<String>::new());
    }
}
