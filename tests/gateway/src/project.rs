//! From what is known to what an operation answers with.
//!
//! Whoever makes an answer lays down all the facts there are; the spec picks those its response has and says which type
//! each is sent as. So one set of facts about a job serves every operation that tells of it, however its fields are spelt.

use alicloud_codegen::spec::{Field, Kind, Operation, Primitive, Schema, Scope, Service};
use serde_json::{Map, Value, json};

/// Schemas that hold themselves are followed this deep.
const MAX_DEPTH: usize = 16;

/// The answer of an operation that has nothing else to say than these facts; nothing for one without a body.
pub(crate) fn project(service: &Service, operation: &Operation, facts: &Value) -> Option<Value> {
    let shared = Scope::of_service(&service.schemas);
    let scope = Scope::of_operation(operation, &shared);
    value(&scope, operation.response.as_ref()?, facts, 0)
}

/// Puts a value where a dotted path leads, making the objects on the way.
pub(crate) fn set(facts: &mut Value, path: &str, value: Value) {
    let mut at = facts;
    for part in path.split('.') {
        if !at.is_object() {
            *at = json!({});
        }
        at = &mut at[part];
    }
    *at = value;
}

fn value<'a>(scope: &Scope<'a>, schema: &'a Schema, facts: &Value, depth: usize) -> Option<Value> {
    let schema = scope.resolve(schema).filter(|_| depth < MAX_DEPTH)?;
    match (&schema.kind, facts) {
        (_, Value::Null) => None,
        (Kind::Object(fields), Value::Object(members)) => {
            Some(object(scope, fields, members, depth))
        }
        // The service likes to wrap a list in an object with nothing else in it.
        (Kind::Object(fields), Value::Array(_)) => match &fields[..] {
            [only] => {
                let list = value(scope, &only.schema, facts, depth + 1)?;
                Some(json!({ only.name.value.clone(): list }))
            }
            _ => None,
        },
        (Kind::List(schema), Value::Array(items)) => {
            let items = items.iter();
            let items = items.filter_map(|item| value(scope, schema, item, depth + 1));
            Some(items.collect())
        }
        (Kind::Map(_), Value::Object(_)) => Some(facts.clone()),
        (Kind::Primitive(primitive), _) => scalar(schema.sent_as.unwrap_or(*primitive), facts),
        _ => None,
    }
}

fn object<'a>(
    scope: &Scope<'a>,
    fields: &'a [Field],
    facts: &Map<String, Value>,
    depth: usize,
) -> Value {
    let mut members = Map::new();
    for field in fields {
        let name = &field.name.value;
        // `InstanceId` here is `InstanceID` there.
        let close = || {
            let mut facts = facts.iter();
            facts.find(|(known, _)| known.eq_ignore_ascii_case(name))
        };
        let fact = facts.get(name).or_else(|| close().map(|(_, fact)| fact));
        let member = fact.and_then(|fact| value(scope, &field.schema, fact, depth + 1));
        members.extend(member.map(|member| (name.clone(), member)));
    }
    Value::Object(members)
}

/// The fact as the type it is sent as, if it reads as one.
fn scalar(primitive: Primitive, fact: &Value) -> Option<Value> {
    let text = match fact {
        Value::String(text) => text.clone(),
        Value::Bool(_) | Value::Number(_) => fact.to_string(),
        _ => return (primitive == Primitive::Any).then(|| fact.clone()),
    };
    match primitive {
        Primitive::String | Primitive::Binary => Some(json!(text)),
        Primitive::Int32 | Primitive::Int64 => text.parse::<i64>().ok().map(Value::from),
        Primitive::Float | Primitive::Double => text.parse::<f64>().ok().map(Value::from),
        Primitive::Boolean => text.parse::<bool>().ok().map(Value::from),
        Primitive::Any => Some(fact.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

    fn projected(name: &str, facts: &Value) -> Value {
        let catalog = Catalog::of_workspace().unwrap();
        let mut operations = catalog.operations();
        let served = operations
            .find(|served| served.spec.name.value == name)
            .unwrap();
        project(served.service, served.spec, facts).unwrap()
    }

    #[test]
    fn facts_take_the_names_and_types_of_the_spec() {
        let facts = json!({
            "Success": true, "HttpStatusCode": 200, "DtsInstanceId": "dts1", "Unheard": 1, "Status": null,
            "PrecheckStatus": {"Percent": 50, "Detail": [{"ItemName": "A"}]},
        });
        let wanted = json!({"DtsInstanceId": "dts1", "HttpStatusCode": "200", "Success": "true"});
        assert_eq!(projected("ConfigureDtsJob", &facts), wanted);
        // A boolean by its document, and by what the service sends.
        assert_eq!(projected("StartDtsJob", &facts)["Success"], true);
        assert_eq!(
            projected("StartSynchronizationJob", &facts)["Success"],
            true
        );
        let detail = |name| projected(name, &facts)["PrecheckStatus"].clone();
        assert_eq!(
            detail("DescribeSynchronizationJobStatus"),
            json!({"Percent": "50", "Detail": [{"ItemName": "A"}]})
        );
        assert_eq!(
            detail("DescribeMigrationJobStatus"),
            json!({"Percent": "50", "Detail": {"CheckItem": [{"ItemName": "A"}]}})
        );
    }

    #[test]
    fn paths_make_their_objects() {
        let mut facts = json!({"A": {"B": 1}});
        set(&mut facts, "A.C.D", json!([]));
        set(&mut facts, "E", json!(2));
        assert_eq!(facts, json!({"A": {"B": 1, "C": {"D": []}}, "E": 2}));
    }
}
