//! Text from specs as HTML: Markdown, of which paragraphs, lists, code spans and plain links survive.

use alicloud_codegen::model::sanitize;
use maud::{Markup, PreEscaped};
use pulldown_cmark::{Event, Parser, html};

/// Markdown as HTML. Tags in it are shown, not obeyed.
pub(crate) fn markdown(text: &str) -> Markup {
    let sanitized = sanitize(text);
    let events = Parser::new(&sanitized).map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, events);
    PreEscaped(out)
}

/// The address of something in a spec, if it is one a browser may follow.
pub(crate) fn link(address: &str) -> Option<&str> {
    let web = address.starts_with("https://") || address.starts_with("http://");
    web.then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_shown_and_not_obeyed() {
        let html = markdown("a <script>alert(1)</script> [x](javascript:alert(1)) `<b>`").0;
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("href"), "{html}");
        assert!(html.contains("<code>&lt;b&gt;</code>"), "{html}");
    }

    #[test]
    fn only_web_addresses_become_links() {
        assert_eq!(link("https://example.com/a"), Some("https://example.com/a"));
        assert_eq!(link("javascript:alert(1)"), None);
    }
}
