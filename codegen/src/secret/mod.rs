//! Secrets: which values no printout may show. The metadata marks a handful of them; the rest shows in names, and in what
//! stands around them. The import marks what is judged secret here, with the reason; linting asks for the marks that specs
//! written by hand lack. When in doubt it is a secret: a mark too many costs a call of `expose`, one too few a leak.

mod name;
mod operation;
mod words;

use std::collections::HashMap;
use std::fmt;

use self::name::{plain as plain_name, secret_part};
use self::operation::{Hands, hands_out};
use self::words::GENERIC;
use crate::spec::{Location, Primitive};

/// Why a value is a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Its name has this in it.
    Name(&'static str),
    /// It travels in this header.
    Header(String),
    /// This operation answers with it.
    Answer(String),
    /// It is what this object is about.
    Inside(String),
    /// It stands beside this.
    Beside(String),
    /// The metadata says so.
    Metadata,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(part) => write!(f, "the name says so ({})", shown(part)),
            Self::Header(name) => write!(f, "travels in the header {name}"),
            Self::Answer(operation) => write!(f, "{operation} answers with it"),
            Self::Inside(object) => write!(f, "is the content of {object}"),
            Self::Beside(name) => write!(f, "stands beside {name}"),
            Self::Metadata => f.write_str("the metadata marks it"),
        }
    }
}

/// The word that a part of a name is, or is an abbreviation or misspelling of.
fn shown(part: &'static str) -> &'static str {
    match part {
        "pass" | "passw" | "pasword" | "paswd" | "pswd" | "pwd" => "password",
        "secrect" => "secret",
        part => part,
    }
}

/// What a value is made of, as far as secrets are concerned.
pub(crate) enum Parts<'t, T> {
    /// A text, or free JSON.
    Text,
    /// A number.
    Number,
    /// A value that cannot be secret: a switch, one of a few known values.
    Open,
    /// A list or map of values.
    Several(&'t T),
    /// Named values.
    Members(Vec<Named<'t, T>>),
    /// A shared schema.
    Ref(&'t str),
}

impl<T> Parts<'_, T> {
    /// What a value of the type is. Bytes are a whole body, which nothing prints.
    pub(crate) fn of(primitive: Primitive) -> Self {
        match primitive {
            Primitive::String | Primitive::Any => Self::Text,
            Primitive::Boolean | Primitive::Binary => Self::Open,
            Primitive::Int32 | Primitive::Int64 | Primitive::Float | Primitive::Double => {
                Self::Number
            }
        }
    }
}

/// A schema of any stage.
pub(crate) trait Tree {
    /// What it is made of.
    fn parts(&self) -> Parts<'_, Self>
    where
        Self: Sized;

    /// Whether the metadata marks it.
    fn is_marked(&self) -> bool;
}

/// A schema with its name.
pub(crate) type Named<'t, T> = (&'t str, &'t T);

/// An operation of any stage.
pub(crate) struct Operation<'t, T> {
    pub(crate) name: &'t str,
    pub(crate) parameters: Vec<(Location, Named<'t, T>)>,
    pub(crate) answer: Option<&'t T>,
    /// Headers of answers.
    pub(crate) headers: Vec<Named<'t, T>>,
    /// Answers of other statuses.
    pub(crate) others: Vec<&'t T>,
}

/// The secrets that were found, by the schema of the named value that holds each: of a list of passwords it is the list.
pub(crate) struct Secrets<T>(HashMap<*const T, Reason>);

impl<T> Secrets<T> {
    /// Why the value of a schema is a secret, if it is. The schema must be one that was judged.
    pub(crate) fn reason(&self, schema: &T) -> Option<&Reason> {
        self.0.get(&std::ptr::from_ref(schema))
    }
}

/// Finds the secrets of a product version.
pub(crate) fn find<'t, T: Tree>(
    shared: &[Named<'t, T>],
    operations: &[Operation<'t, T>],
) -> Secrets<T> {
    let mut search = Search {
        shared: shared.iter().copied().collect(),
        following: Vec::new(),
        found: HashMap::new(),
    };
    for (name, schema) in shared {
        search.inside(
            schema,
            &Around {
                object: name,
                ..Around::NOTHING
            },
        );
    }
    for operation in operations {
        let (sent, others): (Vec<_>, Vec<_>) = operation
            .parameters
            .iter()
            .partition(|(location, _)| *location == Location::Header);
        let sent = sent.iter().map(|(_, named)| named);
        for (name, schema) in sent.chain(&operation.headers) {
            search.member(name, schema, &[], &Around::HEADER);
        }
        let names: Vec<&str> = others.iter().map(|(_, (name, _))| *name).collect();
        for (_, (name, schema)) in others {
            search.member(name, schema, &names, &Around::NOTHING);
        }
        let around = Around {
            operation: operation.name,
            hands: hands_out(operation.name),
            ..Around::NOTHING
        };
        if let Some(schema) = operation.answer {
            search.value(schema, schema, "", &[], &around);
        }
        for schema in &operation.others {
            search.value(schema, schema, "", &[], &Around::NOTHING);
        }
    }
    Secrets(search.found)
}

/// What stands around a value.
#[derive(Clone, Copy)]
struct Around<'t> {
    /// The name of the object it is in.
    object: &'t str,
    /// The operation whose answer it is in, and what that hands out.
    operation: &'t str,
    hands: Hands,
    is_header: bool,
    /// Whether the metadata marks what it is in.
    is_marked: bool,
}

impl Around<'_> {
    const NOTHING: Self = Self {
        object: "",
        operation: "",
        hands: Hands::Nothing,
        is_header: false,
        is_marked: false,
    };
    const HEADER: Self = Self {
        is_header: true,
        ..Self::NOTHING
    };

    /// Whether it can make a value secret whose name does not.
    fn tells(&self) -> bool {
        self.is_marked || self.hands != Hands::Nothing || secret_part(self.object).is_some()
    }
}

struct Search<'t, T> {
    shared: HashMap<&'t str, &'t T>,
    /// The shared schemas that are being looked into, so that one that contains itself is noticed.
    following: Vec<&'t str>,
    found: HashMap<*const T, Reason>,
}

impl<'t, T: Tree> Search<'t, T> {
    fn member(&mut self, name: &'t str, schema: &'t T, siblings: &[&str], around: &Around<'t>) {
        self.value(schema, schema, name, siblings, around);
    }

    /// Looks at a value; `holder` is the schema of the named value it is or is part of.
    fn value(
        &mut self,
        holder: &'t T,
        schema: &'t T,
        name: &'t str,
        siblings: &[&str],
        around: &Around<'t>,
    ) {
        let around = &Around {
            is_marked: around.is_marked || schema.is_marked(),
            ..*around
        };
        let reason = match schema.parts() {
            Parts::Several(inner) => return self.value(holder, inner, name, siblings, around),
            Parts::Members(_) | Parts::Ref(_) => {
                let object = if name.is_empty() { around.object } else { name };
                return self.inside(schema, &Around { object, ..*around });
            }
            Parts::Open => None,
            Parts::Number => number(name, around),
            Parts::Text => text(name, siblings, around),
        };
        if let Some(reason) = reason {
            self.found
                .entry(std::ptr::from_ref(holder))
                .or_insert(reason);
        }
    }

    /// Looks at what is inside an object.
    fn inside(&mut self, schema: &'t T, around: &Around<'t>) {
        match schema.parts() {
            Parts::Members(members) => {
                let names: Vec<&str> = members.iter().map(|(name, _)| *name).collect();
                for (name, member) in members {
                    self.member(name, member, &names, around);
                }
            }
            // Each is looked at for itself; here only for what stands around the reference.
            Parts::Ref(name) if around.tells() && !self.following.contains(&name) => {
                if let Some(target) = self.shared.get(name).copied() {
                    self.following.push(name);
                    self.inside(target, around);
                    self.following.pop();
                }
            }
            _ => {}
        }
    }
}

/// Why a text is a secret.
fn text(name: &str, siblings: &[&str], around: &Around<'_>) -> Option<Reason> {
    let secret = secret_part(name);
    let plain = plain_name(name);
    if around.is_header && (secret.is_some() || plain.ends_with("auth")) {
        return Some(Reason::Header(name.to_owned()));
    }
    if let Some(part) = secret {
        return Some(Reason::Name(part));
    }
    if around.is_marked {
        return Some(Reason::Metadata);
    }
    // Whoever knows the address of a chat robot can speak through it.
    let speaks =
        || plain_name(around.object).contains("webhook") || plain_ends_with(around.object, "robot");
    let is_address = || {
        ["url", "addr", "address"]
            .iter()
            .any(|word| plain.ends_with(word))
    };
    let is_content = || secret_part(around.object).is_some() && GENERIC.contains(&plain);
    if is_content() || is_address() && speaks() {
        return Some(Reason::Inside(around.object.to_owned()));
    }
    // The key to a certificate is a private one, that of a label is not.
    if plain == "key"
        && let Some(sibling) = siblings.iter().find(|sibling| is_certificate(sibling))
    {
        return Some(Reason::Beside((*sibling).to_owned()));
    }
    let is_label = || plain_ends_with(around.object, "tag");
    (around.hands.holds(&plain) && !is_label()).then(|| Reason::Answer(around.operation.to_owned()))
}

/// Why a number is a secret: only what people are told to keep to themselves can be one.
fn number(name: &str, around: &Around<'_>) -> Option<Reason> {
    let part = secret_part(name).filter(|part| !matches!(*part, "token" | "cookie" | "ticket"));
    match part {
        Some(part) => Some(Reason::Name(part)),
        None => around.is_marked.then_some(Reason::Metadata),
    }
}

fn is_certificate(name: &str) -> bool {
    matches!(
        plain_name(name).as_str(),
        "cert" | "certificate" | "cacert" | "servercertificate" | "crt"
    )
}

/// Whether a name, or the singular of it, ends in a word.
fn plain_ends_with(name: &str, word: &str) -> bool {
    let plain = plain_name(name);
    plain.strip_suffix('s').unwrap_or(&plain).ends_with(word)
}
