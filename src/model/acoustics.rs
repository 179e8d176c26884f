//! An acoustic model: what each part of each phone sounds like.

/// Mixtures of Gaussians for the states of the phones of [`super::PHONES`], in that order, each phone's states in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Acoustics {
    /// Name and version: `zh-en 1`.
    pub name: String,
    /// One a state.
    pub states: Vec<Mixture>,
}

/// A mixture of Gaussians with diagonal covariances over [`super::FEATURE_DIMS`] dimensions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mixture {
    /// Weight of each component; they sum to 1.
    pub weights: Vec<f32>,
    /// Means, component after component.
    pub means: Vec<f32>,
    /// Variances, component after component, all positive.
    pub variances: Vec<f32>,
}
