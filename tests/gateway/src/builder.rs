//! What a gateway is to be like, and how it is started.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use alicloud_codegen::spec::Service;
use alicloud_runtime::Credentials;
use alicloud_runtime::time::{Clock, SystemClock};
use tokio::net::TcpListener;

use crate::catalog::Catalog;
use crate::examine::State;
use crate::gateway::{Gateway, StartError};
use crate::jobs::Jobs;
use crate::recorder::{CAPACITY, Recorder};
use crate::server;

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
    recordings: usize,
    jobs: bool,
}

#[derive(Debug)]
enum Specs {
    Workspace,
    Folder(PathBuf),
    Services(Vec<Service>),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            keys: Vec::new(),
            temporary: Vec::new(),
            specs: Specs::Workspace,
            port: 0,
            clock: Arc::new(SystemClock),
            parameter_checks: true,
            recordings: CAPACITY,
            jobs: false,
        }
    }
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

    /// Makes a bearer token known: requests that carry it need no signature.
    #[must_use]
    pub fn bearer_token(mut self, token: impl Into<String>) -> Self {
        self.temporary.push(Credentials::bearer(token));
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
    pub fn recording(self, recording: bool) -> Self {
        self.recordings(if recording { CAPACITY } else { 0 })
    }

    /// How many requests are recorded, 10,000 unless told otherwise; beyond that the oldest are forgotten.
    #[must_use]
    pub fn recordings(mut self, recordings: usize) -> Self {
        self.recordings = recordings;
        self
    }

    /// Whether the jobs of Data Transmission Service are kept, so that what was created is listed, can be started and is
    /// gone when deleted. By default operations on jobs answer with their examples.
    #[must_use]
    pub fn jobs(mut self, jobs: bool) -> Self {
        self.jobs = jobs;
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
        let mut state = State::new(catalog, keys, self.clock);
        state.jobs = self.jobs.then(Jobs::default);
        state.parameter_checks = self.parameter_checks;
        state.recorder = (self.recordings > 0).then(|| Recorder::new(self.recordings));
        let state = Arc::new(state);
        let server = tokio::spawn(server::serve(listener, Arc::clone(&state)));
        Ok(Gateway::new(address, state, server))
    }
}

fn catalog(specs: Specs) -> Result<Arc<Catalog>, StartError> {
    Ok(match specs {
        Specs::Workspace => Catalog::of_workspace()?,
        Specs::Folder(folder) => Arc::new(Catalog::load(&folder)?),
        Specs::Services(services) => Arc::new(Catalog::new(services)),
    })
}
