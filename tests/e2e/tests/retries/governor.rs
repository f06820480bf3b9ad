//! The rate governor: calls wait for their turn.

use std::time::Duration;

use alicloud::dts::v20200101::Client;
use alicloud::test_util::ScriptedTransport;
use alicloud::{ErrorKind, RateGovernor, Request as _};

use crate::{GOOD, clock, config, write};

#[tokio::test]
async fn the_governor_spreads_calls_and_learns_from_throttling() {
    let clock = clock();
    let transport = (0..4).fold(ScriptedTransport::new(), |script, _| {
        script.answer(200, GOOD)
    });
    let governor = RateGovernor::adaptive().limit("StartDtsJob", 2.0);
    let config = config(&transport, &clock)
        .rate_governor(governor)
        .build()
        .unwrap();
    for _ in 0..3 {
        write(&Client::new(&config)).send().await.unwrap();
    }
    assert_eq!(clock.sleeps(), [Duration::from_millis(500); 2]);
    // A turn beyond the deadline is not waited for, and nothing is sent.
    let error = write(&Client::new(&config))
        .with_timeout(Duration::from_millis(100))
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::NotSent, 0));
    assert_eq!(transport.left(), 1);
}
