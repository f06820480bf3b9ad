//! Scopes: which Rust names are taken, and by what.

use std::collections::HashMap;

use super::names::{Place, is_usable, rust_name};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{Span, Spanned};

/// The names of one place of one generated module or type.
#[derive(Debug)]
pub(crate) struct Scope {
    place: Place,
    taken: HashMap<String, String>,
}

impl Scope {
    /// A scope in which nothing is taken yet.
    #[must_use]
    pub(crate) fn new(place: Place) -> Self {
        Self {
            place,
            taken: HashMap::new(),
        }
    }

    /// Settles the Rust name of something: the one the spec gives, or one made of its wire name. A collision is reported
    /// at `span` and names both sources; the name is returned all the same, so that checking goes on.
    pub(crate) fn settle(
        &mut self,
        wire: &str,
        given: Option<&Spanned<String>>,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let name = match given {
            Some(given) => {
                if !is_usable(&given.value, self.place) {
                    let message = format!(
                        "the name {:?} cannot be used in Rust here; give another one",
                        given.value
                    );
                    diagnostics.report(catalogue::UNUSABLE_NAME, given.span, message);
                }
                given.value.clone()
            }
            None => rust_name(wire, self.place).unwrap_or_else(|| {
                let message =
                    format!("no Rust name can be made of \"{wire}\"; give it one with `name`");
                diagnostics.report(catalogue::UNUSABLE_NAME, span, message);
                String::from("nameless")
            }),
        };
        self.claim(name, wire, span, diagnostics)
    }

    /// Takes a name that is settled already.
    pub(crate) fn claim(
        &mut self,
        name: String,
        wire: &str,
        span: Span,
        diagnostics: &mut Diagnostics,
    ) -> String {
        match self.taken.get(&name) {
            Some(other) => {
                let both = if other == wire {
                    format!("two things called \"{wire}\"")
                } else {
                    format!("\"{other}\" and \"{wire}\" both")
                };
                let message = format!("{both} become `{name}` in Rust; give one of them a `name`");
                diagnostics.report(catalogue::COLLIDING_NAMES, span, message);
            }
            None => {
                self.taken.insert(name.clone(), wire.to_owned());
            }
        }
        name
    }
}
