//! House styles as data: every number with its guideline, clause and date.
//!
//! A profile is a TOML file; docs/profiles.md says how to write one. The built-in ones ([`BUILTIN`]) are such files too.
//! A number that no guideline states is our own choice and says so ([`Status::House`]).

mod builtin;
mod choice;
mod describe;
mod given;
mod glyphs;
mod length;
mod load;
mod set;
mod setting;

pub use builtin::{BUILTIN, Builtin, DEFAULT, builtin, choose, default_for, ids, is_builtin};
pub use choice::{
    BOMS, Bom, CONTINUATIONS, Continuation, DASHES, Dash, ELLIPSES, Ellipsis, LABEL_POLICIES, LabelPolicy, MARKUP,
    NEWLINES, Newlines, PUNCTUATIONS, Punctuation, QUOTES, Quotes, SPACINGS, Spacing,
};
pub use describe::{Described, describe};
pub use glyphs::{GLYPHS, Glyphs};
pub use length::Length;
pub use load::{load, load_variant};

use crate::lang::LangTag;
use crate::measure::Ruler;

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
    /// Fastest reading speed, in words a minute.
    pub max_wpm: Option<Setting<f64>>,
    /// Longest line in Latin script where the language is written in Han, kana or hangul (the second language of
    /// bilingual cues); every character counts 1.
    pub max_line_latin: Option<Setting<u32>>,
    /// Whether text that fits one line stands on one.
    pub prefer_one_line: Option<Setting<bool>>,
    /// Whether cues start and end on frames.
    pub snap_to_frames: Option<Setting<bool>>,
    /// How near a shot change a start or an end may not lie, unless on it or `shot_gap` before it.
    pub shot_zone: Option<Setting<Length>>,
    /// How long before a shot change a cue ends that ends near it.
    pub shot_gap: Option<Setting<Length>>,
    /// How an ellipsis is written.
    pub ellipsis: Option<Setting<Ellipsis>>,
    /// How quotation marks are written.
    pub quotes: Option<Setting<Quotes>>,
    /// How two speakers in one cue are marked.
    pub dialogue_dash: Option<Setting<Dash>>,
    /// Whether italics are allowed.
    pub italics: Option<Setting<bool>>,
    /// Whether text all in capitals is allowed.
    pub all_caps: Option<Setting<bool>>,
    /// How a sentence is marked that goes on in the next cue.
    pub continuation: Option<Setting<Continuation>>,
    /// Whether the text says who speaks.
    pub labels: Option<Setting<LabelPolicy>>,
    /// The characters that can be shown.
    pub glyphs: Option<Setting<Glyphs>>,
    /// File extensions that are accepted, without the dot, in lower case.
    pub extensions: Option<Setting<Vec<String>>>,
    /// The largest file, in bytes.
    pub max_bytes: Option<Setting<u64>>,
    /// Whether a byte order mark stands at the start of the file.
    pub bom: Option<Setting<Bom>>,
    /// How lines end in the file.
    pub newlines: Option<Setting<Newlines>>,
    /// The encoding of the file, as WHATWG names it: `UTF-8`.
    pub encoding: Option<Setting<String>>,
    /// The kinds of markup ([`MARKUP`]) that are shown there; empty where only plain text is.
    pub markup: Option<Setting<Vec<String>>>,
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
            max_wpm: None,
            max_line_latin: None,
            prefer_one_line: None,
            snap_to_frames: None,
            shot_zone: None,
            shot_gap: None,
            ellipsis: None,
            quotes: None,
            dialogue_dash: None,
            italics: None,
            all_caps: None,
            continuation: None,
            labels: None,
            glyphs: None,
            extensions: None,
            max_bytes: None,
            bom: None,
            newlines: None,
            encoding: None,
            markup: None,
        }
    }
}
