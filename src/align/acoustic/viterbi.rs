//! The best way through a graph for a recording (Viterbi 1967), inside a window of places that moves with time.

use super::graph::{Graph, NEVER, Place};
use super::window::Window;
use std::ops::Range;

/// How well each frame fits each column of a graph. Rows are made in blocks, so that they are never held all at once.
pub(super) trait Emissions {
    /// How many frames.
    fn frames(&self) -> usize;
    /// How many numbers a frame.
    fn columns(&self) -> usize;
    /// Logarithms of likelihood for `frames`, frame after frame, into `rows`, whose old content is gone.
    fn rows(&mut self, frames: Range<usize>, rows: &mut Vec<f32>);
}

/// Frames whose emissions are made at once.
pub(super) const BLOCK: usize = 256;

/// The best way.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Path {
    /// The node of each frame.
    pub nodes: Vec<u32>,
    /// Its logarithm of likelihood.
    pub score: f64,
}

/// The best way from the first place (a hub) to the last one (a hub) over all frames; `None` if there is none inside the window.
pub(super) fn decode(graph: &Graph, emissions: &mut dyn Emissions, window: &Window) -> Option<Path> {
    let frames = emissions.frames();
    let columns = emissions.columns();
    let mut row = Row::start(graph, &window.first(graph));
    let mut ways = Ways::default();
    let mut scores = Vec::new();
    let mut from = 0;
    while from < frames {
        let to = frames.min(from.saturating_add(BLOCK));
        emissions.rows(from..to, &mut scores);
        for (t, emission) in (from..to).zip(scores.chunks_exact(columns)) {
            let range = window.at(t, graph, &row);
            row.advance(graph, emission, range.clone());
            ways.push(range, row.codes());
        }
        row.rebase();
        from = to;
    }
    let score = row.score(graph.len().checked_sub(1)?)?;
    Some(Path { nodes: trace(graph, &ways, frames)?, score })
}

/// The way back, from the last place.
fn trace(graph: &Graph, ways: &Ways, frames: usize) -> Option<Vec<u32>> {
    let mut nodes = vec![0u32; frames];
    let mut place = u32::try_from(graph.len().checked_sub(1)?).ok()?;
    for (t, node) in nodes.iter_mut().enumerate().rev() {
        while graph.places.get(place as usize)? == &Place::Hub {
            place = graph.source(place, ways.get(t, place)?)?;
        }
        *node = place;
        place = graph.source(place, ways.get(t, place)?)?;
    }
    Some(nodes)
}

/// The best score of each place after a frame, inside a window; outside it is [`NEVER`].
pub(super) struct Row {
    scores: Vec<f32>,
    previous: Vec<f32>,
    codes: Vec<u8>,
    range: Range<usize>,
    /// Where the window of the frame before began.
    older: usize,
    /// What was taken off all scores so far.
    base: f64,
}

impl Row {
    /// Before the first frame: the first place, and the hubs that it leads to.
    pub(super) fn start(graph: &Graph, range: &Range<usize>) -> Self {
        // A place before the first one, so that every place has one before it.
        let mut scores = vec![NEVER; graph.len().saturating_add(1)];
        if let Some(first) = scores.get_mut(1) {
            *first = 0.0;
        }
        let mut row = Self {
            previous: scores.clone(),
            scores,
            codes: vec![0; graph.len()],
            range: range.clone(),
            older: 0,
            base: 0.0,
        };
        row.pass_hubs(graph, range);
        row
    }

    /// The window of the last frame.
    pub(super) fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// The scores inside the window.
    pub(super) fn scores(&self) -> &[f32] {
        let range = self.range.start.saturating_add(1)..self.range.end.saturating_add(1);
        self.scores.get(range).unwrap_or_default()
    }

    /// The way taken into each place of the window.
    fn codes(&self) -> &[u8] {
        self.codes.get(..self.range.len()).unwrap_or_default()
    }

    /// The score of a place; `None` if it cannot be reached.
    fn score(&self, place: usize) -> Option<f64> {
        let score = *self.scores.get(place.checked_add(1)?)?;
        (score > NEVER / 2.0).then(|| self.base + f64::from(score))
    }

    /// The score of entering a node in the last frame, by no way from itself.
    pub(super) fn entry(&self, graph: &Graph, node: usize, emission: &[f32]) -> f64 {
        let before = |place: usize| self.previous.get(place.saturating_add(1)).copied().unwrap_or(NEVER);
        let mut best = before(node.saturating_sub(1)) + graph.step.get(node).copied().unwrap_or(NEVER);
        let first = graph.arcs.partition_point(|arc| (arc.to as usize) < node);
        for arc in graph.arcs.get(first..).unwrap_or_default().iter().take_while(|arc| arc.to as usize == node) {
            best = best.max(before(arc.from as usize) + arc.weight);
        }
        let column = graph.columns.get(node).map_or(0, |column| usize::from(*column));
        self.base + f64::from(best + emission.get(column).copied().unwrap_or(NEVER))
    }

    /// One frame further; the window of it is `range`, which neither begins nor ends before that of the last frame.
    pub(super) fn advance(&mut self, graph: &Graph, emission: &[f32], range: Range<usize>) {
        std::mem::swap(&mut self.scores, &mut self.previous);
        // What lies in `scores` now is two frames old.
        let stale = self.older.saturating_add(1)..range.start.saturating_add(1);
        self.scores.get_mut(stale).unwrap_or_default().fill(NEVER);
        self.older = self.range.start;
        self.range = range.clone();
        self.dense(graph, emission, range.clone());
        self.arcs(graph, emission, &range);
        self.pass_hubs(graph, &range);
    }

    /// Staying, or coming from the place before.
    fn dense(&mut self, graph: &Graph, emission: &[f32], range: Range<usize>) {
        let shifted = range.start.saturating_add(1)..range.end.saturating_add(1);
        let here = self.previous.get(shifted.clone()).unwrap_or_default();
        let before = self.previous.get(range.clone()).unwrap_or_default();
        let stay = graph.stay.get(range.clone()).unwrap_or_default();
        let step = graph.step.get(range.clone()).unwrap_or_default();
        let columns = graph.columns.get(range).unwrap_or_default();
        let scores = self.scores.get_mut(shifted).unwrap_or_default();
        let ways = here.iter().zip(stay).zip(before.iter().zip(step));
        for ((((here, stay), (before, step)), (score, code)), column) in
            ways.zip(scores.iter_mut().zip(&mut self.codes)).zip(columns)
        {
            let (stay, step) = (here + stay, before + step);
            let best = if step > stay { step } else { stay };
            *code = u8::from(step > stay);
            *score = (best + emission.get(usize::from(*column)).copied().unwrap_or(NEVER)).max(NEVER);
        }
    }

    /// The other ways into nodes.
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "arcs lie in the window, it in the graph"
    )]
    fn arcs(&mut self, graph: &Graph, emission: &[f32], range: &Range<usize>) {
        let first = graph.arcs.partition_point(|arc| (arc.to as usize) < range.start);
        let arcs = graph.arcs.get(first..).unwrap_or_default().iter().take_while(|arc| (arc.to as usize) < range.end);
        for arc in arcs {
            let to = arc.to as usize;
            let score = self.previous[arc.from as usize + 1] + arc.weight + emission[usize::from(graph.columns[to])];
            if score > self.scores[to + 1] {
                self.scores[to + 1] = score;
                self.codes[to - range.start] = arc.way;
            }
        }
    }

    /// The hubs, which take no time.
    #[expect(
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "ways lead to hubs from earlier places"
    )]
    fn pass_hubs(&mut self, graph: &Graph, range: &Range<usize>) {
        let first = graph.hubs.partition_point(|hub| (hub.at as usize) < range.start);
        let hubs = graph.hubs.get(first..).unwrap_or_default().iter().take_while(|hub| (hub.at as usize) < range.end);
        for hub in hubs {
            let (mut best, mut code) = (NEVER, 0);
            for (way, (from, weight)) in (0u8..).zip(&hub.ways[..usize::from(hub.count)]) {
                let score = self.scores[*from as usize + 1] + weight;
                if score > best {
                    (best, code) = (score, way);
                }
            }
            self.scores[hub.at as usize + 1] = best;
            self.codes[hub.at as usize - range.start] = code;
        }
    }

    /// Takes the best score off all, so that sums stay exact however long the recording.
    pub(super) fn rebase(&mut self) {
        let best = self.scores().iter().copied().fold(NEVER, f32::max);
        let shifted = self.range.start.saturating_add(1)..self.range.end.saturating_add(1);
        if best > NEVER / 2.0 {
            for score in self.scores.get_mut(shifted).unwrap_or_default() {
                *score = (*score - best).max(NEVER);
            }
            self.base += f64::from(best);
        }
    }
}

/// The ways taken, two bits each.
#[derive(Default)]
struct Ways {
    rows: Vec<(u32, u32)>,
    blocks: Vec<Vec<u8>>,
}

impl Ways {
    fn push(&mut self, range: Range<usize>, codes: &[u8]) {
        if self.rows.len().is_multiple_of(BLOCK) {
            self.blocks.push(Vec::with_capacity(codes.len().div_ceil(4).saturating_mul(BLOCK)));
        }
        let Some(block) = self.blocks.last_mut() else { return };
        self.rows.push((range.start as u32, block.len() as u32));
        block.extend(codes.chunks(4).map(|codes| codes.iter().rev().fold(0u8, |byte, code| (byte << 2) | code)));
        if self.rows.len().is_multiple_of(BLOCK) {
            block.shrink_to_fit();
        }
    }

    fn get(&self, t: usize, place: u32) -> Option<u8> {
        let (first, offset) = *self.rows.get(t)?;
        let index = place.checked_sub(first)?;
        let byte = self.blocks.get(t / BLOCK)?.get((offset as usize).checked_add(index as usize / 4)?)?;
        Some(match index % 4 {
            0 => byte & 3,
            1 => byte >> 2 & 3,
            2 => byte >> 4 & 3,
            _ => byte >> 6,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::acoustic::graph::Place;

    /// Made-up emissions, held at once.
    struct Given {
        rows: Vec<f32>,
        columns: usize,
    }

    impl Given {
        fn noise(frames: usize, columns: usize, seed: u32) -> Self {
            let mut state = seed;
            let mut next = || {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / 1_677_721.6 - 5.0
            };
            Self { rows: (0..frames * columns).map(|_| next()).collect(), columns }
        }
    }

    impl Emissions for Given {
        fn frames(&self) -> usize {
            self.rows.len() / self.columns
        }

        fn columns(&self) -> usize {
            self.columns
        }

        fn rows(&mut self, frames: Range<usize>, rows: &mut Vec<f32>) {
            rows.clear();
            rows.extend(&self.rows[frames.start * self.columns..frames.end * self.columns]);
        }
    }

    /// Steps, stays, arcs, chains of hubs: what graphs of texts are made of.
    fn graph(units: u32) -> Graph {
        let mut graph = Graph::new();
        let mut hub = 0;
        for unit in 0..units {
            let column = (unit % 3) as u16;
            let first = graph.node(Place::Unit(unit), column, -0.7, -0.5);
            let second = graph.node(Place::Unit(unit), column + 1, -0.6, -0.8);
            graph.node(Place::Silence, 4, -0.1, -2.0);
            let last = graph.node(Place::Unit(unit), column, -0.7, -1.0);
            graph.arc(second, -0.3);
            graph.arc(first, -2.5);
            let end = graph.hub(&[(last, 0.0), (hub, -9.0)]);
            let fill = graph.node(Place::Fill, 5, 0.0, -4.0);
            hub = graph.hub(&[(end, 0.0), (fill, -0.6)]);
        }
        graph
    }

    /// The textbook, place by place.
    fn best(graph: &Graph, given: &Given) -> f64 {
        const NONE: f64 = -1e30;
        let hub = |at: usize| graph.hubs.iter().find(|hub| hub.at as usize == at);
        let close = |row: &mut Vec<f64>| {
            for at in 0..row.len() {
                if let Some(hub) = hub(at) {
                    let ways = hub.ways[..usize::from(hub.count)].iter();
                    row[at] = ways.map(|(from, w)| row[*from as usize] + f64::from(*w)).fold(NONE, f64::max);
                }
            }
        };
        let mut row = vec![NONE; graph.len()];
        row[0] = 0.0;
        close(&mut row);
        for emission in given.rows.chunks(given.columns) {
            let mut next = vec![NONE; graph.len()];
            for at in 1..graph.len() {
                if graph.places[at] == Place::Hub {
                    continue;
                }
                let mut score = (row[at] + f64::from(graph.stay[at])).max(row[at - 1] + f64::from(graph.step[at]));
                for arc in graph.arcs.iter().filter(|arc| arc.to as usize == at) {
                    score = score.max(row[arc.from as usize] + f64::from(arc.weight));
                }
                next[at] = score + f64::from(emission[usize::from(graph.columns[at])]);
            }
            close(&mut next);
            row = next;
        }
        row[graph.len() - 1]
    }

    /// What a path costs, from its nodes alone; between two nodes lie at most two hubs.
    fn check(graph: &Graph, nodes: &[u32]) {
        for pair in nodes.windows(2) {
            assert!(pair[0] <= pair[1], "{pair:?}");
        }
        assert!(nodes.iter().all(|node| graph.places[*node as usize] != Place::Hub));
    }

    #[test]
    fn the_best_way_is_found() {
        for seed in 1..8 {
            let graph = graph(6);
            let mut given = Given::noise(70, 6, seed);
            let path = decode(&graph, &mut given, &Window::Full).unwrap();
            assert!((path.score - best(&graph, &given)).abs() < 1e-3, "seed {seed}: {}", path.score);
            check(&graph, &path.nodes);
        }
    }

    #[test]
    fn a_window_that_holds_the_way_finds_it() {
        let graph = graph(60);
        let mut given = Given::noise(700, 6, 3);
        let full = decode(&graph, &mut given, &Window::Full).unwrap();
        for window in
            [Window::around(&full.nodes, 40, &graph), Window::Beam { score: 150.0, most: 421, limits: Vec::new() }]
        {
            let path = decode(&graph, &mut given, &window).unwrap();
            assert_eq!(path.nodes, full.nodes);
            assert!((path.score - full.score).abs() < 1e-2);
        }
    }

    #[test]
    fn too_little_time_has_no_way() {
        let mut graph = Graph::new();
        for _ in 0..5 {
            graph.node(Place::Unit(0), 0, -1.0, -1.0);
        }
        graph.hub(&[(5, 0.0)]);
        for (frames, found) in [(0, false), (4, false), (5, true), (6, true)] {
            let path = decode(&graph, &mut Given::noise(frames, 1, 1), &Window::Full);
            assert_eq!(path.is_some(), found, "{frames} frames");
        }
    }
}
