//! The probability that a word's start is within 300 ms of the truth, and why it might not be.

use super::knowledge::{BlockFacts, UnitFacts, mean};
use crate::model::Doubt;

// A start is wrong for one of two reasons. The way found may be wrong there: a logistic regression on what the way tells about
// itself. Or the way is right, and the beginning of what is said is hidden in the fill before it, since the text has other words
// there. Fitted (maximum likelihood) on 18,000 clause starts of 265 made recordings, 400 of them wrong: noise, music and babble
// down to 8 dB above the voices, wrong and missing words, hesitations, unspoken clauses, telephone; docs/accuracy.md has
// calibration and discrimination on other recordings. Words inside a clause are judged by their own margin and ratio, and the
// clause's onset.

/// ln odds of the way being right.
const BIAS: f32 = -8.8;
/// For the mean of ln(1 + x) over the margins x of the first three syllables: a clause holds together.
const MARGIN: f32 = 2.0;
/// For ln(1 + x) of their mean ln likelihood ratio x.
const AHEAD: f32 = 1.0;
/// For the mean rank of the block, 0 to 1.
const RANK: f32 = -16.2;
/// For each 10 dB by which it is louder behind the clause's start than before, from -10 to 20 dB: clauses begin louder than what is
/// before them, but a way that is lost begins them anywhere.
const ONSET: f32 = 4.3;
/// For ln of how slowly the block is said, against the rest: one that swallowed other sound is slow.
const SLOW: f32 = -2.1;
/// Of starts about which the evidence says nothing good, so many are right: what is around them holds them.
const LEAST: f32 = 0.22;
/// The beginning of the block may be hidden in the fill before it with this probability if that fill is long,
const HIDDEN: f32 = 0.1;
/// which begins at these frames (up to there it is a hesitation) and is fully so at those.
const FILL_SHORT: f32 = 25.0;
const FILL_LONG: f32 = 100.0;

/// The probability that a block's beginning is in the fill before it.
fn hidden(frames: usize) -> f32 {
    HIDDEN * ((frames as f32 - FILL_SHORT) / (FILL_LONG - FILL_SHORT)).clamp(0.0, 1.0)
}

/// The probability for a word whose first unit and block are known; `ahead` are its first units, `first` says that it begins
/// its block.
pub(super) fn start_p(ahead: &[Option<UnitFacts>], block: &BlockFacts, first: bool) -> f32 {
    let ahead: Vec<&UnitFacts> = ahead.iter().flatten().collect();
    let margin = mean(&ahead, |unit| unit.margin.max(0.0).ln_1p());
    let ratio = mean(&ahead, |unit| unit.ratio).max(0.0);
    let onset = (block.onset / 10.0).clamp(-1.0, 2.0);
    let odds = BIAS + MARGIN * margin + AHEAD * ratio.ln_1p() + RANK * block.rank + ONSET * onset + SLOW * block.slow;
    let way = LEAST + (1.0 - LEAST) / (1.0 + (-odds).exp());
    let hidden = if first { hidden(block.fill_before) } else { 0.0 };
    way * (1.0 - hidden)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_counts_in_its_direction() {
        let usual = UnitFacts { margin: 200.0, ratio: 8.0, ..UnitFacts::default() };
        let block = BlockFacts { rank: 0.02, onset: 10.0, ..BlockFacts::default() };
        let p = |unit: UnitFacts, block: BlockFacts| start_p(&[Some(unit)], &block, true);
        let certain = p(usual, block);
        assert!(certain > 0.99, "{certain}");
        for (name, worse) in [
            ("margin", p(UnitFacts { margin: 5.0, ..usual }, block)),
            ("ratio", p(UnitFacts { ratio: 1.0, ..usual }, block)),
            ("onset", p(usual, BlockFacts { onset: -3.0, ..block })),
            ("rank", p(usual, BlockFacts { rank: 0.2, ..block })),
            ("slow", p(usual, BlockFacts { slow: 0.5, ..block })),
            ("fill", p(usual, BlockFacts { fill_before: 90, ..block })),
        ] {
            assert!(worse < certain, "{name}: {worse} {certain}");
        }
        assert_eq!(start_p(&[Some(usual)], &BlockFacts { fill_before: 90, ..block }, false), certain);
        let lost = p(UnitFacts { margin: -20.0, ratio: -5.0, ..usual }, BlockFacts { rank: 0.3, onset: -5.0, ..block });
        assert!(lost < 0.25, "{lost}");
    }
}
