//! The driver: walks a document and calls the generated code, tolerating what can be tolerated.

use std::borrow::Cow;

use super::blank::is_blank;
use super::cursor::Cursor;
use super::{
    Declared, Decode, Decoded, JsonSource, Malformed, Object, Observed, Read, Shape, Source, Token,
};
use crate::fields::Places;
use crate::params::Value;

/// A place in a document, from which generated code reads its fields.
pub struct Reader<'r, 'a> {
    source: &'r mut dyn Source<'a>,
    observed: Option<&'r mut Observed>,
    /// The path of the member being read, kept only as deep as something is watched for.
    path: String,
    depth: usize,
    misfits: usize,
    /// Which of its target's names the last member of the object being read had.
    cursor: Cursor,
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
            cursor: Cursor::default(),
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
        T::decode_into(place, self)
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

    /// Reads a field into the one of several places that has its name; passes it over when none has. The names are separated
    /// by single spaces and stand in the order of the places; a space within a name is written as NUL.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    #[inline]
    pub fn place(&mut self, name: &str, names: &str, places: impl Places) -> Read {
        match self.cursor.find(names, name) {
            Some(at) => places.read(at, self),
            None => self.skip(),
        }
    }

    /// Passes over a field the target does not have.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn skip(&mut self) -> Read {
        if self.observed.as_deref().is_some_and(|observed| {
            observed.reaches(self.depth + 1) && observed.looks_into(&self.path)
        }) {
            self.look_through()?;
        } else {
            self.source.skip()?;
        }
        self.skipped = true;
        Ok(())
    }

    /// Passes over a value, but not over what is watched for in it.
    fn look_through(&mut self) -> Read {
        match self.source.shape()? {
            Shape::Object => self.members(&mut Nothing),
            Shape::List => self.items(&mut |reader| reader.look_through()),
            _ => self.source.skip().map(drop),
        }
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
    #[inline]
    pub fn text(&mut self) -> Decoded<Cow<'a, str>> {
        match self.source.token()? {
            Token::Scalar(text) => Ok(Some(text)),
            Token::Null => Ok(None),
            Token::List | Token::Object => {
                let text = self.source.skip()?;
                Ok(Some(Cow::Borrowed(text)))
            }
        }
    }

    /// The text of a scalar that is to become something else; `None` for null, empty text and what has parts.
    pub(super) fn scalar(&mut self) -> Decoded<Cow<'a, str>> {
        match self.source.token()? {
            Token::Scalar(text) => Ok(Some(text).filter(|text| !is_blank(text))),
            Token::Null => Ok(None),
            Token::List | Token::Object => self.misfit(),
        }
    }

    /// An object into `target`. `false` when there is nothing to read: null, empty text, or what fits nothing.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    pub fn object(&mut self, target: &mut dyn Object) -> Result<bool, Malformed> {
        match self.source.token()? {
            Token::Object => self.members(target).map(|()| true),
            Token::Null => Ok(false),
            Token::List => match target.only_list() {
                Some(name) => {
                    let outer = std::mem::take(&mut self.cursor);
                    target.field(name, self)?;
                    self.cursor = outer;
                    Ok(true)
                }
                None => self.misfit::<()>().map(|_| false),
            },
            Token::Scalar(text) => self.object_in_text(&text, target),
        }
    }

    /// JSON in a string, where an object is declared.
    fn object_in_text(&mut self, text: &str, target: &mut dyn Object) -> Result<bool, Malformed> {
        if text.trim().is_empty() {
            return Ok(false);
        }
        let mut inner = JsonSource::within(text, self.source.depth());
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
        let observed = self.observed.as_deref();
        let observing = observed.is_some_and(|observed| observed.reaches(self.depth));
        let (mut taken, mut passed) = (false, false);
        let outer = std::mem::take(&mut self.cursor);
        while let Some(name) = self.source.next_member()? {
            self.skipped = false;
            if observing {
                self.observed_member(&name, target)?;
            } else {
                target.field(&name, self)?;
            }
            passed |= self.skipped;
            taken |= !self.skipped;
        }
        self.cursor = outer;
        self.depth -= 1;
        self.skipped = false;
        self.understood = taken || !passed;
        Ok(())
    }

    /// A member that may be watched for, or hold what is.
    fn observed_member(&mut self, name: &str, target: &mut dyn Object) -> Read {
        // Then the name is the whole path, and none has to be kept.
        let nothing_below = |observed: &Observed| !observed.reaches(2);
        if self.depth == 1 && self.observed.as_deref().is_some_and(nothing_below) {
            self.observe(Some(name))?;
            return target.field(name, self);
        }
        let parent = self.path.len();
        if self.depth > 1 {
            self.path.push('.');
        }
        self.path.push_str(name);
        self.observe(None)?;
        target.field(name, self)?;
        self.path.truncate(parent);
        Ok(())
    }

    /// Picks up the value when its path, the current one unless given, is watched for; leaves the source where it was.
    fn observe(&mut self, path: Option<&str>) -> Read {
        let Some(observed) = self.observed.as_deref_mut() else {
            return Ok(());
        };
        let path = path.unwrap_or(&self.path);
        let mark = self.source.mark();
        if let Some(found) = observed.field_mut(path) {
            if let Token::Scalar(text) = self.source.token()? {
                *found = Some(text.into_owned());
            }
            self.source.rewind(mark);
        }
        if let Some(found) = observed.list_mut(path) {
            if let Some(seen) = self.source.list_seen()? {
                *found = Some(found.map_or(seen, |before| before.and(seen)));
            }
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
        if self.source.repeats() {
            return match self.source.shape()? {
                Shape::Null => Ok(false),
                _ => self.items(item).map(|()| true),
            };
        }
        let mark = self.source.mark();
        match self.source.token()? {
            Token::Null => Ok(false),
            Token::List => self.items(item).map(|()| true),
            Token::Object => item(self).map(|()| true),
            Token::Scalar(text) => self.list_in_text(&text, mark, item),
        }
    }

    /// The element here and its namesakes as free JSON, where lists show only by repetition; elsewhere `None`.
    pub(super) fn repetitions(&mut self) -> Decoded<Vec<Value>> {
        if !self.source.repeats() {
            return Ok(None);
        }
        let mut items = Vec::new();
        self.items(&mut |reader| {
            items.push(Value::decode(reader)?.unwrap_or_default());
            Ok(())
        })?;
        Ok(Some(items))
    }

    pub(super) fn items(&mut self, item: &mut dyn FnMut(&mut Reader<'_, '_>) -> Read) -> Read {
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
        let inner = JsonSource::within(text, self.source.depth());
        if text.trim_start().starts_with('[') && inner.clone().skip().is_ok() {
            return Reader::new(&mut inner.clone()).list(item);
        }
        self.source.rewind(mark);
        item(self).map(|()| true)
    }

    /// One item of a list. In XML `<Items><Item>..</Item></Items>` may stand for the repetition of `Items` that the schema
    /// declares: an element whose members mean nothing to the target is taken for such a wrapper.
    pub(super) fn item<T: Decode>(&mut self, items: &mut Vec<T>) -> Read {
        if !self.source.repeats() || self.source.shape()? != Shape::Object {
            return T::decode_item(items, self);
        }
        if T::DECLARED == Declared::Members {
            let (mark, before) = (self.source.mark(), items.len());
            T::decode_item(items, self)?;
            if self.understood {
                return Ok(());
            }
            items.truncate(before);
            self.source.rewind(mark);
        }
        self.source.begin_object()?;
        while self.source.next_member()?.is_some() {
            T::decode_item(items, self)?;
        }
        Ok(())
    }
}

/// What takes no member at all.
struct Nothing;

impl Object for Nothing {
    fn field(&mut self, _: &str, value: &mut Reader<'_, '_>) -> Read {
        value.skip()
    }
}
