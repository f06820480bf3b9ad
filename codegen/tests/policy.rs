//! RAM policies: just the actions asked for, under the code of `service.yaml`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::path::Path;

use alicloud_codegen::diagnostic::Diagnostics;
use alicloud_codegen::load::{Selection, load};
use alicloud_codegen::policy::{PolicyError, policy};
use alicloud_codegen::spec::Service;
use serde_json::{Value, json};

fn services() -> Vec<Service> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs");
    let mut diagnostics = Diagnostics::default();
    let loaded = load(
        &root,
        Path::new("api-specs"),
        &Selection::default(),
        &mut diagnostics,
    );
    assert!(diagnostics.is_empty());
    loaded.unwrap().services
}

fn of(wanted: &[&str]) -> Result<Value, PolicyError> {
    let wanted: Vec<String> = wanted.iter().map(|wanted| (*wanted).to_owned()).collect();
    policy(&services(), &wanted)
}

#[test]
fn allows_the_operations_named_and_no_others() {
    let wanted = [
        "dts:StartDtsJobs",
        "dataworks-public:StartDISyncInstance",
        "dts:StartDtsJob",
    ];
    assert_eq!(
        of(&wanted).unwrap(),
        json!({
            "Version": "1",
            "Statement": [
                {"Effect": "Allow", "Action": ["dataworks:StartDISyncInstance"], "Resource": "*"},
                {"Effect": "Allow", "Action": ["dts:StartDtsJob", "dts:StartDtsJobs"], "Resource": "*"},
            ],
        })
    );
}

#[test]
fn takes_a_product_by_folder_or_by_ram_code() {
    let by_code = of(&["dataworks"]).unwrap();
    assert_eq!(by_code, of(&["dataworks-public"]).unwrap());
    let actions = by_code["Statement"][0]["Action"].as_array().unwrap();
    // Both versions together; what both have is there once.
    assert!(actions.len() > 308, "{}", actions.len());
    assert!(actions.len() < 308 + 262, "{}", actions.len());
    assert!(
        actions
            .iter()
            .all(|action| action.as_str().unwrap().starts_with("dataworks:"))
    );
    let sts = of(&["sts"]).unwrap();
    assert_eq!(sts["Statement"][0]["Action"].as_array().unwrap().len(), 4);
}

#[test]
fn knows_everything_when_nothing_is_named() {
    let all = of(&[]).unwrap();
    assert_eq!(all["Statement"].as_array().unwrap().len(), 3);
}

#[test]
fn says_what_may_have_been_meant() {
    let error = of(&["dst:StartDtsJob"]).unwrap_err().to_string();
    assert_eq!(error, "no product \"dst\"; did you mean \"dts\"?");
    let error = of(&["dts:StratDtsJob"]).unwrap_err().to_string();
    assert_eq!(
        error,
        "no operation \"dts:StratDtsJob\"; did you mean \"StartDtsJob\"?"
    );
    let error = of(&["ecs"]).unwrap_err().to_string();
    assert_eq!(
        error,
        "no product \"ecs\" (there are: dataworks-public, dts, sts)"
    );
}

#[test]
fn needs_the_code_of_the_product() {
    let mut services = services();
    for service in &mut services {
        service.ram = None;
    }
    let error = policy(&services, &["dts:StartDtsJob".to_owned()]).unwrap_err();
    assert!(error.to_string().contains("write \"ram: CODE\""), "{error}");
}
