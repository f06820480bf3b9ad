//! How long to wait before the next attempt.

use std::time::Duration;

/// Pauses that double from one attempt to the next, each cut to a random part of itself (full jitter), so that clients
/// that failed together do not come back together.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Backoff {
    /// The longest pause after the first attempt.
    pub base: Duration,
    /// The longest pause of all.
    pub cap: Duration,
    /// Whether pauses are cut at random. Turn it off only where a test needs the exact length.
    pub jitter: bool,
}

impl Backoff {
    /// Up to 300 milliseconds after the first attempt, up to 20 seconds later on.
    pub const DEFAULT: Self = Self {
        base: Duration::from_millis(300),
        cap: Duration::from_secs(20),
        jitter: true,
    };

    /// Another first pause and another longest one.
    #[must_use]
    pub const fn new(base: Duration, cap: Duration) -> Self {
        Self {
            base,
            cap,
            jitter: true,
        }
    }

    /// Whether pauses are cut at random.
    #[must_use]
    pub const fn with_jitter(mut self, jitter: bool) -> Self {
        self.jitter = jitter;
        self
    }

    /// The pause after that many failed attempts, at least 1. `random` is drawn evenly from 0 to 1.
    #[must_use]
    pub fn pause(&self, failed: u32, random: f64) -> Duration {
        let doubled = 1_u32
            .checked_shl(failed.saturating_sub(1))
            .unwrap_or(u32::MAX);
        let longest = self.base.saturating_mul(doubled).min(self.cap);
        if self.jitter {
            // The product of a long time can be rounded up.
            times(longest, random.clamp(0.0, 1.0)).min(longest)
        } else {
            longest
        }
    }
}

impl Default for Backoff {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A time multiplied by a factor; the longest time there is when that would be longer.
pub(crate) fn times(duration: Duration, factor: f64) -> Duration {
    Duration::try_from_secs_f64(duration.as_secs_f64() * factor).unwrap_or(Duration::MAX)
}

/// A number drawn evenly from 0 to 1; 1 when the system has no randomness, which is the longest pause.
pub(crate) fn random() -> f64 {
    let mut bytes = [0xff; 4];
    let _ = getrandom::fill(&mut bytes);
    f64::from(u32::from_ne_bytes(bytes)) / f64::from(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn pauses_double_up_to_the_cap() {
        let backoff = Backoff::new(SECOND, SECOND * 10).with_jitter(false);
        let pauses: Vec<_> = (1..=6)
            .map(|failed| backoff.pause(failed, 0.0).as_secs())
            .collect();
        assert_eq!(pauses, [1, 2, 4, 8, 10, 10]);
        assert_eq!(backoff.pause(u32::MAX, 0.0), SECOND * 10);
    }

    #[test]
    fn jitter_takes_any_part() {
        let backoff = Backoff::new(SECOND, SECOND * 10);
        assert_eq!(backoff.pause(3, 0.0), Duration::ZERO);
        assert_eq!(backoff.pause(3, 0.5), SECOND * 2);
        assert_eq!(backoff.pause(3, 1.0), SECOND * 4);
        assert_eq!(backoff.pause(3, 7.0), SECOND * 4);
    }

    #[test]
    fn the_longest_times_have_parts_and_multiples_too() {
        for longest in [
            Duration::MAX,
            Duration::MAX - SECOND,
            SECOND,
            Duration::ZERO,
        ] {
            let backoff = Backoff::new(longest, Duration::MAX);
            for failed in [0, 1, 2, 32, 33, u32::MAX] {
                for random in [0.0, 0.1, 0.999_999_999, 1.0, f64::MAX, f64::NAN, -1.0] {
                    let _ = backoff.pause(failed, random);
                }
            }
        }
        let backoff = Backoff::new(Duration::MAX, Duration::MAX);
        assert_eq!(backoff.pause(1, 1.0), Duration::MAX);
        assert_eq!(backoff.with_jitter(false).pause(9, 0.0), Duration::MAX);
        assert_eq!(times(Duration::MAX, 1.5), Duration::MAX);
        assert_eq!(times(SECOND, 1.5), SECOND * 3 / 2);
        assert_eq!(times(Duration::ZERO, 1.5), Duration::ZERO);
    }

    #[test]
    fn draws_lie_between_zero_and_one() {
        for _ in 0..100 {
            assert!((0.0..=1.0).contains(&random()));
        }
    }
}
