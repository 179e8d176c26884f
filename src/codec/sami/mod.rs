//! SAMI (`.smi`), after Microsoft's "Understanding SAMI 1.0" and what players make of the files that people have: tags in any case and
//! nesting, quotation marks left out, nothing closed. What is decided where they differ:
//!
//! * A text stands until the next `SYNC` for its class; one of white space (`&nbsp;`) ends it. The last one is given three seconds.
//! * A file may hold several languages, each a class that the style sheet describes. One is read: the one asked for, else the one
//!   with the most cues. The others are reported.
//! * Texts that begin at the same time are lines of one cue; `SYNC`s out of order are put in order.
//! * `<P ID=Source>` is who speaks, until another one.
//! * White space is as in HTML; `<BR>` breaks lines. Line breaks at either end of a text are not kept.
//! * Comments are the track's notes. Tags that are not understood are kept for the file's own writer.

mod paragraph;
mod read;
mod scan;
mod sheet;
mod write;

use super::{Feature, Format, Leftover, Write};

/// SAMI.
pub static FORMAT: Format = Format {
    id: ID,
    name: "SAMI",
    spec: "Microsoft, \"Understanding SAMI 1.0\", as players read it",
    extensions: &["smi", "sami"],
    mime: "application/x-sami",
    keeps: &[
        Feature::Voice,
        Feature::Bold,
        Feature::Italic,
        Feature::Underline,
        Feature::Strike,
        Feature::Color,
        Feature::Font,
        Feature::Note,
        Feature::Header,
        Feature::TrackLang,
    ],
    leftovers: &[Leftover::content(TAG), Leftover::content(STYLE), Leftover::content(PARAM)],
    probe: read::probe,
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: None,
};

const ID: &str = "sami";
/// A tag that only SAMI's players understand.
const TAG: &str = "tag";
/// The class of the track, and in further lines the style sheet.
const STYLE: &str = "style";
/// What stands in `SAMIParam`.
const PARAM: &str = "param";
/// Times are in milliseconds.
const PER_SECOND: u32 = 1000;
