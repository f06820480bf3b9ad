//! The catalogue: every code there is, with what it means, an example and the remedy.
//!
//! The examples are tests: each is loaded, and has exactly the problem it stands for.

mod examples;
mod files;
mod keys;
mod names;
mod overlays;
mod parameters;
mod references;
mod values;
mod warnings;

pub use self::{
    examples::*, files::*, keys::*, names::*, overlays::*, parameters::*, references::*, values::*,
    warnings::*,
};
use super::Code;

/// Defines the codes of a module, and the list of them.
macro_rules! codes {
    ($($name:ident = $id:literal $severity:ident $title:literal {
        explanation: $explanation:literal,
        remedy: $remedy:literal,
        example: $example:expr $(,)?
    })*) => {
        $(
            #[doc = $title]
            pub const $name: &$crate::diagnostic::Code = &$crate::diagnostic::Code {
                id: $id,
                severity: $crate::diagnostic::Severity::$severity,
                title: $title,
                explanation: $explanation,
                remedy: $remedy,
                example: $example,
            };
        )*

        /// Those of this module.
        pub(super) const CODES: &[&$crate::diagnostic::Code] = &[$($name),*];
    };
}
use codes;

/// Every code, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Code> {
    let modules = [
        files::CODES,
        keys::CODES,
        names::CODES,
        values::CODES,
        parameters::CODES,
        references::CODES,
        examples::CODES,
        overlays::CODES,
        warnings::CODES,
    ];
    modules.into_iter().flatten().copied()
}

/// The code of that name, in any letter case.
#[must_use]
pub fn find(id: &str) -> Option<&'static Code> {
    all().find(|code| code.id.eq_ignore_ascii_case(id))
}
