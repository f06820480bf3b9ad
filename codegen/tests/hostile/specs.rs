//! A product version that has a text in every place the spec language has one for.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Value, json};

/// Pieces that end something, begin something or hide something in Rust, Markdown, HTML, TOML or a terminal.
pub(crate) const PIECES: &[&str] = &[
    "*/ fn evil() {} /*",
    "\"; fn evil() {} const X: &str = \"",
    "\"# ; fn evil() {} r#\"",
    "\\",
    "\\\"",
    "\\u{22}",
    "#",
    "#![evil] #[evil]",
    "}}}} fn evil() {} mod evil {{{{",
    "{evil} {0} {} {{}}",
    "$evil #evil $crate",
    "// fn evil",
    "/// evil",
    "//! evil",
    "'",
    "'a'",
    "b'",
    "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}",
    "\u{2066}\u{2067}\u{2068}\u{2069}",
    "\u{200b}\u{200e}\u{200f}\u{61c}\u{feff}\u{ad}",
    "\u{2028}\u{2029}\u{85}",
    "\u{0}\u{1b}[31m\u{7f}",
    "\nfn evil() {}\n",
    "\r\nfn evil() {}\r",
    "\n#[evil]\n",
    "\n```\nfn evil() {}\n```\n",
    "\n````````````\nfn evil() {}\n````````````\n",
    "\n~~~rust\nfn evil() {}\n~~~\n",
    "\n~~~~~~~~~\nfn evil() {}\n~~~~~~~~~\n",
    "\n\n        fn evil() {}\n\n",
    "\n\n\tfn evil() {}\n\n",
    "\n-      fn evil() {}\n",
    "\n1.      fn evil() {}\n",
    "\n>     fn evil() {}\n",
    "\n\n- a\n\n          fn evil() {}\n",
    "\n===\n---\n",
    "`",
    "``",
    "` <b>`",
    "<script>evil()</script>",
    "<!-- evil",
    "--> <a href=javascript:evil()>",
    "[evil](javascript:evil())",
    "[`evil::path`] [evil]: <evil>",
    "![evil](https://example.com/)",
    "| evil | evil |",
    "&lt;script&gt;",
    "%s %n ${evil}",
    "\u{1f680}\u{4e2d}\u{e9}",
];

/// Such pieces without letters and digits: they can stand in a name without becoming a part of what Rust calls it.
pub(crate) const NAME_PIECES: &[&str] = &[
    "*/", "/*", "\"", "\\", "\\\"", "#", "#\"", "{", "}", "{{}}", "$", "//", "'", "`", "``````",
    "|", "<", ">", "<!--", "](", "\n", "\r", "\t", "\u{0}", "\u{7f}", "\u{202e}", "\u{2066}",
    "\u{200b}", "\u{2028}", "\u{61c}", "\n```\n", "\n\n    ", "\n~~~\n", "&", "=", "@", ":", ";",
    "!", "~", "^",
];

/// What texts and names are made of.
pub(crate) struct Words {
    pub(crate) text: String,
    pub(crate) name: String,
    /// In error codes.
    pub(crate) code: String,
}

impl Words {
    /// Words that mean nothing to anybody, where the same Rust comes of as of `other`.
    pub(crate) fn plain_like(other: &Self) -> Self {
        let constant = other.code.is_ascii()
            && !other
                .code
                .contains(|c: char| c == '%' || c.is_ascii_whitespace());
        Self {
            text: "plain".into(),
            name: "-".into(),
            code: if constant { "-" } else { "\u{e9}" }.into(),
        }
    }

    fn text(&self, about: &str) -> Value {
        json!(format!("{about} {} end.", self.text))
    }

    fn name(&self, one: &str, other: &str) -> String {
        format!("{one}{}{other}", self.name)
    }

    fn code(&self, one: &str, other: &str) -> String {
        format!("{one}{}{other}", self.code)
    }
}

/// The files, by name without the ending. JSON is YAML.
pub(crate) fn specs(words: &Words) -> BTreeMap<String, Value> {
    let mut files = BTreeMap::from([("service".to_owned(), service(words))]);
    for (operation, value) in [operation(words), walk(words), follow(words)] {
        files.insert(operation, value);
    }
    files
}

fn service(words: &Words) -> Value {
    let (text, name, code) = (
        |about| words.text(about),
        |one, other| words.name(one, other),
        |one, other| words.code(one, other),
    );
    json!({
        "product": "Hostile", "version": "2024-01-01", "style": "rpc",
        "title": text("Title"), "description": text("Description"), "ram": text("ram"),
        "documentation": "https://example.com/?a=b",
        "endpoints": {"central": "hostile.example.com"},
        "success": [{"field": "Success", "failed": [text("no")], "code": "Code", "message": "Message"}],
        "errors": {"400": {
            code("Common", "Error"): {"meaning": text("Meaning"), "retry": "later"},
            code("Other", "Error"): {},
        }},
        "enums": {"Color": {"description": text("Color"), "values": {
            name("Light", "Red"): {"description": text("Red")},
            name("Dark", "Blue"): {},
        }}},
        "schemas": {name("Shared", "Thing"): {"type": "object", "description": text("Shared"), "fields": {
            name("Inner", "Field"): {"type": "string", "description": text("Inner"), "enum": [name("One", "Two")]},
        }}},
        "parameter_descriptions": {"Undescribed": text("By name")},
    })
}

fn operation(words: &Words) -> (String, Value) {
    let (text, name) = (
        |about| words.text(about),
        |one, other| words.name(one, other),
    );
    let wire = name("Get", "Thing");
    let shared = name("Shared", "Thing");
    let value = json!({
        "operation": wire, "effect": "read",
        "summary": text("Summary"), "description": text("Description"), "deprecated": text("Deprecated"),
        "documentation": "https://example.com/a_b",
        "parameters": {
            name("Job", "Id"): {"type": "string", "description": text("Id"), "example": text("id"), "required": true},
            name("No", "Text"): {"type": "string", "example": words.text.clone(), "default": text("default")},
            "Undescribed": {"type": "string", "pattern": text("pattern")},
            name("An", "Enum"): {"type": "string", "description": text("Enum"), "deprecated": text("Old"), "enum": {
                name("First", "Value"): {"description": text("First")}, name("Second", "Value"): {},
            }},
            name("A", "Color"): {"type": "string", "enum": "Color"},
            name("An", "Object"): {"type": "object", "style": "json", "description": text("Object"), "fields": {
                name("Part", "One"): {"type": "string", "description": text("Part"), "sensitive": true},
                name("Part", "Two"): {"type": "map", "values": {"type": "any"}},
            }},
            name("Many", "Things"): {"type": "list", "items": {"ref": shared}},
            name("A", "Header"): {"type": "string", "in": "header"},
        },
        "rules": [
            {"required_when": {name("Job", "Id"): [text("when")]}, "parameters": [name("No", "Text")]},
            {"required_with": name("Job", "Id"), "parameters": [name("No", "Text"), "Undescribed"]},
            {"ignored_unless": {name("Job", "Id"): [text("unless"), "x"]}, "parameters": [name("No", "Text")]},
            {"at_least_one_of": [name("Job", "Id"), name("No", "Text")]},
        ],
        "response": {"description": text("Answer"), "fields": {
            "Success": {"type": "string"}, "Code": {"type": "string"}, "Message": {"type": "string"},
            name("A", "Field"): {"type": "string", "description": text("Field"), "example": text("field"), "deprecated": text("Old")},
            name("Not", "Described"): {"type": "list", "items": {"ref": shared}},
            "State": {"type": "string"},
        }},
        "response_headers": {name("X", "Header"): {"type": "string", "description": text("Header")}},
        "errors": {"403": {words.code("Own", "Error"): {"meaning": text("Own"), "retry": "never"}}},
        "waiters": {"done": {
            "description": text("Done"), "field": "State", "wanted": [text("good"), "x"], "failed": [text("bad")],
        }, "silent": {"field": "State", "wanted": [text("good")]}},
        "examples": [{
            "request": {
                name("Job", "Id"): text("id"), name("No", "Text"): text("text"), name("An", "Enum"): text("unknown"),
                name("A", "Color"): name("Dark", "Blue"),
                name("An", "Object"): {name("Part", "One"): text("part"), name("Part", "Two"): {text("key").as_str().unwrap(): text("value")}},
            },
            "json": json!({name("A", "Field"): text("field")}).to_string(),
        }],
    });
    (wire, value)
}

fn walk(words: &Words) -> (String, Value) {
    let (text, name) = (
        |about| words.text(about),
        |one, other| words.name(one, other),
    );
    let wire = name("List", "Things");
    let value = json!({
        "operation": wire, "effect": "read",
        "parameters": {name("Next", "Token"): {"type": "string"}, name("Max", "Results"): {"type": "int32"}},
        "response": {"fields": {
            name("Next", "Token"): {"type": "string"},
            name("All", "Items"): {"type": "list", "items": {"type": "object", "description": text("Item"), "fields": {
                name("Item", "Id"): {"type": "string"},
            }}},
        }},
        "pagination": {"style": "token", "token": name("Next", "Token"), "next": name("Next", "Token"),
            "size": name("Max", "Results"), "items": name("All", "Items")},
        "examples": [{"request": {name("Next", "Token"): text("token")}}],
    });
    (wire, value)
}

fn follow(words: &Words) -> (String, Value) {
    let wire = words.name("Follow", "Thing");
    let value = json!({
        "operation": wire, "effect": "read", "streams": true,
        "response": {"fields": {words.name("New", "State"): {"type": "string", "description": words.text("State")}}},
    });
    (wire, value)
}

/// Writes the files of a product version below a spec folder.
pub(crate) fn write(root: &Path, version: &str, mut files: BTreeMap<String, Value>) {
    let folder = root.join("hostile").join(version);
    std::fs::create_dir_all(&folder).unwrap();
    files.get_mut("service").unwrap()["version"] = json!(version);
    for (stem, value) in files {
        let stem = if stem == "service" {
            stem
        } else {
            alicloud_codegen::spec::file_stem(&stem)
        };
        std::fs::write(folder.join(format!("{stem}.yaml")), value.to_string()).unwrap();
    }
}
