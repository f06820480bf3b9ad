//! The explorer in a real browser: search, error centre, nested forms, looks, speed; and the site from a disk.

use std::path::Path;

use alicloud_explorer::{Builder, Catalog, Explorer, site};
use serde_json::{Value, json};

use crate::chromium::Browser;

/// Names a test that could not be run: a failure where everything has to be there.
#[allow(clippy::print_stderr, reason = "a test that is left out is named")]
pub(crate) fn could_not_run(what: &str) {
    let everything = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(!everything, "could not be run: {what}");
    eprintln!("could not be run: {what}");
}

/// What the browser holds against a page: refused resources, failed requests, misuse. Hints are none.
fn complaints(browser: &mut Browser) -> Vec<Value> {
    let mut entries = browser.events("Log.entryAdded");
    entries.retain(|it| it["entry"]["level"] != "verbose");
    entries
}

/// Runs a story in a browser, with an explorer of the workspace's specs.
pub(crate) fn with_browser(story: impl FnOnce(&mut Browser, &Explorer)) {
    with_explorer(Explorer::builder(), story);
}

/// Runs a story on a thread of its own: the driver waits without giving way.
fn with_explorer(builder: Builder, story: impl FnOnce(&mut Browser, &Explorer)) {
    let Some(name) = Browser::installed() else {
        could_not_run("tests in a browser: chromium is not installed");
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let explorer = runtime.block_on(builder.start()).unwrap();
    let mut browser = Browser::start(name);
    story(&mut browser, &explorer);
    let complaints = complaints(&mut browser);
    assert!(
        complaints.is_empty(),
        "the browser complains: {complaints:?}"
    );
    let thrown = browser.events("Runtime.exceptionThrown");
    assert!(thrown.is_empty(), "a script failed: {thrown:?}");
    for request in browser.events("Network.requestWillBeSent") {
        let url = request["request"]["url"].as_str().unwrap();
        assert!(
            url.starts_with(&explorer.url()) || url.starts_with("data:"),
            "asked elsewhere: {url}"
        );
    }
}

/// Keeps a picture where the variable `EXPLORER_PICTURES` names a folder.
pub(crate) fn keep_picture(browser: &mut Browser, name: &str) {
    if let Some(folder) = std::env::var_os("EXPLORER_PICTURES") {
        std::thread::sleep(std::time::Duration::from_millis(200));
        let picture = browser.picture();
        std::fs::write(Path::new(&folder).join(name), picture).unwrap();
    }
}

pub(crate) const READY: &str = "document.getElementById('workbench')?.dataset.state === 'ready'";

/// Finds an operation by keyboard alone.
pub(crate) fn find(browser: &mut Browser, text: &str) {
    browser.press("/");
    assert_eq!(browser.evaluate("document.activeElement.id"), "search");
    browser.write(text);
    browser.until("document.querySelector('#results [role=option]')");
    browser.press("ArrowDown");
    browser.press("Enter");
    browser.until("location.pathname.endsWith('.html') && document.readyState === 'complete'");
}

/// From the start of a navigation to the first content, coming from `before`: the median of some visits, in milliseconds.
fn first_paint(browser: &mut Browser, before: &str, url: &str) -> f64 {
    let paint = "performance.getEntriesByName('first-contentful-paint')";
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            browser.open(before);
            browser.open(url);
            browser.until(&format!("{paint}.length"));
            let time = browser.evaluate(&format!("{paint}[0].startTime"));
            time.as_f64().unwrap()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

#[test]
#[allow(clippy::print_stderr, reason = "figures are for whoever runs the test")]
fn pages_are_painted_soon() {
    with_browser(|browser, explorer| {
        for page in [
            "index.html",
            "dts/2020-01-01/StartDtsJob.html",
            "dts/2020-01-01/ConfigureDtsJob.html",
        ] {
            let url = format!("{}{page}", explorer.url());
            // Coming from nowhere, the browser starts a process for the page first.
            let cold = first_paint(browser, "about:blank", &url);
            let warm = first_paint(browser, &format!("{}errors.html", explorer.url()), &url);
            eprintln!("first paint: {warm:.0} ms, with a new process {cold:.0} ms: {page}");
            assert!(warm < 3_000.0 && cold < 3_000.0, "{page}");
        }
    });
}

#[test]
#[allow(clippy::print_stderr, reason = "figures are for whoever runs the test")]
fn search_is_fast_and_knows_parameters() {
    with_browser(|browser, explorer| {
        browser.open(&explorer.url());
        browser.until("window.alicloudIndex");
        browser.press("/");
        let mut slowest = 0.0_f64;
        for letter in "synchronizationdirection".chars() {
            browser.write(&letter.to_string());
            let took =
                browser.evaluate("Number(document.getElementById('results').dataset.milliseconds)");
            slowest = slowest.max(took.as_f64().unwrap());
        }
        let operations =
            browser.evaluate("alicloudIndex.reduce((sum, it) => sum + it[2].length, 0)");
        eprintln!("search: {slowest:.1} ms for the slowest letter, {operations} operations");
        assert!(operations.as_u64().unwrap() >= 600);
        assert!(slowest < 1_000.0);
        let first = browser.text("#results [role=option]");
        assert!(first.contains("SynchronizationDirection"), "{first}");
        browser.press("Escape");
        assert_eq!(
            browser.evaluate("document.getElementById('results').hidden"),
            true
        );
    });
}

#[test]
fn the_error_centre_finds_a_code_in_all_products() {
    with_browser(|browser, explorer| {
        browser.open(&format!("{}errors.html", explorer.url()));
        browser.fill("#code", "Throttling.User");
        browser.until("document.querySelector('#codes h2')?.textContent === 'Throttling.User'");
        let card = browser.text("#codes article");
        assert!(
            card.contains("Dts") && card.contains("dataworks-public"),
            "{card}"
        );
        assert!(card.contains("may succeed after a while"), "{card}");
        keep_picture(browser, "errors.png");
        // By the address, as pages of operations link to it.
        browser.open(&format!(
            "{}errors.html#OperationDenied.NotPurchased",
            explorer.url()
        ));
        browser.until(
            "document.querySelector('#codes h2')?.textContent === 'OperationDenied.NotPurchased'",
        );
        browser.evaluate(
            "document.querySelectorAll('#codes details').forEach((it) => { it.open = true; })",
        );
        browser.until("[...document.querySelectorAll('#codes a')].some((it) => it.textContent === 'StartDtsJob')");
    });
}

/// Objects, lists, maps and JSON in strings: what is filled is what is sent.
#[test]
fn nested_parts_of_a_form_are_what_is_sent() {
    with_browser(|browser, explorer| {
        let page = "dts/2020-01-01/ConfigureSynchronizationJob.html";
        browser.open(&format!("{}{page}", explorer.url()));
        browser.until(READY);
        browser.evaluate(
            "document.querySelectorAll('#workbench > details').forEach((it) => { it.open = true; })",
        );
        browser.fill("#input", "{}");
        browser.click("[aria-label=\"Add to SynchronizationObjects\"]");
        browser.evaluate("document.querySelector('.json details').open = true");
        browser.until("document.querySelector('[name=\"SynchronizationObjects.1.DBName\"]')");
        browser.fill("[name=\"SynchronizationObjects.1.DBName\"]", "it's");
        browser.click("[aria-label=\"Add to TableIncludes\"]");
        browser.until("document.querySelector('[aria-label=\"Remove TableIncludes 1\"]')");
        browser.click("[aria-label=\"Remove TableIncludes 1\"]");
        let group = "[...document.querySelectorAll('.control')].find((it) => \
                     it.firstChild.textContent.startsWith('SourceEndpoint')).querySelector('details')";
        browser.evaluate(&format!("{group}.open = true"));
        browser.until("document.querySelector('[name=\"SourceEndpoint.Password\"]')");
        assert_eq!(
            browser.evaluate("document.querySelector('[name=\"SourceEndpoint.Password\"]').type"),
            "password"
        );
        browser.fill("[name=\"SourceEndpoint.Password\"]", "hunter2");
        browser.until(&format!(
            "{READY} && document.getElementById('body')?.textContent.includes('SynchronizationObjects=%5B%7B%22DBName%22%3A%22it%27s%22%7D%5D')"
        ));
        assert!(!browser.text("#panel-request").contains("hunter2"));
        assert!(
            browser
                .text("#url")
                .contains("SourceEndpoint.Password=REDACTED")
        );
        // A rule inside an object is said beside its control.
        browser.focus("[name=\"SourceEndpoint.InstanceType\"]");
        browser.evaluate(
            "(() => { const it = document.activeElement; it.value = 'ECS'; \
             it.dispatchEvent(new Event('input', { bubbles: true })); })()",
        );
        let problem = "document.querySelector('[data-path=\"SourceEndpoint.IP\"]').textContent";
        browser.until(&format!(
            "{problem}.includes('required when SourceEndpoint.InstanceType is ECS')"
        ));
    });
}

const MARKUP: &str = "<img src=x onerror=document.title='hit'>";

/// Texts of a spec, of input and of an answer with markup in them: all of it is shown, none of it obeyed.
#[test]
fn markup_in_texts_is_shown_and_not_obeyed() {
    let folder = tempfile::tempdir().unwrap();
    let version = folder.path().join("odd/2024-01-01");
    std::fs::create_dir_all(&version).unwrap();
    let service = "product: Odd\nversion: \"2024-01-01\"\nstyle: rpc\nendpoints: {central: odd.aliyuncs.com}\n\
                   errors:\n  400:\n    Odd.Code: {meaning: \"@\"}\n";
    let operation = "operation: Ask\nsummary: \"Asks @.\"\neffect: read\nparameters:\n  Name:\n    type: string\n    \
                     description: \"@\"\n    example: \"@\"\n    default: \"@\"\nresponse:\n  fields:\n    \
                     RequestId: {type: string, description: \"@\"}\n    Said: {type: string, description: \"@\"}\n\
                     examples:\n  - json: |\n      {\"RequestId\": \"r\", \"Said\": \"@\"}\n";
    for (name, text) in [("service", service), ("Ask", operation)] {
        let text = text.replace('@', MARKUP);
        std::fs::write(version.join(name).with_extension("yaml"), text).unwrap();
    }
    with_explorer(
        Explorer::builder().specs(folder.path()),
        |browser, explorer| {
            browser.open(&format!("{}odd/2024-01-01/Ask.html", explorer.url()));
            browser.until(READY);
            browser.fill("[name=Name]", MARKUP);
            browser.until(&format!(
                "{READY} && document.getElementById('url').textContent.includes('onerror')"
            ));
            browser.click("#tab-run");
            browser.click("#send");
            browser.until("document.getElementById('decoded')");
            assert!(browser.text("#decoded").contains(MARKUP));
            assert!(browser.text("#raw").contains("<img"));
            assert!(browser.text(".reference").contains(MARKUP));
            assert_eq!(browser.evaluate("document.images.length"), 0);
            browser.open(&format!("{}errors.html#Odd.Code", explorer.url()));
            browser.until("document.querySelector('#codes h2')");
            assert!(browser.text("#codes").contains(MARKUP));
            assert_eq!(browser.evaluate("document.images.length"), 0);
        },
    );
}

#[test]
fn it_is_readable_in_the_dark_and_when_narrow() {
    with_browser(|browser, explorer| {
        browser.open(&explorer.url());
        let ground = "getComputedStyle(document.body).backgroundColor";
        let scheme =
            |value: &str| json!({"features": [{"name": "prefers-color-scheme", "value": value}]});
        browser.call("Emulation.setEmulatedMedia", scheme("light"));
        assert_eq!(browser.evaluate(ground), "rgb(255, 255, 255)");
        browser.call("Emulation.setEmulatedMedia", scheme("dark"));
        assert_eq!(browser.evaluate(ground), "rgb(20, 23, 28)");
        browser.click("#theme");
        assert_eq!(browser.evaluate(ground), "rgb(255, 255, 255)");
        let narrow = json!({"width": 420, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        browser.call("Emulation.setDeviceMetricsOverride", narrow);
        browser.open(&format!(
            "{}dts/2020-01-01/StartDtsJob.html",
            explorer.url()
        ));
        browser.until(READY);
        assert_eq!(
            browser.evaluate("document.documentElement.scrollWidth <= innerWidth"),
            true
        );
    });
}

/// The static site needs no server: its pages are opened from the disk.
#[test]
fn the_static_site_works_from_a_disk() {
    let Some(name) = Browser::installed() else {
        could_not_run("the static site in a browser: chromium is not installed");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    site::write(&Catalog::of_workspace().unwrap(), folder.path()).unwrap();
    let mut browser = Browser::start(name);
    browser.open(&format!("file://{}/index.html", folder.path().display()));
    find(&mut browser, "startdtsjob");
    assert_eq!(browser.text("h1"), "StartDtsJob start");
    browser.evaluate("document.querySelector('a[href*=\"errors.html#Throttling\"]').click()");
    browser.until("document.querySelector('#codes h2')?.textContent === 'Throttling.User'");
    let complaints = complaints(&mut browser);
    assert!(
        complaints.is_empty(),
        "the browser complains: {complaints:?}"
    );
}
