//! RAM policies: which operations a key may call, written down as the service's access control wants it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Value, json};

use crate::diagnostic::did_you_mean;
use crate::spec::Service;

/// The most characters a custom policy may have, as RAM's page on limits says.
pub const MAX_LENGTH: usize = 6_144;

/// Why there is no policy.
#[derive(Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PolicyError {
    /// No product has that folder name or RAM code.
    UnknownProduct {
        /// What was asked for.
        product: String,
        /// What may have been meant, or what there is.
        remedy: String,
    },
    /// The product has no such operation.
    UnknownOperation {
        /// What was asked for, with its product.
        operation: String,
        /// What may have been meant.
        remedy: String,
    },
    /// The specs do not say what RAM calls the product.
    NoCode {
        /// The folder of the product.
        product: String,
    },
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownProduct { product, remedy } => {
                write!(f, "no product \"{product}\"{remedy}")
            }
            Self::UnknownOperation { operation, remedy } => {
                write!(f, "no operation \"{operation}\"{remedy}")
            }
            Self::NoCode { product } => write!(
                f,
                "the specs do not say what RAM calls \"{product}\"; write \"ram: CODE\" into its service.yaml, or into service.overlay.yaml beside an imported one"
            ),
        }
    }
}

impl std::error::Error for PolicyError {}

/// The policy that allows just the operations wanted. Each is `PRODUCT`, for all of its operations, or
/// `PRODUCT:Operation`; a product is named by its folder or by its RAM code. Nothing wanted means everything there is.
///
/// # Errors
///
/// When something wanted is not in the specs, or a product has no RAM code.
pub fn policy(services: &[Service], wanted: &[String]) -> Result<Value, PolicyError> {
    let mut actions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if wanted.is_empty() {
        for service in services {
            allow(&mut actions, service, &mut names(service))?;
        }
    }
    for wanted in wanted {
        match wanted.split_once(':') {
            Some((product, operation)) => one(&mut actions, services, product, operation)?,
            None => {
                for service in named(services, wanted)? {
                    allow(&mut actions, service, &mut names(service))?;
                }
            }
        }
    }
    let statements: Vec<Value> = actions
        .into_values()
        .map(|actions| json!({"Effect": "Allow", "Action": actions, "Resource": "*"}))
        .collect();
    Ok(json!({"Version": "1", "Statement": statements}))
}

/// Adds one operation, in whichever versions of the product have it.
fn one(
    actions: &mut BTreeMap<String, BTreeSet<String>>,
    services: &[Service],
    product: &str,
    operation: &str,
) -> Result<(), PolicyError> {
    let versions = named(services, product)?;
    let mut found = false;
    for service in &versions {
        let mut same = names(service).filter(|name| *name == operation).peekable();
        found |= same.peek().is_some();
        allow(actions, service, &mut same)?;
    }
    if found {
        return Ok(());
    }
    let known: BTreeSet<&str> = versions.iter().flat_map(|service| names(service)).collect();
    let close = did_you_mean(operation, known);
    Err(PolicyError::UnknownOperation {
        operation: format!("{product}:{operation}"),
        remedy: close,
    })
}

/// The versions of a product.
fn named<'s>(services: &'s [Service], product: &str) -> Result<Vec<&'s Service>, PolicyError> {
    let is_it =
        |service: &&Service| service.folder == product || service.ram.as_deref() == Some(product);
    let versions: Vec<&Service> = services.iter().filter(is_it).collect();
    if !versions.is_empty() {
        return Ok(versions);
    }
    let known: BTreeSet<&str> = services
        .iter()
        .map(|service| service.folder.as_str())
        .collect();
    let remedy = match did_you_mean(product, known.iter().copied()) {
        close if !close.is_empty() => close,
        _ => {
            let known: Vec<&str> = known.into_iter().collect();
            format!(" (there are: {})", known.join(", "))
        }
    };
    Err(PolicyError::UnknownProduct {
        product: product.to_owned(),
        remedy,
    })
}

fn names(service: &Service) -> impl Iterator<Item = &str> {
    service
        .operations
        .iter()
        .map(|operation| operation.name.value.as_str())
}

fn allow(
    actions: &mut BTreeMap<String, BTreeSet<String>>,
    service: &Service,
    operations: &mut dyn Iterator<Item = &str>,
) -> Result<(), PolicyError> {
    let code = service.ram.as_ref().ok_or_else(|| PolicyError::NoCode {
        product: service.folder.clone(),
    })?;
    let allowed = operations.map(|operation| format!("{code}:{operation}"));
    actions.entry(code.clone()).or_default().extend(allowed);
    Ok(())
}
