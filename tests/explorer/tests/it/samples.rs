//! Sample code does what it says: it is compiled or interpreted, and run against the gateway.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use alicloud_gateway::Gateway;
use serde_json::{Value, json};

use crate::support::{explorer, post, root};

/// Input with something in it that every language has to quote.
fn input() -> Value {
    json!({
        "RegionId": "cn-hangzhou",
        "ResourceType": "ALIYUN::DTS::INSTANCE",
        "ResourceId": ["dts-1", "it's $HOME \"2\""],
        "Tag": [{"Key": "k\\ey", "Value": "日本 & 1"}],
    })
}

const OPERATION: &str = "TagResources";

async fn sample(operation: &str, input: Value, language: &str) -> String {
    let explorer = explorer().await;
    let path = format!("/api/request/dts/2020-01-01/{operation}");
    let answer = post(
        &explorer.url(),
        &path,
        &json!({"input": input, "settings": {}}),
    )
    .await;
    answer.json()["samples"][language]
        .as_str()
        .unwrap()
        .to_owned()
}

/// What the gateway read of the one call it got.
fn received(gateway: &Gateway) -> Vec<(String, String)> {
    let requests = gateway.requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    let request = requests.first().unwrap();
    let given = expected();
    let both = [&request.query, &request.form];
    let mut pairs: Vec<_> = given
        .iter()
        .filter_map(|(name, _)| {
            let value = both.iter().find_map(|pairs| pairs.expose(name))?;
            Some((name.clone(), value.to_owned()))
        })
        .collect();
    pairs.sort();
    pairs
}

fn expected() -> Vec<(String, String)> {
    let pairs = [
        ("RegionId", "cn-hangzhou"),
        ("ResourceId.1", "dts-1"),
        ("ResourceId.2", "it's $HOME \"2\""),
        ("ResourceType", "ALIYUN::DTS::INSTANCE"),
        ("Tag.1.Key", "k\\ey"),
        ("Tag.1.Value", "日本 & 1"),
    ];
    pairs
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec()
}

/// Runs a command with the gateway's key in its environment.
async fn run(mut command: Command) -> Output {
    command
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId")
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testAccessKeySecret");
    let output = tokio::task::spawn_blocking(move || command.output())
        .await
        .unwrap()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    output
}

/// Compiles a program in a small crate of its own: the command that runs it, and the folder it is in until that is dropped.
pub(crate) fn compiled(program: &str) -> (tempfile::TempDir, Command) {
    let folder = root().join("target/explorer/sample");
    fs::create_dir_all(folder.join("src")).unwrap();
    let lock = fs::File::create(folder.join("lock")).unwrap();
    lock.lock().unwrap();
    let generated = root().join("generated");
    write(
        &folder.join("Cargo.toml"),
        &format!(
            "[package]\nname = \"alicloud-sample\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\nalicloud = {{ path = {:?}, features = [\"dts\"] }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}\n\n[profile.dev]\ndebug = \"line-tables-only\"\n",
            generated.display().to_string()
        ),
    );
    write(&folder.join("src/main.rs"), program);
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.map_or_else(|| root().join("target"), |set| root().join(set));
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["build", "--quiet"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}\n{program}",
        String::from_utf8_lossy(&output.stderr)
    );
    // A copy of its own, which the next sample does not replace.
    let own = tempfile::tempdir_in(&folder).unwrap();
    let copy = own.path().join("sample");
    fs::copy(target.join("debug/alicloud-sample"), &copy).unwrap();
    (own, Command::new(copy))
}

fn write(path: &Path, text: &str) {
    if !fs::read_to_string(path).is_ok_and(|there| there == text) {
        fs::write(path, text).unwrap();
    }
}

#[tokio::test]
async fn the_rust_sample_compiles_and_runs() {
    let program = sample(OPERATION, input(), "rust").await;
    let (_folder, mut command) = tokio::task::spawn_blocking(move || compiled(&program))
        .await
        .unwrap();
    let gateway = Gateway::builder().start().await.unwrap();
    command.env("ALIBABA_CLOUD_ENDPOINT", gateway.endpoint());
    let output = run(command).await;
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("request_id"),
        "{output:?}"
    );
    assert_eq!(received(&gateway), expected());
}

#[tokio::test]
async fn the_curl_sample_signs_and_runs() {
    for tool in ["curl", "openssl"] {
        if Command::new(tool).arg("--version").output().is_err()
            && Command::new(tool).arg("version").output().is_err()
        {
            crate::browser::could_not_run(&format!("the curl sample: {tool} is not installed"));
            return;
        }
    }
    let script = sample(OPERATION, input(), "curl").await;
    let gateway = Gateway::builder().start().await.unwrap();
    let script = script.replace("https://dts.cn-hangzhou.aliyuncs.com", &gateway.endpoint());
    let mut command = Command::new("sh");
    command.arg("-c").arg(script);
    let output = run(command).await;
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["Success"], true, "{answer}");
    assert_eq!(received(&gateway), expected());
}

/// A form body is signed, too.
#[tokio::test]
async fn the_curl_sample_signs_forms() {
    if Command::new("curl").arg("--version").output().is_err() {
        crate::browser::could_not_run("the curl sample of a form: curl is not installed");
        return;
    }
    let input = json!({
        "SynchronizationJobId": "d", "DataInitialization": true, "StructureInitialization": false,
        "SynchronizationObjects": [{"DBName": "it's"}],
    });
    let script = sample("ConfigureSynchronizationJob", input, "curl").await;
    let gateway = Gateway::builder().start().await.unwrap();
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(script.replace("https://dts.cn-hangzhou.aliyuncs.com", &gateway.endpoint()));
    run(command).await;
    let requests = gateway.requests();
    let form = &requests.first().unwrap().form;
    let objects = form.expose("SynchronizationObjects");
    assert_eq!(objects, Some("[{\"DBName\":\"it's\"}]"));
}

/// The words of the command line, as a shell reads them.
#[tokio::test]
async fn the_cli_sample_is_what_a_shell_reads() {
    let command = sample(OPERATION, input(), "cli").await;
    let script =
        format!("aliyun() {{ for word in \"$@\"; do printf '%s\\n' \"$word\"; done; }}\n{command}");
    let output = Command::new("sh").arg("-c").arg(script).output().unwrap();
    let words = String::from_utf8(output.stdout).unwrap();
    let expected = "dts\nTagResources\n--region\ncn-hangzhou\n--version\n2020-01-01\n--force\n--RegionId\ncn-hangzhou\n\
                    --ResourceType\nALIYUN::DTS::INSTANCE\n--ResourceId.1\ndts-1\n--ResourceId.2\nit's $HOME \"2\"\n\
                    --Tag.1.Key\nk\\ey\n--Tag.1.Value\n日本 & 1\n";
    assert_eq!(words, expected);
}

/// `cargo xtask test` runs it where it has installed the official Python SDK, and names it where it has not.
#[tokio::test]
#[ignore = "needs the official Python SDK; `cargo xtask test` installs it and runs this"]
async fn the_python_sample_runs() {
    let python = std::env::var("OFFICIAL_PYTHON")
        .expect("OFFICIAL_PYTHON names an interpreter with the official SDK");
    let program = sample(OPERATION, input(), "python").await;
    let gateway = Gateway::builder().start().await.unwrap();
    let address = gateway.endpoint().replace("http://", "");
    let program = program
        .replace("dts.cn-hangzhou.aliyuncs.com", &address)
        .replace("\"HTTPS\"", "\"HTTP\"");
    let mut command = Command::new(python);
    command.arg("-c").arg(program);
    let output = run(command).await;
    assert!(
        String::from_utf8_lossy(&output.stdout).contains("'Success': True"),
        "{output:?}"
    );
    assert_eq!(received(&gateway), expected());
}
