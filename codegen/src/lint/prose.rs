//! Value lists in prose: `` `Running` or `Stopped` ``.

/// The values that a description lists: two or more code spans in a row, with nothing but commas, `or` and `and` between
/// them, and before them what introduces a list (`one of`, a colon, a comma). After `for` or `when` they are a condition.
pub(super) fn values(description: &str) -> Option<Vec<String>> {
    let parts: Vec<&str> = description.split('`').collect();
    // With an odd number of backticks the last span is not closed, and nothing is certain.
    if parts.len().is_multiple_of(2) {
        return None;
    }
    let (mut list, mut longest): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    let (mut introduced, mut goes_on) = (false, false);
    let mut before = *parts.first()?;
    for pair in parts.get(1..)?.chunks_exact(2) {
        let [value, after] = pair else { continue };
        if !goes_on {
            introduced = introduces(before);
            list.clear();
        }
        if introduced && is_value(value) {
            list.push(value);
        }
        if list.len() > longest.len() {
            longest.clone_from(&list);
        }
        goes_on = is_value(value) && matches!(after.trim(), "," | "or" | "and" | ", or" | ", and");
        before = after;
    }
    let told: Vec<String> = longest.iter().map(|value| format!("\"{value}\"")).collect();
    (told.len() > 1).then_some(told)
}

/// Whether a list of values may follow a text.
fn introduces(text: &str) -> bool {
    let text = text.trim_end().to_ascii_lowercase();
    let words = ["one of", "either", "be", "are", "values"];
    text.is_empty()
        || text.ends_with([':', ';', ',', '(', '.'])
        || words.iter().any(|word| text.ends_with(word))
}

/// Whether a code span looks like a value, and not like a path, a pattern or a piece of JSON.
fn is_value(span: &str) -> bool {
    !span.is_empty()
        && span.len() <= 40
        && span
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

#[cfg(test)]
mod tests {
    use super::values;

    #[test]
    fn lists_are_found() {
        assert_eq!(
            values("The state, `Running` or `Stopped`."),
            Some(vec!["\"Running\"".into(), "\"Stopped\"".into()])
        );
        assert_eq!(
            values("One of `a`, `b`, and `c`.").map(|list| list.len()),
            Some(3)
        );
        assert_eq!(
            values("`x` of the `y`; `a` or `b`.").map(|list| list.len()),
            Some(2)
        );
    }

    #[test]
    fn other_code_is_left_alone() {
        for text in [
            "",
            "The ID.",
            "What replaces `%s`, as `Name` tells.",
            "`A.B` or `A.C`",
            "an open ` and `b` or `c`",
            "The ID of the project; for `Express`, `cen` or `dg` that of the gateway.",
            "Given when the kind is `ECS` or `RDS`.",
        ] {
            assert_eq!(values(text), None, "{text}");
        }
    }
}
