//! Descriptors put together from a recording: it says which parameters are JSON text or joined lists, and shows which of
//! them travelled in the query, in the form and in the body.

use std::borrow::Cow;

use alicloud::Params;
use alicloud::operation::{Kind, Location, Operation, Parameter, Separator, Style};
use alicloud::transport::Headers;
use serde_json::{Map, Value as Json};

use super::call::{Call, parameter, tree};
use crate::vector::Vector;
use crate::wire::{Pairs, decode};

/// Headers the runtime has to find out by itself; whatever else was sent, the caller had set.
const OWN: [&str; 18] = [
    "accept",
    "authorization",
    "content-md5",
    "content-type",
    "date",
    "host",
    "user-agent",
    "x-acs-accesskey-id",
    "x-acs-action",
    "x-acs-bearer-token",
    "x-acs-content-sha256",
    "x-acs-date",
    "x-acs-security-token",
    "x-acs-signature-method",
    "x-acs-signature-nonce",
    "x-acs-signature-type",
    "x-acs-signature-version",
    "x-acs-version",
];

/// Common parameters of V1, which the runtime adds.
const COMMON: [&str; 9] = [
    "AccessKeyId",
    "Action",
    "SecurityToken",
    "Signature",
    "SignatureMethod",
    "SignatureNonce",
    "SignatureVersion",
    "Timestamp",
    "Version",
];

/// What is being put together.
struct Draft<'v> {
    vector: &'v Vector,
    query: Pairs,
    form: Pairs,
    parameters: Vec<Parameter>,
    params: Params,
}

/// The call of a vector, with a descriptor of our own.
pub(crate) fn call(vector: &Vector) -> Call {
    let mut draft = Draft {
        vector,
        query: vector.pairs("/expected/query"),
        form: vector.pairs("/expected/form"),
        parameters: Vec::new(),
        params: Params::new(),
    };
    let path = draft.path();
    let input = vector.object("/input");
    // The old client was given parameters by place, the new one a request object.
    if vector.value("/input_raw").is_some() {
        draft.place_raw();
    } else if input.contains_key("query") && input.contains_key("form") {
        draft.place_all(vector.object("/input/query"), Location::Query);
        draft.place_all(vector.object("/input/form"), Location::Form);
        if let Some(content) = vector.value("/input/content") {
            draft.place_body(content);
        }
    } else {
        draft.place_object(input);
    }
    draft.note_empty_bodies();
    let extra_params = draft.extra_params();
    Call {
        operation: Operation {
            name: vector.text("/operation").to_owned().into(),
            path,
            parameters: draft.parameters.into(),
            ..Operation::EMPTY
        },
        params: draft.params,
        extra_params,
        headers: headers(vector),
        generated: false,
    }
}

impl Draft<'_> {
    fn place(&mut self, name: &str, value: &Json, location: Location, style: Style) {
        self.parameters.push(parameter(name, location, style));
        self.params.set(name.to_owned(), tree(value));
    }

    fn place_all(&mut self, members: &Map<String, Json>, location: Location) {
        for (name, value) in members {
            self.place(name, value, location, Style::Flat);
        }
    }

    /// The input of a generic client: by place, and with a type for the body.
    fn place_raw(&mut self) {
        let vector = self.vector;
        self.place_all(vector.object("/input_raw/query"), Location::Query);
        match vector.value("/input_raw/body") {
            None => {}
            Some(Json::Object(members)) if vector.text("/request_body_type") == "formData" => {
                self.place_all(members, Location::Form);
            }
            Some(body) => self.place_body(body),
        }
    }

    fn place_body(&mut self, value: &Json) {
        self.place("body", value, Location::Body, Style::Flat);
        if value.get("$base64").is_some() {
            self.parameters.last_mut().unwrap().kind = Kind::Binary;
        }
    }

    /// A request object: whatever is neither in the query nor in the form is the body, or a member of it.
    fn place_object(&mut self, input: &Map<String, Json>) {
        let rpc = self.vector.optional("/style") != Some("ROA");
        let mut members = Map::new();
        for (name, value) in input {
            let style = self.style(name);
            if has(&self.form, name) {
                self.place(name, value, Location::Form, style);
            } else if rpc || has(&self.query, name) {
                self.place(name, value, Location::Query, style);
            } else {
                members.insert(name.clone(), value.clone());
            }
        }
        match members.get("body") {
            Some(body) if members.len() == 1 => self.place_body(body),
            _ if members.is_empty() => {}
            _ => self.place_body(&Json::Object(members)),
        }
    }

    fn style(&self, name: &str) -> Style {
        let listed = self.vector.value("/json_params").and_then(Json::as_array);
        if listed.is_some_and(|names| names.iter().any(|known| known == name)) {
            return Style::Json;
        }
        match self.vector.object("/joined_params").get(name) {
            Some(style) if style == "simple" => Style::Joined(Separator::Comma),
            Some(other) => panic!("{other}"),
            None => Style::Flat,
        }
    }

    /// A body in which nothing was set is sent all the same, by operations that take one.
    fn note_empty_bodies(&mut self) {
        let has = |location| (self.parameters.iter()).any(|known| known.location == location);
        let content_type = self.vector.optional("/expected/headers/content-type");
        let form = content_type == Some("application/x-www-form-urlencoded");
        let kind = match self.vector.optional("/expected/body") {
            Some("[]") => Some(Kind::List),
            Some("{}") => Some(Kind::Object),
            _ => None,
        };
        if form && !has(Location::Form) {
            self.parameters
                .push(parameter("unset", Location::Form, Style::Flat));
        } else if let Some(kind) = kind.filter(|_| !has(Location::Body)) {
            let unset = parameter("unset", Location::Body, Style::Flat);
            self.parameters.push(Parameter { kind, ..unset });
        }
    }

    /// The path with a hole for each path parameter. The old client spells holes in brackets; of the new one the template
    /// is recorded, or the path alone.
    fn path(&mut self) -> Cow<'static, str> {
        let vector = self.vector;
        for pointer in ["/input_path_args", "/input/path_params"] {
            for (name, value) in vector.object(pointer) {
                self.place(name, value, Location::Path, Style::Flat);
            }
        }
        let path = if let Some(pattern) = vector.optional("/input/uri_pattern") {
            pattern.replace('[', "{").replace(']', "}")
        } else if let Some(template) = vector.optional("/pathname_template") {
            let code = template.trim_start_matches("f'").trim_end_matches('\'');
            code.replace("{DaraURL.percent_encode(", "{")
                .replace(")}", "}")
        } else {
            let args = vector.object("/input_path_args");
            let segments = vector.optional("/expected/path").unwrap_or("/");
            let segments = segments.split('/').map(|segment| {
                let arg = args.iter().find(|(_, value)| **value == decode(segment));
                arg.map_or_else(|| segment.to_owned(), |(name, _)| format!("{{{name}}}"))
            });
            segments.collect::<Vec<_>>().join("/")
        };
        path.into()
    }

    /// What was in the query although nobody put it into the input: the client's own defaults.
    fn extra_params(&self) -> Params {
        let v1 = self.vector.optional("/signature_algorithm").is_none();
        let known = |name: &str, value: &str| {
            let given = self.params.iter().any(|(known, _)| covers(known, name));
            let format = name == "Format" && ["JSON", "XML"].contains(&value);
            given || v1 && (COMMON.contains(&name) || format) || !v1 && name == "SignatureType"
        };
        let unknown = self.query.iter();
        let unknown = unknown.filter(|(name, value)| !known(name, value)).cloned();
        unknown.collect()
    }
}

/// Whether a pair is of that parameter, flattened or not.
fn covers(parameter: &str, pair: &str) -> bool {
    let rest = pair.strip_prefix(parameter);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn has(pairs: &Pairs, parameter: &str) -> bool {
    pairs.iter().any(|(name, _)| covers(parameter, name))
}

fn headers(vector: &Vector) -> Headers {
    let sent = vector.object("/expected/headers").iter();
    // With content of its own, the old client had to be told its type.
    let typed = vector.value("/input/content").is_some();
    let sent =
        sent.filter(|(name, _)| !OWN.contains(&name.as_str()) || typed && *name == "content-type");
    let text = |value: &Json| Cow::Owned(value.as_str().unwrap().to_owned());
    sent.chain(vector.object("/input_raw/headers"))
        .map(|(name, value)| (Cow::Owned(name.clone()), text(value)))
        .collect()
}
