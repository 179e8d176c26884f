//! SCC (`.scc`): line 21 data of CTA-608-E as words of two bytes, one a frame, behind time codes.
//!
//! No standard describes the file; its codes are those of CTA-608-E (47 CFR 15.119). What is decided where programs differ:
//!
//! * A frame is 1001/30000 s; `--fps 30` takes 1/30 s. `;` before the frames means dropped numbers (SMPTE ST 12-1).
//! * The programme starts at the whole hour at or before the first caption, if that appears at an hour or later; else at
//!   zero. So the first caption of a file says it, not the words that are sent ahead of it.
//! * A caption appears with its `EOC` and is gone with `EDM` or the next one. Each line of roll-up captions is a cue of its
//!   own, until the next one begins.
//! * Captions of CC1 are read; those of another channel if CC1 has none.
//! * Times are edited in place by the time codes of whole lines; where that does not do, and for texts, a file is written anew.
//! * What is written is pop-on, on CC1: sent ahead, so that each appears on its frame.

mod compose;
mod decode;
mod layout;
pub(super) mod letter;
mod read;
mod schedule;
mod screen;
mod splice;
mod write;

use super::{Feature, Format, Leftover, Write};
use crate::time::{FrameRate, Timecode};

/// Scenarist Closed Captions.
pub static FORMAT: Format = Format {
    id: ID,
    name: "SCC",
    spec: "CTA-608-E in Scenarist's file",
    extensions: &["scc"],
    mime: "text/x-scc",
    keeps: &[
        Feature::Italic,
        Feature::Underline,
        Feature::Color,
        Feature::Placement,
        Feature::FrameRate,
        Feature::StartTimecode,
    ],
    leftovers: &[Leftover::content(ROWS), Leftover::spelling(NON_DROP)],
    probe: read::probe,
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: Some(splice::splice),
};

const ID: &str = "scc";
/// First row and column of each line, where a placement cannot say them: `13:4 15:8`, counted from 1 and from 0.
const ROWS: &str = "rows";
/// Time codes from zero without dropped numbers.
const NON_DROP: &str = "non-drop";
/// The first line.
const SIGNATURE: &str = "Scenarist_SCC V1.0";
/// Frames of line 21 (CTA-608-E §5: one word in each field of a frame of NTSC).
const RATE: Option<FrameRate> = FrameRate::new(30_000, 1001);
/// What files count that were made on the clock, not on the picture.
const CLOCK_RATE: Option<FrameRate> = FrameRate::new(30, 1);

/// The start that a reader takes from the first frame with a caption.
fn start_of(frame: u64, rate: FrameRate, drop: bool) -> Option<Timecode> {
    let Timecode { hours, drop, .. } = Timecode::of_frame(frame, rate, drop);
    (hours > 0).then_some(Timecode { hours, drop, ..Timecode::default() })
}
