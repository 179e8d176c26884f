//! The line of a source that a span begins in, cut to what a terminal shows.

use super::escape::disturbs;
use crate::source::Span;
use std::ops::Range;

/// Bytes shown on either side of a long line's place: about one terminal line in all.
const AROUND: usize = 60;
/// Bytes of the span itself that are shown.
const WITHIN: usize = 100;

/// A line, or the middle of one.
#[derive(Debug)]
pub(super) struct Excerpt {
    /// What is shown; harmless on a terminal.
    pub(super) line: String,
    /// The place in it.
    pub(super) span: Range<usize>,
    /// Nothing is cut away before it.
    pub(super) from_start: bool,
}

/// The excerpt around the start of `span`; `None` if it lies outside the text. Reads a few hundred bytes at most.
pub(super) fn excerpt(text: &str, span: Span) -> Option<Excerpt> {
    let Range { start, end } = span.range();
    if start > text.len() {
        return None;
    }
    let start = floor(text, start);
    let left = floor(text, start.saturating_sub(AROUND));
    let before = text.get(left..start)?;
    let line_start = before.rfind(['\n', '\r']).map_or(left, |i| left.saturating_add(i).saturating_add(1));
    let limit = floor(text, end.clamp(start, start.saturating_add(WITHIN)).saturating_add(AROUND));
    let after = text.get(start..limit)?;
    let line_end = after.find(['\n', '\r']).map_or(limit, |i| start.saturating_add(i));
    let span_end = floor(text, end.min(start.saturating_add(WITHIN))).clamp(start, line_end);

    let mut line = String::new();
    let from_start = line_start > left || left == 0 || text.get(..left)?.ends_with(['\n', '\r']);
    if !from_start {
        line.push('…');
    }
    push_shown(&mut line, text.get(line_start..start)?);
    let from = line.len();
    push_shown(&mut line, text.get(start..span_end)?);
    let to = line.len();
    push_shown(&mut line, text.get(span_end..line_end)?);
    if line_end == limit && limit < text.len() && !text.get(limit..)?.starts_with(['\n', '\r']) {
        line.push('…');
    }
    Some(Excerpt { line, span: from..to, from_start })
}

/// The character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (at.saturating_sub(3)..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

fn push_shown(line: &mut String, text: &str) {
    line.extend(text.chars().map(|c| match c {
        '\t' => ' ',
        c if disturbs(c) => '\u{FFFD}',
        c => c,
    }));
}
