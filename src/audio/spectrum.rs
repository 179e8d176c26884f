//! One frame of sound as a spectrum: mel bands, cepstra, the energy of speech.

use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};
use std::f64::consts::PI;
use std::sync::Arc;

/// Samples a second that everything here is made for.
pub(super) const RATE: usize = 16_000;
/// Samples in a frame: 25 ms.
pub(super) const WINDOW: usize = 400;
/// Points of the transform, the next power of two.
const POINTS: usize = 512;
/// Mel bands, and the range they divide: below 80 Hz is hum, above 7,000 Hz many recordings hold nothing.
const BANDS: usize = 32;
const BAND_RANGE: (f64, f64) = (80.0, 7_000.0);
/// Cepstra kept, with c0.
pub(super) const CEPSTRA: usize = 13;
/// Strength of the pre-emphasis y(t) = x(t) − 0.97 x(t − 1), as in HTK (The HTK Book, §5.2).
pub(super) const EMPHASIS: f32 = 0.97;
/// Added to a band's power before the logarithm: about the noise of 16-bit samples.
const POWER_FLOOR: f32 = 1e-7;
/// Bands that carry voices (about 160 to 4,000 Hz), for the judgement of what is speech.
const VOICE_BANDS: std::ops::Range<usize> = 2..24;
/// The band of [`Frame::energy`], in Hz.
const ENERGY_RANGE: (f64, f64) = (150.0, 4_000.0);

/// What one frame says.
pub(super) struct Frame {
    /// Cepstra with c0.
    pub(super) cepstra: [f32; CEPSTRA],
    /// Mean power of the voice bands, in dB.
    pub(super) loudness: f32,
    /// Power from 150 to 4,000 Hz before the pre-emphasis, in dB relative to a sine at full scale.
    pub(super) energy: f32,
}

/// A weighted run of bins of the power spectrum.
struct Band {
    first: usize,
    weights: Vec<f32>,
}

impl Band {
    fn power(&self, spectrum: &[f32]) -> f32 {
        self.weights.iter().zip(spectrum.iter().skip(self.first)).map(|(w, p)| w * p).sum()
    }
}

/// Turns windows of samples into frames.
pub(super) struct Analyser {
    plan: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    input: Vec<f32>,
    output: Vec<Complex<f32>>,
    scratch: Vec<Complex<f32>>,
    power: Vec<f32>,
    bands: Vec<Band>,
    energy: Band,
    cosines: Vec<f32>,
}

impl Analyser {
    pub(super) fn new() -> Self {
        let plan = RealFftPlanner::new().plan_fft_forward(POINTS);
        let window: Vec<f32> = (0..WINDOW).map(hamming).collect();
        Self {
            input: plan.make_input_vec(),
            output: plan.make_output_vec(),
            scratch: plan.make_scratch_vec(),
            power: vec![0.0; POINTS / 2 + 1],
            bands: mel_bands(),
            energy: energy_band(&window),
            cosines: cosines(),
            window,
            plan,
        }
    }

    /// The frame of [`WINDOW`] pre-emphasised samples; missing ones count as silence.
    pub(super) fn frame(&mut self, samples: &[f32]) -> Frame {
        self.input.fill(0.0);
        for ((place, sample), weight) in self.input.iter_mut().zip(samples).zip(&self.window) {
            *place = sample * weight;
        }
        // The only failure is a wrong length of a buffer; the plan made them.
        let done = self.plan.process_with_scratch(&mut self.input, &mut self.output, &mut self.scratch);
        debug_assert!(done.is_ok(), "{done:?}");
        for (power, bin) in self.power.iter_mut().zip(&self.output) {
            *power = bin.norm_sqr();
        }
        let mut logs = [0.0f32; BANDS];
        let mut voice = 0.0;
        for (index, (log, band)) in logs.iter_mut().zip(&self.bands).enumerate() {
            let power = band.power(&self.power) + POWER_FLOOR;
            *log = power.ln();
            if VOICE_BANDS.contains(&index) {
                voice += power;
            }
        }
        let mut cepstra = [0.0f32; CEPSTRA];
        for (value, row) in cepstra.iter_mut().zip(self.cosines.chunks_exact(BANDS)) {
            *value = row.iter().zip(&logs).map(|(c, l)| c * l).sum();
        }
        Frame {
            cepstra,
            loudness: decibels(voice / VOICE_BANDS.len() as f32, 1e-9),
            energy: decibels(self.energy.power(&self.power), 1e-10),
        }
    }
}

fn decibels(power: f32, floor: f32) -> f32 {
    10.0 * (power + floor).log10()
}

fn hamming(index: usize) -> f32 {
    (0.54 - 0.46 * (2.0 * PI * index as f64 / (WINDOW - 1) as f64).cos()) as f32
}

/// The frequency of a bin of the spectrum.
fn hertz(bin: usize) -> f64 {
    bin as f64 * RATE as f64 / POINTS as f64
}

/// Triangles of equal width on the mel scale of HTK, mel(f) = 1127 ln(1 + f / 700) (The HTK Book, §5.4).
fn mel_bands() -> Vec<Band> {
    let mel = |hertz: f64| 1127.0 * (1.0 + hertz / 700.0).ln();
    let (low, high) = (mel(BAND_RANGE.0), mel(BAND_RANGE.1));
    let edge = |index: usize| {
        let mel = low + (high - low) * index as f64 / (BANDS + 1) as f64;
        700.0 * ((mel / 1127.0).exp() - 1.0)
    };
    let band = |index: usize| {
        let (from, top, to) = (edge(index), edge(index.saturating_add(1)), edge(index.saturating_add(2)));
        let weight = |bin: usize| ((hertz(bin) - from) / (top - from)).min((to - hertz(bin)) / (to - top));
        let bins: Vec<usize> = (0..=POINTS / 2).filter(|&bin| weight(bin) > 0.0).collect();
        Band { first: bins.first().copied().unwrap_or(0), weights: bins.iter().map(|&b| weight(b) as f32).collect() }
    };
    (0..BANDS).map(band).collect()
}

/// Sums the power of speech as it was before the pre-emphasis. By Parseval's theorem, twice the sum over the positive
/// frequencies is the mean square times the points times the energy of the window; a sine at full scale has the mean square ½.
fn energy_band(window: &[f32]) -> Band {
    let gain: f64 = window.iter().map(|w| f64::from(*w) * f64::from(*w)).sum();
    let scale = 2.0 * 2.0 / (POINTS as f64 * gain);
    let emphasis = f64::from(EMPHASIS);
    let weight = |bin: usize| {
        let cosine = (2.0 * PI * hertz(bin) / RATE as f64).cos();
        (scale / (1.0 + emphasis * emphasis - 2.0 * emphasis * cosine)) as f32
    };
    let inside = |bin: &usize| (ENERGY_RANGE.0..=ENERGY_RANGE.1).contains(&hertz(*bin));
    let bins: Vec<usize> = (0..=POINTS / 2).filter(inside).collect();
    Band { first: bins.first().copied().unwrap_or(0), weights: bins.into_iter().map(weight).collect() }
}

/// The orthonormal cosine transform (DCT-II), the first [`CEPSTRA`] rows.
fn cosines() -> Vec<f32> {
    let row = |k: usize| {
        let scale = (if k == 0 { 1.0 } else { 2.0 } / BANDS as f64).sqrt();
        (0..BANDS).map(move |n| (scale * (PI * k as f64 * (n as f64 + 0.5) / BANDS as f64).cos()) as f32)
    };
    (0..CEPSTRA).flat_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sine_at_full_scale_has_the_energy_zero() {
        let sine = |t: usize| (2.0 * PI * 1_000.0 * t as f64 / RATE as f64).sin() as f32;
        let samples: Vec<f32> = (1..=WINDOW).map(|t| sine(t) - EMPHASIS * sine(t - 1)).collect();
        let frame = Analyser::new().frame(&samples);
        assert!(frame.energy.abs() < 0.2, "{}", frame.energy);
    }

    #[test]
    fn silence_is_at_the_floor() {
        let frame = Analyser::new().frame(&[]);
        assert!((frame.energy + 100.0).abs() < 0.1);
        // All bands at ln 1e-7: c0 alone speaks, √32 ln 1e-7.
        assert!((frame.cepstra[0] - 32f32.sqrt() * POWER_FLOOR.ln()).abs() < 1e-2);
        assert!(frame.cepstra[1..].iter().all(|c| c.abs() < 1e-3));
    }

    #[test]
    fn bands_cover_their_range_and_overlap_by_half() {
        let bands = mel_bands();
        assert_eq!(bands.len(), BANDS);
        assert!(bands.iter().all(|band| !band.weights.is_empty()));
        // Inside the range, neighbouring triangles sum to one.
        for bin in 20..200usize {
            let sum: f32 =
                bands.iter().map(|b| bin.checked_sub(b.first).and_then(|i| b.weights.get(i)).unwrap_or(&0.0)).sum();
            assert!((sum - 1.0).abs() < 1e-5, "bin {bin}: {sum}");
        }
    }
}
