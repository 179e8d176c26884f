//! LRC (`.lrc`): `[mm:ss.xx]text`, and enhanced LRC: `<mm:ss.xx>` before a word. No standard exists. What is decided where players
//! differ:
//!
//! * A line has no end: it stands until the next line, and an empty line ends it. The last one is given three seconds, unless
//!   an empty line follows it.
//! * Lines with the same time are the lines of one cue (text and translation).
//! * A time after the last word ends the line.
//! * Edited in place, a line that shall end before the next one gets an empty line after it. What that cannot say, and cues that come
//!   or go, make the file be written anew.
//! * `[offset:500]` makes all lines appear half a second earlier.

mod read;
mod splice;
mod stamp;
mod write;

use super::{Feature, Format, Leftover, Write};

/// LRC.
pub static FORMAT: Format = Format {
    id: ID,
    name: "LRC",
    spec: "no standard; as players read it, with the enhanced form's word times",
    extensions: &["lrc"],
    mime: "text/x-lrc",
    keeps: &[Feature::Shown, Feature::Header, Feature::TrackLang],
    leftovers: &[Leftover::content(TAG)],
    probe: read::probe,
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: Some(splice::splice),
};

const ID: &str = "lrc";
/// A tag that only LRC knows: `ar:Name`.
const TAG: &str = "tag";
/// The tag of the title.
const TITLE: &str = "ti";
/// The tag of the language.
const LANGUAGE: &str = "la";
/// The tag that moves all lines, in milliseconds.
const OFFSET: &str = "offset";
/// Times are in hundredths of a second.
const PER_SECOND: u32 = 100;
