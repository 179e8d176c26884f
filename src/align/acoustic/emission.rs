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
}

impl<'a> Fine<'a> {
    pub(super) fn new(frames: &'a [f32], voice: &'a Voice, rank: f32) -> Self {
        let scorer = Scorer::new(voice.states.iter().chain([&voice.silence]));
        let fills = vec![0.0; frames.len() / FEATURE_DIMS];
        Self { frames, scorer, voice, rank, raw: Vec::new(), order: Vec::new(), fills }
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
            rows.extend(scores.iter().map(|score| score - fill));
            rows.push(0.0);
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
}

impl<'a, 'b> Coarse<'a, 'b> {
    pub(super) fn new(fine: &'b mut Fine<'a>) -> Self {
        Self { fine, rows: Vec::new() }
    }

    fn add(&self, scores: &[f32], row: &mut [f32]) {
        let mut scores = scores.iter();
        let mut row = row.iter_mut();
        for (count, place) in self.fine.voice.columns.counts.iter().zip(row.by_ref()) {
            *place += scores.by_ref().take(usize::from(*count)).copied().fold(f32::NEG_INFINITY, f32::max);
        }
        for (place, score) in row.zip(scores) {
            *place += score;
        }
    }
}

impl Emissions for Coarse<'_, '_> {
    fn frames(&self) -> usize {
        self.fine.frames() / COARSE
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
        let first = frames.start.saturating_mul(COARSE);
        let end = frames.end.saturating_mul(COARSE);
        for from in (first..end).step_by(BLOCK / COARSE * COARSE) {
            let to = end.min(from.saturating_add(BLOCK / COARSE * COARSE));
            self.fine.rows(from..to, &mut scores);
            for (t, scores) in (from..to).zip(scores.chunks_exact(fine)) {
                let at = (t.saturating_sub(first) / COARSE).saturating_mul(columns);
                self.add(scores, rows.get_mut(at..at.saturating_add(columns)).unwrap_or_default());
            }
        }
        self.rows = scores;
    }
}
