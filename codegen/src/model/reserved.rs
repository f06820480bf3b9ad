//! Names that are taken already: by Rust, by the generated code, by the crate.

/// Rust's own, of every edition.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "Self", "static", "struct", "super", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types that generated modules use by their bare names; and `New`, whose `new` would look like a mistake.
const TYPES: &[&str] = &[
    "Borrowed",
    "Box",
    "BTreeMap",
    "Call",
    "CallOptions",
    "Default",
    "Err",
    "From",
    "Into",
    "IntoIterator",
    "New",
    "None",
    "Object",
    "Ok",
    "Option",
    "Params",
    "Read",
    "Reader",
    "Request",
    "Result",
    "Secret",
    "Self",
    "Sending",
    "ServiceClient",
    "Some",
    "String",
    "Typed",
    "Unbound",
    "UnknownValue",
    "Value",
    "Vec",
];

/// What the crate root keeps for itself: modules of the runtime.
const ROOT: &[&str] = &[
    "client",
    "config",
    "credentials",
    "decode",
    "encode",
    "endpoint",
    "error",
    "operation",
    "params",
    "request",
    "response",
    "retry",
    "secret",
    "sign",
    "test_util",
    "time",
    "transport",
];

/// Features that are no products.
const FEATURES: &[&str] = &[
    "blocking",
    "clone",
    "default",
    "gzip",
    "rustls",
    "serde",
    "test-util",
    "tracing",
    "webpki-roots",
];

/// The Cargo feature of a product.
#[must_use]
pub fn feature(product: &str) -> String {
    if FEATURES.contains(&product) {
        format!("{product}_")
    } else {
        product.to_owned()
    }
}

/// Which names are taken in the place a name is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The module of a product.
    Product,
    /// A module, or a method of a client.
    Module,
    /// A setter of a request or of an object in one.
    Setter,
    /// A setter of a request for a list that comes in parts.
    PagedSetter,
    /// A field of an answer.
    Field,
    /// A struct or an enum.
    Type,
    /// A value of an enum.
    Variant,
}

impl Place {
    pub(super) fn is_taken(self, name: &str) -> bool {
        KEYWORDS.contains(&name)
            || match self {
                Self::Product => ROOT.contains(&name),
                Self::Module => matches!(
                    name,
                    "new"
                        | "send"
                        | "call"
                        | "client"
                        | "types"
                        | "params"
                        | "error_code"
                        | "service"
                ),
                // Options of a call start with `with_` and waiters with `wait_until_`, so that no parameter can ever meet
                // one.
                Self::Setter => {
                    matches!(name, "new" | "send")
                        || name.starts_with("with_")
                        || name.starts_with("wait_until_")
                }
                Self::PagedSetter => {
                    matches!(name, "pages" | "items") || Self::Setter.is_taken(name)
                }
                Self::Field => false,
                Self::Type => TYPES.contains(&name),
                Self::Variant => matches!(name, "Unknown" | "Self"),
            }
    }
}
