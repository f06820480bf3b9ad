//! Tables of parameters and of response parameters, in the shapes they have when copied.

use super::column::{Columns, Shape, exact, is_name, leading, trailing};
use super::section::Line;
use super::{Refusal, Row, RowKind, prose};

/// A row before its description is read: the lines that followed its first.
struct Raw<'t> {
    row: Row,
    lines: Vec<&'t str>,
}

/// Reads the rows of a table.
pub(super) fn read(lines: &[Line<'_>], request: bool) -> Result<Vec<Row>, Refusal> {
    let mut head = None;
    let mut raws: Vec<Raw<'_>> = Vec::new();
    for (number, line) in lines {
        let Some(columns) = head else {
            head = columns(*number, line, request)?;
            continue;
        };
        match start(columns, line) {
            Some(raw) => raws.push(raw),
            None => {
                if let Some(raw) = raws.last_mut() {
                    raw.lines.push(line);
                }
            }
        }
    }
    let Some(columns) = head else {
        return Ok(Vec::new());
    };
    Ok(raws.into_iter().map(|raw| finish(columns, raw)).collect())
}

/// The columns, if the line is the one that names them; nothing for a line before the table.
fn columns(line_number: usize, line: &str, request: bool) -> Result<Option<Columns>, Refusal> {
    let Some(columns) = Columns::parse(line) else {
        return Ok(None);
    };
    if request && !columns.required {
        return Err(Refusal {
            line: line_number,
            message: "the table of request parameters has no column \"Required\"".into(),
        });
    }
    Ok(Some(columns))
}

/// The row that a line starts, if it starts one.
fn start<'t>(columns: Columns, line: &'t str) -> Option<Raw<'t>> {
    match columns.shape {
        Shape::Spaced => spaced(columns, line),
        Shape::Barred => barred(columns, line),
        Shape::Glued => glued(columns, line),
    }
}

fn spaced<'t>(columns: Columns, line: &'t str) -> Option<Raw<'t>> {
    let (name, rest) = line.trim().split_once(' ')?;
    // In the middle of a sentence types are in lower case.
    let titled = rest.starts_with(|c: char| c.is_ascii_uppercase());
    if !is_name(name) || !titled {
        return None;
    }
    let (kind, rest) = leading(rest)?;
    let (required, rest) = requirement(columns, rest)?;
    Some(Raw {
        row: row(name, kind, required, columns.example_first.then_some(rest)),
        lines: Vec::new(),
    })
}

/// Whether it is required, and the rest of the text.
fn requirement(columns: Columns, text: &str) -> Option<(Option<bool>, &str)> {
    if !columns.required {
        return Some((None, text));
    }
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let required = match word {
        "Yes" => true,
        "No" => false,
        _ => return None,
    };
    Some((Some(required), rest.trim()))
}

fn barred<'t>(columns: Columns, line: &'t str) -> Option<Raw<'t>> {
    let mut cells = line.split('|').map(str::trim);
    let name = cells.next().filter(|name| is_name(name))?;
    let kind = exact(cells.next()?)?;
    let required = match columns.required {
        true => requirement(columns, cells.next()?)?.0,
        false => None,
    };
    let (first, second) = (cells.next()?, cells.next().unwrap_or_default());
    let (example, description) = match columns.example_first {
        true => (first, second),
        false => (second, first),
    };
    Some(Raw {
        row: row(name, kind, required, Some(example)),
        lines: vec![description],
    })
}

fn glued<'t>(columns: Columns, line: &'t str) -> Option<Raw<'t>> {
    let mut text = line.trim();
    let mut required = None;
    if columns.required {
        let yes = text.strip_suffix("Yes");
        required = Some(yes.is_some());
        text = yes.or_else(|| text.strip_suffix("No"))?;
    }
    let (name, kind) = trailing(text)?;
    // The answer as a whole, and the items of a list, have no name.
    if !name.is_empty() && !is_name(name) {
        return None;
    }
    Some(Raw {
        row: row(name, kind, required, None),
        lines: Vec::new(),
    })
}

fn row(name: &str, kind: RowKind, required: Option<bool>, example: Option<&str>) -> Row {
    Row {
        name: name.to_owned(),
        kind,
        required,
        example: example.and_then(worth),
        ..Row::default()
    }
}

/// An example that is one.
fn worth(text: &str) -> Option<String> {
    let text = text.trim();
    (!matches!(text, "" | "-" | "N/A" | "None")).then(|| text.to_owned())
}

/// Reads what stands below the first line of a row.
fn finish(columns: Columns, mut raw: Raw<'_>) -> Row {
    while raw.lines.last().is_some_and(|line| line.trim().is_empty()) {
        raw.lines.pop();
    }
    let has_parts = matches!(raw.row.kind, RowKind::Object | RowKind::Objects);
    if !columns.example_first && columns.shape != Shape::Barred && !has_parts {
        let said = raw.lines.iter().filter(|line| !line.trim().is_empty());
        // The description comes first, so a single line is no example.
        if said.count() > 1
            && let Some(last) = raw.lines.pop_if(|line| !prose::is_bullet(line))
        {
            raw.row.example = worth(last);
        }
    }
    prose::read(&mut raw.row, &raw.lines);
    raw.row
}
