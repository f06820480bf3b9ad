//! Files made of pages, and skeletons: right as they are, with every fact.

use std::fs;
use std::path::{Path, PathBuf};

use alicloud_codegen::author::{AuthorError, Target, write};
use alicloud_codegen::diagnostic::SERVICE;
use alicloud_codegen::document::Document;
use alicloud_codegen::examine::{Examined, examine};
use alicloud_codegen::load::Selection;

use crate::held::real_pages;
use crate::missing::missing;

/// The pages, made up and real.
fn pages() -> Vec<Document> {
    let made_up = ["spaced", "barred", "glued"].map(crate::pages::page);
    let real = real_pages().into_iter().map(|(_, page)| page);
    made_up.into_iter().chain(real).collect()
}

/// The spec folder with one product version, and the operation of a page written into it.
fn written(page: &Document) -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("demo/2024-01-01");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("service.yaml"), SERVICE).unwrap();
    let target = Target {
        folder: "demo/2024-01-01/".to_owned(),
        operation: page.operation.clone().unwrap(),
    };
    let path = write(root.path(), Path::new("api-specs"), &target, Some(page)).unwrap();
    let again = write(root.path(), Path::new("api-specs"), &target, Some(page)).unwrap_err();
    assert!(matches!(again, AuthorError::Exists(_)), "{again}");
    let path = root.path().join(path);
    (root, path)
}

fn examined(root: &Path) -> Examined {
    examine(root, Path::new("api-specs"), &Selection::default()).unwrap()
}

#[test]
fn a_file_made_of_a_page_is_right_and_has_every_fact() {
    for page in pages() {
        let (root, _) = written(&page);
        let found = examined(root.path());
        found.require_no_errors().unwrap();
        let service = &found.loaded.services[0];
        let operation = &service.operations[0];
        assert_eq!(missing(service, operation, &page), [""; 0]);
        let example = &operation.examples[0];
        assert!(example.json.is_some(), "{}", operation.name.value);
        assert_eq!(example.xml.is_some(), page.xml.is_some());
    }
}

/// What is taken out of a file is missed.
#[test]
fn a_fact_that_is_not_there_is_missed() {
    let page = crate::pages::page("spaced");
    let (root, path) = written(&page);
    let text = fs::read_to_string(&path).unwrap();
    for (from, to, wanted) in [
        ("  DemoJobId:\n", "  OtherId:\n", "parameter DemoJobId"),
        (
            "    required: documented\n",
            "",
            "DemoJobId required: Some(true)",
        ),
        ("[Fast, Gentle]", "[Fast]", "Mode can be Gentle"),
        (
            "    default: Fast\n",
            "",
            "Mode is Some(\"Fast\") by default",
        ),
        (
            "example: j-1****",
            "example: j-2****",
            "DemoJobId, for example Some(\"j-1****\")",
        ),
        (
            "    deprecated: The",
            "    description: The",
            "AccountId is deprecated",
        ),
        (
            "    style: json\n",
            "    style: repeated\n",
            "Objects is JSON in a string",
        ),
        ("  403:", "  404:", "error 403 Denied.NotBought"),
        ("        Code:", "        Cod:", "field Status.Code"),
        ("[ECS, Express, cen]", "[ECS, Express]", "RequiredWhen"),
    ] {
        // Without its examples, which would notice as well.
        let (facts, _) = text.split_once("\nexamples:").unwrap();
        let changed = facts.replacen(from, to, 1);
        assert_ne!(changed, facts, "{from}");
        fs::write(&path, format!("{changed}\n")).unwrap();
        let found = examined(root.path());
        let service = &found.loaded.services[0];
        let missing = missing(service, &service.operations[0], &page);
        assert!(
            missing.iter().any(|fact| fact.contains(wanted)),
            "{from}: {missing:?}"
        );
    }
}

/// A page whose samples contradict its tables still becomes a file, without the sample that does.
#[test]
fn samples_that_are_not_true_are_left_out() {
    let mut page = crate::pages::page("barred");
    page.json = Some("{\"Count\": \"many\"}".to_owned());
    let (root, _) = written(&page);
    let found = examined(root.path());
    found.require_no_errors().unwrap();
    let example = &found.loaded.services[0].operations[0].examples[0];
    assert!(example.request.is_some() && example.json.is_none() && example.xml.is_some());
}

/// What the specs already say of a parameter or field of that name is taken over; a page's own words never are.
#[test]
fn descriptions_come_from_the_specs_and_never_from_the_page() {
    let page = crate::pages::page("spaced");
    let (root, first) = written(&page);
    let text = fs::read_to_string(&first).unwrap();
    for sentence in [
        "as fast as possible",
        "What to copy",
        "How to run it",
        "The code of",
    ] {
        assert!(!text.contains(sentence), "{sentence}");
    }
    let told = text.replacen(
        "  DemoJobId:\n",
        "  DemoJobIds:\n    description: Which.\n",
        1,
    );
    fs::write(&first, told.split_once("\nexamples:").unwrap().0).unwrap();
    let page = crate::pages::page("barred");
    let target = Target {
        folder: "demo/2024-01-01".into(),
        operation: "BeginDemoJobs".into(),
    };
    let path = write(root.path(), Path::new("api-specs"), &target, Some(&page)).unwrap();
    let text = fs::read_to_string(root.path().join(path)).unwrap();
    assert!(text.contains("    description: Which.\n"), "{text}");
}

/// Values that an enum of `service.yaml` has are not listed again, and names described there are not described again.
#[test]
fn what_the_service_has_is_not_repeated() {
    let page = crate::pages::page("spaced");
    let (root, path) = written(&page);
    let service = root.path().join("demo/2024-01-01/service.yaml");
    let more = "parameter_descriptions: {RequestId: The ID.}\n";
    let text = SERVICE.replace("[Forward, Reverse]}", "[Gentle, Fast]}") + more;
    fs::write(service, text).unwrap();
    fs::remove_file(&path).unwrap();
    let target = Target {
        folder: "demo/2024-01-01".into(),
        operation: "BeginDemoJob".into(),
    };
    write(root.path(), Path::new("api-specs"), &target, Some(&page)).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("    enum: Direction\n") && !text.contains("The ID."),
        "{text}"
    );
    let found = examined(root.path());
    found.require_no_errors().unwrap();
    let service = &found.loaded.services[0];
    assert_eq!(missing(service, &service.operations[0], &page), [""; 0]);
}

#[test]
fn a_skeleton_checks_clean() {
    let (root, _) = written(&crate::pages::page("barred"));
    let target = Target {
        folder: "demo/2024-01-01".into(),
        operation: "StartThing".into(),
    };
    let path = write(root.path(), Path::new("api-specs"), &target, None).unwrap();
    let found = examined(root.path());
    let shown = Path::new("api-specs").join(path);
    let own = found
        .diagnostics
        .iter()
        .filter(|problem| found.loaded.sources.path(problem.span.file) == shown);
    let own: Vec<String> = own
        .map(|problem| problem.render(&found.loaded.sources))
        .collect();
    assert_eq!(own, [""; 0]);
}

#[test]
fn what_cannot_be_written_is_refused() {
    let page = crate::pages::page("barred");
    let (root, _) = written(&page);
    let refused = |folder: &str, operation: &str, page: Option<&Document>| {
        let target = Target {
            folder: folder.into(),
            operation: operation.into(),
        };
        write(root.path(), Path::new("api-specs"), &target, page)
            .unwrap_err()
            .to_string()
    };
    let error = refused("demo/2024-01-02", "Start", None);
    assert!(
        error.contains("did you mean \"demo/2024-01-01\"?"),
        "{error}"
    );
    let error = refused("demo", "Start", None);
    assert!(error.contains("names no version"), "{error}");
    let error = refused("demo/2024-01-01", "../Start", None);
    assert!(error.contains("no name of an operation"), "{error}");
    let error = refused("demo/2024-01-01", "BeginDemoJob", Some(&page));
    assert!(error.contains("the page is about BeginDemoJobs"), "{error}");
}
