//! The grammar of the spec language: every mapping, its keys, and what stands under each.
//!
//! The readers beside this module decide what a key means; the tables here say which keys there are. A reader that asks
//! for a key that is in no table, or leaves one in a table unread, fails in every build with debug assertions, so the
//! JSON Schema and its documentation cannot fall behind.

mod operation;
mod service;
mod value;

pub(crate) use self::operation::{
    ASYNCHRONOUS, EXAMPLE, OPERATION, PAGINATION, RESPONSE, RULE, SUCCESS_RULE, WAITER,
};
pub(crate) use self::service::{ENDPOINTS, ENUM, REGION, SERVICE};
pub(crate) use self::value::{ENUM_VALUE, ERROR, FIELD, PARAMETER, VALUE};

/// A mapping with known keys.
#[derive(Debug)]
pub(crate) struct Map {
    /// Its name in the JSON Schema.
    pub(crate) name: &'static str,
    /// What it describes.
    pub(crate) about: &'static str,
    /// The mapping whose keys it has too.
    pub(crate) base: Option<&'static Map>,
    /// Its own keys.
    pub(crate) keys: &'static [Key],
    /// Keys of which some must be there.
    pub(crate) choice: Choice,
    /// Whether one of the keys decides which of the others are read.
    pub(crate) alternatives: bool,
}

/// Keys of which some must be there.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Choice {
    None,
    /// At least one.
    AnyOf(&'static [&'static str]),
    /// Exactly one.
    OneOf(&'static [&'static str]),
}

/// A key.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) value: Value,
    /// What it says, for people who are about to write it.
    pub(crate) about: &'static str,
}

/// What stands under a key.
#[derive(Debug)]
pub(crate) enum Value {
    /// A text, or a number or boolean that is taken as text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number from zero up.
    Count,
    /// One of some words.
    Word(fn() -> Vec<&'static str>),
    /// This word.
    Just(&'static str),
    /// Nothing.
    Null,
    /// Anything: it is kept as JSON.
    Any,
    /// A mapping of anything.
    Object,
    /// A list of one or more texts.
    Texts,
    /// A list of one or more words.
    Words(fn() -> Vec<&'static str>),
    /// A list.
    List(&'static Value),
    /// A mapping with known keys.
    Map(&'static Map),
    /// A mapping with free keys.
    Each(&'static Value),
    /// A mapping from HTTP statuses; with `true` from classes of them too.
    Statuses(bool, &'static Value),
    /// A mapping from one parameter to its value or values.
    Condition,
    /// Any of these.
    OneOf(&'static [Value]),
}

impl Map {
    /// Every key, those of the base first.
    pub(crate) fn all(&self) -> impl Iterator<Item = &'static Key> {
        let base = self.base.map(|base| base.keys).unwrap_or_default();
        base.iter().chain(self.keys)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.all().any(|key| key.name == name)
    }

    /// Whether every key is among those that were asked for.
    pub(super) fn all_among(&self, asked: &[&str]) -> bool {
        self.alternatives || self.all().all(|key| asked.contains(&key.name))
    }
}

/// A key that may be left out.
const fn key(name: &'static str, value: Value, about: &'static str) -> Key {
    Key {
        name,
        required: false,
        value,
        about,
    }
}

/// A key that must be there.
const fn required(name: &'static str, value: Value, about: &'static str) -> Key {
    Key {
        required: true,
        ..key(name, value, about)
    }
}

/// The words of a table.
fn words<T>(table: &[(&'static str, T)]) -> Vec<&'static str> {
    table.iter().map(|(word, _)| *word).collect()
}
