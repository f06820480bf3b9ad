//! The tolerance of decoding, case by case, on a struct as the generator writes one.

mod almost;
mod events;
mod hostile;
mod lists;

use std::collections::BTreeMap;

use super::*;
use crate::params::Value;

#[derive(Clone, Debug, Default, PartialEq)]
struct Answer {
    text: Option<String>,
    number: Option<i64>,
    ratio: Option<f64>,
    flag: Option<bool>,
    items: Option<Vec<Item>>,
    names: Option<Vec<String>>,
    wrapper: Option<Wrapper>,
    labels: Option<BTreeMap<String, i64>>,
    free: Option<Value>,
    child: Option<Box<Answer>>,
}

impl Object for Answer {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "Text" => value.read(&mut self.text),
            "Number" => value.read(&mut self.number),
            "Ratio" => value.read(&mut self.ratio),
            "Flag" => value.read(&mut self.flag),
            "Items" => value.read(&mut self.items),
            "Names" => value.read(&mut self.names),
            "Wrapper" => value.read(&mut self.wrapper),
            "Labels" => value.read(&mut self.labels),
            "Free" => value.read(&mut self.free),
            "Child" => value.read_boxed(&mut self.child),
            _ => value.skip(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Item {
    id: Option<String>,
}

impl Object for Item {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "Id" => value.read(&mut self.id),
            _ => value.skip(),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Wrapper {
    item: Option<Vec<Item>>,
}

impl Object for Wrapper {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> Read {
        match name {
            "Item" => value.read(&mut self.item),
            _ => value.skip(),
        }
    }

    fn only_list(&self) -> Option<&'static str> {
        Some("Item")
    }
}

fn json(text: &str) -> Answer {
    let mut source = JsonSource::new(text);
    let answer = Answer::decode(&mut Reader::new(&mut source))
        .unwrap()
        .unwrap();
    source.finish().unwrap();
    answer
}

fn xml(text: &str) -> Answer {
    let mut source = XmlSource::new(text).unwrap();
    Answer::decode(&mut Reader::new(&mut source))
        .unwrap()
        .unwrap()
}

fn items(ids: &[&str]) -> Option<Vec<Item>> {
    Some(
        ids.iter()
            .map(|id| Item {
                id: Some((*id).to_owned()),
            })
            .collect(),
    )
}

#[test]
fn scalars_stand_for_one_another() {
    assert_eq!(json(r#"{"Text":true}"#).text.as_deref(), Some("true"));
    assert_eq!(json(r#"{"Text":12.50}"#).text.as_deref(), Some("12.50"));
    assert_eq!(json(r#"{"Number":"200"}"#).number, Some(200));
    assert_eq!(json(r#"{"Number":3.0}"#).number, Some(3));
    assert_eq!(
        json(r#"{"Number":9007199254740993}"#).number,
        Some(9_007_199_254_740_993)
    );
    assert_eq!(json(r#"{"Ratio":"1.5"}"#).ratio, Some(1.5));
    assert_eq!(json(r#"{"Flag":"true"}"#).flag, Some(true));
    assert_eq!(json(r#"{"Flag":"False"}"#).flag, Some(false));
    assert_eq!(json(r#"{"Flag":0}"#).flag, Some(false));
}

#[test]
fn white_space_around_scalars_is_no_part_of_them() {
    for blank in [" ", "\u{a0}", "\u{3000}\u{2009}"] {
        let around = |value: &str| format!("\"{blank}{value}{blank}\"");
        let (number, ratio, flag) = (around("200"), around("1.5"), around("true"));
        let read = json(&format!(
            "{{\"Number\":{number},\"Ratio\":{ratio},\"Flag\":{flag}}}"
        ));
        assert_eq!(
            (read.number, read.ratio, read.flag),
            (Some(200), Some(1.5), Some(true))
        );
        assert_eq!(
            json(&format!("{{\"Number\":{}}}", around(""))),
            Answer::default()
        );
    }
}

#[test]
fn null_absence_and_empty_text_are_the_same_for_all_but_text() {
    assert_eq!(
        json(r#"{"Text":null,"Number":null,"Items":null,"Wrapper":null,"Free":null}"#),
        Answer::default()
    );
    assert_eq!(
        json(r#"{"Number":"","Flag":"","Items":"","Wrapper":"","Labels":""}"#),
        Answer::default()
    );
    assert_eq!(json(r#"{"Text":""}"#).text.as_deref(), Some(""));
}

#[test]
fn what_fits_nothing_is_left_out_and_noted() {
    let mut source = JsonSource::new(r#"{"Number":"many","Flag":{},"Wrapper":7,"Text":"kept"}"#);
    let mut reader = Reader::new(&mut source);
    let answer = Answer::decode(&mut reader).unwrap().unwrap();
    assert_eq!(
        answer,
        Answer {
            text: Some("kept".into()),
            ..Answer::default()
        }
    );
    assert_eq!(reader.misfits(), 3);
}

#[test]
fn text_keeps_what_has_parts_as_it_is_written() {
    assert_eq!(
        json(r#"{"Text":{"a": [1, "x"]}}"#).text.as_deref(),
        Some(r#"{"a": [1, "x"]}"#)
    );
}

#[test]
fn a_single_value_stands_for_a_list_and_a_list_for_its_wrapper() {
    assert_eq!(json(r#"{"Items":{"Id":"a"}}"#).items, items(&["a"]));
    assert_eq!(json(r#"{"Names":"only"}"#).names, Some(vec!["only".into()]));
    let wrapper = Some(Wrapper {
        item: items(&["a", "b"]),
    });
    assert_eq!(
        json(r#"{"Wrapper":[{"Id":"a"},{"Id":"b"}]}"#).wrapper,
        wrapper
    );
    assert_eq!(
        json(r#"{"Wrapper":{"Item":[{"Id":"a"},{"Id":"b"}]}}"#).wrapper,
        wrapper
    );
}

#[test]
fn json_in_a_string_stands_for_what_it_holds() {
    assert_eq!(json(r#"{"Items":"[{\"Id\":\"a\"}]"}"#).items, items(&["a"]));
    assert_eq!(
        json(r#"{"Wrapper":"{\"Item\":[{\"Id\":1}]}"}"#).wrapper,
        Some(Wrapper {
            item: items(&["1"])
        })
    );
    assert_eq!(json(r#"{"Wrapper":"{broken"}"#).wrapper, None);
    assert_eq!(
        json(r#"{"Names":"[not json"}"#).names,
        Some(vec!["[not json".into()])
    );
}

#[test]
fn free_json_and_maps_keep_everything() {
    let answer =
        json(r#"{"Free":{"b":[1,null,2.5,"x",true],"a":{}},"Labels":{"x":"1","y":2,"z":null}}"#);
    assert_eq!(
        crate::encode::json_text(&answer.free.unwrap()),
        r#"{"b":[1,null,2.5,"x",true],"a":{}}"#
    );
    assert_eq!(
        answer.labels.unwrap().into_iter().collect::<Vec<_>>(),
        [("x".into(), 1), ("y".into(), 2)]
    );
}

#[test]
fn strings_with_escapes_and_unknown_fields() {
    let answer = json(
        r#" { "X" : [ {"deep": [[[]]]}, "}" ] , "Text" : "a\"\\\/\b\f\n\r\t\u4e2d\ud83d\ude80\ud83d!" , "Child" : {"Number":1} } "#,
    );
    assert_eq!(
        answer.text.as_deref(),
        Some("a\"\\/\u{8}\u{c}\n\r\t中🚀\u{fffd}!")
    );
    assert_eq!(answer.child.unwrap().number, Some(1));
}

#[test]
fn broken_json_is_an_error_with_a_place() {
    for (text, offset) in [
        ("", 0),
        ("{", 1),
        (r#"{"Text"}"#, 7),
        (r#"{"Text":}"#, 8),
        (r#"{"Text":"x"#, 10),
        (r#"{"X":[1 2]}"#, 8),
        (r#"{"X":,}"#, 5),
        (r#"{"X":tru"#, 5),
        (r#"{"X":<b>}"#, 5),
        (r#"{"Text":"\"#, 11),
    ] {
        let mut source = JsonSource::new(text);
        let error = Answer::decode(&mut Reader::new(&mut source)).unwrap_err();
        assert_eq!(error.offset, offset, "{text}: {error}");
    }
    assert_eq!(JsonSource::new("{} x").skip(), Ok("{}"));
    let mut source = JsonSource::new("{} x");
    source.skip().unwrap();
    assert!(source.finish().is_err());
}

#[test]
fn xml_answers_have_any_root_and_only_text() {
    let answer = xml(
        "<?xml version='1.0' encoding='UTF-8'?>\n<Whatever><Text>a &amp; b &#x4e2d;<![CDATA[<c>]]></Text>\n\
         <Number> 7 </Number><Flag>true</Flag><Unknown><Text>no</Text></Unknown><Ratio/></Whatever>",
    );
    assert_eq!(answer.text.as_deref(), Some("a & b 中<c>"));
    assert_eq!(
        (answer.number, answer.flag, answer.ratio),
        (Some(7), Some(true), None)
    );
}

#[test]
fn xml_lists_are_repetitions_with_or_without_a_wrapper() {
    let two = items(&["a", "b"]);
    assert_eq!(
        xml("<R><Items><Id>a</Id></Items><Items><Id>b</Id></Items></R>").items,
        two
    );
    assert_eq!(
        xml("<R><Items><Item><Id>a</Id></Item><Item><Id>b</Id></Item></Items></R>").items,
        two
    );
    assert_eq!(xml("<R><Items><Id>a</Id></Items></R>").items, items(&["a"]));
    assert_eq!(
        xml("<R><Names>a</Names><Text>t</Text><Names>b</Names></R>")
            .names
            .unwrap(),
        ["a", "b"]
    );
    assert_eq!(
        xml("<R><Names><Name>a</Name><Name>b</Name></Names></R>")
            .names
            .unwrap(),
        ["a", "b"]
    );
    assert_eq!(
        xml("<R><Wrapper><Item><Id>a</Id></Item><Item><Id>b</Id></Item></Wrapper></R>").wrapper,
        Some(Wrapper { item: two })
    );
    assert_eq!(xml("<R><Items/></R>").items, None);
}

#[test]
fn xml_repetitions_are_lists_in_free_json() {
    let answer = xml("<R><Free><A>1</A><B><C> x </C></B><A/><A>2</A></Free></R>");
    assert_eq!(
        crate::encode::json_text(&answer.free.unwrap()),
        r#"{"A":["1",null,"2"],"B":{"C":" x "}}"#
    );
}

#[test]
fn broken_xml_is_an_error() {
    for text in [
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
        "<a/>x",
    ] {
        assert!(XmlSource::new(text).is_err(), "{text}");
    }
}

#[test]
fn watched_fields_are_picked_up_without_being_taken_away() {
    let mut observed = Observed::default();
    ["Flag", "Child.Text", "Child.Flag", "Text"]
        .into_iter()
        .for_each(|path| observed.watch(path.into()));
    let mut source = JsonSource::new(
        r#"{"Flag":"false","Child":{"Text":"why","Child":{"Text":"deeper"}},"Text":null}"#,
    );
    let answer = Answer::decode(&mut Reader::observing(&mut source, &mut observed))
        .unwrap()
        .unwrap();
    assert_eq!(observed.get("Flag"), Some("false"));
    assert_eq!(observed.get("Child.Text"), Some("why"));
    assert_eq!(observed.get("Child.Flag"), None);
    assert_eq!(observed.get("Text"), None);
    assert_eq!(answer.flag, Some(false));
    assert_eq!(
        answer.child.unwrap().child.unwrap().text.as_deref(),
        Some("deeper")
    );
}

fn read<T: super::Answer>(text: &'static str) -> Result<T, Malformed> {
    let body = bytes::Bytes::from_static(text.as_bytes());
    T::read(&body, &mut Observed::default()).map(|(answer, _)| answer)
}

#[test]
fn a_body_can_be_bytes_text_a_list_or_nothing() {
    assert_eq!(read::<bytes::Bytes>("<any>thing").unwrap(), "<any>thing");
    assert_eq!(
        read::<String>("plain, not JSON").unwrap(),
        "plain, not JSON"
    );
    assert_eq!(read::<String>("\"JSON\"").unwrap(), "JSON");
    assert_eq!(read::<Vec<Item>>(r#"[{"Id":"a"}]"#).ok(), items(&["a"]));
    assert!(read::<Answer>("nonsense").is_err());
}
