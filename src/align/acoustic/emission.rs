//! How well each frame fits each state, against how well it fits whatever is said: garbage by rank.
//!
//! Sound that the text does not have must cost something, and less than a wrong text. Its likelihood is that of the state at
//! the 10 % rank of all states: it needs no training, and follows noise, music and voice, since they change all states alike.
//! All rows are relative to it: a frame of fill is 0.

use super::lattice::Rate;
use super::viterbi::{BLOCK, Emissions};
use super::voice::Voice;
use crate::align::gauss::Scorer;
use crate::model::FEATURE_DIMS;
use std::ops::Range;

/// Silence that the text lacks is hardly worse than silence between its words.
const FILL_BELOW_SILENCE: f32 = 0.5;

/// ln likelihood of any unit where none may be.
const MASKED: f32 = -50.0;

/// Emissions in which units can be forbidden.
pub(super) trait Masked: Emissions {
    /// No unit is in these frames.
    fn mask(&mut self, frames: &[Range<usize>]);
    /// How many times 10 ms a frame is.
    fn hop(&self) -> usize;
}

impl Masked for Fine<'_> {
    fn mask(&mut self, frames: &[Range<usize>]) {
        self.masked.extend_from_slice(frames);
    }

    fn hop(&self) -> usize {
        1
    }
}

impl Masked for Coarse<'_, '_> {
    fn mask(&mut self, frames: &[Range<usize>]) {
        let fine = |range: &Range<usize>| range.start.saturating_mul(self.hop)..range.end.saturating_mul(self.hop);
        let frames: Vec<Range<usize>> = frames.iter().map(fine).collect();
        self.fine.mask(&frames);
    }

    fn hop(&self) -> usize {
        COARSE
    }
}

/// Rows of 10 ms.
pub(super) struct Fine<'a> {
    frames: &'a [f32],
    scorer: Scorer,
    voice: &'a Voice,
    /// Share of the states that is better than fill.
    rank: f32,
    raw: Vec<f32>,
    order: Vec<f32>,
    /// The fill score of each frame so far.
    pub fills: Vec<f32>,
    /// Frames in which no unit is.
    masked: Vec<Range<usize>>,
    /// The column that each frame is aligned to, where something is to be noted of it.
    own: Vec<Option<u16>>,
    /// What was noted of each frame.
    pub seen: Vec<Seen>,
}

/// How a frame fits the state that it is aligned to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Seen {
    /// ln of its likelihood against fill.
    pub ratio: f32,
    /// Share of all states of the language that fit better.
    pub rank: f32,
    /// ln of the best state's likelihood against fill: much for a voice, little for noise.
    pub best: f32,
}

impl<'a> Fine<'a> {
    pub(super) fn new(frames: &'a [f32], voice: &'a Voice, rank: f32) -> Self {
        let scorer = Scorer::new(voice.states.iter().chain([&voice.silence]));
        let fills = vec![0.0; frames.len() / FEATURE_DIMS];
        Self {
            frames,
            scorer,
            voice,
            rank,
            raw: Vec::new(),
            order: Vec::new(),
            fills,
            masked: Vec::new(),
            own: Vec::new(),
            seen: Vec::new(),
        }
    }

    /// Notes how each frame fits its own column.
    pub(super) fn observe(mut self, own: Vec<Option<u16>>) -> Self {
        self.seen = vec![Seen::default(); own.len()];
        self.own = own;
        self
    }

    fn note(&mut self, t: usize, row: &[f32]) {
        let Some(own) = self.own.get(t) else { return };
        let ranked = self.voice.ranked.iter().filter_map(|column| row.get(*column));
        let best = ranked.clone().copied().fold(f32::NEG_INFINITY, f32::max);
        let ratio = own.and_then(|column| row.get(usize::from(column))).copied().unwrap_or(0.0);
        let better = ranked.filter(|score| **score > ratio).count();
        let rank = better as f32 / self.voice.ranked.len().max(1) as f32;
        if let Some(place) = self.seen.get_mut(t) {
            *place = Seen { ratio, rank, best };
        }
    }

    /// The state at the rank, or a little less than silence.
    fn fill(&mut self, scores: &[f32]) -> f32 {
        self.order.clear();
        self.order.extend(self.voice.ranked.iter().filter_map(|column| scores.get(*column)));
        let better = (self.order.len() as f32 * self.rank) as usize;
        let index = better.saturating_sub(1).min(self.order.len().saturating_sub(1));
        let silence = scores.last().copied().unwrap_or(0.0) - FILL_BELOW_SILENCE;
        if self.order.is_empty() {
            return silence;
        }
        let (_, rank, _) = self.order.select_nth_unstable_by(index, |a, b| b.total_cmp(a));
        rank.max(silence)
    }
}

impl Emissions for Fine<'_> {
    fn frames(&self) -> usize {
        self.fills.len()
    }

    fn columns(&self) -> usize {
        self.scorer.states().saturating_add(1)
    }

    fn rows(&mut self, frames: Range<usize>, rows: &mut Vec<f32>) {
        let range = frames.start.saturating_mul(FEATURE_DIMS)..frames.end.saturating_mul(FEATURE_DIMS);
        let states = self.scorer.states();
        let mut raw = std::mem::take(&mut self.raw);
        raw.resize(frames.len().saturating_mul(states), 0.0);
        self.scorer.score(self.frames.get(range).unwrap_or_default(), &mut raw);
        rows.clear();
        for (t, scores) in frames.zip(raw.chunks_exact(states)) {
            let fill = self.fill(scores);
            let from = rows.len();
            rows.extend(scores.iter().map(|score| score - fill));
            rows.push(0.0);
            self.note(t, rows.get(from..).unwrap_or_default());
            if self.masked.iter().any(|frames| frames.contains(&t)) {
                let units = from..rows.len().saturating_sub(2);
                rows.get_mut(units).unwrap_or_default().fill(MASKED);
            }
            if let Some(place) = self.fills.get_mut(t) {
                *place = fill;
            }
        }
        self.raw = raw;
    }
}

/// Frames of 10 ms in one of the coarse pass.
pub(super) const COARSE: usize = 3;

/// Rows of 30 ms: of each phone its best state in each frame.
pub(super) struct Coarse<'a, 'b> {
    fine: &'b mut Fine<'a>,
    rows: Vec<f32>,
    /// Frames of `fine` in one row.
    hop: usize,
    /// What each of them counts.
    weight: f32,
}

impl<'a, 'b> Coarse<'a, 'b> {
    /// Over frames of 10 ms, all of them.
    pub(super) fn new(fine: &'b mut Fine<'a>) -> Self {
        Self { fine, rows: Vec::new(), hop: COARSE, weight: 1.0 }
    }

    /// Over frames that stand for [`COARSE`] each.
    pub(super) fn sampled(fine: &'b mut Fine<'a>) -> Self {
        Self { fine, rows: Vec::new(), hop: 1, weight: COARSE as f32 }
    }

    fn add(&self, scores: &[f32], row: &mut [f32]) {
        let mut scores = scores.iter();
        let mut row = row.iter_mut();
        for (count, place) in self.fine.voice.columns.counts.iter().zip(row.by_ref()) {
            let best = scores.by_ref().take(usize::from(*count)).copied().fold(f32::NEG_INFINITY, f32::max);
            *place += best * self.weight;
        }
        for (place, score) in row.zip(scores) {
            *place += score * self.weight;
        }
    }
}

impl Emissions for Coarse<'_, '_> {
    fn frames(&self) -> usize {
        self.fine.frames().checked_div(self.hop).unwrap_or(0)
    }

    fn columns(&self) -> usize {
        self.fine.voice.columns.count(Rate::Coarse)
    }

    fn rows(&mut self, frames: Range<usize>, rows: &mut Vec<f32>) {
        let columns = self.columns();
        rows.clear();
        rows.resize(frames.len().saturating_mul(columns), 0.0);
        let fine = self.fine.columns();
        let mut scores = std::mem::take(&mut self.rows);
        // The fine rows of a whole block of coarse ones would be three times a block: piece by piece.
        let first = frames.start.saturating_mul(self.hop);
        let end = frames.end.saturating_mul(self.hop);
        for from in (first..end).step_by(BLOCK / COARSE * COARSE) {
            let to = end.min(from.saturating_add(BLOCK / COARSE * COARSE));
            self.fine.rows(from..to, &mut scores);
            for (t, scores) in (from..to).zip(scores.chunks_exact(fine)) {
                let row = t.saturating_sub(first).checked_div(self.hop).unwrap_or(0);
                let at = row.saturating_mul(columns);
                self.add(scores, rows.get_mut(at..at.saturating_add(columns)).unwrap_or_default());
            }
        }
        self.rows = scores;
    }
}

/// Every [`COARSE`]th frame, the middle one of three.
pub(super) fn sampled(frames: &[f32]) -> Vec<f32> {
    let chosen = frames.chunks_exact(FEATURE_DIMS).skip(COARSE / 2).step_by(COARSE);
    chosen.flatten().copied().collect()
}
