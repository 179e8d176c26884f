//! Which frames are speech, by loudness alone.

/// Frames of the moving average over the loudness: 50 ms, about half a syllable.
const SMOOTH: usize = 5;
/// Percentiles taken for the floor and the top of a recording. Few frames of a talk are without any voice, so the floor is low.
const FLOOR: f64 = 0.04;
const TOP: f64 = 0.95;
/// The threshold stays inside this share of the range from floor to top: Otsu's choice leaves it where a recording is nearly
/// all speech or holds two loudnesses of speech.
const SHARE: (f32, f32) = (0.25, 0.50);
/// Steps of the histogram.
const STEPS: usize = 80;

/// Whether each frame is louder than the threshold between the quiet and the loud frames (Otsu 1979, IEEE Trans. SMC 9:1).
pub(super) fn speech(loudness: &[f32]) -> Vec<bool> {
    let smooth = smoothed(loudness);
    let threshold = threshold(&smooth);
    smooth.into_iter().map(|value| value > threshold).collect()
}

/// The moving average; at both ends the outermost frame stands for those beyond.
fn smoothed(values: &[f32]) -> Vec<f32> {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return Vec::new() };
    let side = SMOOTH / 2;
    let mut padded = vec![*first; side];
    padded.extend_from_slice(values);
    padded.extend(std::iter::repeat_n(*last, side));
    padded.windows(SMOOTH).map(|window| window.iter().sum::<f32>() / SMOOTH as f32).collect()
}

fn threshold(values: &[f32]) -> f32 {
    let mut sorted = values.to_vec();
    let floor = percentile(&mut sorted, FLOOR);
    let top = percentile(&mut sorted, TOP);
    let range = top - floor;
    otsu(values).clamp(floor + SHARE.0 * range, floor + SHARE.1 * range)
}

/// The value that this share of all values lies below; 0 of nothing.
fn percentile(values: &mut [f32], share: f64) -> f32 {
    let Some(last) = values.len().checked_sub(1) else { return 0.0 };
    let rank = (last as f64 * share).round() as usize;
    *values.select_nth_unstable_by(rank.min(last), f32::total_cmp).1
}

/// The threshold that separates the values into two groups with means as far apart as their sizes allow.
fn otsu(values: &[f32]) -> f32 {
    let low = values.iter().copied().fold(f32::INFINITY, f32::min);
    let high = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let step = (high - low) / STEPS as f32;
    if !step.is_finite() || step <= 0.0 {
        return low;
    }
    let centre = |index: usize| f64::from(low) + (index as f64 + 0.5) * f64::from(step);
    let mut counts = [0.0f64; STEPS];
    for value in values {
        let index = (((value - low) / step) as usize).min(STEPS - 1);
        if let Some(count) = counts.get_mut(index) {
            *count += 1.0;
        }
    }
    let total: f64 = counts.iter().sum();
    let mass: f64 = counts.iter().enumerate().map(|(index, count)| count * centre(index)).sum();
    let (mut below, mut mass_below) = (0.0, 0.0);
    let mut best = (f64::NEG_INFINITY, centre(0));
    for (index, count) in counts.iter().enumerate() {
        below += count;
        mass_below += count * centre(index);
        let spread = (mass * below / total - mass_below).powi(2) / (below * (total - below));
        if spread.is_finite() && spread > best.0 {
            best = (spread, centre(index));
        }
    }
    best.1 as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_and_loud_are_told_apart() {
        let loudness: Vec<f32> = (0..400).map(|t| if (100..300).contains(&t) { -20.0 } else { -70.0 }).collect();
        let speech = speech(&loudness);
        assert_eq!(speech.iter().filter(|s| **s).count(), 200);
        assert!(speech[150] && !speech[50]);
    }

    #[test]
    fn odd_lengths_and_constant_sound_do_no_harm() {
        for length in [0, 1, 2, 3, 7] {
            assert_eq!(speech(&vec![-30.0; length]).len(), length);
        }
    }
}
