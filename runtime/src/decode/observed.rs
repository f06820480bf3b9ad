//! What matters of an answer beyond its type: fields the success rules ask for, lists that pages are made of.

use std::borrow::Cow;
use std::hash::{DefaultHasher, Hasher as _};

/// How deep an observed field may lie; paths in success rules name fields of at most this many parts.
const WATCHED_DEPTH: usize = 4;

/// Parts of the document that matter beyond the typed answer, picked up while it is decoded.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// Dotted paths, and what was found there.
    fields: Vec<(Cow<'static, str>, Option<String>)>,
    /// Dotted paths of lists, and what was found there.
    lists: Vec<(Cow<'static, str>, Option<ListSeen>)>,
    /// How many parts the longest path has; nothing below that depth is looked at.
    depth: usize,
}

/// What was seen of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ListSeen {
    /// How many items it has. A single value without a list around it is one.
    pub count: usize,
    /// A hash of its text in the document: two lists that differ have different ones, as good as always. It means
    /// nothing to another process.
    pub fingerprint: u64,
}

impl ListSeen {
    /// What to hash the text of a list with.
    pub(super) fn hasher() -> DefaultHasher {
        DefaultHasher::new()
    }

    pub(super) fn new(count: usize, hashed: &DefaultHasher) -> Self {
        Self {
            count,
            fingerprint: hashed.finish(),
        }
    }

    /// A list whose text lies in one piece.
    pub(super) fn of(count: usize, text: &str) -> Self {
        let mut hasher = Self::hasher();
        hasher.write(text.as_bytes());
        Self::new(count, &hasher)
    }

    /// Both, as one list: a path that leads through a list leads to several.
    pub(super) fn and(self, other: Self) -> Self {
        let mut hasher = Self::hasher();
        hasher.write_u64(self.fingerprint);
        hasher.write_u64(other.fingerprint);
        Self::new(self.count + other.count, &hasher)
    }
}

impl Observed {
    /// Watches for nothing yet, with room for that many paths.
    #[must_use]
    pub fn with_capacity(paths: usize) -> Self {
        Self {
            fields: Vec::with_capacity(paths),
            ..Self::default()
        }
    }

    /// Watches for the same, or for nothing at all, which most calls do and which needs no copies.
    pub(crate) fn again(&self) -> Self {
        if self.depth == 0 {
            Self::default()
        } else {
            self.clone()
        }
    }

    /// Makes room for that many more paths.
    pub(crate) fn reserve(&mut self, paths: usize) {
        self.fields.reserve(paths);
    }

    /// Watches for the scalar field at a dotted path. Of a path that is watched for twice the first is filled and read.
    pub fn watch(&mut self, path: Cow<'static, str>) {
        self.deepen(&path);
        self.fields.push((path, None));
    }

    /// Watches for the list at a dotted path.
    ///
    /// A wrapper around the items is a part of the path like any other, as in `Items.Item`. In XML the path may name the
    /// repeated element or the wrapper.
    pub fn watch_list(&mut self, path: impl Into<Cow<'static, str>>) {
        let path = path.into();
        self.deepen(&path);
        if !self.lists.iter().any(|(known, _)| *known == path) {
            self.lists.push((path, None));
        }
    }

    /// What was found at a path; `None` for null and for what is no scalar.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        find(&self.fields, path)?.as_deref()
    }

    /// The list that was found at a path; `None` for null and where there was nothing.
    #[must_use]
    pub fn list(&self, path: &str) -> Option<ListSeen> {
        *find(&self.lists, path)?
    }

    fn deepen(&mut self, path: &str) {
        let parts = path.split('.').take(WATCHED_DEPTH).count();
        self.depth = self.depth.max(parts);
    }

    /// Whether members that many objects deep are of interest.
    pub(super) fn reaches(&self, depth: usize) -> bool {
        depth <= self.depth
    }

    /// Whether something below a path is of interest.
    pub(super) fn looks_into(&self, path: &str) -> bool {
        let below = |known: &str| {
            let rest = known.strip_prefix(path);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        self.fields.iter().any(|(known, _)| below(known))
            || self.lists.iter().any(|(known, _)| below(known))
    }

    pub(super) fn field_mut(&mut self, path: &str) -> Option<&mut Option<String>> {
        find_mut(&mut self.fields, path)
    }

    pub(super) fn list_mut(&mut self, path: &str) -> Option<&mut Option<ListSeen>> {
        find_mut(&mut self.lists, path)
    }
}

fn find<'v, T>(values: &'v [(Cow<'static, str>, T)], path: &str) -> Option<&'v T> {
    let mut values = values.iter();
    values
        .find(|(known, _)| known == path)
        .map(|(_, value)| value)
}

fn find_mut<'v, T>(values: &'v mut [(Cow<'static, str>, T)], path: &str) -> Option<&'v mut T> {
    let mut values = values.iter_mut();
    values
        .find(|(known, _)| known == path)
        .map(|(_, value)| value)
}
