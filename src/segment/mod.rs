//! Timed words to cues.

use crate::diag::Report;
use crate::model::{Alignment, Labels, Track};
use crate::profile::{Profile, Punctuation, Spacing};
use crate::time::FrameRate;

/// How to make cues, beyond the profile.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Where labels will be shown: their width is part of the line.
    pub labels: Labels,
    /// How glosses are shown.
    pub gloss: GlossMode,
    /// Instead of the profile's.
    pub punctuation: Option<Punctuation>,
    /// Instead of the profile's.
    pub spacing: Option<Spacing>,
    /// Two short turns may share a cue, a dash before each.
    pub dialogue: bool,
    /// The media's frame rate, for limits in frames.
    pub frame_rate: Option<FrameRate>,
}

/// How glosses are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum GlossMode {
    /// Both halves as written: `idea(点子)`.
    #[default]
    Keep,
    /// The spoken half only: `idea`.
    Spoken,
    /// The gloss only: `点子`.
    Gloss,
    /// The gloss on a second line: `idea` / `点子`.
    Line,
    /// Ruby: the gloss over the term.
    Ruby,
    /// No mark of it at all: the term.
    Off,
}

/// Breaks an alignment into cues for `profile`. What cannot satisfy its limits is reported, cue by cue; nothing is cut.
pub fn segment(_alignment: &Alignment, _profile: &Profile, _options: &Options, _report: &mut Report) -> Track {
    Track::default()
}
