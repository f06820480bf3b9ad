//! Parameters: where they travel, and that no two of them are the same on the wire.

use std::collections::HashMap;

use super::{Context, path};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{Field, Location, Method, Parameter, Span, Spanned, Style};

/// How deep flattened objects are followed. Schemas may contain themselves.
const MAX_DEPTH: usize = 8;

/// How many names are compared; the most parameters an operation is known to have are a few hundred.
const MAX_NAMES: usize = 20_000;

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    wire_names(context, diagnostics);
    holes(context, diagnostics);
    bodies(context, diagnostics);
    bodiless(context, diagnostics);
    for parameter in &context.operation.parameters {
        style(context, parameter, diagnostics);
    }
}

/// Flattened objects give each of their fields a name of its own, which no other parameter may have.
fn wire_names(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut names = Names {
        context,
        seen: HashMap::new(),
        diagnostics,
    };
    for parameter in &context.operation.parameters {
        let depth = if parameter.style == Some(Style::Flat) {
            MAX_DEPTH
        } else {
            0
        };
        names.add("", &parameter.field, depth);
    }
}

struct Names<'c, 'a> {
    context: &'c Context<'a>,
    seen: HashMap<String, Span>,
    diagnostics: &'c mut Diagnostics,
}

impl<'a> Names<'_, 'a> {
    /// Adds a field and, `depth` levels down, the fields inside it.
    fn add(&mut self, prefix: &str, field: &'a Field, depth: usize) {
        if self.seen.len() == MAX_NAMES {
            return;
        }
        let name = format!("{prefix}{}", field.name.value);
        if depth > 0 {
            let inner = format!("{name}.");
            for field in path::inside(&self.context.scope, &field.schema) {
                self.add(&inner, field, depth - 1);
            }
        }
        match self.seen.get(&name) {
            None => drop(self.seen.insert(name, field.name.span)),
            Some(first) => self.repeated(&name, field.name.span, *first),
        }
    }

    /// Reports the later of two places, whichever was met first.
    fn repeated(&mut self, name: &str, one: Span, other: Span) {
        let (first, again) = (one.min(other), one.max(other));
        let (line, _) = self.context.facts.sources.line_column(first);
        let message = format!(
            "duplicate parameter \"{name}\"; first given at line {line}; each field of a flattened object is a parameter, so remove one"
        );
        self.diagnostics
            .report(catalogue::DUPLICATE_PARAMETER, again, message);
    }
}

/// Every hole of the path has its parameter, and every path parameter its hole.
fn holes(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let path = &context.operation.path;
    let holes: Vec<&str> = holes_of(&path.value);
    let parameters = &context.operation.parameters;
    let in_path = |parameter: &&Parameter| parameter.location == Location::Path;
    for hole in &holes {
        if parameters
            .iter()
            .filter(in_path)
            .any(|parameter| parameter.field.name.value == *hole)
        {
            continue;
        }
        let message = format!(
            "the path has a hole {{{hole}}} and no parameter fills it; declare \"{hole}\" with \"in: path\""
        );
        diagnostics.report(catalogue::PATH_HOLE, path.span, message);
    }
    for parameter in parameters.iter().filter(in_path) {
        let name = &parameter.field.name;
        if !holes.contains(&name.value.as_str()) {
            let message = format!(
                "parameter \"{0}\" is \"in: path\" and the path \"{1}\" has no hole {{{0}}}; add it or move the parameter",
                name.value, path.value
            );
            diagnostics.report(catalogue::PATH_HOLE, name.span, message);
        }
    }
}

fn holes_of(path: &str) -> Vec<&str> {
    let parts = path.split('{').skip(1);
    parts
        .filter_map(|part| Some(part.split_once('}')?.0))
        .collect()
}

/// The parameters that travel in one place.
fn located<'a>(
    context: &Context<'a>,
    location: Location,
) -> impl Iterator<Item = &'a Spanned<String>> + use<'a> {
    let parameters = context.operation.parameters.iter();
    let there = parameters.filter(move |parameter| parameter.location == location);
    there.map(|parameter| &parameter.field.name)
}

/// There is one body at most, and not beside a form.
fn bodies(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let mut bodies = located(context, Location::Body);
    if bodies.next().is_none() {
        return;
    }
    for name in bodies {
        let message = format!(
            "\"{}\" is a second body; a request has one, so put the parts into one object",
            name.value
        );
        diagnostics.report(catalogue::SECOND_BODY, name.span, message);
    }
    for name in located(context, Location::Form) {
        let message = format!(
            "\"{}\" is in a form, and the request already has a body; move it to the query",
            name.value
        );
        diagnostics.report(catalogue::SECOND_BODY, name.span, message);
    }
}

/// Requests of some methods have no body at all.
fn bodiless(context: &Context<'_>, diagnostics: &mut Diagnostics) {
    let method = match context.operation.method {
        Method::Get => "GET",
        Method::Head => "HEAD",
        _ => return,
    };
    let bodies = located(context, Location::Body);
    for name in bodies.chain(located(context, Location::Form)) {
        let message = format!(
            "a {method} request has no body; move \"{}\" to the query or change the method",
            name.value
        );
        diagnostics.report(catalogue::NO_BODY, name.span, message);
    }
}

/// The style goes with what a ref refers to. Where there is no ref, loading has seen to that.
fn style<'a>(context: &Context<'a>, parameter: &'a Parameter, diagnostics: &mut Diagnostics) {
    let resolved = context.scope.resolve(&parameter.field.schema);
    if let (Some(style), Some(schema)) = (parameter.style, resolved)
        && let Some(unfit) = style.unfit(&schema.kind)
    {
        let name = &parameter.field.name;
        diagnostics.report(
            catalogue::WRONG_STYLE,
            name.span,
            format!("style of parameter \"{}\": {unfit}", name.value),
        );
    }
}
