//! House styles as data: every number with its guideline, clause and date.
//!
//! A profile is a TOML file; docs/profiles.md says how to write one. The built-in ones ([`BUILTIN`]) are such files too.
//! A number that no guideline states is our own choice and says so ([`Status::House`]).

mod builtin;
mod describe;
mod load;
mod setting;

pub use builtin::{BUILTIN, DEFAULT, builtin, choose, default_for};
pub use describe::describe;
pub use load::load;

use crate::lang::LangTag;
use crate::measure::Ruler;
use crate::time::{FrameRate, TimeDelta};

/// The rules of one place that captions go to. A limit that the place does not state is `None`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Profile {
    /// Its name on the command line.
    pub id: String,
    /// For people.
    pub name: String,
    /// The language it is for; `None` for any.
    pub lang: Option<LangTag>,
    /// How the length of a line is counted.
    pub line_ruler: Setting<Ruler>,
    /// How characters are counted for the reading speed.
    pub speed_ruler: Setting<Ruler>,
    /// Longest line, in characters of `line_ruler`.
    pub max_line: Option<Setting<u32>>,
    /// Most lines of a cue.
    pub max_lines: Option<Setting<u32>>,
    /// Fastest reading speed, in characters a second of `speed_ruler`.
    pub max_cps: Option<Setting<f64>>,
    /// Shortest time a cue may stand.
    pub min_duration: Option<Setting<Length>>,
    /// Longest time a cue may stand.
    pub max_duration: Option<Setting<Length>>,
    /// Least gap between cues.
    pub min_gap: Option<Setting<Length>>,
    /// Gaps shorter than this are closed to `min_gap` (chaining).
    pub chain_below: Option<Setting<Length>>,
    /// How long a cue may stand after its last word.
    pub max_linger: Option<Setting<Length>>,
    /// What becomes of Chinese punctuation.
    pub punctuation: Setting<Punctuation>,
    /// Space between Han and Latin.
    pub spacing: Setting<Spacing>,
}

/// A value with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// How far to trust it.
    pub status: Status,
    /// The guideline (`Netflix zh-Hans Timed Text Style Guide`); for a house value, the reason.
    pub source: String,
    /// The clause of it, if known.
    pub clause: Option<String>,
    /// When it was seen, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
}

/// Each status with its name in profiles and its name in Chinese.
pub static STATUSES: &[(Status, &str, &str)] = &[
    (Status::Sourced, "sourced", "有出处"),
    (Status::Unverified, "unverified", "未核实"),
    (Status::House, "house", "自定"),
];

/// How far to trust a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Seen in the guideline or in the source that implements it.
    Sourced,
    /// Reported by others, not seen.
    Unverified,
    /// Our own choice, with a reason; no platform's rule.
    House,
}

/// A length of time, in milliseconds or in frames of whatever rate the media has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// A fixed time.
    Time(TimeDelta),
    /// So many frames; where no rate is known, the stated time stands in.
    Frames {
        /// How many.
        frames: u32,
        /// Without a frame rate.
        otherwise: TimeDelta,
    },
}

impl Length {
    /// The time it means at `rate`.
    ///
    /// ```
    /// use zimu::profile::Length;
    /// use zimu::time::{FrameRate, TimeDelta};
    /// let gap = Length::Frames { frames: 2, otherwise: TimeDelta::from_millis(83) };
    /// assert_eq!(gap.at(FrameRate::new(25, 1)), TimeDelta::from_millis(80));
    /// assert_eq!(gap.at(None), TimeDelta::from_millis(83));
    /// ```
    pub fn at(self, rate: Option<FrameRate>) -> TimeDelta {
        match (self, rate) {
            (Length::Time(time), _) => time,
            (Length::Frames { frames, .. }, Some(rate)) => rate.frames(frames),
            (Length::Frames { otherwise, .. }, None) => otherwise,
        }
    }
}

/// What becomes of Chinese punctuation in captions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Punctuation {
    /// All of it stays.
    #[default]
    Keep,
    /// Commas and full stops at the end of a line go.
    DropFinal,
    /// Commas and full stops become a space inside a line and go at its end; `？！` and quotation marks stay.
    Space,
}

/// Each treatment of punctuation with its name.
pub static PUNCTUATIONS: &[(Punctuation, &str)] =
    &[(Punctuation::Keep, "keep"), (Punctuation::DropFinal, "drop-final"), (Punctuation::Space, "space")];

/// Space between Han and Latin letters or digits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spacing {
    /// As written.
    #[default]
    Keep,
    /// One space (盘古之白).
    Insert,
    /// None.
    Remove,
}

/// Each spacing with its name.
pub static SPACINGS: &[(Spacing, &str)] =
    &[(Spacing::Keep, "keep"), (Spacing::Insert, "insert"), (Spacing::Remove, "remove")];

impl Profile {
    /// A profile that states no limit; every character counts 1. What a profile file and its bases do
    /// not set stays so; also a base for callers with rules of their own.
    pub fn unlimited(id: &str) -> Self {
        fn house<T>(value: T) -> Setting<T> {
            let source = "neither the profile nor its base says".to_owned();
            Setting { value, origin: Origin { status: Status::House, source, clause: None, date: String::new() } }
        }
        Self {
            id: id.to_owned(),
            name: id.to_owned(),
            lang: None,
            line_ruler: house(Ruler::Each),
            speed_ruler: house(Ruler::Each),
            max_line: None,
            max_lines: None,
            max_cps: None,
            min_duration: None,
            max_duration: None,
            min_gap: None,
            chain_below: None,
            max_linger: None,
            punctuation: house(Punctuation::Keep),
            spacing: house(Spacing::Keep),
        }
    }
}
