//! Rules between parameters.

use super::cursor::{Cursor, Entry, quoted};
use super::grammar;
use super::{Lower, Node, Span, Spanned, Value};
use crate::diagnostic::catalogue;
use crate::spec::{Condition, Rule, RuleKind};

/// The keys that say what a rule is; an entry has exactly one of them.
pub(super) const KINDS: [&str; 6] = [
    "required_when",
    "required_with",
    "ignored_unless",
    "ignored_when",
    "at_least_one_of",
    "exactly_one_of",
];

/// Reads the list `rules:`.
pub(super) fn rules(lower: &mut Lower<'_>, entry: Option<Entry>) -> Vec<Rule> {
    let Some(Entry { name, node, .. }) = entry else {
        return Vec::new();
    };
    let items = lower.list(name, node).unwrap_or_default();
    items
        .into_iter()
        .filter_map(|item| rule(lower, item))
        .collect()
}

fn rule(lower: &mut Lower<'_>, node: Node) -> Option<Rule> {
    let mut map = Cursor::open(lower, &grammar::RULE, "a rule", node.span, node)?;
    let span = map.span;
    let mut given: Vec<Entry> = KINDS.iter().filter_map(|kind| map.take(kind)).collect();
    let parameters = map.take("parameters");
    map.finish(lower);
    // With two kinds the first one written is the rule and the others are reported.
    given.sort_by_key(|entry| entry.key.start);
    let mut given = given.into_iter();
    let Some(first) = given.next() else {
        lower.report(
            catalogue::BAD_RULE,
            span,
            format!("a rule of no kind; give it one of {}", quoted(KINDS)),
        );
        return None;
    };
    for other in given {
        let message = format!(
            "\"{}\" next to \"{}\"; make it a rule of its own",
            other.name, first.name
        );
        lower.report(catalogue::BAD_RULE, other.key, message);
    }
    read(lower, span, first, parameters)
}

fn read(
    lower: &mut Lower<'_>,
    span: Span,
    first: Entry,
    parameters: Option<Entry>,
) -> Option<Rule> {
    let (name, key) = (first.name, first.key);
    let kind = match name {
        "required_when" => RuleKind::RequiredWhen(condition(lower, first)?),
        "required_with" => RuleKind::RequiredWith(lower.text(Some(first))?),
        "ignored_unless" => RuleKind::IgnoredUnless(condition(lower, first)?),
        "ignored_when" => RuleKind::IgnoredWhen(condition(lower, first)?),
        "at_least_one_of" => return choice(lower, span, RuleKind::AtLeastOneOf, first, parameters),
        _ => return choice(lower, span, RuleKind::ExactlyOneOf, first, parameters),
    };
    if parameters.is_none() {
        let message = format!("\"{name}\" without \"parameters\"; list the parameters it is about");
        lower.report(catalogue::BAD_RULE, key, message);
    }
    let parameters = lower.texts(parameters);
    (!parameters.is_empty()).then_some(Rule {
        span,
        kind,
        parameters,
    })
}

/// A rule whose list of parameters stands under its own key.
fn choice(
    lower: &mut Lower<'_>,
    span: Span,
    kind: RuleKind,
    list: Entry,
    extra: Option<Entry>,
) -> Option<Rule> {
    let (name, key) = (list.name, list.key);
    if let Some(extra) = extra {
        let message =
            format!("\"parameters\" next to \"{name}\", which lists them itself; remove it");
        lower.report(catalogue::BAD_RULE, extra.key, message);
    }
    let parameters = lower.texts(Some(list));
    if parameters.len() == 1 {
        lower.report(
            catalogue::BAD_RULE,
            key,
            format!("\"{name}\" of one parameter; use \"required: true\" on it"),
        );
    }
    (parameters.len() > 1).then_some(Rule {
        span,
        kind,
        parameters,
    })
}

/// `{Parameter: [values]}`, or `{Parameter: value}`.
fn condition(lower: &mut Lower<'_>, entry: Entry) -> Option<Condition> {
    let Entry { name, key, node } = entry;
    let entries = lower.mapping(&format!("\"{name}\""), "key", node)?;
    let count = entries.len();
    let mut entries = entries.into_iter();
    let (Some((parameter, node)), 1) = (entries.next(), count) else {
        let message =
            format!("\"{name}\" must name one parameter, not {count}; write a rule for each");
        lower.report(catalogue::BAD_RULE, key, message);
        return None;
    };
    let values = values(lower, &parameter, node);
    (!values.is_empty()).then_some(Condition { parameter, values })
}

fn values(lower: &mut Lower<'_>, parameter: &Spanned<String>, node: Node) -> Vec<Spanned<String>> {
    let what = format!("a value of \"{}\"", parameter.value);
    let items = match node.value {
        Value::Sequence(items) => items,
        _ => vec![node],
    };
    if items.is_empty() {
        lower.report(
            catalogue::BAD_RULE,
            parameter.span,
            format!("\"{}\" without values; list them", parameter.value),
        );
    }
    items
        .into_iter()
        .filter_map(|item| lower.item(&what, item))
        .collect()
}
