//! Examples that do not agree with their operation.

use crate::{report_of_operation, snapshot};

#[test]
fn example_of_a_missing_parameter_or_field() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
parameters:
  JobId: {type: string, required: true}
  Count: {type: int32}
  Jobs:
    type: list
    style: json
    items:
      fields:
        Name: {type: string}
response:
  fields:
    RequestId: {type: string}
    Data:
      fields:
        Status: {type: string}
examples:
  - request:
      JobID: a
      Count: [1, 2]
      Jobs:
        - Name: one
        - Nam: two
        - Name: {First: three}
    json: |
      {
        \"RequestId\": \"1\",
        \"Data\": {
          \"Statuses\": \"ok\"
        },
        \"HttpStatusCode\": 200
      }
    xml: |
      <StartResponse>
        <RequestId>1</RequestId>
        <Data><State>ok</State></Data>
      </StartResponse>
"
    ));
}

#[test]
fn json_answer_that_does_not_decode() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
response:
  fields:
    RequestId: {type: string}
    Count: {type: int32}
    Success: {type: boolean}
    Names: {type: list, items: {type: string}}
    Tags: {type: map, values: {type: int64}}
    Data: {fields: {Id: {type: int64}}}
examples:
  - json: |

      {
        \"RequestId\": {\"Id\": 1},
        \"Count\": \"abc\",
        \"Success\": {},
        \"Names\": [\"a\", [\"b\"]],
        \"Tags\": {\"one\": 1, \"two\": \"zwei\"},
        \"Data\": [1]
      }
  - json: |
      {
        \"Count\": \"3\", \"Success\": \"True\", \"Names\": \"one\", \"RequestId\": null,
        \"Data\": \"{\\\"Id\\\": 1}\", \"Tags\": {\"one\": \"1\"}
      }
  - json: '{\"Count\": 3000000000}'
  - json: \"[1]\"
"
    ));
}

#[test]
fn answer_that_is_not_json() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
response:
  fields:
    RequestId: {type: string}
    Count: {type: int32}
examples:
  - json: |
      {
        \"RequestId\": \"1\"
        \"Count\": 2
      }
  - json: |
      {
        \"RequestId\": \"中文\", \"Count\": 中
      }
  - json: |
      {\"RequestId\": \"1\",
  - json: >
      {
      \"RequestId\": }
  - json: '{\"RequestId\": tru}'
  - json: '\"中'
  - json: '\"\\u00中\"'
  - json: ''
"
    ));
}

#[test]
fn xml_answer_that_does_not_decode() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
response:
  fields:
    RequestId: {type: string}
    Count: {type: int32}
    Names: {type: list, items: {type: string}}
    Jobs: {type: list, items: {fields: {Id: {type: int64}}}}
examples:
  - xml: |
      <StartResponse>
        <Count>abc</Count>
        <Names>a</Names>
        <Names><Inner>b</Inner></Names>
        <Jobs><Id>1</Id></Jobs>
        <Jobs><Id>x</Id><Nam>y</Nam></Jobs>
        <RequestId/>
      </StartResponse>
  - xml: |
      <StartResponse>text</StartResponse>
"
    ));
}

#[test]
fn answer_that_is_not_xml() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
response:
  fields:
    RequestId: {type: string}
examples:
  - xml: |
      <StartResponse>
        <RequestId>1</Request>
      </StartResponse>
  - xml: |
      <StartResponse>
        <RequestId>1</RequestId>
  - xml: |
      <a/>
      <b/>
  - xml: |
      <a>&nbsp;</a>
  - xml: RequestId
  - xml: \"\"
"
    ));
}

#[test]
fn answer_of_an_operation_without_response() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
response: none
examples:
  - json: |
      {\"RequestId\": \"1\"}
  - json: '{}'
  - xml: ''
"
    ));
}

#[test]
fn answers_that_are_read_with_tolerance() {
    let report = report_of_operation(
        "\
operation: Start
effect: start
response:
  fields:
    Text: {type: string}
    Count: {type: int32}
    Big: {type: int64}
    Ratio: {type: double}
    Flag: {type: boolean}
    Names: {type: list, items: {type: string}}
    Tags: {type: list, items: {ref: Tag}}
    Map: {type: map, values: {type: int32}}
    Data: {fields: {Id: {type: int64}}}
    Free: {type: object}
    Matrix: {type: list, items: {type: list, items: {type: int32}}}
examples:
  - json: |
      {
        \"Text\": 5, \"Count\": \"3.0\", \"Big\": 1e3, \"Ratio\": \" 1.5 \", \"Flag\": \"FALSE\",
        \"Names\": [1, true, null], \"Tags\": {\"Key\": \"a\"}, \"Map\": {\"a\": \"1\"},
        \"Data\": \"{\\\"Id\\\": 1}\", \"Free\": {\"any\": [\"thing\"]}, \"Matrix\": [[1, 2], [3]]
      }
  - json: '{\"Flag\": 1, \"Text\": true, \"Data\": null, \"Free\": 3, \"Tags\": \"[]\"}'
  - json: 'null'
  - xml: |
      <?xml version=\"1.0\" encoding=\"UTF-8\"?>
      <!-- made up -->
      <Whatever xmlns=\"urn:any\">
        <Text>a &lt;b&gt; <![CDATA[<c>]]> &#x4e2d;</Text>
        <Count> 3 </Count>
        <Flag>0</Flag>
        <Names>a</Names>
        <Text/>
        <Names>b</Names>
        <Tags><Key>k</Key></Tags>
        <Data/>
        <Free><Any>thing</Any></Free>
      </Whatever>
",
    );
    // The one thing that is not tolerated: two texts where one is expected.
    assert_eq!(report.matches("does not decode").count(), 1, "{report}");
    assert!(report.contains("field \"Text\" is a string in the response and a list here"));
}
