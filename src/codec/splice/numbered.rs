//! Editing lines such as `{25}{50}text` and `[10][25]text` in place.

use super::{Atoms, Number, Parts, Splicer};
use crate::codec::numbered::Brackets;
use crate::codec::{Format, ReadOptions};
use crate::diag::Report;
use crate::model::Cue;
use crate::source::Source;
use crate::time::{FLICKS_PER_SECOND, FrameRate, Round, Time, TimeDelta};

/// Lines of a format.
pub(in crate::codec) trait NumberedLine {
    const FORMAT: &'static Format;
    const BRACKETS: Brackets;
    /// What the report calls a unit.
    const UNIT: &'static str;
    /// How many bytes at the beginning of a line of text are codes.
    fn codes(line: &str) -> usize;
}

/// Edits such lines; numbers count units of this rate.
pub(in crate::codec) struct Numbered<L> {
    rate: FrameRate,
    line: std::marker::PhantomData<L>,
}

impl<L> Numbered<L> {
    pub(in crate::codec) fn new(rate: FrameRate) -> Self {
        Self { rate, line: std::marker::PhantomData }
    }
}

impl<L: NumberedLine> Splicer for Numbered<L> {
    const FORMAT: &'static Format = L::FORMAT;
    const APART: bool = false;

    fn unit(&self) -> (TimeDelta, &'static str) {
        (self.rate.frames(1), L::UNIT)
    }

    fn parts(&self, text: &str, cue: &Cue) -> Option<Parts> {
        let block = cue.origin?.range();
        let line = text.get(block.clone())?;
        let [start, end] = L::BRACKETS.places(line)?;
        let place = |range: std::ops::Range<usize>| {
            block.start.saturating_add(range.start)..block.start.saturating_add(range.end)
        };
        let text = block.start.saturating_add(end.end).saturating_add(1)..block.end;
        let end = place(end);
        Some(Parts { number: Number::None, head: block.start, start: place(start), end, length: false, text, block })
    }

    fn time(&self, written: &str) -> Option<Time> {
        let count = written.parse().ok()?;
        Some(crate::codec::plain::frame_start(count, self.rate))
    }

    fn print(&self, _old: &str, time: Time) -> Option<String> {
        let (num, den) = self.rate.ratio();
        let flicks = i128::from(time.max(Time::ZERO).flicks()).checked_mul(num.into())?;
        Some(Round::Nearest.divide(flicks, i128::from(FLICKS_PER_SECOND).checked_mul(den.into())?).to_string())
    }

    fn atoms(&self, raw: &str) -> Atoms {
        let mut atoms = Atoms::default();
        let mut at = 0usize;
        for (index, line) in raw.split('|').enumerate() {
            if index > 0 {
                atoms.escape(at..at.saturating_add(1), "\n");
                at = at.saturating_add(1);
            }
            let text = at.saturating_add(L::codes(line));
            let end = at.saturating_add(line.len());
            atoms.hidden(at..text);
            atoms.literal(raw, text..end);
            at = end;
        }
        atoms
    }

    fn spell(&self, plain: &str, _eol: &str) -> String {
        plain.replace('\n', "|")
    }

    fn read(&self, block: &str, _after: &str) -> Option<(Cue, u64)> {
        let source = Source::from_text("", block);
        let options = ReadOptions { frame_rate: Some(self.rate), ..ReadOptions::default() };
        let mut report = Report::default();
        let mut cues = (L::FORMAT.read)(&source, &options, &mut report).ok()?.cues;
        let plain = cues.pop().filter(|_| cues.is_empty())?;
        Some((plain, report.total()))
    }
}
