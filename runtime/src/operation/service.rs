//! A product version as a descriptor knows it.

use std::borrow::Cow::{self, Borrowed};

/// Whether calling again can help after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RetryAdvice {
    /// The same call fails the same way.
    Never,
    /// The same call may succeed after a while.
    Later,
    /// The same call may succeed with fresh credentials.
    NewCredentials,
}

/// An error code and what is known of it.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    /// The code.
    pub code: Cow<'static, str>,
    /// The HTTP status it comes with.
    pub status: u16,
    /// What it means.
    pub meaning: Cow<'static, str>,
    /// Whether calling again can help; `None` when nobody says.
    pub retry: Option<RetryAdvice>,
}

/// The hosts of one region.
#[derive(Clone, Debug)]
pub struct RegionHosts {
    /// The region ID.
    pub region: Cow<'static, str>,
    /// The host on the public network.
    pub public: Cow<'static, str>,
    /// The host inside a VPC, when it is not the one the pattern gives.
    pub vpc: Option<Cow<'static, str>>,
}

/// A product version.
#[derive(Clone, Debug)]
pub struct Service {
    /// The product code, as the service spells it.
    pub product: Cow<'static, str>,
    /// The version, such as `2020-01-01`.
    pub version: Cow<'static, str>,
    /// Whether operations have paths (ROA style) or only names (RPC style).
    pub roa: bool,
    /// The host to use when no region is known.
    pub central: Option<Cow<'static, str>>,
    /// The host of a region the table lacks, with `{region}` in it.
    pub fallback: Option<Cow<'static, str>>,
    /// The host of a region inside a VPC, with `{region}` in it.
    pub vpc: Option<Cow<'static, str>>,
    /// The hosts per region.
    pub regions: Cow<'static, [RegionHosts]>,
    /// Error codes any operation may answer with.
    pub errors: Cow<'static, [ErrorCode]>,
}

impl Service {
    /// A service of which nothing is known.
    pub const EMPTY: Self = Self {
        product: Borrowed(""),
        version: Borrowed(""),
        roa: false,
        central: None,
        fallback: None,
        vpc: None,
        regions: Borrowed(&[]),
        errors: Borrowed(&[]),
    };
}
