use std::collections::BTreeMap;

use serde_json::json;

use crate::decode::{Events, Object, Read, Reader};
use crate::transport::HttpResponse;
use crate::{Params, Response, Secret, UnknownValue, Value};

enum Colour {
    Red,
    Unknown(UnknownValue),
}

impl Colour {
    fn as_str(&self) -> &str {
        match self {
            Self::Red => "red",
            Self::Unknown(value) => value.as_str(),
        }
    }

    fn from_wire(value: &str) -> Self {
        match value {
            "red" => Self::Red,
            other => Self::Unknown(UnknownValue::new(other)),
        }
    }
}

crate::open_enum!(Colour);
crate::enum_of_answers!(Colour);
crate::serde_text!(Colour);

#[derive(Clone, Debug, Default, PartialEq)]
struct Thing {
    name: Option<String>,
    count: Option<i64>,
    share: Option<f64>,
    done: Option<bool>,
    password: Option<Secret<String>>,
    colour: Option<Colour>,
    parts: Option<Vec<Thing>>,
    labels: Option<BTreeMap<String, String>>,
    free: Option<Value>,
    inner: Option<Box<Thing>>,
}

impl Object for Thing {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "Name" => value.read(&mut self.name),
            "count-of" => value.read(&mut self.count),
            "Share" => value.read(&mut self.share),
            "Done" => value.read(&mut self.done),
            "Password" => value.read(&mut self.password),
            "Colour" => value.read(&mut self.colour),
            "Parts" => value.read(&mut self.parts),
            "Labels" => value.read(&mut self.labels),
            "Free" => value.read(&mut self.free),
            "Inner" => value.read_boxed(&mut self.inner),
            _ => value.skip(),
        }
    }
}

crate::serde_object! {
    Thing {
        "Name" => name, "count-of" => count, "Share" => share, "Done" => done, "Password" => password,
        "Colour" => colour, "Parts" => parts, "Labels" => labels, "Free" => free, "Inner" => inner
    }
}

fn thing() -> Thing {
    Thing {
        name: Some("a \"b\" 中".into()),
        count: Some(i64::MIN),
        share: Some(0.1),
        done: Some(false),
        colour: Some(Colour::Red),
        parts: Some(vec![
            Thing::default(),
            Thing {
                colour: Some(Colour::from_wire("blue")),
                ..Thing::default()
            },
        ]),
        labels: Some(BTreeMap::from([("k".into(), "v".into())])),
        free: Some(Value::List(vec![
            Value::Null,
            Value::Float(2.0),
            [("z", 1), ("a", 2)].into_iter().collect::<Params>().into(),
        ])),
        inner: Some(Box::default()),
        password: None,
    }
}

#[test]
fn an_answer_is_written_under_its_wire_names_and_read_back() {
    let text = serde_json::to_string(&thing()).unwrap();
    assert_eq!(
        text,
        r#"{"Name":"a \"b\" 中","count-of":-9223372036854775808,"Share":0.1,"Done":false,"Colour":"red","Parts":[{},{"Colour":"blue"}],"Labels":{"k":"v"},"Free":[null,2.0,{"z":1,"a":2}],"Inner":{}}"#
    );
    assert_eq!(serde_json::from_str::<Thing>(&text).unwrap(), thing());
}

#[test]
fn secrets_are_never_written_but_can_be_read() {
    let read: Thing = serde_json::from_value(json!({"Password": "hunter2"})).unwrap();
    assert_eq!(read.password, Some(Secret::from("hunter2")));
    let written = serde_json::to_value(&read).unwrap();
    assert_eq!(written, json!({"Password": "[redacted]"}));
    let value = Value::from("hunter2").sensitive();
    assert_eq!(serde_json::to_value(&value).unwrap(), json!("[redacted]"));
    let text = serde_json::from_value::<Secret<String>>(json!("hunter2")).unwrap();
    assert_eq!(text.expose(), "hunter2");
}

#[test]
fn reading_is_as_tolerant_as_for_answers_of_the_service() {
    let odd = json!({
        "Name": 7, "count-of": "12", "Done": "True", "Colour": "mauve", "Parts": {"Name": "one"}, "Labels": null,
        "Share": "x", "More": [1]
    });
    let read: Thing = serde_json::from_value(odd).unwrap();
    let expected = Thing {
        name: Some("7".into()),
        count: Some(12),
        done: Some(true),
        colour: Some(Colour::from_wire("mauve")),
        parts: Some(vec![Thing {
            name: Some("one".into()),
            ..Thing::default()
        }]),
        ..Thing::default()
    };
    assert_eq!(read, expected);
    for wrong in [json!(1), json!(null), json!("text")] {
        assert!(serde_json::from_value::<Thing>(wrong).is_err());
    }
    assert!(serde_json::from_value::<Colour>(json!([])).is_err());
}

#[test]
fn free_json_keeps_what_it_is() {
    let text = r#"{"b":[true,null,-1,1.5,"x"],"a":{"n":18446744073709551615}}"#;
    let value: Value = serde_json::from_str(text).unwrap();
    assert_eq!(value.get("b").and_then(Value::as_list).unwrap().len(), 5);
    let big = value.get("a").and_then(|inner| inner.get("n"));
    assert_eq!(big, Some(&Value::Json("18446744073709551615".into())));
    let read: serde_json::Value = serde_json::from_str(text).unwrap();
    let written = serde_json::to_value(&value).unwrap();
    assert_eq!(written["b"], read["b"]);
    assert_eq!(written["a"]["n"].as_u64(), read["a"]["n"].as_u64());
    let json = Value::Json(r#"{"a": [1]}"#.into());
    assert_eq!(serde_json::to_value(&json).unwrap(), json!({"a": [1]}));
    let broken = Value::Json("{".into());
    assert_eq!(serde_json::to_value(&broken).unwrap(), json!("{"));
    assert!(serde_json::from_str::<Params>("[]").is_err());
    let params: Params = serde_json::from_str(r#"{"A": 1}"#).unwrap();
    assert_eq!(params.get("A"), Some(&Value::Int(1)));
}

#[test]
fn a_response_is_its_answer_and_events_are_a_list() {
    let http = HttpResponse {
        status: 200,
        headers: Default::default(),
        body: Default::default(),
    };
    let response = Response::new(thing(), http);
    assert_eq!(
        serde_json::to_value(&response).unwrap(),
        serde_json::to_value(thing()).unwrap()
    );
    let events: Events<Thing> = [Thing::default(), thing()].into_iter().collect();
    let text = serde_json::to_string(&events).unwrap();
    assert!(text.starts_with("[{},{\"Name\""), "{text}");
    assert_eq!(
        serde_json::from_str::<Events<Thing>>(&text).unwrap(),
        events
    );
}
