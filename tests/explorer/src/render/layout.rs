//! The frame of a page: head, search, footer.

use maud::{DOCTYPE, Markup, html};

use super::Medium;

/// What differs between pages.
pub(crate) struct Page<'a> {
    pub(crate) title: &'a str,
    /// How many folders deep the page lies.
    pub(crate) depth: usize,
    pub(crate) medium: Medium,
    /// Scripts beside those of every page.
    pub(crate) scripts: &'a [&'a str],
    pub(crate) body: Markup,
}

impl Page<'_> {
    /// The whole document.
    pub(crate) fn render(&self) -> String {
        let root = "../".repeat(self.depth);
        let document = html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    title { (self.title) " · alicloud" }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href={ (root) "assets/style.css" };
                    script src={ (root) "assets/theme.js" } {}
                    script defer src={ (root) "assets/search.js" } {}
                    @for script in self.scripts {
                        @if self.medium == Medium::Server && *script == "explore.js" {
                            script type="module" src={ (root) "assets/" (script) } {}
                        } @else {
                            script defer src={ (root) "assets/" (script) } {}
                        }
                    }
                }
                body data-root=(root) {
                    a.skip href="#main" { "Skip to content" }
                    header.top {
                        a.brand href={ (root) "index.html" } { "alicloud" span { " explorer" } }
                        (search())
                        nav aria-label="Pages" {
                            a href={ (root) "errors.html" } { "Error codes" }
                            button type="button" id="theme" aria-label="Switch between dark and light" { "◐" }
                        }
                    }
                    main id="main" { (self.body) }
                    footer {
                        "Made from the API specs of this workspace. Not an official product of Alibaba Cloud."
                    }
                }
            }
        };
        document.into_string()
    }
}

fn search() -> Markup {
    html! {
        div.search role="search" {
            input id="search" type="search" autocomplete="off" spellcheck="false"
                placeholder="Search operations and parameters  ( / )" aria-label="Search operations and parameters"
                role="combobox" aria-expanded="false" aria-controls="results" aria-autocomplete="list";
            ul id="results" role="listbox" aria-label="Found" hidden {}
        }
    }
}
