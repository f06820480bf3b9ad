//! The public surface of a model: everything a program can name, as a flat list with places.

use std::collections::BTreeMap;

use super::behaviour::{self, Behaviour};
use super::types;
use crate::model::{Docs, Enum, Face, Items, Model, Operation, Parameter, Struct, Version, Waiter};

/// What an item is called within its product version: its owner and its own name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// The product version.
    pub(super) version: String,
    /// Nothing for what stands in the module itself; else the type or operation it belongs to.
    pub(super) owner: String,
    /// What it is and what it is called: `setter dts_job_id`.
    pub(super) name: String,
}

/// An item.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Item {
    /// What it is called on the wire, to tell a renaming.
    pub(super) wire: String,
    /// Its type, or whatever a program depends on besides its name.
    pub(super) signature: String,
    /// What a program does not see.
    pub(super) behaviour: Behaviour,
    /// Whether a program that did without it cannot any more.
    pub(super) demanded: bool,
    /// Whether it is no item to name but something that is told.
    pub(super) told: bool,
    /// Words.
    pub(super) docs: String,
    /// The operation whose module it lives in, if it does.
    pub(super) within: String,
}

/// The items of a model by place.
pub(super) type Surface = BTreeMap<Place, Item>;

/// Flattens a model.
pub(super) fn of(model: &Model) -> Surface {
    let mut surface = Surface::new();
    for version in &model.versions {
        Walk {
            version: &version.folder,
            operation: String::new(),
            surface: &mut surface,
        }
        .version(version);
    }
    surface
}

struct Walk<'w> {
    version: &'w str,
    /// The operation whose types are being put down.
    operation: String,
    surface: &'w mut Surface,
}

impl Walk<'_> {
    fn put(&mut self, owner: &str, name: String, mut item: Item) {
        item.within.clone_from(&self.operation);
        let place = Place {
            version: self.version.to_owned(),
            owner: owner.to_owned(),
            name,
        };
        self.surface.insert(place, item);
    }

    fn version(&mut self, version: &Version) {
        let path = format!("{}::{}", version.product_module, version.module);
        let docs = format!(
            "{:?}",
            (&version.title, &version.description, &version.documentation)
        );
        let hosts = format!("{:?}", hosts(version));
        let mut whole = item(
            &version.product,
            format!("feature {}", version.feature),
            docs,
        );
        whole.behaviour = vec![("endpoints", hosts)];
        self.put("", format!("module {path}"), whole);
        for operation in &version.operations {
            self.operation(operation);
        }
        version
            .enums
            .iter()
            .for_each(|found| self.enumeration("types::", found));
        version
            .structs
            .iter()
            .for_each(|found| self.structure("types::", "types", found));
        version
            .faces
            .iter()
            .for_each(|found| self.face("params::", "params", found));
        for code in &version.codes {
            let docs = code.meaning.clone().unwrap_or_default();
            let name = format!("constant error_code::{}", code.name);
            self.put("", name, item(&code.code, format!("{:?}", code.code), docs));
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let owner = format!("operation {}", operation.request);
        let words = (
            &operation.summary,
            &operation.description,
            &operation.documentation,
            &operation.deprecated,
            &operation.headers,
            operation.example.to_string(),
        );
        let codes = operation
            .errors
            .iter()
            .map(|error| (error.status, &error.code.value, &error.meaning, error.retry));
        let docs = format!("{words:?} {:?}", codes.collect::<Vec<_>>());
        let signature = format!(
            "Client::{}() -> {}",
            operation.module,
            types::answer(operation)
        );
        let mut whole = item(&operation.wire, signature, docs);
        whole.behaviour = behaviour::of_operation(operation);
        self.put("", owner.clone(), whole);
        self.setters(&owner, &operation.module, &operation.parameters);
        for rule in &operation.rules {
            let (text, demanded) = behaviour::rule(rule);
            let mut item = item("", String::new(), String::new());
            (item.demanded, item.told) = (demanded, true);
            self.put(&owner, format!("rule {text}"), item);
        }
        if let Some(paging) = &operation.paging {
            self.put(
                &owner,
                "method pages".into(),
                item("", types::answer(operation), String::new()),
            );
            if let Some(items) = &paging.items {
                self.items(&owner, &operation.module, items);
            }
        }
        operation
            .waiters
            .iter()
            .for_each(|waiter| self.waiter(&owner, waiter));
        self.operation = owner;
        let within = format!("{}::", operation.module);
        operation
            .enums
            .iter()
            .for_each(|found| self.enumeration(&within, found));
        operation
            .structs
            .iter()
            .for_each(|found| self.structure(&within, &operation.module, found));
        operation
            .faces
            .iter()
            .for_each(|found| self.face(&within, &operation.module, found));
        self.operation = String::new();
    }

    fn items(&mut self, owner: &str, module: &str, items: &Items) {
        let mut item = item("", types::field(&items.item, module), String::new());
        item.behaviour = vec![("where the items are", items.path.join("."))];
        self.put(owner, "method items".into(), item);
    }

    fn waiter(&mut self, owner: &str, waiter: &Waiter) {
        let docs = waiter.description.clone().unwrap_or_default();
        let mut item = item(&waiter.name, String::new(), docs);
        item.behaviour = behaviour::of_waiter(waiter);
        self.put(owner, format!("method {}", waiter.method), item);
    }

    fn setters(&mut self, owner: &str, module: &str, parameters: &[Parameter]) {
        for parameter in parameters {
            let signature = types::argument(&parameter.argument, module);
            let mut item = item(&parameter.wire, signature, words(&parameter.docs));
            item.behaviour = behaviour::of_parameter(parameter);
            item.demanded = parameter.required == crate::spec::Requirement::Required;
            self.put(owner, format!("setter {}", parameter.setter), item);
            if let Some(twin) = &parameter.json_setter {
                self.put(
                    owner,
                    format!("setter {twin}"),
                    self::item("", "JSON text".into(), String::new()),
                );
            }
        }
    }

    fn face(&mut self, within: &str, module: &str, face: &Face) {
        let owner = format!("type {within}{}", face.name);
        self.put(
            "",
            owner.clone(),
            item("", "object of a request".into(), face.description.clone()),
        );
        self.setters(&owner, module, &face.fields);
    }

    fn structure(&mut self, within: &str, module: &str, found: &Struct) {
        let owner = format!("type {within}{}", found.name);
        self.put(
            "",
            owner.clone(),
            item("", "struct".into(), found.description.clone()),
        );
        for field in &found.fields {
            let item = item(
                &field.wire,
                types::field(&field.ty, module),
                words(&field.docs),
            );
            self.put(&owner, format!("field {}", field.name), item);
        }
    }

    fn enumeration(&mut self, within: &str, found: &Enum) {
        let owner = format!("type {within}{}", found.name);
        self.put(
            "",
            owner.clone(),
            item("", "enum".into(), found.description.clone()),
        );
        for variant in &found.variants {
            let docs = variant.description.clone().unwrap_or_default();
            let item = item(&variant.wire, format!("{:?}", variant.wire), docs);
            self.put(&owner, format!("variant {}", variant.name), item);
        }
    }
}

fn item(wire: &str, signature: String, docs: String) -> Item {
    Item {
        wire: wire.to_owned(),
        signature,
        behaviour: Behaviour::new(),
        demanded: false,
        told: false,
        docs,
        within: String::new(),
    }
}

fn words(docs: &Docs) -> String {
    format!("{docs:?}")
}

/// The hosts, without the places they were written at.
fn hosts(version: &Version) -> Vec<[String; 3]> {
    let endpoints = &version.endpoints;
    let text = |host: &Option<String>| host.clone().unwrap_or_default();
    let whole = [
        text(&endpoints.central),
        text(&endpoints.fallback),
        text(&endpoints.vpc),
    ];
    let regions = endpoints.regions.iter().map(|region| {
        [
            region.region.value.clone(),
            region.public.clone(),
            text(&region.vpc),
        ]
    });
    std::iter::once(whole).chain(regions).collect()
}
