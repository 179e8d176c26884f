//! Lines, and which of them are blank.

use memchr::{memchr, memchr2, memrchr2};
use std::ops::Range;

/// White space inside a line, and the byte order mark that joining files leaves in the middle of one.
pub(in crate::codec) const BLANK: [char; 3] = [' ', '\t', '\u{FEFF}'];

/// A line that is a cue's number.
pub(in crate::codec) fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a line counts as blank: it separates cues, and cannot stand at either end of a text.
pub(in crate::codec) fn is_blank(line: &str) -> bool {
    // Nearly every line begins with a visible character, and that settles it. 0xEF begins U+FEFF.
    let visible = line.as_bytes().first().is_some_and(|first| *first > b' ' && *first != 0xEF);
    !visible && line.trim_matches(BLANK).is_empty()
}

/// Whether any line of a text is blank; the empty text is one blank line.
pub(in crate::codec) fn has_blank_line(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = memchr(b'\n', rest.as_bytes()) {
        if rest.get(..at).is_none_or(is_blank) {
            return true;
        }
        rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
    }
    is_blank(rest)
}

/// The last line of a text that consists of whole lines, and where it begins.
pub(in crate::codec) fn last_line(region: &str) -> Option<(usize, &str)> {
    if region.is_empty() {
        return None;
    }
    let region = region.strip_suffix('\n').unwrap_or(region);
    let region = region.strip_suffix('\r').unwrap_or(region);
    let start = memrchr2(b'\n', b'\r', region.as_bytes()).map_or(0, |i| i.saturating_add(1));
    Some((start, region.get(start..)?))
}

/// The part of `range` from its first to its last line that is not blank, without the last line's end.
pub(in crate::codec) fn trim_blank_lines(text: &str, range: Range<usize>) -> Range<usize> {
    const ENDS: [char; 5] = ['\n', '\r', ' ', '\t', '\u{FEFF}'];
    let all = text.get(range.clone()).unwrap_or_default();
    let first = all.len().saturating_sub(all.trim_start_matches(ENDS).len());
    let last = all.trim_end_matches(ENDS).len();
    if first >= last {
        return range.start..range.start;
    }
    // Back to the start of the first line and on to the end of the last one: their own spaces stay.
    let head = all.get(..first).unwrap_or_default();
    let start = memrchr2(b'\n', b'\r', head.as_bytes()).map_or(0, |i| i.saturating_add(1));
    let tail = all.get(last..).unwrap_or_default();
    let end = last.saturating_add(memchr2(b'\n', b'\r', tail.as_bytes()).unwrap_or(tail.len()));
    range.start.saturating_add(start)..range.start.saturating_add(end)
}
