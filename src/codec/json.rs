//! JSON of others, read leniently: one item of a list at a time, each field by its name, and what stands before a break in
//! the file is not lost. Depth costs nothing: values that are not looked into are passed over without recursion.

use super::native::{decimal, fault};
use crate::diag::codes::service;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, Result};
use crate::model::Cue;
use crate::source::Source;
use crate::time::{FLICKS_PER_SECOND, Time};
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// What [`walk`] met.
pub(in crate::codec) enum Met<'k, 'a> {
    /// A field of the root, and its value as it stands.
    Field(&'k str, &'a str),
    /// An item of a list: the list's name (empty if the root is one), its index, its value as it stands.
    Item(&'k str, usize, &'a str),
}

/// Goes through the root of a JSON text: an object, whose `lists` are gone through item by item, or a list. Stops where `each`
/// says `false`; that is no error.
pub(in crate::codec) fn walk<'a>(
    text: &'a str,
    lists: &'static [&'static str],
    each: &mut dyn FnMut(Met<'_, 'a>) -> bool,
) -> serde_json::Result<()> {
    let mut walker = Walker { list: "", lists, each, stopped: false };
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let walked = walker.borrow().deserialize(&mut deserializer).and_then(|()| deserializer.end());
    if walker.stopped { Ok(()) } else { walked }
}

struct Walker<'w, 'a> {
    list: &'static str,
    lists: &'static [&'static str],
    each: &'w mut dyn FnMut(Met<'_, 'a>) -> bool,
    stopped: bool,
}

/// A walker lent out for one value.
struct Lent<'l, 'w, 'a>(&'l mut Walker<'w, 'a>);

impl<'w, 'a> Walker<'w, 'a> {
    fn borrow(&mut self) -> Lent<'_, 'w, 'a> {
        Lent(self)
    }

    fn say<E: serde::de::Error>(&mut self, met: Met<'_, 'a>) -> std::result::Result<(), E> {
        if (self.each)(met) {
            return Ok(());
        }
        self.stopped = true;
        Err(E::custom("read enough"))
    }
}

impl<'de> DeserializeSeed<'de> for Lent<'_, '_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Lent<'_, '_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        // An object inside, where a list was expected, says nothing.
        let inside = !self.0.list.is_empty();
        while let Some(key) = map.next_key::<Str<'de>>()? {
            if inside {
                map.next_value::<IgnoredAny>()?;
            } else if let Some(list) = self.0.lists.iter().find(|list| **list == key.0) {
                self.0.list = list;
                let walked = map.next_value_seed(self.0.borrow());
                self.0.list = "";
                walked?;
            } else {
                let value: &RawValue = map.next_value()?;
                self.0.say(Met::Field(&key.0, value.get()))?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> std::result::Result<(), A::Error> {
        let mut index = 0usize;
        while let Some(item) = items.next_element::<&RawValue>()? {
            let list = self.0.list;
            self.0.say(Met::Item(list, index, item.get()))?;
            index = index.saturating_add(1);
        }
        Ok(())
    }

    fn visit_unit<E: serde::de::Error>(self) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> std::result::Result<(), E> {
        self.scalar()
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> std::result::Result<(), E> {
        self.scalar()
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> std::result::Result<(), E> {
        self.scalar()
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> std::result::Result<(), E> {
        self.scalar()
    }

    fn visit_str<E: serde::de::Error>(self, _: &str) -> std::result::Result<(), E> {
        self.scalar()
    }
}

impl Lent<'_, '_, '_> {
    /// Neither object nor list: no root, but one field among others need not concern anybody.
    fn scalar<E: serde::de::Error>(self) -> std::result::Result<(), E> {
        if self.0.list.is_empty() { Err(E::custom("expected an object or a list")) } else { Ok(()) }
    }
}

/// A string, borrowed where it has no escapes.
#[derive(Deserialize)]
struct Str<'a>(#[serde(borrow)] Cow<'a, str>);

/// The fields of an object, one after another; nothing if the value is none.
pub(in crate::codec) fn fields<'a>(value: &'a str, each: &mut dyn FnMut(&str, &'a str)) {
    // The value stood in JSON that was read already: all that can be wrong with it is that it is no object.
    if value.starts_with('{') {
        let _ = walk(value, &[], &mut |met| {
            if let Met::Field(key, value) = met {
                each(key, value);
            }
            true
        });
    }
}

/// The items of a list, one after another; nothing if the value is none.
pub(in crate::codec) fn items<'a>(value: &'a str, each: &mut dyn FnMut(&'a str)) {
    if value.starts_with('[') {
        let _ = walk(value, &[], &mut |met| {
            if let Met::Item(_, _, value) = met {
                each(value);
            }
            true
        });
    }
}

/// The text of a string; `None` if the value is none.
pub(in crate::codec) fn string(value: &str) -> Option<Cow<'_, str>> {
    serde_json::from_str::<Str<'_>>(value).ok().map(|text| text.0)
}

/// A number in quotation marks is taken for the number.
fn digits(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

/// A number of `1/per_second` s as an instant, exactly from its digits; `None` if the value is no number or is out of bounds.
pub(in crate::codec) fn time(value: &str, per_second: i64) -> Option<Time> {
    let unit = FLICKS_PER_SECOND.checked_div(per_second)?;
    let flicks = decimal::parse(digits(value), unit)?;
    (Time::MIN.flicks()..=Time::MAX.flicks()).contains(&flicks).then(|| Time::from_flicks(flicks))
}

/// A whole number, cut off after the point.
pub(in crate::codec) fn integer(value: &str) -> Option<i64> {
    let digits = digits(value);
    digits.parse().ok().or_else(|| decimal::parse(digits.split('.').next()?, 1))
}

/// A share; `None` unless it is a number from 0 to 1.
pub(in crate::codec) fn share(value: &str) -> Option<f32> {
    value.parse().ok().filter(|share| (0.0..=1.0).contains(share))
}

/// Names of fields that are passed over, said once a file.
#[derive(Default)]
pub(in crate::codec) struct Unread(BTreeSet<String>);

impl Unread {
    /// How many names are kept: a file has a handful, unless its keys are data.
    const MOST: usize = 32;

    pub(in crate::codec) fn add(&mut self, name: &str) {
        if self.0.len() < Self::MOST && !self.0.contains(name) {
            self.0.insert(name.chars().take(60).collect());
        }
    }

    pub(in crate::codec) fn report(self, report: &mut Report) {
        if !self.0.is_empty() {
            let names = self.0.into_iter().collect::<Vec<_>>().join(", ");
            report.push(Diagnostic::new(service::UNREAD, Location::FILE).with("names", names));
        }
    }
}

/// What to make of a break in the file: an error if nothing was read before it, else a diagnostic.
///
/// # Errors
/// The break, where nothing was read.
pub(in crate::codec) fn broken(
    walked: serde_json::Result<()>,
    source: &Source,
    cues: &[Cue],
    report: &mut Report,
) -> Result<()> {
    let Err(error) = walked else { return Ok(()) };
    let fault = fault::at(source, &error);
    if cues.is_empty() {
        return Err(fault.error);
    }
    let at = Location::span(fault.offset..fault.offset);
    report.push(Diagnostic::new(service::CUT_OFF, at).with("problem", fault.problem));
    Ok(())
}

/// A refusal: the file is JSON, but of another kind.
pub(in crate::codec) fn refuse(source: &Source, what: &str, chinese: &str) -> Error {
    let name = source.name();
    Error::new(crate::error::ErrorKind::Unreadable, format!("{name} holds no {what}"))
        .with_chinese(format!("{name} 中没有{chinese}"))
}
