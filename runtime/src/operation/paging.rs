//! How an operation hands out a long list in parts, as a descriptor knows it.

use std::borrow::Cow;

/// How a long list comes in parts. Names are those of parameters, paths those of answer fields.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// By what the parts are told apart.
    pub style: PageStyle,
    /// The parameter that limits how much one answer holds.
    pub size: Option<Cow<'static, str>>,
    /// The field that holds the items, such as `Items.Item`.
    pub items: Option<Cow<'static, str>>,
}

/// By what the parts of a long list are told apart.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum PageStyle {
    /// By their number, from 1.
    Page {
        /// The parameter with the number of the part.
        page: Cow<'static, str>,
        /// The field that says how many items there are in all.
        total: Option<Cow<'static, str>>,
    },
    /// By a token that each answer holds for the next.
    Token {
        /// The parameter that takes the token.
        token: Cow<'static, str>,
        /// The field with the token of the next part.
        next: Cow<'static, str>,
    },
}
