//! Moving mixtures towards the frames of a recording: maximum a posteriori (Gauvain & Lee 1994, IEEE Trans. SAP 2:2).

use super::Scorer;
use super::log::exp_of_negative;
use crate::model::{FEATURE_DIMS, Mixture};

/// How much the old values weigh against the frames.
#[derive(Clone, Copy, Debug)]
pub struct Map {
    /// Frames that an old mean counts for.
    pub mean_frames: f32,
    /// Frames that an old variance counts for.
    pub variance_frames: f32,
    /// No variance falls below this share of the variance of all frames that were added.
    pub floor: f32,
}

/// What the frames aligned to each state add up to.
pub struct Statistics {
    states: Vec<State>,
    /// Over all frames.
    all: Sums,
}

struct State {
    /// Each component as a state of its own, for the posteriors.
    scorer: Scorer,
    components: Vec<Sums>,
}

#[derive(Clone)]
struct Sums {
    count: f64,
    values: [f64; FEATURE_DIMS],
    squares: [f64; FEATURE_DIMS],
}

impl Sums {
    const ZERO: Self = Self { count: 0.0, values: [0.0; FEATURE_DIMS], squares: [0.0; FEATURE_DIMS] };

    fn add(&mut self, frame: &[f32], share: f64) {
        self.count += share;
        for ((value, square), x) in self.values.iter_mut().zip(&mut self.squares).zip(frame) {
            let x = f64::from(*x);
            *value += share * x;
            *square += share * x * x;
        }
    }

    fn variance(&self, dimension: usize) -> f64 {
        let (Some(value), Some(square)) = (self.values.get(dimension), self.squares.get(dimension)) else { return 0.0 };
        let count = self.count.max(1.0);
        square / count - (value / count).powi(2)
    }
}

impl Statistics {
    /// Nothing yet, for these states.
    pub fn new(states: &[Mixture]) -> Self {
        let state = |mixture: &Mixture| State {
            scorer: Scorer::new(&alone(mixture)),
            components: vec![Sums::ZERO; mixture.weights.len()],
        };
        Self { states: states.iter().map(state).collect(), all: Sums::ZERO }
    }

    /// Adds a frame that is aligned to this state; a state that does not exist is left out.
    pub fn add(&mut self, state: usize, frame: &[f32]) {
        let Some(State { scorer, components }) = self.states.get_mut(state) else { return };
        self.all.add(frame, 1.0);
        let mut shares = vec![0.0f32; components.len()];
        scorer.score(frame, &mut shares);
        to_shares(&mut shares);
        for (sums, share) in components.iter_mut().zip(shares) {
            sums.add(frame, f64::from(share));
        }
    }

    /// How many frames were added.
    pub fn frames(&self) -> usize {
        self.all.count as usize
    }

    /// The states, moved towards what was added; those without frames stay.
    pub fn adapt(&self, states: &mut [Mixture], map: &Map) {
        for (mixture, state) in states.iter_mut().zip(&self.states) {
            let parts =
                mixture.means.chunks_exact_mut(FEATURE_DIMS).zip(mixture.variances.chunks_exact_mut(FEATURE_DIMS));
            for ((means, variances), sums) in parts.zip(&state.components).filter(|(_, sums)| sums.count > 0.0) {
                self.adapt_component(means, variances, sums, map);
            }
        }
    }

    fn adapt_component(&self, means: &mut [f32], variances: &mut [f32], sums: &Sums, map: &Map) {
        let sides = sums.values.iter().zip(&sums.squares);
        for (dimension, ((mean, variance), (value, square))) in means.iter_mut().zip(variances).zip(sides).enumerate() {
            let old = f64::from(map.mean_frames);
            let new = (old * f64::from(*mean) + value) / (old + sums.count);
            let spread = square - 2.0 * value * new + sums.count * new * new;
            let old = f64::from(map.variance_frames);
            let wide = (old * f64::from(*variance) + spread) / (old + sums.count);
            let floor = f64::from(map.floor) * self.all.variance(dimension);
            *mean = new as f32;
            *variance = wide.max(floor).max(1e-6) as f32;
        }
    }
}

/// Each component of a mixture as a state.
pub(super) fn alone(mixture: &Mixture) -> Vec<Mixture> {
    let one = |(index, weight): (usize, &f32)| {
        let (means, variances) = mixture.component(index).unwrap_or_default();
        Mixture { weights: vec![*weight], means: means.to_vec(), variances: variances.to_vec() }
    };
    mixture.weights.iter().enumerate().map(one).collect()
}

/// Turns logarithms into shares that sum to one.
pub(super) fn to_shares(logs: &mut [f32]) {
    let largest = logs.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    logs.iter_mut().for_each(|log| *log = exp_of_negative(*log - largest));
    let sum: f32 = logs.iter().sum();
    logs.iter_mut().for_each(|share| *share /= sum);
}

#[cfg(test)]
mod tests {
    use super::super::test_support::{mixture, noise};
    use super::*;

    const MAP: Map = Map { mean_frames: 15.0, variance_frames: 60.0, floor: 0.1 };

    #[test]
    fn many_frames_win_and_none_change_nothing() {
        let mut states = vec![mixture(4, 1), mixture(4, 2)];
        let before = states.clone();
        let mut statistics = Statistics::new(&states);
        statistics.adapt(&mut states, &MAP);
        assert_eq!(states, before);
        for frame in noise(20_000 * FEATURE_DIMS, 3).chunks_exact(FEATURE_DIMS) {
            let moved: Vec<f32> = frame.iter().map(|x| x + 5.0).collect();
            statistics.add(0, &moved);
        }
        statistics.add(9, &[0.0; FEATURE_DIMS]);
        assert_eq!(statistics.frames(), 20_000);
        statistics.adapt(&mut states, &MAP);
        assert_eq!(states[1], before[1]);
        // The mixture as a whole has the mean 5 and the variance of an even spread over ±1.
        let expected: f64 = (0..4)
            .map(|c| {
                f64::from(states[0].component(c).unwrap().0[0]) * statistics.states[0].components[c].count / 20_000.0
            })
            .sum();
        assert!((expected - 5.0).abs() < 0.1, "{expected}");
    }

    #[test]
    fn one_frame_moves_a_mean_by_its_share() {
        let mut states =
            vec![Mixture { weights: vec![1.0], means: vec![0.0; FEATURE_DIMS], variances: vec![1.0; FEATURE_DIMS] }];
        let mut statistics = Statistics::new(&states);
        statistics.add(0, &[1.6; FEATURE_DIMS]);
        statistics.adapt(&mut states, &MAP);
        assert!((states[0].means[0] - 0.1).abs() < 1e-6);
        // (60 + (1.6 − 0.1)²) / 61.
        assert!((states[0].variances[0] - 62.25 / 61.0).abs() < 1e-5);
    }
}
