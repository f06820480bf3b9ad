//! The error centre: one page, filled by a script, that finds an error code in all products.

use maud::html;

use super::Medium;
use super::layout::Page;

/// The page.
pub(crate) fn page(medium: Medium) -> String {
    let body = html! {
        h1 { "Error codes" }
        p.lead { "Where a code occurs, what it means, and whether calling again can help." }
        label.wide for="code" { "Error code, or part of it" }
        input id="code" type="search" autocomplete="off" spellcheck="false" placeholder="Throttling.User"
            aria-describedby="count";
        p id="count" role="status" {}
        div id="codes" {}
        noscript { p { "The error centre needs its script." } }
    };
    let page = Page {
        title: "Error codes",
        depth: 0,
        medium,
        scripts: &["codes.js", "errors.js"],
        body,
    };
    page.render()
}
