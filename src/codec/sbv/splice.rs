//! Editing in place.

use super::FORMAT;
use super::timing::{places, time};
use crate::codec::splice::{self, Atoms, Clock, Number, Parts, Spliced, Splicer};
use crate::codec::srt::lines::trim_blank_lines;
use crate::codec::{Format, ReadOptions};
use crate::diag::{Edits, Report};
use crate::model::{Cue, Track};
use crate::source::Source;
use crate::time::Time;

/// Edits a file in place.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    splice::splice(&Sbv, source, track, edits)
}

struct Sbv;

impl Splicer for Sbv {
    const FORMAT: &'static Format = &FORMAT;
    const APART: bool = true;

    fn parts(&self, text: &str, cue: &Cue) -> Option<Parts> {
        let block = cue.origin?.range();
        let all = text.get(block.clone())?;
        let line = all.get(..all.find(['\n', '\r']).unwrap_or(all.len()))?;
        let (start, end) = places(line)?;
        let head = block.start;
        let inside = |range: std::ops::Range<usize>| head.saturating_add(range.start)..head.saturating_add(range.end);
        let body = trim_blank_lines(text, head.saturating_add(line.len())..block.end);
        let text = if body.is_empty() { block.end..block.end } else { body };
        Some(Parts { number: Number::None, head, start: inside(start), end: inside(end), length: false, text, block })
    }

    fn time(&self, written: &str) -> Option<Time> {
        time(written)
    }

    fn print(&self, old: &str, time: Time) -> Option<String> {
        Clock { first: 1, gets_hours: true, point: '.', digits: 3 }.print(old, time)
    }

    fn atoms(&self, raw: &str) -> Atoms {
        let mut atoms = Atoms::default();
        atoms.literal(raw, 0..raw.len());
        atoms
    }

    fn spell(&self, plain: &str, eol: &str) -> String {
        plain.replace('\n', eol)
    }

    fn read(&self, block: &str, after: &str) -> Option<(Cue, u64)> {
        // A line of digits after the text is a timing line, if a broken one, only after a blank line.
        let source = Source::from_text("", [block, after].concat());
        let mut report = Report::default();
        let mut cues = super::read::read(&source, &ReadOptions::default(), &mut report).ok()?.cues.into_iter();
        let first = cues.next().filter(|cue| cue.origin.is_some_and(|at| at.end as usize <= block.len()))?;
        let next = cues.next().and_then(|cue| cue.origin);
        next.is_none_or(|at| at.start as usize >= block.len()).then_some((first, report.total()))
    }
}
