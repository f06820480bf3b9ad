//! Rules between parameters: what the documents say in prose, as conditions a program can check.

use super::{Span, Spanned};

/// That a parameter has one of some values. An absent parameter counts as its documented default.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The path of the parameter, such as `SourceEndpoint.InstanceType`.
    pub parameter: Spanned<String>,
    /// The values that make the condition true.
    pub values: Vec<Spanned<String>>,
}

/// What a rule demands or tells.
#[derive(Clone, Debug)]
pub enum RuleKind {
    /// `required_when`: the parameters must be given when the condition holds.
    RequiredWhen(Condition),
    /// `required_with`: the parameters must be given when another one is.
    RequiredWith(Spanned<String>),
    /// `ignored_unless`: the service takes no notice of the parameters unless the condition holds. Advice, never an error.
    IgnoredUnless(Condition),
    /// `ignored_when`: the service takes no notice of the parameters when the condition holds. Advice, never an error.
    IgnoredWhen(Condition),
    /// `at_least_one_of`.
    AtLeastOneOf,
    /// `exactly_one_of`.
    ExactlyOneOf,
}

/// One rule of an operation.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Where it is written.
    pub span: Span,
    /// What it demands.
    pub kind: RuleKind,
    /// The paths of the parameters it is about.
    pub parameters: Vec<Spanned<String>>,
}
