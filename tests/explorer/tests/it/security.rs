//! The page keeps to itself: who may ask, what a page may do, what never reaches it.

use serde_json::json;

use crate::support::{authority, explorer, get, post, send};

#[tokio::test]
async fn every_answer_has_the_headers_that_keep_a_page_to_itself() {
    let explorer = explorer().await;
    for path in [
        "/",
        "/errors.html",
        "/dts/2020-01-01/StartDtsJob.html",
        "/assets/explore.js",
        "/api/target",
        "/nowhere",
    ] {
        let answer = get(&explorer.url(), path).await;
        let policy = &answer.headers["content-security-policy"];
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self'"),
            "{path}: {policy}"
        );
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(
            answer.headers["x-content-type-options"], "nosniff",
            "{path}"
        );
        assert_eq!(
            answer.headers["cross-origin-resource-policy"], "same-origin",
            "{path}"
        );
        assert_eq!(answer.headers["referrer-policy"], "no-referrer", "{path}");
        assert!(
            !answer.headers.contains_key("access-control-allow-origin"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn pages_hold_no_script_or_style_of_their_own_and_load_nothing_from_elsewhere() {
    let explorer = explorer().await;
    for path in ["/", "/errors.html", "/dts/2020-01-01/ConfigureDtsJob.html"] {
        let page = get(&explorer.url(), path).await.body;
        for script in page.split("<script").skip(1) {
            let (attributes, rest) = script.split_once('>').unwrap();
            assert!(attributes.contains("src=\""), "{path}: {attributes}");
            assert!(rest.starts_with("</script>"), "{path}");
        }
        assert!(
            !page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick="),
            "{path}"
        );
        for source in page.split("src=\"").skip(1) {
            assert!(
                !source.starts_with("http") && !source.starts_with("//"),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn foreign_hosts_and_origins_are_refused() {
    let explorer = explorer().await;
    let url = explorer.url();
    let own = authority(&url);
    let path = "/api/run/dts/2020-01-01/StartDtsJob";
    let body = json!({"input": {"DtsJobId": "x"}, "settings": {}}).to_string();
    let json = ("content-type", "application/json");
    for headers in [
        vec![("host", "evil.example"), json],
        vec![("host", own), ("origin", "http://evil.example"), json],
        vec![("host", own), ("origin", "null"), json],
        vec![("host", own), ("sec-fetch-site", "cross-site"), json],
        vec![("host", own), ("content-type", "text/plain")],
        vec![("host", own)],
    ] {
        let answer = send(&url, "POST", path, &headers, &body).await;
        assert_eq!(answer.status, 403, "{headers:?}");
        assert!(answer.body.starts_with("refused: "), "{}", answer.body);
    }
    for headers in [
        vec![("host", "evil.example")],
        vec![("host", own), ("origin", "http://evil.example")],
    ] {
        let answer = send(&url, "GET", "/", &headers, "").await;
        assert_eq!(answer.status, 403, "{headers:?}");
    }
}

#[tokio::test]
async fn it_listens_on_loopback_alone() {
    let explorer = explorer().await;
    assert!(
        explorer.url().starts_with("http://127.0.0.1:"),
        "{}",
        explorer.url()
    );
    assert!(explorer.endpoint().starts_with("http://127.0.0.1:"));
}

#[tokio::test]
async fn bad_input_is_said_and_brings_nothing_down() {
    let explorer = explorer().await;
    let url = explorer.url();
    let path = "/api/request/dts/2020-01-01/StartDtsJob";
    let headers = [
        ("host", authority(&url)),
        ("content-type", "application/json"),
    ];
    let broken = send(&url, "POST", path, &headers, "{").await;
    assert_eq!(broken.status, 400);
    assert!(broken.body.contains("no JSON"), "{}", broken.body);
    for body in [
        json!(null),
        json!([]),
        json!({"input": 1, "settings": "x"}),
        json!({"input": {"DtsJobId": {"a": [null, {"b": []}]}}}),
    ] {
        assert_eq!(post(&url, path, &body).await.status, 200, "{body}");
    }
    let deep = format!(
        "{{\"input\": {{\"DtsJobId\": {}1{}}}}}",
        "[".repeat(120),
        "]".repeat(120)
    );
    assert_eq!(send(&url, "POST", path, &headers, &deep).await.status, 200);
    assert_eq!(
        post(&url, "/api/request/dts/2020-01-01/Nothing", &json!({}))
            .await
            .status,
        404
    );
    assert_eq!(get(&url, "/../../Cargo.toml").await.status, 404);
    assert_eq!(get(&url, "/assets/..%2f..%2fCargo.toml").await.status, 404);
    assert_eq!(send(&url, "DELETE", "/", &headers, "").await.status, 405);
}
