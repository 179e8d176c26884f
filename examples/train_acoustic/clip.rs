//! A clip: sound, and the states that are said in it.

use std::sync::LazyLock;
use zimu::audio::features::FeatureExtractor;
use zimu::model::{FEATURE_DIMS, Features, PHONES, Phone};
use zimu::time::Time;

/// The number that stands for silence: after all states of phones.
pub(crate) fn silence() -> usize {
    static COUNT: LazyLock<usize> = LazyLock::new(|| PHONES.iter().map(|row| usize::from(row.states)).sum());
    *COUNT
}

/// A clip of speech.
pub(crate) struct Clip {
    pub(crate) speaker: String,
    /// Mono, 16,000 a second.
    pub(crate) samples: Vec<f32>,
    /// The phones of each unit. Between units there may be silence.
    pub(crate) units: Vec<Vec<Phone>>,
    /// Which state each frame is in, [`silence`] for none; what is known of it before training, and the result afterwards.
    pub(crate) states: Vec<usize>,
}

/// Features of samples.
pub(crate) fn features(samples: &[f32]) -> Features {
    let mut extractor = FeatureExtractor::new(Time::ZERO);
    extractor.push(samples);
    extractor.finish()
}

/// Mean and deviation of each dimension.
pub(crate) struct Norm {
    mean: [f64; FEATURE_DIMS],
    deviation: [f64; FEATURE_DIMS],
}

impl Norm {
    /// Over these frames.
    pub(crate) fn of<'a>(frames: impl Iterator<Item = &'a [f32]>) -> Self {
        let (mut count, mut mean, mut square) = (0.0f64, [0.0f64; FEATURE_DIMS], [0.0f64; FEATURE_DIMS]);
        for frame in frames {
            count += 1.0;
            for (d, x) in frame.iter().enumerate() {
                mean[d] += f64::from(*x);
                square[d] += f64::from(*x) * f64::from(*x);
            }
        }
        let mut deviation = [1.0; FEATURE_DIMS];
        for d in 0..FEATURE_DIMS {
            mean[d] /= count.max(1.0);
            deviation[d] = (square[d] / count.max(1.0) - mean[d] * mean[d]).max(0.0).sqrt() + 1e-3;
        }
        Self { mean, deviation }
    }

    /// The frames with the mean 0 and the deviation 1.
    pub(crate) fn apply(&self, cepstra: &mut [f32]) {
        for frame in cepstra.chunks_exact_mut(FEATURE_DIMS) {
            for (d, x) in frame.iter_mut().enumerate() {
                *x = ((f64::from(*x) - self.mean[d]) / self.deviation[d]) as f32;
            }
        }
    }
}
