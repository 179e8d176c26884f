//! The likelihood of every frame in every state. It is the largest single cost of an alignment (six minutes: 36,000 frames, 336
//! states of four components, 39 dimensions), so the tables are laid out for the loops.

use super::MAX_COMPONENTS;
use super::log::{exp_of_negative, ln_from_one};
use crate::model::{FEATURE_DIMS, Mixture};
use std::f32::consts::PI;

/// States side by side in a register or two.
const LANES: usize = 16;
/// Frames for which a table row is loaded once.
const FRAMES: usize = 4;
/// The logarithm of a weight that does not count.
const NEVER: f32 = -1e30;

type Row = [f32; LANES];

/// The mixtures of some states, made ready for evaluation.
///
/// Values are the same bits on every machine and however the frames are cut into blocks.
pub struct Scorer {
    tiles: Vec<Tile>,
    states: usize,
}

/// [`LANES`] states: for each component their constants, then for each dimension their scales and their shifts.
struct Tile {
    rows: Vec<Row>,
    components: usize,
}

/// Rows of one component.
const ROWS: usize = 1 + 2 * FEATURE_DIMS;

impl Scorer {
    /// For these states, in this order. Components after the eighth are not looked at; a mixture that is empty or has too few
    /// numbers is never likely.
    pub fn new<'a>(states: impl IntoIterator<Item = &'a Mixture>) -> Self {
        let states: Vec<&Mixture> = states.into_iter().collect();
        Self { tiles: states.chunks(LANES).map(Tile::new).collect(), states: states.len() }
    }

    /// How many states.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The natural logarithm of the density of each frame in each state: as many numbers a frame as there are states, frame
    /// after frame, into `scores`. `frames` are [`FEATURE_DIMS`] numbers each; incomplete ones, and those without room in
    /// `scores`, are left out.
    pub fn score(&self, frames: &[f32], scores: &mut [f32]) {
        if self.states == 0 {
            return;
        }
        let groups = frames.chunks(FRAMES * FEATURE_DIMS).zip(scores.chunks_mut(FRAMES.saturating_mul(self.states)));
        pulp::Arch::new().dispatch(Work { scorer: self, groups });
    }
}

/// A call that is compiled once for each set of instructions.
struct Work<'a, I> {
    scorer: &'a Scorer,
    groups: I,
}

impl<'a, I: Iterator<Item = (&'a [f32], &'a mut [f32])>> pulp::NullaryFnOnce for Work<'_, I> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (frames, scores) in self.groups {
            // Dimension by dimension, the values of the frames side by side; frames that are missing are zero.
            let mut columns = [[0.0f32; FRAMES]; FEATURE_DIMS];
            for (index, frame) in frames.chunks_exact(FEATURE_DIMS).enumerate() {
                for (column, value) in columns.iter_mut().zip(frame) {
                    if let Some(place) = column.get_mut(index) {
                        *place = *value;
                    }
                }
            }
            let complete = frames.len() / FEATURE_DIMS;
            for (index, tile) in self.scorer.tiles.iter().enumerate() {
                let first = index.saturating_mul(LANES);
                let values = tile.score(&columns);
                for (value, row) in values.iter().zip(scores.chunks_exact_mut(self.scorer.states)).take(complete) {
                    for (place, value) in row.iter_mut().skip(first).zip(value) {
                        *place = *value;
                    }
                }
            }
        }
    }
}

impl Tile {
    fn new(states: &[&Mixture]) -> Self {
        let components = states.iter().map(|state| state.weights.len()).max().unwrap_or(0).clamp(1, MAX_COMPONENTS);
        let mut rows = vec![[0.0; LANES]; components.saturating_mul(ROWS)];
        for (component, rows) in rows.chunks_exact_mut(ROWS).enumerate() {
            let mut rows = rows.iter_mut();
            if let Some(constants) = rows.next() {
                *constants = [NEVER; LANES];
                for (place, state) in constants.iter_mut().zip(states) {
                    *place = constant(state, component);
                }
            }
            for dimension in 0..FEATURE_DIMS {
                let (Some(scales), Some(shifts)) = (rows.next(), rows.next()) else { break };
                for ((scale, shift), state) in scales.iter_mut().zip(shifts).zip(states) {
                    (*scale, *shift) = line(state, component, dimension);
                }
            }
        }
        Self { rows, components }
    }

    /// The logarithms for each frame and lane.
    #[inline(always)]
    fn score(&self, columns: &[[f32; FRAMES]; FEATURE_DIMS]) -> [Row; FRAMES] {
        let mut all = [[[NEVER; LANES]; FRAMES]; MAX_COMPONENTS];
        for (place, rows) in all.iter_mut().zip(self.rows.chunks_exact(ROWS)) {
            *place = exponents(rows, columns);
        }
        let all = all.get(..self.components).unwrap_or(&all);
        let mut largest = [[NEVER; LANES]; FRAMES];
        for values in all {
            for (large, value) in largest.as_flattened_mut().iter_mut().zip(values.as_flattened()) {
                *large = large.max(*value);
            }
        }
        let mut sums = [[0.0f32; LANES]; FRAMES];
        for values in all {
            let places = sums.as_flattened_mut().iter_mut().zip(values.as_flattened());
            for ((sum, value), large) in places.zip(largest.as_flattened()) {
                *sum += exp_of_negative(value - large);
            }
        }
        for (large, sum) in largest.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
            *large += ln_from_one(*sum);
        }
        largest
    }
}

/// Constant less Σ (x × scale − shift)² for one component of each lane.
#[inline(always)]
fn exponents(rows: &[Row], columns: &[[f32; FRAMES]; FEATURE_DIMS]) -> [Row; FRAMES] {
    let Some((constants, rows)) = rows.split_first() else { return [[NEVER; LANES]; FRAMES] };
    // Four names instead of an array: only so do all sums stay in registers.
    let [mut first, mut second, mut third, mut fourth] = [*constants; FRAMES];
    for ([scales, shifts], x) in rows.as_chunks::<2>().0.iter().zip(columns) {
        subtract(&mut first, x[0], scales, shifts);
        subtract(&mut second, x[1], scales, shifts);
        subtract(&mut third, x[2], scales, shifts);
        subtract(&mut fourth, x[3], scales, shifts);
    }
    [first, second, third, fourth]
}

#[inline(always)]
fn subtract(sums: &mut Row, x: f32, scales: &Row, shifts: &Row) {
    for ((sum, scale), shift) in sums.iter_mut().zip(scales).zip(shifts) {
        let distance = x * scale - shift;
        *sum -= distance * distance;
    }
}

/// ln weight − ½ Σ ln (2π variance).
fn constant(state: &Mixture, component: usize) -> f32 {
    let (Some(weight), Some((_, variances))) = (state.weights.get(component), state.component(component)) else {
        return NEVER;
    };
    let spread: f32 = variances.iter().map(|variance| (2.0 * PI * variance).ln()).sum();
    let constant = weight.ln() - 0.5 * spread;
    if constant.is_finite() { constant } else { NEVER }
}

/// Scale and shift with (x × scale − shift)² = (x − mean)² / (2 variance).
fn line(state: &Mixture, component: usize, dimension: usize) -> (f32, f32) {
    let values = state.component(component).and_then(|(means, variances)| {
        let scale = (0.5 / variances.get(dimension)?).sqrt();
        Some((scale, means.get(dimension)? * scale))
    });
    values.filter(|(scale, shift)| scale.is_finite() && shift.is_finite()).unwrap_or((0.0, 0.0))
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{mixture, noise};
    use super::*;

    /// As the textbook has it.
    fn density(state: &Mixture, frame: &[f32]) -> f64 {
        let component = |index: usize| {
            let (means, variances) = state.component(index).unwrap();
            let dims = frame.iter().zip(means.iter().zip(variances));
            let log: f64 = dims
                .map(|(x, (mean, variance))| {
                    let (x, mean, variance) = (f64::from(*x), f64::from(*mean), f64::from(*variance));
                    -0.5 * ((x - mean).powi(2) / variance + (2.0 * std::f64::consts::PI * variance).ln())
                })
                .sum();
            (f64::from(state.weights[index]).ln() + log).exp()
        };
        (0..state.weights.len()).map(component).sum::<f64>().ln()
    }

    #[test]
    fn densities_are_those_of_the_textbook() {
        let states: Vec<Mixture> = (0..37).map(|seed| mixture(1 + seed % 5, seed as u64)).collect();
        let frames = noise(9 * FEATURE_DIMS, 99);
        let mut scores = vec![0.0; 9 * states.len()];
        Scorer::new(&states).score(&frames, &mut scores);
        for (t, frame) in frames.chunks_exact(FEATURE_DIMS).enumerate() {
            for (s, state) in states.iter().enumerate() {
                let (got, expected) = (scores[t * states.len() + s], density(state, frame));
                assert!((f64::from(got) - expected).abs() < 1e-3, "frame {t}, state {s}: {got} {expected}");
            }
        }
    }

    #[test]
    fn blocks_of_any_size_give_the_same_bits() {
        let states: Vec<Mixture> = (0..20).map(|seed| mixture(4, seed)).collect();
        let scorer = Scorer::new(&states);
        let frames = noise(50 * FEATURE_DIMS, 7);
        let mut whole = vec![0.0; 50 * 20];
        scorer.score(&frames, &mut whole);
        for size in [1, 3, 4, 7] {
            let mut pieces = vec![0.0; 50 * 20];
            for (frames, scores) in frames.chunks(size * FEATURE_DIMS).zip(pieces.chunks_mut(size * 20)) {
                scorer.score(frames, scores);
            }
            assert_eq!(whole, pieces, "blocks of {size}");
        }
    }

    #[test]
    fn damaged_mixtures_are_never_likely() {
        let broken = Mixture { weights: vec![1.0], means: vec![0.0; 3], variances: vec![] };
        let negative =
            Mixture { weights: vec![1.0], means: vec![0.0; FEATURE_DIMS], variances: vec![-1.0; FEATURE_DIMS] };
        let mut scores = [0.0; 3];
        Scorer::new(&[broken, negative, Mixture::default()]).score(&noise(FEATURE_DIMS, 1), &mut scores);
        assert!(scores.iter().all(|score| *score < -1e29), "{scores:?}");
    }
}
