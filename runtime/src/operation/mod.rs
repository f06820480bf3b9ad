//! Descriptors: what the spec says of an operation, as data the runtime reads.
//!
//! Generated code holds one `static` [`Descriptor`] per operation, which is read into an [`Operation`]; the gateway and raw
//! calls build the same thing from a spec at run time, hence the borrowed-or-owned parts. Encoding, checking, success
//! rules, error advice: all read this one table, so there is no per-operation code for any of them.

pub mod check;
mod descriptor;
mod paging;
mod parameter;
mod rule;
pub(crate) mod secrets;
mod service;
mod waiter;

pub use crate::encode::Separator;
pub use check::{Problem, Violation};
pub use descriptor::Descriptor;
pub use paging::{PageStyle, Pagination};
pub use parameter::{Bound, Kind, Limits, Location, Parameter, Requirement, Style};
pub use rule::{Condition, Rule, SuccessRule};
pub use service::{ErrorCode, RegionHosts, RetryAdvice, Service};
pub use waiter::Waiter;

use std::borrow::Cow::{self, Borrowed};

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
}

impl Method {
    /// The method as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
        }
    }

    /// Whether a request of this method has a body.
    #[must_use]
    pub const fn has_body(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Patch | Self::Delete)
    }
}

/// What an operation does to the world, which decides whether repeating it is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Makes something new.
    Create,
    /// Changes what there is.
    Update,
    /// Removes something.
    Delete,
    /// Sets something going.
    Start,
    /// Brings something to a halt.
    Stop,
    /// None of these, or not known.
    Other,
}

/// An operation, as its spec describes it.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name on the wire.
    pub name: Cow<'static, str>,
    /// The HTTP method.
    pub method: Method,
    /// The path, with holes in braces; `/` in RPC style.
    pub path: Cow<'static, str>,
    /// What it does to the world.
    pub effect: Effect,
    /// Whether it is called without a signature.
    pub anonymous: bool,
    /// The parameters.
    pub parameters: Cow<'static, [Parameter]>,
    /// The parameter with the token that makes repeating a call safe.
    pub idempotency_token: Option<Cow<'static, str>>,
    /// How a long list comes in parts.
    pub pagination: Option<Pagination>,
    /// The rules between them.
    pub rules: Cow<'static, [Rule]>,
    /// What in a 200 answer means failure.
    pub success: Cow<'static, [SuccessRule]>,
    /// The error codes the operation lists.
    pub errors: Cow<'static, [ErrorCode]>,
    /// The public page.
    pub documentation: Cow<'static, str>,
}

impl Operation {
    /// An operation of which nothing is known: POST to `/`, no parameters.
    pub const EMPTY: Self = Self {
        name: Borrowed(""),
        method: Method::Post,
        path: Borrowed("/"),
        effect: Effect::Other,
        anonymous: false,
        parameters: Borrowed(&[]),
        idempotency_token: None,
        pagination: None,
        rules: Borrowed(&[]),
        success: Borrowed(&[]),
        errors: Borrowed(&[]),
        documentation: Borrowed(""),
    };

    /// The parameter of that exact wire name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
    }

    /// The parameter, or field of one, at a dotted path.
    #[must_use]
    pub fn parameter_at(&self, path: &str) -> Option<&Parameter> {
        Parameter::find(&self.parameters, path)
    }
}
