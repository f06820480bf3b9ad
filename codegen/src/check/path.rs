//! Paths: names of fields inside fields, joined with dots.
//!
//! A name on the wire may itself have dots in it, so a path is not simply split: at each level the names there are decide.

use crate::spec::{Field, Kind, Schema, Scope};

/// How deep the paths go that are proposed for a wrong one. Schemas may contain themselves.
const MAX_DEPTH: usize = 5;

/// How many paths are looked at for a proposal: schemas that contain one another have more than anybody could want.
const MAX_PATHS: usize = 2_000;

/// What a path leads to.
pub(super) fn find<'a>(
    scope: &Scope<'a>,
    fields: impl IntoIterator<Item = &'a Field>,
    path: &str,
) -> Option<&'a Schema> {
    fields.into_iter().find_map(|field| {
        let rest = path.strip_prefix(field.name.value.as_str())?;
        if rest.is_empty() {
            return Some(&field.schema);
        }
        find(scope, inside(scope, &field.schema), rest.strip_prefix('.')?)
    })
}

/// Every path there is, to propose one of.
pub(super) fn all<'a>(
    scope: &Scope<'a>,
    fields: impl IntoIterator<Item = &'a Field>,
) -> Vec<String> {
    let mut paths = Vec::new();
    collect(scope, fields, "", 0, &mut paths);
    paths
}

fn collect<'a>(
    scope: &Scope<'a>,
    fields: impl IntoIterator<Item = &'a Field>,
    prefix: &str,
    depth: usize,
    paths: &mut Vec<String>,
) {
    if depth == MAX_DEPTH {
        return;
    }
    for field in fields {
        if paths.len() == MAX_PATHS {
            return;
        }
        let path = format!("{prefix}{}", field.name.value);
        let inner = format!("{path}.");
        paths.push(path);
        collect(
            scope,
            inside(scope, &field.schema),
            &inner,
            depth + 1,
            paths,
        );
    }
}

/// The fields of an object; none of anything else.
pub(crate) fn inside<'a>(scope: &Scope<'a>, schema: &'a Schema) -> &'a [Field] {
    match scope.resolve(schema).map(|schema| &schema.kind) {
        Some(Kind::Object(fields)) => fields,
        _ => &[],
    }
}
