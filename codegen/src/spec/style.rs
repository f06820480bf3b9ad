//! Which wire style goes with which shape.

use super::{Kind, Primitive, Style};

impl Style {
    /// The style of a parameter that names none. A ref has one only once it is known what it refers to.
    #[must_use]
    pub fn usual(kind: &Kind) -> Option<Self> {
        match kind {
            Kind::List(_) => Some(Self::Repeated),
            Kind::Map(_) | Kind::Object(_) => Some(Self::Flat),
            Kind::Primitive(Primitive::Any) => Some(Self::Json),
            Kind::Primitive(_) | Kind::Ref(_) => None,
        }
    }

    /// Why a value of this shape cannot be written in this style, with the remedy; `None` when it can. A ref gets the benefit
    /// of the doubt: ask again with what it refers to.
    #[must_use]
    pub fn unfit(self, kind: &Kind) -> Option<&'static str> {
        match (self, kind) {
            (_, Kind::Ref(_)) | (Self::Json, Kind::List(_) | Kind::Map(_) | Kind::Object(_)) => {
                None
            }
            (Self::Flat | Self::Json, Kind::Primitive(Primitive::Any)) => None,
            (_, Kind::Primitive(Primitive::Any)) => {
                Some("free JSON travels as \"json\" or \"flat\"")
            }
            (_, Kind::Primitive(_)) => {
                Some("\"style\" has no meaning for a value without parts; remove it")
            }
            (Self::Flat, _) | (Self::Repeated, Kind::List(_)) => None,
            (Self::Repeated, _) => Some("only a list is \"repeated\"; use \"flat\" or \"json\""),
            (_, Kind::List(items)) if joinable(&items.kind) => None,
            _ => {
                Some("only a list of scalars can be joined; use \"repeated\", \"flat\" or \"json\"")
            }
        }
    }
}

/// Whether items of this shape can stand in one string with separators between them.
fn joinable(kind: &Kind) -> bool {
    match kind {
        Kind::Primitive(primitive) => !matches!(primitive, Primitive::Any | Primitive::Binary),
        Kind::Ref(_) => true,
        _ => false,
    }
}
