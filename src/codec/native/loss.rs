//! What JSON cannot hold: numbers that are none, readings without end, leftovers that no format owns.

use super::text::MAX_READINGS;
use crate::codec::leftover::{Leftover, Leftovers};
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::model::{Cue, Evidence, Extra, MarkKind, StyledText, Track};

/// Reports everything of `track` that would not come back.
pub(super) fn report(track: &Track, report: &mut Report) {
    let mut leftovers = Leftovers::new();
    track.extras.iter().for_each(|extra| unknown(extra, &mut leftovers));
    for (i, cue) in track.cues.iter().enumerate() {
        let Cue { range, text, id: _, placement: _, extras, evidence, origin: _ } = cue;
        let at = Location::cue(i, range.start);
        if evidence.as_deref().is_some_and(has_no_number) {
            report.push(Diagnostic::new(codes::loss::NOT_FINITE, at));
        }
        leftovers.at = at;
        extras.iter().for_each(|extra| unknown(extra, &mut leftovers));
        if !walk(text, 0, &mut leftovers) {
            report.push(Diagnostic::new(codes::loss::TOO_DEEP, at).with("tag", "ruby"));
        }
    }
    leftovers.report(report);
}

fn has_no_number(evidence: &Evidence) -> bool {
    let bad = |n: Option<f32>| n.is_some_and(|n| !n.is_finite());
    bad(evidence.confidence) || evidence.words.iter().any(|word| bad(word.score))
}

/// A leftover that a reader of the file could not place.
fn unknown(extra: &Extra, leftovers: &mut Leftovers) {
    if Leftover::find(extra.format, extra.key).is_none() {
        leftovers.drop(extra);
    }
}

/// Looks for those of a text and its readings; false if marks stand deeper than is written.
fn walk(text: &StyledText, depth: usize, leftovers: &mut Leftovers) -> bool {
    if depth > MAX_READINGS {
        return text.marks.is_empty();
    }
    let mut all = true;
    for mark in &text.marks {
        if let MarkKind::Raw(extra) = &mark.kind {
            unknown(extra, leftovers);
        } else if let MarkKind::Ruby(ruby) = &mark.kind {
            all &= walk(&ruby.text, depth.saturating_add(1), leftovers);
        }
    }
    all
}
