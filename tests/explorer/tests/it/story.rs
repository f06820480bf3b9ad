//! The story of one request, in a real browser: found, filled, broken, signed, run, copied.

use alicloud_explorer::Explorer;
use alicloud_gateway::Gateway;
use serde_json::{Value, json};

use crate::browser::{READY, find, keep_picture, with_browser};
use crate::chromium::Browser;
use crate::samples::compiled;
use crate::support::v1_vectors;

#[test]
fn a_form_is_found_filled_signed_run_and_copied() {
    with_browser(|browser, explorer| {
        browser.open(&explorer.url());
        find(browser, "startdtsjob");
        assert_eq!(
            browser.evaluate("location.pathname"),
            "/dts/2020-01-01/StartDtsJob.html"
        );
        browser.until(READY);
        fill(browser);
        keep_picture(browser, "operation.png");
        broken_rules(browser);
        signature_of_the_vector(browser);
        run(browser);
        copy(browser, explorer);
    });
}

fn fill(browser: &mut Browser) {
    // The documented request is there to start from.
    assert_eq!(
        browser.evaluate("document.querySelector('[name=DtsJobId]').value"),
        "l3m1213ye7l****"
    );
    browser.fill("[name=DtsJobId]", "dtsx1");
    browser.focus("[name=SynchronizationDirection]");
    browser.press("ArrowDown");
    browser.press("ArrowDown");
    browser.until(READY);
    browser.until(
        "document.getElementById('url')?.textContent.includes('SynchronizationDirection=Reverse')",
    );
    let input: Value = serde_json::from_str(
        browser
            .evaluate("document.getElementById('input').value")
            .as_str()
            .unwrap(),
    )
    .unwrap();
    assert_eq!(
        input,
        json!({"DtsJobId": "dtsx1", "SynchronizationDirection": "Reverse"})
    );
}

/// What is said beside a field.
const PROBLEM: &str = "document.querySelector('[data-path=DtsJobId]').textContent";

/// What is said of a job that is not named.
const MISSING: &str = "DtsJobId is required by the documentation";

fn broken_rules(browser: &mut Browser) {
    browser.fill("[name=DtsJobId]", "");
    browser.until(&format!("{PROBLEM} === '{MISSING}'"));
    // What is wrong is said to those who do not see it, too.
    let described = browser.evaluate(
        "document.querySelector('[name=DtsJobId]').getAttribute('aria-describedby').split(' ')\
         .map((id) => document.getElementById(id).textContent).join(' ')",
    );
    assert!(
        described.as_str().unwrap().contains("is required"),
        "{described}"
    );
    browser.fill("[name=DtsJobId]", "dtsx1");
    browser.until(&format!("{PROBLEM} === ''"));
}

/// The input of a recorded request holds a line break, which no line of a form can: it goes in as JSON.
fn signature_of_the_vector(browser: &mut Browser) {
    let vectors = v1_vectors();
    let vector = vectors
        .iter()
        .find(|it| it.operation == "StartDtsJob")
        .unwrap();
    let input: serde_json::Map<String, Value> = vector
        .pairs
        .iter()
        .map(|(name, value)| (name.clone(), value.as_str().into()))
        .collect();
    browser.evaluate(
        "document.querySelectorAll('#workbench > details').forEach((it) => { it.open = true; })",
    );
    browser.fill("#input", &Value::Object(input).to_string());
    browser.fill("[name=timestamp]", &vector.timestamp);
    browser.fill("[name=nonce]", &vector.nonce);
    browser.click("input[value=v1]");
    browser.until(&format!(
        "{READY} && document.getElementById('signature')?.textContent === {}",
        json!(vector.signature)
    ));
    assert!(
        browser
            .text("#to-sign")
            .starts_with("POST&%2F&AccessKeyId%3DtestAccessKeyId%26Action%3DStartDtsJob")
    );
    // The form shows what came in as JSON.
    assert_eq!(
        browser.evaluate("document.querySelector('[name=SynchronizationDirection]').value"),
        "Forward"
    );
}

fn run(browser: &mut Browser) {
    browser.fill("#input", "{\"DtsJobId\": \"l3m1213ye7l****\"}");
    browser.fill("[name=timestamp]", "");
    browser.fill("[name=nonce]", "");
    browser.click("input[value=v3]");
    browser.evaluate(
        "document.querySelectorAll('#workbench > details').forEach((it) => { it.open = false; })",
    );
    // From one tab to the next by arrow keys.
    browser.focus("#tab-request");
    browser.press("ArrowRight");
    browser.press("ArrowRight");
    assert_eq!(browser.evaluate("document.activeElement.id"), "tab-run");
    browser.focus("#send");
    browser.press("Enter");
    browser.until("document.getElementById('decoded')");
    assert!(browser.text("#outcome").contains("HTTP 200"));
    let decoded = browser.text("#decoded");
    assert!(decoded.contains("Success true boolean"), "{decoded}");
    let raw: Value = serde_json::from_str(&browser.text("#raw")).unwrap();
    assert_eq!(raw["Success"], true);
    browser.evaluate("scrollTo(0, document.getElementById('tab-request').getBoundingClientRect().top + scrollY - 420)");
    keep_picture(browser, "run.png");

    browser.fill("[name=DtsJobId]", "");
    // What is said beside the field moves what is below it, the button, too.
    browser.until(&format!("{PROBLEM} === '{MISSING}'"));
    browser.click("#send");
    browser.until("document.getElementById('error')");
    let error = browser.text("#error");
    assert!(
        error.contains("Nothing was sent") && error.contains("DtsJobId is required"),
        "{error}"
    );
    browser.fill("[name=DtsJobId]", "l3m1213ye7l****");
}

fn copy(browser: &mut Browser, explorer: &Explorer) {
    let origin = explorer.url().trim_end_matches('/').to_owned();
    let permissions = json!(["clipboardReadWrite", "clipboardSanitizedWrite"]);
    browser.call(
        "Browser.grantPermissions",
        json!({"origin": origin, "permissions": permissions}),
    );
    browser.until(&format!(
        "{READY} && document.getElementById('sample-rust').textContent.includes('l3m1213ye7l****')"
    ));
    browser.click("#tab-code");
    browser.click("[data-copy=sample-rust]");
    browser.until("document.querySelector('[data-copy=sample-rust]').textContent === 'Copied'");
    let copied = browser.evaluate("navigator.clipboard.readText()");
    let copied = copied.as_str().unwrap();
    assert!(
        copied.contains(".start_dts_job()") && copied.contains("#[tokio::main]"),
        "{copied}"
    );
    assert_eq!(copied, browser.text("#sample-rust"));
    for language in ["python", "cli", "curl"] {
        browser.click(&format!("#tab-{language}"));
        assert!(
            browser
                .text(&format!("#sample-{language}"))
                .contains("StartDtsJob"),
            "{language}"
        );
    }
    // What was copied is a program.
    let (_folder, mut command) = compiled(copied);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap();
    let gateway = runtime.block_on(Gateway::builder().start()).unwrap();
    let output = command
        .env("ALIBABA_CLOUD_ENDPOINT", gateway.endpoint())
        .env("ALIBABA_CLOUD_ACCESS_KEY_ID", "testAccessKeyId")
        .env("ALIBABA_CLOUD_ACCESS_KEY_SECRET", "testAccessKeySecret")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(gateway.counts("StartDtsJob").executed, 1);
}
