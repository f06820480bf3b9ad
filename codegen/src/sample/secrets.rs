//! Placeholders for values no printout may show.

use serde_json::Value as Json;

/// A value of the same shape in which a placeholder stands for every text.
pub(super) fn hidden(name: &str, value: &Json) -> Json {
    match value {
        Json::String(_) => Json::String(format!("<{name}>")),
        Json::Number(_) => Json::from(0),
        Json::Array(items) => items.iter().map(|item| hidden(name, item)).collect(),
        Json::Object(members) if members.contains_key("$base64") => {
            Json::String(format!("<{name}>"))
        }
        Json::Object(members) => {
            let members = members.iter();
            let hidden = members.map(|(member, value)| (member.clone(), hidden(member, value)));
            Json::Object(hidden.collect())
        }
        Json::Null | Json::Bool(_) => value.clone(),
    }
}
