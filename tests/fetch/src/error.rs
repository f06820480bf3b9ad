//! Why a download came to nothing.

use std::error::Error as _;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a download came to nothing.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// There is no such product version.
    NotFound {
        /// What the service says about it; may be empty.
        said: String,
    },
    /// Another status than 200.
    Status {
        /// The status.
        status: u16,
        /// What the service says about it; may be empty.
        said: String,
    },
    /// A redirect, which is not followed: a document that moved is looked at by somebody first.
    Redirect {
        /// The status.
        status: u16,
        /// Where to; may be empty.
        to: String,
    },
    /// Nothing could be sent, or the answer ended early.
    Network(reqwest::Error),
    /// The answer is too large.
    TooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The answer is not JSON.
    NotJson(serde_json::Error),
    /// The answer is JSON, and no metadata.
    NotMetadata,
    /// The answer is the metadata of something else.
    AnotherProduct {
        /// Its product.
        product: String,
        /// Its version.
        version: String,
    },
    /// The file cannot be written.
    Write {
        /// Which.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { said } => write!(
                f,
                "there is no such product version (HTTP 404{})",
                after_colon(said)
            ),
            Self::Status { status, said } => write!(f, "HTTP {status}{}", after_colon(said)),
            Self::Redirect { status, to } => write!(
                f,
                "HTTP {status}, a redirect{}; redirects are not followed",
                if to.is_empty() { String::new() } else { format!(" to {to}") }
            ),
            Self::Network(error) => network(error, f),
            Self::TooLarge { limit } => write!(f, "the answer is larger than {limit} bytes"),
            Self::NotJson(error) => write!(f, "the answer is not JSON: {error}"),
            Self::NotMetadata => f.write_str(
                "the answer is JSON, but no metadata: it has no \"info\" with \"product\" and \"version\"",
            ),
            Self::AnotherProduct { product, version } => {
                write!(f, "the answer is the metadata of {product}/{version}")
            }
            Self::Write { path, source } => write!(f, "cannot write {}: {source}", path.display()),
        }
    }
}

impl std::error::Error for Error {}

fn after_colon(said: &str) -> String {
    if said.is_empty() {
        String::new()
    } else {
        format!(": {said}")
    }
}

/// What happened, and the last of its causes, which is the one that says something.
fn network(error: &reqwest::Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "cannot connect"
    } else if error.is_body() || error.is_decode() {
        "the answer ended early"
    } else {
        "no answer"
    })?;
    let mut cause = error.source();
    while let Some(inner) = cause.and_then(std::error::Error::source) {
        cause = Some(inner);
    }
    match cause {
        Some(cause) => write!(f, ": {cause}"),
        None => Ok(()),
    }
}
