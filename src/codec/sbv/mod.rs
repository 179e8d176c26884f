//! SBV (`.sbv`), the plain format of YouTube's caption editor.
//!
//! A cue is a line `0:00:01.000,0:00:02.000` and the lines below it up to a blank one. There is no markup; YouTube's help
//! ("Supported subtitle and closed caption files") shows the format without more words. As with SubRip, everything up to the
//! next timing line is the cue's text, blank lines inside it are left out when writing, and a line of text that would be read
//! as a timing line gets an invisible U+2060 in front.

mod read;
mod splice;
mod timing;
mod write;

use super::srt::lines::is_blank;
use super::{Feature, Format, Write};

/// SBV.
pub static FORMAT: Format = Format {
    id: "sbv",
    name: "YouTube SBV",
    spec: "YouTube Help, \"Supported subtitle and closed caption files\"",
    extensions: &["sbv"],
    mime: "text/plain",
    keeps: NOTHING_BUT_TEXT,
    leftovers: &[],
    probe,
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: Some(splice::splice),
};

/// Text and times in milliseconds.
const NOTHING_BUT_TEXT: &[Feature] = &[];

/// How many lines are looked at: a file begins with a timing line.
const PROBED_LINES: usize = 8;

fn probe(text: &str) -> u8 {
    let first = text.split(['\n', '\r']).take(PROBED_LINES).find(|line| !is_blank(line));
    if first.is_some_and(|line| timing::timing(line).is_some()) { 220 } else { 0 }
}
