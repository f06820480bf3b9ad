//! The course of a call: which attempts it has had, and whether there is to be another.

use std::time::Duration;

use super::{Call, ServiceClient};
use crate::config::Settings;
use crate::credentials::Credentials;
use crate::error::{Attempt, Error, ErrorKind};
use crate::operation::Effect;
use crate::params::{Params, Value};
use crate::request::Retry;
use crate::retry::{Charge, RetryPolicy, random, server_hint};
use crate::time::parse_http_date;
use crate::transport::Headers;

/// The course of one call. It lives beside the future of the exchange, so that an answer that turns out to be a failure
/// only when it is decoded can still be asked for again.
pub(super) struct Course {
    policy: RetryPolicy,
    /// Whether the answer is read while it comes.
    pub(super) streams: bool,
    /// Whether the call may run twice.
    repeatable: bool,
    /// When the call must be over, on the monotonic clock.
    deadline: Duration,
    history: Vec<Attempt>,
    /// How long to wait before the next attempt.
    pub(super) delay: Duration,
    /// The host of the last attempt, with its port.
    pub(super) host: String,
    /// What interceptors added to the last attempt.
    pub(super) added: Option<(Headers, Params)>,
    /// The signature of the last attempt.
    pub(super) signature: String,
    /// The credentials of the last attempt.
    pub(super) credentials: Option<Credentials>,
    /// Credentials and signatures of the attempts before it.
    past: Vec<(Credentials, String)>,
    healed_clock: bool,
    renewed_credentials: bool,
    /// What retries have taken from the budget.
    taken: u32,
}

impl Course {
    pub(super) fn new(call: &Call<ServiceClient>) -> Self {
        let settings = call.client.config.settings();
        let total = call.options().timeout.unwrap_or(settings.timeout);
        let now = settings.context.clock.monotonic();
        Self {
            policy: call.options().retry.unwrap_or(settings.retry),
            streams: false,
            repeatable: repeatable(call),
            deadline: now.saturating_add(total),
            history: Vec::new(),
            delay: Duration::ZERO,
            host: String::new(),
            added: None,
            signature: String::new(),
            credentials: None,
            past: Vec::new(),
            healed_clock: false,
            renewed_credentials: false,
            taken: 0,
        }
    }

    /// The course of a call whose answer is read while it comes.
    pub(super) fn of_stream(call: &Call<ServiceClient>) -> Self {
        Self {
            streams: true,
            ..Self::new(call)
        }
    }

    /// Whether no attempt was made yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.history.is_empty()
    }

    /// Whether the connection of the last attempt may be at fault: it broke off, or the server behind it failed.
    pub(super) fn is_suspect(&self) -> bool {
        self.history
            .last()
            .is_some_and(|last| last.status.is_none_or(|status| status >= 500))
    }

    /// How many attempts were made, counting one that is under way.
    pub(super) fn attempt(&self) -> u32 {
        u32::try_from(self.history.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1)
    }

    /// Makes room for the credentials and the signature of the next attempt.
    pub(super) fn sign_anew(&mut self) {
        if let Some(credentials) = self.credentials.take() {
            let signature = std::mem::take(&mut self.signature);
            self.past.push((credentials, signature));
        }
    }

    /// The credentials and the signatures of all attempts.
    pub(super) fn signers(&self) -> impl Iterator<Item = (&Credentials, &str)> {
        let last = self
            .credentials
            .iter()
            .map(|key| (key, self.signature.as_str()));
        let past = self
            .past
            .iter()
            .map(|(key, signature)| (key, signature.as_str()));
        past.chain(last)
    }

    /// What the headers of a repeated request say of it.
    pub(super) fn retry(&self) -> Option<Retry> {
        (!self.is_fresh()).then(|| Retry {
            attempt: self.attempt() - 1,
            delay: self.delay,
        })
    }

    /// How much time is left.
    pub(super) fn remaining(&self, settings: &Settings) -> Duration {
        self.deadline
            .saturating_sub(settings.context.clock.monotonic())
    }

    /// Settles the account of a call that succeeded.
    pub(super) fn succeed(&self, settings: &Settings) {
        settings.budget.give(self.taken);
    }

    /// Adds an attempt that failed. There is to be another after `delay`, or the error is final.
    pub(super) fn fail(&mut self, call: &Call<ServiceClient>, error: Error) -> Result<(), Error> {
        self.remember(&error);
        let settings = call.client.config.settings();
        match self.next(settings, &error) {
            Some(delay) => {
                self.delay = delay;
                Ok(())
            }
            None => Err(self.give_up(error)),
        }
    }

    /// The final error of a call that is not to be attempted again, with all that came before it.
    pub(super) fn end(&mut self, error: Error) -> Error {
        self.remember(&error);
        self.give_up(error)
    }

    fn remember(&mut self, error: &Error) {
        if error.attempted() {
            self.history.push(Attempt::of(error, self.delay));
        }
    }

    /// The error with all that came before it.
    fn give_up(&mut self, error: Error) -> Error {
        error
            .after(std::mem::take(&mut self.history), self.repeatable)
            .at(std::mem::take(&mut self.host))
    }

    /// How long to wait before the next attempt, if there is to be one.
    fn next(&mut self, settings: &Settings, error: &Error) -> Option<Duration> {
        let made = u32::try_from(self.history.len()).unwrap_or(u32::MAX);
        if !error.attempted() || made >= self.policy.max_attempts {
            return None;
        }
        // A service that refuses every time stamp or key must not be asked twice as often for that.
        if self.heal_clock(settings, error) || self.renew_credentials(settings, error) {
            return self.pay(settings, Charge::Usual).then_some(Duration::ZERO);
        }
        if !error.can_repeat(self.repeatable) {
            return None;
        }
        let delay = server_hint(|name| error.raw_header(name))
            .unwrap_or_else(|| self.policy.backoff.pause(made, random()));
        if delay >= self.remaining(settings) {
            return None;
        }
        let charge = if error.is_timeout() {
            Charge::Timeout
        } else {
            Charge::Usual
        };
        self.pay(settings, charge).then_some(delay)
    }

    /// Takes the cost of a retry from the budget; false when there is not enough left.
    fn pay(&mut self, settings: &Settings, charge: Charge) -> bool {
        let paid = settings.budget.take(charge);
        if paid {
            self.taken = self.taken.saturating_add(charge as u32);
        }
        paid
    }

    /// Learns the time from an answer that found ours wrong. A call refused for its time was not carried out.
    fn heal_clock(&mut self, settings: &Settings, error: &Error) -> bool {
        if self.healed_clock || !error.is_clock_skew() {
            return false;
        }
        let dated = error.raw_header("date").and_then(parse_http_date);
        if let Some(dated) = dated {
            settings
                .context
                .skew
                .learn(dated, settings.context.clock.now());
        }
        self.healed_clock = dated.is_some();
        self.healed_clock
    }

    /// Asks for other credentials after an answer that refused these. Such a call was not carried out either.
    fn renew_credentials(&mut self, settings: &Settings, error: &Error) -> bool {
        let answered = matches!(error.kind(), ErrorKind::Service | ErrorKind::Business);
        if self.renewed_credentials || !answered || !error.wants_credentials() {
            return false;
        }
        let refused = self.credentials.as_ref();
        self.renewed_credentials =
            refused.is_some_and(|refused| settings.credentials.refused(refused));
        self.renewed_credentials
    }
}

/// A call may run twice when it reads, or when the service runs all calls with its token once.
fn repeatable(call: &Call<ServiceClient>) -> bool {
    let token = || {
        let name = call.operation.idempotency_token.as_ref()?;
        call.params
            .get(name)?
            .as_str()
            .filter(|token| !token.is_empty())
    };
    call.operation.effect == Effect::Read || token().is_some()
}

/// Gives a call that changes something a token, where the service takes one and the caller gave none. All attempts carry
/// the same.
pub(super) fn give_token(call: &mut Call<ServiceClient>) {
    let Some(name) = &call.operation.idempotency_token else {
        return;
    };
    let given = [&call.params, &call.options().params];
    let given = given.iter().any(|params| params.get(name).is_some());
    if call.operation.effect == Effect::Read || given {
        return;
    }
    // Without randomness the call fails when it is signed.
    if let Ok(token) = call.client.config.settings().context.nonces.nonce() {
        call.params.set(name.clone(), Value::Text(token));
    }
}
