//! `service.yaml`.

use super::super::draft::{Endpoints, Service, SuccessRule};
use super::scalar::double_quoted;
use super::{Page, STEP};
use std::fmt::Write as _;

/// The text of `service.yaml`.
pub(in crate::import) fn service(service: &Service) -> String {
    let mut page = Page::new("service");
    page.entry("product", &service.product);
    // Most versions would be taken for a date.
    page.raw("version", &double_quoted(&service.version));
    page.raw("style", if service.roa { "roa" } else { "rpc" });
    endpoints(&mut page, &service.endpoints);
    success(&mut page, &service.success);
    page.errors(&service.errors);
    if !service.schemas.is_empty() {
        page.gap();
        page.members("schemas", &service.schemas);
    }
    page.finish()
}

fn endpoints(page: &mut Page, endpoints: &Endpoints) {
    if endpoints.regions.is_empty() {
        return;
    }
    page.gap();
    page.block("endpoints", |page| {
        page.entry_if("central", endpoints.central.as_ref());
        page.entry_if("fallback", endpoints.fallback.as_ref());
        page.entry_if("vpc", endpoints.vpc.as_ref());
        page.block("regions", |page| {
            for (region, public, vpc) in &endpoints.regions {
                match vpc {
                    None => page.entry(region, public),
                    Some(vpc) => page.block(region, |page| {
                        page.entry("public", public);
                        page.entry("vpc", vpc);
                    }),
                }
            }
        });
    });
}

fn success(page: &mut Page, rules: &[SuccessRule]) {
    if rules.is_empty() {
        return;
    }
    page.gap();
    page.block("success", |page| {
        for rule in rules {
            let indent = page.indent;
            let _ = writeln!(
                page.text,
                "{:indent$}- field: {}",
                "",
                super::scalar::inline(&rule.field)
            );
            page.indent += STEP;
            page.raw("failed", "[\"false\"]");
            for (key, name) in &rule.others {
                page.entry(key, name);
            }
            page.indent -= STEP;
        }
    });
}
