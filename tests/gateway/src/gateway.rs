//! The gateway as its users hold it: asked what arrived, told what is to go wrong, stopped by dropping it.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use serde_json::Value;
use tokio::task::JoinHandle;

use crate::builder::Builder;
use crate::catalog::CatalogError;
use crate::counts::Counts;
use crate::examine::State;
use crate::fault::{Fault, Times};
use crate::jobs::Jobs;
use crate::lists::ListError;
use crate::recorder::{Recorded, Recorder};
use crate::script::Answer;

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
        Builder::default()
    }

    pub(crate) fn new(address: SocketAddr, state: Arc<State>, server: JoinHandle<()>) -> Self {
        Self {
            address,
            state,
            server,
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

    /// Stops listening, and closes what connections there are; what was counted and recorded can still be asked for.
    pub fn stop(&self) {
        self.server.abort();
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

    /// Lets something go wrong with the next call of an operation, behind the faults that wait already; `*` stands for
    /// every operation.
    pub fn inject_next(&self, operation: &str, fault: Fault) {
        self.inject_times(operation, 1, fault);
    }

    /// Lets something go wrong with the next so many calls of an operation.
    pub fn inject_times(&self, operation: &str, times: u64, fault: Fault) {
        let times = Times::Only(times);
        self.state.faults.push(operation, fault, times);
    }

    /// Lets something go wrong with every call of an operation, until [`clear_faults`](Self::clear_faults).
    pub fn inject_always(&self, operation: &str, fault: Fault) {
        self.state.faults.push(operation, fault, Times::Always);
    }

    /// Forgets the faults that wait.
    pub fn clear_faults(&self) {
        self.state.faults.clear();
    }

    /// How often an operation was called, and how often it did something.
    #[must_use]
    pub fn counts(&self, operation: &str) -> Counts {
        self.state.counters.of(operation)
    }

    /// How many connections were accepted.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.state.connections()
    }

    /// Sets the gateway's clock so many seconds ahead of the one it was started with, or behind it. Its answers have the
    /// time it believes in in their header `Date`.
    pub fn skew_clock(&self, seconds: i64) {
        self.state.clock.set_offset(seconds);
    }

    /// Lets every temporary key expire that was issued so far.
    pub fn expire_issued_keys(&self) {
        self.state.verifier.expire_issued();
    }

    /// Lets the next precheck of a job fail. False when there is no such job, by the ID of the job or of its instance, or
    /// when jobs are not kept.
    pub fn fail_precheck(&self, job_id: &str) -> bool {
        let jobs = self.state.jobs.as_ref();
        jobs.is_some_and(|jobs: &Jobs| jobs.fail_precheck(job_id))
    }

    /// Lays down the list an operation hands out in parts, page by page or token by token as its spec says.
    ///
    /// # Errors
    ///
    /// When the operation does not come in parts.
    pub fn serve_list(&self, operation: &str, items: Vec<Value>) -> Result<(), ListError> {
        let state = &self.state;
        state.lists.serve(&state.catalog, operation, items)
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
