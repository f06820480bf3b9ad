//! From the metadata to drafts: every quirk of the format is dealt with here, one kind of thing per module.
//!
//! Nothing fails. What cannot be said is noted and left out, or said as well as can be; what is said twice in different
//! ways is decided by the rules that the official clients were seen to follow.

mod dotted;
pub(super) mod effect;
mod endpoint;
mod enumeration;
mod error_code;
mod example;
mod limit;
pub(super) mod operation;
mod paging;
mod parameter;
mod path;
mod response;
mod schema;
pub(super) mod secret;
mod success;

use std::collections::HashMap;

use serde_json::Value;

use super::draft::{Member, Operation, Service};
use super::metadata::{Document, Protocol};
use super::notes::Notes;
use super::report::{Finding, Kind};

/// What converting needs at every step.
pub(super) struct Converter<'d> {
    document: &'d Document,
    schemas: HashMap<&'d str, &'d Value>,
    notes: Notes,
    /// The shared schemas that are being copied in, so that one that contains itself is noticed.
    copying: Vec<&'d str>,
    depth: usize,
    /// Whether what is looked at comes back from the service.
    answer: bool,
}

/// Converts a document. With `examples` its example answers are carried over.
pub(super) fn convert(document: &Document, examples: bool) -> (Service, Vec<Finding>) {
    let mut converter = Converter {
        document,
        schemas: document.schemas_by_name(),
        notes: Notes::default(),
        copying: Vec::new(),
        depth: 0,
        answer: false,
    };
    let service = converter.service(examples);
    (service, converter.notes.finish())
}

impl Converter<'_> {
    fn service(&mut self, examples: bool) -> Service {
        self.notes.enter(None);
        let errors = error_code::of_service(self);
        let schemas = self.shared();
        let mut operations = self.operations(examples);
        let by_name = schemas
            .iter()
            .map(|member| (member.wire.as_str(), &member.schema))
            .collect();
        for operation in &mut operations {
            paging::detect(operation, &by_name);
        }
        let mut service = Service {
            product: self.document.product.clone(),
            version: self.document.version.clone(),
            roa: self.document.protocol == Protocol::Roa,
            endpoints: endpoint::endpoints(self.document),
            success: success::rules(&operations, &by_name),
            errors,
            schemas,
            operations,
        };
        secret::mark(&mut service);
        service
    }

    /// The shared schemas that are objects. Others are copied to where they are used: a name of its own is for a type.
    fn shared(&mut self) -> Vec<Member> {
        let mut shared = Vec::new();
        for (name, node) in self.document.schemas() {
            if !schema::is_object(node) {
                continue;
            }
            self.notes.push(name);
            let schema = self.schema(node);
            self.notes.pop();
            shared.push(Member {
                wire: name.to_owned(),
                schema,
            });
        }
        shared
    }

    fn operations(&mut self, examples: bool) -> Vec<Operation> {
        let mut files: HashMap<String, &str> = HashMap::new();
        let mut operations = Vec::new();
        for (name, node) in self.document.operations() {
            self.notes.enter(Some(name));
            if !node.is_object() || name.is_empty() {
                self.notes.note(
                    Kind::Unreadable,
                    "the operation is no object, or has no name",
                );
                continue;
            }
            // On some file systems two names that differ only in case are one.
            if let Some(other) = files.insert(name.to_lowercase(), name) {
                self.notes.note(
                    Kind::DroppedOperation,
                    format!("differs from {other:?} only in case"),
                );
                continue;
            }
            operations.push(self.operation(name, node, examples));
        }
        operations
    }
}
