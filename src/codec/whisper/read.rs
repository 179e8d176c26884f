//! Reading: segments to cues.

use super::segment::{self, Segment};
use super::{LISTS, SEGMENTS, language};
use crate::codec::json::{self, Met, Unread};
use crate::codec::words::{Word, place};
use crate::codec::{ReadOptions, room_for_cues};
use crate::diag::codes::service;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::lang::LangTag;
use crate::model::{Cue, Evidence, Heard, Mark, MarkKind, StyledText, Track, Voice};
use crate::source::Source;
use crate::time::TimeRange;
use std::ops::Range;

/// How many times the bytes of a plain cue a segment takes, at the least.
const OVERHEAD: usize = 3;

/// Reads what a program of the Whisper family wrote.
pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let mut reader = Reader::new(source, report);
    if text.lines().find(|line| !line.trim().is_empty()).is_some_and(|line| segment::line(line).is_some()) {
        reader.lines(text);
    } else {
        let walked = json::walk(text, LISTS, &mut |met| {
            reader.met(met);
            true
        });
        reader.spread();
        json::broken(walked, source, &reader.cues, reader.report)?;
    }
    if !reader.found {
        return Err(json::refuse(source, "segments of a speech recogniser", "语音识别的分段"));
    }
    Ok(reader.finish())
}

struct Reader<'a, 'r> {
    source: &'a Source,
    report: &'r mut Report,
    cues: Vec<Cue>,
    /// Words of the root, which belong to no segment yet.
    words: Vec<Word>,
    /// The text of the root, for a file that has no segments.
    text: Option<String>,
    lang: Option<LangTag>,
    unread: Unread,
    /// There is a list of segments or of words.
    found: bool,
    /// Some segment has words of its own.
    worded: bool,
    /// The last cue lacks an end.
    endless: bool,
    untimed: u64,
    empty: u64,
}

impl<'a, 'r> Reader<'a, 'r> {
    fn new(source: &'a Source, report: &'r mut Report) -> Self {
        Self {
            source,
            report,
            cues: room_for_cues(source.text().len().checked_div(OVERHEAD).unwrap_or(0)),
            words: Vec::new(),
            text: None,
            lang: None,
            unread: Unread::default(),
            found: false,
            worded: false,
            endless: false,
            untimed: 0,
            empty: 0,
        }
    }

    /// An object a line.
    fn lines(&mut self, text: &'a str) {
        self.found = true;
        for (index, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
            self.segment("", index, line.trim());
        }
    }

    fn met(&mut self, met: Met<'_, 'a>) {
        match met {
            Met::Field("language", value) => self.language(value),
            Met::Field("text", value) => self.text = json::string(value).map(|text| text.into_owned()),
            // faster-whisper's and whisper.cpp's account of the run.
            Met::Field("info" | "result", value) => json::fields(value, &mut |key, value| match key {
                "language" => self.language(value),
                _ => self.unread.add(key),
            }),
            Met::Field(key, _) => self.unread.add(key),
            Met::Item("", _, value) if value.starts_with('[') && !segment::looks_like(value) => {}
            Met::Item(list, index, value) if list.is_empty() || SEGMENTS.contains(&list) => {
                self.found = true;
                self.segments(list, index, value);
            }
            Met::Item(_, _, value) => {
                self.found = true;
                match segment::word(value) {
                    Some(word) => self.words.push(word),
                    // Those of `word_segments` stand in the segments, too.
                    None => self.untimed = self.untimed.saturating_add(u64::from(!self.worded)),
                }
            }
        }
    }

    fn language(&mut self, value: &str) {
        self.lang = json::string(value).and_then(|name| language::tag(&name)).or(self.lang.take());
    }

    /// One segment, or a list of them: the first half of a saved pair of segments and information.
    fn segments(&mut self, list: &str, index: usize, value: &'a str) {
        let mut nested = Vec::new();
        json::items(value, &mut |item| {
            if !segment::is_number(item) && (item.starts_with('{') || item.starts_with('[')) {
                nested.push(item);
            }
        });
        match value.starts_with('[') && nested.first().is_some_and(|first| segment::looks_like(first)) {
            true => nested.into_iter().enumerate().for_each(|(index, item)| self.segment(list, index, item)),
            false => self.segment(list, index, value),
        }
    }

    fn segment(&mut self, list: &str, index: usize, value: &'a str) {
        let segment = Segment::read(value, &mut self.unread);
        self.untimed = self.untimed.saturating_add(segment.untimed);
        let span = self.source.span_of(value);
        let spelled = segment.text.is_none().then(|| segment.spelled());
        let Segment { start, end, text, words, speaker, untimed: _ } = segment;
        let plain = text.or(spelled).unwrap_or_default();
        if plain.trim().is_empty() && words.is_empty() && start.is_some() {
            self.empty = self.empty.saturating_add(1);
            return;
        }
        let Some(start) = start.or(words.first().map(|word| word.range.start)) else {
            let at = Location { span, ..Location::FILE };
            let bad = Diagnostic::new(service::BAD_ITEM, at).with("path", format!("{list}[{index}]"));
            return self.report.push(bad.with("field", "start"));
        };
        self.end_last(start);
        self.endless = end.is_none();
        if end.is_none() {
            let at = Location { span, ..Location::cue(self.cues.len(), start) };
            self.report.push(Diagnostic::new(service::NO_END, at).with("path", format!("{list}[{index}]")));
        }
        // At least as long as its words, until the next one begins.
        let end = end.or(words.last().map(|word| word.range.end)).unwrap_or(start);
        self.worded |= !words.is_empty();
        let mut cue = cue(TimeRange::new(start, end), plain.trim(), words, speaker.as_deref());
        cue.origin = span;
        self.cues.push(cue);
    }

    /// Ends a cue that did not say when, where the next begins.
    fn end_last(&mut self, start: crate::time::Time) {
        if let Some(last) = self.cues.last_mut().filter(|last| self.endless && last.range.end < start) {
            last.range.end = start;
        }
    }

    /// Gives the words of the root to the segments in whose time they begin; without segments they are one cue.
    fn spread(&mut self) {
        let mut words = std::mem::take(&mut self.words).into_iter().peekable();
        if self.worded || words.peek().is_none() {
            return;
        }
        if self.cues.is_empty() {
            let words: Vec<Word> = words.collect();
            let all = Segment { text: self.text.take(), words, ..Segment::default() };
            let plain = all.text.clone().unwrap_or_else(|| all.spelled());
            let start = all.words.first().map(|word| word.range.start).unwrap_or_default();
            let end = all.words.last().map(|word| word.range.end).unwrap_or_default();
            return self.cues.push(cue(TimeRange::new(start, end), plain.trim(), all.words, None));
        }
        let starts: Vec<_> = self.cues.iter().skip(1).map(|cue| Some(cue.range.start)).chain([None]).collect();
        for (cue, next) in self.cues.iter_mut().zip(starts) {
            let mut own = Vec::new();
            while let Some(word) = words.next_if(|word| next.is_none_or(|next| word.range.start < next)) {
                own.push(word);
            }
            if let Some(evidence) = cue.evidence.as_mut() {
                evidence.words = place(&cue.text.plain, own).into_iter().map(|(word, _)| word.heard()).collect();
            }
        }
    }

    fn finish(self) -> Track {
        for (code, count) in [(service::WORDS_UNTIMED, self.untimed), (service::EMPTY, self.empty)] {
            if count > 0 {
                self.report.push(Diagnostic::new(code, Location::FILE).with("count", count));
            }
        }
        self.unread.report(self.report);
        Track { lang: self.lang, cues: self.cues, ..Track::default() }
    }
}

/// A cue that was recognised: with its words, and the voice of who says it.
fn cue(range: TimeRange, plain: &str, words: Vec<Word>, speaker: Option<&str>) -> Cue {
    let placed = place(plain, words);
    let mut text = StyledText::from(plain);
    for (at, name) in voices(plain, &placed, speaker) {
        let at = u32::try_from(at.start).unwrap_or(u32::MAX)..u32::try_from(at.end).unwrap_or(u32::MAX);
        text.add(Mark::new(at, MarkKind::Voice(Box::new(Voice { name, classes: Vec::new() }))));
    }
    let words = placed.into_iter().map(|(word, _)| word.heard()).collect();
    let mut cue = Cue::new(range, text);
    cue.evidence = Some(Box::new(Evidence { confidence: None, how: Some(Heard::Recognised), doubt: None, words }));
    cue
}

/// Who says what: the speaker of the segment all of it, unless its words have several.
fn voices(plain: &str, words: &[(Word, Range<usize>)], speaker: Option<&str>) -> Vec<(Range<usize>, String)> {
    let mut runs: Vec<(usize, &str)> = Vec::new();
    for (word, at) in words {
        let Some(name) = word.speaker.as_deref() else { continue };
        if runs.last().is_none_or(|(_, last)| *last != name) {
            runs.push((at.start, name));
        }
    }
    if runs.len() < 2 {
        let name = speaker.or(runs.first().map(|(_, name)| *name));
        return name.map(|name| (0..plain.len(), name.to_owned())).into_iter().collect();
    }
    if let Some((first, _)) = runs.first_mut() {
        *first = 0;
    }
    let ends = runs.iter().skip(1).map(|(start, _)| *start).chain([plain.len()]);
    runs.iter().zip(ends).map(|((start, name), end)| (*start..end, (*name).to_owned())).collect()
}
