//! Names that are said twice: by a file or folder and by what is in it.

use std::collections::HashMap;
use std::path::Path;

use super::Facts;
use crate::diagnostic::{Diagnostics, catalogue};
use crate::spec::{Spanned, file_stem};

pub(super) fn check(facts: &Facts<'_>, diagnostics: &mut Diagnostics) {
    folders(facts, diagnostics);
    files(facts, diagnostics);
    letter_case(facts, diagnostics);
}

/// The product and version of `service.yaml` are those of its folder.
fn folders(facts: &Facts<'_>, diagnostics: &mut Diagnostics) {
    let service = facts.service;
    let lower = service.product.value.to_lowercase();
    if lower != service.folder {
        let message = disagreement("product", &service.product, &service.folder, &lower);
        diagnostics.report(catalogue::FOLDER_NAME, service.product.span, message);
    }
    let folder = facts
        .sources
        .path(service.file)
        .parent()
        .and_then(Path::file_name);
    let folder = folder.unwrap_or_default().to_string_lossy();
    if service.version.value != folder {
        let message = disagreement("version", &service.version, &folder, &service.version.value);
        diagnostics.report(catalogue::FOLDER_NAME, service.version.span, message);
    }
}

fn disagreement(noun: &str, written: &Spanned<String>, folder: &str, wanted: &str) -> String {
    let written = &written.value;
    format!(
        "{noun} \"{written}\" in the folder \"{folder}\"; rename the folder to \"{wanted}\" or change the {noun}"
    )
}

/// An operation is in the file of its name.
fn files(facts: &Facts<'_>, diagnostics: &mut Diagnostics) {
    for operation in &facts.service.operations {
        let name = &operation.name;
        let path = facts.sources.path(name.span.file);
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let wanted = file_stem(&name.value);
        if stem != wanted.as_str() {
            let name = &name.value;
            let message = format!(
                "operation \"{name}\" in the file \"{stem}.yaml\"; rename the file to \"{wanted}.yaml\" or the operation to \"{stem}\""
            );
            diagnostics.report(catalogue::FILE_NAME, operation.name.span, message);
        }
    }
}

/// No two files differ only in case: on some file systems they would be one.
fn letter_case(facts: &Facts<'_>, diagnostics: &mut Diagnostics) {
    let mut seen: HashMap<String, String> = HashMap::new();
    // By file and not by operation name, since it is the files that collide.
    let mut names: Vec<&Spanned<String>> = facts
        .service
        .operations
        .iter()
        .map(|operation| &operation.name)
        .collect();
    names.sort_by_key(|name| name.span.file);
    for name in names {
        let path = facts.sources.path(name.span.file);
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if let Some(other) = seen.get(&file.to_lowercase()) {
            let message = format!(
                "the files \"{other}\" and \"{file}\" differ only in case; some file systems cannot hold both"
            );
            diagnostics.report(catalogue::LETTER_CASE, name.span, message);
            continue;
        }
        seen.insert(file.to_lowercase(), file);
    }
}
