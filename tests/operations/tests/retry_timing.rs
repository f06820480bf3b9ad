//! How long retries wait, for every policy: bounded, and growing with the attempts.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::Duration;

use alicloud::retry::Backoff;
use proptest::prelude::*;

fn milliseconds() -> impl Strategy<Value = Duration> {
    prop_oneof![
        0..10_000_u64,
        any::<u64>().prop_map(|many| many / 1_000_000)
    ]
    .prop_map(Duration::from_millis)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_pause_is_longer_than_the_cap_or_than_the_doubled_base(
        base in milliseconds(),
        cap in milliseconds(),
        failed in any::<u32>(),
        random in any::<f64>(),
    ) {
        let pause = Backoff::new(base, cap).pause(failed, random);
        prop_assert!(pause <= cap);
        let doublings = failed.saturating_sub(1).min(31);
        prop_assert!(pause <= base.saturating_mul(1 << doublings) || failed > 32);
    }

    #[test]
    fn without_jitter_pauses_never_shrink_and_reach_the_cap(base in milliseconds(), cap in milliseconds()) {
        let backoff = Backoff::new(base, cap).with_jitter(false);
        let pauses: Vec<_> = (1..80).map(|failed| backoff.pause(failed, 0.0)).collect();
        prop_assert!(pauses.is_sorted());
        prop_assert_eq!(pauses[0], base.min(cap));
        if base > Duration::from_millis(1) && cap < Duration::from_secs(3600) {
            prop_assert_eq!(pauses[pauses.len() - 1], cap);
        }
    }

    #[test]
    fn jitter_takes_a_part_that_grows_with_the_draw(
        base in milliseconds(),
        cap in milliseconds(),
        failed in 1..40_u32,
        one in 0.0..=1.0,
        other in 0.0..=1.0,
    ) {
        let backoff = Backoff::new(base, cap);
        let longest = backoff.with_jitter(false).pause(failed, 0.0);
        let (one, other): (f64, f64) = if one <= other { (one, other) } else { (other, one) };
        prop_assert!(backoff.pause(failed, one) <= backoff.pause(failed, other));
        prop_assert!(backoff.pause(failed, other) <= longest);
        prop_assert_eq!(backoff.pause(failed, 0.0), Duration::ZERO);
    }
}
