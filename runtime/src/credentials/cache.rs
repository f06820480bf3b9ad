//! Temporary credentials, kept while they are good for something.
//!
//! They are fetched anew some time before they expire, once for all who ask at the same time. Until they do expire they
//! are served whenever a new set cannot be had: to everybody while the fetch is under way, to its driver when it fails.

use std::fmt;
use std::future::ready;
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, SystemTime};

use super::flight::Flight;
use super::{Context, Credentials, CredentialsError, CredentialsFuture, ProvideCredentials, lock};
use crate::retry::random;

/// How long before they expire credentials are fetched anew, if they live twice as long at least.
const MARGIN: Duration = Duration::from_secs(15 * 60);

/// How long after a failure the next attempt waits, as long as there are valid credentials to serve.
const PAUSE: Duration = Duration::from_secs(10);

/// The shortest time between two attempts to replace credentials that serve after they expired; the longest is twice as
/// long. All instances of a zone lose the metadata service at once, and should not come back at once.
const ORPHANED_PAUSE: Duration = Duration::from_secs(5 * 60);

/// Tells whoever listens that expired credentials are used on.
fn warn_of_expired(why: &CredentialsError) {
    #[cfg(feature = "tracing")]
    tracing::warn!(
        target: "alicloud",
        error = %why,
        "the credentials have expired and cannot be renewed; they are used on"
    );
    #[cfg(not(feature = "tracing"))]
    let _ = why;
}

/// Keeps the credentials of a provider that has to fetch them, until shortly before they expire.
///
/// All providers here that give temporary credentials are made of this; it is public for providers of your own.
///
/// - Credentials are fetched anew 15 minutes before they expire, but not before half of their life is over.
/// - Callers who ask at the same time share one fetch. Any of them may be dropped without harm to the others.
/// - While the old credentials are valid, a fetch that fails or takes its time keeps nobody from being served.
/// - Credentials that do not say when they expire are fetched for every caller who asks later.
/// - Credentials the service refused are forgotten.
pub struct CachedCredentials<P> {
    source: Arc<P>,
    state: Arc<Mutex<State>>,
}

type Outcome = Result<Credentials, CredentialsError>;

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    flight: Weak<Flight<Outcome>>,
    /// Before which monotonic time a failed fetch is not tried again.
    not_before: Duration,
    /// Whether credentials serve after they expired, while their source cannot be reached.
    outlives_source: bool,
    /// Whether that is so now.
    orphaned: bool,
}

struct Kept {
    credentials: Credentials,
    /// When to fetch new ones.
    due: SystemTime,
    /// When they stop being valid.
    expires: SystemTime,
}

impl<P: ProvideCredentials + 'static> CachedCredentials<P> {
    /// Keeps the credentials of this provider.
    pub fn new(source: P) -> Self {
        Self {
            source: Arc::new(source),
            state: Arc::default(),
        }
    }

    /// Lets credentials serve after they expired, while their source cannot be reached.
    pub(super) fn outliving_their_source(self) -> Self {
        lock(&self.state).outlives_source = true;
        self
    }
}

/// The future of a fetch, which belongs to nobody and puts what it gets into the cache.
fn fetch(
    source: Arc<dyn ProvideCredentials>,
    state: &Arc<Mutex<State>>,
    context: &Context,
) -> super::flight::Work<Outcome> {
    let (state, context) = (Arc::clone(state), context.clone());
    Box::pin(async move {
        let outcome = source.credentials(&context).await;
        lock(&state).settle(outcome, &context)
    })
}

/// What is at hand, or else what a fetch brings: the same code for every provider.
fn serve<'a>(
    source: Arc<dyn ProvideCredentials>,
    shared: &'a Arc<Mutex<State>>,
    context: &'a Context,
) -> CredentialsFuture<'a> {
    let mut state = lock(shared);
    if let Some(credentials) = state.at_hand(context) {
        return Box::pin(ready(Ok(credentials)));
    }
    let waiting = Flight::join(&mut state.flight, || fetch(source, shared, context));
    Box::pin(async move {
        let outcome = waiting.await.unwrap_or_else(|| {
            Err(CredentialsError::new(
                "the provider of the credentials panicked",
            ))
        });
        outcome.or_else(|why| {
            let state = lock(shared);
            let kept = state.valid(context.now());
            kept.map(|kept| kept.credentials.clone()).ok_or(why)
        })
    })
}

impl<P: Clone> CachedCredentials<P> {
    /// The provider behind, for a builder to change.
    pub(super) fn source_mut(&mut self) -> &mut P {
        Arc::make_mut(&mut self.source)
    }
}

impl State {
    /// The credentials at hand, while they are valid or nothing better is to be had.
    fn valid(&self, now: SystemTime) -> Option<&Kept> {
        let serves = |kept: &&Kept| now < kept.expires || self.orphaned;
        self.kept.as_ref().filter(serves)
    }

    /// What can be served without waiting.
    fn at_hand(&self, context: &Context) -> Option<Credentials> {
        let now = context.now();
        let kept = self.valid(now)?;
        let wait = now >= kept.due
            && context.clock.monotonic() >= self.not_before
            && !Flight::is_under_way(&self.flight);
        (!wait).then(|| kept.credentials.clone())
    }

    /// Takes in what a fetch brought.
    fn settle(&mut self, outcome: Outcome, context: &Context) -> Outcome {
        let now = context.now();
        let outcome = outcome.and_then(|credentials| match credentials.expiration() {
            Some(expires) if expires <= now => Err(CredentialsError::new(format!(
                "{} gave credentials that have expired already: check the clock of this machine",
                credentials.provider()
            ))),
            _ => Ok(credentials),
        });
        match &outcome {
            Ok(credentials) => {
                self.orphaned = false;
                self.not_before = Duration::ZERO;
                self.kept = Kept::new(credentials, now);
            }
            Err(why) => {
                let expired = self.kept.as_ref().is_some_and(|kept| kept.expires <= now);
                self.orphaned = self.outlives_source && expired && why.is_transient();
                let pause = if self.orphaned {
                    warn_of_expired(why);
                    ORPHANED_PAUSE.mul_f64(1.0 + random())
                } else {
                    PAUSE
                };
                self.not_before = context.clock.monotonic().saturating_add(pause);
            }
        }
        outcome
    }
}

impl Kept {
    fn new(credentials: &Credentials, now: SystemTime) -> Option<Self> {
        let expires = credentials.expiration()?;
        let lifetime = expires.duration_since(now).unwrap_or_default();
        Some(Self {
            credentials: credentials.clone(),
            due: expires - MARGIN.min(lifetime / 2),
            expires,
        })
    }
}

impl<P: ProvideCredentials + 'static> ProvideCredentials for CachedCredentials<P> {
    fn credentials<'a>(&'a self, context: &'a Context) -> CredentialsFuture<'a> {
        serve(
            Arc::clone(&self.source) as Arc<dyn ProvideCredentials>,
            &self.state,
            context,
        )
    }

    /// Forgets the credentials, so that the next caller gets new ones.
    fn refused(&self, credentials: &Credentials) -> bool {
        self.source.refused(credentials);
        let mut state = lock(&self.state);
        if state
            .kept
            .as_ref()
            .is_some_and(|kept| kept.credentials.is_same_key(credentials))
        {
            state.kept = None;
        }
        true
    }
}

impl<P: fmt::Debug> fmt::Debug for CachedCredentials<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)
    }
}

#[cfg(test)]
mod tests;
