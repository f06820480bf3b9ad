//! Which values of a request are secret: those marked so in the tree or in the descriptor, those whose names say it, and all
//! that is inside of such.

use super::{Kind, Operation, Parameter};
use crate::params::{Params, Value};
use crate::redact::{REDACTED, Redactor, is_secret_name};

/// Makes a value without parts into another one, given whether it is secret.
type Leaf<'l> = &'l mut dyn FnMut(&Value, bool) -> Value;

/// Makes a redactor hold the secrets of parameters.
pub(crate) fn hold(redactor: &mut Redactor, operation: &Operation, params: &Params) {
    hold_names(redactor, &operation.parameters);
    copy(operation, params, &mut |value, secret| {
        let text = value.scalar_text().unwrap_or_default();
        if secret && !matches!(value, Value::Bool(_)) {
            redactor.hold(&text);
        }
        // Text may be JSON or a URL with a secret in it.
        redactor.hold_from(&text);
        Value::Null
    });
}

/// The parameters with `placeholder` for each secret, and texts as `redactor` shows them.
pub(crate) fn masked(
    redactor: &Redactor,
    operation: &Operation,
    params: &Params,
    placeholder: &str,
) -> Params {
    copy(operation, params, &mut |value, secret| {
        mask(redactor, value, secret, placeholder)
    })
}

/// Free JSON that came back, without values under the name of a secret, its texts as `show` makes them.
pub(crate) fn answer(name: &str, value: &Value, show: &dyn Fn(&str) -> String) -> Value {
    match value.exposed() {
        Value::Object(members) => {
            let members = members.iter();
            let shown = members.map(|(name, member)| (show(name), answer(name, member, show)));
            Value::Object(shown.collect())
        }
        Value::List(items) => {
            let items = items.iter();
            Value::List(items.map(|item| answer(name, item, show)).collect())
        }
        Value::Null | Value::Bool(_) => value.clone(),
        _ if is_secret_name(name) => Value::from(REDACTED),
        scalar => {
            let text = scalar.scalar_text().unwrap_or_default();
            match show(&text) {
                shown if shown == text => value.clone(),
                shown => Value::Text(shown),
            }
        }
    }
}

fn mask(redactor: &Redactor, value: &Value, secret: bool, placeholder: &str) -> Value {
    match value {
        _ if secret => Value::from(placeholder),
        Value::Text(text) => Value::Text(redactor.hide(text).into_owned()),
        Value::Json(text) => Value::Json(redactor.hide(text).into_owned()),
        Value::Bytes(bytes) => Value::Bytes(match std::str::from_utf8(bytes) {
            Ok(text) => redactor.hide(text).into_owned().into(),
            Err(_) => format!("<{} bytes>", bytes.len()).into(),
        }),
        other => other.clone(),
    }
}

fn hold_names(redactor: &mut Redactor, parameters: &[Parameter]) {
    for parameter in parameters {
        if parameter.sensitive {
            redactor.hold_name(&parameter.name);
        }
        hold_names(redactor, &parameter.fields);
    }
}

/// The parameters, each value without parts as `leaf` makes it.
fn copy(operation: &Operation, params: &Params, leaf: Leaf<'_>) -> Params {
    let known = |name: &str| operation.parameter_at(name).map(Known::Whole);
    members(params, &known, false, leaf)
}

/// What the descriptor says of a value: that it is this parameter, or something under a key in this map.
#[derive(Clone, Copy)]
enum Known<'p> {
    Whole(&'p Parameter),
    InMap(&'p Parameter),
}

impl<'p> Known<'p> {
    fn member(self, name: &str) -> Option<Self> {
        match self {
            Self::Whole(map) if map.kind == Kind::Map => Some(Self::InMap(map)),
            Self::Whole(object) | Self::InMap(object) => {
                Parameter::find(&object.fields, name).map(Self::Whole)
            }
        }
    }

    fn is_sensitive(self) -> bool {
        let (Self::Whole(parameter) | Self::InMap(parameter)) = self;
        parameter.sensitive
    }
}

fn members<'p>(
    members: &Params,
    known: &dyn Fn(&str) -> Option<Known<'p>>,
    secret: bool,
    leaf: Leaf<'_>,
) -> Params {
    let copied = members.iter().map(|(name, member)| {
        let copied = value(name, member, known(name), secret, leaf);
        (name.to_owned(), copied)
    });
    copied.collect()
}

fn value(
    name: &str,
    value: &Value,
    known: Option<Known<'_>>,
    secret: bool,
    leaf: Leaf<'_>,
) -> Value {
    let marked = matches!(value, Value::Sensitive(_));
    let secret = secret || marked || known.is_some_and(Known::is_sensitive);
    match value.exposed() {
        Value::Null => Value::Null,
        Value::List(items) => {
            let items = items.iter();
            let copied = items.map(|item| self::value(name, item, known, secret, leaf));
            Value::List(copied.collect())
        }
        Value::Object(inner) => {
            let field = |name: &str| known.and_then(|known| known.member(name));
            Value::Object(members(inner, &field, secret, leaf))
        }
        // A switch is no secret because of its name.
        Value::Bool(_) => leaf(value.exposed(), secret),
        scalar => leaf(scalar, secret || is_secret_name(name)),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow::{Borrowed, Owned};

    use super::*;

    fn parameter(name: &'static str, kind: Kind, fields: Vec<Parameter>) -> Parameter {
        Parameter {
            name: Borrowed(name),
            kind,
            fields: Owned(fields),
            ..Parameter::EMPTY
        }
    }

    fn operation() -> Operation {
        let phrase = Parameter {
            sensitive: true,
            ..parameter("Phrase", Kind::String, Vec::new())
        };
        let parameters = vec![
            parameter("Account", Kind::Object, vec![phrase.clone()]),
            parameter("Accounts", Kind::List, vec![phrase.clone()]),
            parameter("ByName", Kind::Map, vec![phrase]),
        ];
        Operation {
            parameters: Owned(parameters),
            ..Operation::EMPTY
        }
    }

    fn object(name: &'static str, value: impl Into<Value>) -> Value {
        let mut object = Params::new();
        object.set(name, value);
        object.set("Open", "open");
        Value::Object(object)
    }

    fn params() -> Params {
        let mut params = Params::new();
        params.set("Account", object("Phrase", "canary-1"));
        params.set("Account.Phrase", "canary-2");
        params.set("Accounts", vec![object("Phrase", "canary-3")]);
        params.set("ByName", object("some", object("Phrase", "canary-4")));
        params.set("Pin", Value::from(86_420_013).sensitive());
        params.set("Group", Value::from(vec!["canary-5"]).sensitive());
        params.set("DbPassword", "canary-6");
        params.set("PasswordReset", true);
        params.set("Extra", r#"{"a":[{"Phrase":"canary-7"}],"b":"open"}"#);
        params.set("Json", Value::Json(r#"{"pwd":"canary-8"}"#.into()));
        params.set(
            "Url",
            "jdbc:mysql://u:canary-9@h/d?password=canary-10&x=open",
        );
        params
    }

    #[test]
    fn secrets_are_found_at_any_depth_and_in_texts() {
        let mut redactor = Redactor::new();
        hold(&mut redactor, &operation(), &params());
        for at in 1..=10 {
            let text = format!("echo canary%2D{at}.");
            assert_eq!(redactor.hide(&text), "echo [redacted].");
        }
        assert_eq!(redactor.hide("86420013 open"), "[redacted] open");
        // What stands beside a name that the descriptor marks is secret, too.
        assert_eq!(
            redactor.hide("Phrase=other&Open=1"),
            "Phrase=[redacted]&Open=1"
        );
    }

    #[test]
    fn a_masked_copy_has_placeholders_for_them_and_the_rest_as_it_is() {
        let mut redactor = Redactor::new();
        hold(&mut redactor, &operation(), &params());
        let masked = masked(&redactor, &operation(), &params(), "X");
        let text = crate::encode::json_text(&Value::Object(masked.clone()));
        assert!(
            !text.contains("canary") && !text.contains("86420013"),
            "{text}"
        );
        assert_eq!(masked.lookup("Account.Open"), Some(&Value::from("open")));
        assert_eq!(masked.get("Account.Phrase"), Some(&Value::from("X")));
        assert_eq!(masked.get("PasswordReset"), Some(&Value::Bool(true)));
        let extra = masked.get("Extra").and_then(Value::as_str);
        assert_eq!(extra, Some(r#"{"a":[{"Phrase":"[redacted]"}],"b":"open"}"#));
    }
}
