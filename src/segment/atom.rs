//! A turn cut at every place where a cue or line may end: the steps of the search.

use super::limits::Limits;
use super::look::Shown;
use super::search::Label;
use super::written::{Turn, Word};
use crate::measure::Ruler;
use crate::time::{Round, Time, TimeRange};
use crate::words::{Break, COST_INSIDE, COST_WORD, Judge, Place};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What lies between two places where a line may end.
#[derive(Clone, Debug)]
pub(super) struct Atom {
    /// Bytes of the turn's text.
    pub(super) at: Range<u32>,
    /// Width inside a line and as its last piece, in halves of the line's ruler.
    pub(super) line: Widths,
    /// The same by the ruler of the reading speed.
    pub(super) speed: Widths,
    /// What it means to end after it.
    pub(super) place: Place,
    /// How bad that is.
    pub(super) cost: u16,
    /// When its first word begins, in milliseconds.
    pub(super) start_ms: i64,
    /// When its last word ends.
    pub(super) end_ms: i64,
}

/// The width of a piece inside a line, and as its last.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Widths {
    pub(super) inside: u32,
    pub(super) last: u32,
}

/// The atoms of a turn that begins at `begins` at the earliest and whose first line gives room to `label`.
pub(super) fn atoms(
    turn: &Turn,
    shown: &Shown,
    judge: &Judge,
    limits: &Limits,
    (label, begins): (&Label, Time),
) -> Vec<Atom> {
    let breaks = judge.breaks(&turn.text, &turn.glued);
    let sizer = Sizer { text: &turn.text, shown, limits };
    let labelled = limits.line.saturating_sub(label.line).max(1);
    let mut ends: Vec<Break> = Vec::with_capacity(breaks.len().saturating_add(1));
    let mut start = 0u32;
    let mut inner: Vec<Break> = Vec::new();
    let mut first = true;
    let last = Break { at: u32::try_from(turn.text.len()).unwrap_or(u32::MAX), place: Place::Paragraph, cost: 0 };
    for b in breaks.into_iter().chain([last]) {
        if b.place == Place::Inside {
            inner.push(b);
            continue;
        }
        // What must stay whole is cut only if no line can hold it.
        let width = sizer.alone(start..b.at);
        // A comma that is dropped is no line: it goes with what follows.
        if width == 0 && b.at < last.at {
            continue;
        }
        let room = if first || label.always { labelled } else { limits.line };
        if width > room {
            split(&sizer, start..b.at, &inner, room, &mut ends);
        }
        first = false;
        inner.clear();
        start = b.at;
        ends.push(b);
    }
    measured(&sizer, &ends, Clock { words: &turn.words, word: 0, passed: begins })
}

/// The pieces between `ends` with their widths and times. What shows nothing by itself (a comma that is dropped, a space)
/// goes with what follows, or at the end with what is before.
fn measured(sizer: &Sizer, ends: &[Break], mut clock: Clock) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::with_capacity(ends.len());
    let mut start = 0u32;
    for (i, b) in ends.iter().enumerate() {
        let (line, speed) = sizer.widths(start..b.at);
        let last = i.saturating_add(1) == ends.len();
        if line.last == 0 && !last {
            continue;
        }
        let (start_ms, end_ms) = clock.times(&(start..b.at));
        match atoms.last_mut() {
            Some(before) if line.last == 0 => {
                before.at.end = b.at;
                (before.line, before.speed) = sizer.widths(before.at.clone());
                (before.place, before.cost, before.end_ms) = (b.place, b.cost, before.end_ms.max(end_ms));
            }
            _ => atoms.push(Atom { at: start..b.at, line, speed, place: b.place, cost: b.cost, start_ms, end_ms }),
        }
        start = b.at;
    }
    atoms
}

struct Sizer<'a> {
    text: &'a str,
    shown: &'a Shown,
    limits: &'a Limits,
}

impl Sizer<'_> {
    /// The widths of a piece by the ruler of the line and that of the speed.
    fn widths(&self, at: Range<u32>) -> (Widths, Widths) {
        let inside = self.shown.line(at, false).text;
        let last = self.shown.trimmed(&inside);
        let by =
            |ruler: Ruler| Widths { inside: ruler.width(&inside).as_halves(), last: ruler.width(last).as_halves() };
        let line = by(self.limits.line_ruler);
        (line, if self.limits.speed_ruler == self.limits.line_ruler { line } else { by(self.limits.speed_ruler) })
    }

    /// How wide a piece is as a line of its own.
    fn alone(&self, at: Range<u32>) -> u32 {
        self.widths(at).0.last
    }
}

/// Cuts what is wider than a line: at the best places inside it; where one piece is still too wide, anywhere between
/// two characters. Linear: each piece is looked at once, and hard cuts fill a line each.
fn split(sizer: &Sizer, range: Range<u32>, inner: &[Break], room: u32, ends: &mut Vec<Break>) {
    let stop = Break { at: range.end, place: Place::Inside, cost: 0 };
    let mut start = range.start;
    for b in inner.iter().copied().chain([stop]) {
        if sizer.alone(start..b.at) > room {
            hard(sizer, start..b.at, room, ends);
        }
        start = b.at;
        if b.at < range.end {
            ends.push(b);
        }
    }
}

/// Cuts between characters as each line fills.
fn hard(sizer: &Sizer, range: Range<u32>, room: u32, ends: &mut Vec<Break>) {
    let text = sizer.text.get(range.start as usize..range.end as usize).unwrap_or_default();
    let mut filled = 0u32;
    for (i, grapheme) in text.grapheme_indices(true) {
        let at = range.start.saturating_add(u32::try_from(i).unwrap_or(u32::MAX));
        let end = at.saturating_add(u32::try_from(grapheme.len()).unwrap_or(u32::MAX));
        let width = sizer.widths(at..end).0.inside;
        filled = filled.saturating_add(width);
        // A space hangs over the end of a line.
        if filled > room && i > 0 && !grapheme.trim().is_empty() {
            let cost = COST_INSIDE.saturating_add(COST_INSIDE).saturating_add(COST_WORD);
            ends.push(Break { at, place: Place::Inside, cost });
            filled = width;
        }
    }
}

/// Reads times off the words, which are walked once.
struct Clock<'a> {
    words: &'a [Word],
    /// The first word that may still matter.
    word: usize,
    /// When the last word before it ended.
    passed: Time,
}

impl Clock<'_> {
    /// When `at` begins and ends, in milliseconds: the times of its words, a share of a word that it cuts. Without a
    /// word of its own it takes no time.
    fn times(&mut self, at: &Range<u32>) -> (i64, i64) {
        while let Some(word) = self.words.get(self.word).filter(|w| w.at.end <= at.start || w.time.is_none()) {
            self.passed = word.time.map_or(self.passed, |t| t.end.max(self.passed));
            self.word = self.word.saturating_add(1);
        }
        let rest = self.words.get(self.word..).unwrap_or_default();
        let own = rest.iter().take_while(|w| w.at.start < at.end).filter_map(|w| Some((&w.at, w.time?)));
        let mut range: Option<(Time, Time)> = None;
        for (word, time) in own {
            let end = share(word, time, at.end);
            let start = range.map_or_else(|| share(word, time, at.start), |(start, _)| start);
            range = Some((start, range.map_or(end, |(_, last)| last.max(end))));
        }
        let (start, end) = range.unwrap_or((self.passed, self.passed));
        let start = start.max(self.passed);
        (start.to_millis(Round::Nearest), end.max(start).to_millis(Round::Nearest))
    }
}

/// The time of byte `at` of a word.
fn share(word: &Range<u32>, time: TimeRange, at: u32) -> Time {
    let done = i64::from(at.clamp(word.start, word.end).saturating_sub(word.start));
    let whole = i64::from(word.end.saturating_sub(word.start));
    time.start + time.duration().scale(done, whole, Round::Nearest)
}
