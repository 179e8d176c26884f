//! From samples to what the aligner hears: cepstra with their differences, energy, speech or not, a frame every 10 ms.

use super::activity;
use super::spectrum::{Analyser, CEPSTRA, EMPHASIS, WINDOW};
use crate::model::{FEATURE_DIMS, Features};
use crate::time::Time;

/// Samples from one frame to the next: 10 ms.
const HOP: usize = 160;
/// Reach of the differences, in frames to each side: the usual regression (The HTK Book, §5.9).
const REACH: usize = 2;
/// Samples taken at once, so that the buffer stays small however long the piece is.
const PIECE: usize = 16_000;

/// Makes [`Features`] of a recording, piece by piece; only the frames are kept.
///
/// ```
/// use zimu::audio::features::FeatureExtractor;
/// use zimu::time::Time;
/// let mut extractor = FeatureExtractor::new(Time::ZERO);
/// extractor.push(&vec![0.1; 8_000]);
/// extractor.push(&vec![-0.1; 8_000]);
/// assert_eq!(extractor.finish().len(), 100);
/// ```
pub struct FeatureExtractor {
    start: Time,
    analyser: Analyser,
    /// Pre-emphasised samples from the beginning of the next frame on.
    pending: Vec<f32>,
    previous: f32,
    samples: usize,
    cepstra: Vec<f32>,
    loudness: Vec<f32>,
    energy: Vec<f32>,
}

impl FeatureExtractor {
    /// For sound whose first sample is at the media time `start`. Frame `t` is centred `t` × 10 ms later; beyond both ends of
    /// the sound is silence.
    pub fn new(start: Time) -> Self {
        Self {
            start,
            analyser: Analyser::new(),
            pending: vec![0.0; WINDOW / 2],
            previous: 0.0,
            samples: 0,
            cepstra: Vec::new(),
            loudness: Vec::new(),
            energy: Vec::new(),
        }
    }

    /// Takes the next samples: mono, 16,000 a second, full scale ±1 (beyond ±8, and what is not a number, is cut).
    pub fn push(&mut self, samples: &[f32]) {
        for piece in samples.chunks(PIECE) {
            for &sample in piece {
                let sample = if sample.is_nan() { 0.0 } else { sample.clamp(-8.0, 8.0) };
                self.pending.push(sample - EMPHASIS * self.previous);
                self.previous = sample;
            }
            self.samples = self.samples.saturating_add(piece.len());
            self.analyse(usize::MAX);
        }
    }

    /// Makes the frames that are complete, up to `limit` frames altogether.
    fn analyse(&mut self, limit: usize) {
        let mut from = 0usize;
        while self.energy.len() < limit
            && let Some(window) = self.pending.get(from..from.saturating_add(WINDOW))
        {
            let frame = self.analyser.frame(window);
            self.cepstra.extend_from_slice(&frame.cepstra);
            self.loudness.push(frame.loudness);
            self.energy.push(frame.energy);
            from = from.saturating_add(HOP);
        }
        self.pending.drain(..from.min(self.pending.len()));
    }

    /// The features of all that was pushed: a frame for every 10 ms begun.
    pub fn finish(mut self) -> Features {
        let frames = self.samples.div_ceil(HOP);
        self.pending.extend([0.0; WINDOW + HOP]);
        self.analyse(frames);
        Features {
            start: self.start,
            cepstra: with_differences(&self.cepstra),
            speech: activity::speech(&self.loudness),
            energy: self.energy,
        }
    }
}

/// Cepstra, their differences, and the differences of those.
fn with_differences(cepstra: &[f32]) -> Vec<f32> {
    let first = differences(cepstra);
    let second = differences(&first);
    let mut all = Vec::with_capacity(cepstra.len().saturating_mul(FEATURE_DIMS / CEPSTRA));
    let frames = cepstra.chunks_exact(CEPSTRA).zip(first.chunks_exact(CEPSTRA)).zip(second.chunks_exact(CEPSTRA));
    for ((plain, first), second) in frames {
        all.extend_from_slice(plain);
        all.extend_from_slice(first);
        all.extend_from_slice(second);
    }
    all
}

/// The slope of each cepstrum over five frames, Σ k (c(t + k) − c(t − k)) / 2 Σ k²; the outermost frame stands for those beyond.
fn differences(cepstra: &[f32]) -> Vec<f32> {
    let frames: Vec<&[f32]> = cepstra.chunks_exact(CEPSTRA).collect();
    let last = frames.len().saturating_sub(1);
    let at = |index: usize| frames.get(index.min(last)).copied().unwrap_or_default();
    let mut slopes = Vec::with_capacity(cepstra.len());
    for t in 0..frames.len() {
        let mut slope = [0.0f32; CEPSTRA];
        for k in 1..=REACH {
            let sides = at(t.saturating_add(k)).iter().zip(at(t.saturating_sub(k)));
            for (sum, (after, before)) in slope.iter_mut().zip(sides) {
                // 2 (1² + 2²) = 10.
                *sum += k as f32 * (after - before) / 10.0;
            }
        }
        slopes.extend_from_slice(&slope);
    }
    slopes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noise(length: usize) -> Vec<f32> {
        let mut state = 1u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        };
        (0..length).map(|_| next()).collect()
    }

    fn features(pieces: &[&[f32]]) -> Features {
        let mut extractor = FeatureExtractor::new(Time::ZERO);
        pieces.iter().for_each(|piece| extractor.push(piece));
        extractor.finish()
    }

    #[test]
    fn pieces_of_any_size_give_the_same() {
        let sound = noise(40_123);
        let whole = features(&[&sound]);
        for size in [1, 159, 160, 161, 399, 5_000] {
            assert_eq!(features(&sound.chunks(size).collect::<Vec<_>>()), whole, "pieces of {size}");
        }
    }

    #[test]
    fn there_is_a_frame_for_every_ten_milliseconds_begun() {
        for (samples, frames) in [(0, 0), (1, 1), (160, 1), (161, 2), (16_000, 100)] {
            let features = features(&[&noise(samples)]);
            assert_eq!(features.len(), frames, "{samples} samples");
            assert_eq!(features.cepstra.len(), frames * FEATURE_DIMS);
            assert_eq!(features.speech.len(), frames);
        }
    }

    #[test]
    fn a_frame_is_centred_on_its_time() {
        let mut sound = vec![0.0; 16_000];
        sound[8_000] = 1.0;
        let energy = features(&[&sound]).energy;
        let loudest = (0..energy.len()).max_by(|a, b| energy[*a].total_cmp(&energy[*b]));
        assert_eq!(loudest, Some(50));
    }

    #[test]
    fn what_is_not_a_number_does_no_harm() {
        let features = features(&[&[f32::NAN, f32::INFINITY, f32::MAX, -0.5]]);
        assert!(features.cepstra.iter().all(|c| c.is_finite()));
    }

    #[test]
    fn slopes_are_those_of_a_ramp() {
        let ramp: Vec<f32> = (0..20).flat_map(|t| [3.0 * t as f32; CEPSTRA]).collect();
        let slopes = differences(&ramp);
        assert!((slopes[10 * CEPSTRA] - 3.0).abs() < 1e-5);
    }
}
