//! The error centre's list.

use serde_json::{Value, json};

use crate::support::{explorer, get};

#[tokio::test]
async fn a_code_is_found_in_every_product_with_meaning_and_advice() {
    let explorer = explorer().await;
    let list = get(&explorer.url(), "/assets/codes.js").await.body;
    let list = list
        .trim()
        .trim_start_matches("window.alicloudCodes = ")
        .trim_end_matches(';');
    let list: Vec<Value> = serde_json::from_str(list).unwrap();
    let code = |code: &str| list.iter().find(|entry| entry[0] == code).unwrap();
    let purchased = &code("OperationDenied.NotPurchased")[1][0];
    assert_eq!(purchased[0], "dts/2020-01-01");
    assert_eq!(purchased[2], json!([403]));
    assert!(
        purchased[3]
            .as_str()
            .is_some_and(|meaning| !meaning.is_empty())
    );
    assert_eq!(
        purchased[4],
        "The same call fails the same way; change it first."
    );
    let operations = purchased[6].as_array().unwrap();
    assert!(operations.contains(&json!("StartDtsJob")), "{operations:?}");

    let throttling = code("Throttling.User")[1].as_array().unwrap();
    assert!(throttling.len() > 1, "{throttling:?}");
    let ours = "the client takes it for throttling";
    let inferred = |place: &Value| {
        place[4]
            .as_str()
            .is_some_and(|advice| advice.contains(ours))
    };
    assert!(throttling.iter().any(inferred), "{throttling:?}");
    let later = "The same call may succeed after a while.";
    assert!(
        throttling.iter().any(|place| place[4] == later),
        "{throttling:?}"
    );
}
