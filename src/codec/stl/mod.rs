//! EBU STL (`.stl`, Tech 3264): a general block (GSI) of 1024 bytes and blocks of text and timing (TTI) of 128.
//!
//! What is decided where programs differ:
//!
//! * `STL30.01` counts the frames of 525 lines, 30000/1001 a second; `--fps 30` takes 30.
//! * The programme starts at the TCP. Where that is zero, and the first subtitle at an hour or later, it is the whole hour.
//! * A code of teletext shows as a space, and ends with its row; italics and underline (80 to 83) go on.
//! * What is not boxed is read, too.
//! * Blocks of user data come back as they are. Of comments the text does, as a note: other formats have a place for it.
//! * What is written is teletext (lines of double height in boxes), or open subtitles if there are italics or underlines, in the
//!   one character table that has most of the letters; rows have 40 columns, codes included, and longer lines are broken.

mod code_page;
mod compose;
mod head;
mod kept;
mod letter;
mod looks;
mod place;
mod plan;
mod read;
mod text;
mod user;
mod write;

use super::{Feature, Format, Leftover, Write};
use crate::time::{FrameRate, Timecode};

/// EBU STL.
pub static FORMAT: Format = Format {
    id: ID,
    name: "EBU STL",
    spec: "EBU Tech 3264",
    extensions: &["stl"],
    mime: "application/x-ebu-stl",
    keeps: &[
        Feature::Italic,
        Feature::Underline,
        Feature::Color,
        Feature::Background,
        Feature::Placement,
        Feature::Note,
        Feature::Header,
        Feature::FrameRate,
        Feature::StartTimecode,
        Feature::TrackLang,
    ],
    leftovers: &[
        Leftover::spelling(head::DSC),
        Leftover::content("OET"),
        Leftover::content("TPT"),
        Leftover::content("TET"),
        Leftover::content("TN"),
        Leftover::content("TCD"),
        Leftover::content("SLR"),
        Leftover::content("CD"),
        Leftover::content("RD"),
        Leftover::content("RN"),
        Leftover::spelling(head::MNC),
        Leftover::spelling(head::MNR),
        Leftover::content("CO"),
        Leftover::content("PUB"),
        Leftover::content("EN"),
        Leftover::content("ECD"),
        Leftover::content("UDA"),
        Leftover::spelling(FIELD),
        Leftover::content(EFFECTS),
        Leftover::content(CUMULATIVE),
        Leftover::content(GROUP),
        Leftover::content(USER),
    ],
    probe: |_| 0,
    probe_bytes: Some(head::probe),
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: None,
};

const ID: &str = "stl";
/// Row, justification and text field of a subtitle as the file has them, where we would write others; with codes that show what a
/// text cannot say it is `effects`.
const FIELD: &str = "field";
const EFFECTS: &str = "effects";
/// Cumulative status: 1 to 3 for the first, a middle and the last of a set (Tech 3264 §4.2, CS).
const CUMULATIVE: &str = "cumulative";
/// The number of the subtitle's group, if not 0 (SGN).
const GROUP: &str = "group";
/// A block of user data, of a subtitle or of none.
const USER: &str = "user-data";
/// Bytes of a block of text and timing (Tech 3264 §4.2), and where the text begins in it (TF).
const BLOCK: usize = 128;
const TEXT: usize = 16;
/// The last block of a subtitle, blocks of user data, and how many blocks a subtitle may have (EBN).
const LAST: u8 = 0xFF;
const USER_DATA: u8 = 0xFE;
const MOST_EXTENSIONS: u8 = 0xF0;

/// When the programme starts: as the file says, else the whole hour at or before the first subtitle.
fn start_of(said: Option<Timecode>, first: Option<u64>, rate: FrameRate) -> Option<Timecode> {
    let said = said.filter(|code| *code != Timecode::default() && code.frame(rate).is_some());
    said.or_else(|| guess(first?, rate)).filter(|_| first.is_some())
}

fn guess(first: u64, rate: FrameRate) -> Option<Timecode> {
    let Timecode { hours, .. } = Timecode::of_frame(first, rate, false);
    (hours > 0).then_some(Timecode { hours, ..Timecode::default() })
}
