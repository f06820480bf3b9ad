//! The columns of a table, as its first line names them, and the types that stand in them.

use super::RowKind;

/// How the columns of a copied table are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// By spaces: `Parameter Type Required Example Description`.
    Spaced,
    /// By bars: `Parameter | Type | Required |`.
    Barred,
    /// Not at all: `ParameterTypeRequiredDescriptionExample`.
    Glued,
}

/// What a table looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) shape: Shape,
    pub(super) required: bool,
    /// Whether the example stands before the description.
    pub(super) example_first: bool,
}

impl Columns {
    /// Reads the first line of a table.
    pub(super) fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        let after_name = line
            .strip_prefix("Parameter")
            .or_else(|| line.strip_prefix("Name"))?;
        let shape = if line.contains('|') {
            Shape::Barred
        } else if after_name.starts_with(' ') {
            Shape::Spaced
        } else {
            Shape::Glued
        };
        let place = |word| line.find(word);
        place("Type")?;
        let description = place("Description")?;
        Some(Self {
            shape,
            required: place("Required").is_some(),
            example_first: place("Example").is_some_and(|example| example < description),
        })
    }
}

/// The words for types, longest first where one starts with another.
const KINDS: [(&str, RowKind); 19] = [
    ("array<object>", RowKind::Objects),
    ("array<string>", RowKind::Texts),
    ("array<integer>", RowKind::Texts),
    ("array<long>", RowKind::Texts),
    ("array", RowKind::Texts),
    ("list", RowKind::Texts),
    ("string", RowKind::Text),
    ("integer", RowKind::Int32),
    ("int32", RowKind::Int32),
    ("int64", RowKind::Int64),
    ("long", RowKind::Int64),
    ("float", RowKind::Float),
    ("double", RowKind::Double),
    ("number", RowKind::Double),
    ("boolean", RowKind::Boolean),
    ("object", RowKind::Object),
    ("struct", RowKind::Object),
    ("map", RowKind::Map),
    ("any", RowKind::Any),
];

/// The type at the start of a text, and what follows it.
pub(super) fn leading(text: &str) -> Option<(RowKind, &str)> {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let kind = exact(word)?;
    // Older pages say what a list holds: `Array of SynchronizationInstance`.
    let Some(item) = rest.strip_prefix("of ").filter(|_| kind == RowKind::Texts) else {
        return Some((kind, rest.trim()));
    };
    let (item, rest) = item.split_once(' ').unwrap_or((item, ""));
    let kind = if exact(item).is_some() {
        RowKind::Texts
    } else {
        RowKind::Objects
    };
    Some((kind, rest.trim()))
}

/// The type that a word names.
pub(super) fn exact(word: &str) -> Option<RowKind> {
    let word = word.to_ascii_lowercase();
    let found = KINDS.iter().find(|(known, _)| *known == word);
    found.map(|(_, kind)| *kind)
}

/// The type at the end of a text, and what stands before it.
pub(super) fn trailing(text: &str) -> Option<(&str, RowKind)> {
    KINDS
        .iter()
        .find_map(|(word, kind)| Some((text.strip_suffix(word)?, *kind)))
}

/// Whether a word can be the name of a parameter.
pub(super) fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-'))
}
