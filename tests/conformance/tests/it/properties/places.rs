//! Paths and hosts: a value stays inside its segment and its label.

use super::*;

/// A segment as it arrives, decoded.
fn decoded(segment: &str) -> String {
    let bytes = percent_encoding::percent_decode_str(segment);
    bytes.decode_utf8().unwrap().into_owned()
}

fn with_path<'a>(path: &'a str, values: &[(&str, &str)], signature: Signature) -> Given<'a> {
    Given {
        roa: true,
        path,
        parameters: (values.iter())
            .map(|(name, _)| parameter(name, Location::Path))
            .collect(),
        params: (values.iter())
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        signature,
        ..Given::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn path_parameters_stay_in_their_segments(
        one in hostile(),
        two in hostile(),
        signature in select(vec![Signature::V3, Signature::V1]),
    ) {
        let values = [("One", one.as_str()), ("Two", two.as_str())];
        let given = with_path("/a/{One}/b-{Two}", &values, signature);
        let dots = one == "." || one == "..";
        let Ok(request) = given.sign() else {
            prop_assert!(dots, "refused for no reason");
            return Ok(());
        };
        prop_assert!(!dots);
        let url = parsed(&request);
        prop_assert_eq!(url.host_str(), Some(HOST));
        prop_assert_eq!(url.query(), None);
        let segments: Vec<_> = url.path_segments().unwrap().map(decoded).collect();
        prop_assert_eq!(segments, ["a", &one, &format!("b-{two}")]);
    }

    #[test]
    fn segments_put_together_from_values_are_no_way_up_either(one in "[.%2eE]{0,3}", two in "[.%2eE]{0,3}") {
        let values = [("One", one.as_str()), ("Two", two.as_str())];
        let given = with_path("/{One}{Two}/end", &values, Signature::V3);
        let both = format!("{one}{two}");
        match given.sign() {
            Err(_) => prop_assert!(both == "." || both == "..", "refused for no reason"),
            Ok(request) => {
                let url = parsed(&request);
                prop_assert_eq!(url.path_segments().unwrap().map(decoded).collect::<Vec<_>>(), [&both, "end"]);
            }
        }
    }

    /// A template is the spec's, or that of a caller who calls an operation without one.
    #[test]
    fn templates_that_would_change_are_refused(path in hostile(), lead in "/?") {
        let path = format!("{lead}{path}");
        if let Ok(request) = with_path(&path, &[], Signature::V3).sign() {
            let url = parsed(&request);
            prop_assert_eq!(url.host_str(), Some(HOST));
            // What follows a question mark is a query, and nothing of it is path.
            let path = path.split('?').next().unwrap_or_default();
            prop_assert_eq!(url.path(), if path.is_empty() { "/" } else { path });
        }
    }

    #[test]
    fn a_host_parameter_is_one_label(value in prop_oneof![hostile(), "[A-Za-z0-9-]{1,8}"]) {
        let given = Given {
            parameters: vec![parameter("Project", Location::Host)],
            params: [("Project".to_owned(), value.clone())].into(),
            ..Given::default()
        };
        let plain = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        match given.sign() {
            Err(_) => prop_assert!(!plain, "refused for no reason"),
            Ok(request) => {
                prop_assert!(plain);
                // URL parsers refuse what only looks like an internationalized label.
                if !value.to_ascii_lowercase().starts_with("xn--") {
                    let host = format!("{}.{HOST}", value.to_ascii_lowercase());
                    let url = parsed(&request);
                    prop_assert_eq!(url.host_str(), Some(host.as_str()));
                    let line = format!("\nhost:{host}\n");
                    prop_assert!(request.canonical_request.contains(&line));
                }
            }
        }
    }
}

#[test]
fn dot_segments_are_refused_however_they_are_written() {
    for path in ["/.", "/..", "/a/./b", "/a/%2e%2E/b", "/%2e.", "/a/.%2e"] {
        assert_ne!(
            Url::parse(&format!("https://{HOST}{path}")).unwrap().path(),
            path
        );
        assert!(
            with_path(path, &[], Signature::V3).sign().is_err(),
            "{path}"
        );
    }
    for path in ["/...", "/.a", "/a//b", "//", "/a%2Fb", "/~", "/%7E"] {
        assert_eq!(
            Url::parse(&format!("https://{HOST}{path}")).unwrap().path(),
            path
        );
        assert!(with_path(path, &[], Signature::V3).sign().is_ok(), "{path}");
    }
}

/// A region is part of the host name of services with a pattern, and comes from the caller.
#[test]
fn a_region_cannot_lead_to_another_host() {
    let service = Service {
        fallback: Some(Cow::Borrowed("dts.{region}.aliyuncs.com")),
        ..Service::EMPTY
    };
    for region in [
        "x@evil.example/",
        "x/",
        "x?",
        "x#",
        "a b",
        "x\r\n",
        "\u{4e2d}",
    ] {
        let given = Given {
            endpoint: Endpoint::of(&service, Some(region), false).unwrap(),
            ..Given::default()
        };
        assert!(given.sign().is_err(), "{region:?}");
    }
}
