//! The probability that a word's start is within 300 ms of the truth, and why it might not be.

use super::knowledge::{BlockFacts, UnitFacts, mean};
use crate::model::Doubt;

/// ln odds of a right start: a logistic regression over 11,700 clause starts of made recordings, 170 of them wrong: other seeds
/// and harder settings of the recipes (noise, music and babble down to 4 dB above the voices, wrong and missing words),
/// fitted on one half and checked on the other. The same probability is stated for words inside a clause.
const BIAS: f32 = -1.05;
/// For each ln(1 + x) of the margin x.
const MARGIN: f32 = 0.74;
/// ... of the mean ln likelihood ratio x of the first three syllables.
const AHEAD: f32 = 1.50;
/// For the mean rank of the block, 0 to 1.
const RANK: f32 = -15.4;
/// For fill right before the block.
const FILL: f32 = -1.34;

/// Fill beside a word, as a share of the quarter of a second from which on it is somebody else's syllable.
fn fill(frames: usize) -> f32 {
    (frames as f32 / 25.0).min(1.0)
}

/// The probability for a word whose first unit and block are known; `ahead` are its first units, `first` says that it begins
/// its block.
pub(super) fn start_p(ahead: &[Option<UnitFacts>], block: &BlockFacts, first: bool) -> f32 {
    let ahead: Vec<&UnitFacts> = ahead.iter().flatten().collect();
    let margin = ahead.first().map_or(0.0, |unit| unit.margin.max(0.0));
    let ratio = mean(&ahead, |unit| unit.ratio).max(0.0);
    let fill = if first { fill(block.fill_before) } else { 0.0 };
    let odds = BIAS + MARGIN * margin.ln_1p() + AHEAD * ratio.ln_1p() + RANK * block.rank + FILL * fill;
    1.0 / (1.0 + (-odds).exp())
}

/// Starts less certain than this carry their doubt.
const DOUBTED: f32 = 0.9;
/// A block with so many units at their shortest is squeezed.
const MANY_SQUEEZED: f32 = 0.3;
/// Mean rank from which on the states hardly fit: a right text has 0.01 in silence, 0.04 in loud noise, a wrong one 0.09.
const POOR_RANK: f32 = 0.07;

/// Why a start might be wrong; `None` if it hardly can. `noisy` says that the whole recording fits poorly.
pub(super) fn doubt(p: f32, unit: &UnitFacts, block: &BlockFacts, noisy: bool) -> Option<Doubt> {
    if p >= DOUBTED {
        return None;
    }
    Some(if block.squeezed > MANY_SQUEEZED || unit.squeezed && unit.rank > POOR_RANK {
        Doubt::Length
    } else if block.rank > POOR_RANK && !noisy {
        Doubt::Unspoken
    } else if block.fill_before > 10 || block.fill_after > 10 || block.beside_missing {
        Doubt::Untranscribed
    } else if noisy {
        Doubt::Noise
    } else {
        Doubt::Unclear
    })
}

/// Whether the recording as a whole fits so poorly that noise is the likely reason of a doubt.
pub(super) fn noisy(rank: f32) -> bool {
    rank > POOR_RANK / 3.0
}
