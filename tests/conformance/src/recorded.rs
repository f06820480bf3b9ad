//! Descriptors put together from a recording, for calls no spec knows: it says which parameters are JSON text or joined
//! lists, and shows which of them travelled in the query, in the form and in the body.

use std::borrow::Cow;

use alicloud::Params;
use alicloud::operation::{Kind, Location, Operation, Parameter, Separator, Service, Style};
use serde_json::{Map, Value as Json};

use crate::harness::method;
use crate::raw::{RawCall, parameter, tree};
use crate::settings::has;
use crate::vector::Vector;
use crate::wire::{Pairs, decode};

/// What is being put together.
struct Draft<'v> {
    vector: &'v Vector,
    query: Pairs,
    form: Pairs,
    parameters: Vec<Parameter>,
    params: Params,
}

/// The call of a vector, with a descriptor of our own.
pub(crate) fn call(vector: &Vector) -> Result<RawCall, String> {
    let mut draft = Draft {
        vector,
        query: vector.pairs("/expected/query"),
        form: vector.pairs("/expected/form"),
        parameters: Vec::new(),
        params: Params::new(),
    };
    let path = draft.path()?;
    let input = vector.object("/input");
    // The old client was given parameters by place, the new one a request object.
    if vector.value("/input_raw").is_some() {
        draft.place_raw()?;
    } else if input.contains_key("query") && input.contains_key("form") {
        draft.place_all(vector.object("/input/query"), Location::Query)?;
        draft.place_all(vector.object("/input/form"), Location::Form)?;
        if let Some(content) = vector.value("/input/content") {
            draft.place_body(content)?;
        }
    } else {
        draft.place_object(input)?;
    }
    draft.note_empty_bodies();
    Ok(RawCall {
        service: service(vector)?,
        operation: Operation {
            name: vector.text("/operation")?.to_owned().into(),
            method: method(vector.text("/expected/method")?)?,
            path,
            parameters: draft.parameters.into(),
            ..Operation::EMPTY
        },
        params: draft.params,
    })
}

/// The service of a vector, as far as a request depends on it.
pub(crate) fn service(vector: &Vector) -> Result<Service, String> {
    Ok(Service {
        version: vector.text("/version")?.to_owned().into(),
        roa: vector.optional("/style") == Some("ROA"),
        ..Service::EMPTY
    })
}

impl Draft<'_> {
    fn place(
        &mut self,
        name: &str,
        value: &Json,
        location: Location,
        style: Style,
    ) -> Result<(), String> {
        self.parameters.push(parameter(name, location, style));
        self.params.set(name.to_owned(), tree(value)?);
        Ok(())
    }

    fn place_all(&mut self, members: &Map<String, Json>, location: Location) -> Result<(), String> {
        for (name, value) in members {
            self.place(name, value, location, Style::Flat)?;
        }
        Ok(())
    }

    /// The input of a generic client: by place, and with a type for the body.
    fn place_raw(&mut self) -> Result<(), String> {
        let vector = self.vector;
        self.place_all(vector.object("/input_raw/query"), Location::Query)?;
        match vector.value("/input_raw/body") {
            None => Ok(()),
            Some(Json::Object(members))
                if vector.optional("/request_body_type") == Some("formData") =>
            {
                self.place_all(members, Location::Form)
            }
            Some(body) => self.place_body(body),
        }
    }

    fn place_body(&mut self, value: &Json) -> Result<(), String> {
        self.place("body", value, Location::Body, Style::Flat)?;
        let binary = value.get("$base64").is_some();
        if let (true, Some(last)) = (binary, self.parameters.last_mut()) {
            last.kind = Kind::Binary;
        }
        Ok(())
    }

    /// A request object: whatever is neither in the query nor in the form is the body, or a member of it.
    fn place_object(&mut self, input: &Map<String, Json>) -> Result<(), String> {
        let rpc = self.vector.optional("/style") != Some("ROA");
        let mut members = Map::new();
        for (name, value) in input {
            let style = self.style(name)?;
            if has(&self.form, name) {
                self.place(name, value, Location::Form, style)?;
            } else if rpc || has(&self.query, name) {
                self.place(name, value, Location::Query, style)?;
            } else {
                members.insert(name.clone(), value.clone());
            }
        }
        match members.get("body") {
            Some(body) if members.len() == 1 => self.place_body(body),
            _ if members.is_empty() => Ok(()),
            _ => self.place_body(&Json::Object(members)),
        }
    }

    fn style(&self, name: &str) -> Result<Style, String> {
        if self.vector.lists("/json_params", name) {
            return Ok(Style::Json);
        }
        match self
            .vector
            .object("/joined_params")
            .get(name)
            .and_then(Json::as_str)
        {
            Some("simple") => Ok(Style::Joined(Separator::Comma)),
            Some("pipeDelimited") => Ok(Style::Joined(Separator::Pipe)),
            Some("spaceDelimited") => Ok(Style::Joined(Separator::Space)),
            Some(other) => Err(format!("the style {other} is not known")),
            None => Ok(Style::Flat),
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
    fn path(&mut self) -> Result<Cow<'static, str>, String> {
        let vector = self.vector;
        for pointer in ["/input_path_args", "/input/path_params"] {
            for (name, value) in vector.object(pointer) {
                self.place(name, value, Location::Path, Style::Flat)?;
            }
        }
        let path = if let Some(pattern) = vector.optional("/input/uri_pattern") {
            pattern.replace('[', "{").replace(']', "}")
        } else if let Some(template) = template(vector) {
            template
        } else {
            let args = vector.object("/input_path_args");
            let segments = vector.optional("/expected/path").unwrap_or("/");
            let segments = segments.split('/').map(|segment| {
                let arg = args.iter().find(|(_, value)| **value == decode(segment));
                arg.map_or_else(|| segment.to_owned(), |(name, _)| format!("{{{name}}}"))
            });
            segments.collect::<Vec<_>>().join("/")
        };
        Ok(path.into())
    }
}

/// The recorded template of a path: a Python expression, whose holes call a function.
pub(crate) fn template(vector: &Vector) -> Option<String> {
    let template = vector.optional("/pathname_template")?;
    let code = template.trim_start_matches("f'").trim_end_matches('\'');
    let plain = code.replace("{DaraURL.percent_encode(", "{");
    Some(plain.replace(")}", "}"))
}
