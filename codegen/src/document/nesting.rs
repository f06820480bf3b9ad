//! Which field of an answer lies in which object: the copy of a table no longer shows it, the sample answer does.

use std::collections::HashSet;

use serde_json::Value;

use super::{Row, RowKind};

/// Puts the names that lead to a field before its name. Rows without a name are dropped: they describe the answer as a
/// whole, or the items of a list. Returns the fields whose place is a guess, because the sample lacks them and they may
/// lie in an object.
pub(super) fn settle(rows: &mut Vec<Row>, sample: Option<&str>) -> Vec<String> {
    rows.retain(|row| !row.name.is_empty());
    let is_flat = !rows.iter().any(has_parts);
    let mut guessed = Vec::new();
    if is_flat {
        return guessed;
    }
    let sample: Option<Value> = sample.and_then(|text| serde_json::from_str(text).ok());
    let Some(sample) = sample else {
        guessed.extend(rows.iter().map(|row| row.name.clone()));
        return guessed;
    };
    let mut listed: HashSet<Vec<String>> = HashSet::new();
    // The objects that are open, outermost first: the path of each.
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    for row in rows {
        let holds = |path: &Vec<String>| {
            at(&sample, path).is_some_and(|object| object.get(&row.name).is_some())
        };
        // Fields that the sample shows are still to come in this object.
        let goes_on = |path: &Vec<String>| {
            let object = at(&sample, path).and_then(Value::as_object);
            object.is_some_and(|object| {
                object.keys().any(|name| {
                    let mut inner = path.clone();
                    inner.push(name.clone());
                    !listed.contains(&inner)
                })
            })
        };
        let depth = match open.iter().rposition(holds) {
            Some(depth) => depth,
            // A field the sample lacks is most likely in the object that is not finished.
            None => {
                let depth = open.iter().rposition(goes_on).unwrap_or_default();
                guessed.push(row.name.clone());
                depth
            }
        };
        open.truncate(depth + 1);
        let mut path = open.last().cloned().unwrap_or_default();
        path.push(row.name.clone());
        row.name = path.join(".");
        listed.insert(path.clone());
        if has_parts(row) {
            open.push(path);
        }
    }
    guessed
}

fn has_parts(row: &Row) -> bool {
    matches!(row.kind, RowKind::Object | RowKind::Objects)
}

/// The object at a path; of a list, its first item.
fn at<'v>(mut value: &'v Value, path: &[String]) -> Option<&'v Value> {
    for name in path {
        value = first(value).get(name)?;
    }
    Some(first(value))
}

fn first(mut value: &Value) -> &Value {
    while let Some(item) = value.as_array().and_then(|items| items.first()) {
        value = item;
    }
    value
}
