//! Schemas: what a value looks like, on its way out as a parameter or on its way back as a field of an answer.

use super::{Requirement, Span, Spanned};

/// A type that has no parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primitive {
    /// `string`.
    String,
    /// `int32`.
    Int32,
    /// `int64`.
    Int64,
    /// `float`, single precision.
    Float,
    /// `double`, double precision.
    Double,
    /// `boolean`.
    Boolean,
    /// `binary`: bytes as they are, a whole body or nothing.
    Binary,
    /// `any`: free JSON.
    Any,
}

/// The shape of a value.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A value without parts.
    Primitive(Primitive),
    /// `list`: values of one shape, in order.
    List(Box<Schema>),
    /// `map`: values of one shape under free names.
    Map(Box<Schema>),
    /// `object`: named fields. Without `fields` it is free JSON and loaded as [`Primitive::Any`].
    Object(Vec<Field>),
    /// `ref`: a schema that has a name, in the same operation or in `service.yaml`.
    Ref(Spanned<String>),
}

/// Which document a fact comes from, where not all of them agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// Only the public document says so.
    Document,
    /// Only the official metadata says so.
    Metadata,
}

/// One value of an enum. Enums are open: a value the list lacks is as valid.
#[derive(Clone, Debug)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: Spanned<String>,
    /// What it means.
    pub description: Option<String>,
    /// A Rust name given by the spec, where the made one would not do.
    pub name: Option<Spanned<String>>,
}

/// How a string names its values.
#[derive(Clone, Debug)]
pub enum EnumUse {
    /// By the name of an enum in `service.yaml`.
    Named(Spanned<String>),
    /// On the spot.
    Inline {
        /// Where the list starts.
        span: Span,
        /// The values, in the order written.
        values: Vec<EnumValue>,
    },
}

/// Whether a value must not appear in any printout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sensitivity {
    /// Nobody says.
    #[default]
    Unsaid,
    /// `sensitive: false`: it may, whatever its name.
    Open,
    /// `sensitive: true`, or the reason why.
    Secret(Option<String>),
}

impl Sensitivity {
    /// Whether it must not appear.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        matches!(self, Self::Secret(_))
    }

    /// Whether what has it must not appear, given whether what it is part of must not.
    #[must_use]
    pub fn within(&self, secret: bool) -> bool {
        match self {
            Self::Unsaid => secret,
            Self::Open => false,
            Self::Secret(_) => true,
        }
    }
}

/// What a value looks like and what is known of it.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Where the schema starts.
    pub span: Span,
    /// Its shape.
    pub kind: Kind,
    /// A Rust name given by the spec: of the type for an object or an inline enum, else of the setter or field.
    pub name: Option<Spanned<String>>,
    /// What it is, in our words.
    pub description: Option<String>,
    /// An example, as text.
    pub example: Option<String>,
    /// The value that counts when none is given. Documentation and conditions only: never sent.
    pub default: Option<Spanned<String>>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
    /// Whether a field of an object in a request must be given when the object is. A parameter says it of itself.
    pub required: Requirement,
    /// Whether the value must not appear in any printout.
    pub sensitive: Sensitivity,
    /// The values a string is known to have.
    pub enumeration: Option<EnumUse>,
    /// The smallest number allowed.
    pub minimum: Option<Spanned<String>>,
    /// The largest number allowed.
    pub maximum: Option<Spanned<String>>,
    /// The fewest characters or items allowed.
    pub min_length: Option<u64>,
    /// The most characters or items allowed.
    pub max_length: Option<u64>,
    /// A regular expression; documentation only.
    pub pattern: Option<String>,
    /// What the service really sends, when that differs from the documented type.
    pub sent_as: Option<Primitive>,
    /// Who says that this exists, where not everybody does.
    pub source: Option<Provenance>,
}

/// A named part of an object.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: Spanned<String>,
    /// What it holds.
    pub schema: Schema,
}
