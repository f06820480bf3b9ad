//! Pages: every operation has one, with everything its spec says; the same pages as files.

use std::path::Path;

use alicloud_explorer::{Catalog, site};

use crate::support::{explorer, get, root};

#[tokio::test]
async fn the_page_of_an_operation_says_what_its_spec_says() {
    let explorer = explorer().await;
    let page = get(&explorer.url(), "/dts/2020-01-01/StartDtsJob.html")
        .await
        .body;
    for part in [
        "<h1>StartDtsJob",
        "SynchronizationDirection",
        "<code>Reverse</code>",
        "required by the document",
        "default Forward",
        "DynamicMessage",
        "OperationDenied.NotPurchased",
        "&lt;StartDtsJobResponse&gt;",
        "https://www.alibabacloud.com/help/en/dts/developer-reference/api-dts-2020-01-01-startdtsjob",
        "errors.html#Throttling.User",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[tokio::test]
async fn rules_are_in_words() {
    let explorer = explorer().await;
    let page = get(
        &explorer.url(),
        "/dts/2020-01-01/ConfigureSynchronizationJob.html",
    )
    .await
    .body;
    assert!(page.contains("<h2 id=\"rules\">Rules</h2>"));
    assert!(
        page.contains("Required when <code>SourceEndpoint.InstanceType</code> is"),
        "{page}"
    );
}

#[tokio::test]
async fn every_operation_has_a_page_and_is_in_the_index() {
    let explorer = explorer().await;
    let index = get(&explorer.url(), "/assets/index.js").await.body;
    let json = index
        .trim()
        .trim_start_matches("window.alicloudIndex = ")
        .trim_end_matches(';');
    let index: serde_json::Value = serde_json::from_str(json).unwrap();
    let mut pages = 0;
    for service in index.as_array().unwrap() {
        let folder = service[0].as_str().unwrap();
        let listing = get(&explorer.url(), &format!("/{folder}/index.html")).await;
        assert_eq!(listing.status, 200);
        for operation in service[2].as_array().unwrap() {
            let file = operation[0].as_str().unwrap();
            assert!(
                listing.body.contains(&format!("href=\"{file}.html\"")),
                "{file}"
            );
            pages += 1;
        }
    }
    assert_eq!(pages, specs(&root().join("api-specs")));
}

/// How many operations there are by the files alone.
fn specs(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            if entry.path().is_dir() {
                specs(&entry.path())
            } else {
                let other = name.ends_with(".overlay.yaml") || name == "service.yaml";
                usize::from(name.ends_with(".yaml") && !other)
            }
        })
        .sum()
}

#[test]
fn the_static_site_has_the_same_pages_and_no_dead_links() {
    let folder = tempfile::tempdir().unwrap();
    let catalog = Catalog::of_workspace().unwrap();
    let pages = site::write(&catalog, folder.path()).unwrap();
    assert!(pages > specs(&root().join("api-specs")));
    let page =
        std::fs::read_to_string(folder.path().join("dts/2020-01-01/StartDtsJob.html")).unwrap();
    assert!(page.contains("OperationDenied.NotPurchased"));
    assert!(
        !page.contains("workbench") && !page.contains("explore.js"),
        "what needs a server is left out"
    );
    let checked = links(folder.path(), folder.path());
    assert!(checked > pages * 3, "{checked}");
    // A second run finds everything in place.
    assert_eq!(site::write(&catalog, folder.path()).unwrap(), pages);
}

/// Follows every relative link of every page; how many there were.
fn links(root: &Path, folder: &Path) -> usize {
    let mut checked = 0;
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            checked += links(root, &path);
        } else if path.extension().is_some_and(|it| it == "html") {
            let page = std::fs::read_to_string(&path).unwrap();
            for link in page.split("href=\"").chain(page.split(" src=\"")).skip(1) {
                let link = link.split('"').next().unwrap();
                let file = link.split('#').next().unwrap();
                if file.is_empty() || link.contains(':') || link.contains('<') {
                    continue;
                }
                let target = folder.join(file);
                assert!(
                    target.is_file(),
                    "{}: {link}",
                    path.strip_prefix(root).unwrap().display()
                );
                checked += 1;
            }
        }
    }
    checked
}
