//! Mean zero and variance one over the speech of a recording: voice, microphone and room differ less than before.

use crate::model::FEATURE_DIMS;

/// No dimension is stretched more than this allows: a recording of one sound has none.
const LEAST_DEVIATION: f64 = 1e-3;

/// Fewer frames than this say nothing about a recording.
pub(super) const FEW: usize = 200;

/// Scales all frames so that the selected ones have mean 0 and variance 1 in each dimension.
pub(super) fn normalise(cepstra: &mut [f32], selected: impl Fn(usize) -> bool) {
    let mut sums = [0.0f64; FEATURE_DIMS];
    let mut squares = [0.0f64; FEATURE_DIMS];
    let mut count = 0.0f64;
    for (_, frame) in cepstra.chunks_exact(FEATURE_DIMS).enumerate().filter(|(t, _)| selected(*t)) {
        count += 1.0;
        for ((sum, square), x) in sums.iter_mut().zip(&mut squares).zip(frame) {
            *sum += f64::from(*x);
            *square += f64::from(*x) * f64::from(*x);
        }
    }
    if count < 2.0 {
        return;
    }
    let scale = |(sum, square): (&f64, &f64)| {
        let mean = sum / count;
        let deviation = (square / count - mean * mean).max(0.0).sqrt() + LEAST_DEVIATION;
        (mean as f32, (1.0 / deviation) as f32)
    };
    let scales: Vec<(f32, f32)> = sums.iter().zip(&squares).map(scale).collect();
    for frame in cepstra.chunks_exact_mut(FEATURE_DIMS) {
        for (x, (mean, scale)) in frame.iter_mut().zip(&scales) {
            *x = (*x - mean) * scale;
        }
    }
}
