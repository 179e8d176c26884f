//! An acoustic model: what each part of each phone sounds like.

use super::features::FEATURE_DIMS;

/// Mixtures of Gaussians for the states of the phones of [`super::PHONES`], in that order, each phone's states in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acoustics {
    /// Name and version: `zh-en 1`.
    pub name: String,
    /// Whose speech it was made from, and under which licence.
    pub notice: String,
    /// One a state; without components for the states of a phone that it does not know.
    pub states: Vec<Mixture>,
}

/// A mixture of Gaussians with diagonal covariances over [`FEATURE_DIMS`] dimensions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mixture {
    /// Weight of each component; they sum to 1.
    pub weights: Vec<f32>,
    /// Means, component after component.
    pub means: Vec<f32>,
    /// Variances, component after component, all positive.
    pub variances: Vec<f32>,
}

impl Mixture {
    /// Means and variances of a component; `None` past the last or where numbers are missing.
    pub fn component(&self, index: usize) -> Option<(&[f32], &[f32])> {
        let from = index.checked_mul(FEATURE_DIMS)?;
        let range = from..from.checked_add(FEATURE_DIMS)?;
        Some((self.means.get(range.clone())?, self.variances.get(range)?))
    }
}
