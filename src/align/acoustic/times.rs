//! From the node of each frame to the frames of each unit.

use super::graph::{Graph, Place};
use super::viterbi::Path;
use std::ops::Range;

/// The frames of each unit; `None` where its block was left out.
pub(super) fn unit_frames(graph: &Graph, path: &Path, units: usize) -> Vec<Option<Range<usize>>> {
    let mut frames: Vec<Option<Range<usize>>> = vec![None; units];
    for (t, node) in path.nodes.iter().enumerate() {
        let Some(Place::Unit(unit)) = graph.places.get(*node as usize) else { continue };
        let Some(place) = frames.get_mut(*unit as usize) else { continue };
        place.get_or_insert(t..t).end = t.saturating_add(1);
    }
    frames
}

/// Share of the units that have no frames.
pub(super) fn missing(frames: &[Option<Range<usize>>]) -> f32 {
    let missing = frames.iter().filter(|frames| frames.is_none()).count();
    missing as f32 / frames.len().max(1) as f32
}
