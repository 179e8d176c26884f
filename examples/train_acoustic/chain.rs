//! The best way through a clip's states: one after another, with silence between units where there is some.

use crate::clip::silence;
use zimu::model::Phone;

/// ln P of entering a silence between units.
const ENTRY: f32 = -4.0;
/// ln P of staying in a state, and of leaving it.
const HALF: f32 = -0.69;
/// ln P of staying in silence.
const STAY: f32 = -0.05;

/// The places of a clip in order.
pub(crate) struct Chain(Vec<usize>);

impl Chain {
    /// Silence, the first unit, silence, the second, …, silence.
    pub(crate) fn new(units: &[Vec<Phone>]) -> Self {
        let mut places = vec![silence()];
        for unit in units {
            places.extend(unit.iter().flat_map(|phone| phone.states()));
            places.push(silence());
        }
        Self(places)
    }

    /// The states that are said, without silence.
    pub(crate) fn said(&self) -> Vec<usize> {
        self.0.iter().copied().filter(|state| *state != silence()).collect()
    }

    /// The state of each frame on the best path, and its score; `scores` hold `width` numbers a frame. `None` if there are fewer
    /// frames than states.
    pub(crate) fn best(&self, scores: &[f32], width: usize) -> Option<(Vec<usize>, f32)> {
        let places = &self.0;
        let count = places.len();
        let quiet: Vec<bool> = places.iter().map(|place| *place == silence()).collect();
        let mut now = vec![f32::NEG_INFINITY; count];
        let mut steps: Vec<u8> = Vec::with_capacity(scores.len() / width * count);
        for (t, scores) in scores.chunks_exact(width).enumerate() {
            let before = now.clone();
            for place in 0..count {
                // How many places back the frame before was.
                let stay = before[place] + if quiet[place] { STAY } else { HALF };
                let mut best = (stay, 0u8);
                if t == 0 {
                    best = (if place < 2 { 0.0 } else { f32::NEG_INFINITY }, 0);
                } else {
                    if place >= 1 {
                        let entry = if quiet[place] { ENTRY } else { HALF };
                        best = larger(best, (before[place - 1] + entry, 1));
                    }
                    if place >= 2 && quiet[place - 1] {
                        best = larger(best, (before[place - 2] + HALF, 2));
                    }
                }
                now[place] = best.0 + scores[places[place]];
                steps.push(best.1);
            }
        }
        let mut place = if now[count - 1] >= now[count - 2] { count - 1 } else { count - 2 };
        let score = now[place];
        if !score.is_finite() {
            return None;
        }
        let mut path: Vec<usize> = Vec::new();
        for steps in steps.chunks_exact(count).rev() {
            path.push(places[place]);
            place -= usize::from(steps[place]);
        }
        path.reverse();
        Some((path, score))
    }
}

fn larger(a: (f32, u8), b: (f32, u8)) -> (f32, u8) {
    if b.0 > a.0 { b } else { a }
}
