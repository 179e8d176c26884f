//! SubViewer (`.sub`): version 2 is read and written, version 1 is read. No standard exists; what programs agree on:
//!
//! * Version 2: a block from `[INFORMATION]` to `[SUBTITLE]`, a line of looks (`[COLF]&HFFFFFF,[STYLE]bd,…`), then cues: a line
//!   `00:00:41.00,00:00:44.40` and the text below it, in which `[br]` breaks lines; other programs break them by lines.
//! * Version 1: a block, `[BEGIN]`, then times `[00:00:41]` in whole seconds. What stands below one is shown until the next one;
//!   `|` breaks lines.
//! * The title is the track's; the rest of the block is kept for the file's own writer. `[DELAY]` is not applied, for programs do
//!   not agree on its unit; it is reported.

mod head;
mod read;
mod timing;
mod write;

use super::{Feature, Format, Leftover, Write};

/// SubViewer.
pub static FORMAT: Format = Format {
    id: ID,
    name: "SubViewer",
    spec: "no standard; version 2 as players read it, version 1 is read",
    extensions: &["sub"],
    mime: "text/x-subviewer",
    keeps: &[Feature::Header],
    leftovers: &[Leftover::content(INFORMATION), Leftover::content(LOOKS)],
    probe: read::probe,
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: None,
};

const ID: &str = "subviewer";
/// What stands above the cues, the title left out.
const INFORMATION: &str = "information";
/// The line of looks above a cue.
const LOOKS: &str = "looks";
/// Times are in hundredths of a second.
const PER_SECOND: u32 = 100;
/// What breaks lines.
const BREAK: &str = "[br]";
