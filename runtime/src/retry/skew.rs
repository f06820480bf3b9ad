//! Clock skew: the service refuses requests whose time is off by more than 15 minutes; its answers say what time it is.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

/// How far the service's clock is ahead of ours, as far as it is known. Shared by all calls of a configuration.
#[derive(Debug, Default)]
pub(crate) struct Skew(AtomicI64);

impl Skew {
    /// What the service's clock shows when ours shows `now`.
    pub(crate) fn correct(&self, now: SystemTime) -> SystemTime {
        let offset = self.0.load(Ordering::Relaxed);
        let distance = Duration::from_secs(offset.unsigned_abs());
        let corrected = if offset < 0 {
            now.checked_sub(distance)
        } else {
            now.checked_add(distance)
        };
        corrected.unwrap_or(now)
    }

    /// Learns from an answer that was dated when ours showed `now`.
    pub(crate) fn learn(&self, dated: SystemTime, now: SystemTime) {
        let seconds = |distance: Duration| i64::try_from(distance.as_secs()).unwrap_or(i64::MAX);
        let offset = match dated.duration_since(now) {
            Ok(ahead) => seconds(ahead),
            Err(behind) => -seconds(behind.duration()),
        };
        self.0.store(offset, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_both_ways() {
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(43_200);
        let hour = Duration::from_secs(3_600);
        let skew = Skew::default();
        assert_eq!(skew.correct(noon), noon);
        skew.learn(noon + hour, noon);
        assert_eq!(skew.correct(noon), noon + hour);
        skew.learn(noon - hour, noon);
        assert_eq!(skew.correct(noon), noon - hour);
        skew.learn(noon, noon);
        assert_eq!(skew.correct(noon), noon);
    }
}
