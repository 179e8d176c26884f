//! What JSON cannot hold: numbers that are none, readings without end, leftovers that no format owns.

use super::extra;
use super::text::MAX_READINGS;
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::model::{Cue, Evidence, Extra, MarkKind, StyledText, Track};
use std::collections::BTreeMap;

/// Reports everything of `track` that would not come back.
pub(super) fn report(track: &Track, report: &mut Report) {
    let mut foreign = Foreign::default();
    track.extras.iter().for_each(|extra| foreign.count(extra));
    for (i, cue) in track.cues.iter().enumerate() {
        let Cue { range, text, id: _, placement: _, extras, evidence, origin: _ } = cue;
        let at = Location::cue(i, range.start);
        if evidence.as_deref().is_some_and(has_no_number) {
            report.push(Diagnostic::new(codes::loss::NOT_FINITE, at));
        }
        extras.iter().for_each(|extra| foreign.count(extra));
        if !foreign.walk(text, 0) {
            report.push(Diagnostic::new(codes::loss::TOO_DEEP, at).with("tag", "ruby"));
        }
    }
    for ((format, key), count) in foreign.counts {
        let lost = Diagnostic::new(codes::loss::FOREIGN, Location::FILE);
        report.push(lost.with("format", format).with("key", key).with("count", count));
    }
}

fn has_no_number(evidence: &Evidence) -> bool {
    let bad = |n: Option<f32>| n.is_some_and(|n| !n.is_finite());
    bad(evidence.confidence) || evidence.words.iter().any(|word| bad(word.score))
}

/// Leftovers that a reader of the file could not place, by format and key.
#[derive(Default)]
struct Foreign {
    counts: BTreeMap<(&'static str, &'static str), u64>,
}

impl Foreign {
    fn count(&mut self, extra: &Extra) {
        if extra::known(extra.format, extra.key).is_none() {
            let count = self.counts.entry((extra.format, extra.key)).or_insert(0);
            *count = count.saturating_add(1);
        }
    }

    /// Counts those of a text and its readings; false if marks stand deeper than is written.
    fn walk(&mut self, text: &StyledText, depth: usize) -> bool {
        if depth > MAX_READINGS {
            return text.marks.is_empty();
        }
        text.marks.iter().fold(true, |all, mark| match &mark.kind {
            MarkKind::Raw(extra) => {
                self.count(extra);
                all
            }
            MarkKind::Ruby(ruby) => self.walk(&ruby.text, depth.saturating_add(1)) && all,
            _ => all,
        })
    }
}
