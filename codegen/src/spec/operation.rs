//! One operation: everything its file says.

use super::{Field, Provenance, Rule, Schema, Span, Spanned, SuccessRule, Waiter};

/// What an operation does to the world, which decides whether repeating it is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Changes nothing.
    Read,
    /// Makes something new.
    Create,
    /// Changes what there is.
    Update,
    /// Removes something.
    Delete,
    /// Sets something going.
    Start,
    /// Brings something to a halt.
    Stop,
    /// None of these, or not known.
    Other,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
    Head,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// In the query of the URL.
    Query,
    /// In a form body.
    Form,
    /// As the body itself.
    Body,
    /// In a hole of the path.
    Path,
    /// As a header.
    Header,
    /// In a hole of the host name.
    Host,
}

/// How a parameter with parts becomes text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `repeated`: `Name.1`, `Name.2`.
    Repeated,
    /// `flat`: `Name.Field`, `Name.1.Field`.
    Flat,
    /// `json`: JSON in one string.
    Json,
    /// `comma`: items separated by commas.
    Comma,
    /// `space`: items separated by spaces.
    Space,
    /// `pipe`: items separated by `|`.
    Pipe,
}

/// Whether a parameter must be given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Requirement {
    /// `required: false`.
    #[default]
    Optional,
    /// `required: documented`: the document says so, the metadata does not.
    Documented,
    /// `required: true`: the service refuses a call without it.
    Required,
}

/// A parameter of a request.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire and what it holds.
    pub field: Field,
    /// Where it travels.
    pub location: Location,
    /// How its parts are written. `None` for a scalar.
    pub style: Option<Style>,
    /// Whether it must be given.
    pub required: Requirement,
    /// Who says that it exists, where not everybody does.
    pub source: Option<Provenance>,
}

/// An error code an operation lists: by name, or with what is known of it.
#[derive(Clone, Debug)]
pub struct ErrorRef {
    /// The HTTP status it is listed under.
    pub status: u16,
    /// The code.
    pub code: Spanned<String>,
    /// What the operation itself says of it; `None` when `service.yaml` does.
    pub own: Option<super::ErrorCode>,
}

/// A request and the answers to it.
#[derive(Clone, Debug)]
pub struct Example {
    /// Where it is written.
    pub span: Span,
    /// The parameters, as JSON in the order written; an object.
    pub request: Option<Spanned<serde_json::Value>>,
    /// The JSON answer, as text.
    pub json: Option<Spanned<String>>,
    /// The XML answer, as text.
    pub xml: Option<Spanned<String>>,
}

/// How an operation hands out a long list in parts. Names of parameters and paths of answer fields.
#[derive(Clone, Debug)]
pub struct Pagination {
    /// Where it is written.
    pub span: Span,
    /// By what the parts are told apart.
    pub style: PageStyle,
    /// The parameter that limits how much one answer holds.
    pub size: Option<Spanned<String>>,
    /// The field that holds the items, such as `Items.Item`.
    pub items: Option<Spanned<String>>,
}

/// By what the parts of a long list are told apart.
#[derive(Clone, Debug)]
pub enum PageStyle {
    /// `page`: by their number, from 1.
    Page {
        /// The parameter with the number of the part.
        page: Spanned<String>,
        /// The field that says how many items there are in all.
        total: Option<Spanned<String>>,
    },
    /// `token`: by a token that each answer holds for the next.
    Token {
        /// The parameter that takes the token.
        token: Spanned<String>,
        /// The field with the token of the next part.
        next: Spanned<String>,
    },
}

/// That an operation only sets something going, and where its end is seen.
#[derive(Clone, Debug)]
pub struct Asynchronous {
    /// The operation that tells how far it is.
    pub operation: Spanned<String>,
    /// How long to wait between two questions, in milliseconds.
    pub interval_ms: Option<u64>,
}

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Whether the file is the importer's: what it says is the official metadata, and an overlay may say more.
    pub imported: bool,
    /// The name on the wire.
    pub name: Spanned<String>,
    /// A Rust name given by the spec, in `CamelCase`.
    pub rust_name: Option<Spanned<String>>,
    /// One sentence on what it does.
    pub summary: Option<String>,
    /// More on it, in Markdown.
    pub description: Option<String>,
    /// The public page.
    pub documentation: Option<String>,
    /// What it does to the world.
    pub effect: Effect,
    /// The HTTP method; POST unless said otherwise.
    pub method: Method,
    /// The path, with holes in braces; `/` in RPC style.
    pub path: Spanned<String>,
    /// Why not to call it any more.
    pub deprecated: Option<String>,
    /// Whether the request is sent without a signature.
    pub anonymous: bool,
    /// Whether the answer is a stream of server-sent events, each with a value of the response schema.
    pub streams: bool,
    /// The parameter with the token that makes repeating a call safe.
    pub idempotency_token: Option<Spanned<String>>,
    /// How a long list comes in parts.
    pub pagination: Option<Pagination>,
    /// States that calling it again and again can wait for.
    pub waiters: Vec<Waiter>,
    /// Where the end of what the operation sets going is seen.
    pub asynchronous: Option<Asynchronous>,
    /// Which references the facts are taken from.
    pub sources: Vec<Provenance>,
    /// The parameters, in the order written.
    pub parameters: Vec<Parameter>,
    /// The rules between them.
    pub rules: Vec<Rule>,
    /// What a good answer looks like; `None` for an answer without a body.
    pub response: Option<Schema>,
    /// The headers of a good answer that mean something.
    pub response_headers: Vec<Field>,
    /// What answers with other statuses look like, by status or class of statuses (`404`, `5XX`); `None` for no body.
    pub other_responses: Vec<(Spanned<String>, Option<Schema>)>,
    /// The operation's own success rules; `None` to inherit those of the service.
    pub success: Option<Vec<SuccessRule>>,
    /// The error codes it lists.
    pub errors: Vec<ErrorRef>,
    /// Requests and the answers to them.
    pub examples: Vec<Example>,
}
