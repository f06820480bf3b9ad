//! What may and may not be put on the wire, whatever a caller passes in.

mod signers;

use super::*;
use crate::operation::{Kind, Location, Parameter, Style};
use crate::params::Value;

static SERVICE: Service = Service::EMPTY;

fn signed(
    signature: Signature,
    params: &Params,
    extra: &Params,
    headers: &[(&'static str, &'static str)],
) -> Result<SignedRequest, Unsendable> {
    signed_of(&Operation::EMPTY, signature, params, extra, headers)
}

fn signed_of(
    operation: &Operation,
    signature: Signature,
    params: &Params,
    extra: &Params,
    headers: &[(&'static str, &'static str)],
) -> Result<SignedRequest, Unsendable> {
    let headers: Vec<_> = headers
        .iter()
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect();
    sign(&SigningInput {
        service: &SERVICE,
        operation,
        params,
        extra_params: extra,
        extra_headers: &headers,
        endpoint: &"dts.aliyuncs.com".parse().unwrap(),
        method: None,
        signature,
        format: Format::Json,
        placement: Placement::Body,
        credentials: Some(&Credentials::new("id", "secret")),
        timestamp: "2024-07-11T03:11:53Z",
        nonce: "n",
        user_agent: "test",
        timeout: Duration::from_secs(1),
        retry: None,
    })
}

fn none() -> Params {
    Params::new()
}

#[test]
fn a_header_given_twice_is_sent_and_signed_once() {
    let headers = [
        ("x-acs-call", "1"),
        ("accept", "text/plain"),
        ("x-acs-call", "2"),
    ];
    let request = signed(Signature::V3, &none(), &none(), &headers).unwrap();
    let values = |wanted: &str| -> Vec<String> {
        let all = request
            .http
            .headers
            .iter()
            .filter(|(name, _)| name == wanted);
        all.map(|(_, value)| value.to_string()).collect()
    };
    assert_eq!(values("x-acs-call"), ["2"]);
    assert_eq!(values("accept"), ["text/plain"]);
    assert_eq!(
        request.canonical_request.matches("x-acs-call").count(),
        2,
        "one line, one name in the list"
    );
}

#[test]
fn line_breaks_in_headers_are_refused() {
    for (name, value) in [
        ("x-acs-a", "1\r\nx-acs-b: 2"),
        ("x-acs-a", "1\n"),
        ("x\r\ny", "1"),
        ("", "1"),
        ("a b", "1"),
    ] {
        for signature in [Signature::V3, Signature::V1] {
            assert!(
                signed(signature, &none(), &none(), &[(name, value)]).is_err(),
                "{name:?} {value:?}"
            );
        }
    }
}

#[test]
fn headers_that_frame_the_request_are_refused_and_so_is_a_second_signature() {
    for name in [
        "host",
        "Content-Length",
        "transfer-encoding",
        "authorization",
    ] {
        let refused = signed(Signature::V3, &none(), &none(), &[(name, "1")]).unwrap_err();
        assert!(
            refused.to_string().contains(&name.to_ascii_lowercase()),
            "{refused}"
        );
    }
    let request = signed(Signature::V3, &none(), &none(), &[("X-Mixed", "1")]).unwrap();
    assert_eq!(header(&request, "x-mixed"), Some("1"));
}

#[test]
fn parameters_of_the_callers_own_replace_those_of_the_same_name_where_they_are() {
    let params: Params = [("A", "1"), ("B", "2")].into_iter().collect();
    let extra: Params = [("A", "3"), ("C", "4")].into_iter().collect();
    let request = signed(Signature::V3, &params, &extra, &[]).unwrap();
    assert_eq!(request.http.url, "https://dts.aliyuncs.com/?A=3&B=2&C=4");
}

#[test]
fn parameters_of_the_callers_own_travel_where_the_descriptor_says() {
    let parameter = |name: &'static str, location, style| Parameter {
        name: name.into(),
        location,
        style,
        ..Parameter::EMPTY
    };
    let operation = Operation {
        parameters: vec![
            parameter("Form", Location::Form, Style::Flat),
            parameter("Plan", Location::Query, Style::Json),
        ]
        .into(),
        ..Operation::EMPTY
    };
    let plan: Params = [("Size", 1)].into_iter().collect();
    let extra: Params = [
        ("Form.New", Value::from("2")),
        ("Formal", Value::from("3")),
        ("Plan", Value::from(plan.clone())),
    ]
    .into_iter()
    .collect();
    let params: Params = [("Form", plan)].into_iter().collect();
    let request = signed_of(&operation, Signature::V3, &params, &extra, &[]).unwrap();
    assert_eq!(request.http.body, "Form.New=2&Form.Size=1");
    assert_eq!(
        request.http.url,
        "https://dts.aliyuncs.com/?Formal=3&Plan=%7B%22Size%22%3A1%7D"
    );
    let extra: Params = [("Form", "text")].into_iter().collect();
    let request = signed_of(&operation, Signature::V3, &params, &extra, &[]).unwrap();
    assert_eq!(request.http.body, "Form=text");
}

#[test]
fn parameters_cannot_break_out_of_their_place() {
    let params: Params = [("A", "1&B=2#c=?"), ("Line", "a\r\nb\0")]
        .into_iter()
        .collect();
    let request = signed(Signature::V3, &params, &none(), &[]).unwrap();
    assert_eq!(
        request.http.url,
        "https://dts.aliyuncs.com/?A=1%26B%3D2%23c%3D%3F&Line=a%0D%0Ab%00"
    );
}

#[test]
fn v1_keeps_its_own_parameter_names() {
    let taken: Params = [("Version", "1")].into_iter().collect();
    assert!(signed(Signature::V1, &taken, &none(), &[]).is_err());
    assert!(signed(Signature::V3, &taken, &none(), &[]).is_ok());
    let format: Params = [("Format", "json")].into_iter().collect();
    let request = signed(Signature::V1, &none(), &format, &[]).unwrap();
    assert_eq!(request.string_to_sign.matches("Format%3D").count(), 1);
    assert!(request.string_to_sign.contains("Format%3Djson"));
}

/// The pieces of a signing input that tests vary.
struct Given<'a> {
    service: &'a Service,
    operation: &'a Operation,
    params: &'a Params,
    signature: Signature,
    credentials: Option<Credentials>,
    retry: Option<Retry>,
}

impl Given<'_> {
    const NOTHING: Given<'static> = Given {
        service: &SERVICE,
        operation: &Operation::EMPTY,
        params: &Params::new(),
        signature: Signature::V3,
        credentials: None,
        retry: None,
    };

    fn sign(&self) -> Result<SignedRequest, Unsendable> {
        sign(&SigningInput {
            service: self.service,
            operation: self.operation,
            params: self.params,
            extra_params: &Params::new(),
            extra_headers: &[],
            endpoint: &"cs.aliyuncs.com".parse().unwrap(),
            method: None,
            signature: self.signature,
            format: Format::Json,
            placement: Placement::Body,
            credentials: self.credentials.as_ref(),
            timestamp: "2024-07-11T03:11:53Z",
            nonce: "n",
            user_agent: "test",
            timeout: Duration::from_secs(1),
            retry: self.retry,
        })
    }
}

fn sign_operation(
    service: &Service,
    operation: &Operation,
    params: &Params,
) -> Result<SignedRequest, Unsendable> {
    Given {
        service,
        operation,
        params,
        credentials: (!operation.anonymous).then(|| Credentials::new("id", "secret")),
        ..Given::NOTHING
    }
    .sign()
}

/// The value of a header that is sent, if it is sent once.
fn header<'r>(request: &'r SignedRequest, name: &str) -> Option<&'r str> {
    let mut found = request
        .http
        .headers
        .iter()
        .filter(|(known, _)| known == name);
    let value = found.next().map(|(_, value)| value.as_ref());
    value.filter(|_| found.next().is_none())
}

#[test]
fn an_anonymous_call_has_no_signature_and_names_its_format() {
    let operation = Operation {
        anonymous: true,
        ..Operation::EMPTY
    };
    let request = sign_operation(&SERVICE, &operation, &none()).unwrap();
    assert!(
        request
            .http
            .headers
            .iter()
            .all(|(name, _)| name != "authorization")
    );
    assert!(
        request.http.url.ends_with("/?Format=json"),
        "{}",
        request.http.url
    );
}

#[test]
fn roa_paths_are_filled_and_whole_bodies_are_never_absent() {
    let service = Service {
        roa: true,
        ..Service::EMPTY
    };
    let parameter = |name: &'static str, location, kind| Parameter {
        name: Cow::Borrowed(name),
        location,
        kind,
        ..Parameter::EMPTY
    };
    let operation = Operation {
        path: Cow::Borrowed("/clusters/{Id}/x"),
        parameters: vec![
            parameter("Id", Location::Path, Kind::String),
            parameter("body", Location::Body, Kind::List),
            parameter("X-Trace", Location::Header, Kind::String),
        ]
        .into(),
        ..Operation::EMPTY
    };
    assert!(
        sign_operation(&service, &operation, &none()).is_err(),
        "a hole is left"
    );
    let params: Params = [("Id", "a/b 中"), ("X-Trace", "t")].into_iter().collect();
    let request = sign_operation(&service, &operation, &params).unwrap();
    assert_eq!(
        request.http.url,
        "https://cs.aliyuncs.com/clusters/a%2Fb%20%E4%B8%AD/x"
    );
    assert_eq!(request.http.body, "[]");
    assert!(
        request
            .http
            .headers
            .contains(&("x-trace".into(), "t".into()))
    );
    assert!(request.http.headers.contains(&(
        "content-type".into(),
        "application/json; charset=utf-8".into()
    )));
}

#[test]
fn values_that_are_dot_segments_cannot_be_path_parameters() {
    let service = Service {
        roa: true,
        ..Service::EMPTY
    };
    let operation = Operation {
        path: Cow::Borrowed("/x/{Id}/y"),
        parameters: vec![Parameter {
            name: Cow::Borrowed("Id"),
            location: Location::Path,
            ..Parameter::EMPTY
        }]
        .into(),
        ..Operation::EMPTY
    };
    for value in [".", ".."] {
        let params: Params = [("Id", value)].into_iter().collect();
        let refused = sign_operation(&service, &operation, &params).unwrap_err();
        assert!(refused.to_string().contains("/x/{Id}/y"), "{refused}");
    }
    for (value, path) in [
        ("../..", "/x/..%2F../y"),
        ("%2e", "/x/%252e/y"),
        ("", "/x//y"),
    ] {
        let params: Params = [("Id", value)].into_iter().collect();
        let request = sign_operation(&service, &operation, &params).unwrap();
        assert_eq!(request.http.url, format!("https://cs.aliyuncs.com{path}"));
    }
}
