//! Pages: the same HTML for the server and for the static site.
//!
//! Every page works without the script; search and the error centre are filled by scripts that also run from a file. What
//! only the server can do (form, request, run, samples) is a section the static site leaves out.

pub(crate) mod data;
pub(crate) mod errors;
pub(crate) mod home;
pub(crate) mod layout;
pub(crate) mod operation;
pub(crate) mod schema;
pub(crate) mod text;
pub(crate) mod workbench;

/// What a page is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    /// A server that can sign and run.
    Server,
    /// Files.
    Files,
}

/// The files pages need, by name.
pub(crate) const ASSETS: [(&str, &str, &str); 4] = [
    (
        "style.css",
        "text/css; charset=utf-8",
        include_str!("../../assets/style.css"),
    ),
    (
        "theme.js",
        "text/javascript; charset=utf-8",
        include_str!("../../assets/theme.js"),
    ),
    (
        "search.js",
        "text/javascript; charset=utf-8",
        include_str!("../../assets/search.js"),
    ),
    (
        "errors.js",
        "text/javascript; charset=utf-8",
        include_str!("../../assets/errors.js"),
    ),
];

/// The files only the server's pages need.
pub(crate) const SERVER_ASSETS: [(&str, &str, &str); 4] = [
    (
        "explore.js",
        "text/javascript; charset=utf-8",
        include_str!("../../assets/explore.js"),
    ),
    (
        "form.js",
        "text/javascript; charset=utf-8",
        include_str!("../../assets/form.js"),
    ),
    (
        "show.js",
        "text/javascript; charset=utf-8",
        include_str!("../../assets/show.js"),
    ),
    (
        "tabs.js",
        "text/javascript; charset=utf-8",
        include_str!("../../assets/tabs.js"),
    ),
];
