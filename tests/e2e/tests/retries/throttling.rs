//! Throttling, however it is told: it was refused before it ran, so even a write is repeated.

use alicloud::ErrorKind;
use alicloud::test_util::ScriptedTransport;

use crate::{GOOD, answer, client, clock, write};

#[tokio::test]
async fn status_header_and_code_say_so() {
    let coded = |code: &str| -> &'static str {
        Box::leak(format!(r#"{{"Code":"{code}","Message":"m","RequestId":"r"}}"#).into_boxed_str())
    };
    for (status, headers, body) in [
        (429, vec![], "<html>slow down</html>"),
        (429, vec![], ""),
        (503, vec![("x-acs-retry-after", "12")], "busy"),
        (500, vec![("x-acs-retry-after", "0.5")], ""),
        (400, vec![("x-acs-retry-after", " 7 ")], coded("Busy")),
        (400, vec![], coded("Throttling")),
        (400, vec![], coded("Throttling.Api")),
        (400, vec![], coded("ThrottlingException")),
        (403, vec![], coded("Rejected.Throttling")),
        (400, vec![], coded("Request.Throttling.User")),
        (
            200,
            vec![],
            r#"{"Success":false,"ErrCode":"Rejected.Throttling"}"#,
        ),
    ] {
        let transport = ScriptedTransport::new()
            .respond(answer(status, &headers, body))
            .answer(200, GOOD);
        let sent = write(&client(&transport, &clock())).send().await;
        assert_eq!(sent.unwrap().attempts(), 2, "{status} {headers:?} {body}");
    }
    for (status, headers, body) in [
        (503, vec![("x-acs-retry-after", "0")], "busy"),
        (503, vec![("x-acs-retry-after", "soon")], "busy"),
        (503, vec![("x-acs-retry-after", "-5")], "busy"),
        (503, vec![("retry-after", "5")], "busy"),
        (400, vec![], coded("NoThrottling")),
        (400, vec![], coded("InvalidThrottling.Value")),
        (200, vec![], r#"{"Success":false,"ErrCode":"Busy"}"#),
    ] {
        let transport = ScriptedTransport::new().respond(answer(status, &headers, body));
        let sent = write(&client(&transport, &clock())).send().await;
        let error = sent.unwrap_err();
        assert!(!error.is_throttling(), "{status} {headers:?} {body}");
        assert_eq!(error.attempts(), 1);
    }
    // A good response may carry the header: it is no refusal.
    let transport =
        ScriptedTransport::new().respond(answer(200, &[("x-acs-retry-after", "9")], GOOD));
    assert!(write(&client(&transport, &clock())).send().await.is_ok());
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_is_not_begun() {
    for hint in ["999999", "99999999999999999999999999"] {
        let transport =
            ScriptedTransport::new().respond(answer(503, &[("x-acs-retry-after", hint)], ""));
        let clock = clock();
        let error = write(&client(&transport, &clock)).send().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Service, 1));
        assert!(error.is_throttling() && clock.sleeps().is_empty());
    }
}
