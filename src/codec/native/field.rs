//! Kinds of fields: borrowed text, named values, fields that are not of this version.

use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// Text, borrowed from the source where it has no escapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text<'a>(pub(super) Cow<'a, str>);

impl<'a> Text<'a> {
    /// To be written.
    pub(super) fn new(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// To be written, made for it.
    pub(super) fn owned(text: String) -> Self {
        Self(Cow::Owned(text))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    pub(super) fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Text<'de>, E> {
        Ok(Text(Cow::Owned(text)))
    }
}

/// A value with one name of a closed list.
pub(super) trait Names: Copy + PartialEq + 'static {
    /// Every value with its name.
    fn names() -> &'static [(Self, &'static str)];
}

/// A named value as it stands in the file: perhaps a name that this version does not know.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Named<'a, T> {
    Known(T),
    Unknown(Text<'a>),
}

impl<T> Named<'_, T> {
    /// To be written, unless it is what is meant anyway.
    pub(super) fn unless_default(value: T) -> Option<Self>
    where
        T: Default + PartialEq,
    {
        (value != T::default()).then_some(Named::Known(value))
    }
}

impl<T: Names> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = match self {
            Named::Known(value) => T::names().iter().find(|(v, _)| v == value).map_or("", |(_, name)| name),
            Named::Unknown(name) => name.as_str(),
        };
        serializer.serialize_str(name)
    }
}

impl<'de: 'a, 'a, T: Names> Deserialize<'de> for Named<'a, T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        let known = T::names().iter().find(|(_, name)| *name == text.as_str());
        Ok(known.map_or(Named::Unknown(text), |(value, _)| Named::Known(*value)))
    }
}

/// The names of fields that this version does not know, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Unknown<'a>(pub(super) Vec<Text<'a>>);

impl<'de: 'a, 'a> Deserialize<'de> for Unknown<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Keys;
        impl<'de> Visitor<'de> for Keys {
            type Value = Unknown<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Unknown<'de>, A::Error> {
                let mut keys = Vec::new();
                while let Some((key, IgnoredAny)) = map.next_entry::<Text<'de>, IgnoredAny>()? {
                    keys.push(key);
                }
                Ok(Unknown(keys))
            }
        }
        deserializer.deserialize_map(Keys)
    }
}

/// What is made from the rest of the file when it is written, and ignored when it is read.
#[derive(Clone, Debug, Default)]
pub(super) struct Derived<T>(Option<T>);

impl<T> Derived<T> {
    pub(super) fn new(value: Option<T>) -> Self {
        Self(value)
    }

    pub(super) fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: Serialize> Serialize for Derived<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, T> Deserialize<'de> for Derived<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Self(None))
    }
}
