//! Texts that end up where they could be more than text: in the manifest, in the name of a module, in a link.

use super::Facts;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::model::is_address;
use crate::spec::{Span, Spanned};

pub(super) fn check(facts: &Facts<'_>, diagnostics: &mut Diagnostics) {
    let service = facts.service;
    plain("product", &service.product, diagnostics);
    plain("version", &service.version, diagnostics);
    let pages = service
        .operations
        .iter()
        .map(|operation| (operation.name.span, &operation.documentation));
    let own = (service.product.span, &service.documentation);
    for (span, page) in std::iter::once(own).chain(pages) {
        address(span, page.as_deref(), diagnostics);
    }
}

/// Cargo features are made of the names of products and versions.
fn plain(noun: &str, name: &Spanned<String>, diagnostics: &mut Diagnostics) {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let starts = |c: char| c.is_ascii_alphanumeric();
    if !name.value.starts_with(starts) || !name.value.chars().all(allowed) {
        let message = format!(
            "the {noun} {:?} cannot be part of a Cargo feature; use ASCII letters, digits, \".\", \"_\" and \"-\", and \
             begin with a letter or digit",
            name.value
        );
        diagnostics.report(catalogue::UNUSABLE_NAME, name.span, message);
    }
}

/// The page of the documentation is an address, which becomes a link.
fn address(span: Span, page: Option<&str>, diagnostics: &mut Diagnostics) {
    if let Some(page) = page.filter(|page| !is_address(page)) {
        let message = format!(
            "the documentation {page:?} is no address; write one that begins with \"https://\", without spaces"
        );
        diagnostics.report(catalogue::NO_ADDRESS, span, message);
    }
}
