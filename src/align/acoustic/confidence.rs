//! The probability that a word's start is within 300 ms of the truth, and why it might not be.

use super::knowledge::{BlockFacts, UnitFacts};
use crate::model::Doubt;

/// ln odds of a right start: a logistic regression over the clause starts of made recordings (other seeds and harder settings
/// of the recipes that docs/accuracy.md names). Margins and likelihoods count less the larger they are.
const BIAS: f32 = 0.0;
const MARGIN: f32 = 1.0;
const RATIO: f32 = 0.1;
const RANK: f32 = -10.0;
const SQUEEZED: f32 = -2.0;
const FILL: f32 = -1.0;
const MISSING: f32 = -0.5;

/// Fill beside a word, as a share of the quarter of a second from which on it is somebody else's syllable.
fn fill(frames: usize) -> f32 {
    (frames as f32 / 25.0).min(1.0)
}

/// The probability for a word whose first unit and block are known; `first` says that it begins its block.
pub(super) fn start_p(unit: &UnitFacts, block: &BlockFacts, first: bool) -> f32 {
    let fill = if first { fill(block.fill_before) } else { 0.0 };
    let missing = if block.beside_missing { MISSING } else { 0.0 };
    let odds = BIAS
        + MARGIN * unit.margin.max(0.0).ln_1p()
        + RATIO * block.ratio
        + RANK * block.rank
        + SQUEEZED * block.squeezed
        + FILL * fill
        + missing;
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
