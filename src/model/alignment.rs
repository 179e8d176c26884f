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
    /// Every word of the transcript, in order; times never go back. A word that nobody says is [`Heard::Missing`].
    pub words: Vec<WordTiming>,
    /// Stretches of the media, longer than a second, in which something is heard that the transcript does not have.
    pub untranscribed: Vec<Untranscribed>,
    /// How well transcript and sound fit; `None` if the times do not come from sound.
    pub fit: Option<Fit>,
    /// What it was made from; `None` if nobody said.
    pub provenance: Option<Box<Provenance>>,
}

/// A stretch of the media that the transcript does not have.
#[derive(Clone, Debug, PartialEq)]
pub struct Untranscribed {
    /// When.
    pub range: TimeRange,
    /// What is heard there.
    pub sound: Sound,
}

/// What is heard where the transcript has nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sound {
    /// Somebody speaks.
    Speech,
    /// Music, noise or anything else that is no silence.
    Other,
}

/// Each sound with its name in JSON.
pub static SOUNDS: &[(Sound, &str)] = &[(Sound::Speech, "speech"), (Sound::Other, "other")];

/// How well transcript and sound fit, over the whole recording.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Fit {
    /// Mean rank of the spoken states among all states of the model, 0 (each is the best) to 1.
    pub rank: f32,
    /// Share of the sound (without silence) that no word covers.
    pub uncovered: f32,
    /// Share of the words that were not found.
    pub missing: f32,
    /// Probability (0 to 1) that this transcript belongs to this recording.
    pub p: f32,
}

/// What an alignment was made from, so that it can be made again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Provenance {
    /// Name and version of the program: `zimu 0.2.0`.
    pub program: String,
    /// The article: file name without folders, and SHA-256 of its bytes in hexadecimal.
    pub article: Option<FileHash>,
    /// The media: the same.
    pub media: Option<FileHash>,
    /// The acoustic model, by name and version.
    pub model: Option<String>,
    /// Options that change times, as they were given: `--start 0:10`.
    pub options: Vec<String>,
}

/// A file as it was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileHash {
    /// Its name, without folders.
    pub name: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
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
    /// Probability (0 to 1) that its start is within 300 ms of the truth; `None` if nobody can say.
    pub start_p: Option<f32>,
    /// Why its time, or its being there, is in doubt.
    pub doubt: Option<Doubt>,
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
    /// Found in the sound.
    Acoustic,
    /// Between two words that were found.
    Interpolated,
    /// Given by a speech recogniser, for the word that it heard.
    Recognised,
    /// Given by the article or the user.
    Anchored,
    /// Worked out from the length of the text.
    Estimated,
    /// Not found: no time.
    Missing,
}

/// Each way of knowing with its name in JSON.
pub static HEARD: &[(Heard, &str)] = &[
    (Heard::Acoustic, "acoustic"),
    (Heard::Interpolated, "interpolated"),
    (Heard::Recognised, "recognised"),
    (Heard::Anchored, "anchored"),
    (Heard::Estimated, "estimated"),
    (Heard::Missing, "missing"),
];

/// Why a word is in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Doubt {
    /// It may not be said at all.
    Unspoken,
    /// Something is said around it that the transcript does not have.
    Untranscribed,
    /// Music or noise covers it.
    Noise,
    /// It was squeezed into less time than it takes to say it, or drawn out over more.
    Length,
    /// Its start could as well lie elsewhere.
    Unclear,
}

/// Each doubt with its name in JSON.
pub static DOUBTS: &[(Doubt, &str)] = &[
    (Doubt::Unspoken, "unspoken"),
    (Doubt::Untranscribed, "untranscribed"),
    (Doubt::Noise, "noise"),
    (Doubt::Length, "length"),
    (Doubt::Unclear, "unclear"),
];

impl Doubt {
    /// Its name.
    pub fn name(self) -> &'static str {
        DOUBTS.iter().find(|(doubt, _)| *doubt == self).map_or("", |(_, name)| name)
    }
}

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
