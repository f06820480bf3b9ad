//! Descriptors as generated code holds them: JSON text, read when an operation is first used.
//!
//! A table of nested constants says the same and costs the compiler some twenty times as much, for every operation of
//! every product a program turns on; the text costs it next to nothing, and a program reads only what it calls.

use std::borrow::Cow;
use std::ops::Deref;
use std::sync::OnceLock;

use super::{
    Bound, Condition, Effect, ErrorCode, Kind, Location, Method, Operation, PageStyle, Pagination,
    Parameter, Requirement, RetryAdvice, Rule, Separator, Style, SuccessRule,
};
use crate::client::Handle;
use crate::decode::{Decode as _, JsonSource, Reader};
use crate::params::Value;

/// The descriptor of an operation, which derefs to the [`Operation`] it describes.
#[derive(Debug)]
pub struct Descriptor {
    text: &'static str,
    read: OnceLock<Operation>,
}

impl Descriptor {
    /// A descriptor with that text, which is read by [`Operation::from_json`].
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            read: OnceLock::new(),
        }
    }
}

impl Deref for Descriptor {
    type Target = Operation;

    #[allow(
        clippy::panic,
        reason = "only a defect of generated code gets here; a test reads every descriptor there is"
    )]
    fn deref(&self) -> &Operation {
        self.read
            .get_or_init(|| match Operation::from_json(self.text) {
                Ok(operation) => operation,
                Err(problem) => panic!("a generated descriptor cannot be read: {problem}"),
            })
    }
}

impl From<&'static Descriptor> for Handle<Operation> {
    fn from(descriptor: &'static Descriptor) -> Self {
        Self::Static(descriptor)
    }
}

/// What was read, or what is wrong with it.
type Parsed<T> = Result<T, String>;

impl Operation {
    /// Reads a descriptor from its text.
    ///
    /// Only what differs from [`Operation::EMPTY`] and [`Parameter::EMPTY`] is in it. Members are named as in the spec
    /// language.
    ///
    /// # Errors
    ///
    /// Says what it cannot make sense of: broken JSON, a member or a word it does not know, a value of another type.
    pub fn from_json(text: &str) -> Result<Self, String> {
        let mut source = JsonSource::new(text);
        let value = Value::decode(&mut Reader::new(&mut source))
            .and_then(|value| source.finish().map(|()| value))
            .map_err(|broken| broken.to_string())?;
        operation(&value.unwrap_or_default())
    }
}

fn operation(value: &Value) -> Parsed<Operation> {
    let mut out = Operation::EMPTY;
    for (name, value) in members(value)? {
        match name {
            "name" => out.name = text(value)?,
            "method" => out.method = word(value, METHODS)?,
            "path" => out.path = text(value)?,
            "effect" => out.effect = word(value, EFFECTS)?,
            "anonymous" => out.anonymous = truth(value)?,
            "parameters" => out.parameters = list(value, parameter)?,
            "idempotency_token" => out.idempotency_token = Some(text(value)?),
            "pagination" => out.pagination = Some(pagination(value)?),
            "rules" => out.rules = list(value, rule)?,
            "success" => out.success = list(value, success)?,
            "errors" => out.errors = list(value, error_code)?,
            "documentation" => out.documentation = text(value)?,
            other => return unknown(other),
        }
    }
    Ok(out)
}

fn parameter(value: &Value) -> Parsed<Parameter> {
    let mut out = Parameter::EMPTY;
    for (name, value) in members(value)? {
        match name {
            "name" => out.name = text(value)?,
            "in" => out.location = word(value, LOCATIONS)?,
            "style" => out.style = word(value, STYLES)?,
            "type" => out.kind = word(value, KINDS)?,
            "required" => out.required = word(value, REQUIREMENTS)?,
            "sensitive" => out.sensitive = truth(value)?,
            "default" => out.default = Some(text(value)?),
            "minimum" => out.limits.minimum = Some(bound(value)?),
            "maximum" => out.limits.maximum = Some(bound(value)?),
            "min_length" => out.limits.min_length = Some(count(value)?),
            "max_length" => out.limits.max_length = Some(count(value)?),
            "fields" => out.fields = list(value, parameter)?,
            other => return unknown(other),
        }
    }
    Ok(out)
}

fn pagination(value: &Value) -> Parsed<Pagination> {
    let part = |name: &str| value.get(name).map(text).transpose();
    let style = match (part("page")?, part("token")?, part("next")?) {
        (Some(page), None, None) => PageStyle::Page {
            page,
            total: part("total")?,
        },
        (None, Some(token), Some(next)) => PageStyle::Token { token, next },
        _ => return Err("pagination is by `page`, or by `token` and `next`".to_owned()),
    };
    Ok(Pagination {
        style,
        size: part("size")?,
        items: part("items")?,
    })
}

fn rule(value: &Value) -> Parsed<Rule> {
    let when = || -> Parsed<Condition> {
        Ok(Condition {
            parameter: text(member(value, "parameter")?)?,
            values: list(member(value, "values")?, text)?,
        })
    };
    let (kind, parameters) = members(value)?
        .next()
        .ok_or("a rule has the parameters it is about first")?;
    let parameters = list(parameters, text)?;
    Ok(match kind {
        "required_when" => Rule::RequiredWhen {
            parameters,
            when: when()?,
        },
        "required_with" => Rule::RequiredWith {
            parameters,
            other: text(member(value, "other")?)?,
        },
        "ignored_unless" => Rule::IgnoredUnless {
            parameters,
            when: when()?,
        },
        "ignored_when" => Rule::IgnoredWhen {
            parameters,
            when: when()?,
        },
        "at_least_one_of" => Rule::AtLeastOneOf(parameters),
        "exactly_one_of" => Rule::ExactlyOneOf(parameters),
        other => return unknown(other),
    })
}

fn success(value: &Value) -> Parsed<SuccessRule> {
    let part = |name: &str| value.get(name).map(text).transpose();
    Ok(SuccessRule {
        field: text(member(value, "field")?)?,
        failed: list(member(value, "failed")?, text)?,
        code: part("code")?,
        message: part("message")?,
        fill: part("fill")?,
    })
}

fn error_code(value: &Value) -> Parsed<ErrorCode> {
    let mut out = ErrorCode {
        code: Cow::Borrowed(""),
        status: 0,
        meaning: Cow::Borrowed(""),
        retry: None,
    };
    for (name, value) in members(value)? {
        match name {
            "code" => out.code = text(value)?,
            "status" => {
                out.status = u16::try_from(count(value)?).map_err(|error| error.to_string())?;
            }
            "meaning" => out.meaning = text(value)?,
            "retry" => out.retry = Some(word(value, ADVICE)?),
            other => return unknown(other),
        }
    }
    Ok(out)
}

const METHODS: &[(&str, Method)] = &[
    ("GET", Method::Get),
    ("POST", Method::Post),
    ("PUT", Method::Put),
    ("PATCH", Method::Patch),
    ("DELETE", Method::Delete),
    ("HEAD", Method::Head),
];

const EFFECTS: &[(&str, Effect)] = &[
    ("read", Effect::Read),
    ("create", Effect::Create),
    ("update", Effect::Update),
    ("delete", Effect::Delete),
    ("start", Effect::Start),
    ("stop", Effect::Stop),
    ("other", Effect::Other),
];

const LOCATIONS: &[(&str, Location)] = &[
    ("query", Location::Query),
    ("form", Location::Form),
    ("body", Location::Body),
    ("path", Location::Path),
    ("header", Location::Header),
    ("host", Location::Host),
];

const STYLES: &[(&str, Style)] = &[
    ("flat", Style::Flat),
    ("json", Style::Json),
    ("comma", Style::Joined(Separator::Comma)),
    ("space", Style::Joined(Separator::Space)),
    ("pipe", Style::Joined(Separator::Pipe)),
];

const KINDS: &[(&str, Kind)] = &[
    ("string", Kind::String),
    ("int32", Kind::Int32),
    ("int64", Kind::Int64),
    ("float", Kind::Float),
    ("double", Kind::Double),
    ("boolean", Kind::Boolean),
    ("list", Kind::List),
    ("map", Kind::Map),
    ("object", Kind::Object),
    ("binary", Kind::Binary),
    ("any", Kind::Any),
];

const REQUIREMENTS: &[(&str, Requirement)] = &[
    ("optional", Requirement::Optional),
    ("documented", Requirement::Documented),
    ("required", Requirement::Required),
];

const ADVICE: &[(&str, RetryAdvice)] = &[
    ("never", RetryAdvice::Never),
    ("later", RetryAdvice::Later),
    ("new_credentials", RetryAdvice::NewCredentials),
];

fn members(value: &Value) -> Parsed<impl Iterator<Item = (&str, &Value)>> {
    match value {
        Value::Object(members) => Ok(members.iter()),
        other => Err(format!("{other:?} is no object")),
    }
}

fn member<'v>(value: &'v Value, name: &str) -> Parsed<&'v Value> {
    value
        .get(name)
        .ok_or_else(|| format!("`{name}` is missing"))
}

fn list<T: Clone>(value: &Value, item: impl Fn(&Value) -> Parsed<T>) -> Parsed<Cow<'static, [T]>> {
    value
        .as_list()
        .ok_or_else(|| format!("{value:?} is no list"))?
        .iter()
        .map(item)
        .collect()
}

fn text(value: &Value) -> Parsed<Cow<'static, str>> {
    match value {
        Value::Text(text) => Ok(Cow::Owned(text.clone())),
        other => Err(format!("{other:?} is no text")),
    }
}

fn truth(value: &Value) -> Parsed<bool> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        other => Err(format!("{other:?} is no boolean")),
    }
}

fn count(value: &Value) -> Parsed<u64> {
    match value {
        Value::Int(number) => u64::try_from(*number).map_err(|error| error.to_string()),
        other => Err(format!("{other:?} is no whole number")),
    }
}

fn bound(value: &Value) -> Parsed<Bound> {
    match value {
        Value::Int(number) => Ok(Bound::Int(*number)),
        Value::Float(number) => Ok(Bound::Float(*number)),
        other => Err(format!("{other:?} is no number")),
    }
}

fn word<T: Copy>(value: &Value, words: &[(&str, T)]) -> Parsed<T> {
    let word = value.as_str().unwrap_or_default();
    words
        .iter()
        .find(|(known, _)| *known == word)
        .map(|(_, meaning)| *meaning)
        .ok_or_else(|| format!("{value:?} is none of the words known here"))
}

fn unknown<T>(name: &str) -> Parsed<T> {
    Err(format!("`{name}` is not known here"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_said_is_as_in_the_empty_one() {
        let read = Operation::from_json(
            r#"{"name": "N", "parameters": [{"name": "A"}, {"name": "B", "in": "form", "style": "comma",
                "type": "list", "required": "documented", "sensitive": true, "default": "x", "min_length": 1}]}"#,
        )
        .unwrap();
        let expected = Operation {
            name: "N".into(),
            parameters: vec![
                Parameter {
                    name: "A".into(),
                    ..Parameter::EMPTY
                },
                Parameter {
                    name: "B".into(),
                    location: Location::Form,
                    style: Style::Joined(Separator::Comma),
                    kind: Kind::List,
                    required: Requirement::Documented,
                    sensitive: true,
                    default: Some("x".into()),
                    limits: super::super::Limits {
                        min_length: Some(1),
                        ..super::super::Limits::NONE
                    },
                    ..Parameter::EMPTY
                },
            ]
            .into(),
            ..Operation::EMPTY
        };
        assert_eq!(format!("{read:?}"), format!("{expected:?}"));
    }

    #[test]
    fn ends_of_ranges_keep_their_kind() {
        let read = Operation::from_json(
            r#"{"parameters": [{"minimum": -9223372036854775808, "maximum": 1.0}]}"#,
        )
        .unwrap();
        let limits = read.parameters[0].limits;
        assert_eq!(limits.minimum, Some(Bound::Int(i64::MIN)));
        assert_eq!(limits.maximum, Some(Bound::Float(1.0)));
    }

    #[test]
    fn what_makes_no_sense_is_named() {
        let problem = |text: &str| Operation::from_json(text).unwrap_err();
        assert_eq!(problem(r#"{"nam": "N"}"#), "`nam` is not known here");
        assert_eq!(
            problem(r#"{"effect": "reads"}"#),
            r#""reads" is none of the words known here"#
        );
        assert_eq!(problem(r#"{"name": 1}"#), "1 is no text");
        assert_eq!(problem("[]"), "[] is no object");
        assert!(problem(r#"{"name": "N""#).contains("at byte"));
        assert!(problem(r#"{"pagination": {"size": "S"}}"#).contains("`token`"));
    }
}
