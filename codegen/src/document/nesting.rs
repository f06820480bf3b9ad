//! Which field of an answer lies in which object: the copy of a table no longer shows it, the sample answer does.

use serde_json::Value;

use super::{Row, RowKind};

/// Puts the names that lead to a field before its name. Rows without a name are dropped: they describe the answer as a
/// whole, or the items of a list.
pub(super) fn settle(rows: &mut Vec<Row>, sample: Option<&str>) {
    rows.retain(|row| !row.name.is_empty());
    let sample: Option<Value> = sample.and_then(|text| serde_json::from_str(text).ok());
    let Some(sample) = sample else {
        return;
    };
    // The objects that are open, outermost first: the path of each.
    let mut open: Vec<Vec<String>> = vec![Vec::new()];
    for row in rows {
        let holds = |path: &Vec<String>| {
            at(&sample, path).is_some_and(|object| object.get(&row.name).is_some())
        };
        // A field the sample lacks stays where the table has got to.
        if let Some(depth) = open.iter().rposition(holds) {
            open.truncate(depth + 1);
        }
        let mut path = open.last().cloned().unwrap_or_default();
        path.push(row.name.clone());
        row.name = path.join(".");
        if matches!(row.kind, RowKind::Object | RowKind::Objects) {
            open.push(path);
        }
    }
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
