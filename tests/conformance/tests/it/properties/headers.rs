//! Headers: each arrives as given or is refused, and none brings another with it.

use super::*;

/// Whether a header may be sent: its name is a token and belongs to no layer below, its value is one line.
fn sendable(name: &str, value: &str) -> bool {
    const KEPT: [&str; 8] = [
        "authorization",
        "connection",
        "content-length",
        "host",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    let token = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let line = |byte: u8| byte == b'\t' || byte >= 0x20 && byte != 0x7f;
    !name.is_empty()
        && name.bytes().all(token)
        && value.bytes().all(line)
        && !KEPT.contains(&name.to_ascii_lowercase().as_str())
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        hostile(),
        "[a-z]([A-Za-z0-9-]){0,8}",
        "x-acs-[a-z]{1,4}",
        select(vec![
            "Host",
            "Content-Length",
            "Authorization",
            "accept",
            "X-Acs-Date"
        ])
        .prop_map(str::to_owned),
    ]
}

fn value() -> impl Strategy<Value = String> {
    prop_oneof![hostile(), "[ -~\t]{0,12}", "[a-z]{0,5}"]
}

/// The value of a header on the wire, if it is there once.
fn single<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let mut found = headers.iter().filter(|(known, _)| known == name);
    let value = found.next().map(|(_, value)| value.as_str());
    value.filter(|_| found.next().is_none())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn headers_of_the_caller_arrive_or_are_refused(
        name in name(),
        value in value(),
        signature in select(vec![Signature::V3, Signature::V1]),
        roa in any::<bool>(),
        from_parameter in any::<bool>(),
    ) {
        let plain = Given { roa, signature, ..Given::default() };
        let given = if from_parameter {
            Given {
                parameters: vec![parameter(&name, Location::Header)],
                params: [(name.clone(), value.clone())].into(),
                ..plain
            }
        } else {
            Given { extra_headers: vec![(name.clone(), value.clone())], ..plain }
        };
        // An RPC request with V1 has its signature in a parameter, and no use for the header.
        let spare = name.eq_ignore_ascii_case("authorization") && signature == Signature::V1 && !roa;
        let sendable = sendable(&name, &value) || spare && sendable("x", &value);
        let Ok(request) = given.sign() else {
            prop_assert!(!sendable, "refused for no reason");
            return Ok(());
        };
        prop_assert!(sendable);
        let name = name.to_ascii_lowercase();
        let arrived = headers_on_the_wire(&request);
        prop_assert_eq!(single(&arrived, &name), Some(value.trim_matches([' ', '\t'])));

        let usual = Given { roa, signature, ..Given::default() }.sign().unwrap();
        let usual = headers_on_the_wire(&usual);
        let more = usize::from(single(&usual, &name).is_none());
        prop_assert_eq!(arrived.len(), usual.len() + more);
        for (known, value) in usual.iter().filter(|(known, _)| *known != name && known != "authorization") {
            prop_assert_eq!(single(&arrived, known), Some(value.as_str()));
        }
    }

    #[test]
    fn no_part_of_the_key_brings_a_header_with_it(id in hostile(), token in hostile(), roa in any::<bool>()) {
        let names = |credentials: &Credentials| {
            let given = Given { roa, credentials: credentials.clone(), ..Given::default() };
            let headers = given.sign().map(|request| headers_on_the_wire(&request));
            headers.map(|headers| headers.into_iter().map(|(name, _)| name).collect::<Vec<_>>())
        };
        let hostile = Credentials::new(id, "secret").with_security_token(token.clone());
        // White space around a token is no part of it.
        let plain = if hostile.security_token().is_some() { "token" } else { "" };
        let keys = [
            (hostile, Credentials::new("id", "secret").with_security_token(plain)),
            (Credentials::bearer(token), Credentials::bearer("token")),
        ];
        for (hostile, plain) in keys {
            if let Ok(names_sent) = names(&hostile) {
                prop_assert_eq!(names_sent, names(&plain).unwrap());
            }
        }
    }
}
