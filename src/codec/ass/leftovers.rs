//! Lines between the events that are no cues, kept in their place.

use super::{ID, key};
use crate::model::Extra;

/// Lines that stand before the cue of an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed<'a> {
    pub(super) before: u32,
    pub(super) lines: &'a str,
}

impl<'a> Placed<'a> {
    /// From an extra's value: the lines, then the index on a line of its own.
    pub(super) fn read(value: &'a str) -> Option<Self> {
        let (lines, before) = value.rsplit_once('\n')?;
        let digits = !before.starts_with('+');
        Some(Self { before: before.parse().ok().filter(|_| digits)?, lines })
    }
}

/// The extra of some lines.
pub(super) fn extra(key: &'static str, before: usize, lines: &str) -> Extra {
    Extra { format: ID, key, value: format!("{lines}\n{before}") }
}

/// Whether a track's extra is one of these.
pub(super) fn is_placed(extra: &Extra) -> bool {
    extra.format == ID && matches!(extra.key, key::LINES | key::BLANK | key::COMMENT | key::DRAWING)
}

/// A comment's text as a note: only line breaks are understood.
pub(super) fn note_of(text: &str) -> String {
    text.replace("\\N", "\n")
}

/// A note as a comment's text, and whether it comes back.
pub(super) fn comment_of(note: &str) -> (String, bool) {
    let text = note.replace("\r\n", "\n").replace(['\n', '\r'], "\\N");
    let same = note_of(&text) == note;
    (text, same)
}
