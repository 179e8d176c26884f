//! Editing in place.

use super::lines::{BLANK, is_number};
use super::{FORMAT, markup, timing};
use crate::codec::splice::{self, Atoms, Clock, Number, Parts, Spliced, Splicer};
use crate::codec::{Format, ReadOptions};
use crate::diag::{Edits, Report};
use crate::model::{Cue, Track};
use crate::source::Source;
use crate::time::Time;

/// Edits a file in place.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    splice::splice(&SubRip, source, track, edits)
}

struct SubRip;

impl Splicer for SubRip {
    const FORMAT: &'static Format = &FORMAT;
    const APART: bool = true;
    const NUMBERED: bool = true;
    const PLACES: bool = true;

    fn parts(&self, text: &str, cue: &Cue) -> Option<Parts> {
        let block = cue.origin?.range();
        let all = text.get(block.clone())?;
        let (mut at, mut number) = (0usize, Number::Missing(block.start));
        // The line that is the cue's number or id, perhaps blank ones, and the timing line.
        let line = loop {
            let rest = all.get(at..).filter(|rest| !rest.is_empty())?;
            let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
            let line = rest.get(..length)?;
            if timing::timing(line).is_some() {
                break line;
            }
            let trimmed = line.trim_matches(BLANK);
            if is_number(trimmed) {
                let from = at.saturating_add(line.find(|c| !BLANK.contains(&c))?).saturating_add(block.start);
                number = Number::At(from..from.saturating_add(trimmed.len()));
            } else if !trimmed.is_empty() {
                number = Number::None;
            }
            let end = if rest.get(length..)?.starts_with("\r\n") { 2 } else { 1 };
            at = at.saturating_add(length).saturating_add(end);
        };
        let head = block.start.saturating_add(at);
        let (start, end) = timing::places(line)?;
        let inside = |range: std::ops::Range<usize>| head.saturating_add(range.start)..head.saturating_add(range.end);
        let after = at.saturating_add(line.len());
        // Blank lines before the text are none of it.
        let body = super::lines::trim_blank_lines(text, block.start.saturating_add(after)..block.end);
        let text = if body.is_empty() { block.end..block.end } else { body };
        Some(Parts { number, head, start: inside(start), end: inside(end), length: false, text, block })
    }

    fn time(&self, written: &str) -> Option<Time> {
        timing::time(written)
    }

    fn print(&self, old: &str, time: Time) -> Option<String> {
        Clock { first: 2, gets_hours: true, point: ',', digits: 3 }.print(old, time)
    }

    fn atoms(&self, raw: &str) -> Atoms {
        let (mut atoms, mut done) = (Atoms::default(), 0);
        for at in markup::hidden(raw) {
            atoms.literal(raw, done..at.start);
            done = at.end;
            atoms.hidden(at);
        }
        atoms.literal(raw, done..raw.len());
        atoms
    }

    fn spell(&self, plain: &str, eol: &str) -> String {
        plain.replace('\n', eol)
    }

    fn read(&self, block: &str, after: &str) -> Option<(Cue, u64)> {
        // Which line is a number and which is text depends on the timing line after it.
        let source = Source::from_text("", ["1\n", block, after, "\n"].concat());
        let mut report = Report::default();
        let cues = super::read::read(&source, &ReadOptions::default(), &mut report).ok()?.cues;
        let count = if after.contains("-->") { 2 } else { 1 };
        let first = (cues.len() == count).then(|| cues.into_iter().next()).flatten()?;
        Some((first, report.total()))
    }
}
