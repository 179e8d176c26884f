//! Words with times, and with how we know.

use super::pronunciation::{Boundary, WordRef};
use super::transcript::Transcript;
use crate::time::TimeRange;

/// A timed transcript: everything needed to make captions again, for another profile, without article or media.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// What was timed.
    pub transcript: Transcript,
    /// The stretch that the words fill.
    pub extent: TimeRange,
    /// Every word that is said, in order; times never go back.
    pub words: Vec<WordTiming>,
}

/// When a word is said.
#[derive(Clone, Debug, PartialEq)]
pub struct WordTiming {
    /// Which word.
    pub word: WordRef,
    /// When; `None` if it was not found ([`Heard::Missing`]).
    pub range: Option<TimeRange>,
    /// How that is known.
    pub how: Heard,
    /// Its syllables, in order, inside `range`.
    pub units: Vec<UnitTiming>,
    /// What stands after it in the writing.
    pub boundary: Boundary,
}

/// When a syllable is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitTiming {
    /// Its sound, for people: pinyin with tone, letters.
    pub sound: Box<str>,
    /// When.
    pub range: TimeRange,
}

/// How a time is known. Never a silent guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Heard {
    /// Given by the article or the user.
    Anchored,
    /// Worked out from the length of the text.
    Estimated,
    /// Not found: no time.
    Missing,
}

/// Each way of knowing with its name in JSON.
pub static HEARD: &[(Heard, &str)] =
    &[(Heard::Anchored, "anchored"), (Heard::Estimated, "estimated"), (Heard::Missing, "missing")];

impl Heard {
    /// Its name.
    pub fn name(self) -> &'static str {
        HEARD.iter().find(|(heard, _)| *heard == self).map_or("", |(_, name)| name)
    }

    /// The way of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        HEARD.iter().find(|(_, n)| *n == name).map(|(heard, _)| *heard)
    }
}
