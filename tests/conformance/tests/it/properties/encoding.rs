//! Encodings can be undone, by others.

use alicloud::Value;
use alicloud::encode::{Pair, flatten, form, json_text, percent, push_percent_twice};
use serde_json::Value as Json;

use super::*;

/// Trees in which every node is told from every other: no nulls and nothing empty, which do not travel; names without dots
/// that are no numbers.
fn tree() -> impl Strategy<Value = Value> {
    let leaf = hostile().prop_map(Value::from);
    leaf.prop_recursive(4, 24, 4, |node| {
        prop_oneof![
            prop::collection::vec(node.clone(), 1..4).prop_map(Value::List),
            prop::collection::btree_map("[A-Za-z_][A-Za-z0-9_&= -]{0,4}", node, 1..4)
                .prop_map(Value::from),
        ]
    })
}

/// The tree that flattens to these pairs.
fn unflatten(pairs: &[(String, String)]) -> Value {
    if let [(name, value)] = pairs
        && name.is_empty()
    {
        return Value::from(value.as_str());
    }
    let mut groups: Vec<(&str, Vec<(String, String)>)> = Vec::new();
    for (name, value) in pairs {
        let path = name.strip_prefix('.').unwrap();
        let at = path.find('.').unwrap_or(path.len());
        let pair = (path[at..].to_owned(), value.clone());
        match groups.iter_mut().find(|(first, _)| *first == &path[..at]) {
            Some((_, group)) => group.push(pair),
            None => groups.push((&path[..at], vec![pair])),
        }
    }
    let list = groups[0].0.bytes().all(|byte| byte.is_ascii_digit());
    if list {
        for (at, (index, _)) in groups.iter().enumerate() {
            assert_eq!(*index, (at + 1).to_string());
        }
        return Value::List(groups.iter().map(|(_, group)| unflatten(group)).collect());
    }
    let members = groups.iter();
    members
        .map(|(name, group)| ((*name).to_owned(), unflatten(group)))
        .collect::<Params>()
        .into()
}

/// A tree as another JSON library has it.
fn as_json(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::String(text.clone()),
        Value::List(items) => items.iter().map(as_json).collect(),
        Value::Object(members) => {
            let members = members.iter();
            members
                .map(|(name, value)| (name.to_owned(), as_json(value)))
                .collect()
        }
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn percent_encoding_can_be_undone(text in hostile()) {
        let encoded = percent(&text);
        prop_assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~%".contains(&byte)));
        for escape in encoded.split('%').skip(1) {
            prop_assert!(!escape[..2].bytes().any(|byte| byte.is_ascii_lowercase()), "{encoded}");
        }
        let decoded = percent_encoding::percent_decode_str(&encoded);
        prop_assert_eq!(decoded.decode_utf8().unwrap(), text.as_str());

        let mut twice = String::new();
        push_percent_twice(&mut twice, &text);
        prop_assert_eq!(percent_encoding::percent_decode_str(&twice).decode_utf8().unwrap(), encoded);
    }

    #[test]
    fn forms_can_be_undone(text in hostile()) {
        let encoded = format!("{}={}", form(&text), form(&text));
        let decoded = sorted(url::form_urlencoded::parse(encoded.as_bytes()));
        prop_assert_eq!(decoded, [(text.clone(), text)]);
    }

    #[test]
    fn flattening_can_be_undone(tree in tree()) {
        let mut pairs: Vec<Pair<'_>> = Vec::new();
        flatten("".into(), &tree, &mut pairs);
        let pairs: Vec<_> = pairs
            .into_iter()
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        prop_assert_eq!(unflatten(&pairs), tree);
    }

    #[test]
    fn json_is_read_by_others_as_it_was_meant(tree in tree()) {
        let text = json_text(&tree);
        prop_assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), as_json(&tree));
        prop_assert!(!text.contains(['\n', '\r', '\0']));
    }

    #[test]
    fn numbers_survive(number in any::<i64>(), float in any::<f64>()) {
        prop_assert_eq!(json_text(&Value::from(number)).parse(), Ok(number));
        let text = Value::from(number).scalar_text().unwrap().into_owned();
        prop_assert_eq!(text.parse(), Ok(number));
        if float.is_finite() {
            prop_assert_eq!(json_text(&Value::from(float)).parse(), Ok(float));
        }
    }
}
