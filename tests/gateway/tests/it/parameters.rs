//! What is refused for its parameters, or for being no operation that is served.

use alicloud_gateway::Gateway;

use crate::support::{START, Signer, gateway, refusal};

#[tokio::test]
async fn missing_parameters_are_named() {
    let gateway = gateway().await;
    let jobs = ("StartDtsJobs", "2020-01-01");
    for reply in [
        Signer::default()
            .v3("POST", jobs, &[], &[])
            .send(&gateway)
            .await,
        Signer::default().v1("GET", jobs, &[]).send(&gateway).await,
    ] {
        assert_eq!(reply.error(), refusal(400, "MissingParameter"));
        assert!(
            reply.json()["Message"]
                .as_str()
                .unwrap()
                .contains("DtsJobIds")
        );
    }
}

#[tokio::test]
async fn what_only_a_document_demands_may_be_missing() {
    let gateway = gateway().await;
    let reply = Signer::default()
        .v3("POST", START, &[], &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

#[tokio::test]
async fn a_required_parameter_with_a_documented_default_may_be_missing() {
    let gateway = gateway().await;
    let configure = ("ConfigureSynchronizationJob", "2020-01-01");
    let given = [
        ("SynchronizationJobId", "dts1"),
        ("SynchronizationObjects", "[]"),
    ];
    let reply = Signer::default()
        .v3("POST", configure, &given, &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let reply = Signer::default()
        .v3("POST", configure, &given[..1], &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.error(), refusal(400, "MissingParameter"));
}

#[tokio::test]
async fn values_must_have_their_type() {
    let gateway = gateway().await;
    let sync = ("StartDISyncInstance", "2020-05-18");
    let with = |project: &'static str| {
        [
            ("ProjectId", project),
            ("TaskType", "NEW_TYPE"),
            ("FileId", "100"),
            ("StartParam", "not json"),
        ]
    };
    let reply = Signer::default()
        .v3("POST", sync, &with("ten"), &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.error(), refusal(400, "InvalidParameter"));
    assert!(
        reply.json()["Message"]
            .as_str()
            .unwrap()
            .contains("ProjectId")
    );
    // Neither the range nor the enum nor the JSON is the gateway's business.
    let reply = Signer::default()
        .v3("POST", sync, &with("-1"), &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
}

#[tokio::test]
async fn booleans_may_be_those_of_python() {
    let gateway = gateway().await;
    for (value, status) in [("true", 200), ("False", 200), ("TRUE", 400), ("1", 400)] {
        let reply = Signer::default()
            .v3("POST", START, &[("ZeroEtlJob", value)], &[])
            .send(&gateway)
            .await;
        assert_eq!(reply.status, status, "{value}");
    }
}

#[tokio::test]
async fn parameters_may_travel_in_either_place() {
    let gateway = gateway().await;
    let configure = ("ConfigureSynchronizationJob", "2020-01-01");
    let given = [
        ("DataInitialization", "true"),
        ("StructureInitialization", "False"),
        ("SynchronizationJobId", "dts1"),
        ("SynchronizationObjects", "[]"),
        ("PartitionKey.ModifyTime_Year", "true"),
        ("OwnerId", "unknown to the spec"),
    ];
    for (query, form) in [(&given[..], &[][..]), (&[], &given)] {
        let reply = Signer::default()
            .v3("POST", configure, query, form)
            .send(&gateway)
            .await;
        assert_eq!(reply.status, 200, "{reply:?}");
    }
    let nested = [&given[..4], &[("PartitionKey.ModifyTime_Year", "2024")]].concat();
    let reply = Signer::default()
        .v3("POST", configure, &nested, &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.error(), refusal(400, "InvalidParameter"));
}

#[tokio::test]
async fn unknown_operations_and_versions_are_not_found() {
    let gateway = gateway().await;
    for (action, code) in [
        (("DropEverything", "2020-01-01"), "InvalidAction.NotFound"),
        (("startdtsjob", "2020-01-01"), "InvalidAction.NotFound"),
        (("StartDtsJob", "2019-01-01"), "InvalidVersion"),
    ] {
        let reply = Signer::default()
            .v3("POST", action, &[], &[])
            .send(&gateway)
            .await;
        assert_eq!(reply.error(), refusal(404, code));
        let reply = Signer::default()
            .v1("GET", action, &[])
            .send(&gateway)
            .await;
        assert_eq!(reply.error(), refusal(404, code));
    }
}

#[tokio::test]
async fn checks_can_be_turned_off() {
    let gateway = Gateway::builder()
        .parameter_checks(false)
        .start()
        .await
        .unwrap();
    let jobs = ("StartDtsJobs", "2020-01-01");
    let reply = Signer::default()
        .v3("POST", jobs, &[("ZeroEtlJob", "maybe")], &[])
        .send(&gateway)
        .await;
    assert_eq!(reply.status, 200, "{reply:?}");
}
