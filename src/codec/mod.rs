//! Caption formats: each a static row of [`FORMATS`] over functions of its own file.

pub mod native;
pub mod srt;
pub mod vtt;

use crate::diag::Report;
use crate::error::Result;
use crate::model::{Labels, Track};
use crate::source::Source;

/// One caption format.
pub struct Format {
    /// Short name on the command line: `srt`.
    pub id: &'static str,
    /// For people: `SubRip`.
    pub name: &'static str,
    /// The specification it follows.
    pub spec: &'static str,
    /// File name extensions, without the dot, the usual one first.
    pub extensions: &'static [&'static str],
    /// Media type.
    pub mime: &'static str,
    /// What it can hold: what is not here is reported as lost or kept in another way.
    pub keeps: &'static [Feature],
    /// How much a text looks like this format: 0 (not at all) to 255 (certainly).
    pub probe: fn(&str) -> u8,
    /// Reads a track. Wrong data is reported, not an error; only what is not this format at all is.
    pub read: fn(&Source, &ReadOptions, &mut Report) -> Result<Track>,
    /// Writes a track. Each thing it cannot keep is reported.
    pub write: fn(&Track, &WriteOptions, &mut Report) -> Result<Vec<u8>>,
}

/// Every format, once. Help, probing, documents, round trips and fuzzing walk it.
pub static FORMATS: &[&Format] = &[&srt::FORMAT, &vtt::FORMAT, &native::FORMAT];

/// How to read.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReadOptions {}

/// How to write.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// When speakers' names are shown in the text.
    pub labels: Labels,
}

/// Something that a track can hold and a format may keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Feature {
    /// Exact times (otherwise rounded to the format's unit).
    ExactTimes,
    /// Cue identifiers.
    CueId,
    /// Who speaks.
    Voice,
    /// Language of a stretch of text.
    Lang,
    /// Classes.
    Class,
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// Struck through.
    Strike,
    /// Text colour.
    Color,
    /// Background colour.
    Background,
    /// Font.
    Font,
    /// Ruby readings.
    Ruby,
    /// Glosses.
    Gloss,
    /// What is written and not said.
    Unsaid,
    /// Emphasis marks.
    Emphasis,
    /// Upright in vertical text.
    Upright,
    /// Times inside a cue.
    Shown,
    /// Placement.
    Placement,
    /// Regions.
    Region,
    /// Comments.
    Note,
    /// Header text.
    Header,
    /// Language of the track.
    TrackLang,
    /// Words with times, confidence, how times are known.
    Evidence,
}
