//! Real metadata: every product version there is a copy of imports, loads and checks, and its names can be settled.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::diagnostic::{Diagnostics, catalogue};
use alicloud_codegen::import::{Options, import, read};
use alicloud_codegen::lint::lint;
use alicloud_codegen::load::Loaded;
use alicloud_codegen::model::{FieldType, Model};
use alicloud_codegen::regenerate::{Failure, model};

/// The metadata beside the repository; none where there is no copy.
fn metadata() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/openmeta");
    let mut files = Vec::new();
    for product in fs::read_dir(root).into_iter().flatten().flatten() {
        for file in fs::read_dir(product.path()).into_iter().flatten().flatten() {
            files.push(file.path());
        }
    }
    files.sort();
    files
}

#[test]
fn imports_loads_checks_and_lowers() {
    let files = metadata();
    if files.is_empty() {
        println!("skipped: no metadata beside the repository");
        return;
    }
    let specs = tempfile::tempdir().unwrap();
    let options = Options {
        specs: specs.path().to_owned(),
        display: "specs".into(),
        ..Options::default()
    };
    let started = std::time::Instant::now();
    let sources = read(&files).unwrap();
    let first = import(&sources, &options).unwrap();
    println!("imported, loaded and checked in {:?}", started.elapsed());
    assert!(first.failures.is_empty(), "{:?}", first.failures);
    let problems: Vec<&String> = first
        .versions
        .iter()
        .flat_map(|version| &version.problems)
        .collect();
    assert!(
        problems.is_empty(),
        "{} problems\n{}",
        problems.len(),
        shown(&problems)
    );
    let started = std::time::Instant::now();
    match model(specs.path(), Path::new("specs")) {
        Ok((loaded, model)) => {
            assert_eq!(unmarked(&loaded), Vec::<String>::new());
            for fact in SECRETS {
                assert!(is_secret(&model, fact), "{fact}");
            }
        }
        Err(Failure::Specs(problems)) => {
            panic!(
                "{} problems\n{}",
                problems.len(),
                shown(&problems.iter().collect::<Vec<_>>())
            )
        }
        Err(other) => panic!("{other}"),
    }
    println!("loaded, checked and lowered in {:?}", started.elapsed());
    let second = import(&sources, &options).unwrap();
    assert!(
        second
            .versions
            .iter()
            .all(|version| version.changes.is_empty())
    );
}

/// Values that are secret, whatever rule says so: product, operation, and the field or setter in Rust.
const SECRETS: &[&str] = &[
    "adb CreateApsDatasoure access_token",
    "airticketopen GetToken app_secret",
    "airticketopen GetToken token",
    "airticketopen Search x_acs_airticket_access_token",
    "bpstudio GetToken access_key_secret",
    "bpstudio GetToken security_token",
    "cs DescribeClusterUserKubeconfig config",
    "dms-enterprise AddInstance database_password",
    "dts ModifyConsumerGroupPassword consumer_group_new_password",
    "ecs CreateActivation activation_code",
    "ecs CreateKeyPair private_key_body",
    "ecs DescribeInstanceVncUrl vnc_url",
    "ecs ModifyInstanceVncPasswd vnc_password",
    "elasticsearch UpdateAdminPassword es_admin_password",
    "iot BatchImportDevice invalid_device_secret",
    "iot QueryDeviceCert private_key",
    "ram BindMFADevice authentication_code1",
    "ram CreateAccessKey access_key_secret",
    "ram CreateVirtualMFADevice base32_string_seed",
    "ram CreateVirtualMFADevice qr_code_png",
    "sls CreateTicket ticket",
    "sts AssumeRole security_token",
    "sts AssumeRoleWithOIDC oidc_token",
    "vpc CreateIpsecServer psk",
    "vpc DescribeSslVpnClientCert client_key",
];

/// Whether everything of that name in an operation is secret, and there is something.
fn is_secret(model: &Model, fact: &str) -> bool {
    let [product, operation, name] = fact.split(' ').collect::<Vec<_>>()[..] else {
        return false;
    };
    let versions = model
        .versions
        .iter()
        .filter(|version| version.product_feature == product);
    let operations = versions.flat_map(|version| &version.operations);
    let secrets = operations
        .filter(|found| found.wire == operation)
        .flat_map(|found| {
            let setters = found
                .parameters
                .iter()
                .chain(found.faces.iter().flat_map(|face| &face.fields));
            let setters = setters
                .filter(|it| it.setter == name)
                .map(|it| it.sensitive);
            let fields = found.structs.iter().flat_map(|item| &item.fields);
            setters.chain(
                fields
                    .filter(|it| it.name == name)
                    .map(|it| holds_secrets(&it.ty)),
            )
        });
    let secrets: Vec<bool> = secrets.collect();
    !secrets.is_empty() && secrets.iter().all(|secret| *secret)
}

fn holds_secrets(ty: &FieldType) -> bool {
    match ty {
        FieldType::Secret => true,
        FieldType::List(inner) | FieldType::Map(inner) => holds_secrets(inner),
        _ => false,
    }
}

/// What the lint takes for a secret and nothing marks.
fn unmarked(loaded: &Loaded) -> Vec<String> {
    let mut diagnostics = Diagnostics::default();
    lint(loaded, &mut diagnostics);
    let found = diagnostics.sorted().into_iter();
    let secrets = found.filter(|found| found.code == catalogue::UNMARKED_SECRET);
    secrets.map(|found| found.render(&loaded.sources)).collect()
}

fn shown(problems: &[&String]) -> String {
    problems
        .iter()
        .take(40)
        .map(|problem| problem.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}
