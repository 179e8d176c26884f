//! The two parts of an alignment that grow with the sound alone: `cargo bench --bench sound`. A round is one minute of sound.

// A benchmark may fail loudly and compute plainly.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used)]

use divan::Bencher;
use zimu::align::gauss::Scorer;
use zimu::audio::features::FeatureExtractor;
use zimu::model::{FEATURE_DIMS, Mixture};
use zimu::time::Time;

fn main() {
    divan::main();
}

const FRAMES: usize = 6_000;

fn noise(count: usize) -> Vec<f32> {
    let mut state = 1u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

#[divan::bench(sample_count = 10)]
fn features(bencher: Bencher) {
    let samples = noise(FRAMES * 160);
    bencher.bench(|| {
        let mut extractor = FeatureExtractor::new(Time::ZERO);
        extractor.push(&samples);
        extractor.finish()
    });
}

#[divan::bench(args = [203, 336], sample_count = 10)]
fn likelihoods(bencher: Bencher, states: usize) {
    let mixture =
        |_| Mixture { weights: vec![0.25; 4], means: noise(4 * FEATURE_DIMS), variances: vec![1.0; 4 * FEATURE_DIMS] };
    let scorer = Scorer::new(&(0..states).map(mixture).collect::<Vec<_>>());
    let frames = noise(FRAMES * FEATURE_DIMS);
    let mut scores = vec![0.0; FRAMES * states];
    bencher.bench_local(|| scorer.score(&frames, &mut scores));
}
