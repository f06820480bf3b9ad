use alicloud_codegen::spec::Scope;

use super::*;
use crate::fixtures;
use crate::route::{Target, route};

/// The code and message a call with that query is refused with.
fn refused(
    operation: &str,
    path: &str,
    query: &str,
    header: (&str, &str),
) -> Option<(String, String)> {
    let catalog = fixtures::catalog();
    let headers = [
        ("authorization", "ACS3"),
        ("x-acs-action", operation),
        ("x-acs-version", "2024-02-30"),
        header,
    ];
    let method = if path == "/" { "POST" } else { "GET" };
    let request = Request::new(method, &format!("{path}?{query}"), headers, "");
    let route = route(&catalog, &request, &Target::of(&request)).unwrap();
    let shared = Scope::of_service(&route.served.service.schemas);
    let shapes = Shapes::new(route.served.spec, &shared);
    let given = given(&request, Scheme::V3, &route);
    let refusal = check(&request, &route, &shapes, &given).err()?;
    Some((refusal.code, refusal.message))
}

fn shape(query: &str) -> Option<(String, String)> {
    refused("Shape", "/", query, ("x-none", ""))
}

#[test]
fn any_name_below_a_required_parameter_gives_it() {
    for query in ["Tag=[]", "Tag.1.Key=k", "Tag.7.Unknown=1", "Tag."] {
        assert_eq!(shape(query), None, "{query}");
    }
    for query in ["", "Tagged=1", "Tag-=1", "tag=1"] {
        let (code, message) = shape(query).unwrap();
        assert_eq!(code, "MissingParameter");
        assert!(message.contains("Tag"), "{message}");
    }
}

#[test]
fn scalars_must_read_as_their_type_wherever_they_are() {
    for (query, name) in [
        ("Tag.1.Weight=heavy", "Tag.1.Weight"),
        ("Tag.1.Weight=2147483648", "Tag.1.Weight"),
        ("Flags.2=TRUE", "Flags.2"),
        ("Limits.a.b=wide", "Limits.a.b"),
        ("Limits.a=inf", "Limits.a"),
        ("Ids=1,2,x", "Ids"),
    ] {
        let (code, message) = shape(&format!("Tag=&{query}")).unwrap();
        assert_eq!(code, "InvalidParameter");
        assert!(message.contains(name), "{message}");
    }
}

#[test]
fn what_reads_as_its_type_or_is_not_known_passes() {
    for query in [
        "Tag.1.Weight=-1&Tag.1.Key=anything",
        "Flags.1=True&Flags.2=false&Flags=whatever",
        "Limits.a.b=1e3&Limits=%7B",
        "Ids=1,2&Ids.1=3",
        "Ids=",
        "Free.a.b=x&Free=%7B",
        "Login=not json&OwnerId=x&Tag.1.Weight.deeper=x",
    ] {
        assert_eq!(shape(&format!("Tag=&{query}")), None, "{query}");
    }
}

#[test]
fn headers_and_paths_hold_parameters_too() {
    let describe = |header| refused("DescribeCluster", "/clusters/c", "", header);
    assert_eq!(describe(("x-trace", "7")), None);
    assert_eq!(
        describe(("x-trace", "seven")).unwrap().0,
        "InvalidParameter"
    );
}

#[test]
fn secrets_are_known_by_the_company_they_keep() {
    let catalog = fixtures::catalog();
    let served = catalog
        .operations()
        .find(|served| served.spec.name.value == "Shape")
        .unwrap();
    let shared = Scope::of_service(&served.service.schemas);
    let shapes = Shapes::new(served.spec, &shared);
    for (name, sensitive) in [
        ("Login", true),
        ("Login.Key", true),
        ("Login.User", false),
        ("Tag.1.Key", false),
        ("Tag.x.Key", true),
        ("Unknown", true),
    ] {
        assert_eq!(shapes.is_sensitive(name), sensitive, "{name}");
    }
}

#[test]
fn a_name_that_goes_on_for_ever_means_nothing() {
    let catalog = fixtures::catalog();
    let mut operations = catalog.operations();
    let served = operations
        .find(|served| served.spec.name.value == "Shape")
        .unwrap();
    let shared = Scope::of_service(&served.service.schemas);
    let shapes = Shapes::new(served.spec, &shared);
    let deep = |levels| format!("Tree{}", ".Children.1".repeat(levels));
    assert!(shapes.find(&deep(9)).is_some());
    assert!(shapes.find(&deep(1 << 18)).is_none());
}
