//! Many channels → one.

use symphonia::core::audio::{Channels, Position};

/// What each channel counts, in the order of the decoded planes; the weights add up to 1.
pub(super) fn weights(channels: &Channels, count: usize) -> Vec<f32> {
    let mut weights = match channels {
        Channels::Positioned(positions) if positions.bits().count_ones() as usize == count && count > 2 => {
            positions.iter().map(weight).collect()
        }
        _ => vec![1.0; count],
    };
    let sum: f32 = weights.iter().sum();
    if sum > 0.0 {
        weights.iter_mut().for_each(|weight| *weight /= sum);
    }
    weights
}

/// ITU-R BS.775-4, annex 4 (table 2), both channels of the stereo mix added: the centre, where the voices are, counts √2 of
/// a side, the surrounds 1/√2; the low effects nothing.
fn weight(position: Position) -> f32 {
    use std::f32::consts::{FRAC_1_SQRT_2, SQRT_2};
    match position {
        Position::FRONT_CENTER => SQRT_2,
        Position::FRONT_LEFT | Position::FRONT_RIGHT => 1.0,
        Position::LFE1 | Position::LFE2 => 0.0,
        _ => FRAC_1_SQRT_2,
    }
}

/// Mixes planes of equal length into `mono`.
pub(super) fn mix(planes: &[Vec<f32>], weights: &[f32], mono: &mut Vec<f32>) {
    mono.clear();
    let Some(first) = planes.first() else { return };
    mono.resize(first.len(), 0.0);
    for (plane, weight) in planes.iter().zip(weights) {
        for (sum, sample) in mono.iter_mut().zip(plane) {
            *sum += sample * weight;
        }
    }
}

/// Mixes interleaved samples into `mono`: the mean.
pub(super) fn mix_interleaved(samples: &[f32], channels: usize, mono: &mut Vec<f32>) {
    mono.clear();
    #[expect(clippy::cast_precision_loss, reason = "channels are few")]
    let share = 1.0 / channels.max(1) as f32;
    mono.extend(samples.chunks_exact(channels.max(1)).map(|frame| frame.iter().sum::<f32>() * share));
}
