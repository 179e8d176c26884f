//! The last cue of a format in which a cue ends where the next one begins.

use crate::diag::{Diagnostic, Location, Report, codes::parse::END_ASSUMED};
use crate::model::Cue;
use crate::time::TimeDelta;

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
