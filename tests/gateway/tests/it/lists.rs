//! Lists in parts, by page and by token.

use alicloud_gateway::{Gateway, ListError};
use serde_json::{Value, json};

use crate::support::{Pairs, Signer, gateway, refusal};

const PROJECTS: (&str, &str) = ("ListProjects", "2024-05-18");
const ENTITIES: (&str, &str) = ("ListEntitiesByTags", "2020-05-18");
const TAGS: (&str, &str) = ("ListTagResources", "2020-01-01");

async fn call(gateway: &Gateway, action: (&str, &str), own: Pairs<'_>) -> Value {
    let wire = Signer::default().v3("POST", action, &[], own);
    let reply = wire.send(gateway).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    reply.json()
}

fn projects(count: usize) -> Vec<Value> {
    let numbers = 1..=count;
    numbers
        .map(|number| json!({"Id": number, "Name": format!("p{number}"), "Unheard": true}))
        .collect()
}

fn ids(items: &Value) -> Vec<u64> {
    let items = items.as_array().unwrap().iter();
    items.map(|item| item["Id"].as_u64().unwrap()).collect()
}

#[tokio::test]
async fn pages_are_numbered_and_the_last_one_is_short() {
    let gateway = gateway().await;
    gateway.serve_list("ListProjects", projects(25)).unwrap();
    let first = call(&gateway, PROJECTS, &[]).await;
    let paging = &first["PagingInfo"];
    assert_eq!(ids(&paging["Projects"]), (1..=10).collect::<Vec<_>>());
    let told = ["PageNumber", "PageSize", "TotalCount"].map(|name| paging[name].as_u64());
    assert_eq!(told, [Some(1), Some(10), Some(25)]);
    // What was laid down goes out as it is.
    assert_eq!(paging["Projects"][0]["Unheard"], true);
    assert!(first["RequestId"].is_string());
    for (number, size, wanted) in [
        ("2", "12", (13..=24).collect::<Vec<_>>()),
        ("3", "12", vec![25]),
        ("4", "12", vec![]),
        ("0", "2", vec![1, 2]),
        ("2147483647", "2", vec![]),
    ] {
        let own = [("PageNumber", number), ("PageSize", size)];
        let page = call(&gateway, PROJECTS, &own).await;
        assert_eq!(ids(&page["PagingInfo"]["Projects"]), wanted, "{number}");
        assert_eq!(page["PagingInfo"]["TotalCount"], 25);
    }
}

#[tokio::test]
async fn tokens_lead_from_part_to_part() {
    let gateway = gateway().await;
    let tag = |number: usize| json!({"ResourceId": format!("dts{number}")});
    let tags: Vec<_> = (0..23).map(tag).collect();
    gateway
        .serve_list("ListTagResources", tags.clone())
        .unwrap();
    let (mut token, mut seen, mut parts) = (String::new(), Vec::new(), 0);
    loop {
        let own = [
            ("RegionId", "cn-hangzhou"),
            ("ResourceType", "ALIYUN::DTS::INSTANCE"),
            ("NextToken", token.as_str()),
        ];
        let part = call(&gateway, TAGS, &own).await;
        seen.extend(
            part["TagResources"]["TagResource"]
                .as_array()
                .unwrap()
                .clone(),
        );
        parts += 1;
        match part["NextToken"].as_str() {
            Some(next) => token = next.to_owned(),
            None => break,
        }
    }
    assert_eq!((seen, parts), (tags, 3));
    let own = [
        ("RegionId", "cn-hangzhou"),
        ("ResourceType", "r"),
        ("NextToken", "7"),
    ];
    let wire = Signer::default().v3("POST", TAGS, &own, &[]);
    let reply = wire.send(&gateway).await;
    assert_eq!(reply.error(), refusal(400, "InvalidParameter"));
}

#[tokio::test]
async fn a_documented_first_token_is_the_first_part() {
    let gateway = gateway().await;
    gateway
        .serve_list("ListEntitiesByTags", projects(3))
        .unwrap();
    let own = |token| {
        [
            ("EntityType", "maxcompute-table"),
            ("Tags", "[]"),
            ("PageSize", "2"),
            ("NextToken", token),
        ]
    };
    let first = call(&gateway, ENTITIES, &own("0")).await;
    assert_eq!(ids(&first["Data"]["EntityList"]), [1, 2]);
    let next = first["Data"]["NextToken"].as_str().unwrap();
    let second = call(&gateway, ENTITIES, &own(next)).await;
    assert_eq!(ids(&second["Data"]["EntityList"]), [3]);
    assert!(second["Data"].get("NextToken").is_none());
}

#[tokio::test]
async fn a_list_can_come_in_xml() {
    let gateway = gateway().await;
    let tags = vec![json!({"ResourceId": "dts1"})];
    gateway.serve_list("ListTagResources", tags).unwrap();
    let own = [
        ("Format", "XML"),
        ("RegionId", "cn-hangzhou"),
        ("ResourceType", "ALIYUN::DTS::INSTANCE"),
    ];
    let reply = Signer::default().v1("GET", TAGS, &own).send(&gateway).await;
    let wanted =
        "<TagResources><TagResource><ResourceId>dts1</ResourceId></TagResource></TagResources>";
    assert!(reply.body.contains(wanted), "{}", reply.body);
}

#[tokio::test]
async fn what_does_not_come_in_parts_is_no_list() {
    let gateway = gateway().await;
    let refused = |operation: &str| gateway.serve_list(operation, Vec::new()).unwrap_err();
    let name = || "StartDtsJob".to_owned();
    assert_eq!(refused("StartDtsJob"), ListError::NotPaged(name()));
    assert_eq!(refused("Nothing"), ListError::Unknown("Nothing".to_owned()));
}
