//! What answers look like: the examples of the specs, and the error documents of the service.

use crate::support::{Pairs, START, Signer, gateway};

const SYNC: (&str, &str) = ("StartSynchronizationJob", "2020-01-01");
const JOB: &[(&str, &str)] = &[("SynchronizationJobId", "dts1")];

fn is_request_id(text: &str) -> bool {
    let lengths: Vec<_> = text.split('-').map(str::len).collect();
    let digits = text
        .chars()
        .all(|c| matches!(c, '0'..='9' | 'A'..='F' | '-'));
    digits && lengths == [8, 4, 4, 4, 12]
}

#[tokio::test]
async fn json_is_the_example_with_a_request_id_of_its_own() {
    let gateway = gateway().await;
    let first = Signer::default()
        .v3("POST", SYNC, JOB, &[])
        .send(&gateway)
        .await;
    let second = Signer::default().v1("POST", SYNC, JOB).send(&gateway).await;
    for reply in [&first, &second] {
        assert_eq!(
            reply.header("content-type"),
            "application/json;charset=utf-8"
        );
        // The document says string; the service sends a boolean, and so does the example.
        assert_eq!(reply.json()["Success"], true);
        assert!(is_request_id(reply.header("x-acs-request-id")));
        assert_eq!(reply.json()["RequestId"], reply.header("x-acs-request-id"));
    }
    assert_ne!(first.json()["RequestId"], second.json()["RequestId"]);
}

#[tokio::test]
async fn xml_is_for_those_who_ask_with_v1() {
    let gateway = gateway().await;
    for format in ["XML", "xml"] {
        let own = [&[("Format", format)], JOB].concat();
        let reply = Signer::default().v1("GET", SYNC, &own).send(&gateway).await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, "text/xml;charset=utf-8")
        );
        // The example misspells its root, as the service does.
        assert!(
            reply.body.starts_with("<StartSynchronizationJobresponse>"),
            "{}",
            reply.body
        );
        let id = format!(
            "<RequestId>{}</RequestId>",
            reply.header("x-acs-request-id")
        );
        assert!(reply.body.contains(&id), "{}", reply.body);
    }
    let own = [&[("Format", "XML")], JOB].concat();
    let reply = Signer::default()
        .v3("POST", SYNC, &own, &[])
        .send(&gateway)
        .await;
    assert_eq!(
        reply.header("content-type"),
        "application/json;charset=utf-8"
    );
}

#[tokio::test]
async fn errors_are_documents_in_json() {
    let gateway = gateway().await;
    let reply = Signer::default()
        .v3("POST", SYNC, &[], &[])
        .send(&gateway)
        .await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (400, "application/json;charset=utf-8")
    );
    let document = reply.json();
    let names: Vec<_> = document.as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        names,
        ["RequestId", "HostId", "Code", "Message", "Recommend"]
    );
    assert_eq!(document["HostId"], "dts.aliyuncs.com");
    assert_eq!(document["RequestId"], reply.header("x-acs-request-id"));
    assert!(
        document["Recommend"]
            .as_str()
            .unwrap()
            .contains("q=MissingParameter")
    );
}

#[tokio::test]
async fn errors_are_documents_in_xml_for_those_who_ask() {
    let gateway = gateway().await;
    for (action, status, code) in [
        (SYNC, 400, "MissingParameter"),
        (("Nothing", "2020-01-01"), 404, "InvalidAction.NotFound"),
    ] {
        let reply = Signer::default()
            .v1("GET", action, &[("Format", "Xml")])
            .send(&gateway)
            .await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (status, "text/xml;charset=utf-8")
        );
        let head = format!(
            "<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>{}</RequestId><HostId>dts.aliyuncs.com</HostId>\
             <Code>{code}</Code><Message>",
            reply.header("x-acs-request-id")
        );
        assert!(reply.body.starts_with(&head), "{}", reply.body);
        assert!(
            reply.body.ends_with("</Recommend></Error>"),
            "{}",
            reply.body
        );
    }
}

#[tokio::test]
async fn every_operation_answers_its_example_request() {
    let gateway = gateway().await;
    let requests: [(&str, &str, Pairs<'_>); 5] = [
        ("StartSynchronizationJob", "2020-01-01", JOB),
        ("StartDtsJob", "2020-01-01", &[]),
        ("StartDtsJobs", "2020-01-01", &[("DtsJobIds", "a,b")]),
        (
            "ConfigureSynchronizationJob",
            "2020-01-01",
            &[
                ("SynchronizationJobId", "a"),
                ("SynchronizationObjects", "[]"),
                ("DataInitialization", "true"),
                ("StructureInitialization", "true"),
            ],
        ),
        (
            "StartDISyncInstance",
            "2020-05-18",
            &[
                ("ProjectId", "1"),
                ("TaskType", "DI_REALTIME"),
                ("FileId", "1"),
            ],
        ),
    ];
    for (operation, version, own) in requests {
        let json = Signer::default()
            .v3("POST", (operation, version), own, &[])
            .send(&gateway)
            .await;
        assert_eq!(json.json()["Success"], true, "{json:?}");
        let own = [own, &[("Format", "XML")]].concat();
        let xml = Signer::default()
            .v1("POST", (operation, version), &own)
            .send(&gateway)
            .await;
        assert!(xml.body.contains("<Success>true</Success>"), "{xml:?}");
    }
    let served: Vec<_> = gateway
        .operations()
        .into_iter()
        .map(|(_, _, name)| name)
        .collect();
    assert!(
        requests
            .iter()
            .all(|(name, _, _)| served.iter().any(|served| served == name))
    );
    assert_eq!(
        Signer::default()
            .v3("POST", START, &[], &[])
            .send(&gateway)
            .await
            .status,
        200
    );
}
