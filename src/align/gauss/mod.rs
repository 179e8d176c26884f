//! Mixtures of Gaussians: how likely a frame is in a state, fitting them to frames, moving them towards a recording.

mod adapt;
mod fit;
mod log;
mod score;

pub use adapt::{Map, Statistics};
pub use fit::{Fit, fit};
pub use score::Scorer;

/// Components that a mixture may have; the embedded model has four.
pub const MAX_COMPONENTS: usize = 8;

#[cfg(test)]
pub(super) mod test_support {
    use crate::model::{FEATURE_DIMS, Mixture};

    /// Numbers from −1 to 1 that look random.
    pub(crate) fn noise(count: usize, seed: u64) -> Vec<f32> {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 40) as f32 / 8_388_608.0 - 1.0
        };
        (0..count).map(|_| next()).collect()
    }

    /// A mixture with this many components.
    pub(crate) fn mixture(components: usize, seed: u64) -> Mixture {
        let positive = |x: f32| 0.6 + 0.5 * x;
        let weights: Vec<f32> = noise(components, seed ^ 5).into_iter().map(positive).collect();
        let sum: f32 = weights.iter().sum();
        Mixture {
            weights: weights.into_iter().map(|weight| weight / sum).collect(),
            means: noise(components * FEATURE_DIMS, seed),
            variances: noise(components * FEATURE_DIMS, seed ^ 77).into_iter().map(positive).collect(),
        }
    }
}
