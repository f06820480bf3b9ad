//! The rate governor: keeps calls below the rate the service bears, instead of being refused above it.
//!
//! Each operation has a rate of its own, shared by all clients of a configuration. It is set by the caller, or learnt: an
//! operation that was throttled is slowed down to part of the rate it was called at, and then speeds up again bit by bit.
//! Callers wait in the order in which they came.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// What a throttling answer leaves of the rate.
const SLOWDOWN: f64 = 0.6;
/// How much faster each success makes an operation that was slowed down.
const SPEEDUP: f64 = 1.02;
/// The slowest rate that is learnt, per second.
const SLOWEST: f64 = 0.5;
/// After that long without throttling, what was learnt is forgotten.
const MEMORY: Duration = Duration::from_secs(60);

/// Rates of calls, per operation.
#[derive(Debug, Default)]
pub struct RateGovernor {
    limits: HashMap<String, f64>,
    everything: Option<f64>,
    lanes: Mutex<HashMap<String, Lane>>,
}

/// One operation.
#[derive(Debug, Default)]
struct Lane {
    /// When the next call may start.
    free: Duration,
    /// How long the last start keeps the next one waiting.
    step: Duration,
    /// Starts that were given back, before `free`.
    returned: BTreeSet<Duration>,
    /// The rate that was learnt, and when it was last corrected downwards.
    learnt: Option<(f64, Duration)>,
    /// The second that is being counted, and the calls in it and in the one before.
    second: (u64, u32, u32),
}

impl RateGovernor {
    /// Limits nothing until the service throttles an operation.
    #[must_use]
    pub fn adaptive() -> Self {
        Self::default()
    }

    /// Calls of that operation start at most that many times a second. A number that is not positive is no limit.
    #[must_use]
    pub fn limit(mut self, operation: impl Into<String>, per_second: f64) -> Self {
        self.limits.insert(operation.into(), per_second);
        self
    }

    /// Calls of each operation that has no limit of its own start at most that many times a second.
    #[must_use]
    pub fn limit_each(mut self, per_second: f64) -> Self {
        self.everything = Some(per_second);
        self
    }

    fn with<T>(&self, operation: &str, work: impl FnOnce(&mut Lane) -> T) -> T {
        let mut lanes = self.lanes.lock().unwrap_or_else(PoisonError::into_inner);
        // Only the first call of an operation copies its name.
        match lanes.get_mut(operation) {
            Some(lane) => work(lane),
            None => work(lanes.entry(operation.to_owned()).or_default()),
        }
    }

    /// Books a start: how long to wait for it. An error is a wait longer than `longest`, and nothing is booked.
    pub(crate) fn book(
        &self,
        operation: &str,
        now: Duration,
        longest: Duration,
    ) -> Result<Duration, Duration> {
        let set = self.limits.get(operation).copied().or(self.everything);
        self.with(operation, |lane| {
            let rate = [set, lane.learnt(now)]
                .into_iter()
                .flatten()
                .filter(|rate| *rate > 0.0 && rate.is_finite())
                .reduce(f64::min);
            let start = match rate {
                Some(rate) => {
                    let start = lane.next(now);
                    if start - now > longest {
                        return Err(start - now);
                    }
                    lane.take(start, Duration::from_secs_f64((1.0 / rate).min(3600.0)));
                    start
                }
                None => now,
            };
            lane.count(start);
            Ok(start - now)
        })
    }

    /// Gives back a start that was booked and is not used: the next caller may have it.
    pub(crate) fn give_back(&self, operation: &str, start: Duration) {
        self.with(operation, |lane| lane.give_back(start));
    }

    /// Learns from a throttling answer.
    pub(crate) fn throttled(&self, operation: &str, now: Duration) {
        self.with(operation, |lane| {
            let called = lane.called(now);
            let rate = lane.learnt(now).map_or(called, |learnt| learnt.min(called));
            lane.learnt = Some(((rate * SLOWDOWN).max(SLOWEST), now));
        });
    }

    /// Learns from a call that was not throttled.
    pub(crate) fn served(&self, operation: &str) {
        self.with(operation, |lane| {
            if let Some((rate, _)) = &mut lane.learnt {
                *rate *= SPEEDUP;
            }
        });
    }
}

impl Lane {
    /// The next start there is.
    fn next(&mut self, now: Duration) -> Duration {
        self.returned = self.returned.split_off(&now);
        let returned = self.returned.first().copied();
        returned.unwrap_or(self.free.max(now))
    }

    /// Takes the next start.
    fn take(&mut self, start: Duration, step: Duration) {
        if !self.returned.remove(&start) {
            self.free = start.saturating_add(step);
            self.step = step;
        }
    }

    fn give_back(&mut self, start: Duration) {
        if start.saturating_add(self.step) == self.free {
            self.free = start;
        } else if start < self.free {
            self.returned.insert(start);
        }
        let (second, calls, _) = &mut self.second;
        if *second == start.as_secs() {
            *calls = calls.saturating_sub(1);
        }
    }

    fn learnt(&mut self, now: Duration) -> Option<f64> {
        if self
            .learnt
            .is_some_and(|(_, when)| now.saturating_sub(when) > MEMORY)
        {
            self.learnt = None;
        }
        self.learnt.map(|(rate, _)| rate)
    }

    fn count(&mut self, at: Duration) {
        let second = at.as_secs();
        let (current, calls, before) = self.second;
        self.second = match second.saturating_sub(current) {
            0 => (current, calls + 1, before),
            1 => (second, 1, calls),
            _ => (second, 1, 0),
        };
    }

    /// How often the operation was called in a second lately.
    fn called(&self, now: Duration) -> f64 {
        let (current, calls, before) = self.second;
        let recent = match now.as_secs().saturating_sub(current) {
            0 => calls.max(before),
            1 => calls,
            _ => 1,
        };
        f64::from(recent.max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(100);

    fn at(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_limit_spreads_calls_evenly_and_operations_do_not_share_it() {
        let governor = RateGovernor::adaptive().limit("A", 4.0);
        let waits: Vec<_> = (0..4)
            .map(|_| governor.book("A", at(1000), LONG).unwrap())
            .collect();
        assert_eq!(waits, [at(0), at(250), at(500), at(750)]);
        assert_eq!(governor.book("B", at(1000), LONG), Ok(at(0)));
        // Later on the past is forgotten.
        assert_eq!(governor.book("A", at(9000), LONG), Ok(at(0)));
    }

    #[test]
    fn a_wait_that_is_too_long_books_nothing() {
        let governor = RateGovernor::adaptive().limit_each(1.0);
        assert_eq!(governor.book("A", at(0), at(500)), Ok(at(0)));
        assert_eq!(governor.book("A", at(0), at(500)), Err(at(1000)));
        assert_eq!(governor.book("A", at(0), LONG), Ok(at(1000)));
    }

    #[test]
    fn a_start_that_is_given_back_goes_to_the_next_caller() {
        let governor = RateGovernor::adaptive().limit("A", 1.0);
        let book = || governor.book("A", at(500), LONG);
        assert_eq!(
            [book(), book(), book()],
            [Ok(at(0)), Ok(at(1000)), Ok(at(2000))]
        );
        governor.give_back("A", at(1500));
        assert_eq!([book(), book()], [Ok(at(1000)), Ok(at(3000))]);
        // The last one, and then the one before it.
        governor.give_back("A", at(3500));
        assert_eq!(book(), Ok(at(3000)));
        // One that is over serves nobody.
        governor.give_back("A", at(500));
        assert_eq!(governor.book("A", at(600), LONG), Ok(at(3900)));
    }

    #[test]
    fn throttling_slows_down_and_success_speeds_up_again() {
        let governor = RateGovernor::adaptive();
        for _ in 0..10 {
            assert_eq!(governor.book("A", at(1000), LONG), Ok(at(0)));
        }
        governor.throttled("A", at(1500));
        // 10 calls a second, slowed down to 6: one every 167 milliseconds.
        assert_eq!(governor.book("A", at(1500), LONG), Ok(at(0)));
        let wait = governor.book("A", at(1500), LONG).unwrap();
        assert_eq!(wait.as_millis(), 166);
        for _ in 0..50 {
            governor.served("A");
        }
        let _ = governor.book("A", at(9000), LONG);
        let wait = governor.book("A", at(9000), LONG).unwrap();
        assert!(wait < at(100), "{wait:?}");
        // And what was learnt is forgotten.
        let _ = governor.book("A", at(90_000), LONG);
        assert_eq!(governor.book("A", at(90_000), LONG), Ok(at(0)));
    }

    #[test]
    fn senseless_limits_limit_nothing() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let governor = RateGovernor::adaptive().limit("A", rate);
            let _ = governor.book("A", at(0), LONG);
            assert_eq!(governor.book("A", at(0), LONG), Ok(at(0)), "{rate}");
        }
    }
}
