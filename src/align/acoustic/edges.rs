//! Where sound begins after a pause and ends before one, by its energy.
//!
//! The states of a path overlap the pause by a frame or two, since frames are 25 ms long and learning drags them. Where speech
//! stands clear of the local floor its energy tells the edge to a frame; where it does not (noise, reverberation) energy would
//! only mislead, and the path stays.

use super::graph::{Graph, Place};
use super::viterbi::Path;
use std::ops::Range;

/// Speech must stand this clear of the floor, in dB: at 20 dB (a telephone, a room with reverberation) weak onsets are already
/// covered, and energy finds the edge too late.
const CLEAR: f32 = 30.0;
/// The edge lies where energy passes the floor by this much, or falls this far below the peak, whichever is higher,
const ABOVE_FLOOR: f32 = 7.0;
const BELOW_PEAK: f32 = 30.0;
/// but not nearer to the peak than this.
const LEAST_BELOW_PEAK: f32 = 8.0;
/// Frames that a start moves into the speech at most: no more than a path is early, for a weak fricative lies below the
/// threshold for longer.
const START_INWARD: usize = 3;
/// ... that an end does: voices fade.
const END_INWARD: usize = 8;
/// Frames that an edge moves into the pause.
const OUTWARD: usize = 5;
/// Where speech does not stand clear, its weak first and last sounds are covered, and paths are late and early by so many
/// frames (medians over recordings with noise, music and babble from 3 to 10 dB).
const START_COVERED: usize = 1;
const END_COVERED: usize = 2;
/// Frames of the pause that the floor is measured in: at most, and at least.
const PAUSE: usize = 20;
const LEAST_PAUSE: usize = 5;

/// Moves the edges of units at pauses.
pub(super) fn refine(units: &mut [Option<Range<usize>>], graph: &Graph, path: &Path, energy: &[f32]) {
    let energy = smoothed(energy);
    let spoken: Vec<bool> =
        path.nodes.iter().map(|node| matches!(graph.places.get(*node as usize), Some(Place::Unit(_)))).collect();
    let found: Vec<usize> = units.iter().enumerate().filter(|(_, unit)| unit.is_some()).map(|(i, _)| i).collect();
    let before = units.to_vec();
    let range = |i: &usize| before.get(*i).cloned().flatten().unwrap_or(0..0);
    let mut floor = 0;
    // What is said without a pause.
    for run in found.chunk_by(|a, b| range(a).end == range(b).start) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let whole = range(first).start..range(last).end;
        let peak = percentile(energy.get(whole.clone()).unwrap_or_default(), 0.9);
        let sound = Sound { energy: &energy, spoken: &spoken, peak };
        // Never before the end of what was said last, and never empty.
        let start = sound.start(&whole).max(floor).min(range(first).end.saturating_sub(1));
        if let Some(Some(unit)) = units.get_mut(*first) {
            unit.start = start;
        }
        let least = if first == last { start } else { range(last).start };
        let end = sound.end(&whole).max(least.saturating_add(1));
        if let Some(Some(unit)) = units.get_mut(*last) {
            unit.end = end;
        }
        floor = end;
    }
}

struct Sound<'a> {
    energy: &'a [f32],
    spoken: &'a [bool],
    peak: f32,
}

impl Sound<'_> {
    fn is_spoken(&self, t: usize) -> bool {
        self.spoken.get(t).copied().unwrap_or(true)
    }

    fn loud(&self, t: usize, threshold: f32) -> bool {
        self.energy.get(t).is_some_and(|energy| *energy >= threshold)
    }

    /// The threshold, from the frames of the pause; `Err` if speech does not stand clear of it, `None` if it is too short.
    fn threshold(&self, pause: Range<usize>) -> Option<Result<f32, ()>> {
        let quiet: Vec<f32> =
            pause.filter(|t| !self.is_spoken(*t)).filter_map(|t| self.energy.get(t).copied()).collect();
        let floor = (quiet.len() >= LEAST_PAUSE).then(|| percentile(&quiet, 0.3))?;
        let threshold = (floor + ABOVE_FLOOR).max(self.peak - BELOW_PEAK).min(self.peak - LEAST_BELOW_PEAK);
        Some(if self.peak - floor >= CLEAR { Ok(threshold) } else { Err(()) })
    }

    fn start(&self, of: &Range<usize>) -> usize {
        let threshold = match self.threshold(of.start.saturating_sub(PAUSE)..of.start) {
            Some(Ok(threshold)) => threshold,
            Some(Err(())) => return of.start.saturating_sub(START_COVERED),
            None => return of.start,
        };
        let inward = (of.start..of.end.min(of.start.saturating_add(START_INWARD))).find(|t| self.loud(*t, threshold));
        if inward != Some(of.start) {
            return inward.unwrap_or(of.start);
        }
        let outward = (of.start.saturating_sub(OUTWARD)..of.start).rev();
        outward.take_while(|t| self.loud(*t, threshold) && !self.is_spoken(*t)).last().unwrap_or(of.start)
    }

    fn end(&self, of: &Range<usize>) -> usize {
        let threshold = match self.threshold(of.end..of.end.saturating_add(PAUSE)) {
            Some(Ok(threshold)) => threshold,
            Some(Err(())) => return of.end.saturating_add(END_COVERED),
            None => return of.end,
        };
        let inward = (of.start.max(of.end.saturating_sub(END_INWARD))..of.end).rev().find(|t| self.loud(*t, threshold));
        if inward.is_none_or(|t| t.saturating_add(1) != of.end) {
            return inward.map_or(of.end, |t| t.saturating_add(1));
        }
        let outward = of.end..of.end.saturating_add(OUTWARD);
        let last = outward.take_while(|t| self.loud(*t, threshold) && !self.is_spoken(*t)).last();
        last.map_or(of.end, |t| t.saturating_add(1))
    }
}

/// The mean over three frames.
fn smoothed(energy: &[f32]) -> Vec<f32> {
    let at = |t: usize| energy.get(t.min(energy.len().saturating_sub(1))).copied().unwrap_or(0.0);
    (0..energy.len()).map(|t| (at(t.saturating_sub(1)) + at(t) + at(t.saturating_add(1))) / 3.0).collect()
}

/// The value that this share of all lies below; 0 of nothing.
fn percentile(values: &[f32], share: f32) -> f32 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f32::total_cmp);
    let rank = (sorted.len().saturating_sub(1) as f32 * share).round() as usize;
    sorted.get(rank).copied().unwrap_or(0.0)
}
