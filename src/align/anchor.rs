//! Times that the article names, as words that begin at known times.

use crate::diag::codes::align as codes;
use crate::diag::{Diagnostic, Location, Report};
use crate::model::{Anchor, SpokenWord};
use crate::time::{Time, TimeDelta, TimeRange};

/// A word that begins at a known time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pin {
    pub word: usize,
    pub time: Time,
}

/// Anchors that lie inside the extent, name a word, and agree with each other: the longest run that grows in both word
/// and time, so that one wrong anchor does not cost the others.
pub(super) fn usable(anchors: &[Anchor], words: &[SpokenWord], extent: TimeRange, report: &mut Report) -> Vec<Pin> {
    let mut pins = Vec::new();
    for anchor in anchors {
        let at = Location { time: Some(anchor.time), ..Location::FILE };
        if anchor.time < extent.start || anchor.time >= extent.end {
            let diagnostic = Diagnostic::new(codes::ANCHOR_OUTSIDE, at).with("time", anchor.time);
            report.push(diagnostic.with("from", extent.start).with("to", extent.end));
            continue;
        }
        match word_at(anchor, words) {
            Some(word) => pins.push(Pin { word, time: anchor.time }),
            None => report.push(Diagnostic::new(codes::ANCHOR_WITHOUT_WORD, at).with("time", anchor.time)),
        }
    }
    // Several times for one word: later first, so that no two of them are in one growing run.
    pins.sort_by_key(|pin| (pin.word, std::cmp::Reverse(pin.time)));
    pins.dedup();
    agreeing(&pins, words, extent, report)
}

fn agreeing(pins: &[Pin], words: &[SpokenWord], extent: TimeRange, report: &mut Report) -> Vec<Pin> {
    let room = Room::of(words, extent);
    let mut kept: Vec<Pin> = Vec::with_capacity(pins.len());
    let mut in_order = longest_growing(pins).into_iter().peekable();
    for (index, pin) in pins.iter().enumerate() {
        let chosen = in_order.next_if_eq(&index).is_some();
        if chosen && room.for_pin(kept.last(), *pin) {
            kept.push(*pin);
        } else {
            let at = Location { time: Some(pin.time), ..Location::FILE };
            report.push(Diagnostic::new(codes::ANCHOR_OUT_OF_ORDER, at).with("time", pin.time));
        }
    }
    kept
}

/// The first word that ends after the anchor's place.
fn word_at(anchor: &Anchor, words: &[SpokenWord]) -> Option<usize> {
    let before =
        |word: &SpokenWord| word.at.part < anchor.part || word.at.part == anchor.part && word.at.range.end <= anchor.at;
    let index = words.partition_point(before);
    (index < words.len()).then_some(index)
}

/// Indexes of a longest subsequence whose times grow strictly (patience sorting).
fn longest_growing(pins: &[Pin]) -> Vec<usize> {
    let at = |index: usize| pins.get(index).map_or(Time::MIN, |pin| pin.time);
    // For each length, the run of that length that ends earliest; and for each pin, the one before it in its run.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(pins.len());
    for index in 0..pins.len() {
        let length = ends.partition_point(|end| at(*end) < at(index));
        previous.push(length.checked_sub(1).and_then(|before| ends.get(before).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let step = |index: &usize| previous.get(*index).copied().flatten();
    let mut run: Vec<usize> = std::iter::successors(ends.last().copied(), step).collect();
    run.reverse();
    run
}

/// Whether a flick is left for every syllable.
struct Room {
    extent: TimeRange,
    /// Syllables before each word.
    before: Vec<u64>,
}

impl Room {
    fn of(words: &[SpokenWord], extent: TimeRange) -> Self {
        let mut before: Vec<u64> = vec![0];
        for word in words {
            let sum = before.last().copied().unwrap_or(0);
            before.push(sum.saturating_add(word.units.len() as u64));
        }
        Self { extent, before }
    }

    /// On both sides of `pin`, when `last` is the pin before it.
    fn for_pin(&self, last: Option<&Pin>, pin: Pin) -> bool {
        let (first, since) = last.map_or((0, self.extent.start), |last| (last.word, last.time));
        let count = |word: usize| self.before.get(word).or(self.before.last()).copied().unwrap_or(0);
        let room = |delta: TimeDelta| u64::try_from(delta.flicks()).unwrap_or(0);
        let all = count(usize::MAX);
        room(pin.time - since) >= count(pin.word).saturating_sub(count(first))
            && room(self.extent.end - pin.time) >= all.saturating_sub(count(pin.word))
    }
}
