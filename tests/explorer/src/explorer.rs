//! The explorer as a program holds it: started on loopback, stopped by dropping it.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use alicloud_gateway::Gateway;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::catalog::Catalog;
use crate::render::data;
use crate::server::{self, State};
use crate::target::Target;

/// What an explorer is to be like.
#[derive(Debug, Default)]
pub struct Builder {
    port: u16,
    endpoint: Option<String>,
    specs: Option<PathBuf>,
}

impl Builder {
    /// The port to listen on; 0, the default, is any that is free.
    #[must_use]
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Runs calls against a real endpoint, with the credentials of this process, in place of a gateway of its own.
    #[must_use]
    pub fn endpoint(mut self, endpoint: impl Into<String>) -> Self {
        self.endpoint = Some(endpoint.into());
        self
    }

    /// Shows the specs of another folder than `api-specs` of this workspace.
    #[must_use]
    pub fn specs(mut self, folder: impl Into<PathBuf>) -> Self {
        self.specs = Some(folder.into());
        self
    }

    /// Starts the explorer on loopback.
    ///
    /// # Errors
    ///
    /// When the specs are wrong, the endpoint is none, or the port cannot be had.
    pub async fn start(self) -> Result<Explorer, String> {
        let catalog = match &self.specs {
            Some(folder) => Catalog::load(folder)?,
            None => Catalog::of_workspace()?,
        };
        let target = match self.endpoint {
            Some(endpoint) => Target::real(endpoint)?,
            None => {
                let gateway = Gateway::builder()
                    .services(catalog.services().to_vec())
                    .recordings(100);
                Target::gateway(gateway.start().await.map_err(|error| error.to_string())?)?
            }
        };
        let asked = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let bound = TcpListener::bind(asked).await;
        let bound = bound.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = bound.map_err(|error| {
            format!("cannot listen on {asked}: {error}; port 0 is any that is free")
        })?;
        let state = Arc::new(State {
            index: data::index(&catalog),
            codes: data::codes(&catalog),
            port: address.port(),
            catalog,
            target,
        });
        Ok(Explorer {
            address,
            state: Arc::clone(&state),
            server: tokio::spawn(server::serve(listener, state)),
        })
    }
}

/// An explorer that is running. It stops when it is dropped, or when the tokio runtime it was started in does.
#[derive(Debug)]
pub struct Explorer {
    address: SocketAddr,
    state: Arc<State>,
    server: JoinHandle<()>,
}

impl Explorer {
    /// An explorer of the specs of this workspace, with a gateway of its own, on any free port, unless told otherwise.
    #[must_use]
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// The address to open in a browser, such as `http://127.0.0.1:18090/`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Where calls are run.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.state.target.endpoint
    }
}

impl Drop for Explorer {
    fn drop(&mut self) {
        self.server.abort();
    }
}
