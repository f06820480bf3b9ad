//! The model: what emission sees. Every name is settled, every type resolved, every text ready.
//!
//! `lower` builds it from checked specs. Nothing after it decides anything: an emitter turns one item of the model into
//! one item of Rust.

mod docs;
mod lower;
pub mod names;
mod paging;
mod reserved;
mod scope;

pub(crate) use docs::is_list_mark;
pub use docs::{code, first_sentence, sanitize, visible};
pub(crate) use docs::{is_address, is_invisible};
pub use lower::lower;
pub use paging::{Items, Paging, Waiter};

use crate::spec::{
    Condition, Effect, Endpoints, ErrorCode, Location, Method, Pagination, Requirement, Rule,
    Style, SuccessRule,
};

/// Everything to generate.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The product versions, sorted by product and version.
    pub versions: Vec<Version>,
}

/// One version of one product: a Rust module and a Cargo feature.
#[derive(Clone, Debug)]
pub struct Version {
    /// The folder of the specs, such as `dts/2020-01-01`.
    pub folder: String,
    /// The Cargo feature of the product, such as `dataworks-public`.
    pub product_feature: String,
    /// The Cargo feature of this version, such as `dataworks-public-20200518`.
    pub feature: String,
    /// The module of the product, such as `dataworks_public`.
    pub product_module: String,
    /// The module of this version, such as `v20200518`.
    pub module: String,
    /// The product code on the wire.
    pub product: String,
    /// The version on the wire.
    pub version: String,
    /// The product's name for people.
    pub title: String,
    /// What the product does.
    pub description: String,
    /// The public page.
    pub documentation: Option<String>,
    /// Whether operations have paths.
    pub roa: bool,
    /// Where it is reached.
    pub endpoints: Endpoints,
    /// Error codes any operation may answer with.
    pub errors: Vec<ErrorCode>,
    /// One constant per error code of the product version, product-wide and of operations, sorted by name.
    pub codes: Vec<CodeConstant>,
    /// Shared enums.
    pub enums: Vec<Enum>,
    /// Shared objects of answers.
    pub structs: Vec<Struct>,
    /// Shared objects of requests.
    pub faces: Vec<Face>,
    /// The operations, sorted by name.
    pub operations: Vec<Operation>,
}

/// A constant with an error code.
#[derive(Clone, Debug)]
pub struct CodeConstant {
    /// Its name, such as `THROTTLING_USER`.
    pub name: String,
    /// The code.
    pub code: String,
    /// What it means, if anybody says.
    pub meaning: Option<String>,
}

/// An operation: a Rust module, a request and an answer.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The name on the wire.
    pub wire: String,
    /// The request type.
    pub request: String,
    /// The name of the answer's struct.
    pub response: String,
    /// What the answer is.
    pub answer: AnswerType,
    /// Whether the answer is a stream of events, each of that type.
    pub streams: bool,
    /// Whether it is called without a signature.
    pub anonymous: bool,
    /// The headers of a good answer that mean something, each with what it says.
    pub headers: Vec<(String, String)>,
    /// The module, and the method of the client.
    pub module: String,
    /// One sentence on what it does.
    pub summary: String,
    /// More on it.
    pub description: Option<String>,
    /// The public page.
    pub documentation: Option<String>,
    /// Why not to call it any more.
    pub deprecated: Option<String>,
    /// What it does to the world.
    pub effect: Effect,
    /// The HTTP method.
    pub method: Method,
    /// The path.
    pub path: String,
    /// The parameter with the token that makes repeating a call safe.
    pub idempotency_token: Option<String>,
    /// How a long list comes in parts, for the descriptor.
    pub pagination: Option<Pagination>,
    /// The walk over the parts, if there is one.
    pub paging: Option<Paging>,
    /// The states that can be waited for.
    pub waiters: Vec<Waiter>,
    /// The parameters: what the descriptor says, and the setter of each.
    pub parameters: Vec<Parameter>,
    /// The rules between them.
    pub rules: Vec<Rule>,
    /// What in a 200 answer means failure.
    pub success: Vec<SuccessRule>,
    /// The error codes it lists, resolved.
    pub errors: Vec<ErrorCode>,
    /// The answer, and every object in it, outermost first.
    pub structs: Vec<Struct>,
    /// Every object of the request.
    pub faces: Vec<Face>,
    /// The enums written in its own file.
    pub enums: Vec<Enum>,
    /// An example request, as JSON.
    pub example: serde_json::Value,
}

/// A parameter, or a field of an object in a request, with its setter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name on the wire.
    pub wire: String,
    /// The setter.
    pub setter: String,
    /// The setter that takes JSON text, for typed JSON in a string.
    pub json_setter: Option<String>,
    /// What it takes.
    pub argument: Argument,
    /// What it is, for documentation.
    pub docs: Docs,
    /// Where it travels.
    pub location: Location,
    /// How its parts are written.
    pub style: Option<Style>,
    /// Whether it must be given.
    pub required: Requirement,
    /// Whether no printout may show it.
    pub sensitive: bool,
    /// The smallest and largest number, as written.
    pub range: (Option<String>, Option<String>),
    /// The fewest and most characters or items.
    pub length: (Option<u64>, Option<u64>),
}

/// Documentation of a value.
#[derive(Clone, Debug, Default)]
pub struct Docs {
    /// What it is.
    pub description: String,
    /// An example.
    pub example: Option<String>,
    /// The documented default, as the spec has it.
    pub default: Option<String>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
}

/// What a setter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Text.
    Text,
    /// A boolean.
    Bool,
    /// A 32-bit integer.
    Int32,
    /// A 64-bit integer.
    Int64,
    /// A single-precision number.
    Float,
    /// A double-precision number.
    Double,
    /// Bytes.
    Binary,
    /// Free JSON.
    Any,
    /// An enum.
    Enum(TypePath),
    /// An object.
    Face(TypePath),
    /// A list.
    List(Box<Argument>),
    /// A map.
    Map(Box<Argument>),
}

/// What an answer is as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnswerType {
    /// The struct of the operation.
    Struct,
    /// Bytes as they are.
    Binary,
    /// Anything else: a list, a map, text, free JSON.
    Plain(FieldType),
}

/// A type of an answer's field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Text.
    Text,
    /// Text no printout shows.
    Secret,
    /// A boolean.
    Bool,
    /// A whole number. Always 64 bits: what is declared as 32 has been seen to overflow.
    Int,
    /// A number with a fraction.
    Float,
    /// Free JSON.
    Any,
    /// An enum.
    Enum(TypePath),
    /// An object.
    Struct(TypePath),
    /// An object on the heap, because it may hold itself.
    Boxed(TypePath),
    /// A list.
    List(Box<FieldType>),
    /// A map.
    Map(Box<FieldType>),
}

/// Where a named type lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypePath {
    /// Its home.
    pub home: Home,
    /// Its name.
    pub name: String,
}

/// A module that types live in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// The operation's own.
    Operation,
    /// `types`, of the product version.
    Types,
    /// `params`, of the product version.
    Params,
}

/// An object of a request.
#[derive(Clone, Debug)]
pub struct Face {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Its fields.
    pub fields: Vec<Parameter>,
}

/// An object of an answer.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Its name.
    pub name: String,
    /// What it is.
    pub description: String,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// A field of an answer.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// The name in Rust.
    pub name: String,
    /// Its type, inside an `Option`.
    pub ty: FieldType,
    /// What it is.
    pub docs: Docs,
}

/// An open enum.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Its values.
    pub variants: Vec<Variant>,
    /// Whether an answer holds it.
    pub answered: bool,
}

/// A value of an enum.
#[derive(Clone, Debug)]
pub struct Variant {
    /// The value on the wire.
    pub wire: String,
    /// The name in Rust.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
}

/// The condition of a rule, for documentation.
#[must_use]
pub fn condition_text(condition: &Condition) -> String {
    let values: Vec<_> = condition.values.iter().map(|value| &value.value).collect();
    format!(
        "{} is {}",
        code(&condition.parameter.value),
        values_text(&values)
    )
}

/// Any of some values, for documentation.
#[must_use]
pub fn values_text<S: AsRef<str>>(values: &[S]) -> String {
    let values: Vec<_> = values.iter().map(|value| code(value.as_ref())).collect();
    match values.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => values.concat(),
    }
}
