//! The document: judged, then kept.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::{Error, Wanted};

/// What a document says about itself. Everything else in it is parsed, and left to the import.
#[derive(Deserialize)]
struct Head {
    info: Option<Info>,
}

#[derive(Deserialize)]
struct Info {
    product: Option<String>,
    version: Option<String>,
}

/// Judges an answer.
pub(crate) fn judge(wanted: &Wanted, answer: &[u8]) -> Result<(), Error> {
    let head: Head = serde_json::from_slice(answer).map_err(|error| {
        if error.is_data() {
            Error::NotMetadata
        } else {
            Error::NotJson(error)
        }
    })?;
    let names = head.info.and_then(|info| info.product.zip(info.version));
    match names {
        None => Err(Error::NotMetadata),
        Some((product, version)) if wanted.is(&product, &version) => Ok(()),
        Some((product, version)) => Err(Error::AnotherProduct { product, version }),
    }
}

/// What an answer that is an error says about it, in one line: its code and message, if it has any.
pub(crate) fn said(answer: &[u8]) -> String {
    #[derive(Default, Deserialize)]
    struct Refusal {
        #[serde(alias = "Code")]
        code: Option<String>,
        #[serde(alias = "Message")]
        message: Option<String>,
    }
    let refusal: Refusal = serde_json::from_slice(answer).unwrap_or_default();
    let words: Vec<String> = [refusal.code, refusal.message]
        .into_iter()
        .flatten()
        .collect();
    let line = words.join(": ");
    let shown = line.chars().map(|c| if c.is_control() { ' ' } else { c });
    shown.take(200).collect()
}

/// Keeps a document as `<product>/<version>.json` in a folder, and says where. The file is written beside its place and
/// moved there whole.
///
/// # Errors
///
/// When the system refuses.
pub fn save(folder: &Path, wanted: &Wanted, document: &[u8]) -> Result<PathBuf, Error> {
    let folder = folder.join(wanted.product().to_lowercase());
    let path = folder.join(format!("{}.json", wanted.version()));
    let beside = folder.join(format!(".{}.{}.new", wanted.version(), std::process::id()));
    let written = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(&beside, document))
        .and_then(|()| fs::rename(&beside, &path));
    match written {
        Ok(()) => Ok(path),
        Err(source) => {
            let _ = fs::remove_file(&beside);
            Err(Error::Write { path, source })
        }
    }
}
