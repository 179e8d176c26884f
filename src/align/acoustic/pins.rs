//! Units whose times the article names.

use super::graph::Graph;
use super::lattice::Lattice;
use super::text::Block;
use super::window::Window;
use std::ops::Range;

/// A unit of which the article names the time.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pin {
    pub unit: usize,
    pub frame: usize,
}

/// Frames that a named time may be off: articles name seconds, and name them early or late.
pub(super) const SLACK: usize = 150;

/// In order of both unit and time.
#[derive(Clone, Debug, Default)]
pub(super) struct Pins(pub Vec<Pin>);

impl Pins {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one is in this block, which is said then.
    pub(super) fn hold(&self, block: &Block) -> bool {
        let at = self.0.partition_point(|pin| pin.unit < block.units.start);
        self.0.get(at).is_some_and(|pin| pin.unit < block.units.end)
    }

    /// The places of `lattice` that frame number `t`, of `hop` times 10 ms, may have.
    fn allowed(&self, lattice: &Lattice, t: usize, hop: usize) -> Range<u32> {
        let end = lattice.graph.next();
        let node = |pin: &Pin| lattice.firsts.get(pin.unit).copied().unwrap_or(end);
        let t = t.saturating_mul(hop);
        let passed = self.0.partition_point(|pin| pin.frame.saturating_add(SLACK) < t);
        let reached = self.0.partition_point(|pin| pin.frame <= t.saturating_add(SLACK));
        let from = passed.checked_sub(1).and_then(|i| self.0.get(i)).map_or(0, node);
        let to = self.0.get(reached).map_or(end, |pin| node(pin).max(1));
        from..to.max(from.saturating_add(1))
    }

    /// What they leave of the places of each of `frames` frames.
    pub(super) fn limits(&self, lattice: &Lattice, frames: usize, hop: usize) -> Vec<Range<u32>> {
        (0..frames).map(|t| self.allowed(lattice, t, hop)).collect()
    }

    /// What they leave of a window around places.
    pub(super) fn within(&self, lattice: &Lattice, centres: &[u32], half: u32, graph: &Graph) -> Window {
        let window = Window::around(centres, half, graph);
        let Window::Band(mut band) = window else { return window };
        for (t, range) in band.iter_mut().enumerate() {
            let allowed = self.allowed(lattice, t, 1);
            *range = range.start.max(allowed.start)..range.end.min(allowed.end);
        }
        Window::Band(band)
    }
}
