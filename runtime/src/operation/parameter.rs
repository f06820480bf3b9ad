//! Parameters as a descriptor knows them: where they travel, how they are written, what is demanded of them.

use std::borrow::Cow::{self, Borrowed};

use crate::encode::Separator;

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// In the query of the URL.
    Query,
    /// In a form body.
    Form,
    /// As the body itself.
    Body,
    /// In a hole of the path.
    Path,
    /// As a header.
    Header,
    /// In a hole of the host name.
    Host,
}

/// How a parameter with parts becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// `Name.1`, `Name.Field`: lists count from 1.
    Flat,
    /// JSON in one string.
    Json,
    /// The items in one string.
    Joined(Separator),
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names are those of the spec language")]
pub enum Kind {
    String,
    Int32,
    Int64,
    Float,
    Double,
    Boolean,
    List,
    Map,
    Object,
    Binary,
    Any,
}

/// Whether a parameter must be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Requirement {
    /// It may be left out.
    Optional,
    /// The document says that it must be given; the service may not insist.
    Documented,
    /// The service refuses a call without it.
    Required,
}

/// The end of a range of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Bound {
    Int(i64),
    Float(f64),
}

/// What is demanded of a value beyond its type. Lengths count characters of text and items of lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The smallest number.
    pub minimum: Option<Bound>,
    /// The largest number.
    pub maximum: Option<Bound>,
    /// The fewest characters or items.
    pub min_length: Option<u64>,
    /// The most characters or items.
    pub max_length: Option<u64>,
}

impl Limits {
    /// Nothing is demanded.
    pub const NONE: Self = Self {
        minimum: None,
        maximum: None,
        min_length: None,
        max_length: None,
    };
}

/// A parameter, or a field of one.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub name: Cow<'static, str>,
    /// Where it travels. Means nothing for a field.
    pub location: Location,
    /// How its parts are written. Means nothing for a scalar or a field.
    pub style: Style,
    /// Its type.
    pub kind: Kind,
    /// Whether it must be given.
    pub required: Requirement,
    /// Whether its value must not appear in any printout.
    pub sensitive: bool,
    /// The documented default, which counts in conditions and is never sent.
    pub default: Option<Cow<'static, str>>,
    /// What is demanded of its value.
    pub limits: Limits,
    /// The fields of an object, or of the objects in a list or map.
    pub fields: Cow<'static, [Parameter]>,
}

impl Parameter {
    /// A text in the query of which nothing more is known.
    pub const EMPTY: Self = Self {
        name: Borrowed(""),
        location: Location::Query,
        style: Style::Flat,
        kind: Kind::String,
        required: Requirement::Optional,
        sensitive: false,
        default: None,
        limits: Limits::NONE,
        fields: Borrowed(&[]),
    };

    /// Finds a parameter by a dotted path: a literal name first, then field by field.
    #[must_use]
    pub fn find<'a>(parameters: &'a [Self], path: &str) -> Option<&'a Self> {
        if let Some(found) = parameters.iter().find(|parameter| parameter.name == path) {
            return Some(found);
        }
        path.match_indices('.').find_map(|(dot, _)| {
            let parent = parameters
                .iter()
                .find(|parameter| parameter.name == path[..dot])?;
            Self::find(&parent.fields, &path[dot + 1..])
        })
    }
}
