//! The spec folder, where most commands take the same option.

use std::path::PathBuf;

use crate::cargo::root;

#[derive(clap::Args, Clone)]
pub(crate) struct Folder {
    /// The spec folder.
    #[arg(long = "specs", value_name = "DIR")]
    given: Option<PathBuf>,
}

impl Folder {
    /// Where it is.
    pub(crate) fn path(&self) -> PathBuf {
        self.given
            .clone()
            .unwrap_or_else(|| root().join("api-specs"))
    }

    /// How messages name it.
    pub(crate) fn display(&self) -> PathBuf {
        self.given.clone().unwrap_or_else(|| "api-specs".into())
    }
}
