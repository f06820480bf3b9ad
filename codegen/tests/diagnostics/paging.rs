//! Pages, tokens and other statuses that cannot be meant.

use crate::{report_of_operation, snapshot};

#[test]
fn names_that_do_not_exist() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
idempotency_token: ClientTokn
pagination: {style: token, token: NextTokn, next: Data.NextTokn, size: MaxResult, items: Data.Item}
asynchronous: {operation: Strat, interval_ms: soon}
parameters:
  ClientToken: {type: string}
  NextToken: {type: string}
  MaxResults: {type: int32}
response:
  fields:
    Data: {fields: {NextToken: {type: string}, Items: {type: list}}}
"
    ));
}

#[test]
fn words_and_keys_that_mean_nothing() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
signature: v2
streams: yes
pagination: {style: cursor}
response_headers: [x-next]
other_responses:
  40: none
  6XX: none
  404: {type: objct}
parameters:
  A: {type: object, fields: {B: {type: string, required: maybe}}}
"
    ));
}

#[test]
fn pages_and_tokens_mixed_up() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: start
pagination: {style: page, token: NextToken, next: NextToken}
parameters:
  NextToken: {type: string}
"
    ));
}

#[test]
fn paths_to_what_is_no_list_and_no_count() {
    snapshot!(report_of_operation(
        "\
operation: Start
effect: read
pagination: {style: page, page: Filter.Page, size: PageSize, total: Data, items: Data}
parameters:
  Filter: {type: object, style: flat, fields: {Page: {type: int32}}}
  PageSize: {type: int32}
response:
  fields:
    Data: {fields: {Total: {type: int32}, Free: {type: any}, Items: {type: list}}}
"
    ));
}
