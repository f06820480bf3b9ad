//! rustls with a crypto provider of our own choice, so that no process-wide default is needed or touched.

use std::sync::Arc;

use rustls::client::WantsClientCert;
use rustls::{ClientConfig, ConfigBuilder, WantsVerifier};

/// What connections are secured by, unless a caller chooses otherwise.
pub(super) fn config() -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider);
    let verifying = builder
        .with_safe_default_protocol_versions()
        .and_then(trusting)?;
    Ok(verifying.with_no_client_auth())
}

/// Trusts what the platform trusts.
#[cfg(not(feature = "webpki-roots"))]
fn trusting(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, rustls::Error> {
    use rustls_platform_verifier::BuilderVerifierExt as _;

    builder.with_platform_verifier()
}

/// Trusts Mozilla's root certificates.
#[cfg(feature = "webpki-roots")]
fn trusting(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, rustls::Error> {
    let roots = rustls::RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    Ok(builder.with_root_certificates(roots))
}
