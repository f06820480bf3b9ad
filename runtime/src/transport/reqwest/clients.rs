//! The HTTP clients behind a transport, and with them its connections.
//!
//! A connection is driven by the runtime in which it was begun: used from another, it stands still while that one does. So
//! each runtime has a client of its own. Requests to this machine and to the metadata service have clients without the
//! proxies of the environment, and those that must not go over a connection that was used before have one that keeps none.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::{Client, ClientBuilder, NoProxy, Proxy, redirect, retry};
use tokio::runtime::{Handle, Id};

use super::resolver::Resolver;
use crate::time::{Clock as _, SystemClock};
use crate::transport::TransportSettings;

/// How many clients are kept; programs that begin a runtime for each call would gather ever more of them.
const KEPT: usize = 16;

/// After a pause of that length the runtime may have to be given the time to see what became of idle connections.
const PAUSE: Duration = Duration::from_millis(1);

/// An idle time beyond which a connection is kept for ever.
const FOR_EVER: Duration = Duration::from_secs(365 * 86_400);

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// A caller's changes to the clients' settings.
pub(super) type Customize = dyn Fn(ClientBuilder) -> ClientBuilder + Send + Sync;

/// Makes clients when they are first needed, and keeps them.
pub(super) struct Clients {
    settings: TransportSettings,
    /// What connections are secured by; where that cannot be had, a caller may have something else.
    #[cfg(feature = "rustls")]
    tls: Result<rustls::ClientConfig, rustls::Error>,
    customize: Option<Box<Customize>>,
    made: Mutex<Vec<Made>>,
}

struct Made {
    kind: Kind,
    client: Client,
    /// When a request last went through it, on the monotonic clock.
    used: Duration,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Kind {
    /// Whether proxies of the environment are left out.
    direct: bool,
    /// The runtime that drives the connections it keeps; `None` for a client that keeps none.
    runtime: Option<Id>,
}

/// A client for one request.
pub(super) struct Chosen {
    pub(super) client: Client,
    /// Whether the client was not used for a while, so that idle connections may have been closed and nobody has noticed.
    pub(super) rested: bool,
}

impl Clients {
    /// Makes a first client, so that settings that cannot work are found at once.
    pub(super) fn new(
        settings: TransportSettings,
        customize: Option<Box<Customize>>,
    ) -> Result<Self, Failure> {
        let clients = Self {
            settings,
            #[cfg(feature = "rustls")]
            tls: super::tls::config(),
            customize,
            made: Mutex::default(),
        };
        let kind = Kind {
            direct: false,
            runtime: None,
        };
        clients.find(kind)?;
        Ok(clients)
    }

    /// The client for a request: to a host that no proxy of the environment leads to, or to any other; over a connection
    /// that was used before, or not.
    pub(super) fn choose(&self, direct: bool, fresh: bool) -> Result<Chosen, Failure> {
        let runtime = Handle::try_current().map_err(|_| NO_RUNTIME)?.id();
        self.find(Kind {
            direct,
            runtime: (!fresh).then_some(runtime),
        })
    }

    fn find(&self, kind: Kind) -> Result<Chosen, Failure> {
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let now = SystemClock.monotonic();
        if let Some(known) = made.iter_mut().find(|made| made.kind == kind) {
            let used = std::mem::replace(&mut known.used, now);
            return Ok(Chosen {
                client: known.client.clone(),
                rested: now.saturating_sub(used) > PAUSE,
            });
        }
        let client = self.make(kind)?;
        if made.len() == KEPT {
            made.remove(0);
        }
        made.push(Made {
            kind,
            client: client.clone(),
            used: now,
        });
        Ok(Chosen {
            client,
            rested: false,
        })
    }

    /// What a caller may change comes first, what calls rely on last.
    fn make(&self, kind: Kind) -> Result<Client, Failure> {
        let idle = self.settings.idle_timeout;
        let mut builder = Client::builder()
            .connect_timeout(self.settings.connect_timeout)
            .pool_idle_timeout(Some(idle).filter(|idle| *idle < FOR_EVER))
            .dns_resolver(Arc::new(Resolver));
        #[cfg(feature = "rustls")]
        match &self.tls {
            Ok(tls) => builder = builder.tls_backend_preconfigured(tls.clone()),
            Err(why) if self.customize.is_none() => return Err(why.clone().into()),
            Err(_) => {}
        }
        if let Some(customize) = &self.customize {
            builder = customize(builder);
        }
        if kind.direct {
            builder = builder.proxy(nowhere()?);
        }
        if kind.runtime.is_none() || idle.is_zero() {
            builder = builder.pool_max_idle_per_host(0);
        }
        let builder = builder
            // A signature fits one host only.
            .redirect(redirect::Policy::none())
            .referer(false)
            // What may be sent again is decided where it is known what the call does.
            .retry(retry::never())
            // Answers are decompressed here, in more spellings, and bounded.
            .no_gzip()
            .no_deflate()
            .no_brotli()
            .no_zstd();
        // reqwest panics where a caller chooses a TLS of which the program has no provider.
        let built = catch_unwind(AssertUnwindSafe(|| builder.build()));
        Ok(built.map_err(|_| NO_TLS)??)
    }
}

const NO_RUNTIME: &str = "no tokio runtime runs here: call from within one, or use `block()`";
const NO_TLS: &str = "no TLS can be set up: it has no crypto provider, or none was chosen and this machine has no certificates";

/// A proxy for no host at all. Where one is set, those of the environment are not looked for.
fn nowhere() -> reqwest::Result<Proxy> {
    let proxy = Proxy::all("http://proxy.invalid")?;
    Ok(proxy.no_proxy(NoProxy::from_string("*, 0.0.0.0/0, ::/0")))
}
