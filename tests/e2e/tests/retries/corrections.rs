//! What the client can put right itself, and tries once: its clock, and credentials that no longer serve.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use alicloud::credentials::{Context, CredentialsFuture};
use alicloud::dts::v20200101::Client;
use alicloud::test_util::ScriptedTransport;
use alicloud::{Credentials, ProvideCredentials};

use crate::{GOOD, answer, client, clock, config, header, write};

#[tokio::test]
async fn a_clock_that_is_wrong_is_corrected_once() {
    let expired = r#"{"Code":"InvalidTimeStamp.Expired","Message":"expired","RequestId":"4"}"#;
    let dated = [("date", "Mon, 06 May 2024 09:08:09 GMT")];
    let clock = clock();
    let transport = ScriptedTransport::new()
        .respond(answer(400, &dated, expired))
        .answer(200, GOOD)
        .answer(200, GOOD);
    let client = client(&transport, &clock);
    let answered = write(&client).send().await.unwrap();
    assert_eq!(answered.attempts(), 2);
    write(&client).send().await.unwrap();
    let dates: Vec<_> = transport
        .requests()
        .iter()
        .map(|request| header(request, "x-acs-date").unwrap().to_owned())
        .collect();
    assert_eq!(
        dates,
        [
            "2024-05-06T07:08:09Z",
            "2024-05-06T09:08:09Z",
            "2024-05-06T09:08:09Z"
        ]
    );
    assert!(clock.sleeps().is_empty());

    let transport = ScriptedTransport::new()
        .respond(answer(400, &dated, expired))
        .respond(answer(400, &dated, expired))
        .answer(200, GOOD);
    let error = write(&crate::client(&transport, &clock)).send().await;
    assert_eq!(error.unwrap_err().attempts(), 2);
}

/// Gives `old` until it is told that it was refused.
#[derive(Debug, Default)]
struct Renewing {
    refused: AtomicUsize,
    told: Mutex<Vec<String>>,
}

impl ProvideCredentials for &'static Renewing {
    fn credentials<'a>(&'a self, _: &'a Context) -> CredentialsFuture<'a> {
        let id = if self.refused.load(Ordering::Relaxed) == 0 {
            "old"
        } else {
            "new"
        };
        Box::pin(std::future::ready(Ok(Credentials::new(id, "secret"))))
    }

    fn refused(&self, credentials: &Credentials) -> bool {
        self.told
            .lock()
            .unwrap()
            .push(credentials.access_key_id().to_owned());
        self.refused.fetch_add(1, Ordering::Relaxed) == 0
    }
}

#[tokio::test]
async fn refused_credentials_are_renewed_once() {
    for code in [
        "InvalidSecurityToken.Expired",
        "InvalidAccessKeyId.NotFound",
        "InvalidAccessKeyId",
    ] {
        let body = format!(r#"{{"Code":"{code}","Message":"m","RequestId":"5"}}"#);
        let provider: &'static Renewing = Box::leak(Box::default());
        let clock = clock();
        let transport = ScriptedTransport::new()
            .answer(403, body.clone())
            .answer(403, body)
            .answer(200, GOOD);
        let config = config(&transport, &clock)
            .credentials(provider)
            .build()
            .unwrap();
        let error = write(&Client::new(&config)).send().await.unwrap_err();
        assert_eq!(error.attempts(), 2, "{code}");
        assert_eq!(*provider.told.lock().unwrap(), ["old"]);
        let requests = transport.requests();
        assert!(
            header(&requests[0], "authorization")
                .unwrap()
                .contains("Credential=old,")
        );
        assert!(
            header(&requests[1], "authorization")
                .unwrap()
                .contains("Credential=new,")
        );
    }
    // Long-lived keys cannot be renewed.
    let clock = clock();
    let transport = ScriptedTransport::new()
        .answer(
            403,
            r#"{"Code":"InvalidSecurityToken.Expired","Message":"m"}"#,
        )
        .answer(200, GOOD);
    let error = write(&client(&transport, &clock)).send().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
}
