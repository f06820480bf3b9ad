//! What generated code calls to give its types their traits.
//!
//! The traits are written out instead of derived where a derive would look at every variant or bound every parameter:
//! with hundreds of types that is compile time, and what they say is one line each.

/// Gives a request the traits every request has. Beside it stand its `OPERATION`, and `Client` in the module above.
#[doc(hidden)]
#[macro_export]
macro_rules! request {
    ($name:ident => $answer:ty) => {
        impl<C: ::core::clone::Clone> ::core::clone::Clone for $name<C> {
            #[inline]
            fn clone(&self) -> Self {
                Self(self.0.clone())
            }
        }

        impl<C> ::core::fmt::Debug for $name<C> {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl<C> ::core::cmp::PartialEq for $name<C> {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.0 == other.0
            }
        }

        impl<C> $crate::client::Request for $name<C> {
            type State = C;

            #[inline]
            fn options_mut(&mut self) -> &mut $crate::client::CallOptions {
                self.0.options_mut()
            }

            #[inline]
            fn into_call(self) -> $crate::client::Call<C> {
                self.0
            }
        }

        impl $crate::client::Typed for $name {
            type Client = super::Client;
            type Answer = $answer;
        }
    };
}

/// Gives an open enum its traits, all of them by way of its inherent `as_str` and `from_wire`, which the generator writes.
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl<T: ::core::convert::AsRef<str>> ::core::convert::From<T> for $name {
            #[inline]
            fn from(value: T) -> Self {
                Self::from_wire(value.as_ref())
            }
        }

        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                Self::from_wire(self.as_str())
            }
        }

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self.as_str(), f)
            }
        }

        impl ::core::convert::From<$name> for $crate::Value {
            #[inline]
            fn from(value: $name) -> Self {
                $crate::Value::Text(::std::string::String::from(value.as_str()))
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

/// Lets an open enum be read from an answer.
#[doc(hidden)]
#[macro_export]
macro_rules! enum_of_answers {
    ($name:ident) => {
        impl $crate::decode::Decode for $name {
            #[inline]
            fn decode(
                reader: &mut $crate::decode::Reader<'_, '_>,
            ) -> $crate::decode::Decoded<Self> {
                ::core::result::Result::Ok(reader.text()?.map(|text| Self::from_wire(&text)))
            }
        }
    };
}

/// Gives an open enum serde's traits: it is its text.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_text {
    ($name:ident) => {
        impl $crate::serde_support::Serialize for $name {
            fn serialize<S: $crate::serde_support::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::serde_support::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde_support::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde_support::text(deserializer).map(|text| Self::from_wire(&text))
            }
        }
    };
}

/// Gives an answer type serde's traits, by the names its fields have on the wire.
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_object {
    ($name:ident { $($wire:literal => $field:ident),* }) => {
        #[allow(deprecated, reason = "answers still carry the field")]
        impl $crate::serde_support::Serialize for $name {
            fn serialize<S: $crate::serde_support::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                let present: &[bool] = &[$(self.$field.is_some()),*];
                let count = present.iter().filter(|is_some| **is_some).count();
                let mut members = $crate::serde_support::Members::new(serializer, count)?;
                $(members.put($wire, &self.$field)?;)*
                members.end()
            }
        }

        impl<'de> $crate::serde_support::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde_support::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::serde_support::read(deserializer)
            }
        }
    };
}
