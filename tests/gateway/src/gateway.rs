//! The gateway as its users hold it: built, started, asked what arrived, stopped by dropping it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use alicloud_codegen::spec::Service;
use alicloud_runtime::Credentials;
use alicloud_runtime::time::{Clock, SystemClock};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::catalog::{Catalog, CatalogError};
use crate::examine::State;
use crate::recorder::{Recorded, Recorder};
use crate::script::{Answer, Scripts};
use crate::server;
use crate::verify::Verifier;

/// The access key ID that is known when no other is given.
pub const DEFAULT_ACCESS_KEY_ID: &str = "testAccessKeyId";

/// The secret of [`DEFAULT_ACCESS_KEY_ID`].
pub const DEFAULT_ACCESS_KEY_SECRET: &str = "testAccessKeySecret";

/// What a gateway is to be like.
#[derive(Debug)]
pub struct Builder {
    keys: Vec<Credentials>,
    temporary: Vec<Credentials>,
    specs: Specs,
    port: u16,
    clock: Arc<dyn Clock>,
    parameter_checks: bool,
    recording: bool,
}

#[derive(Debug)]
enum Specs {
    Workspace,
    Folder(PathBuf),
    Services(Vec<Service>),
}

impl Builder {
    /// Makes an access key known, in place of the default one.
    #[must_use]
    pub fn access_key(mut self, id: impl Into<String>, secret: impl Into<String>) -> Self {
        self.keys.push(Credentials::new(id, secret));
        self
    }

    /// Makes a temporary access key known as well.
    #[must_use]
    pub fn sts(
        mut self,
        id: impl Into<String>,
        secret: impl Into<String>,
        token: impl Into<String>,
    ) -> Self {
        let key = Credentials::new(id, secret).with_security_token(token);
        self.temporary.push(key);
        self
    }

    /// Serves the specs of another folder than `api-specs` of this workspace.
    #[must_use]
    pub fn specs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.specs = Specs::Folder(folder.into());
        self
    }

    /// Serves specs that are loaded already.
    #[must_use]
    pub fn services(mut self, services: Vec<Service>) -> Self {
        self.specs = Specs::Services(services);
        self
    }

    /// The port to listen on; 0, the default, is any that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Takes the time from another clock than the system's.
    #[must_use]
    pub fn clock(mut self, clock: impl Clock + 'static) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Whether calls are refused for parameters that are missing or of the wrong type, as they are by default.
    #[must_use]
    pub fn parameter_checks(mut self, parameter_checks: bool) -> Self {
        self.parameter_checks = parameter_checks;
        self
    }

    /// Whether requests are recorded, as they are by default.
    #[must_use]
    pub fn recording(mut self, recording: bool) -> Self {
        self.recording = recording;
        self
    }

    /// Starts the gateway on loopback.
    ///
    /// # Errors
    ///
    /// When the specs cannot be served or the port cannot be had.
    pub async fn start(self) -> Result<Gateway, StartError> {
        let catalog = catalog(self.specs)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let bound = TcpListener::bind(address).await;
        let bound = bound.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound.map_err(|error| StartError::Bind(address, error))?;
        let mut keys = self.keys;
        if keys.is_empty() {
            keys.push(Credentials::new(
                DEFAULT_ACCESS_KEY_ID,
                DEFAULT_ACCESS_KEY_SECRET,
            ));
        }
        keys.extend(self.temporary);
        let state = Arc::new(State {
            catalog,
            verifier: Verifier::with_clock(keys, self.clock),
            scripts: Scripts::default(),
            parameter_checks: self.parameter_checks,
            recorder: self.recording.then(Recorder::default),
        });
        let server = tokio::spawn(server::serve(listener, Arc::clone(&state)));
        Ok(Gateway {
            address,
            state,
            server,
        })
    }
}

fn catalog(specs: Specs) -> Result<Arc<Catalog>, StartError> {
    Ok(match specs {
        Specs::Workspace => Catalog::of_workspace()?,
        Specs::Folder(folder) => Arc::new(Catalog::load(&folder)?),
        Specs::Services(services) => Arc::new(Catalog::new(services)),
    })
}

/// A gateway that is running. It stops when it is dropped, or when the tokio runtime it was started in does.
#[derive(Debug)]
pub struct Gateway {
    address: SocketAddr,
    state: Arc<State>,
    server: JoinHandle<()>,
}

impl Gateway {
    /// A gateway for the specs of this workspace, with the default access key, on any free port, unless told otherwise.
    #[must_use]
    pub fn builder() -> Builder {
        Builder {
            keys: Vec::new(),
            temporary: Vec::new(),
            specs: Specs::Workspace,
            port: 0,
            clock: Arc::new(SystemClock),
            parameter_checks: true,
            recording: true,
        }
    }

    /// The URL to give to clients, such as `http://127.0.0.1:18080`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The address it listens on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The operations that are served, as product, version and name.
    #[must_use]
    pub fn operations(&self) -> Vec<(String, String, String)> {
        let operations = self.state.catalog.operations();
        operations
            .map(|served| {
                let service = served.service;
                let (product, version) = (&service.product.value, &service.version.value);
                (
                    product.clone(),
                    version.clone(),
                    served.spec.name.value.clone(),
                )
            })
            .collect()
    }

    /// Every request that arrived, in the order of their answers; those of which there was nothing to read are not among
    /// them.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        let recorder = self.state.recorder.as_ref();
        recorder.map(Recorder::all).unwrap_or_default()
    }

    /// Forgets what arrived so far.
    pub fn clear_requests(&self) {
        if let Some(recorder) = &self.state.recorder {
            recorder.clear();
        }
    }

    /// Scripts the answer to the next call of an operation, behind those that wait already. The operation need not have a
    /// spec.
    pub fn answer_next(&self, operation: &str, answer: Answer) {
        self.state.scripts.push(operation, answer);
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Why a gateway did not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The specs cannot be read.
    Read(io::Error),
    /// The specs are wrong: every problem, rendered.
    Specs(Vec<String>),
    /// The port cannot be had.
    Bind(SocketAddr, io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(error) => write!(f, "cannot read the specs: {error}"),
            Self::Specs(problems) => {
                for problem in problems {
                    writeln!(f, "{problem}")?;
                }
                write!(f, "cannot serve specs with problems: {}", problems.len())
            }
            Self::Bind(address, error) => {
                write!(
                    f,
                    "cannot listen on {address}: {error}; port 0 is any that is free"
                )
            }
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(error) | Self::Bind(_, error) => Some(error),
            Self::Specs(_) => None,
        }
    }
}

impl From<CatalogError> for StartError {
    fn from(error: CatalogError) -> Self {
        match error {
            CatalogError::Read(error) => Self::Read(error),
            CatalogError::Specs(problems) => Self::Specs(problems),
        }
    }
}
