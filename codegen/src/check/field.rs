//! Fields of the answer that something else in a spec names: they are there, and of the kind they have to be.

use super::{Context, path, primitive, remedy};
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{Field, Kind, Primitive, Schema, Spanned};

/// What a path of the answer leads to; reports it if that is nothing.
pub(super) fn exists<'a>(
    context: &Context<'a>,
    written: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Schema> {
    let response = context.operation.response.as_ref();
    let fields: &[Field] = response.map_or(&[], |response| path::inside(&context.scope, response));
    let found = path::find(&context.scope, fields, &written.value);
    if found.is_some() {
        return found;
    }
    let paths = path::all(&context.scope, fields);
    let otherwise = "describe it under \"response\"";
    let remedy = remedy(&written.value, paths.iter().map(String::as_str), otherwise);
    diagnostics.report(
        catalogue::UNKNOWN_FIELD,
        written.span,
        format!("the response has no field \"{}\"{remedy}", written.value),
    );
    None
}

/// What a field has to be.
#[derive(Clone, Copy)]
enum Wanted {
    Scalar,
    List,
}

impl Wanted {
    fn fits(self, kind: &Kind) -> bool {
        match kind {
            Kind::Primitive(Primitive::Any | Primitive::Binary) => false,
            Kind::Primitive(_) => matches!(self, Self::Scalar),
            Kind::List(_) => matches!(self, Self::List),
            _ => false,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Scalar => "a text, number or boolean",
            Self::List => "a list",
        }
    }
}

/// The text, number or boolean at a path; reports anything else.
pub(super) fn scalar<'a>(
    context: &Context<'a>,
    written: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Schema> {
    kind(context, written, Wanted::Scalar, diagnostics)
}

/// Reports a path that leads to no list.
pub(super) fn list(
    context: &Context<'_>,
    written: &Spanned<String>,
    diagnostics: &mut Diagnostics,
) {
    kind(context, written, Wanted::List, diagnostics);
}

/// The field at a path, refs followed, if it is what is wanted.
fn kind<'a>(
    context: &Context<'a>,
    written: &Spanned<String>,
    wanted: Wanted,
    diagnostics: &mut Diagnostics,
) -> Option<&'a Schema> {
    let found = exists(context, written, diagnostics)?;
    // Refs that lead nowhere are reported where they are written.
    let found = context.scope.resolve(found)?;
    if wanted.fits(&found.kind) {
        return Some(found);
    }
    let fits = |field: &&Field| {
        let schema = context.scope.resolve(&field.schema);
        schema.is_some_and(|schema| wanted.fits(&schema.kind))
    };
    let (path, wanted) = (&written.value, wanted.name());
    let mut inside = path::inside(&context.scope, found).iter();
    let remedy = match inside.find(fits) {
        Some(field) => format!("name one in it, such as \"{path}.{}\"", field.name.value),
        None => "name another field".to_owned(),
    };
    let kind = primitive::kind_name(&found.kind);
    let message = format!("\"{path}\" is {kind} and not {wanted}; {remedy}");
    diagnostics.report(catalogue::FIELD_KIND, written.span, message);
    None
}
