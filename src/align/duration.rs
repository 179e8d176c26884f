//! Times from the length of the text alone: an estimate, and marked as one.
//!
//! Syllables and pauses have the lengths of an ordinary pace (`pace`), scaled so that the words fill the extent from its
//! first instant to its last. Times that the article names cut the extent into stretches, each filled by itself. Against
//! real recordings of known length, clauses start 0.8 to 2.2 s from where they are heard (median; 3 to 5 s for the worst
//! in twenty): enough to see the shape of the captions, and a start for a person or a program with ears.

use super::anchor::{self, Pin};
use super::pace::{self, Scale};
use crate::diag::codes::align as codes;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Alignment, Heard, Pronunciation, SpokenWord, Transcript, UnitTiming, WordTiming};
use crate::time::{Time, TimeDelta, TimeRange};
use std::ops::Range;

/// Syllables a second, pauses included, that people reach when they talk: outside, the running time or the text is
/// wrong. (Ordinary is 3 to 6; auctioneers and fast readers come near 9.)
pub const PLAUSIBLE_RATE: Range<f64> = 2.0..9.0;
/// A stretch between two anchors is judged by its rate from this many syllables on; a few words may well be slow.
const JUDGED_SYLLABLES: usize = 12;

/// What the words take at an ordinary pace, first to last: what to propose where no running time is known.
pub fn natural_length(pronunciation: &Pronunciation) -> TimeDelta {
    let total = Load::of(&pronunciation.words, true);
    TimeDelta::from_flicks(total.speech.saturating_add(total.pauses))
}

/// Fills `extent` with every word of `transcript`: the first begins with it, the last ends with it, unless an anchor says
/// otherwise for the first. A word at an anchor begins exactly there and is [`Heard::Anchored`]; all other times are
/// [`Heard::Estimated`]. Reports a rate that nobody talks at, pauses that had to grow without measure, and anchors that
/// do not fit.
///
/// # Errors
/// [`ErrorKind::Usage`] if `extent` is empty, reversed, or shorter than one flick a syllable.
pub fn estimate(
    transcript: Transcript,
    pronunciation: &Pronunciation,
    extent: TimeRange,
    report: &mut Report,
) -> Result<Alignment> {
    let words = &pronunciation.words;
    check_room(words, extent)?;
    let anchors = anchor::usable(&transcript.anchors, words, extent, report);
    if !words.is_empty() {
        judge_rate(words, extent, 1, report);
    }
    let mut timed = Vec::with_capacity(words.len());
    for stretch in stretches(&anchors, words.len(), extent) {
        let said = words.get(stretch.words.clone()).unwrap_or_default();
        if stretch.range != extent {
            judge_rate(said, stretch.range, JUDGED_SYLLABLES, report);
        }
        fill(said, &stretch, report, &mut timed);
    }
    Ok(Alignment { transcript, extent, words: timed, ..Alignment::default() })
}

fn check_room(words: &[SpokenWord], extent: TimeRange) -> Result<()> {
    let length = extent.duration().flicks();
    let room = u64::try_from(length).unwrap_or(0);
    if length <= 0 || room < syllables(words) as u64 {
        let said = format!("no speech fits between {} and {}", extent.start, extent.end);
        return Err(Error::new(ErrorKind::Usage, said)
            .with_remedy("give the media's running time with `--duration`")
            .with_chinese(format!("{} 至 {} 之间放不下任何讲话", extent.start, extent.end))
            .with_chinese_remedy("请用 `--duration` 给出媒体时长"));
    }
    Ok(())
}

fn syllables(words: &[SpokenWord]) -> usize {
    words.iter().fold(0, |sum, word| sum.saturating_add(word.units.len()))
}

/// Reports a rate outside [`PLAUSIBLE_RATE`] if there are at least `least` syllables.
#[expect(clippy::cast_precision_loss, reason = "counts of syllables")]
fn judge_rate(words: &[SpokenWord], range: TimeRange, least: usize, report: &mut Report) {
    let count = syllables(words);
    let rate = count as f64 / range.duration().as_seconds_f64();
    if count < least || PLAUSIBLE_RATE.contains(&rate) {
        return;
    }
    let at = Location { time: Some(range.start), ..Location::FILE };
    report.push(
        Diagnostic::new(codes::RATE_IMPLAUSIBLE, at)
            .with("rate", rate)
            .with("from", range.start)
            .with("to", range.end)
            .with("least", PLAUSIBLE_RATE.start)
            .with("most", PLAUSIBLE_RATE.end),
    );
}

/// Words that fill a range by themselves.
struct Stretch {
    words: Range<usize>,
    range: TimeRange,
    /// Its first word begins at an anchor.
    anchored: bool,
    /// It ends with the extent, so no pause follows its last word.
    last: bool,
}

fn stretches(anchors: &[Pin], count: usize, extent: TimeRange) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut open = Pin { word: 0, time: extent.start };
    let mut anchored = false;
    for pin in anchors {
        if pin.word > open.word {
            let range = TimeRange::new(open.time, pin.time);
            out.push(Stretch { words: open.word..pin.word, range, anchored, last: false });
        }
        (open, anchored) = (*pin, true);
    }
    let range = TimeRange::new(open.time, extent.end);
    out.push(Stretch { words: open.word..count, range, anchored, last: true });
    out
}

/// Time at an ordinary pace, in flicks.
#[derive(Clone, Copy, Debug, Default)]
struct Load {
    speech: i64,
    pauses: i64,
}

impl Load {
    /// Of all words; the pause after the last one counts unless it is the `last` of all.
    fn of(words: &[SpokenWord], last: bool) -> Self {
        let mut load = Self::default();
        let final_word = words.len().saturating_sub(1);
        for (i, word) in words.iter().enumerate() {
            load.speech = pace::units(word).fold(load.speech, |sum, (_, length)| sum.saturating_add(length.flicks()));
            if !(last && i == final_word) {
                load.pauses = load.pauses.saturating_add(pace::pause(word.boundary).flicks());
            }
        }
        load
    }
}

/// Gives every syllable and pause of a stretch its share of the stretch's range.
fn fill(words: &[SpokenWord], stretch: &Stretch, report: &mut Report, timed: &mut Vec<WordTiming>) {
    let load = Load::of(words, stretch.last);
    let scale = Scale::to_fill(stretch.range.duration().flicks(), load.speech, load.pauses);
    report_excess(scale.excess(load.pauses), stretch.range, report);
    let whole = share(load.speech, scale.speech).saturating_add(share(load.pauses, scale.pauses));
    let mut clock = Clock::new(stretch.range, syllables(words), whole);
    for (i, word) in words.iter().enumerate() {
        let start = clock.now();
        let units = pace::units(word).map(|(unit, length)| {
            let start = clock.now();
            clock.say(share(length.flicks(), scale.speech));
            UnitTiming { sound: unit.reading.to_string().into(), range: TimeRange::new(start, clock.now()) }
        });
        let units: Vec<UnitTiming> = units.collect();
        let range = Some(TimeRange::new(start, clock.now()));
        let how = if i == 0 && stretch.anchored { Heard::Anchored } else { Heard::Estimated };
        let (at, boundary) = (word.at.clone(), word.boundary);
        timed.push(WordTiming { word: at, range, how, start_p: None, doubt: None, units, boundary });
        clock.pause(share(pace::pause(word.boundary).flicks(), scale.pauses));
    }
}

fn share(flicks: i64, scale: i64) -> i128 {
    i128::from(flicks).saturating_mul(i128::from(scale))
}

fn report_excess(excess: TimeDelta, range: TimeRange, report: &mut Report) {
    if excess > TimeDelta::ZERO {
        let at = Location { time: Some(range.start), ..Location::FILE };
        let diagnostic = Diagnostic::new(codes::PAUSES_STRETCHED, at).with("extra", excess);
        report.push(diagnostic.with("from", range.start).with("to", range.end));
    }
}

/// Walks through a range by shares of a whole. Each syllable has a flick for certain, so that none is empty; the rest goes
/// by share, rounded down at each edge from the shares so far, so that the last edge is the range's end exactly.
struct Clock {
    range: TimeRange,
    said: u64,
    gone: i128,
    whole: i128,
    spare: i128,
    /// Shares are kept to 62 bits when multiplied with a time.
    shift: u32,
}

impl Clock {
    fn new(range: TimeRange, syllables: usize, whole: i128) -> Self {
        let whole = whole.max(1);
        let bits = i128::BITS.saturating_sub(whole.leading_zeros());
        let spare = i128::from(range.duration().flicks()).saturating_sub(syllables as i128).max(0);
        Self { range, said: 0, gone: 0, whole, spare, shift: bits.saturating_sub(62) }
    }

    fn say(&mut self, share: i128) {
        self.said = self.said.saturating_add(1);
        self.pause(share);
    }

    fn pause(&mut self, share: i128) {
        self.gone = self.gone.saturating_add(share);
    }

    fn now(&self) -> Time {
        let product = (self.gone >> self.shift).saturating_mul(self.spare);
        let by_share = product.checked_div(self.whole >> self.shift).unwrap_or(0);
        let flicks = by_share.saturating_add(i128::from(self.said));
        self.range.start + TimeDelta::from_flicks(i64::try_from(flicks).unwrap_or(i64::MAX))
    }
}
