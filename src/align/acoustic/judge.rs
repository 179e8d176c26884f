//! Whether a transcript belongs to a recording at all.

use super::emission::Seen;
use super::graph::Place;
use super::knowledge::mean;
use super::session::Session;
use super::times;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Fit;
use std::ops::Range;

/// Mean rank of the spoken states at which a transcript is as likely wrong as right, if it covers all of the sound. Right ones:
/// 0.008 to 0.025, in noise as loud as the voices 0.04, 5 dB above them 0.065; wrong ones: from 0.083 on.
const RANK: f32 = 0.08;
/// How much lower that lies for each share of the sound that no word covers: a wrong text leaves a third to fill, and what is
/// left then fits better.
const RANK_UNCOVERED: f32 = 0.1;
/// The odds change by e for each 1/150 of rank.
const RANK_STEEPNESS: f32 = 150.0;
/// Share of the words left out from which on it speaks against the transcript: a tenth may well never be said.
const MISSING: f32 = 0.5;
/// Share of the sound that no word covers, likewise: a talk may begin after minutes of music.
const UNCOVERED: f32 = 0.75;
/// How steeply these two count: the odds change by e per 0.05.
const SHARE_STEEPNESS: f32 = 20.0;
/// Refused below this probability.
const REFUSED_BELOW: f32 = 0.5;

// In babble as loud as the voices a right text fits hardly better than a wrong one elsewhere. There the text is tried backwards,
// clause by clause: what nobody said, of the same words, in the same noise. A right text fits better than that.

/// From this probability on a transcript is not tried backwards,
const SURELY_RIGHT: f32 = 0.9;
/// nor below this one.
const SURELY_WRONG: f32 = 0.001;
/// What the rank is compared with, instead of [`RANK`],
const RANK_TRIED: f32 = 0.0825;
/// after so many times its difference to the rank backwards was taken off,
const BACKWARDS: f32 = 2.0;
/// as far as it is more than chance: this much over the square root of the number of clauses. With that right texts have up to 0.077
/// (0.084 where half of the starts are lost), wrong ones from 0.085 on.
const CHANCE: f32 = 0.024;

/// How well transcript and sound fit.
pub(super) fn fit(session: &Session, units: &[Option<Range<usize>>], seen: &[Seen]) -> Fit {
    let words: Vec<Seen> = seen.iter().filter(|seen| seen.ratio != 0.0).copied().collect();
    let rank = if words.is_empty() { 1.0 } else { mean(&words, |seen| seen.rank) };
    let places = &session.lattice.graph.places;
    let (mut fill, mut spoken) = (0u32, 0u32);
    for node in &session.path.nodes {
        match places.get(*node as usize) {
            Some(Place::Fill) => fill = fill.saturating_add(1),
            Some(Place::Unit(_)) => spoken = spoken.saturating_add(1),
            Some(Place::Silence | Place::Hub) | None => {}
        }
    }
    let uncovered = fill as f32 / fill.saturating_add(spoken).max(1) as f32;
    let missing = times::missing(units);
    let p = logistic((RANK - RANK_UNCOVERED * uncovered - rank) * RANK_STEEPNESS) * shares(uncovered, missing);
    Fit { rank, uncovered, missing, p }
}

/// Each of the three alone can speak against a transcript; none can make up for another.
fn shares(uncovered: f32, missing: f32) -> f32 {
    logistic((UNCOVERED - uncovered) * SHARE_STEEPNESS) * logistic((MISSING - missing) * SHARE_STEEPNESS)
}

fn logistic(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// Whether the text should be tried backwards.
pub(super) fn is_open(fit: &Fit) -> bool {
    (SURELY_WRONG..SURELY_RIGHT).contains(&(fit.p / shares(fit.uncovered, fit.missing)))
}

/// The fit, now that the rank of the text of so many clauses backwards is known.
pub(super) fn against(fit: Fit, backwards: f32, clauses: usize) -> Fit {
    let better = (backwards - fit.rank - CHANCE / (clauses.max(1) as f32).sqrt()).max(0.0);
    let rank = fit.rank - BACKWARDS * better;
    let odds = (RANK_TRIED - RANK_UNCOVERED * fit.uncovered - rank) * RANK_STEEPNESS;
    Fit { p: logistic(odds) * shares(fit.uncovered, fit.missing), ..fit }
}

/// # Errors
/// [`ErrorKind::Refused`], with the reasons, if the transcript is more likely wrong than right.
pub(super) fn check(fit: &Fit) -> Result<()> {
    if fit.p >= REFUSED_BELOW {
        return Ok(());
    }
    let percent = |share: f32| (share * 100.0).round() as u32;
    let (rank, missing, uncovered) = (percent(fit.rank), percent(fit.missing), percent(fit.uncovered));
    Err(refused(
        format!(
            "the transcript does not seem to belong to this recording: {rank} % of all sounds fit better than those of the \
             text (a right text has 1 to 4 %), {missing} % of the text was not found, and no text covers {uncovered} % of the sound"
        ),
        format!(
            "文稿似乎与录音不符：有 {rank}% 的音比文稿的音更吻合（正确的文稿为 1% 至 4%），{missing}% 的文字未找到，{uncovered}% 的声音没有对应的文字"
        ),
    ))
}

/// There is nothing to align, or no room for it.
pub(super) fn impossible() -> Error {
    refused(
        "the transcript does not fit into this recording: the sound is too short for its text".to_owned(),
        "文稿放不进这段录音：声音的长度不足以念完文字".to_owned(),
    )
}

fn refused(english: String, chinese: String) -> Error {
    Error::new(ErrorKind::Refused, english)
        .with_chinese(chinese)
        .with_remedy("check that media and article belong together; `--force` times it all the same")
        .with_chinese_remedy("请确认媒体与文稿是否对应；`--force` 可强制对齐")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(rank: f32, uncovered: f32) -> Fit {
        let p = logistic((RANK - RANK_UNCOVERED * uncovered - rank) * RANK_STEEPNESS) * shares(uncovered, 0.0);
        Fit { rank, uncovered, missing: 0.0, p }
    }

    #[test]
    fn where_all_fits_poorly_a_text_must_beat_itself_backwards() {
        // Rank, share uncovered, rank backwards: recordings of the fit.
        let (right, wrong) =
            ([(0.084, 0.037, 0.093), (0.080, 0.048, 0.096)], [(0.086, 0.032, 0.090), (0.082, 0.063, 0.082)]);
        for (rank, uncovered, backwards) in right {
            let fit = first(rank, uncovered);
            assert!(is_open(&fit) && fit.p < REFUSED_BELOW && against(fit, backwards, 80).p > 0.6, "{fit:?}");
        }
        for (rank, uncovered, backwards) in wrong {
            let fit = first(rank, uncovered);
            assert!(is_open(&fit) && against(fit, backwards, 80).p < REFUSED_BELOW, "{fit:?}");
        }
        // With few clauses chance decides.
        let few = first(0.08, 0.05);
        assert!(against(few, 0.09, 80).p > REFUSED_BELOW && against(few, 0.09, 4).p < REFUSED_BELOW);
        // In silence nothing is open: the second look costs as much as the first.
        assert!(!is_open(&first(0.02, 0.05)) && !is_open(&first(0.13, 0.3)));
    }
}
