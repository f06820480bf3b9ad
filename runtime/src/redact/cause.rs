//! The causes of an error, which quote what they failed on: an answer, a name, a certificate.

use std::error::Error;
use std::fmt;

use super::Redactor;

/// How many causes of an error are told.
const LONGEST: usize = 32;

type Cause = Box<dyn Error + Send + Sync>;

/// A cause of which only the text is left.
struct Told {
    text: String,
    source: Option<Box<Told>>,
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for Told {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

impl Redactor {
    /// The cause as it is, so that a caller may still ask for its type, when neither it nor what caused it shows anything that
    /// must not be shown; otherwise the texts of all of them.
    pub(crate) fn cause(&self, cause: Cause) -> Cause {
        let mut texts = Vec::new();
        let mut clean = true;
        let mut next: Option<&(dyn Error + 'static)> = Some(cause.as_ref());
        while let Some(error) = next.filter(|_| texts.len() < LONGEST) {
            let (text, debug) = (error.to_string(), format!("{error:?}"));
            let shown = self.show(&text);
            clean &= shown == text && self.show(&debug) == debug;
            texts.push(shown);
            next = error.source();
        }
        if clean && next.is_none() {
            return cause;
        }
        let told = texts
            .into_iter()
            .rev()
            .fold(None, |source, text| Some(Box::new(Told { text, source })));
        match told {
            Some(told) => told,
            None => cause,
        }
    }
}
