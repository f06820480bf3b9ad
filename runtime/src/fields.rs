//! The fields of answers as generated code hands them over: all at once, a tuple of references, their names in one text.
//!
//! A `match` from names to fields, and a derived `Debug`, cost the compiler something for each field of each struct of a
//! product: a call to check, a conversion to check. A tuple is one type and one call. What is done with the fields stands
//! here, once.
//!
//! Tuples have up to 16 elements; [`And`] joins several.

use std::fmt;
use std::str::Split;

use crate::decode::{Decode, Read, Reader};

/// Places a value can be read into, counted from 0.
pub trait Places {
    /// How many there are.
    const COUNT: usize;

    /// Reads the value the reader stands on into one of them.
    ///
    /// # Errors
    ///
    /// When the document is broken.
    fn read(self, at: usize, reader: &mut Reader<'_, '_>) -> Read;
}

/// Values that can be shown under their names.
pub trait Shown {
    /// Shows them all, taking as many names.
    fn show(self, names: &mut Split<'_, char>, out: &mut fmt::DebugStruct<'_, '_>);
}

/// Fields and more fields.
#[derive(Clone, Copy, Debug)]
pub struct And<A, B>(pub A, pub B);

impl<A: Places, B: Places> Places for And<A, B> {
    const COUNT: usize = A::COUNT + B::COUNT;

    #[inline]
    fn read(self, at: usize, reader: &mut Reader<'_, '_>) -> Read {
        match at.checked_sub(A::COUNT) {
            None => self.0.read(at, reader),
            Some(at) => self.1.read(at, reader),
        }
    }
}

impl<A: Shown, B: Shown> Shown for And<A, B> {
    fn show(self, names: &mut Split<'_, char>, out: &mut fmt::DebugStruct<'_, '_>) {
        self.0.show(names, out);
        self.1.show(names, out);
    }
}

impl Shown for () {
    fn show(self, _: &mut Split<'_, char>, _: &mut fmt::DebugStruct<'_, '_>) {}
}

/// Shows a struct as a derived `Debug` does. The names of the fields are separated by single spaces.
///
/// # Errors
///
/// When the formatter has one.
#[inline]
pub fn debug(
    out: &mut fmt::Formatter<'_>,
    name: &str,
    names: &str,
    fields: impl Shown,
) -> fmt::Result {
    let mut out = out.debug_struct(name);
    fields.show(&mut names.split(' '), &mut out);
    out.finish()
}

/// Both traits for tuples of each length.
macro_rules! tuples {
    ([$($done:tt)*]) => {};
    ([$($done:tt)*] $name:ident $at:tt $($rest:tt)*) => {
        tuple!($($done)* $name $at);
        tuples!([$($done)* $name $at] $($rest)*);
    };
}

macro_rules! tuple {
    ($($name:ident $at:tt)+) => {
        impl<$($name: Decode),+> Places for ($(&mut Option<$name>,)+) {
            const COUNT: usize = [$($at),+].len();

            #[inline]
            fn read(self, at: usize, reader: &mut Reader<'_, '_>) -> Read {
                match at {
                    $($at => reader.read(self.$at),)+
                    _ => reader.skip(),
                }
            }
        }

        impl<$($name: fmt::Debug),+> Shown for ($(&Option<$name>,)+) {
            fn show(self, names: &mut Split<'_, char>, out: &mut fmt::DebugStruct<'_, '_>) {
                $(out.field(names.next().unwrap_or_default(), self.$at);)+
            }
        }
    };
}

tuples!([] A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15);

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default)]
    #[allow(dead_code, reason = "shown by both")]
    struct Derived {
        one: Option<String>,
        two: Option<i64>,
        three: Option<Vec<bool>>,
    }

    struct ByHand(Derived);

    impl fmt::Debug for ByHand {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let Derived { one, two, three } = &self.0;
            debug(f, "Derived", "one two three", And((one, two), (three,)))
        }
    }

    #[test]
    fn structs_are_shown_as_a_derive_shows_them() {
        for value in [
            Derived::default(),
            Derived {
                one: Some("a b".into()),
                two: Some(-1),
                three: Some(vec![true]),
            },
        ] {
            let derived = (format!("{value:?}"), format!("{value:#?}"));
            let value = ByHand(value);
            assert_eq!((format!("{value:?}"), format!("{value:#?}")), derived);
        }
    }
}
