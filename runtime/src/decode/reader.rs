//! The driver: walks a document and calls the generated code, tolerating what can be tolerated.

use std::borrow::Cow;

use super::{Decode, Decoded, JsonSource, Malformed, Object, Read, Shape, Source};

/// How deep an observed field may lie; paths in success rules name fields of at most this many parts.
const WATCHED_DEPTH: usize = 4;

/// Scalars of the document that matter beyond the typed answer, picked up while it is decoded.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// Dotted paths, and what was found there.
    fields: Vec<(Cow<'static, str>, Option<String>)>,
}

impl Observed {
    /// Watches for nothing yet, with room for that many paths.
    #[must_use]
    pub fn with_capacity(paths: usize) -> Self {
        Self {
            fields: Vec::with_capacity(paths),
        }
    }

    /// Watches for the field at a dotted path.
    pub fn watch(&mut self, path: Cow<'static, str>) {
        if !self.fields.iter().any(|(known, _)| *known == path) {
            self.fields.push((path, None));
        }
    }

    /// Watches for the list at a dotted path.
    pub fn watch_list(&mut self, _path: Cow<'static, str>) {}

    /// The list at a path.
    #[must_use]
    pub fn list(&self, _path: &str) -> Option<ListSeen> {
        None
    }

    /// What was found at a path; `None` for null and for what is no scalar.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(known, _)| *known == path)?
            .1
            .as_deref()
    }
}

/// A list that was watched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListSeen {
    /// How many items it has.
    pub count: usize,
    /// A hash of its text.
    pub fingerprint: u64,
}

/// A place in a document, from which generated code reads its fields.
pub struct Reader<'r, 'a> {
    source: &'r mut dyn Source<'a>,
    observed: Option<&'r mut Observed>,
    /// The path of the object being read, only while something deeper may be watched for.
    path: String,
    depth: usize,
    misfits: usize,
    /// Whether the member just handed over was passed over.
    skipped: bool,
    /// Whether the object just read had a member that meant something to its target, or no members at all.
    understood: bool,
}

impl<'r, 'a> Reader<'r, 'a> {
    /// Reads from the start of a document.
    pub fn new(source: &'r mut dyn Source<'a>) -> Self {
        Self {
            source,
            observed: None,
            path: String::new(),
            depth: 0,
            misfits: 0,
            skipped: false,
            understood: true,
        }
    }

    /// Reads from the start of a document and picks up what is watched for on the way.
    pub fn observing(source: &'r mut dyn Source<'a>, observed: &'r mut Observed) -> Self {
        Self {
            observed: Some(observed),
            ..Self::new(source)
        }
    }

    /// How many values fitted nothing and were left out.
    #[must_use]
    pub fn misfits(&self) -> usize {
        self.misfits
    }

    /// Reads a field into its place.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn read<T: Decode>(&mut self, place: &mut Option<T>) -> Read {
        *place = T::decode(self)?;
        Ok(())
    }

    /// Reads a field into its place on the heap, for types that hold themselves.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn read_boxed<T: Decode>(&mut self, place: &mut Option<Box<T>>) -> Read {
        *place = T::decode(self)?.map(Box::new);
        Ok(())
    }

    /// Passes over a field the target does not have.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn skip(&mut self) -> Read {
        self.skipped = true;
        self.source.skip()?;
        Ok(())
    }

    /// What the value here looks like.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn shape(&mut self) -> Result<Shape, Malformed> {
        self.source.shape()
    }

    /// Notes that the value here fits nothing, and passes over it.
    pub(super) fn misfit<T>(&mut self) -> Decoded<T> {
        self.misfits += 1;
        self.source.skip()?;
        Ok(None)
    }

    /// Notes a misfit when the text of a scalar was none of the values its type has.
    pub(super) fn fitted<T>(&mut self, value: Option<T>) -> Option<T> {
        self.misfits += usize::from(value.is_none());
        value
    }

    /// Text. A value with parts is kept as the text it has in the document.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn text(&mut self) -> Decoded<Cow<'a, str>> {
        match self.source.shape()? {
            Shape::Null => {
                self.source.skip()?;
                Ok(None)
            }
            Shape::Bool | Shape::Number | Shape::Text => self.source.scalar().map(Some),
            Shape::List | Shape::Object => self.source.skip().map(|text| Some(Cow::Borrowed(text))),
        }
    }

    /// The text of a scalar that is to become something else; `None` for null, empty text and what has parts.
    pub(super) fn scalar(&mut self) -> Decoded<Cow<'a, str>> {
        match self.source.shape()? {
            Shape::Null => {
                self.source.skip()?;
                Ok(None)
            }
            Shape::Bool | Shape::Number | Shape::Text => {
                Ok(Some(self.source.scalar()?).filter(|text| !text.trim().is_empty()))
            }
            Shape::List | Shape::Object => self.misfit(),
        }
    }

    /// An object into `target`. `false` when there is nothing to read: null, empty text, or what fits nothing.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn object(&mut self, target: &mut dyn Object) -> Result<bool, Malformed> {
        match self.source.shape()? {
            Shape::Object => self.members(target).map(|()| true),
            Shape::Null => self.source.skip().map(|_| false),
            Shape::List => match target.only_list() {
                Some(name) => target.field(name, self).map(|()| true),
                None => self.misfit::<()>().map(|_| false),
            },
            Shape::Text => {
                let text = self.source.scalar()?;
                self.object_in_text(&text, target)
            }
            Shape::Bool | Shape::Number => self.misfit::<()>().map(|_| false),
        }
    }

    /// JSON in a string, where an object is declared.
    fn object_in_text(&mut self, text: &str, target: &mut dyn Object) -> Result<bool, Malformed> {
        if text.trim().is_empty() {
            return Ok(false);
        }
        let mut inner = JsonSource::new(text);
        // Text that is no JSON is a misfit, not a broken document.
        let read = if text.trim_start().starts_with('{') {
            Reader::new(&mut inner).object(target)
        } else {
            Ok(false)
        };
        if read != Ok(true) {
            self.misfits += 1;
        }
        Ok(read == Ok(true))
    }

    fn members(&mut self, target: &mut dyn Object) -> Read {
        self.source.begin_object()?;
        self.depth += 1;
        let (mut taken, mut passed) = (false, false);
        while let Some(name) = self.source.next_member()? {
            let mark = self.path.len();
            self.observe(&name)?;
            self.skipped = false;
            target.field(&name, self)?;
            passed |= self.skipped;
            taken |= !self.skipped;
            self.path.truncate(mark);
        }
        self.depth -= 1;
        self.skipped = false;
        self.understood = taken || !passed;
        Ok(())
    }

    /// Picks up the value of a member that is watched for, leaving the source where it was.
    fn observe(&mut self, name: &str) -> Read {
        let Some(observed) = self.observed.as_deref_mut() else {
            return Ok(());
        };
        if self.depth > WATCHED_DEPTH {
            return Ok(());
        }
        if self.depth > 1 {
            self.path.push('.');
        }
        self.path.push_str(name);
        let Some((_, found)) = observed
            .fields
            .iter_mut()
            .find(|(path, _)| *path == self.path)
        else {
            return Ok(());
        };
        let mark = self.source.mark();
        if matches!(
            self.source.shape()?,
            Shape::Bool | Shape::Number | Shape::Text
        ) {
            *found = Some(self.source.scalar()?.into_owned());
            self.source.rewind(mark);
        }
        Ok(())
    }

    /// The items of a list, each handed to `item`. `false` when there is no list: null or empty text.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub(super) fn list(
        &mut self,
        item: &mut dyn FnMut(&mut Reader<'_, '_>) -> Read,
    ) -> Result<bool, Malformed> {
        match self.source.shape()? {
            Shape::Null => self.source.skip().map(|_| false),
            Shape::List => self.items(item).map(|()| true),
            _ if self.source.repeats() => self.items(item).map(|()| true),
            Shape::Text => {
                let mark = self.source.mark();
                let text = self.source.scalar()?;
                self.list_in_text(&text, mark, item)
            }
            Shape::Bool | Shape::Number | Shape::Object => item(self).map(|()| true),
        }
    }

    fn items(&mut self, item: &mut dyn FnMut(&mut Reader<'_, '_>) -> Read) -> Read {
        self.source.begin_list()?;
        while self.source.next_item()? {
            item(self)?;
        }
        Ok(())
    }

    /// A string where a list is declared: JSON in it, nothing at all, or the only item.
    fn list_in_text(
        &mut self,
        text: &str,
        mark: usize,
        item: &mut dyn FnMut(&mut Reader<'_, '_>) -> Read,
    ) -> Result<bool, Malformed> {
        if text.trim().is_empty() {
            return Ok(false);
        }
        if text.trim_start().starts_with('[') && JsonSource::new(text).skip().is_ok() {
            return Reader::new(&mut JsonSource::new(text)).list(item);
        }
        self.source.rewind(mark);
        item(self).map(|()| true)
    }

    /// One item of a list. In XML `<Items><Item>..</Item></Items>` may stand for the repetition of `Items` that the schema
    /// declares: an element whose members mean nothing to the target is taken for such a wrapper.
    pub(super) fn item<T: Decode>(&mut self, items: &mut Vec<T>) -> Read {
        if !self.source.repeats() || self.source.shape()? != Shape::Object {
            items.extend(T::decode(self)?);
            return Ok(());
        }
        let mark = self.source.mark();
        if T::HAS_MEMBERS {
            let item = T::decode(self)?;
            if self.understood {
                items.extend(item);
                return Ok(());
            }
            self.source.rewind(mark);
        }
        self.source.begin_object()?;
        while self.source.next_member()?.is_some() {
            items.extend(T::decode(self)?);
        }
        Ok(())
    }
}
