//! Spec folders made of strings, and what loading and checking them reports.

use std::fs;
use std::path::Path;

use alicloud_codegen::check::check;
use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{Selection, load};

/// Loads and checks a spec folder; everything reported, as it is shown.
pub(crate) fn report(root: &Path) -> String {
    let mut diagnostics = Diagnostics::default();
    let display = Path::new("api-specs");
    let loaded = load(root, display, &Selection::default(), &mut diagnostics).unwrap();
    check(&loaded, &mut diagnostics);
    let problems = diagnostics.sorted().into_iter();
    let shown = problems.map(|problem| problem.render(&loaded.sources));
    shown.collect::<Vec<_>>().join("\n")
}

/// Writes files into a spec folder.
pub(crate) fn write(root: &Path, files: &[(&str, &[u8])]) {
    for (path, content) in files {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}
