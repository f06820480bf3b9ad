//! Parameters: what is given arrives, in the place it belongs, and nothing else does.

use super::*;

/// What V1 adds, and keeps for itself.
const COMMON: [&str; 8] = [
    "AccessKeyId",
    "Action",
    "Format",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

fn pairs(texts: &Texts) -> Vec<(String, String)> {
    texts.clone().into_iter().collect()
}

/// The texts of one map with those of another put over them.
fn over(mut texts: Texts, more: &Texts) -> Texts {
    texts.extend(more.clone());
    texts
}

/// Given parameters with a descriptor that puts some of them into the form.
fn given<'a>(query: &Texts, form: &Texts, extra: &Texts) -> Given<'a> {
    Given {
        parameters: (form.keys())
            .map(|name| parameter(name, Location::Form))
            .collect(),
        params: over(query.clone(), form),
        extra_params: extra.clone(),
        ..Given::default()
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn v3_parameters_arrive_as_given(query in hostile_texts(), form in hostile_texts(), extra in hostile_texts()) {
        let request = given(&query, &form, &extra).sign().unwrap();
        let url = parsed(&request);
        prop_assert_eq!((url.host_str(), url.path()), (Some(HOST), "/"));
        let (mut wanted_query, mut wanted_form) = (query, form);
        wanted_query.retain(|name, _| !wanted_form.contains_key(name));
        // A parameter of the caller's own goes where the one of its name does, or the one it is a part of.
        let known: Vec<_> = wanted_form.keys().cloned().collect();
        let form_has = |name: &str| known.iter().any(|known| {
            name.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        });
        for (name, value) in extra {
            let place = if form_has(&name) { &mut wanted_form } else { &mut wanted_query };
            place.insert(name, value);
        }
        prop_assert_eq!(in_query(&request), pairs(&wanted_query));
        prop_assert_eq!(in_form(&request), pairs(&wanted_form));
        let names: Vec<_> = headers_on_the_wire(&request).into_iter().map(|(name, _)| name).collect();
        prop_assert_eq!(names.len(), if wanted_form.is_empty() { 8 } else { 9 });
        // One line for each signed header and six others: no parameter adds a line to what is signed.
        let lines = request.canonical_request.lines().count();
        prop_assert_eq!(lines, names.len() - 3 + 1 + 6);
    }

    #[test]
    fn v1_parameters_arrive_as_given(
        query in hostile_texts(),
        form in hostile_texts(),
        placement in select(vec![Placement::Body, Placement::Query, Placement::Split]),
    ) {
        let given = Given { signature: Signature::V1, placement, ..given(&query, &form, &Texts::new()) };
        let wanted = over(query, &form);
        let taken = |name: &String| *name != "Format" && COMMON.contains(&name.as_str()) || name == "Signature";
        let Ok(request) = given.sign() else {
            prop_assert!(wanted.keys().any(taken), "refused for no reason");
            return Ok(());
        };
        prop_assert!(!wanted.keys().any(taken));
        let url = parsed(&request);
        prop_assert_eq!((url.host_str(), url.path()), (Some(HOST), "/"));
        let mut arrived = [in_query(&request), in_form(&request)].concat();
        arrived.retain(|(name, _)| name != "Signature");
        arrived.sort();
        // What was signed is what arrives: the string to sign is the parameters, encoded twice.
        let signed = request.string_to_sign.strip_prefix("POST&%2F&").unwrap();
        let signed = percent_encoding::percent_decode_str(signed).decode_utf8().unwrap();
        prop_assert_eq!(sorted(url::form_urlencoded::parse(signed.as_bytes())), arrived.clone());
        arrived.retain(|(name, _)| wanted.contains_key(name) || !COMMON.contains(&name.as_str()));
        prop_assert_eq!(arrived, pairs(&wanted));
    }

    #[test]
    fn a_name_v1_needs_is_refused(name in select(&COMMON[..]), value in hostile()) {
        let given = Given {
            signature: Signature::V1,
            params: [(name.to_owned(), value)].into(),
            ..Given::default()
        };
        prop_assert_eq!(given.sign().is_ok(), name == "Format");
    }
}
