//! Stretches of sound that no word covers.

use super::emission::{COARSE, Seen};
use super::graph::{Graph, Place};
use super::knowledge::mean;
use super::viterbi::Path;
use crate::model::Sound;
use std::ops::Range;

/// Shorter ones are breaths, laughs, hesitations.
const SHORTEST: usize = 100;
/// A pause that does not end a stretch.
const PAUSE: usize = 50;
/// Share of a stretch that must be fill: else it is a pause with a noise in it.
const DENSE: f32 = 0.5;
/// How much better than fill the best state is, in ln, as a share of that in the recording's own words: in speech one state
/// stands out, in music and noise many are alike.
const SPEECH: f32 = 0.6;

/// The frames of each stretch, and what is heard there. `seen` has every third frame.
pub(super) fn untranscribed(graph: &Graph, path: &Path, seen: &[Seen]) -> Vec<(Range<usize>, Sound)> {
    let place = |t: usize| path.nodes.get(t).and_then(|node| graph.places.get(*node as usize)).copied();
    let mut runs: Vec<(Range<usize>, usize)> = Vec::new();
    let mut spoken = true;
    for t in 0..path.nodes.len() {
        match place(t) {
            Some(Place::Unit(_)) => spoken = true,
            Some(Place::Fill) => {
                match runs.last_mut().filter(|(run, _)| !spoken && run.end.saturating_add(PAUSE) >= t) {
                    Some((run, fill)) => {
                        run.end = t.saturating_add(1);
                        *fill = fill.saturating_add(1);
                    }
                    None => runs.push((t..t.saturating_add(1), 1)),
                }
                spoken = false;
            }
            Some(Place::Silence | Place::Hub) | None => {}
        }
    }
    runs.retain(|(run, fill)| run.len() >= SHORTEST && *fill as f32 >= DENSE * run.len() as f32);
    let words: Vec<Seen> = seen.iter().filter(|seen| seen.ratio != 0.0).copied().collect();
    let usual = mean(&words, |seen| seen.best);
    let sound = |run: &Range<usize>| {
        let inside = seen.get(run.start / COARSE..run.end / COARSE).unwrap_or_default();
        if mean(inside, |seen| seen.best) >= SPEECH * usual { Sound::Speech } else { Sound::Other }
    };
    runs.into_iter().map(|(run, _)| (run.clone(), sound(&run))).collect()
}
