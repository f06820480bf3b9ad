//! The download itself.

use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, Response, StatusCode, header, redirect};
use rustls_platform_verifier::BuilderVerifierExt as _;

use crate::document::{judge, said};
use crate::{Error, Mirror, Wanted};

/// How long a download may take and how large it may be.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The time for everything.
    pub time: Duration,
    /// The size of the answer in bytes.
    pub size: usize,
}

impl Default for Limits {
    /// Two minutes; 64 MiB, which is forty times the largest document known.
    fn default() -> Self {
        Self {
            time: Duration::from_secs(120),
            size: 64 << 20,
        }
    }
}

/// How much of an answer that is an error is read.
const REFUSAL: usize = 64 << 10;

/// Downloads a document.
///
/// # Errors
///
/// When there is no answer, or one that is not the metadata of what is wanted.
pub async fn fetch(mirror: &Mirror, wanted: &Wanted, limits: Limits) -> Result<Vec<u8>, Error> {
    let client = client(mirror, limits).map_err(Error::Network)?;
    let answer = client
        .get(mirror.address(wanted))
        .header(header::ACCEPT, "application/json")
        .send()
        .await
        .map_err(Error::Network)?;
    let status = answer.status();
    if status.is_redirection() {
        let to = answer.headers().get(header::LOCATION);
        let to = to.map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
        return Err(Error::Redirect {
            status: status.as_u16(),
            to: to.unwrap_or_default(),
        });
    }
    if status != StatusCode::OK {
        let said = said(&body(answer, REFUSAL).await.unwrap_or_default());
        return Err(match status {
            StatusCode::NOT_FOUND => Error::NotFound { said },
            _ => Error::Status {
                status: status.as_u16(),
                said,
            },
        });
    }
    let document = body(answer, limits.size).await?;
    judge(wanted, &document)?;
    Ok(document)
}

/// Reads an answer, piece by piece: how large it is need not be said beforehand, or truthfully.
async fn body(mut answer: Response, limit: usize) -> Result<Vec<u8>, Error> {
    let mut body = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(Error::Network)? {
        if body.len() + piece.len() > limit {
            return Err(Error::TooLarge { limit });
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// A client that follows nothing and, where it speaks TLS, does so with rustls over ring and the platform's certificates.
fn client(mirror: &Mirror, limits: Limits) -> Result<Client, reqwest::Error> {
    let mut builder = Client::builder()
        .redirect(redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .timeout(limits.time);
    if mirror.is_loopback() {
        builder = builder.no_proxy();
    }
    let tls = rustls::ClientConfig::builder_with_provider(Arc::new(
        rustls::crypto::ring::default_provider(),
    ))
    .with_safe_default_protocol_versions()
    .and_then(rustls::ConfigBuilder::with_platform_verifier);
    // Without a certificate to trust there is still the machine itself to talk to; reqwest refuses the rest.
    if let Ok(tls) = tls {
        builder = builder.tls_backend_preconfigured(tls.with_no_client_auth());
    }
    builder.build()
}
