//! Walks through lists of services that go round in circles, leave gaps, or insist on the number and the size of a page.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on fails"
)]

use std::fmt::Write as _;

use alicloud::dataworks_public::v20200518 as dataworks;
use alicloud::dts::v20200101::Client;
use alicloud::test_util::ScriptedTransport;
use alicloud::{Config, Error};

fn config(transport: &ScriptedTransport) -> Config {
    Config::builder()
        .region("cn-hangzhou")
        .credentials(alicloud::Credentials::new("testid", "testsecret"))
        .transport(transport.clone())
        .build()
        .unwrap()
}

/// A page of that many items, none of which comes twice, and the total it tells.
fn page(first: usize, count: usize, total: &str) -> String {
    let mut items = String::new();
    for number in first..first + count {
        let comma = if items.is_empty() { "" } else { "," };
        let _ = write!(items, r#"{comma}{{"MigrationJobID":"j{number}"}}"#);
    }
    format!(
        r#"{{"RequestId":"r","Success":true,{total}"MigrationJobs":{{"MigrationJob":[{items}]}}}}"#
    )
}

/// Walks a list whose pages hold so many items each; returns how many items came, how many pages were asked for, and the
/// error at the end.
async fn walk(
    counts: &[usize],
    total: Option<&str>,
    size: Option<i32>,
    from: Option<i32>,
) -> (usize, usize, Option<Error>) {
    let total = total.map_or(String::new(), |total| {
        format!(r#""TotalRecordCount":{total},"#)
    });
    let mut first = 0;
    let mut transport = ScriptedTransport::new();
    for count in counts.iter().chain(&[0; 9]) {
        transport = transport.answer(200, page(first, *count, &total));
        first += count;
    }
    let client = Client::new(&config(&transport));
    let mut request = client.describe_migration_jobs();
    if let Some(size) = size {
        request = request.page_size(size);
    }
    if let Some(from) = from {
        request = request.page_num(from);
    }
    let mut items = request.items();
    let mut came = 0;
    let error = loop {
        match items.next().await {
            Some(Ok(_)) => came += 1,
            Some(Err(error)) => break Some(error),
            None => break None,
        }
    };
    (came, transport.requests().len(), error)
}

#[tokio::test]
async fn a_total_that_is_told_is_walked_to() {
    for (counts, total, size, calls) in [
        // Short and empty pages in the middle.
        (&[10, 3, 10, 7][..], Some("30"), Some(10), 4),
        (&[10, 0, 10, 10], Some("30"), None, 5),
        (&[10, 0, 5], Some("\"15\""), Some(10), 3),
        (&[0, 5], Some("5"), None, 3),
        // Services that count the page.
        (&[10, 10, 4], None, Some(10), 3),
        (&[10, 10, 4], Some("10"), Some(10), 3),
        (&[10, 10], Some("10"), Some(10), 3),
        // Totals that mean nothing.
        (&[10, 10, 4], Some("0"), Some(10), 3),
        (&[10, 10, 4], Some("null"), Some(10), 3),
        (&[10, 10, 4], Some("\"many\""), Some(10), 3),
        (&[10, 10, 4], Some("-1"), Some(10), 3),
    ] {
        let all: usize = counts.iter().sum();
        let (came, asked, error) = walk(counts, total, size, None).await;
        assert!(error.is_none(), "{counts:?} {total:?}: {error:?}");
        assert_eq!((came, asked), (all, calls), "{counts:?} {total:?}");
    }
}

#[tokio::test]
async fn a_list_that_stops_before_its_total_says_so() {
    let (came, asked, error) = walk(&[10, 10], Some("30"), Some(10), None).await;
    assert_eq!((came, asked), (20, 4));
    let text = error.unwrap().to_string();
    assert!(text.contains("20 of 30 items came"), "{text}");
}

#[tokio::test]
async fn a_walk_from_the_middle_counts_what_lies_before() {
    let (came, asked, error) = walk(&[10, 10], Some("40"), Some(10), Some(3)).await;
    assert_eq!((came, asked), (20, 3));
    assert!(error.is_none(), "{error:?}");
}

#[tokio::test]
async fn pages_that_come_again_end_the_walk_wherever_they_came_before() {
    for circle in [&["a"][..], &["a", "b"], &["a", "b", "c"]] {
        let pages = circle.iter().cycle().take(20).map(|id| {
            format!(r#"{{"Success":true,"MigrationJobs":{{"MigrationJob":[{{"MigrationJobID":"{id}"}}]}}}}"#)
        });
        let transport = pages.fold(ScriptedTransport::new(), |script, page| {
            script.answer(200, page)
        });
        let client = Client::new(&config(&transport));
        let walked = client
            .describe_migration_jobs()
            .items()
            .collect(usize::MAX)
            .await;
        let text = walked.unwrap_err().to_string();
        assert!(text.contains("same part"), "{text}");
        assert_eq!(transport.requests().len(), circle.len() + 1);
    }
}

#[tokio::test]
async fn tokens_that_come_again_end_the_walk_wherever_they_came_before() {
    for (start, circle, calls) in [
        (None, &["a"][..], 2),
        (None, &["a", "b"], 3),
        (None, &["a", "b", "c", "d"], 5),
        (Some("s"), &["x", "s"], 2),
    ] {
        let pages = circle.iter().cycle().take(20).map(|token| {
            format!(r#"{{"RequestId":"r","Success":true,"Data":{{"NextToken":"{token}"}}}}"#)
        });
        let transport = pages.fold(ScriptedTransport::new(), |script, page| {
            script.answer(200, page)
        });
        let client = dataworks::Client::new(&config(&transport));
        let mut request = client
            .list_lineage()
            .entity_qualified_name("maxcompute-table.p.t")
            .direction("up");
        if let Some(start) = start {
            request = request.next_token(start);
        }
        let mut pages = request.pages();
        let mut asked = 0;
        let error = loop {
            asked += 1;
            match pages.next().await {
                Some(Ok(_)) => {}
                Some(Err(error)) => break error,
                None => panic!("the walk ended after {asked} pages"),
            }
        };
        assert!(error.to_string().contains("seen before"), "{error}");
        assert_eq!(asked, calls, "{circle:?}");
    }
}

#[tokio::test]
async fn number_and_size_are_set_where_the_operation_insists_on_them() {
    let none = r#"{"RequestId":"r"}"#;
    let transport = ScriptedTransport::new().answer(200, none).answer(200, none);
    let client = dataworks::Client::new(&config(&transport));
    let mut pages = client.dsg_white_list_query_list().scene_id(1).pages();
    pages.next().await.unwrap().unwrap();
    let sent = |number: usize| {
        let request = &transport.requests()[number];
        format!("{} {}", request.url, String::from_utf8_lossy(&request.body))
    };
    assert!(sent(0).contains("PageNumber=1"), "{}", sent(0));
    assert!(sent(0).contains("PageSize="), "{}", sent(0));
    // What the caller set stays.
    let request = client
        .dsg_white_list_query_list()
        .scene_id(1)
        .page_number(7)
        .page_size(3);
    request.pages().next().await.unwrap().unwrap();
    assert!(
        sent(1).contains("PageNumber=7") && sent(1).contains("PageSize=3"),
        "{}",
        sent(1)
    );
}
