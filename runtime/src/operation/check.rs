//! Checks of a request against its descriptor, before anything is sent: every violation at once.
//!
//! What the service refuses and what only its documents demand are both violations here; a caller who knows better than
//! the documents turns the checks off. Advice (`ignored_unless`) is none. Values outside an enum are none either, since
//! every enum is open.

use std::fmt;

use super::{Bound, Condition, Kind, Operation, Parameter, Requirement, Rule};
use crate::params::{Params, Value};
use crate::redact::REDACTED;

/// What is wrong with a parameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// It must be given.
    Missing {
        /// Whether only the document says so.
        documented: bool,
    },
    /// It must be given because of the value of another one.
    MissingWhen {
        /// The other parameter.
        parameter: String,
        /// Its value.
        value: String,
    },
    /// It must be given because another one is.
    MissingWith {
        /// The other parameter.
        parameter: String,
    },
    /// One of some parameters must be given and none is.
    NoneOf {
        /// The parameters.
        parameters: Vec<String>,
    },
    /// Only one of some parameters may be given and several are.
    MoreThanOneOf {
        /// The parameters.
        parameters: Vec<String>,
    },
    /// Its value is outside the documented range or length.
    OutOfRange {
        /// What is demanded, such as `at least 1`.
        demand: String,
    },
}

/// A violation: a parameter by its wire name, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// The parameter's dotted path.
    pub parameter: String,
    /// What is wrong.
    pub problem: Problem,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = &self.parameter;
        match &self.problem {
            Problem::Missing { documented: false } => write!(f, "{name} is required"),
            Problem::Missing { documented: true } => {
                write!(f, "{name} is required by the documentation")
            }
            Problem::MissingWhen { parameter, value } => {
                write!(f, "{name} is required when {parameter} is {value}")
            }
            Problem::MissingWith { parameter } => write!(f, "{name} is required with {parameter}"),
            Problem::NoneOf { parameters } => {
                write!(f, "one of {} is required", parameters.join(", "))
            }
            Problem::MoreThanOneOf { parameters } => {
                write!(f, "only one of {} may be given", parameters.join(", "))
            }
            Problem::OutOfRange { demand } => write!(f, "{name} must be {demand}"),
        }
    }
}

/// Everything wrong with a request, in the order of the spec: parameters first, rules after.
#[must_use]
pub fn check(operation: &Operation, params: &Params) -> Vec<Violation> {
    let mut violations = Vec::new();
    check_all("", &operation.parameters, params, &mut violations);
    for rule in operation.rules.iter() {
        check_rule(operation, rule, params, &mut violations);
    }
    violations
}

/// Whether a parameter counts as given: set, and not to null or to an empty list or object.
fn given(params: &Params, path: &str) -> bool {
    params.lookup(path).is_some_and(is_given)
}

fn is_given(value: &Value) -> bool {
    match value.exposed() {
        Value::Null => false,
        Value::List(items) => !items.is_empty(),
        Value::Object(members) => members.iter().any(|(_, member)| is_given(member)),
        _ => true,
    }
}

/// Checks parameters, and below each object that is given its fields. `above` is the path of the object, with its dot.
fn check_all(
    above: &str,
    parameters: &[Parameter],
    params: &Params,
    violations: &mut Vec<Violation>,
) {
    for parameter in parameters {
        let value = params.get(&parameter.name).filter(|value| is_given(value));
        check_parameter(above, parameter, value, violations);
        if parameter.fields.is_empty() {
            continue;
        }
        let path = || format!("{above}{}", parameter.name);
        match value.map(Value::exposed) {
            Some(Value::Object(members)) if parameter.kind == Kind::Object => {
                check_all(
                    &format!("{}.", path()),
                    &parameter.fields,
                    members,
                    violations,
                );
            }
            Some(Value::List(items)) => {
                for (at, item) in items.iter().enumerate() {
                    if let Value::Object(members) = item.exposed() {
                        check_all(
                            &format!("{}.{}.", path(), at + 1),
                            &parameter.fields,
                            members,
                            violations,
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

fn check_parameter(
    above: &str,
    parameter: &Parameter,
    value: Option<&Value>,
    violations: &mut Vec<Violation>,
) {
    let problem = match value {
        Some(value) => out_of_range(parameter, value).map(|demand| Problem::OutOfRange { demand }),
        None => match parameter.required {
            Requirement::Optional => None,
            Requirement::Documented => Some(Problem::Missing { documented: true }),
            Requirement::Required => Some(Problem::Missing { documented: false }),
        },
    };
    violations.extend(problem.map(|problem| Violation {
        parameter: format!("{above}{}", parameter.name),
        problem,
    }));
}

/// What the limits of a parameter demand of a value that does not meet them.
fn out_of_range(parameter: &Parameter, value: &Value) -> Option<String> {
    let limits = &parameter.limits;
    let numeric = matches!(
        parameter.kind,
        Kind::Int32 | Kind::Int64 | Kind::Float | Kind::Double
    );
    if numeric {
        if let Some(bound) = limits.minimum.filter(|bound| less(value, *bound)) {
            return Some(format!("at least {bound}"));
        }
        return limits
            .maximum
            .filter(|bound| greater(value, *bound))
            .map(|bound| format!("at most {bound}"));
    }
    if limits.min_length.is_none() && limits.max_length.is_none() {
        return None;
    }
    let (length, unit) = match value.exposed() {
        Value::Text(text) if parameter.kind == Kind::String => (text.chars().count(), "characters"),
        Value::List(items) => (items.len(), "items"),
        _ => return None,
    };
    let length = u64::try_from(length).unwrap_or(u64::MAX);
    if let Some(least) = limits.min_length.filter(|least| length < *least) {
        return Some(format!("at least {least} {unit} long"));
    }
    limits
        .max_length
        .filter(|most| length > *most)
        .map(|most| format!("at most {most} {unit} long"))
}

fn less(value: &Value, bound: Bound) -> bool {
    match (value.exposed(), bound) {
        (Value::Int(number), Bound::Int(bound)) => *number < bound,
        (Value::Float(number), Bound::Float(bound)) => *number < bound,
        (Value::Int(number), Bound::Float(bound)) => (*number as f64) < bound,
        (Value::Float(number), Bound::Int(bound)) => *number < bound as f64,
        _ => false,
    }
}

fn greater(value: &Value, bound: Bound) -> bool {
    match (value.exposed(), bound) {
        (Value::Int(number), Bound::Int(bound)) => *number > bound,
        (Value::Float(number), Bound::Float(bound)) => *number > bound,
        (Value::Int(number), Bound::Float(bound)) => (*number as f64) > bound,
        (Value::Float(number), Bound::Int(bound)) => *number > bound as f64,
        _ => false,
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(bound) => bound.fmt(f),
            Self::Float(bound) => bound.fmt(f),
        }
    }
}

fn check_rule(
    operation: &Operation,
    rule: &Rule,
    params: &Params,
    violations: &mut Vec<Violation>,
) {
    let mut missing = |parameters: &[std::borrow::Cow<'static, str>], problem: &Problem| {
        for parameter in parameters
            .iter()
            .filter(|parameter| !given(params, parameter))
        {
            violations.push(Violation {
                parameter: parameter.to_string(),
                problem: problem.clone(),
            });
        }
    };
    match rule {
        Rule::RequiredWhen { parameters, when } => {
            if let Some(value) = holds(operation, when, params) {
                missing(
                    parameters,
                    &Problem::MissingWhen {
                        parameter: when.parameter.to_string(),
                        value,
                    },
                );
            }
        }
        Rule::RequiredWith { parameters, other } => {
            if given(params, other) {
                missing(
                    parameters,
                    &Problem::MissingWith {
                        parameter: other.to_string(),
                    },
                );
            }
        }
        Rule::IgnoredUnless { .. } | Rule::IgnoredWhen { .. } => {}
        Rule::AtLeastOneOf(parameters) | Rule::ExactlyOneOf(parameters) => {
            violations.extend(check_alternatives(rule, parameters, params));
        }
    }
}

fn check_alternatives(
    rule: &Rule,
    parameters: &[std::borrow::Cow<'static, str>],
    params: &Params,
) -> Option<Violation> {
    let names = || parameters.iter().map(ToString::to_string).collect();
    let problem = match parameters
        .iter()
        .filter(|parameter| given(params, parameter))
        .count()
    {
        0 => Problem::NoneOf {
            parameters: names(),
        },
        1 => return None,
        _ if matches!(rule, Rule::AtLeastOneOf(_)) => return None,
        _ => Problem::MoreThanOneOf {
            parameters: names(),
        },
    };
    Some(Violation {
        parameter: parameters.first()?.to_string(),
        problem,
    })
}

/// The value that makes a condition true, if it is: the parameter's own, or its documented default when it is absent.
fn holds(operation: &Operation, condition: &Condition, params: &Params) -> Option<String> {
    let given = params
        .lookup(&condition.parameter)
        .filter(|value| is_given(value));
    let value = match given {
        Some(value) => value.scalar_text()?.into_owned(),
        None => operation
            .parameter_at(&condition.parameter)?
            .default
            .as_ref()?
            .to_string(),
    };
    condition
        .values
        .iter()
        .any(|wanted| *wanted == value)
        .then(|| match given {
            // It is told in the error.
            Some(Value::Sensitive(_)) => REDACTED.to_owned(),
            _ => value,
        })
}

/// The parameters the service will take no notice of, by the advice of its documents: for trace events, never an error.
#[must_use]
pub fn ignored(operation: &Operation, params: &Params) -> Vec<String> {
    let mut ignored = Vec::new();
    for rule in operation.rules.iter() {
        let parameters = match rule {
            Rule::IgnoredUnless { parameters, when }
                if holds(operation, when, params).is_none() =>
            {
                parameters
            }
            Rule::IgnoredWhen { parameters, when } if holds(operation, when, params).is_some() => {
                parameters
            }
            _ => continue,
        };
        ignored.extend(
            parameters
                .iter()
                .filter(|path| given(params, path))
                .map(ToString::to_string),
        );
    }
    ignored
}

#[cfg(test)]
mod tests;
