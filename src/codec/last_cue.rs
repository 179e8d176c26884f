//! Ends in formats where a cue stands until the next one begins: of the last one read, and of each one written.

use super::plain::Pen;
use crate::diag::codes::{loss, parse::END_ASSUMED};
use crate::diag::{Diagnostic, Location, Report};
use crate::model::Cue;
use crate::time::{Round, TimeDelta};

/// How long it stands, where nothing says: long enough to read a line.
const STANDS: TimeDelta = TimeDelta::from_millis(3000);

/// Gives the last cue its end, and says so.
pub(in crate::codec) fn end(cues: &mut [Cue], report: &mut Report) {
    let index = cues.len().saturating_sub(1);
    if let Some(last) = cues.last_mut() {
        last.range.end = last.range.start + STANDS;
        let at = Location { span: last.origin, ..Location::cue(index, last.range.start) };
        report.push(Diagnostic::new(END_ASSUMED, at).with("end", last.range.end));
    }
}

impl Pen<'_> {
    /// When a cue that was written at `start` goes away, in units of `1/per_second` s, for formats where it stands until
    /// something else does; `None` if `next` takes its place then, or earlier: that is reported.
    pub(in crate::codec) fn goes(&mut self, start: u64, cue: &Cue, next: Option<&Cue>, per_second: u32) -> Option<u64> {
        let end = self.time(cue.range.end, per_second);
        let follows =
            next.map(|next| u64::try_from(next.range.start.to_units(per_second, Round::Nearest)).unwrap_or(0));
        if end < start || follows.is_some_and(|follows| follows < end) {
            self.loss(loss::END, "end", cue.range.end);
            return None;
        }
        (follows != Some(end) || end == start).then_some(end)
    }
}
