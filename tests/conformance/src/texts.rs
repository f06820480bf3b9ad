//! Encodings and serializations: single texts, without a request around them.

use std::collections::BTreeMap;

use alicloud::Value;
use alicloud::encode::{
    Pair, Separator, flatten, form, form_pairs, join, json_text, percent, push_percent_twice,
};
use serde_json::Value as Json;

use crate::outcome::{Checked, Means, Outcome, ensure_eq};
use crate::raw::tree;
use crate::vector::Vector;
use crate::wire::decode;

const PASSED: Outcome = Outcome::Passed(Means::Functions);

/// A text, in every encoding we write; and those we only read.
pub(crate) fn check_encoding(vector: &Vector) -> Checked {
    let input = vector.text("/input")?;
    let recorded = |name: &str| vector.text(&format!("/expected/{name}"));
    for name in ["v3_canonical_query_value", "path_segment", "v1_rfc3986"] {
        ensure_eq!(percent(input), recorded(name)?, "{name}");
    }
    ensure_eq!(form(input), recorded("form_value")?, "form_value");
    let mut twice = String::new();
    push_percent_twice(&mut twice, input);
    ensure_eq!(twice, recorded("v1_double")?, "v1_double");
    let wire = decode(recorded("wire_query_value")?);
    ensure_eq!(input, wire, "wire_query_value, decoded");
    Ok(PASSED)
}

/// A value, as text or as parameters.
pub(crate) fn check_serialization(vector: &Vector) -> Checked {
    match vector.text("/kind")? {
        "flatten" => check_flattening(vector),
        "style" => check_style(vector),
        "json_body" => {
            let ours = json_text(&input(vector)?);
            ensure_eq!(ours, vector.text("/expected/body")?, "JSON");
            Ok(PASSED)
        }
        "map_to_flat_style" => Ok(Outcome::NotApplicable(
            "maps with lengths in their keys, which no product uses",
        )),
        other => Err(format!("the kind {other} is not known")),
    }
}

fn input(vector: &Vector) -> Result<Value, String> {
    tree(vector.value("/input").unwrap_or(&Json::Null))
}

fn check_flattening(vector: &Vector) -> Checked {
    let input = input(vector)?;
    let Value::Object(members) = &input else {
        return Err("the input is no object".to_owned());
    };
    let mut pairs = Vec::new();
    for (name, value) in members.iter() {
        flatten(name.into(), value, &mut pairs);
    }
    pairs.sort();
    let ours: BTreeMap<_, _> = (pairs.iter())
        .map(|(name, value)| (name.as_ref(), value.as_ref()))
        .collect();
    let recorded: BTreeMap<_, _> = (vector.object("/expected/params").iter())
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap_or_default()))
        .collect();
    ensure_eq!(ours, recorded, "parameters");
    let recorded = vector.text("/expected/form_body")?;
    ensure_eq!(form_pairs(&pairs), recorded, "form");
    Ok(PASSED)
}

/// A list as one parameter, or as the pairs of a form, which the recording puts two ampersands between. What is not sent is
/// an empty text there.
fn check_style(vector: &Vector) -> Checked {
    let value = input(vector)?;
    let ours = match vector.text("/style")? {
        _ if value == Value::Null => String::new(),
        "json" => json_text(&value),
        "simple" => join(&value, Separator::Comma).unwrap_or_default().into(),
        "spaceDelimited" => join(&value, Separator::Space).unwrap_or_default().into(),
        "pipeDelimited" => join(&value, Separator::Pipe).unwrap_or_default().into(),
        _ => {
            let mut pairs: Vec<Pair<'_>> = Vec::new();
            flatten(vector.text("/prefix")?.into(), &value, &mut pairs);
            let forms = pairs.into_iter().map(|pair| form_pairs(&[pair]));
            forms.collect::<Vec<_>>().join("&&")
        }
    };
    ensure_eq!(ours, vector.text("/expected/value")?, "text");
    Ok(PASSED)
}
