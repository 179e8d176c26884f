//! Fitting a mixture to frames: expectation maximisation, growing by splitting the heaviest components.

use super::adapt::{alone, to_shares};
use super::{MAX_COMPONENTS, Scorer};
use crate::model::{FEATURE_DIMS, Mixture};

/// How a mixture is fitted.
#[derive(Clone, Copy, Debug)]
pub struct Fit<'a> {
    /// Components wanted, at most [`MAX_COMPONENTS`].
    pub components: usize,
    /// Frames that each component needs; with fewer frames there are fewer components.
    pub frames_each: usize,
    /// Rounds at the final number of components; after an earlier splitting there are at most four.
    pub rounds: usize,
    /// The variance that little data shrinks to, and that the floor is a share of: usually that of all speech.
    pub variance: &'a [f32],
    /// Frames that [`Fit::variance`] counts for.
    pub variance_frames: f32,
    /// No variance falls below this share of [`Fit::variance`].
    pub floor: f32,
}

/// How far the halves of a component are moved from its mean, in standard deviations.
const APART: f32 = 0.3;

/// A mixture for these frames ([`FEATURE_DIMS`] numbers each); of no frames, one Gaussian with the mean zero and the variance
/// of the fit. The same frames give the same mixture.
pub fn fit(frames: &[f32], fit: &Fit) -> Mixture {
    let count = frames.len() / FEATURE_DIMS;
    let most = fit.components.min(count.checked_div(fit.frames_each).unwrap_or(count)).clamp(1, MAX_COMPONENTS);
    let mut mixture = Mixture { weights: vec![1.0], means: vec![0.0; FEATURE_DIMS], variances: fit.variance.to_vec() };
    mixture.variances.resize(FEATURE_DIMS, 1.0);
    if count == 0 {
        return mixture;
    }
    expect_and_maximise(frames, fit, &mut mixture);
    while mixture.weights.len() < most {
        split(&mut mixture, most);
        let rounds = if mixture.weights.len() == most { fit.rounds } else { fit.rounds.min(4) };
        for _ in 0..rounds {
            expect_and_maximise(frames, fit, &mut mixture);
        }
    }
    mixture
}

/// Splits the heaviest components, until there are twice as many or `most`.
fn split(mixture: &mut Mixture, most: usize) {
    let count = mixture.weights.len();
    let mut order: Vec<usize> = (0..count).collect();
    let weight = |index: &usize| mixture.weights.get(*index).copied().unwrap_or(0.0);
    order.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.cmp(b)));
    order.truncate(most.saturating_sub(count));
    for index in order {
        let Some((means, variances)) = mixture.component(index) else { continue };
        let (means, variances) = (means.to_vec(), variances.to_vec());
        let moves = variances.iter().enumerate().map(|(dimension, variance)| {
            let side = if scattered(index, count, dimension) { APART } else { -APART };
            side * variance.sqrt()
        });
        let moves: Vec<f32> = moves.collect();
        let from = index.saturating_mul(FEATURE_DIMS);
        for (mean, step) in mixture.means.iter_mut().skip(from).zip(&moves) {
            *mean -= step;
        }
        mixture.means.extend(means.iter().zip(&moves).map(|(mean, step)| mean + step));
        mixture.variances.extend(variances);
        if let Some(weight) = mixture.weights.get_mut(index) {
            *weight /= 2.0;
            let half = *weight;
            mixture.weights.push(half);
        }
    }
}

/// A fixed choice that looks random (the finaliser of MurmurHash3).
fn scattered(index: usize, count: usize, dimension: usize) -> bool {
    let mut hash =
        (index as u32).wrapping_mul(31).wrapping_add(count as u32).wrapping_mul(101).wrapping_add(dimension as u32);
    hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    (hash ^ (hash >> 16)) & 1 == 1
}

/// Count, sums and sums of squares of a component's frames.
struct Sums(f64, [f64; FEATURE_DIMS], [f64; FEATURE_DIMS]);

/// One round: what each component has of each frame, then weights, means and variances from that.
fn expect_and_maximise(frames: &[f32], fit: &Fit, mixture: &mut Mixture) {
    let components = mixture.weights.len();
    let scorer = Scorer::new(&alone(mixture));
    let mut sums: Vec<Sums> = (0..components).map(|_| Sums(1e-3, [0.0; FEATURE_DIMS], [0.0; FEATURE_DIMS])).collect();
    let mut shares = vec![0.0f32; components.saturating_mul(BLOCK)];
    for block in frames.chunks(BLOCK * FEATURE_DIMS) {
        scorer.score(block, &mut shares);
        for (frame, shares) in block.chunks_exact(FEATURE_DIMS).zip(shares.chunks_exact_mut(components)) {
            to_shares(shares);
            for (Sums(count, values, squares), share) in
                sums.iter_mut().zip(shares).filter(|(_, share)| **share > LEAST)
            {
                let share = f64::from(*share);
                *count += share;
                for ((value, square), x) in values.iter_mut().zip(squares).zip(frame) {
                    let x = f64::from(*x);
                    *value += share * x;
                    *square += share * x * x;
                }
            }
        }
    }
    let total: f64 = sums.iter().map(|sums| sums.0).sum();
    let prior = f64::from(fit.variance_frames);
    let parts = mixture.means.chunks_exact_mut(FEATURE_DIMS).zip(mixture.variances.chunks_exact_mut(FEATURE_DIMS));
    for ((weight, (means, variances)), Sums(count, values, squares)) in mixture.weights.iter_mut().zip(parts).zip(&sums)
    {
        *weight = (count / total) as f32;
        let places = means.iter_mut().zip(variances).zip(values.iter().zip(squares)).zip(fit.variance);
        for (((mean, variance), (value, square)), global) in places {
            let centre = value / count;
            let global = f64::from(*global);
            let wide = (square - count * centre * centre + prior * global) / (count + prior);
            *mean = centre as f32;
            *variance = wide.max(f64::from(fit.floor) * global).max(1e-6) as f32;
        }
    }
}

/// Frames that are scored at once.
const BLOCK: usize = 256;
/// A component that has less of a frame than this learns nothing from it.
const LEAST: f32 = 1e-4;

#[cfg(test)]
mod tests {
    use super::super::test_support::noise;
    use super::*;

    const ONES: [f32; FEATURE_DIMS] = [1.0; FEATURE_DIMS];
    const FIT: Fit<'_> =
        Fit { components: 4, frames_each: 30, rounds: 10, variance: &ONES, variance_frames: 1.0, floor: 0.01 };

    #[test]
    fn two_clouds_are_found() {
        let mut frames = noise(2_000 * FEATURE_DIMS, 5);
        for frame in frames.chunks_exact_mut(FEATURE_DIMS).step_by(4) {
            frame.iter_mut().for_each(|x| *x += 8.0);
        }
        let mixture = fit(&frames, &Fit { components: 2, ..FIT });
        let heavy = usize::from(mixture.weights[1] > mixture.weights[0]);
        assert!((mixture.weights[heavy] - 0.75).abs() < 0.01, "{:?}", mixture.weights);
        assert!(mixture.component(heavy).unwrap().0[3].abs() < 0.1);
        assert!((mixture.component(1 - heavy).unwrap().0[3] - 8.0).abs() < 0.1);
        // An even spread over ±1.
        assert!((mixture.component(heavy).unwrap().1[3] - 1.0 / 3.0).abs() < 0.05);
    }

    #[test]
    fn few_frames_give_few_components() {
        for (frames, components) in [(0, 1), (10, 1), (70, 2), (119, 3), (120, 4), (500, 4)] {
            let mixture = fit(&noise(frames * FEATURE_DIMS, 2), &FIT);
            assert_eq!(mixture.weights.len(), components, "{frames} frames");
            assert!((mixture.weights.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            assert!(mixture.variances.iter().all(|v| *v > 0.0));
        }
    }
}
