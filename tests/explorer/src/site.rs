//! The reference as files: the pages of the explorer without what needs a server, for reading from a disk or any host.

use std::fs;
use std::path::Path;

use crate::catalog::{Catalog, folder};
use crate::render::{ASSETS, Medium, data, errors, home, operation};

/// Writes the site into a folder; the number of its pages. What else is in the folder stays.
///
/// # Errors
///
/// When something cannot be written.
pub fn write(catalog: &Catalog, out: &Path) -> Result<usize, String> {
    let mut pages = vec![
        ("index.html".to_owned(), home::home(catalog, Medium::Files)),
        ("errors.html".to_owned(), errors::page(Medium::Files)),
    ];
    for service in catalog.services() {
        let page = home::version(catalog, service, Medium::Files);
        pages.push((format!("{}/index.html", folder(service)), page));
        for entry in catalog.entries_of(service) {
            let page = operation::page(&entry, Medium::Files);
            pages.push((format!("{}.html", entry.address()), page));
        }
    }
    for (path, page) in &pages {
        put(out, path, page)?;
    }
    for (name, _, text) in ASSETS {
        put(out, &format!("assets/{name}"), text)?;
    }
    put(out, "assets/index.js", &data::index(catalog))?;
    put(out, "assets/codes.js", &data::codes(catalog))?;
    Ok(pages.len())
}

/// Writes a file, beside it first, unless it is there already.
fn put(out: &Path, path: &str, text: &str) -> Result<(), String> {
    let path = out.join(path);
    if fs::read(&path).is_ok_and(|there| there == text.as_bytes()) {
        return Ok(());
    }
    let fail = |error: std::io::Error| format!("cannot write {}: {error}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(fail)?;
    }
    let mut beside = path.clone().into_os_string();
    beside.push(".new");
    fs::write(&beside, text).map_err(fail)?;
    fs::rename(&beside, &path).map_err(fail)
}
