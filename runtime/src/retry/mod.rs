//! Retries: when a call is made again, how long to wait before, and what keeps that from doing harm.
//!
//! A call is repeated only when that can help and can do no harm: nothing was sent, the service refused the call before it
//! ran, or the call may run twice (it reads, or an idempotency token makes the service run it once). `backoff` tells how
//! long to wait, `budget` how many retries all calls of a configuration may spend together, `skew` what the service's
//! clock shows, and `governor` keeps calls below the rate the service bears. All of it is arithmetic on numbers that are
//! passed in: clocks and pauses are the client's business.

mod backoff;
mod budget;
mod governor;
mod skew;

pub use backoff::Backoff;
pub use governor::RateGovernor;

pub(crate) use backoff::{random, times};
pub(crate) use budget::{Budget, Charge};
pub(crate) use skew::Skew;

use std::time::Duration;

/// How often a call is attempted, and how long to wait in between.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How many attempts a call has in all, the first included. Default: 3.
    pub max_attempts: u32,
    /// How the pauses grow.
    pub backoff: Backoff,
}

impl RetryPolicy {
    /// The default: 3 attempts, pauses of up to 300 milliseconds, 600, 1200 and so on, 20 seconds at most.
    pub const DEFAULT: Self = Self {
        max_attempts: 3,
        backoff: Backoff::DEFAULT,
    };

    /// One attempt: no retry of any kind.
    pub const OFF: Self = Self {
        max_attempts: 1,
        ..Self::DEFAULT
    };

    /// Another number of attempts in all, the first included; 0 counts as 1.
    #[must_use]
    pub const fn with_max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Other pauses.
    #[must_use]
    pub const fn with_backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// How long the header `x-acs-retry-after` asks to wait, in milliseconds; `None` unless that is more than nothing.
pub(crate) fn throttled_for(header: Option<&str>) -> Option<Duration> {
    positive(header, 0.001)
}

/// What a `Retry-After` kind of header asks for: `x-acs-retry-after` counts milliseconds, `retry-after` seconds.
pub(crate) fn server_hint<'a>(header: impl Fn(&str) -> Option<&'a str>) -> Option<Duration> {
    throttled_for(header("x-acs-retry-after")).or_else(|| positive(header("retry-after"), 1.0))
}

/// A number above zero as a duration; one that is too large for that as the longest.
fn positive(number: Option<&str>, seconds: f64) -> Option<Duration> {
    let number = number?.trim();
    let plain = number
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.');
    let number = number
        .parse::<f64>()
        .ok()
        .filter(|number| plain && *number > 0.0)?;
    Some(Duration::try_from_secs_f64(number * seconds).unwrap_or(Duration::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_milliseconds_or_seconds() {
        let hint = |headers: &[(&str, &'static str)]| {
            server_hint(|name| {
                headers
                    .iter()
                    .find(|(known, _)| *known == name)
                    .map(|(_, value)| *value)
            })
        };
        assert_eq!(hint(&[]), None);
        assert_eq!(
            hint(&[("x-acs-retry-after", "1500")]),
            Some(Duration::from_millis(1500))
        );
        assert_eq!(hint(&[("retry-after", "2")]), Some(Duration::from_secs(2)));
        assert_eq!(
            hint(&[("retry-after", "2"), ("x-acs-retry-after", "700")]),
            Some(Duration::from_millis(700))
        );
        assert_eq!(
            hint(&[("retry-after", " 0.5 ")]),
            Some(Duration::from_millis(500))
        );
        assert_eq!(
            hint(&[("retry-after", "99999999999999999999999")]),
            Some(Duration::MAX)
        );
        for nothing in [
            "0",
            "0.0",
            "",
            "inf",
            "NaN",
            "+1",
            "1e3",
            "-1",
            "soon",
            "Mon, 06 May 2024 07:08:09 GMT",
        ] {
            assert_eq!(hint(&[("retry-after", nothing)]), None, "{nothing}");
        }
    }
}
