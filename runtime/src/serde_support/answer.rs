//! Answers: whole ones, what they are made of, and what a call returns them in.

use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Serialize, SerializeMap, Serializer};
use zeroize::Zeroize;

use super::REDACTED;
use crate::decode::{Decode, Events, JsonSource, Reader};
use crate::encode::json_text;
use crate::params::{UnknownValue, Value};
use crate::response::Response;
use crate::secret::Secret;

/// The fields of an answer on their way out.
pub struct Members<S: Serializer>(S::SerializeMap);

impl<S: Serializer> Members<S> {
    /// Begins an object with so many fields.
    ///
    /// # Errors
    ///
    /// Those of the serializer, as everywhere here.
    pub fn new(serializer: S, count: usize) -> Result<Self, S::Error> {
        serializer.serialize_map(Some(count)).map(Self)
    }

    /// Writes a field, if it is there.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn put<T: Serialize>(&mut self, name: &str, value: &Option<T>) -> Result<(), S::Error> {
        match value {
            Some(value) => self.0.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// Those of the serializer.
    pub fn end(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

/// Reads an answer type as an answer of the service is read.
///
/// # Errors
///
/// Those of the deserializer, and one for a value that fits the type in no way.
pub fn read<'de, T: Decode, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = json_text(&value);
    let mut source = JsonSource::new(&text);
    let decoded = T::decode(&mut Reader::new(&mut source)).map_err(D::Error::custom)?;
    decoded.ok_or_else(|| D::Error::custom("a value of another shape"))
}

/// Reads text, or what can stand for it.
///
/// # Errors
///
/// Those of the deserializer, and one for null, lists and objects.
pub fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = value.scalar_text().map(Into::into);
    text.ok_or_else(|| D::Error::custom("a value that is no text"))
}

impl Serialize for UnknownValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for UnknownValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(|text| Self::new(&text))
    }
}

impl<T: Zeroize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(REDACTED)
    }
}

impl<'de> Deserialize<'de> for Secret<String> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(Self::new)
    }
}

impl<T: Serialize> Serialize for Events<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Events<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::deserialize(deserializer).map(Self::from_iter)
    }
}

/// Its answer alone.
impl<T: Serialize> Serialize for Response<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}
