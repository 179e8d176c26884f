//! Sounds and changes of sound.

use crate::random::Random;
use realfft::RealFftPlanner;
use realfft::num_complex::Complex;
use std::f32::consts::TAU;

const RATE: f32 = 16_000.0;

/// Played faster by this factor, by cubic interpolation (Catmull & Rom 1974).
pub(crate) fn faster(samples: &[f32], factor: f32) -> Vec<f32> {
    let at = |index: isize| samples[index.clamp(0, samples.len() as isize - 1) as usize];
    let one = |n: usize| {
        let place = n as f64 * f64::from(factor);
        let index = place as isize;
        let t = (place - index as f64) as f32;
        let (a, b, c, d) = (at(index - 1), at(index), at(index + 1), at(index + 2));
        b + 0.5 * t * (c - a + t * (2.0 * a - 5.0 * b + 4.0 * c - d + t * (3.0 * (b - c) + d - a)))
    };
    if samples.is_empty() { Vec::new() } else { (0..(samples.len() as f32 / factor) as usize).map(one).collect() }
}

/// Brighter or duller: x(t) + tilt × x(t − 1).
pub(crate) fn tilted(samples: &[f32], tilt: f32) -> Vec<f32> {
    let before = std::iter::once(&0.0).chain(samples);
    samples.iter().zip(before).map(|(now, before)| now + tilt * before).collect()
}

/// Filters; the plans of its transforms are made once for each length.
#[derive(Default)]
pub(crate) struct Filter(RealFftPlanner<f32>);

impl Filter {
    /// Through an impulse response, and through a band in Hz with soft edges; as long as before.
    pub(crate) fn apply(&mut self, samples: &[f32], response: &[f32], band: Option<(f32, f32)>) -> Vec<f32> {
        let points = (samples.len() + response.len()).next_power_of_two();
        let (forward, inverse) = (self.0.plan_fft_forward(points), self.0.plan_fft_inverse(points));
        let spectrum = |values: &[f32]| {
            let mut input = values.to_vec();
            input.resize(points, 0.0);
            let mut output = forward.make_output_vec();
            forward.process(&mut input, &mut output).expect("the plan made the buffers");
            output
        };
        let mut product: Vec<Complex<f32>> =
            spectrum(samples).iter().zip(spectrum(response)).map(|(a, b)| a * b / points as f32).collect();
        if let Some((low, high)) = band {
            for (bin, value) in product.iter_mut().enumerate() {
                let hertz = bin as f32 * RATE / points as f32;
                // 24 dB an octave at both edges.
                *value *= 1.0 / ((1.0 + (low / hertz.max(1.0)).powi(8)) * (1.0 + (hertz / high).powi(8))).sqrt();
            }
        }
        let ends = product.len() - 1;
        product[0].im = 0.0;
        product[ends].im = 0.0;
        let mut output = inverse.make_output_vec();
        inverse.process(&mut product, &mut output).expect("the plan made the buffers");
        output.truncate(samples.len());
        output
    }
}

/// The impulse response of a room: the direct sound, then noise that fades by 60 dB in 0.2 to 0.6 s.
pub(crate) fn room(random: &mut Random) -> Vec<f32> {
    let (seconds, direct) = (random.between(0.2, 0.6), random.between(2.0, 12.0));
    let count = (seconds * RATE) as usize;
    let fade = |t: usize| 10f32.powf(-3.0 * t as f32 / count as f32);
    let mut tail: Vec<f32> = (0..count).map(|t| random.normal() * fade(t)).collect();
    // Nothing comes back within 2 ms.
    tail[..32].fill(0.0);
    let power: f32 = tail.iter().map(|x| x * x).sum();
    let gain = (10f32.powf(-direct / 10.0) / power).sqrt();
    tail.iter_mut().for_each(|x| *x *= gain);
    tail[0] = 1.0;
    tail
}

/// Noise that falls by 1.8 to 4.2 dB an octave.
pub(crate) fn pink(length: usize, random: &mut Random) -> Vec<f32> {
    let points = length.next_power_of_two().min(1 << 20);
    let slope = random.between(0.3, 0.7);
    let plan = RealFftPlanner::<f32>::new().plan_fft_inverse(points);
    let mut spectrum = plan.make_input_vec();
    for (bin, value) in spectrum.iter_mut().enumerate() {
        let size = (bin.max(1) as f32).powf(-slope);
        *value = Complex::new(random.normal() * size, random.normal() * size);
    }
    let ends = spectrum.len() - 1;
    spectrum[0].im = 0.0;
    spectrum[ends].im = 0.0;
    let mut noise = plan.make_output_vec();
    plan.process(&mut spectrum, &mut noise).expect("the plan made the buffers");
    noise.into_iter().cycle().take(length).collect()
}

/// A tune on made-up instruments, with drums at times.
pub(crate) fn music(length: usize, random: &mut Random) -> Vec<f32> {
    let mut sum = vec![0.0; length];
    let (base, beat) = (random.between(100.0, 260.0), random.between(0.2, 0.9));
    let mut at = 0;
    while at < length {
        let step = (RATE * beat * random.pick(&[0.5, 1.0, 1.0, 2.0])) as usize;
        let end = length.min(at + step * 13 / 10);
        for _ in 0..1 + random.below(3) {
            // The steps of a major scale, in semitones.
            let tone = random.pick(&[0.0, 2.0, 4.0, 5.0, 7.0, 9.0, 11.0, 12.0]) / 12.0;
            let pitch = base * (random.pick(&[0.0, 1.0, 1.0, 2.0]) + tone as f32).exp2();
            note(&mut sum[at..end], pitch, random);
        }
        if random.chance(0.5) {
            let (loud, fade) = (random.between(0.0, 2.0), random.between(80.0, 500.0));
            for (t, sample) in sum[at..].iter_mut().take(2_000).enumerate() {
                *sample += loud * random.normal() * (-(t as f32) / fade).exp();
            }
        }
        at += step;
    }
    sum
}

/// Six harmonics that rise at once and fade.
fn note(sum: &mut [f32], pitch: f32, random: &mut Random) {
    let (fade, rise, fall) = (random.between(0.5, 5.0), random.between(0.003, 0.05), random.between(0.7, 2.0));
    for harmonic in 1..=6 {
        let loud = random.between(0.2, 1.0) / (harmonic as f32).powf(fall);
        // Each sample turns and shrinks the one before.
        let mut wave = Complex::from_polar(loud, random.between(0.0, TAU));
        let turn = Complex::from_polar((-fade / RATE).exp(), TAU * pitch * harmonic as f32 / RATE);
        for (n, sample) in sum.iter_mut().enumerate() {
            *sample += wave.im * (n as f32 / RATE / rise).min(1.0);
            wave *= turn;
        }
    }
}

/// How much louder noise must be for this ratio of speech to noise in dB; what is nearly silent is no speech.
pub(crate) fn gain(speech: &[&[f32]], noise: &[f32], ratio: f32) -> f32 {
    let loud = speech.iter().flat_map(|samples| samples.iter()).filter(|x| x.abs() > 1e-3);
    let (count, power) = loud.fold((0usize, 0.0f64), |(n, sum), x| (n + 1, sum + f64::from(*x) * f64::from(*x)));
    let other: f64 = noise.iter().map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>() / noise.len().max(1) as f64;
    ((power / count.max(1) as f64) / (other + 1e-12) / 10f64.powf(f64::from(ratio) / 10.0)).sqrt() as f32
}
