//! From frames of units to times of words.

use super::confidence;
use super::knowledge::Knowledge;
use super::text::Text;
use crate::align::anchor::Pin;
use crate::model::{HOP, Heard, Pronunciation, SpokenWord, UnitTiming, WordTiming};
use crate::time::{Time, TimeDelta, TimeRange};
use std::ops::Range;

/// Units from the first one of a word on that tell whether it is there.
const AHEAD: usize = 3;

/// What the words are made from.
pub(super) struct Found<'a> {
    pub text: &'a Text<'a>,
    /// The frames of each unit.
    pub frames: &'a [Option<Range<usize>>],
    pub knowledge: &'a Knowledge,
    /// The recording as a whole fits poorly.
    pub noisy: bool,
    /// Words whose times the article names.
    pub pins: &'a [Pin],
    /// Media time of the first frame, and of the end.
    pub start: Time,
    pub end: Time,
}

/// The media time of a frame.
pub(super) fn time(start: Time, frame: usize) -> Time {
    start + TimeDelta::from_flicks(HOP.flicks().saturating_mul(i64::try_from(frame).unwrap_or(i64::MAX)))
}

/// All words, timed or missing.
pub(super) fn timings(pronunciation: &Pronunciation, found: &Found) -> Vec<WordTiming> {
    let mut timings: Vec<WordTiming> = pronunciation.words.iter().map(unheard).collect();
    let mut from = 0usize;
    for units in found.text.units.chunk_by(|a, b| a.word == b.word) {
        let to = from.saturating_add(units.len());
        let place = units.first().map_or(0, |unit| unit.word as usize);
        if let (Some(timing), Some(word)) = (timings.get_mut(place), pronunciation.words.get(place)) {
            found.fill(word, from..to, timing);
        }
        from = to;
    }
    let mut hearable = vec![false; timings.len()];
    for unit in &found.text.units {
        if let Some(place) = hearable.get_mut(unit.word as usize) {
            *place = true;
        }
    }
    interpolate(&mut timings, &hearable, found);
    timings
}

fn unheard(word: &SpokenWord) -> WordTiming {
    WordTiming {
        word: word.at.clone(),
        range: None,
        how: Heard::Missing,
        start_p: None,
        doubt: None,
        units: Vec::new(),
        boundary: word.boundary,
    }
}

impl Found<'_> {
    fn fill(&self, word: &SpokenWord, units: Range<usize>, timing: &mut WordTiming) {
        let frames = self.frames.get(units.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (frames.iter().flatten().next(), frames.iter().flatten().next_back()) else {
            return;
        };
        timing.range = Some(self.range(&(first.start..last.end)));
        timing.how = Heard::Acoustic;
        for (unit, frames) in self.text.units.get(units.clone()).unwrap_or_default().iter().zip(frames) {
            if let (Some(said), Some(frames)) = (word.units.get(unit.index as usize), frames) {
                let sound = said.reading.to_string().into();
                timing.units.push(UnitTiming { sound, range: self.range(frames) });
            }
        }
        self.judge(units.start, timing);
    }

    /// How sure its start is.
    fn judge(&self, unit: usize, timing: &mut WordTiming) {
        let blocks = &self.text.blocks;
        let index = blocks.partition_point(|block| block.units.end <= unit);
        let facts = self.knowledge.units.get(unit).copied().flatten();
        let (Some(block), Some(facts), Some(of)) = (blocks.get(index), facts, self.knowledge.blocks.get(index)) else {
            return;
        };
        let ahead = unit..block.units.end.min(unit.saturating_add(AHEAD));
        let ahead = self.knowledge.units.get(ahead).unwrap_or_default();
        let p = confidence::start_p(ahead, of, block.units.start == unit);
        timing.start_p = Some(p);
        timing.doubt = confidence::doubt(p, &facts, of, self.noisy);
    }

    fn range(&self, frames: &Range<usize>) -> TimeRange {
        TimeRange::new(time(self.start, frames.start), time(self.start, frames.end))
    }
}

/// Words that the model cannot hear (another language, no phones) but whose neighbours were found, or whose time the article
/// names, share the time between.
fn interpolate(timings: &mut [WordTiming], hearable: &[bool], found: &Found) {
    let mut from = 0usize;
    while from < timings.len() {
        let unheard = hearable.iter().skip(from).take_while(|hearable| !**hearable).count();
        let to = from.saturating_add(unheard);
        let mut before = from.checked_sub(1).and_then(|i| timings.get(i)?.range).map(|range| range.end);
        let after = timings.get(to).and_then(|timing| timing.range).map(|range| range.start);
        // What was found is believed more than a named time.
        let fits = |pin: &&Pin| {
            (from..to).contains(&pin.word) && before <= Some(pin.time) && after.is_none_or(|after| pin.time < after)
        };
        let named: Vec<Pin> = found.pins.iter().filter(fits).copied().collect();
        let mut first = from;
        for pin in &named {
            share(timings.get_mut(first..pin.word), before, Some(pin.time));
            (first, before) = (pin.word, Some(pin.time));
        }
        let length = SHORT_WORD.flicks().saturating_mul(i64::try_from(to.saturating_sub(first)).unwrap_or(i64::MAX));
        let after = after.or(named.last().map(|pin| found.end.min(pin.time + TimeDelta::from_flicks(length))));
        share(timings.get_mut(first..to), before, after);
        from = to.saturating_add(1);
    }
}

/// How long a word takes behind a named time, when nothing behind it was found.
const SHORT_WORD: TimeDelta = TimeDelta::from_millis(300);

/// The same time for each, if both ends are known.
fn share(words: Option<&mut [WordTiming]>, before: Option<Time>, after: Option<Time>) {
    let (Some(words), Some(before), Some(after)) = (words, before, after) else { return };
    let count = i64::try_from(words.len()).unwrap_or(i64::MAX).max(1);
    let each = TimeRange::new(before, after).duration().flicks().checked_div(count).unwrap_or(0);
    let mut start = before;
    for word in words {
        let end = start + TimeDelta::from_flicks(each);
        word.range = Some(TimeRange::new(start, end));
        word.how = Heard::Interpolated;
        start = end;
    }
}
