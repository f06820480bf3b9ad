//! The admin path, as a test in another language uses it.

use alicloud_gateway::Gateway;
use serde_json::{Value, json};

use crate::support::{Reply, START, Signer, Wire, refusal};

async fn admin(gateway: &Gateway, method: &str, path: &str, body: &Value) -> Reply {
    let mut wire = Wire::new(method, &format!("/__gateway/{path}"), body.to_string());
    wire.header("host", "127.0.0.1");
    wire.header("content-type", "application/json");
    wire.send(gateway).await
}

async fn start(gateway: &Gateway) -> Reply {
    let wire = Signer::default().v3("POST", START, &[], &[]);
    wire.send(gateway).await
}

#[tokio::test]
async fn faults_come_over_the_admin_path() {
    let gateway = Gateway::builder().start().await.unwrap();
    let faults = json!([
        {"operation": "StartDtsJob", "fault": "throttling", "x_acs_retry_after": 250, "times": 2},
        {"fault": "service_unavailable", "times": "always"},
    ]);
    let reply = admin(&gateway, "POST", "faults", &faults).await;
    assert_eq!((reply.status, &reply.json()["injected"]), (200, &json!(2)));
    assert!(reply.header("date").ends_with(" GMT"));
    for wanted in [400, 400, 503, 503] {
        assert_eq!(start(&gateway).await.status, wanted);
    }
    admin(&gateway, "DELETE", "faults", &Value::Null).await;
    assert_eq!(start(&gateway).await.status, 200);
    let counts = admin(&gateway, "GET", "counts", &Value::Null).await.json();
    let wanted = json!({"StartDtsJob": {"received": 5, "executed": 1}});
    assert_eq!(counts["operations"], wanted);
    assert_eq!(counts["connections"], 8);
    // What goes on here is nobody else's business.
    assert_eq!(gateway.requests().len(), 5);
}

#[tokio::test]
async fn clocks_jobs_lists_and_keys_can_be_meddled_with() {
    let gateway = Gateway::builder().jobs(true).start().await.unwrap();
    let set = async |path: &str, body: Value| admin(&gateway, "POST", path, &body).await;
    let reply = set("clock", json!({"offset_seconds": -7200})).await;
    assert_eq!(reply.status, 200);
    let reply = start(&gateway).await;
    assert_eq!(reply.error(), refusal(400, "InvalidTimeStamp.Expired"));
    set("clock", json!({"offset_seconds": 0})).await;
    let items = json!([{"Id": 1}, {"Id": 2}]);
    let list = json!({"operation": "ListProjects", "items": items});
    assert_eq!(set("lists", list).await.status, 200);
    let projects = ("ListProjects", "2024-05-18");
    let wire = Signer::default().v3("POST", projects, &[], &[]);
    let answer = wire.send(&gateway).await.json();
    assert_eq!(answer["PagingInfo"]["Projects"], items);
    let own = [("Region", "cn-hangzhou"), ("MigrationJobClass", "small")];
    let create = ("CreateMigrationJob", "2020-01-01");
    let wire = Signer::default().v3("POST", create, &own, &[]);
    let job = wire.send(&gateway).await.json()["MigrationJobId"].clone();
    assert_eq!(
        set("failed-prechecks", json!({"job": job})).await.status,
        200
    );
    assert_eq!(set("expired-keys", json!({})).await.status, 200);
}

#[tokio::test]
async fn what_is_wrong_is_said() {
    let gateway = Gateway::builder().start().await.unwrap();
    let wrong = refusal(400, "InvalidAdminRequest");
    for (path, body) in [
        ("faults", json!({"fault": "no_such_fault"})),
        ("clock", json!([])),
        ("failed-prechecks", json!({"job": "nobody"})),
        ("lists", json!({"operation": "StartDtsJob", "items": []})),
        ("lists", json!([1])),
    ] {
        let reply = admin(&gateway, "POST", path, &body).await;
        assert_eq!(reply.error(), wrong, "{path}");
    }
    let reply = admin(&gateway, "POST", "nothing", &json!({})).await;
    assert_eq!(reply.error(), refusal(404, "InvalidAdminPath"));
    // A page in a browser can send this without asking.
    let mut wire = Wire::new("POST", "/__gateway/faults", r#"{"fault":"xml"}"#);
    wire.header("content-type", "text/plain");
    assert_eq!(wire.send(&gateway).await.error(), wrong);
    assert_eq!(start(&gateway).await.status, 200);
}
