//! Which places are looked at in each frame.

use super::graph::{Graph, NEVER};
use super::viterbi::Row;
use std::ops::Range;

/// The places that a search looks at. It never moves back.
#[derive(Clone, Debug)]
pub(super) enum Window {
    /// All of them.
    Full,
    /// Given for each frame; both edges only grow, the first begins with the first place, the last ends with the last one.
    Band(Vec<Range<u32>>),
    /// All that may still win: those within `score` of the best, at most `most`; and inside `limits`, whose edges only grow.
    Beam { score: f32, most: usize, limits: Vec<Range<u32>> },
}

impl Window {
    /// A band of `half` places to each side of the place of each frame.
    pub(super) fn around(centres: &[u32], half: u32, graph: &Graph) -> Self {
        let end = graph.next();
        let mut band: Vec<Range<u32>> =
            centres.iter().map(|c| c.saturating_sub(half)..c.saturating_add(half).min(end)).collect();
        if let Some(first) = band.first_mut() {
            first.start = 0;
        }
        if let Some(last) = band.last_mut() {
            last.end = end;
        }
        monotone(&mut band);
        Self::Band(band)
    }

    pub(super) fn first(&self, graph: &Graph) -> Range<usize> {
        match self {
            Self::Full => 0..graph.len(),
            Self::Band(band) => band.first().map_or(0..graph.len(), |r| r.start as usize..r.end as usize),
            Self::Beam { most, limits, .. } => {
                let limit = limits.first().map_or(usize::MAX, |limit| limit.end as usize);
                0..graph.len().min(*most).min(limit)
            }
        }
    }

    /// The window of frame `t`, after the frame before it was seen.
    pub(super) fn at(&self, t: usize, graph: &Graph, row: &Row) -> Range<usize> {
        match self {
            Self::Full => 0..graph.len(),
            Self::Band(band) => {
                let end = graph.len();
                band.get(t).map_or(0..end, |range| range.start as usize..(range.end as usize).min(end))
            }
            Self::Beam { score, most, limits } => {
                let beam = beam(graph, row, *score, *most);
                let Some(limit) = limits.get(t) else { return beam };
                let end = beam.end.min(limit.end as usize);
                beam.start.max(limit.start as usize).min(end)..end
            }
        }
    }
}

/// Widens a band so that it never moves back: an edge that would, waits.
fn monotone(band: &mut [Range<u32>]) {
    let mut least = u32::MAX;
    for range in band.iter_mut().rev() {
        least = least.min(range.start);
        range.start = least;
    }
    let mut most = 0;
    for range in band {
        most = most.max(range.end);
        range.end = most;
    }
}

fn beam(graph: &Graph, row: &Row, score: f32, most: usize) -> Range<usize> {
    let range = row.range();
    let scores = row.scores();
    let best = scores.iter().copied().fold(NEVER, f32::max);
    let alive = |s: &f32| *s >= best - score;
    let first = scores.iter().position(alive).unwrap_or(0);
    let last = scores.iter().rposition(alive).unwrap_or(scores.len());
    let top = scores.iter().position(|s| *s >= best).unwrap_or(0);
    // The best one stays, with three quarters of the places before it: what lies ahead is reached by skipping, which costs.
    let first = first.max(top.saturating_sub(most.saturating_sub(most / 4)));
    let start = range.start.saturating_add(first);
    let end = next_hub(graph, range.start.saturating_add(last)).min(start.saturating_add(most));
    start..end.max(range.end.min(start.saturating_add(most))).min(graph.len())
}

/// The end of the second block after a place, where the ways from it lead to.
fn next_hub(graph: &Graph, place: usize) -> usize {
    let hub = graph.hubs.partition_point(|hub| (hub.at as usize) <= place);
    // A block ends in three hubs.
    graph.hubs.get(hub.saturating_add(6)).map_or(graph.len(), |hub| (hub.at as usize).saturating_add(1))
}
