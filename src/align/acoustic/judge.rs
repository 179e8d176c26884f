//! Whether a transcript belongs to a recording at all.

use super::emission::Seen;
use super::graph::Place;
use super::knowledge::mean;
use super::session::{Evidence, Session};
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
/// How many times the odds change by e per 0.01 of rank.
const RANK_STEEPNESS: f32 = 1.5;
/// Share of the words left out from which on it speaks against the transcript: a tenth may well never be said.
const MISSING: f32 = 0.5;
/// Share of the sound that no word covers, likewise: a talk may begin after minutes of music.
const UNCOVERED: f32 = 0.75;
/// How steeply these two count: the odds change by e per 0.05.
const SHARE_STEEPNESS: f32 = 20.0;
/// Refused below this probability.
const REFUSED_BELOW: f32 = 0.5;

/// How well transcript and sound fit.
pub(super) fn fit(session: &Session, units: &[Option<Range<usize>>], evidence: &Evidence) -> Fit {
    let words: Vec<Seen> = evidence.seen.iter().filter(|seen| seen.ratio != 0.0).copied().collect();
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
    Fit { rank, uncovered, missing, p: probability(rank, uncovered, missing) }
}

/// Each of the three alone can speak against a transcript; none can make up for another.
fn probability(rank: f32, uncovered: f32, missing: f32) -> f32 {
    let logistic = |odds: f32| 1.0 / (1.0 + (-odds).exp());
    logistic((RANK - RANK_UNCOVERED * uncovered - rank) * 100.0 * RANK_STEEPNESS)
        * logistic((UNCOVERED - uncovered) * SHARE_STEEPNESS)
        * logistic((MISSING - missing) * SHARE_STEEPNESS)
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
