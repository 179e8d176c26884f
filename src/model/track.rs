//! A track: the cues of one file and what stands around them.

use super::cue::Cue;
use super::extras::Extra;
use crate::lang::LangTag;
use crate::time::{FrameRate, TimeDelta, Timecode};

/// The cues of one file in file order, and what stands around them.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Track {
    /// Id of the caption format it was read from (`vtt`); `None` if it was not read from one.
    pub format: Option<&'static str>,
    /// Language of the text, if known.
    pub lang: Option<LangTag>,
    /// How coarsely the file's times are rounded (1 ms for SRT); zero if they are exact.
    pub resolution: TimeDelta,
    /// Frames a second of the media, where the file counts frames or says so.
    pub frame_rate: Option<FrameRate>,
    /// The time code of the media's first instant, where the programme does not start at zero (01:00:00:00). Times of
    /// cues are media times, counted from it.
    pub start_timecode: Option<Timecode>,
    /// Title or header text.
    pub header: Option<String>,
    /// Regions that cues may stand in.
    pub regions: Vec<Region>,
    /// Comments between the cues.
    pub notes: Vec<Note>,
    /// Leftovers of one format (`STYLE` blocks, for one).
    pub extras: Vec<Extra>,
    /// The cues.
    pub cues: Vec<Cue>,
}

/// A region, in WebVTT's vocabulary (§4.3); numbers are thousandths of a percent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Its id.
    pub id: String,
    /// Width, of the video's.
    pub width: i64,
    /// How many lines high.
    pub lines: u32,
    /// The point of the region that is pinned: x, y.
    pub region_anchor: (i64, i64),
    /// The point of the video it is pinned to: x, y.
    pub viewport_anchor: (i64, i64),
    /// New cues push older ones up.
    pub scroll_up: bool,
}

/// A comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Index of the cue it stands before; the number of cues if it stands at the end.
    pub before: u32,
    /// Its text.
    pub text: String,
}

impl Track {
    /// Equal in everything but where it comes from and its resolution: the equality that conversions are judged by.
    pub fn same_content(&self, other: &Self) -> bool {
        let Self { format: _, lang, resolution: _, frame_rate, start_timecode, header, regions, notes, extras, cues } =
            self;
        *lang == other.lang
            && *frame_rate == other.frame_rate
            && *start_timecode == other.start_timecode
            && *header == other.header
            && *regions == other.regions
            && *notes == other.notes
            && *extras == other.extras
            && cues.len() == other.cues.len()
            && cues.iter().zip(&other.cues).all(|(a, b)| a.same_content(b))
    }
}
