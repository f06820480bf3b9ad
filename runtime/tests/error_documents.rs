//! What error answers say: the bodies official clients were answered with, and spellings no document promises.
//!
//! `data/error_answers.json` holds the bodies and what is in them. Where an official client loses something, such as the
//! request ID in lower case, what is wanted is what is there.

use alicloud_runtime::Bytes;
use alicloud_runtime::decode::ErrorBody;
use alicloud_runtime::encode::json_text;
use serde_json::Value;

fn read(body: &str) -> Option<ErrorBody> {
    ErrorBody::read(&Bytes::copy_from_slice(body.as_bytes()))
}

#[test]
fn recorded_answers_say_what_is_in_them() {
    let answers: Vec<Value> =
        serde_json::from_str(include_str!("data/error_answers.json")).unwrap();
    assert_eq!(answers.len(), 22);
    for answer in &answers {
        let text = |name: &str| answer[name].as_str().map(str::to_owned);
        let name = text("name").unwrap();
        let Some(error) = read(answer["body"].as_str().unwrap()) else {
            assert_eq!(answer["document"], false, "{name}");
            continue;
        };
        assert!(answer["document"].is_null(), "{name}");
        assert_eq!(error.code, text("code"), "{name}");
        assert_eq!(error.message, text("message"), "{name}");
        assert_eq!(error.request_id, text("request_id"), "{name}");
        let detail = error.access_denied_detail.as_ref().map(json_text);
        let detail = detail.map_or(Value::Null, |detail| serde_json::from_str(&detail).unwrap());
        assert_eq!(answer["access_denied_detail"], detail, "{name}");
    }
}

#[test]
fn the_rest_of_an_ordinary_document_is_kept() {
    let error = read(
        r#"{"Code":"A","HostId":"dts.aliyuncs.com","Recommend":"https://x/?q=A","Extra":[{}]}"#,
    );
    let error = error.unwrap();
    assert_eq!(error.host_id.as_deref(), Some("dts.aliyuncs.com"));
    assert_eq!(error.recommend.as_deref(), Some("https://x/?q=A"));
}

#[test]
fn either_spelling_is_read_and_the_usual_one_counts() {
    let lower = r#"{"code":"A","message":"m","requestId":"r","accessDeniedDetail":{"k":[1]},"hostId":"h","recommend":"u"}"#;
    let error = read(lower).unwrap();
    let texts = [
        &error.code,
        &error.message,
        &error.request_id,
        &error.host_id,
        &error.recommend,
    ];
    assert_eq!(
        texts.map(|text| text.as_deref().unwrap()),
        ["A", "m", "r", "h", "u"]
    );
    assert_eq!(
        json_text(&error.access_denied_detail.unwrap()),
        r#"{"k":[1]}"#
    );
    for both in [
        r#"{"Code":"upper","code":"lower"}"#,
        r#"{"code":"lower","Code":"upper"}"#,
        r#"{"Code":"upper","code":null}"#,
        r#"{"code":"upper","Code":null}"#,
    ] {
        assert_eq!(read(both).unwrap().code.as_deref(), Some("upper"), "{both}");
    }
}

#[test]
fn a_code_may_be_a_number_and_a_message_anything() {
    let error = read(r#"{"code":403,"message":{"zh":"x"},"requestId":12}"#).unwrap();
    assert_eq!(error.code.as_deref(), Some("403"));
    assert_eq!(error.message.as_deref(), Some(r#"{"zh":"x"}"#));
    assert_eq!(error.request_id.as_deref(), Some("12"));
}

#[test]
fn xml_documents_may_hold_details() {
    let error = read(
        "\u{feff}<?xml version='1.0' encoding='UTF-8'?>\n<Error>\n  <Code>NoPermission</Code>\n  <Message><![CDATA[a < b]]></Message>\n  \
         <RequestId>r</RequestId>\n  <AccessDeniedDetail><AuthAction>dts:Start</AuthAction><Path>1</Path><Path>2</Path>\
         </AccessDeniedDetail>\n</Error>\n",
    );
    let error = error.unwrap();
    assert_eq!(error.code.as_deref(), Some("NoPermission"));
    assert_eq!(error.message.as_deref(), Some("a < b"));
    assert_eq!(
        json_text(&error.access_denied_detail.unwrap()),
        r#"{"AuthAction":"dts:Start","Path":["1","2"]}"#
    );
}

#[test]
fn what_is_no_error_document_says_nothing() {
    for body in [
        "",
        " \n",
        "null",
        "{}",
        "[]",
        "[{\"Code\":\"A\"}]",
        "\"Code\"",
        "403",
        "Bad Gateway",
        "<!DOCTYPE html><html><head><title>502</title></head><body><hr></body></html>",
        "<html><head><title>502</title></head><body><p>Code</p></body></html>",
        "<html><body><hr></body>",
        "<",
        "{\"Status\":502}",
        "{\"Code\":null,\"Message\":null}",
    ] {
        assert!(read(body).is_none(), "{body}");
    }
    assert!(ErrorBody::read(&Bytes::from_static(b"\xff\xfe{")).is_none());
}

#[test]
fn of_a_document_that_breaks_off_the_start_counts() {
    let error = read(r#"{"RequestId":"r","Code":"InternalError","Message":"some unkn"#).unwrap();
    assert_eq!(error.code.as_deref(), Some("InternalError"));
    assert_eq!(error.message, None);
}
