//! Which cue of an edited track is which of the old one.

use crate::diag::Edits;
use crate::model::Track;
use crate::time::Time;

/// For each cue of [`super::apply`]'s track, the cue of `track` that it was, or the first of those that it was made of.
///
/// ```
/// use zimu::diag::{CueEdit, Edits};
/// use zimu::model::{Cue, Track};
/// let mut track = Track::default();
/// track.cues = vec![Cue::default(); 5];
/// let mut edits = Edits::default();
/// edits.add(&[CueEdit::Remove { cue: 1 }, CueEdit::MergeNext { cue: 2, joint: " ".into() }]);
/// assert_eq!(zimu::edit::places(&track, &edits), [0, 2, 4]);
/// ```
pub fn places(track: &Track, edits: &Edits) -> Vec<u32> {
    let old = |cue: u32| track.cues.get(cue as usize).map_or(Time::ZERO, |cue| cue.range.start);
    let start = |cue| edits.of(cue).and_then(|change| change.start).unwrap_or_else(|| old(cue));
    let order = edits.order(track.cues.len(), start);
    if !edits.changes_count() {
        return order;
    }
    let mut out = Vec::with_capacity(order.len());
    let mut taken_in = false;
    for cue in order {
        let change = edits.of(cue);
        if !taken_in && !change.is_some_and(|change| change.removed) {
            let parts = change.map_or(0, |change| change.splits.len());
            out.extend(std::iter::repeat_n(cue, parts.saturating_add(1)));
        }
        taken_in = change.is_some_and(|change| change.merged.is_some());
    }
    out
}
