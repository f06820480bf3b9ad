use super::*;
use crate::fixtures;

fn v3(method: &str, target: &str, action: &str, host: &str) -> Request {
    let headers = [
        ("host", host),
        ("authorization", "ACS3"),
        ("x-acs-action", action),
        ("x-acs-version", "2024-02-30"),
    ];
    let given = headers.into_iter().filter(|(_, value)| !value.is_empty());
    Request::new(method, target, given, "")
}

/// Product and operation a request is for, with its path parameters; or the error code.
fn routed(request: &Request) -> Result<(String, String, Vec<String>), String> {
    let catalog = fixtures::catalog();
    let route = route(&catalog, request, &Target::of(request));
    route.map_err(|refusal| refusal.code).map(|route| {
        let served = route.served;
        let values = route.path_parameters.into_iter().map(|(_, value)| value);
        (
            served.service.product.value.clone(),
            served.spec.name.value.clone(),
            values.collect(),
        )
    })
}

fn found(
    product: &str,
    operation: &str,
    values: &[&str],
) -> Result<(String, String, Vec<String>), String> {
    let values = values.iter().map(|value| (*value).to_owned());
    Ok((product.to_owned(), operation.to_owned(), values.collect()))
}

fn refused(code: &str) -> Result<(String, String, Vec<String>), String> {
    Err(code.to_owned())
}

#[test]
fn paths_are_matched_segment_by_segment() {
    let get = |path: &str| routed(&v3("GET", path, "", "h"));
    assert_eq!(
        get("/clusters/a%2Fb+c?x=1"),
        found("Cs", "DescribeCluster", &["a/b+c"])
    );
    assert_eq!(get("/clusters/"), found("Cs", "DescribeCluster", &[""]));
    assert_eq!(
        get("/clusters/default"),
        found("Cs", "DescribeDefault", &[])
    );
    assert_eq!(get("/clusters/a/b"), refused("IncompleteSignature"));
    assert_eq!(get("/"), refused("IncompleteSignature"));
    assert_eq!(
        routed(&v3("POST", "/clusters", "", "h")),
        found("Cs", "CreateCluster", &[])
    );
    assert_eq!(
        routed(&v3("PUT", "/clusters", "", "h")),
        refused("IncompleteSignature")
    );
}

#[test]
fn a_name_does_not_excuse_a_wrong_path() {
    let named = |method: &str, path: &str| routed(&v3(method, path, "DescribeCluster", "h"));
    assert_eq!(
        named("GET", "/clusters/default"),
        found("Cs", "DescribeCluster", &["default"])
    );
    assert_eq!(named("GET", "/"), refused("InvalidAction.NotFound"));
    assert_eq!(
        named("POST", "/clusters/c"),
        refused("InvalidAction.NotFound")
    );
}

#[test]
fn the_host_tells_products_apart_and_the_first_one_is_the_default() {
    let on = |host: &str| routed(&v3("POST", "/", "Shape", host));
    assert_eq!(
        on("twin.cn-hangzhou.aliyuncs.com"),
        found("Twin", "Shape", &[])
    );
    assert_eq!(
        on("other-vpc.cn-hangzhou.aliyuncs.com:80"),
        found("Other", "Shape", &[])
    );
    assert_eq!(on("127.0.0.1:8080"), found("Other", "Shape", &[]));
}

#[test]
fn v1_names_are_parameters() {
    let v1 = |target: &str| {
        let headers = [("x-acs-action", "Shape"), ("x-acs-version", "2024-02-30")];
        routed(&Request::new("GET", target, headers, ""))
    };
    assert_eq!(
        v1("/?Signature=s&Action=Shape&Version=2024-02-30"),
        found("Other", "Shape", &[])
    );
    assert_eq!(
        v1("/?Signature=s&Action=Shape&Version=1"),
        refused("InvalidVersion")
    );
    assert_eq!(v1("/?Signature=s&Action=Shape"), refused("MissingVersion"));
    assert_eq!(v1("/?Signature=s"), refused("MissingAction"));
    assert_eq!(
        v1("/?Signature=s&Action=shape&Version=2024-02-30"),
        refused("InvalidAction.NotFound")
    );
}
