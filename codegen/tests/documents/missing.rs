//! What of a page a spec does not say.

use alicloud_codegen::check::fields_inside;
use alicloud_codegen::document::{Condition, Document, Row, RowKind};
use alicloud_codegen::spec::{
    EnumUse, Field, Kind, Operation, Primitive, Requirement, RuleKind, Schema, Scope, Service,
    Style,
};

/// Everything of a page that the spec does not say.
pub(crate) fn missing(service: &Service, operation: &Operation, page: &Document) -> Vec<String> {
    let held = Held {
        service,
        operation,
        scope: Scope::of_service(&service.schemas),
    };
    let mut missing = Vec::new();
    for row in &page.parameters {
        held.parameter(row, &mut missing);
    }
    for row in &page.response {
        held.field(row, &mut missing);
    }
    for error in &page.errors {
        let same = |listed: &alicloud_codegen::spec::ErrorRef| {
            listed.status == error.status && listed.code.value == error.code
        };
        if !operation.errors.iter().any(same) {
            missing.push(format!("error {} {}", error.status, error.code));
        }
    }
    missing
}

struct Held<'s> {
    service: &'s Service,
    operation: &'s Operation,
    scope: Scope<'s>,
}

impl Held<'_> {
    fn parameter(&self, row: &Row, missing: &mut Vec<String>) {
        let mut parameters = self.operation.parameters.iter();
        let (outer, rest) = row.name.split_once('.').unwrap_or((&row.name, ""));
        let Some(parameter) = parameters.find(|known| known.field.name.value == outer) else {
            return missing.push(format!("parameter {}", row.name));
        };
        let schema = match rest {
            "" => Some(&parameter.field.schema),
            rest => self.find(self.inside(&parameter.field.schema), rest),
        };
        let Some(schema) = schema else {
            return missing.push(format!("parameter {}", row.name));
        };
        let required = if rest.is_empty() {
            parameter.required
        } else {
            schema.required
        };
        if row.required != Some(required != Requirement::Optional) {
            missing.push(format!("{} required: {:?}", row.name, row.required));
        }
        let in_string = matches!(parameter.style, Some(Style::Json | Style::Comma));
        if !(fits(row.kind, schema) || in_string && row.kind == RowKind::Text) {
            missing.push(format!("{} is {:?}", row.name, row.kind));
        }
        if row.json && parameter.style != Some(Style::Json) {
            missing.push(format!("{} is JSON in a string", row.name));
        }
        self.value(row, schema, missing);
        for condition in &row.conditions {
            if !self.says(condition) {
                missing.push(format!("{condition:?}"));
            }
        }
    }

    fn field(&self, row: &Row, missing: &mut Vec<String>) {
        let response = self.operation.response.as_ref().unwrap();
        match self.find(self.inside(response), &row.name) {
            None => missing.push(format!("field {}", row.name)),
            Some(schema) => {
                if !fits(row.kind, schema) {
                    missing.push(format!("field {} is {:?}", row.name, row.kind));
                }
                self.value(row, schema, missing);
            }
        }
    }

    /// The fields of an object, or of what a list holds.
    fn inside<'f>(&'f self, mut schema: &'f Schema) -> &'f [Field] {
        while let Kind::List(items) = &schema.kind {
            schema = items;
        }
        fields_inside(&self.scope, schema)
    }

    fn find<'f>(&'f self, fields: &'f [Field], path: &str) -> Option<&'f Schema> {
        // The number of an item, of any item.
        let path = path.strip_prefix("N.").unwrap_or(path);
        let (name, rest) = path.split_once('.').unwrap_or((path, ""));
        let field = fields.iter().find(|field| field.name.value == name)?;
        match rest {
            "" => Some(&field.schema),
            rest => self.find(self.inside(&field.schema), rest),
        }
    }

    /// What is said of a value wherever it stands.
    fn value(&self, row: &Row, schema: &Schema, missing: &mut Vec<String>) {
        let boolean = matches!(schema.kind, Kind::Primitive(Primitive::Boolean));
        let known = self.known(schema);
        for value in &row.values {
            let plain = boolean && ["true", "false"].contains(&value.as_str());
            if !known.contains(&value.as_str()) && !plain {
                missing.push(format!("{} can be {value}", row.name));
            }
        }
        let default = schema.default.as_ref().map(|default| &default.value);
        if row.default.is_some() && row.default.as_ref() != default {
            missing.push(format!("{} is {:?} by default", row.name, row.default));
        }
        if row.deprecated && schema.deprecated.is_none() {
            missing.push(format!("{} is deprecated", row.name));
        }
        let structured = !matches!(schema.kind, Kind::Primitive(_));
        let example = schema.example.as_ref();
        if row.example.is_some()
            && row.example.as_ref() != example
            && !(structured && example.is_some())
        {
            missing.push(format!("{}, for example {:?}", row.name, row.example));
        }
    }

    fn known<'k>(&'k self, schema: &'k Schema) -> Vec<&'k str> {
        let values = match &schema.enumeration {
            None => return Vec::new(),
            Some(EnumUse::Inline { values, .. }) => values,
            Some(EnumUse::Named(name)) => {
                let mut enums = self.service.enums.iter();
                &enums
                    .find(|known| known.name.value == name.value)
                    .unwrap()
                    .values
            }
        };
        values
            .iter()
            .map(|value| value.value.value.as_str())
            .collect()
    }

    /// Whether a rule says what a condition does.
    fn says(&self, wanted: &Condition) -> bool {
        let same =
            |condition: &alicloud_codegen::spec::Condition, other: &str, values: &[String]| {
                let mut known: Vec<&str> = condition
                    .values
                    .iter()
                    .map(|value| value.value.as_str())
                    .collect();
                let mut values: Vec<&str> = values.iter().map(String::as_str).collect();
                known.sort_unstable();
                values.sort_unstable();
                condition.parameter.value == other && known == values
            };
        self.operation.rules.iter().any(|rule| {
            let about =
                |parameter: &str| rule.parameters.iter().any(|known| known.value == parameter);
            match (&rule.kind, wanted) {
                (
                    RuleKind::RequiredWhen(known),
                    Condition::RequiredWhen {
                        parameter,
                        other,
                        values,
                    },
                )
                | (
                    RuleKind::IgnoredUnless(known),
                    Condition::IgnoredUnless {
                        parameter,
                        other,
                        values,
                    },
                )
                | (
                    RuleKind::IgnoredWhen(known),
                    Condition::IgnoredWhen {
                        parameter,
                        other,
                        values,
                    },
                ) => about(parameter) && same(known, other, values),
                // What counts only for some values counts for none of the others.
                (
                    RuleKind::IgnoredUnless(known),
                    Condition::IgnoredWhen {
                        parameter,
                        other,
                        values,
                    },
                ) => {
                    let allowed =
                        |value: &String| known.values.iter().any(|known| known.value == *value);
                    about(parameter)
                        && known.parameter.value == *other
                        && !values.iter().any(allowed)
                }
                (RuleKind::RequiredWith(known), Condition::RequiredWith { parameter, other }) => {
                    about(parameter) && known.value == *other
                }
                _ => false,
            }
        })
    }
}

fn fits(kind: RowKind, schema: &Schema) -> bool {
    let wanted = match kind {
        RowKind::Text => Primitive::String,
        RowKind::Int32 => Primitive::Int32,
        RowKind::Int64 => Primitive::Int64,
        RowKind::Float => Primitive::Float,
        RowKind::Double => Primitive::Double,
        RowKind::Boolean => Primitive::Boolean,
        RowKind::Any => Primitive::Any,
        RowKind::Object => return matches!(schema.kind, Kind::Object(_) | Kind::Ref(_)),
        RowKind::Map => return matches!(schema.kind, Kind::Map(_)),
        RowKind::Objects | RowKind::Texts => return matches!(schema.kind, Kind::List(_)),
    };
    matches!(schema.kind, Kind::Primitive(primitive) if primitive == wanted)
}
