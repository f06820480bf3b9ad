//! Jobs that are kept: from their creation to their end, in the shapes of every family of operations.

use alicloud_gateway::Gateway;
use serde_json::{Value, json};

use crate::support::{Pairs, Signer, refusal};

async fn kept() -> Gateway {
    Gateway::builder().jobs(true).start().await.unwrap()
}

/// Calls an operation of the product; parameters travel as a form.
async fn call(gateway: &Gateway, operation: &str, own: Pairs<'_>) -> Value {
    let wire = Signer::default().v3("POST", (operation, "2020-01-01"), &[], own);
    let reply = wire.send(gateway).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

/// Calls an operation that must do what it is asked to. Some say so in text.
async fn done(gateway: &Gateway, operation: &str, own: Pairs<'_>) -> Value {
    let answer = call(gateway, operation, own).await;
    let success = &answer["Success"];
    assert!(
        success == true || success == "true",
        "{operation}: {answer}"
    );
    answer
}

/// The code and message of a call that must fail, and what fills the message.
async fn failed(gateway: &Gateway, operation: &str, own: Pairs<'_>) -> [String; 3] {
    let answer = call(gateway, operation, own).await;
    let success = &answer["Success"];
    assert!(
        success == false || success == "false",
        "{operation}: {answer}"
    );
    ["ErrCode", "ErrMessage", "DynamicMessage"]
        .map(|name| answer[name].as_str().unwrap_or_default().to_owned())
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

async fn synchronization(gateway: &Gateway) -> String {
    let own = [
        ("SourceRegion", "cn-hangzhou"),
        ("DestRegion", "cn-beijing"),
        ("SynchronizationJobClass", "small"),
        ("PayType", "PostPaid"),
    ];
    let created = done(gateway, "CreateSynchronizationJob", &own).await;
    text(&created["SynchronizationJobId"])
}

async fn migration(gateway: &Gateway) -> String {
    let own = [("Region", "cn-hangzhou"), ("MigrationJobClass", "2xlarge")];
    let created = done(gateway, "CreateMigrationJob", &own).await;
    text(&created["MigrationJobId"])
}

async fn configure_synchronization(gateway: &Gateway, id: &str) -> Value {
    let own = [
        ("SynchronizationJobId", id),
        ("SynchronizationJobName", "mine"),
        ("SynchronizationObjects", r#"[{"DBName":"a"}]"#),
        ("StructureInitialization", "true"),
        ("DataInitialization", "true"),
        ("SourceEndpoint.InstanceType", "ECS"),
        ("SourceEndpoint.IP", "192.0.2.1"),
        ("SourceEndpoint.Password", "planted-password"),
    ];
    call(gateway, "ConfigureSynchronizationJob", &own).await
}

/// The states a synchronization job shows one after another.
async fn statuses(gateway: &Gateway, id: &str, count: usize) -> Vec<String> {
    let mut statuses = Vec::new();
    for _ in 0..count {
        let own = [("SynchronizationJobId", id)];
        let answer = done(gateway, "DescribeSynchronizationJobStatus", &own).await;
        statuses.push(text(&answer["Status"]));
    }
    statuses
}

#[tokio::test]
async fn a_synchronization_job_goes_its_way() {
    let gateway = kept().await;
    let id = synchronization(&gateway).await;
    let own = [("SynchronizationJobId", id.as_str())];
    assert_eq!(statuses(&gateway, &id, 2).await, ["NotConfigured"; 2]);
    // Success is documented as text, and sent as what it is.
    assert_eq!(
        configure_synchronization(&gateway, &id).await["Success"],
        true
    );
    let seen = statuses(&gateway, &id, 6).await;
    assert_eq!(seen[..5], ["Prechecking"; 5]);
    assert_eq!(seen[5], "PreCheckPass");
    done(&gateway, "StartSynchronizationJob", &own).await;
    let seen = statuses(&gateway, &id, 4).await;
    assert_eq!(seen[..3], ["Initializing"; 3]);
    assert_eq!(seen[3], "Synchronizing");
    done(&gateway, "SuspendSynchronizationJob", &own).await;
    assert_eq!(statuses(&gateway, &id, 1).await, ["Suspending"]);
    done(&gateway, "StartSynchronizationJob", &own).await;
    assert_eq!(statuses(&gateway, &id, 1).await, ["Synchronizing"]);
    done(&gateway, "SuspendSynchronizationJob", &own).await;
    done(&gateway, "ResetSynchronizationJob", &own).await;
    assert_eq!(statuses(&gateway, &id, 1).await, ["NotConfigured"]);
    done(&gateway, "DeleteSynchronizationJob", &own).await;
    let gone = failed(&gateway, "DescribeSynchronizationJobStatus", &own).await;
    assert_eq!(gone[0], "InvalidJobId");
}

#[tokio::test]
async fn a_status_tells_what_the_job_was_told_and_no_secret() {
    let gateway = kept().await;
    let id = synchronization(&gateway).await;
    configure_synchronization(&gateway, &id).await;
    let own = [("SynchronizationJobId", id.as_str())];
    let answer = done(&gateway, "DescribeSynchronizationJobStatus", &own).await;
    assert_eq!(answer["SynchronizationJobId"], id);
    assert_eq!(answer["SynchronizationJobName"], "mine");
    assert_eq!(answer["SynchronizationJobClass"], "small");
    assert_eq!(answer["DataInitialization"], "true");
    assert_eq!(
        answer["SourceEndpoint"],
        json!({"InstanceType": "ECS", "IP": "192.0.2.1"})
    );
    let precheck = &answer["PrecheckStatus"];
    assert_eq!(
        (precheck["Status"].as_str(), precheck["Percent"].as_str()),
        (Some("Checking"), Some("0"))
    );
    assert_eq!(precheck["Detail"].as_array().unwrap().len(), 5);
    let printed = format!("{answer} {gateway:?}");
    assert!(!printed.contains("planted"), "{printed}");
}

#[tokio::test]
async fn a_precheck_is_told_item_by_item() {
    let gateway = kept().await;
    let id = synchronization(&gateway).await;
    configure_synchronization(&gateway, &id).await;
    let own = [("DtsJobId", id.as_str()), ("JobCode", "01")];
    for through in 0..=5_usize {
        let answer = done(&gateway, "DescribePreCheckStatus", &own).await;
        let items = answer["JobProgress"].as_array().unwrap();
        let states: Vec<_> = items.iter().map(|item| text(&item["State"])).collect();
        let wanted = (0..5).map(|at| match at {
            at if at < through => "Success",
            at if at == through => "Checking",
            _ => "NotStarted",
        });
        assert_eq!(states, wanted.collect::<Vec<_>>());
        let state = if through == 5 { "Finished" } else { "Checking" };
        assert_eq!(
            (&answer["State"], &answer["Code"], &answer["Total"]),
            (&json!(state), &json!("01"), &json!(5))
        );
    }
    let own = [&own[..], &[("PageNo", "2"), ("PageSize", "3")]].concat();
    let second = done(&gateway, "DescribePreCheckStatus", &own).await;
    assert_eq!(second["JobProgress"].as_array().unwrap().len(), 2);
    assert_eq!(second["JobProgress"][0]["OrderNum"], 4);
}

#[tokio::test]
async fn a_precheck_can_fail_once() {
    let gateway = kept().await;
    let id = synchronization(&gateway).await;
    configure_synchronization(&gateway, &id).await;
    assert!(gateway.fail_precheck(&id));
    assert!(!gateway.fail_precheck("nobody"));
    assert_eq!(statuses(&gateway, &id, 6).await[5], "PrecheckFailed");
    let own = [("DtsJobId", id.as_str()), ("JobCode", "01")];
    let answer = done(&gateway, "DescribePreCheckStatus", &own).await;
    let items = answer["JobProgress"].as_array().unwrap();
    assert_eq!(
        (&answer["State"], &answer["ErrorItem"]),
        (&json!("Failed"), &json!(1))
    );
    assert_eq!(items[3]["State"], "Success");
    assert_eq!(
        (&items[4]["State"], &items[4]["RepairMethod"]),
        (&json!("Failed"), &json!("CHECK_SAME_OBJ_REPAIR"))
    );
    let start = [("SynchronizationJobId", id.as_str())];
    let refused = failed(&gateway, "StartSynchronizationJob", &start).await;
    assert_eq!(refused[0], "OperationDenied.JobStatus");
    configure_synchronization(&gateway, &id).await;
    assert_eq!(statuses(&gateway, &id, 6).await[5], "PreCheckPass");
}

#[tokio::test]
async fn a_migration_comes_to_an_end_unless_it_follows_the_source() {
    let gateway = kept().await;
    for (follows, last) in [("false", "Finished"), ("true", "Migrating")] {
        let id = migration(&gateway).await;
        let own = [
            ("MigrationJobId", id.as_str()),
            ("MigrationJobName", "mine"),
            ("SourceEndpoint.InstanceType", "RDS"),
            ("DestinationEndpoint.InstanceType", "RDS"),
            ("MigrationObject", "[]"),
            ("MigrationMode.StructureIntialization", "true"),
            ("MigrationMode.DataIntialization", "true"),
            ("MigrationMode.DataSynchronization", follows),
        ];
        done(&gateway, "ConfigureMigrationJob", &own).await;
        let own = [("MigrationJobId", id.as_str())];
        let mut seen = Vec::new();
        for at in 0..10 {
            if at == 6 {
                done(&gateway, "StartMigrationJob", &own).await;
            }
            let answer = done(&gateway, "DescribeMigrationJobStatus", &own).await;
            seen.push(text(&answer["MigrationJobStatus"]));
        }
        let mut wanted = vec!["Prechecking"; 5];
        wanted.extend(["PreCheckPass", "Migrating", "Migrating", "Migrating", last]);
        assert_eq!(seen, wanted);
        // An object around the list is how this family has it.
        let answer = done(&gateway, "DescribeMigrationJobStatus", &own).await;
        let items = &answer["PrecheckStatus"]["Detail"]["CheckItem"];
        assert_eq!(items[0]["CheckStatus"], "Success");
        assert_eq!(answer["MigrationMode"]["dataInitialization"], true);
    }
}

#[tokio::test]
async fn a_job_of_its_own_needs_an_instance_to_start() {
    let gateway = kept().await;
    let own = [
        ("DtsJobName", "mine"),
        ("JobType", "SYNC"),
        ("SourceEndpointInstanceType", "RDS"),
        ("DestinationEndpointInstanceType", "RDS"),
        ("StructureInitialization", "true"),
        ("DataInitialization", "true"),
        ("DataSynchronization", "true"),
        ("DbList", "{}"),
    ];
    let configured = done(&gateway, "ConfigureDtsJob", &own).await;
    let id = text(&configured["DtsJobId"]);
    assert!(configured.get("DtsInstanceId").is_none(), "{configured}");
    let job = [("DtsJobId", id.as_str())];
    for _ in 0..5 {
        done(&gateway, "DescribeDtsJobDetail", &job).await;
    }
    let start = Signer::default().v3("POST", ("StartDtsJob", "2020-01-01"), &job, &[]);
    let reply = start.send(&gateway).await;
    assert_eq!(reply.error(), refusal(403, "OperationDenied.NotPurchased"));
    let own = [("JobId", id.as_str()), ("PayType", "PostPaid")];
    let bought = done(&gateway, "CreateDtsInstance", &own).await;
    assert_eq!(bought["JobId"], id);
    let instance = text(&bought["InstanceId"]);
    let by_instance = [("DtsInstanceId", instance.as_str())];
    done(&gateway, "StartDtsJob", &by_instance).await;
    let detail = done(&gateway, "DescribeDtsJobDetail", &job).await;
    assert_eq!(
        (&detail["Status"], &detail["DtsInstanceID"]),
        (&json!("Initializing"), &json!(instance))
    );
    done(&gateway, "StopDtsJob", &job).await;
    done(&gateway, "DeleteDtsJob", &job).await;
    assert_eq!(
        failed(&gateway, "StopDtsJob", &job).await[0],
        "InvalidJobId"
    );
}

#[tokio::test]
async fn what_is_not_allowed_fails_inside_a_good_answer() {
    let gateway = kept().await;
    let id = synchronization(&gateway).await;
    let job = [("DtsJobId", id.as_str())];
    let refused = failed(&gateway, "StartDtsJob", &job).await;
    assert_eq!(refused[0], "OperationDenied.JobStatus");
    assert!(refused[1].contains("%s"), "{refused:?}");
    assert_eq!(refused[2], "NotConfigured");
    // This one has no field that fills the message, so it comes whole.
    let own = [("SynchronizationJobId", id.as_str())];
    let refused = failed(&gateway, "StartSynchronizationJob", &own).await;
    assert!(refused[1].contains("NotConfigured"), "{refused:?}");
    assert_eq!(refused[2], "");
    let unknown = failed(&gateway, "StartDtsJob", &[("DtsJobId", "nobody")]).await;
    assert_eq!(
        (unknown[0].as_str(), unknown[2].as_str()),
        ("InvalidJobId", "nobody")
    );
    let nothing = failed(&gateway, "StartDtsJob", &[]).await;
    assert_eq!(
        (nothing[0].as_str(), nothing[2].as_str()),
        ("InvalidParameter", "DtsJobId")
    );
    // A job of the other kind is no job to this family.
    let own = [("MigrationJobId", id.as_str())];
    assert_eq!(
        failed(&gateway, "StartMigrationJob", &own).await[0],
        "InvalidJobId"
    );
    assert_eq!(gateway.counts("StartDtsJob").executed, 0);
    assert_eq!(gateway.counts("StartDtsJob").received, 3);
}

#[tokio::test]
async fn several_jobs_are_moved_together_or_not_at_all() {
    let gateway = kept().await;
    let (one, two) = (
        synchronization(&gateway).await,
        synchronization(&gateway).await,
    );
    configure_synchronization(&gateway, &one).await;
    statuses(&gateway, &one, 5).await;
    let both = format!("{one},{two}");
    let own = [("DtsJobIds", both.as_str())];
    let refused = failed(&gateway, "StartDtsJobs", &own).await;
    assert_eq!(refused[2], "NotConfigured");
    assert_eq!(statuses(&gateway, &one, 1).await, ["PreCheckPass"]);
    configure_synchronization(&gateway, &two).await;
    statuses(&gateway, &two, 5).await;
    done(&gateway, "StartDtsJobs", &own).await;
    done(&gateway, "SuspendDtsJobs", &own).await;
    done(&gateway, "StopDtsJobs", &own).await;
    assert_eq!(statuses(&gateway, &two, 1).await, ["Finished"]);
    done(&gateway, "DeleteDtsJobs", &own).await;
    let list = call(&gateway, "DescribeSynchronizationJobs", &[]).await;
    assert_eq!(list["TotalRecordCount"], 0);
}

#[tokio::test]
async fn jobs_are_listed_page_by_page() {
    let gateway = kept().await;
    let mut ids = Vec::new();
    for _ in 0..7 {
        ids.push(synchronization(&gateway).await);
    }
    migration(&gateway).await;
    let mut seen = Vec::new();
    for (page, held) in [("1", 3), ("2", 3), ("3", 1), ("4", 0)] {
        let own = [("JobType", "SYNC"), ("PageNumber", page), ("PageSize", "3")];
        let answer = done(&gateway, "DescribeDtsJobs", &own).await;
        assert_eq!(
            (&answer["TotalRecordCount"], &answer["PageRecordCount"]),
            (&json!(7), &json!(held))
        );
        assert_eq!(answer["PageNumber"].to_string(), page);
        let jobs = answer["DtsJobList"].as_array().unwrap();
        assert_eq!(jobs.len(), held);
        seen.extend(jobs.iter().map(|job| text(&job["DtsInstanceID"])));
    }
    assert_eq!(seen, ids);
    let own = [("PageNum", "2"), ("PageSize", "5")];
    let answer = call(&gateway, "DescribeSynchronizationJobs", &own).await;
    let jobs = answer["SynchronizationInstances"].as_array().unwrap();
    assert_eq!(text(&jobs[1]["SynchronizationJobId"]), ids[6]);
    // Migrations are what is listed when nothing is said.
    let answer = done(&gateway, "DescribeDtsJobs", &[]).await;
    assert_eq!(answer["TotalRecordCount"], 1);
    let answer = done(&gateway, "DescribeMigrationJobs", &[]).await;
    let jobs = &answer["MigrationJobs"]["MigrationJob"];
    assert_eq!(jobs[0]["MigrationJobStatus"], "NotConfigured");
    let own = [("JobType", "SYNC"), ("Status", "Synchronizing")];
    assert_eq!(
        done(&gateway, "DescribeDtsJobs", &own).await["TotalRecordCount"],
        0
    );
}

#[tokio::test]
async fn answers_come_in_xml_as_well() {
    let gateway = kept().await;
    let id = synchronization(&gateway).await;
    let own = [("Format", "XML"), ("SynchronizationJobId", id.as_str())];
    let action = ("DescribeSynchronizationJobStatus", "2020-01-01");
    let reply = Signer::default()
        .v1("GET", action, &own)
        .send(&gateway)
        .await;
    assert_eq!(
        (reply.status, reply.header("content-type")),
        (200, "text/xml;charset=utf-8")
    );
    let start = "<DescribeSynchronizationJobStatusResponse>";
    assert!(reply.body.starts_with(start), "{}", reply.body);
    assert!(reply.body.contains("<Status>NotConfigured</Status>"));
}

#[tokio::test]
async fn jobs_are_kept_only_when_asked_for() {
    let gateway = crate::support::gateway().await;
    done(&gateway, "StartDtsJob", &[("DtsJobId", "nobody")]).await;
    assert!(!gateway.fail_precheck("nobody"));
}
