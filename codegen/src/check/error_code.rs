//! Error codes: those listed by name only are explained in `service.yaml`, under the same status. The official metadata
//! explains none, so an imported file may list whatever it does.

use super::{Context, remedy};
use crate::diagnostic::{Diagnostics, catalogue};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    if context.operation.imported {
        return;
    }
    let known = &context.facts.errors;
    for error in context
        .operation
        .errors
        .iter()
        .filter(|error| error.own.is_none())
    {
        let (code, status) = (&error.code.value, error.status);
        let message = match known.get(code.as_str()) {
            Some(statuses) if statuses.contains(&status) => continue,
            Some(statuses) => {
                let there: Vec<String> = statuses.iter().map(u16::to_string).collect();
                let there = there.join(" and ");
                format!(
                    "error code \"{code}\" is defined under {there} in service.yaml, not under {status}; list it there instead"
                )
            }
            None => {
                let otherwise =
                    "define it under \"errors\" in service.yaml, or say here what it means";
                let remedy = remedy(code, known.keys().copied(), otherwise);
                format!("unknown error code \"{code}\"{remedy}")
            }
        };
        diagnostics.report(catalogue::UNKNOWN_ERROR_CODE, error.code.span, message);
    }
}
