//! What the aligner hears: cepstra and energy, a frame every 10 ms.

use crate::time::{Time, TimeDelta};

/// Numbers a frame: 13 cepstra with c0, their first and second differences.
pub const FEATURE_DIMS: usize = 39;

/// From one frame to the next: 10 ms.
pub const HOP: TimeDelta = TimeDelta::from_millis(10);

/// Acoustic features of a recording, not normalised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Features {
    /// Media time of the centre of the first frame.
    pub start: Time,
    /// Cepstra, [`FEATURE_DIMS`] numbers a frame, frame after frame.
    pub cepstra: Vec<f32>,
    /// Energy of each frame in the band of speech (150 to 4,000 Hz), in dB relative to full scale.
    pub energy: Vec<f32>,
    /// Whether each frame is speech, by energy alone.
    pub speech: Vec<bool>,
}

impl Features {
    /// How many frames.
    pub fn len(&self) -> usize {
        self.energy.len()
    }

    /// There are none.
    pub fn is_empty(&self) -> bool {
        self.energy.is_empty()
    }

    /// The cepstra of a frame; empty past the end.
    pub fn frame(&self, index: usize) -> &[f32] {
        let from = index.saturating_mul(FEATURE_DIMS);
        self.cepstra.get(from..from.saturating_add(FEATURE_DIMS)).unwrap_or_default()
    }
}
