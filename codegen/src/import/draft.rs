//! Drafts: spec files before they are text. What `convert` makes, `naming` settles names in and `yaml` writes down.

use crate::spec::{Effect, Location, Method, Primitive, Requirement, Style};

/// What a value looks like and what is known of it.
#[derive(Clone, Debug)]
pub(super) struct Schema {
    pub(super) shape: Shape,
    /// A Rust name, where the made one would collide.
    pub(super) name: Option<String>,
    pub(super) description: Option<String>,
    pub(super) example: Option<String>,
    pub(super) default: Option<String>,
    pub(super) deprecated: Option<String>,
    pub(super) required: Requirement,
    /// Why no printout may show it.
    pub(super) sensitive: Option<String>,
    pub(super) values: Vec<Value>,
    /// The enum of `service.yaml` that has the values.
    pub(super) shared_enum: Option<String>,
    pub(super) minimum: Option<String>,
    pub(super) maximum: Option<String>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) pattern: Option<String>,
}

/// The shape of a value.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Primitive(Primitive),
    List(Box<Schema>),
    Map(Box<Schema>),
    Object(Vec<Member>),
    Ref(String),
}

/// A named part of an object.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub(super) wire: String,
    pub(super) schema: Schema,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) wire: String,
    pub(super) meaning: Option<String>,
    pub(super) name: Option<String>,
}

/// A parameter.
#[derive(Clone, Debug)]
pub(super) struct Parameter {
    pub(super) member: Member,
    pub(super) location: Location,
    /// `None` for the usual style of the shape.
    pub(super) style: Option<Style>,
}

/// How a long list comes in parts.
#[derive(Clone, Debug)]
pub(super) struct Pagination {
    /// `page` or `token`, then the keys and what they name, in the order to be written.
    pub(super) entries: Vec<(&'static str, String)>,
}

/// Error codes by status, each with what it means.
pub(super) type Errors = Vec<(u16, Vec<(String, Option<String>)>)>;

/// An operation.
#[derive(Clone, Debug)]
pub(super) struct Operation {
    pub(super) wire: String,
    pub(super) name: Option<String>,
    pub(super) summary: Option<String>,
    pub(super) description: Option<String>,
    pub(super) documentation: String,
    pub(super) effect: Effect,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) anonymous: bool,
    pub(super) streams: bool,
    pub(super) deprecated: Option<String>,
    pub(super) idempotency_token: Option<String>,
    pub(super) pagination: Option<Pagination>,
    /// The operation to ask, and how long to wait between two questions.
    pub(super) asynchronous: Option<(String, Option<u64>)>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) response: Option<Schema>,
    pub(super) response_headers: Vec<Member>,
    pub(super) other_responses: Vec<(String, Option<Schema>)>,
    pub(super) errors: Errors,
    /// Answers, in JSON or XML.
    pub(super) examples: Vec<Answer>,
}

/// An example answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    /// `json` or `xml`.
    pub(super) format: &'static str,
    pub(super) text: String,
}

/// The hosts of a product.
#[derive(Clone, Debug, Default)]
pub(super) struct Endpoints {
    pub(super) central: Option<String>,
    pub(super) fallback: Option<String>,
    pub(super) vpc: Option<String>,
    /// Region, public host, host in a VPC where the pattern does not give it.
    pub(super) regions: Vec<(String, String, Option<String>)>,
}

/// What in a 200 answer means failure: the keys of the rule and the fields they name.
#[derive(Clone, Debug)]
pub(super) struct SuccessRule {
    pub(super) field: String,
    pub(super) others: Vec<(&'static str, String)>,
}

/// A product version.
#[derive(Clone, Debug)]
pub(super) struct Service {
    pub(super) product: String,
    pub(super) version: String,
    pub(super) roa: bool,
    pub(super) endpoints: Endpoints,
    pub(super) success: Vec<SuccessRule>,
    pub(super) errors: Errors,
    pub(super) schemas: Vec<Member>,
    pub(super) operations: Vec<Operation>,
}

impl Operation {
    /// Every schema of the operation.
    pub(super) fn schemas_mut(&mut self) -> impl Iterator<Item = &mut Schema> {
        let parameters = self
            .parameters
            .iter_mut()
            .map(|parameter| &mut parameter.member.schema);
        let headers = self
            .response_headers
            .iter_mut()
            .map(|header| &mut header.schema);
        let others = self
            .other_responses
            .iter_mut()
            .filter_map(|(_, schema)| schema.as_mut());
        parameters
            .chain(&mut self.response)
            .chain(headers)
            .chain(others)
    }
}

impl Schema {
    /// A schema of which no more than the shape is known.
    pub(super) fn of(shape: Shape) -> Self {
        Self {
            shape,
            name: None,
            description: None,
            example: None,
            default: None,
            deprecated: None,
            required: Requirement::Optional,
            sensitive: None,
            values: Vec::new(),
            shared_enum: None,
            minimum: None,
            maximum: None,
            min_length: None,
            max_length: None,
            pattern: None,
        }
    }

    /// Free JSON.
    pub(super) fn any() -> Self {
        Self::of(Shape::Primitive(Primitive::Any))
    }

    /// The fields of an object.
    pub(super) fn members(&self) -> &[Member] {
        match &self.shape {
            Shape::Object(members) => members,
            _ => &[],
        }
    }
}
