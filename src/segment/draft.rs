//! A cue before its times are settled: its lines, and the text and evidence made of them.

use super::look::{Line, Shown};
use super::written::{Turn, Word, worse};
use crate::lang::is_han;
use crate::model::{CueWord, Doubt, Evidence, Heard, Mark, MarkKind, StyledText, Voice};
use crate::time::{Time, TimeRange};
use std::ops::Range;

/// A cue to be.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) text: StyledText,
    pub(super) words: Vec<CueWord>,
    /// How its times are known: the worst of its words.
    pub(super) how: Option<Heard>,
    /// From its first word to its last, in milliseconds.
    pub(super) spoken: Range<i64>,
    /// The label that a format without voices will show before it.
    pub(super) label: Option<String>,
    /// The first word's time was given.
    pub(super) fixed: bool,
    /// Probability that the first word's start is right; `None` before the first word, or if nobody can say.
    pub(super) confidence: Option<f32>,
    /// Why it is in doubt: the first reason of its words.
    pub(super) doubt: Option<Doubt>,
    /// Where words appear later than the cue, and when.
    pub(super) appearing: Vec<(u32, Time)>,
    /// What had to be broken although it belongs together: the text around each such break.
    pub(super) broken: Vec<String>,
}

/// Puts cues together.
pub(super) struct Writer<'a> {
    pub(super) turn: &'a Turn,
    pub(super) shown: &'a Shown,
    pub(super) speaker: Option<&'a str>,
    /// Each word appears when it is said.
    pub(super) timed: bool,
}

impl Writer<'_> {
    /// Appends bytes `range` of the turn as a line. Lines come in order.
    pub(super) fn line(&self, draft: &mut Draft, range: Range<u32>, prefix: &str) {
        if !draft.text.is_empty() {
            draft.text.plain.push('\n');
        }
        draft.text.plain.push_str(prefix);
        let line = self.shown.line(range.clone(), true);
        let start = draft.text.len();
        draft.text.plain.push_str(&line.text);
        self.marks(draft, &range, &line, start);
        let first = self.turn.words.partition_point(|w| w.at.start < range.start);
        for word in self.turn.words.iter().skip(first).take_while(|w| w.at.start < range.end) {
            if self.timed {
                let at = line.place(&(word.at.start.max(range.start)..word.at.end.min(range.end)));
                draft.appears(start.saturating_add(at.start), word);
            }
            draft.word(word, &self.turn.text);
        }
    }

    fn marks(&self, draft: &mut Draft, range: &Range<u32>, line: &Line, start: u32) {
        let touching = self.turn.marks.iter().filter(|m| m.range.start < range.end && m.range.end > range.start);
        for mark in touching {
            let to = line.place(&(mark.range.start.max(range.start)..mark.range.end.min(range.end)));
            if !to.is_empty() {
                let at = start.saturating_add(to.start)..start.saturating_add(to.end);
                draft.text.add(Mark::new(at, mark.kind.clone()));
            }
        }
    }

    /// The glosses of the terms in `range`, as one more line: each once, parted as their script does.
    pub(super) fn note_line(&self, draft: &mut Draft, range: &Range<u32>) {
        if let Some(notes) = notes(self.turn, range) {
            draft.text.plain.push('\n');
            draft.text.plain.push_str(&notes);
        }
    }

    /// Marks bytes from `start` on as this speaker's.
    pub(super) fn voice(&self, draft: &mut Draft, start: u32) {
        if let Some(name) = self.speaker {
            let voice = Voice { name: name.to_owned(), classes: Vec::new() };
            let len = draft.text.len();
            // Outermost: before any mark that begins where it does.
            let at = draft.text.marks.partition_point(|m| m.range.start < start);
            draft.text.marks.insert(at, Mark::new(start..len, MarkKind::Voice(Box::new(voice))));
        }
    }
}

/// The glosses of the terms that begin in `range`, as they are shown on one line; `None` if there are none.
pub(super) fn notes(turn: &Turn, range: &Range<u32>) -> Option<String> {
    let first = turn.notes.partition_point(|(term, _)| term.start < range.start);
    let mut out: Vec<&str> = Vec::new();
    for (_, note) in turn.notes.iter().skip(first).take_while(|(term, _)| term.start < range.end) {
        if !out.contains(&note.as_str()) {
            out.push(note);
        }
    }
    let han = out.iter().any(|note| note.chars().any(is_han));
    (!out.is_empty()).then(|| out.join(if han { "；" } else { "; " }))
}

impl Draft {
    fn word(&mut self, word: &Word, text: &str) {
        if self.words.is_empty() {
            // What was given or heard stays where it is; an estimate may give way.
            self.fixed =
                matches!(word.how, Heard::Anchored | Heard::Acoustic | Heard::Interpolated | Heard::Recognised);
            self.confidence = word.start_p;
        }
        self.doubt = self.doubt.or(word.doubt);
        self.how = Some(self.how.map_or(word.how, |how| worse(how, word.how)));
        let text = text.get(word.at.start as usize..word.at.end as usize).unwrap_or_default();
        // A word that was not found stands where the one before it ended.
        let last = self.words.last().map_or(Time::from_millis(self.spoken.start), |w| w.range.end);
        let range = word.time.unwrap_or(TimeRange::new(last, last));
        self.words.push(CueWord { text: text.to_owned(), range, how: word.how, score: word.start_p });
    }

    /// A word that begins at `at` appears when it is said, unless it opens the cue, or does not come later than the last.
    fn appears(&mut self, at: u32, word: &Word) {
        let Some(time) = word.time else { return };
        let last = self.appearing.last().map_or(Time::from_millis(self.spoken.start), |(_, last)| *last);
        if !self.words.is_empty() && time.start > last && time.start < Time::from_millis(self.spoken.end) {
            self.appearing.push((at, time.start));
        }
    }

    /// What the format may write: label and text.
    pub(super) fn labelled(&self) -> String {
        [self.label.as_deref().unwrap_or_default(), &self.text.plain].concat()
    }

    pub(super) fn evidence(self) -> (StyledText, Evidence) {
        let Self { mut text, words, how, confidence, doubt, appearing, .. } = self;
        let len = text.len();
        appearing.iter().for_each(|(at, time)| text.add(Mark::new(*at..len, MarkKind::Shown(*time))));
        (text, Evidence { confidence, how, doubt, words })
    }
}
