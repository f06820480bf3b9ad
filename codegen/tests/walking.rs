//! What requests offer besides `send`: walks over lists in parts, and waiting for states.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod emitted;

use self::emitted::emitted;

const SERVICE: &str = "product: Demo
version: '1'
style: rpc
schemas:
  Result:
    fields:
      a.b: {type: list, items: {ref: Tag}}
      Count: {type: int64}
  Tag: {fields: {Key: {type: string}}}
";

/// The Rust generated for an operation `List`, without what is the same for all operations.
fn generated(operation: &str) -> String {
    let text = format!("operation: List\neffect: read\n{operation}");
    emitted(SERVICE, "List", &text)
}

/// One line, whatever the layout.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn items_are_reached_through_shared_objects_and_names_with_dots() {
    let rust = generated(
        "pagination: {style: page, page: Page, items: Result.a.b, total: Result.Count}
parameters:
  Page: {type: int32}
  Items: {type: string}
  Pages: {type: string}
  WaitUntilReady: {type: string}
response: {fields: {Result: {ref: Result}}}
",
    );
    let rust = line(&rust);
    for expected in [
        "pub fn pages(self) -> client::Pages<ListResponse>",
        "pub fn items(self) -> client::Items<ListResponse, types::Tag>",
        "page.result.and_then(|part| part.a_b).unwrap_or_default()",
        "pub fn items_(self, value: impl Into<String>) -> Self",
        "pub fn pages_(self, value: impl Into<String>) -> Self",
        "pub fn wait_until_ready_(self, value: impl Into<String>) -> Self",
        "\"total\": \"Result.Count\"",
        "\"items\": \"Result.a.b\"",
    ] {
        assert!(rust.contains(expected), "{expected}\n{rust}");
    }
}

#[test]
fn lists_whose_items_are_unknown_are_walked_by_token_only() {
    let response = "parameters: {Place: {type: string}, Items: {type: string}}
response: {fields: {Next: {type: string}, One: {type: list}, Two: {type: list}}}
";
    let by_token = generated(&format!(
        "pagination: {{style: token, token: Place, next: Next}}\n{response}"
    ));
    assert!(by_token.contains("pub fn pages(self)"));
    assert!(!by_token.contains("pub fn items(self)"));
    let by_page = generated(&format!(
        "pagination: {{style: page, page: Place}}\n{response}"
    ));
    assert!(!by_page.contains("pub fn pages(self)"));
    assert!(by_page.contains("\"pagination\": {\"page\": \"Place\""));
}

#[test]
fn streams_and_bytes_are_not_walked() {
    let pagination = "pagination: {style: token, token: Place, next: Next}
parameters: {Place: {type: string}}
";
    let stream = generated(&format!(
        "streams: true\n{pagination}response: {{fields: {{Next: {{type: string}}}}}}\n"
    ));
    assert!(!stream.contains("pub fn pages"));
    assert!(stream.contains("\"token\": \"Place\""));
}

#[test]
fn states_become_methods_and_tables() {
    let rust = generated(
        "waiters:
  half_done: {field: Data.Done, wanted: [50, 51], failed: [-1], interval: 60, deadline: 7200}
response: {fields: {Data: {fields: {Done: {type: int32}}}}}
",
    );
    let rust = line(&rust);
    for expected in [
        "pub fn wait_until_half_done(self) -> client::Wait<ListResponse> { self.0.wait(&UNTIL_HALF_DONE) }",
        "/// Waits until `Data.Done` is `50` or `51`.",
        "the first pause is 1 minute. /// With `-1` it fails at once. It gives up after 2 hours.",
        "static UNTIL_HALF_DONE: desc::Waiter = desc::Waiter { name: Borrowed(\"half_done\"), \
         field: Borrowed(\"Data.Done\"), wanted: Borrowed(&[Borrowed(\"50\"), Borrowed(\"51\")]), \
         failed: Borrowed(&[Borrowed(\"-1\")]), interval: std::time::Duration::from_secs(60), \
         deadline: std::time::Duration::from_secs(7200), };",
    ] {
        assert!(rust.contains(&line(expected)), "{expected}\n{rust}");
    }
}
