//! SubRip (`.srt`).
//!
//! No standard exists. What is read is what common players show; whose mess each leniency is, is said where it is taken,
//! and fixtures/srt has a file for each. What is decided where players differ:
//!
//! * A cue begins at its timing line. A number right before it is its number and is not kept; other text between a blank
//!   line and it is the cue's id.
//! * Everything up to the next cue is the cue's text: blank lines inside it, and lines that hold only a number, too.
//! * `,5` is half a second (see `timing`).
//! * Unknown markup is kept; it is hidden where players hide it, and text where they show it (see `markup`).
//! * `&` is text: SubRip has no entities.
//! * A cue is written with a number from 1 on, `\n` line ends and no byte order mark. Text that would be read as markup or as
//!   a timing line gets an invisible U+2060 into it, blank lines inside a text are left out, and both are reported.

pub(in crate::codec) mod color;
mod conform;
pub(in crate::codec) mod lines;
mod markup;
mod oddities;
pub(in crate::codec) mod placement;
mod read;
mod render;
mod splice;
mod timing;
mod token;
mod write;

pub use conform::CONFORMANCE;

use super::{Feature, Format, Leftover, Write};
use crate::time::TimeDelta;
use lines::{BLANK, is_blank, is_number};
use timing::timing;

/// The format's id: it marks the leftovers that are its own.
const ID: &str = "srt";

/// Keys of the extras that this format owns.
mod key {
    /// In a text: markup that is hidden and not understood.
    pub(super) const TAG: &str = "tag";
    /// Of a cue: `X1:… X2:… Y1:… Y2:…` after the times.
    pub(super) const COORDINATES: &str = "coordinates";
    /// Of a cue: other text after the times.
    pub(super) const SETTINGS: &str = "settings";
}

/// SubRip writes milliseconds.
const RESOLUTION: TimeDelta = TimeDelta::from_millis(1);

/// SubRip.
pub static FORMAT: Format = Format {
    id: ID,
    name: "SubRip",
    spec: "what common players read (there is no standard)",
    extensions: &["srt"],
    mime: "application/x-subrip",
    keeps: &[
        Feature::Bold,
        Feature::Italic,
        Feature::Underline,
        Feature::Strike,
        Feature::Color,
        Feature::Font,
        Feature::Placement,
    ],
    leftovers: &[Leftover::content(key::TAG), Leftover::content(key::COORDINATES), Leftover::content(key::SETTINGS)],
    probe,
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Blocks(write::write)),
    splice: Some(splice::splice),
};

/// How many lines are looked at to recognise the format.
const PROBED_LINES: usize = 200;

/// The first timing line decides: with its number and commas it is SubRip; with points and no number it may be anything
/// that resembles WebVTT.
fn probe(text: &str) -> u8 {
    if text.starts_with("WEBVTT") {
        return 0;
    }
    let mut before = "";
    for line in text.split(['\n', '\r']).filter(|line| !is_blank(line)).take(PROBED_LINES) {
        if timing(line).is_some() {
            let numbered = is_number(before.trim_matches(BLANK));
            return match (numbered, line.contains(',')) {
                (true, true) => 230,
                (false, true) => 180,
                (true, false) => 140,
                (false, false) => 60,
            };
        }
        before = line;
    }
    0
}
