//! How much better the way found is than the best one on which a unit begins elsewhere.
//!
//! For each unit and each frame near its start, the best score of all ways on which the unit begins in that frame is the best
//! score up to there plus the best score from there on. The margin is what the best of those more than 300 ms away lacks.

use super::graph::{Graph, NEVER};
use super::viterbi::{BLOCK, Emissions, Row};
use super::window::Window;
use std::ops::Range;

/// Frames of 30 ms that a start may be off and still be right: 300 ms.
const NEAR: usize = 10;
/// Frames looked at to each side: 6 s.
const FAR: usize = 200;
/// Larger margins say no more.
pub(super) const MOST: f32 = 300.0;

/// The margin of each unit; 0 for those without a start. `starts` are frames, in order; `firsts` the first nodes.
pub(super) fn margins(
    graph: &Graph,
    emissions: &mut dyn Emissions,
    window: &Window,
    firsts: &[u32],
    starts: &[Option<usize>],
) -> Vec<f32> {
    let mut units: Vec<Start> = Vec::new();
    for (unit, (node, start)) in firsts.iter().zip(starts).enumerate() {
        if let Some(start) = *start {
            let entries = vec![NEVER; FAR.saturating_mul(2).saturating_add(1)];
            units.push(Start { unit, node: *node as usize, start, entries });
        }
    }
    let bands = forward(graph, emissions, window, &mut units);
    backward(graph, emissions, &bands, &mut units);
    let mut margins = vec![0.0; starts.len()];
    for unit in &units {
        if let Some(place) = margins.get_mut(unit.unit) {
            *place = unit.margin();
        }
    }
    margins
}

/// A unit that was found.
struct Start {
    unit: usize,
    node: usize,
    start: usize,
    /// The best score of beginning in each frame from [`FAR`] before `start` on.
    entries: Vec<f32>,
}

impl Start {
    fn at(&mut self, t: usize) -> Option<&mut f32> {
        self.entries.get_mut(t.saturating_add(FAR).checked_sub(self.start)?)
    }

    fn margin(&self) -> f32 {
        let best =
            |range: Range<usize>| self.entries.get(range).unwrap_or_default().iter().copied().fold(NEVER, f32::max);
        let near = best(FAR.saturating_sub(NEAR)..FAR.saturating_add(NEAR).saturating_add(1));
        let before = best(0..FAR.saturating_sub(NEAR));
        let after = best(FAR.saturating_add(NEAR).saturating_add(1)..self.entries.len());
        (near - before.max(after)).clamp(-MOST, MOST)
    }
}

/// The units whose surroundings hold frame `t`.
fn active(units: &[Start], t: usize) -> Range<usize> {
    let from = units.partition_point(|unit| unit.start.saturating_add(FAR) < t);
    let to = units.partition_point(|unit| unit.start <= t.saturating_add(FAR));
    from..to.max(from)
}

/// Scores up to each entry. Returns the windows.
fn forward(graph: &Graph, emissions: &mut dyn Emissions, window: &Window, units: &mut [Start]) -> Vec<Range<usize>> {
    let (frames, columns) = (emissions.frames(), emissions.columns());
    let mut row = Row::start(graph, &window.first(graph));
    let mut bands = Vec::with_capacity(frames);
    let mut scores = Vec::new();
    for from in (0..frames).step_by(BLOCK) {
        let to = frames.min(from.saturating_add(BLOCK));
        emissions.rows(from..to, &mut scores);
        for (t, emission) in (from..to).zip(scores.chunks_exact(columns)) {
            let range = window.at(t, graph, &row);
            row.advance(graph, emission, range.clone());
            let near = active(units, t);
            for unit in units.get_mut(near).unwrap_or_default().iter_mut().filter(|unit| range.contains(&unit.node)) {
                let entry = row.entry(graph, unit.node, emission) as f32;
                if let Some(place) = unit.at(t) {
                    *place = entry;
                }
            }
            bands.push(range);
        }
        row.rebase();
    }
    bands
}

/// Adds the scores from each entry on.
fn backward(graph: &Graph, emissions: &mut dyn Emissions, bands: &[Range<usize>], units: &mut [Start]) {
    let (frames, columns) = (bands.len(), emissions.columns());
    let mut rest = Rest::end(graph);
    let mut scores = Vec::new();
    let mut to = frames;
    while to > 0 {
        let from = (to.saturating_sub(1) / BLOCK).saturating_mul(BLOCK);
        emissions.rows(from..to, &mut scores);
        for (t, emission) in (from..to).zip(scores.chunks_exact(columns)).rev() {
            let near = active(units, t);
            for unit in units.get_mut(near).unwrap_or_default() {
                let score = rest.score(unit.node);
                if let Some(place) = unit.at(t) {
                    *place = (*place + score).max(NEVER);
                }
            }
            if let (Some(here), Some(before)) = (bands.get(t), t.checked_sub(1).and_then(|t| bands.get(t))) {
                rest.retreat(graph, emission, here, before);
            }
        }
        rest.rebase();
        to = from;
    }
}

/// The best score from each place to the end.
struct Rest {
    scores: Vec<f32>,
    entered: Vec<f32>,
    /// Where the window of the frame after ended.
    end: usize,
    base: f64,
}

impl Rest {
    /// After the last frame.
    fn end(graph: &Graph) -> Self {
        let mut scores = vec![NEVER; graph.len()];
        if let Some(last) = scores.last_mut() {
            *last = 0.0;
        }
        let mut rest =
            Self { scores, entered: vec![NEVER; graph.len().saturating_add(1)], end: graph.len(), base: 0.0 };
        rest.pass_hubs(graph, &(0..graph.len()));
        rest
    }

    fn score(&self, place: usize) -> f32 {
        (self.base + f64::from(self.scores.get(place).copied().unwrap_or(NEVER))) as f32
    }

    /// From a frame with window `here` and this emission to the one before it.
    fn retreat(&mut self, graph: &Graph, emission: &[f32], here: &Range<usize>, before: &Range<usize>) {
        self.entered.get_mut(here.start..=self.end).unwrap_or_default().fill(NEVER);
        self.end = here.end;
        let places = self.entered.iter_mut().zip(&self.scores).zip(&graph.columns);
        for ((entered, score), column) in places.skip(here.start).take(here.len()) {
            *entered = score + emission.get(usize::from(*column)).copied().unwrap_or(NEVER);
        }
        self.scores.get_mut(before.start..here.end).unwrap_or_default().fill(NEVER);
        let ways = self.entered.iter().zip(&graph.stay);
        let steps = self.entered.iter().zip(graph.step.iter().chain([&NEVER])).skip(1);
        let places = self.scores.iter_mut().zip(ways.zip(steps));
        for (score, ((here, stay), (next, step))) in places.skip(before.start).take(before.len()) {
            *score = (here + stay).max(next + step).max(NEVER);
        }
        self.arcs(graph, here, before);
        self.pass_hubs(graph, before);
    }

    #[expect(clippy::indexing_slicing, reason = "arcs lie inside the graph")]
    fn arcs(&mut self, graph: &Graph, here: &Range<usize>, before: &Range<usize>) {
        let first = graph.arcs.partition_point(|arc| (arc.to as usize) < here.start);
        let arcs = graph.arcs.get(first..).unwrap_or_default().iter().take_while(|arc| (arc.to as usize) < here.end);
        for arc in arcs.filter(|arc| before.contains(&(arc.from as usize))) {
            let score = self.entered[arc.to as usize] + arc.weight;
            let place = &mut self.scores[arc.from as usize];
            *place = place.max(score);
        }
    }

    #[expect(clippy::indexing_slicing, reason = "ways lead to hubs from places before them")]
    fn pass_hubs(&mut self, graph: &Graph, range: &Range<usize>) {
        let first = graph.hubs.partition_point(|hub| (hub.at as usize) < range.start);
        let end = graph.hubs.partition_point(|hub| (hub.at as usize) < range.end);
        for hub in graph.hubs.get(first..end).unwrap_or_default().iter().rev() {
            let score = self.scores[hub.at as usize];
            for (from, weight) in &hub.ways[..usize::from(hub.count)] {
                if *from as usize >= range.start {
                    let place = &mut self.scores[*from as usize];
                    *place = place.max(score + weight);
                }
            }
        }
    }

    fn rebase(&mut self) {
        let best = self.scores.iter().copied().fold(NEVER, f32::max);
        if best > NEVER / 2.0 {
            self.scores.iter_mut().for_each(|score| *score = (*score - best).max(NEVER));
            self.base += f64::from(best);
        }
    }
}
