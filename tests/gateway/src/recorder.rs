//! The recorder: what arrived, so that tests can look at it, without what nobody should look at.
//!
//! Signatures, tokens and the headers that carry them are left out altogether. Values of sensitive parameters, and of
//! those no spec knows, are kept behind [`Pairs::expose`] and never printed.

use std::borrow::Cow;
use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use alicloud_runtime::redact::{REDACTED, Redactor, is_secret_name};

use crate::http::Request;
use crate::parameters::{Given, is_common};
use crate::route::Target;
use crate::shape::Shapes;
use crate::verify::Scheme;

/// Beyond this many the oldest are forgotten, unless the builder is told another number.
pub(crate) const CAPACITY: usize = 10_000;

/// A request that arrived, and what became of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Recorded {
    /// The operation, or what the request said it was; empty when it said nothing.
    pub operation: String,
    /// The version of the API, or what the request said it was.
    pub version: String,
    /// The method.
    pub method: String,
    /// The path, as sent, but for sensitive parameters in it.
    pub path: String,
    /// What was in the query, in the order sent, signatures and tokens left out.
    pub query: Pairs,
    /// What was in the form, in the order sent, signatures and tokens left out.
    pub form: Pairs,
    /// The headers, names in lower case, those with signatures and tokens left out.
    pub headers: Vec<(String, String)>,
    /// The parameters of the operation, wherever they came, sorted by name; common parameters are not among them.
    pub parameters: Pairs,
    /// How long the body was.
    pub body_length: usize,
    /// How the request was signed.
    pub signature: Scheme,
    /// What went back.
    pub verdict: Verdict,
}

impl Recorded {
    /// The first header of that lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }
}

/// What the gateway answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The HTTP status.
    pub status: u16,
    /// The error code of a refusal.
    pub code: Option<String>,
}

/// Names and values, some of which are not for printing.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Pairs(Vec<Entry>);

#[derive(Clone, PartialEq, Eq)]
struct Entry {
    name: String,
    value: String,
    /// What is shown in place of the value, when that is or holds a secret.
    masked: Option<String>,
}

impl Entry {
    fn new(name: &str, value: &str, shapes: Option<&Shapes<'_>>) -> Self {
        let masked = if is_sensitive(name, shapes) {
            Some(REDACTED.to_owned())
        } else {
            // Text may be JSON or a URL with a secret in it.
            match Redactor::new().hide(value) {
                Cow::Owned(masked) => Some(masked),
                Cow::Borrowed(_) => None,
            }
        };
        let (name, value) = (name.to_owned(), value.to_owned());
        Self {
            name,
            value,
            masked,
        }
    }

    fn shown(&self) -> &str {
        self.masked.as_deref().unwrap_or(&self.value)
    }
}

impl Pairs {
    fn new<'a>(
        pairs: impl IntoIterator<Item = (&'a String, &'a String)>,
        shapes: Option<&Shapes<'_>>,
    ) -> Self {
        let pairs = pairs.into_iter();
        let open = pairs.filter(|(name, _)| !(is_common(name) && is_secret_name(name)));
        Self(
            open.map(|(name, value)| Entry::new(name, value, shapes))
                .collect(),
        )
    }

    /// The value of that name; `[redacted]` in place of a sensitive one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.find(name).map(Entry::shown)
    }

    /// The value of that name, sensitive or not.
    #[must_use]
    pub fn expose(&self, name: &str) -> Option<&str> {
        self.find(name).map(|entry| entry.value.as_str())
    }

    fn find(&self, name: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.name == name)
    }

    /// Names and values, `[redacted]` in place of sensitive ones.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|entry| (entry.name.as_str(), entry.shown()))
    }

    /// The names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|entry| entry.name.as_str())
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Pairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

fn is_sensitive(name: &str, shapes: Option<&Shapes<'_>>) -> bool {
    let known = is_common(name) || name == "RegionId";
    is_secret_name(name) || !known && shapes.is_none_or(|shapes| shapes.is_sensitive(name))
}

/// Everything there is to record but the verdict.
pub(crate) struct Arrival<'a> {
    pub(crate) request: &'a Request,
    pub(crate) target: &'a Target<'a>,
    /// What the spec knows, if there is one.
    pub(crate) shapes: Option<&'a Shapes<'a>>,
    pub(crate) given: &'a Given,
}

impl Arrival<'_> {
    fn record(&self, verdict: Verdict) -> Recorded {
        let request = self.request;
        let pairs = |pairs: &[(String, String)]| {
            let pairs = pairs.iter().map(|(name, value)| (name, value));
            Pairs::new(pairs, self.shapes)
        };
        Recorded {
            operation: self.target.action.unwrap_or_default().to_owned(),
            version: self.target.version.unwrap_or_default().to_owned(),
            method: request.method().to_owned(),
            path: self.path(),
            query: pairs(request.query()),
            form: pairs(request.form()),
            headers: self.headers(),
            parameters: Pairs::new(self.given, self.shapes),
            body_length: request.body().len(),
            signature: self.target.scheme,
            verdict,
        }
    }

    fn path(&self) -> String {
        let mut redactor = Redactor::new();
        let given = self.given.iter();
        let secret =
            given.filter(|(name, _)| self.shapes.is_some() && is_sensitive(name, self.shapes));
        secret.for_each(|(_, value)| redactor.hold(value));
        redactor.hide(self.request.path()).into_owned()
    }

    fn headers(&self) -> Vec<(String, String)> {
        let headers = self.request.headers().iter();
        headers
            .filter(|(name, _)| !is_secret_name(name) && !self.is_sensitive_parameter(name))
            .cloned()
            .collect()
    }

    /// Whether a header is a parameter of the operation that must not be shown.
    fn is_sensitive_parameter(&self, header: &str) -> bool {
        let mut given = self.given.keys();
        let parameter = given.find(|name| name.eq_ignore_ascii_case(header));
        parameter.is_some_and(|name| is_sensitive(name, self.shapes))
    }
}

/// The recordings of one gateway.
#[derive(Debug)]
pub(crate) struct Recorder {
    capacity: usize,
    recorded: Mutex<VecDeque<Recorded>>,
}

impl Recorder {
    /// A recorder that keeps so many.
    pub(crate) fn new(capacity: usize) -> Self {
        Self {
            capacity,
            recorded: Mutex::default(),
        }
    }

    pub(crate) fn record(&self, arrival: &Arrival<'_>, verdict: Verdict) {
        if self.capacity == 0 {
            return;
        }
        let recorded = arrival.record(verdict);
        let mut all = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= self.capacity {
            all.pop_front();
        }
        all.push_back(recorded);
    }

    pub(crate) fn all(&self) -> Vec<Recorded> {
        let all = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        let mut all = self.recorded.lock().unwrap_or_else(PoisonError::into_inner);
        all.clear();
    }
}
