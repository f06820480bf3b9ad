//! When credentials are fetched, and what is served meanwhile.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Poll, Waker};

use super::*;
use crate::credentials::testing::{NOW, Script, at, block_on, poll_once};

/// A provider that gives what it is told to, once it is told to.
#[derive(Clone, Debug, Default)]
struct Source(Arc<SourceState>);

#[derive(Debug, Default)]
struct SourceState {
    outcomes: Mutex<VecDeque<Outcome>>,
    wakers: Mutex<Vec<Waker>>,
    asked: AtomicUsize,
}

impl Source {
    fn give(&self, outcome: Outcome) {
        self.0.outcomes.lock().unwrap().push_back(outcome);
        let wakers = std::mem::take(&mut *self.0.wakers.lock().unwrap());
        wakers.into_iter().for_each(Waker::wake);
    }

    fn asked(&self) -> usize {
        self.0.asked.load(Ordering::SeqCst)
    }
}

impl ProvideCredentials for Source {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        self.0.asked.fetch_add(1, Ordering::SeqCst);
        Box::pin(std::future::poll_fn(|context| {
            self.0.wakers.lock().unwrap().push(context.waker().clone());
            match self.0.outcomes.lock().unwrap().pop_front() {
                Some(outcome) => Poll::Ready(outcome),
                None => Poll::Pending,
            }
        }))
    }
}

fn key(name: &str, expires: u64) -> Credentials {
    Credentials::new(name, "secret")
        .with_security_token("token")
        .with_expiration(at(expires))
}

fn failure() -> Outcome {
    Err(CredentialsError::new("out of order"))
}

fn cached() -> (Source, CachedCredentials<Source>) {
    let source = Source::default();
    (source.clone(), CachedCredentials::new(source))
}

#[test]
fn many_callers_share_one_fetch() {
    let (source, cached) = cached();
    let cached = Arc::new(cached);
    let (context, _) = Script::default().context();
    let threads: Vec<_> = (0..50)
        .map(|_| {
            let (cached, context) = (Arc::clone(&cached), context.clone());
            std::thread::spawn(move || block_on(cached.credentials(&context)))
        })
        .collect();
    std::thread::sleep(Duration::from_millis(50));
    source.give(Ok(key("a", NOW + 3600)));
    for thread in threads {
        assert_eq!(thread.join().unwrap().unwrap().access_key_id(), "a");
    }
    assert_eq!(source.asked(), 1);
}

#[test]
fn many_callers_share_one_failure_and_the_next_tries_again() {
    let (source, cached) = cached();
    let (context, _) = Script::default().context();
    let mut calls: Vec<_> = (0..50).map(|_| cached.credentials(&context)).collect();
    for call in &mut calls {
        assert!(poll_once(call).is_pending());
    }
    source.give(failure());
    for call in calls {
        assert_eq!(block_on(call).unwrap_err().to_string(), "out of order");
    }
    assert_eq!(source.asked(), 1);
    source.give(Ok(key("a", NOW + 3600)));
    assert!(block_on(cached.credentials(&context)).is_ok());
    assert_eq!(source.asked(), 2);
}

#[test]
fn a_caller_who_goes_harms_nobody() {
    let (source, cached) = cached();
    let (context, _) = Script::default().context();
    let (mut first, mut second) = (cached.credentials(&context), cached.credentials(&context));
    assert!(poll_once(&mut first).is_pending() && poll_once(&mut second).is_pending());
    drop(first);
    source.give(Ok(key("a", NOW + 3600)));
    assert_eq!(block_on(second).unwrap().access_key_id(), "a");
    assert_eq!(source.asked(), 1);

    // When all go, the next begins anew.
    cached.refused(&key("a", 0));
    let mut alone = cached.credentials(&context);
    assert!(poll_once(&mut alone).is_pending());
    drop(alone);
    source.give(Ok(key("b", NOW + 3600)));
    assert_eq!(
        block_on(cached.credentials(&context))
            .unwrap()
            .access_key_id(),
        "b"
    );
    assert_eq!(source.asked(), 3);
}

/// Lifetime, the last second at which the credentials are served unasked.
#[test]
fn the_margin_is_fifteen_minutes_or_half_the_life() {
    for (life, last) in [(3600, 2699), (1800, 899), (1000, 499), (900, 449), (3, 1)] {
        let (source, cached) = cached();
        let (context, clock) = Script::default().context();
        source.give(Ok(key("a", NOW + life)));
        source.give(Ok(key("b", NOW + 2 * life)));
        let served = |seconds: u64| {
            clock.set(NOW + seconds);
            let credentials = block_on(cached.credentials(&context)).unwrap();
            credentials.access_key_id().to_owned()
        };
        assert_eq!(served(0), "a");
        assert_eq!(served(last), "a");
        assert_eq!(source.asked(), 1, "{life}");
        assert_eq!(served(last + 1), "b", "{life}");
    }
}

#[test]
fn valid_credentials_are_served_while_new_ones_are_fetched() {
    let (source, cached) = cached();
    let (context, clock) = Script::default().context();
    source.give(Ok(key("a", NOW + 3600)));
    block_on(cached.credentials(&context)).unwrap();
    clock.set(NOW + 3000);
    let mut driver = cached.credentials(&context);
    assert!(poll_once(&mut driver).is_pending());
    let mut other = cached.credentials(&context);
    assert!(matches!(poll_once(&mut other), Poll::Ready(Ok(key)) if key.access_key_id() == "a"));
    // Once they have expired, everybody waits.
    clock.set(NOW + 3600);
    let mut late = cached.credentials(&context);
    assert!(poll_once(&mut late).is_pending());
    source.give(Ok(key("b", NOW + 7200)));
    assert_eq!(block_on(late).unwrap().access_key_id(), "b");
    assert_eq!(block_on(driver).unwrap().access_key_id(), "b");
    assert_eq!(source.asked(), 2);
}

#[test]
fn a_failed_renewal_is_an_error_only_after_the_end() {
    let (source, cached) = cached();
    let (context, clock) = Script::default().context();
    source.give(Ok(key("a", NOW + 3600)));
    block_on(cached.credentials(&context)).unwrap();
    let serve = |seconds: u64| {
        clock.set(NOW + seconds);
        block_on(cached.credentials(&context))
    };
    source.give(failure());
    assert_eq!(serve(3000).unwrap().access_key_id(), "a");
    // For a while it is not tried again.
    assert_eq!(serve(3009).unwrap().access_key_id(), "a");
    assert_eq!(source.asked(), 2);
    source.give(failure());
    assert_eq!(serve(3010).unwrap().access_key_id(), "a");
    assert_eq!(source.asked(), 3);
    source.give(failure());
    assert_eq!(serve(3600).unwrap_err().to_string(), "out of order");
    source.give(Ok(key("b", NOW + 7200)));
    assert_eq!(serve(3601).unwrap().access_key_id(), "b");
}

#[test]
fn refused_credentials_are_forgotten() {
    let (source, cached) = cached();
    let (context, _) = Script::default().context();
    source.give(Ok(key("a", NOW + 3600)));
    let first = block_on(cached.credentials(&context)).unwrap();
    assert!(cached.refused(&first));
    source.give(Ok(key("b", NOW + 3600)));
    let second = block_on(cached.credentials(&context)).unwrap();
    assert_eq!(second.access_key_id(), "b");
    // Word of the old ones coming late does not cost the new ones their place.
    assert!(cached.refused(&first));
    assert_eq!(block_on(cached.credentials(&context)).unwrap(), second);
    assert_eq!(source.asked(), 2);
}

#[test]
fn expired_credentials_are_not_served() {
    let (source, cached) = cached();
    let (context, _) = Script::default().context();
    source.give(Ok(key("a", NOW)));
    let why = block_on(cached.credentials(&context))
        .unwrap_err()
        .to_string();
    assert!(why.contains("expired already"), "{why}");
}

#[test]
fn credentials_without_an_end_are_not_kept() {
    let (source, cached) = cached();
    let (context, _) = Script::default().context();
    for name in ["a", "b"] {
        source.give(Ok(Credentials::new(name, "secret")));
        let served = block_on(cached.credentials(&context)).unwrap();
        assert_eq!(served.access_key_id(), name);
    }
}
