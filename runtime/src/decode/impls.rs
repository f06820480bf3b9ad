//! What answers are made of: scalars, lists, maps, free JSON, secrets, and any [`Object`].

use std::collections::BTreeMap;

use super::blank::trimmed;
use super::{Decode, Decoded, Object, Reader, Shape};
use crate::params::{Params, Value};
use crate::secret::Secret;

impl Decode for String {
    const IS_TEXT: bool = true;

    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        Ok(reader.text()?.map(Into::into))
    }
}

impl Decode for Secret<String> {
    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        Ok(String::decode(reader)?.map(Self::new))
    }
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        let text = reader.scalar()?;
        let value = match text.as_deref().map(trimmed) {
            None => return Ok(None),
            Some("1") => Some(true),
            Some("0") => Some(false),
            Some(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Some(text) if text.eq_ignore_ascii_case("false") => Some(false),
            Some(_) => None,
        };
        Ok(reader.fitted(value))
    }
}

impl Decode for i64 {
    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        let Some(text) = reader.scalar()? else {
            return Ok(None);
        };
        let text = trimmed(&text);
        Ok(reader.fitted(text.parse().ok().or_else(|| whole_number(text))))
    }
}

/// A whole number written as a fraction or with an exponent, such as `3.0` or `1e3`.
fn whole_number(text: &str) -> Option<i64> {
    let number: f64 = text.parse().ok()?;
    // Beyond 2^53 a double no longer names one whole number.
    (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
}

impl Decode for f64 {
    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        let Some(text) = reader.scalar()? else {
            return Ok(None);
        };
        Ok(reader.fitted(trimmed(&text).parse().ok()))
    }
}

impl<T: Object + Default> Decode for T {
    const HAS_MEMBERS: bool = true;

    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        let mut place = None;
        Self::decode_into(&mut place, reader)?;
        Ok(place)
    }

    fn decode_into(place: &mut Option<Self>, reader: &mut Reader<'_, '_>) -> super::Read {
        if !reader.object(place.insert(T::default()))? {
            *place = None;
        }
        Ok(())
    }

    fn decode_item(items: &mut Vec<Self>, reader: &mut Reader<'_, '_>) -> super::Read {
        items.push(T::default());
        let read = match items.last_mut() {
            Some(target) => reader.object(target)?,
            None => false,
        };
        if !read {
            items.pop();
        }
        Ok(())
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        let mut items = Vec::new();
        let read = reader.list(&mut |reader| reader.item(&mut items))?;
        Ok(read.then_some(items))
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    const HAS_MEMBERS: bool = true;

    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        let mut entries = Entries(Self::new());
        Ok(reader.object(&mut entries)?.then_some(entries.0))
    }
}

struct Entries<T>(BTreeMap<String, T>);

impl<T: Decode> Object for Entries<T> {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> super::Read {
        if let Some(value) = T::decode(value)? {
            self.0.insert(name.to_owned(), value);
        }
        Ok(())
    }
}

impl Decode for Value {
    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        Ok(Some(match reader.shape()? {
            Shape::Null => {
                reader.text()?;
                return Ok(None);
            }
            Shape::Text => reader
                .text()?
                .map_or(Self::Null, |text| Self::Text(text.into_owned())),
            Shape::Bool => reader
                .text()?
                .map_or(Self::Null, |text| Self::Bool(text == "true")),
            Shape::Number => reader.text()?.map_or(Self::Null, |text| number(&text)),
            Shape::List => {
                let mut items = Vec::new();
                reader.items(&mut |reader| {
                    items.push(Self::decode(reader)?.unwrap_or_default());
                    Ok(())
                })?;
                Self::List(items)
            }
            Shape::Object => {
                let mut members = Members(Vec::new());
                reader.object(&mut members)?;
                Self::Object(Params::from_members(members.0))
            }
        }))
    }
}

/// A number as free JSON: whole when it is and fits, else with a fraction. One that is too large for that stays text.
fn number(text: &str) -> Value {
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(number), _) => Value::Int(number),
        (_, Ok(number)) if number.is_finite() => Value::Float(number),
        _ => Value::Text(text.to_owned()),
    }
}

struct Members(Vec<(String, Value)>);

impl Object for Members {
    fn field(&mut self, name: &str, value: &mut Reader<'_, '_>) -> super::Read {
        let value = match value.repetitions()? {
            Some(items) if items.len() > 1 => Value::List(items),
            Some(items) => items.into_iter().next().unwrap_or_default(),
            None => Value::decode(value)?.unwrap_or_default(),
        };
        self.0.push((name.to_owned(), value));
        Ok(())
    }
}
