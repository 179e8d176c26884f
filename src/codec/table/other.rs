//! Cells of columns that only the table knows, as extras: `"scene": "3", "note": "check"`.

use super::cell::{Cell, time};
use super::write::WRITTEN;
use super::{CELLS, COLUMNS, DERIVED, ID};
use crate::model::{Cue, Extra, Track};
use crate::parse::columns::{self, Column, Unit};
use crate::time::{TimeDelta, TimeRange};
use std::collections::HashMap;

/// Name and content of each cell.
pub(super) type Pairs = Vec<(String, String)>;

/// Appends `"name": "content"`.
pub(super) fn push(pairs: &mut String, name: &str, content: &str) {
    if !pairs.is_empty() {
        pairs.push_str(", ");
    }
    // A string is always JSON.
    let quoted = |text: &str| serde_json::to_string(text).unwrap_or_default();
    pairs.extend([quoted(name).as_str(), ": ", &quoted(content)]);
}

/// The extra of pairs, if there are any.
pub(super) fn extra(key: &'static str, pairs: String) -> Option<Extra> {
    (!pairs.is_empty()).then_some(Extra { format: ID, key, value: pairs })
}

/// Pairs as [`push`] puts them together; `None` if they are spelled otherwise.
pub(super) fn pairs(value: &str) -> Option<Pairs> {
    let object: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&["{", value, "}"].concat()).ok()?;
    let mut again = String::new();
    let mut pairs = Pairs::with_capacity(object.len());
    for (name, content) in object {
        let content = content.as_str()?.to_owned();
        push(&mut again, &name, &content);
        pairs.push((name, content));
    }
    (again == value && !pairs.is_empty()).then_some(pairs)
}

/// Columns that count rows, or repeat what start and end say.
pub(super) fn is_derived(name: &str) -> bool {
    columns::named(name).is_some_and(|named| matches!(named.column, Column::Index | Column::Duration))
}

/// How far the length of a cue may lie from the one that a cell says: such cells are rounded.
const NEAR: TimeDelta = TimeDelta::from_millis(100);

/// A cell of a column that repeats how long the cue is says so still. Of a time code only the frame rate could tell.
pub(super) fn is_true(name: &str, content: &str, range: TimeRange) -> bool {
    let Some(named) = columns::named(name).filter(|named| named.column == Column::Duration) else { return true };
    let near = |length: TimeDelta| {
        let (a, b) = (length.flicks(), range.duration().flicks());
        a.abs_diff(b) <= NEAR.flicks().unsigned_abs()
    };
    match time(content) {
        Some(Cell::Clock(flicks) | Cell::Number(flicks)) => near(TimeDelta::from_flicks(flicks)),
        Some(Cell::Whole(count)) => {
            let seconds = near(TimeDelta::from_seconds(count));
            let millis = near(TimeDelta::from_millis(count));
            match named.unit {
                Some(Unit::Seconds) => seconds,
                Some(Unit::Millis) => millis,
                Some(Unit::Frames) => true,
                None => seconds || millis,
            }
        }
        Some(Cell::Code(_)) => true,
        None => false,
    }
}

/// A column that can stand beside those that are always written, and is read again under its name.
fn is_other(name: &str) -> bool {
    let tidy = !name.is_empty() && !name.contains(['\n', '\r', '\u{FEFF}']) && name.trim() == name;
    // Of columns that hold the same, the first counts; only ids are not always written.
    let taken = WRITTEN.contains(&name) || columns::named(name).is_some_and(|named| named.column == Column::Id);
    tidy && !taken
}

/// No table that people make has more columns of its own. Each row has a cell for every one: without a bound, a few rows could
/// make a file of any size.
const MOST_COLUMNS: usize = 1000;

/// The columns of a track that only the table knows, in the order in which they are written.
#[derive(Default)]
pub(super) struct Others {
    pub(super) names: Vec<String>,
    places: HashMap<String, usize>,
}

impl Others {
    fn add(&mut self, name: &str) {
        if self.names.len() < MOST_COLUMNS && !self.places.contains_key(name) {
            self.places.insert(name.to_owned(), self.names.len());
            self.names.push(name.to_owned());
        }
    }

    /// In the order in which cells of them come.
    pub(super) fn met(track: &Track) -> Self {
        let mut others = Self::default();
        let own = |cue: &Cue| cue.extras.iter().filter_map(|extra| own(extra, cue.range)).collect::<Vec<_>>();
        for (name, _) in track.cues.iter().flat_map(own).flatten() {
            others.add(&name);
        }
        others
    }

    /// In the order that the file had, which `extra` says: it must have all of these columns, and be another order.
    pub(super) fn ordered(self, extra: &Extra) -> Result<Self, Self> {
        let names = names(extra).filter(|names| *names != self.names && names.iter().all(|name| is_other(name)));
        let mut others = Self::default();
        names.iter().flatten().for_each(|name| others.add(name));
        let all = self.names.iter().all(|name| others.places.contains_key(name));
        let fits = names.is_some_and(|names| names.len() == others.names.len()) && all;
        if fits { Ok(others) } else { Err(self) }
    }

    /// The places of these cells; `None` unless they stand in the order of the columns.
    pub(super) fn places(&self, pairs: &Pairs) -> Option<Vec<usize>> {
        let places: Option<Vec<usize>> = pairs.iter().map(|(name, _)| self.places.get(name).copied()).collect();
        places.filter(|places| places.is_sorted())
    }
}

/// The cells of an extra of ours, if it is as the reader makes them of a cue of this time.
pub(super) fn own(extra: &Extra, range: TimeRange) -> Option<Pairs> {
    let Extra { format, key, value } = extra;
    let derived = match *key {
        CELLS => false,
        DERIVED => true,
        _ => return None,
    };
    let fits = |(name, content): &(String, String)| {
        is_other(name) && is_derived(name) == derived && is_true(name, content, range) && !content.is_empty()
    };
    pairs(value).filter(|pairs| *format == ID && pairs.iter().all(fits))
}

/// The extra that says the order of columns.
pub(super) fn order(names: &[String]) -> Option<Extra> {
    let value = serde_json::to_string(names).ok()?;
    Some(Extra { format: ID, key: COLUMNS, value })
}

fn names(extra: &Extra) -> Option<Vec<String>> {
    let names: Vec<String> = serde_json::from_str(&extra.value).ok()?;
    let same = serde_json::to_string(&names).is_ok_and(|again| again == extra.value);
    (extra.format == ID && extra.key == COLUMNS && same).then_some(names)
}
