//! Learning from the recording: the states move towards the frames that they were found in, and silence is heard anew.

use super::graph::{Graph, Place};
use super::viterbi::Path;
use super::voice::Voice;
use crate::align::gauss::{Fit, Map, Scorer, Statistics, fit};
use crate::model::{FEATURE_DIMS, Mixture};

/// Frames that the model's means count for: a state that is heard for 0.15 s is half its own.
const MAP: Map = Map { mean_frames: 15.0, variance_frames: 60.0, floor: 0.1 };
/// A frame that fits so much worse than fill is no example of its state.
const WORSE_THAN_FILL: f32 = -2.0;
/// A state that lasts longer than this many frames swallowed something.
const LONGEST: usize = 25;
/// With fewer good frames nothing is learnt.
const FEW: usize = 200;

const ONES: [f32; FEATURE_DIMS] = [1.0; FEATURE_DIMS];
/// Silence varies little; four Gaussians hold a room, a breath and a hum.
const SILENCE: Fit<'static> =
    Fit { components: 4, frames_each: 38, rounds: 5, variance: &ONES, variance_frames: 10.0, floor: 0.05 };
/// Share of the frames that are certainly without voice.
const QUIETEST: f64 = 0.04;

/// Silence from the quietest frames.
pub(super) fn quietest(frames: &[f32], energy: &[f32]) -> Mixture {
    let mut order: Vec<usize> = (0..energy.len()).collect();
    let level = |t: &usize| energy.get(*t).copied().unwrap_or(0.0);
    order.sort_by(|a, b| level(a).total_cmp(&level(b)));
    order.truncate(((energy.len() as f64 * QUIETEST) as usize).max(40));
    order.sort_unstable();
    silence(frames, order.into_iter())
}

/// Silence from these frames.
fn silence(frames: &[f32], of: impl Iterator<Item = usize>) -> Mixture {
    let chosen: Vec<f32> = of.flat_map(|t| frame(frames, t)).copied().collect();
    fit(&chosen, &SILENCE)
}

fn frame(frames: &[f32], t: usize) -> &[f32] {
    let from = t.saturating_mul(FEATURE_DIMS);
    frames.get(from..from.saturating_add(FEATURE_DIMS)).unwrap_or_default()
}

/// Moves the voice towards what the path found. `fills` is the fill score of each frame.
pub(super) fn adapt(voice: &mut Voice, frames: &[f32], graph: &Graph, path: &Path, fills: &[f32]) {
    let place = |node: &u32| graph.places.get(*node as usize).copied().unwrap_or(Place::Hub);
    let silent = path.nodes.iter().enumerate().filter(|(_, node)| place(node) == Place::Silence).map(|(t, _)| t);
    let silent: Vec<usize> = silent.collect();
    if silent.len() > 60 {
        voice.silence = silence(frames, silent.into_iter());
    }
    let mut statistics = Statistics::new(&voice.states);
    for (state, of) in examples(voice, graph, path) {
        let Some(mixture) = voice.states.get(state) else { continue };
        let scorer = Scorer::new([mixture]);
        for t in of {
            let mut own = [0.0];
            let frame = frame(frames, t);
            scorer.score(frame, &mut own);
            if own[0] >= fills.get(t).copied().unwrap_or(0.0) + WORSE_THAN_FILL {
                statistics.add(state, frame);
            }
        }
    }
    if statistics.frames() >= FEW {
        statistics.adapt(&mut voice.states, &MAP);
    }
}

/// For each state the frames in which it was found, without those of states that last too long.
fn examples(voice: &Voice, graph: &Graph, path: &Path) -> Vec<(usize, Vec<usize>)> {
    let mut of: Vec<(usize, Vec<usize>)> = (0..voice.states.len()).map(|state| (state, Vec::new())).collect();
    let mut from = 0usize;
    for run in path.nodes.chunk_by(|a, b| a == b) {
        let to = from.saturating_add(run.len());
        let node = run.first().map_or(0, |node| *node as usize);
        let unit = matches!(graph.places.get(node), Some(Place::Unit(_)));
        if unit && run.len() <= LONGEST {
            let state = graph.columns.get(node).copied().unwrap_or(0);
            if let Some((_, frames)) = of.get_mut(usize::from(state)) {
                frames.extend(from..to);
            }
        }
        from = to;
    }
    of
}
