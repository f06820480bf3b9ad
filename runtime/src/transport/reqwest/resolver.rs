//! Looking up the addresses of a host.
//!
//! The system is asked, as reqwest does by itself; but the error says which name has no address: it may be that of a proxy.

use std::fmt;
use std::io;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use tokio::net::lookup_host;

/// Asks the system.
#[derive(Debug)]
pub(super) struct Resolver;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let name = name.as_str();
            let found: Vec<_> = lookup_host((name, 0))
                .await
                .map_err(|why| Unresolved {
                    name: name.to_owned(),
                    why,
                })?
                .collect();
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// A name that has no address.
#[derive(Debug)]
struct Unresolved {
    name: String,
    why: io::Error,
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot resolve {}", self.name)
    }
}

impl std::error::Error for Unresolved {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.why)
    }
}

/// Whether an exchange failed because the host of its URL has no address.
pub(super) fn is_unresolved(error: &reqwest::Error) -> bool {
    let host = error.url().and_then(reqwest::Url::host_str);
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        if let Some(unresolved) = cause.downcast_ref::<Unresolved>() {
            return host.is_some_and(|host| host.eq_ignore_ascii_case(&unresolved.name));
        }
        next = cause.source();
    }
    false
}
