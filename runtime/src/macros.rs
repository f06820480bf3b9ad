//! What generated code calls to give its types their traits. Without the feature `serde` the last two do nothing.

/// Declares the conversions of an open enum from its inherent `as_str` and `from_wire`, which the generator writes.
#[macro_export]
macro_rules! open_enum {
    ($name:ident) => {
        impl ::core::convert::From<&str> for $name {
            fn from(value: &str) -> Self {
                Self::from_wire(value)
            }
        }

        impl ::core::convert::From<::std::string::String> for $name {
            fn from(value: ::std::string::String) -> Self {
                Self::from_wire(&value)
            }
        }

        impl ::core::convert::From<$name> for $crate::Value {
            fn from(value: $name) -> Self {
                $crate::Value::Text(::std::string::String::from(value.as_str()))
            }
        }

        impl ::core::fmt::Display for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::decode::Decode for $name {
            fn decode(
                reader: &mut $crate::decode::Reader<'_, '_>,
            ) -> $crate::decode::Decoded<Self> {
                ::core::result::Result::Ok(reader.text()?.map(|text| Self::from_wire(&text)))
            }
        }

        $crate::serde_text!($name);
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

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_text {
    ($name:ident) => {};
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

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_object {
    ($($any:tt)*) => {};
}
