//! What answers are made of: scalars, lists, maps, free JSON, secrets, and any [`Object`].

use std::collections::BTreeMap;

use super::blank::trimmed;
use super::{Declared, Decode, Decoded, Object, Reader, Shape};
use crate::params::{Params, Value};
use crate::secret::Secret;

impl Decode for String {
    const DECLARED: Declared = Declared::Text;

    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        Ok(reader.text()?.map(Into::into))
    }
}

impl Decode for Secret<String> {
    const DECLARED: Declared = Declared::Text;

    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        Ok(String::decode(reader)?.map(Self::new))
    }
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        let text = reader.scalar()?;
        let Some(text) = text else {
            return Ok(None);
        };
        Ok(reader.fitted(truth(&text)))
    }
}

/// The truth that a text stands for: `true` or `false` in any case, 1 or 0 as any number is written.
pub(crate) fn truth(text: &str) -> Option<bool> {
    match trimmed(text) {
        "1" => Some(true),
        "0" => Some(false),
        text if text.eq_ignore_ascii_case("true") => Some(true),
        text if text.eq_ignore_ascii_case("false") => Some(false),
        // Longer ones are no way to write a truth.
        text if text.len() <= 4 => match text.parse::<f64>() {
            Ok(0.0) => Some(false),
            Ok(1.0) => Some(true),
            _ => None,
        },
        _ => None,
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
    const DECLARED: Declared = Declared::Members;

    fn is_undeclared() -> bool {
        T::default().is_undeclared()
    }

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
    const DECLARED: Declared = Declared::List;

    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        let mut items = Vec::new();
        let read = reader.list(&mut |reader| reader.item(&mut items))?;
        Ok(read.then_some(items))
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    const DECLARED: Declared = Declared::Members;

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
    const DECLARED: Declared = Declared::Free;

    /// Nobody says what a call without a type answers with.
    fn is_undeclared() -> bool {
        true
    }

    fn decode(reader: &mut Reader<'_, '_>) -> Decoded<Self> {
        Ok(Some(match reader.shape()? {
            Shape::Null => {
                reader.text()?;
                return Ok(None);
            }
            Shape::Text => reader
                .text()?
                .map_or(Self::Null, |text| Self::Text(text.into_owned())),
            Shape::Bool => reader.text()?.map_or(Self::Null, |text| {
                Self::Bool(text.eq_ignore_ascii_case("true"))
            }),
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

/// A number as free JSON: whole when it is and fits, else with a fraction. One whose digits neither keeps stays text of
/// JSON.
pub(crate) fn number(text: &str) -> Value {
    match (text.parse::<i64>(), text.parse::<f64>()) {
        (Ok(number), _) => Value::Int(number),
        (_, Ok(number)) if number.is_finite() && digits(text) == digits(&format!("{number:e}")) => {
            Value::Float(number)
        }
        _ => Value::Json(text.to_owned()),
    }
}

/// The digits of a number without zeros at either end, and the power of ten that the last of them counts: what two
/// spellings of one number have in common. The sign is left out.
fn digits(text: &str) -> (String, i64) {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all: String = whole
        .chars()
        .chain(fraction.chars())
        .filter(char::is_ascii_digit)
        .collect();
    let kept = all.trim_end_matches('0');
    let zeros = i64::try_from(all.len() - kept.len()).unwrap_or(i64::MAX);
    let places = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let kept = kept.trim_start_matches('0');
    if kept.is_empty() {
        return (String::new(), 0);
    }
    let exponent = exponent.parse::<i64>().unwrap_or(i64::MAX);
    let power = exponent.saturating_sub(places).saturating_add(zeros);
    (kept.to_owned(), power)
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
