//! Texts from outside on their way to a reader: without secrets, and on one line.
//!
//! A service, a proxy or a load balancer may repeat what it was sent: in a message, in a page that quotes the URL, in a header.
//! A [`Redactor`] knows what one call holds secret and takes it out of such a text, in whatever usual way the text spells it.
//! Spellings are not listed. The escapes of the text are undone again and again (`escapes`), and each reading is searched for
//! the secrets (`search`), for runs of base64 that hold one (`encoded`) and for values beside the name of a secret (`pairs`);
//! what is found is replaced where it stands in the text. What is left has no character that breaks a line, moves the cursor
//! or hides others (`visible`).

mod cause;
mod encoded;
mod escapes;
mod names;
mod pairs;
mod search;
mod visible;

pub use self::names::is_secret_name;
pub(crate) use self::visible::{brief, is_visible, visible};

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use self::escapes::View;
use self::search::Secrets;

/// What stands where a secret stood.
pub const REDACTED: &str = "[redacted]";

/// How much of one text is looked at and kept, in bytes.
const LIMIT: usize = 64 << 10;

/// How much of a body is shown, in characters.
const EXCERPT: usize = 200;

/// How much of a body is looked at for that, in bytes.
const EXCERPT_SOURCE: usize = 8 << 10;

/// Takes secrets out of texts. Even one that holds none takes out values that stand beside the name of a secret
/// (`password=...`, `"accessKeySecret":"..."`), the user information of URLs and the texts signatures are computed over.
///
/// It is made when there is a text to be shown, and dropped after that.
#[derive(Clone, Default)]
pub struct Redactor {
    secrets: Secrets,
    /// Names whose values are secret besides those every reader knows, normalized.
    names: Vec<String>,
}

impl Redactor {
    /// One that holds no secrets.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Holds a secret: it is taken out of texts that escape it in up to six layers, or hold it in base64. Of one of 20
    /// characters and more, pieces of that length are taken out as well. One of less than six characters is found as a word of
    /// its own only, and a single character nowhere.
    pub fn hold(&mut self, secret: &str) {
        self.secrets.add(start(secret.trim(), LIMIT));
    }

    /// Holds what stands in a text of the caller's own as the value of a secret, such as the password in a JDBC URL.
    pub fn hold_from(&mut self, text: &str) {
        let text = start(text, LIMIT);
        let mut found = Vec::new();
        for view in View::readings(text) {
            self.mark_values(&view, &mut found);
        }
        for range in found {
            let value = text.get(range).unwrap_or_default();
            self.hold(value);
            // Of a user and a password, the password may come back alone.
            self.hold(value.split_once(':').map_or("", |(_, password)| password));
        }
    }

    /// Holds that values of that name are secret, whatever they are.
    pub fn hold_name(&mut self, name: &str) {
        let name = names::normalized(name);
        if !name.is_empty() && !self.names.contains(&name) {
            self.names.push(name);
        }
    }

    /// The text without secrets, otherwise as it is.
    #[must_use]
    pub fn hide<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut found = Vec::new();
        for view in View::readings(text) {
            self.mark_values(&view, &mut found);
            let folded = view.folded();
            pairs::signed_text(&folded, &mut found);
            self.secrets.mark(&folded, &mut found);
            self.mark_encoded(&view, &mut found);
        }
        replace(text, found)
    }

    /// The text for a reader: without secrets, without blanks around it, and with everything that is not plainly visible
    /// written as an escape such as `\n` or `\u{202e}`. What is beyond 64 KiB is left out.
    #[must_use]
    pub fn show(&self, text: &str) -> String {
        let kept = start(text, LIMIT);
        let mut shown = visible(&self.hide(kept.trim())).into_owned();
        if kept.len() < text.len() {
            shown.push_str(&format!("… ({} more bytes)", text.len() - kept.len()));
        }
        shown
    }

    /// The beginning of a body, for a reader.
    pub(crate) fn excerpt(&self, body: &[u8]) -> String {
        let body = String::from_utf8_lossy(body.get(..EXCERPT_SOURCE).unwrap_or(body));
        brief(&self.show(&body), EXCERPT).into_owned()
    }

    /// Marks whole runs of base64 or hexadecimal digits that stand for a text with a secret in it.
    fn mark_encoded(&self, view: &View, found: &mut Vec<Range<usize>>) {
        if self.secrets.is_empty() {
            return;
        }
        for (run, text) in encoded::runs(view) {
            let mut inside = Vec::new();
            for view in View::readings(&text) {
                self.secrets.mark(&view.folded(), &mut inside);
            }
            if !inside.is_empty() {
                found.push(run);
            }
        }
    }

    /// Marks values beside the name of a secret, and what names a user in a URL.
    fn mark_values(&self, view: &View, found: &mut Vec<Range<usize>>) {
        let known = |name: &str| is_secret_name(name) || self.is_held_name(name);
        pairs::values(view, &known, found);
        pairs::users(view, found);
    }

    fn is_held_name(&self, name: &str) -> bool {
        // `Accounts.1.Phrase` is held as `Phrase`, or whole.
        let last = name.rsplit('.').next().unwrap_or(name);
        let held = |name: &str| self.names.contains(&names::normalized(name));
        !self.names.is_empty() && (held(name) || held(last))
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").finish_non_exhaustive()
    }
}

/// The beginning of a text, of so many bytes or a little less.
fn start(text: &str, limit: usize) -> &str {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Puts [`REDACTED`] in the place of parts of a text, once for parts that touch.
fn replace(text: &str, mut parts: Vec<Range<usize>>) -> Cow<'_, str> {
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        return Cow::Borrowed(text);
    }
    parts.sort_unstable_by_key(|part| part.start);
    let mut out = String::with_capacity(text.len());
    let (mut shown, mut hidden) = (0, None);
    for part in parts {
        let (mut from, mut to) = (part.start, part.end);
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        if hidden.is_none_or(|end| from > end) {
            out.push_str(text.get(shown..from).unwrap_or_default());
            out.push_str(REDACTED);
        }
        shown = to.max(shown);
        hidden = Some(shown);
    }
    out.push_str(text.get(shown..).unwrap_or_default());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests;
