//! Why a metadata file, or a whole import, comes to nothing.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::write::WriteError;

/// Why nothing was imported.
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The file is not JSON.
    Malformed {
        /// The file.
        file: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        why: String,
    },
    /// The file is JSON, and nothing this client could use.
    Refused {
        /// The file.
        file: String,
        /// Why not.
        why: String,
    },
    /// Something cannot be read.
    Read {
        /// What.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The specs cannot be written.
    Write(WriteError),
}

impl Failure {
    pub(super) fn malformed(file: &str, error: &serde_json::Error) -> Self {
        // The message ends with the place, which is given in front already.
        let why = error.to_string();
        let why = why.split(" at line ").next().unwrap_or_default().to_owned();
        Self::Malformed {
            file: file.to_owned(),
            line: error.line(),
            column: error.column(),
            why,
        }
    }

    pub(super) fn refused(file: &str, why: impl Into<String>) -> Self {
        Self::Refused {
            file: file.to_owned(),
            why: why.into(),
        }
    }

    pub(super) fn read(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Read {
            path: path.to_owned(),
            source,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed {
                file,
                line,
                column,
                why,
            } => write!(f, "{file}:{line}:{column}: not JSON: {why}"),
            Self::Refused { file, why } => write!(f, "{file}: {why}"),
            Self::Read { path, source } => write!(f, "cannot read {}: {source}", path.display()),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<WriteError> for Failure {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}
