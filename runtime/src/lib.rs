//! The hand-written half of `alicloud`: everything a typed call needs that does not depend on the operation.
//!
//! A generated request writes its parameters into a [`Params`] tree and names an [`Operation`], the descriptor the
//! generator made from the spec. From there on one path serves every operation: `operation::check` compares the two,
//! [`encode`] and `request` lay the parameters out on the wire, [`sign`] signs them, a [`Transport`] carries them, and
//! [`decode`] reads the answer back into plain structs. No product is known here.

pub mod client;
pub mod config;
pub mod credentials;
pub mod decode;
pub mod encode;
pub mod endpoint;
pub mod error;
pub mod operation;
pub mod params;
pub mod request;
pub mod response;
pub mod retry;
pub mod secret;
pub mod sign;
pub mod time;
pub mod transport;

pub use bytes::Bytes;
pub use client::{Request, Sending};
pub use config::{Config, ConfigBuilder, Format, Placement, Signature};
pub use credentials::{Credentials, ProvideCredentials};
pub use endpoint::Endpoint;
pub use error::{Attempt, Error, ErrorKind};
pub use operation::{Operation, Service};
pub use params::{Params, UnknownValue, Value};
pub use response::Response;
pub use retry::{RateGovernor, RetryPolicy};
pub use secret::Secret;
pub use transport::Transport;

/// Declares the conversions of an open enum from its inherent `as_str` and `from_wire`, which the generator writes.
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::from_wire(value)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from_wire(&value)
            }
        }

        impl ::core::convert::From<$name> for $crate::Value {
            fn from(value: $name) -> Self {
                $crate::Value::Text(::std::string::String::from(value.as_str()))
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::decode::Decode for $name {
            fn decode(
                reader: &mut $crate::decode::Reader<'_, '_>,
            ) -> $crate::decode::Decoded<Self> {
                ::core::result::Result::Ok(reader.text()?.map(|text| Self::from_wire(&text)))
            }
        }
    };
}
