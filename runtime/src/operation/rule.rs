//! Rules as a descriptor knows them: between parameters, and about the fields of a 200 answer.

use std::borrow::Cow;

/// That a parameter has one of some values. An absent parameter counts as its documented default.
#[derive(Clone, Debug)]
pub struct Condition {
    /// The path of the parameter.
    pub parameter: Cow<'static, str>,
    /// The values that make the condition true.
    pub values: Cow<'static, [Cow<'static, str>]>,
}

/// A rule between parameters, all named by dotted paths.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Rule {
    /// The parameters must be given when the condition holds.
    RequiredWhen {
        /// The parameters.
        parameters: Cow<'static, [Cow<'static, str>]>,
        /// The condition.
        when: Condition,
    },
    /// The parameters must be given when another one is.
    RequiredWith {
        /// The parameters.
        parameters: Cow<'static, [Cow<'static, str>]>,
        /// The other one.
        other: Cow<'static, str>,
    },
    /// The service takes no notice of the parameters unless the condition holds. Advice, never an error.
    IgnoredUnless {
        /// The parameters.
        parameters: Cow<'static, [Cow<'static, str>]>,
        /// The condition.
        when: Condition,
    },
    /// The service takes no notice of the parameters when the condition holds. Advice, never an error.
    IgnoredWhen {
        /// The parameters.
        parameters: Cow<'static, [Cow<'static, str>]>,
        /// The condition.
        when: Condition,
    },
    /// One of the parameters, or more, must be given.
    AtLeastOneOf(Cow<'static, [Cow<'static, str>]>),
    /// One of the parameters, and no more, must be given.
    ExactlyOneOf(Cow<'static, [Cow<'static, str>]>),
}

/// What in a 200 answer means that the call failed all the same. Fields are named by dotted paths.
#[derive(Clone, Debug)]
pub struct SuccessRule {
    /// The field that tells.
    pub field: Cow<'static, str>,
    /// Its values, as text, that mean failure.
    pub failed: Cow<'static, [Cow<'static, str>]>,
    /// The field with the error code.
    pub code: Option<Cow<'static, str>>,
    /// The field with the error message.
    pub message: Option<Cow<'static, str>>,
    /// The field that replaces `%s` in the message.
    pub fill: Option<Cow<'static, str>>,
}
