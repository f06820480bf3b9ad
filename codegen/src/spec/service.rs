//! A product version: what `service.yaml` says, and its operations.

use super::{EnumValue, FileId, Operation, Schema, Spanned};

/// The hosts of one region.
#[derive(Clone, Debug)]
pub struct RegionHosts {
    /// The region ID.
    pub region: Spanned<String>,
    /// The host on the public network.
    pub public: String,
    /// The host inside a VPC, when it is not the one the pattern gives.
    pub vpc: Option<String>,
}

/// Where the service is reached.
#[derive(Clone, Debug, Default)]
pub struct Endpoints {
    /// The host to use when no region is known.
    pub central: Option<String>,
    /// The host of a region the table lacks, with `{region}` in it.
    pub fallback: Option<String>,
    /// The host of a region inside a VPC, with `{region}` in it.
    pub vpc: Option<String>,
    /// The table.
    pub regions: Vec<RegionHosts>,
}

/// Whether calling again can help after an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAdvice {
    /// `never`: the same call fails the same way.
    Never,
    /// `later`: the same call may succeed after a while.
    Later,
    /// `new-credentials`: the same call may succeed with fresh credentials.
    NewCredentials,
}

/// An error code and what is known of it.
#[derive(Clone, Debug)]
pub struct ErrorCode {
    /// The code.
    pub code: Spanned<String>,
    /// The HTTP status it comes with.
    pub status: u16,
    /// What it means, in our words.
    pub meaning: Option<String>,
    /// Whether calling again can help; `None` when nobody says.
    pub retry: Option<RetryAdvice>,
}

/// What in a 200 answer means that the call failed all the same. Paths name fields of the answer, such as `Data.Status`.
#[derive(Clone, Debug)]
pub struct SuccessRule {
    /// The field that tells.
    pub field: Spanned<String>,
    /// Its values, as text, that mean failure.
    pub failed: Vec<String>,
    /// The field with the error code.
    pub code: Option<Spanned<String>>,
    /// The field with the error message.
    pub message: Option<Spanned<String>>,
    /// The field that replaces `%s` in the message.
    pub fill: Option<Spanned<String>>,
}

/// An enum several operations share.
#[derive(Clone, Debug)]
pub struct NamedEnum {
    /// Its name.
    pub name: Spanned<String>,
    /// What it is about.
    pub description: Option<String>,
    /// Its values.
    pub values: Vec<EnumValue>,
}

/// One version of one product.
#[derive(Clone, Debug)]
pub struct Service {
    /// `service.yaml`.
    pub file: FileId,
    /// The folder name of the product, such as `dataworks-public`: the Cargo feature and, in snake case, the module.
    pub folder: String,
    /// The product code as the service spells it, such as `Dts`.
    pub product: Spanned<String>,
    /// The version, such as `2020-01-01`.
    pub version: Spanned<String>,
    /// The product's name for people.
    pub title: Option<String>,
    /// What the product does.
    pub description: Option<String>,
    /// The public page.
    pub documentation: Option<String>,
    /// `rpc` or `roa`: whether operations are named or have paths.
    pub roa: bool,
    /// The code of the product in RAM policies.
    pub ram: Option<String>,
    /// Where it is reached.
    pub endpoints: Endpoints,
    /// The success rules of operations that have none of their own and have the field a rule is about.
    pub success: Vec<SuccessRule>,
    /// Error codes any operation may answer with, or several list.
    pub errors: Vec<ErrorCode>,
    /// Shared enums.
    pub enums: Vec<NamedEnum>,
    /// What parameters and fields of a name are that say nothing of themselves. Loading has put it there already.
    pub parameter_descriptions: Vec<(Spanned<String>, String)>,
    /// Shared schemas, by name.
    pub schemas: Vec<(Spanned<String>, Schema)>,
    /// The operations, sorted by name.
    pub operations: Vec<Operation>,
}
