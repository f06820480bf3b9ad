//! Made-up pages, one in each shape.

use alicloud_codegen::document::{Condition, Document, Listed, Row, RowKind, parse};

pub(crate) fn page(name: &str) -> Document {
    let path = format!(
        "{}/tests/documents/pages/{name}.txt",
        env!("CARGO_MANIFEST_DIR")
    );
    parse(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn row<'d>(rows: &'d [Row], name: &str) -> &'d Row {
    let found = rows.iter().find(|row| row.name == name);
    found.unwrap_or_else(|| panic!("no {name} in {rows:#?}"))
}

fn listed(status: u16, code: &str) -> Listed {
    Listed {
        status,
        code: code.to_owned(),
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn columns_with_spaces_between_them() {
    let page = page("spaced");
    assert_eq!(page.operation.as_deref(), Some("BeginDemoJob"));
    let names: Vec<&str> = page
        .parameters
        .iter()
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "DemoJobId",
            "Mode",
            "Source.Kind",
            "Source.IP",
            "Source.OwnerId",
            "Source.Role",
            "Objects",
            "Year",
            "Tag.N.Key",
            "AccountId"
        ]
    );
    let id = row(&page.parameters, "DemoJobId");
    assert_eq!((id.kind, id.required), (RowKind::Text, Some(true)));
    assert_eq!(id.example.as_deref(), Some("j-1****"));
    let mode = row(&page.parameters, "Mode");
    assert_eq!(mode.values, ["Fast", "Gentle"]);
    assert_eq!(mode.default.as_deref(), Some("Fast"));
    assert_eq!(mode.required, Some(false));
    let objects = row(&page.parameters, "Objects");
    assert!(objects.json);
    assert_eq!(objects.example.as_deref(), Some("[{\"Name\":\"a b\"}]"));
    assert_eq!(row(&page.parameters, "Year").kind, RowKind::Boolean);
    assert_eq!(row(&page.parameters, "Year").values, ["true", "false"]);
    assert!(row(&page.parameters, "AccountId").deprecated);
    assert!(!mode.deprecated);
    assert_eq!(
        page.errors,
        [listed(403, "Denied.NotBought"), listed(500, "OutOfOrder")]
    );
    assert_eq!(
        page.request,
        [
            ("DemoJobId".to_owned(), "j-1****".to_owned()),
            ("Objects".to_owned(), "[{\"Name\":\"a b\"}]".to_owned())
        ]
    );
    assert!(page.json.unwrap().contains("\"Code\" : 7"));
    let xml = page.xml.unwrap();
    assert!(xml.starts_with("<BeginDemoJobResponse>"), "{xml}");
    assert!(xml.ends_with("</BeginDemoJobResponse>\n"), "{xml}");
}

#[test]
fn conditions_in_set_phrases() {
    let page = page("spaced");
    let kind = || "Source.Kind".to_owned();
    let address = || "Source.IP".to_owned();
    let machines = || texts(&["ECS", "Express", "cen"]);
    assert_eq!(
        row(&page.parameters, "Source.IP").conditions,
        [
            Condition::RequiredWhen {
                parameter: address(),
                other: kind(),
                values: machines()
            },
            Condition::IgnoredUnless {
                parameter: address(),
                other: kind(),
                values: machines()
            },
        ]
    );
    let role = || "Source.Role".to_owned();
    assert_eq!(
        row(&page.parameters, "Source.OwnerId").conditions,
        [Condition::RequiredWith {
            parameter: role(),
            other: "Source.OwnerId".to_owned()
        }]
    );
    // The second item has a condition more, which no rule can say.
    assert_eq!(
        row(&page.parameters, "Source.Role").conditions,
        [
            Condition::RequiredWhen {
                parameter: role(),
                other: kind(),
                values: texts(&["ECS", "RDS"])
            },
            Condition::IgnoredWhen {
                parameter: role(),
                other: "Mode".into(),
                values: texts(&["Gentle"])
            },
        ]
    );
    assert_eq!(
        row(&page.parameters, "Year").conditions,
        [Condition::IgnoredUnless {
            parameter: "Year".into(),
            other: "Mode".into(),
            values: texts(&["Gentle"])
        }]
    );
}

#[test]
fn fields_go_into_the_objects_of_the_sample() {
    let names = |page: &Document| {
        let rows = page.response.iter();
        rows.map(|row| row.name.clone()).collect::<Vec<_>>()
    };
    let spaced = page("spaced");
    assert_eq!(
        names(&spaced),
        [
            "RequestId",
            "Status",
            "Status.Code",
            "Jobs",
            "Jobs.Name",
            "ErrCode",
            "Success"
        ]
    );
    assert_eq!(spaced.guessed, ["ErrCode"]);
    assert_eq!(row(&spaced.response, "Status").kind, RowKind::Object);
    assert_eq!(row(&spaced.response, "Jobs").kind, RowKind::Objects);
    assert_eq!(
        row(&spaced.response, "Status.Code").example.as_deref(),
        Some("7")
    );
    assert_eq!(row(&spaced.response, "Status").required, None);
    assert_eq!(
        names(&page("glued")),
        [
            "Success",
            "Data",
            "Data.Runs",
            "Data.Runs.State",
            "RequestId"
        ]
    );
}

#[test]
fn columns_with_bars() {
    let page = page("barred");
    assert_eq!(page.operation.as_deref(), Some("BeginDemoJobs"));
    let names: Vec<&str> = page
        .parameters
        .iter()
        .map(|row| row.name.as_str())
        .collect();
    assert_eq!(names, ["DemoJobIds", "Limit"]);
    let limit = row(&page.parameters, "Limit");
    assert_eq!((limit.kind, limit.required), (RowKind::Int64, Some(false)));
    assert_eq!(limit.example.as_deref(), Some("10"));
    assert_eq!(limit.default.as_deref(), Some("5"));
    assert_eq!(row(&page.response, "Count").kind, RowKind::Int32);
    assert_eq!(page.request.len(), 2);
    assert!(page.errors.is_empty());
    assert_eq!(
        page.json.as_deref(),
        Some("{ \"RequestId\": \"AAAA-BBBB\", \"Count\": 2 }\n")
    );
}

#[test]
fn columns_with_nothing_between_them() {
    let page = page("glued");
    assert_eq!(page.operation.as_deref(), Some("BeginDemoRun"));
    let kind = row(&page.parameters, "Kind");
    assert_eq!(kind.values, ["DEMO_RUN", "DEMO_PLAN"]);
    assert_eq!(kind.example.as_deref(), Some("DEMO_RUN"));
    let project = row(&page.parameters, "ProjectId");
    assert_eq!(
        (project.kind, project.required),
        (RowKind::Int64, Some(true))
    );
    assert_eq!(project.example.as_deref(), Some("10000"));
    let settings = row(&page.parameters, "Settings");
    assert_eq!(settings.required, Some(false));
    assert_eq!(
        settings.example.as_deref(),
        Some("{\"limit\":{\"count\":10}}")
    );
    assert_eq!(
        settings.conditions,
        [Condition::IgnoredWhen {
            parameter: "Settings".into(),
            other: "Kind".into(),
            values: texts(&["DEMO_PLAN"])
        }]
    );
    assert_eq!(
        page.errors,
        [listed(400, "Param.Bad"), listed(403, "Denied.Access")]
    );
    assert_eq!(
        row(&page.response, "Data.Runs.State").values,
        ["good", "bad"]
    );
}

#[test]
fn what_is_no_page_is_refused() {
    let refusal = parse("Nothing here.\n").unwrap_err();
    assert!(
        refusal
            .to_string()
            .starts_with("line 1: no table under a line"),
        "{refusal}"
    );
    let refusal = parse("x\nRequest parameters\nParameter Type Example Description\n").unwrap_err();
    assert_eq!(refusal.line, 3);
    for text in [
        "",
        "\u{0}",
        "Request parameters\n|||\n400\n",
        "Error codes\n4\u{e4}\n",
    ] {
        let _ = parse(text);
    }
}

/// Whatever is cut off or torn, nothing panics.
#[test]
fn damaged_pages_are_survived() {
    for name in ["spaced", "barred", "glued"] {
        let path = format!(
            "{}/tests/documents/pages/{name}.txt",
            env!("CARGO_MANIFEST_DIR")
        );
        let text = std::fs::read_to_string(path).unwrap();
        for (end, _) in text.char_indices().step_by(7) {
            let _ = parse(&text[..end]);
            let _ = parse(&text[end..]);
        }
    }
}
