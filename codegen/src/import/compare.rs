//! Comparing: where a spec written by hand and the metadata are not of one mind.
//!
//! Only what a program would notice is compared: which parameters and fields there are, of what type, where they travel and
//! whether they must be given. Flat objects are compared by the names they have on the wire.

use std::collections::BTreeMap;

use super::draft::{self, Service, Shape};
use super::report::{Finding, Kind, Version};
use crate::load::Loaded;
use crate::spec::{self, Location, Primitive, Requirement, Scope, Style};

/// How deep flat objects are followed.
const MAX_DEPTH: usize = 8;

/// The disagreements of everything in a folder that was written by hand.
pub(super) fn disagreements(loaded: &Loaded, service: &Service, version: &Version) -> Vec<Finding> {
    let mut findings = Vec::new();
    for found in &loaded.services {
        let scope = Scope::of_service(&found.schemas);
        schemas(found, service, version, &mut findings);
        for operation in found
            .operations
            .iter()
            .filter(|operation| !operation.imported)
        {
            let same = |draft: &&draft::Operation| draft.wire == operation.name.value;
            if let Some(draft) = service.operations.iter().find(same) {
                operations(operation, draft, &scope, &mut findings);
            }
        }
    }
    findings
}

/// Schemas that imported operations refer to, and that a `service.yaml` written by hand does not have.
fn schemas(
    found: &spec::Service,
    service: &Service,
    version: &Version,
    findings: &mut Vec<Finding>,
) {
    if !version
        .by_hand
        .iter()
        .any(|path| path.ends_with("service.yaml"))
    {
        return;
    }
    for member in &service.schemas {
        if !found
            .schemas
            .iter()
            .any(|(name, _)| name.value == member.wire)
        {
            findings.push(Finding {
                kind: Kind::SchemaMissing,
                operation: None,
                path: member.wire.clone(),
                detail: String::new(),
            });
        }
    }
}

/// What is compared of a parameter or field.
#[derive(Clone, Copy)]
struct Facts {
    ty: &'static str,
    /// Whether it is a list or object in one text, which the metadata knows as the text it is.
    is_refined: bool,
    location: Option<Location>,
    required: Requirement,
}

fn operations(
    operation: &spec::Operation,
    draft: &draft::Operation,
    scope: &Scope<'_>,
    findings: &mut Vec<Finding>,
) {
    let mut compare = Compare {
        operation: &operation.name.value,
        findings,
    };
    let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
    for parameter in &operation.parameters {
        let flat = parameter.style == Some(Style::Flat);
        let facts = (Some(parameter.location), parameter.required);
        ours_of(
            &parameter.field,
            scope,
            facts,
            if flat { MAX_DEPTH } else { 0 },
            "",
            &mut ours,
        );
        if matches!(parameter.style, Some(Style::Json | Style::Comma))
            && let Some(facts) = ours.get_mut(&parameter.field.name.value)
        {
            facts.is_refined = true;
        }
    }
    for parameter in &draft.parameters {
        let facts = (Some(parameter.location), parameter.member.schema.required);
        let flat = parameter.style.is_none() && parameter.location != Location::Body;
        theirs_of(
            &parameter.member,
            facts,
            if flat { MAX_DEPTH } else { 0 },
            "",
            &mut theirs,
        );
    }
    compare.both(
        &ours,
        &theirs,
        (Kind::ParameterMissing, Kind::ParameterUnknown),
    );
    let (mut ours, mut theirs) = (BTreeMap::new(), BTreeMap::new());
    let none = (None, Requirement::Optional);
    for field in operation
        .response
        .iter()
        .flat_map(|schema| fields(schema, scope))
    {
        ours_of(field, scope, none, 0, "", &mut ours);
    }
    for member in draft.response.iter().flat_map(draft::Schema::members) {
        theirs_of(member, none, 0, "", &mut theirs);
    }
    compare.both(&ours, &theirs, (Kind::FieldMissing, Kind::FieldUnknown));
}

type Told = (Option<Location>, Requirement);

fn ours_of<'a>(
    field: &'a spec::Field,
    scope: &Scope<'a>,
    (location, required): Told,
    depth: usize,
    prefix: &str,
    out: &mut BTreeMap<String, Facts>,
) {
    let name = format!("{prefix}{}", field.name.value);
    let inner = if depth > 0 {
        fields(&field.schema, scope)
    } else {
        &[]
    };
    for field in inner {
        ours_of(
            field,
            scope,
            (location, field.schema.required),
            depth - 1,
            &format!("{name}."),
            out,
        );
    }
    if inner.is_empty() {
        let kind = scope
            .resolve(&field.schema)
            .map_or(&field.schema.kind, |schema| &schema.kind);
        out.insert(
            name,
            Facts {
                ty: spec_type(kind),
                is_refined: false,
                location,
                required,
            },
        );
    }
}

fn theirs_of(
    member: &draft::Member,
    (location, required): Told,
    depth: usize,
    prefix: &str,
    out: &mut BTreeMap<String, Facts>,
) {
    let name = format!("{prefix}{}", member.wire);
    let inner = if depth > 0 {
        member.schema.members()
    } else {
        &[]
    };
    for member in inner {
        theirs_of(
            member,
            (location, member.schema.required),
            depth - 1,
            &format!("{name}."),
            out,
        );
    }
    if inner.is_empty() {
        out.insert(
            name,
            Facts {
                ty: draft_type(&member.schema.shape),
                is_refined: false,
                location,
                required,
            },
        );
    }
}

fn fields<'a>(schema: &'a spec::Schema, scope: &Scope<'a>) -> &'a [spec::Field] {
    crate::check::path::inside(scope, schema)
}

struct Compare<'a> {
    operation: &'a str,
    findings: &'a mut Vec<Finding>,
}

impl Compare<'_> {
    /// Compares two sides; the kinds are those of what only the metadata has, and of what it does not have.
    fn both(
        &mut self,
        ours: &BTreeMap<String, Facts>,
        theirs: &BTreeMap<String, Facts>,
        (missing, unknown): (Kind, Kind),
    ) {
        for (name, their) in theirs {
            match ours.get(name) {
                None => self.note(missing, name, their.ty.to_owned()),
                Some(our) => self.one(name, *our, *their),
            }
        }
        for name in ours.keys().filter(|name| !theirs.contains_key(*name)) {
            self.note(unknown, name, String::new());
        }
    }

    fn one(&mut self, name: &str, our: Facts, their: Facts) {
        if our.ty != their.ty && !(our.is_refined && their.ty == "string") {
            self.note(
                Kind::DifferentType,
                name,
                format!("{} here, {} there", our.ty, their.ty),
            );
        }
        if our.location != their.location {
            let word = |location: Option<Location>| format!("{location:?}").to_lowercase();
            let detail = format!(
                "{} here, {} there",
                word(our.location),
                word(their.location)
            );
            self.note(
                Kind::DifferentLocation,
                name,
                detail.replace("some(", "").replace(')', ""),
            );
        }
        if our.required != their.required {
            let word = |required: Requirement| format!("{required:?}").to_lowercase();
            let detail = format!(
                "{} here, {} there",
                word(our.required),
                word(their.required)
            );
            self.note(Kind::DifferentRequirement, name, detail);
        }
    }

    fn note(&mut self, kind: Kind, path: &str, detail: String) {
        self.findings.push(Finding {
            kind,
            operation: Some(self.operation.to_owned()),
            path: path.to_owned(),
            detail,
        });
    }
}

fn spec_type(kind: &spec::Kind) -> &'static str {
    match kind {
        spec::Kind::Primitive(primitive) => word(*primitive),
        spec::Kind::List(_) => "list",
        spec::Kind::Map(_) => "map",
        spec::Kind::Object(_) | spec::Kind::Ref(_) => "object",
    }
}

fn draft_type(shape: &Shape) -> &'static str {
    match shape {
        Shape::Primitive(primitive) => word(*primitive),
        Shape::List(_) => "list",
        Shape::Map(_) => "map",
        Shape::Object(_) | Shape::Ref(_) => "object",
    }
}

fn word(primitive: Primitive) -> &'static str {
    match primitive {
        Primitive::String => "string",
        Primitive::Int32 => "int32",
        Primitive::Int64 => "int64",
        Primitive::Float => "float",
        Primitive::Double => "double",
        Primitive::Boolean => "boolean",
        Primitive::Binary => "binary",
        Primitive::Any => "any",
    }
}
