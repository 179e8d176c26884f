//! Events to cues: windows that roll are unrolled.

use super::event::{Event, Sheet};
use super::place::placement;
use super::text::{text, words};
use crate::codec::json::Unread;
use crate::codec::room_for_cues;
use crate::diag::codes::service;
use crate::diag::{Diagnostic, Location, Report};
use crate::model::{Cue, Evidence, Heard, Track};
use crate::time::{Time, TimeDelta, TimeRange};
use std::collections::HashMap;

/// Makes cues of events.
#[derive(Default)]
pub(super) struct Roll {
    pub(super) sheet: Sheet,
    pub(super) unread: Unread,
    pub(super) cues: Vec<Cue>,
    windows: HashMap<i64, Window>,
    /// The last cue lacks an end.
    endless: bool,
    unrolled: u64,
    empty: u64,
}

/// A window, as it stands.
#[derive(Default)]
struct Window {
    style: Option<i64>,
    point: Option<i64>,
    /// The cue of its last line.
    last: Option<usize>,
    /// A line break came after that.
    broken: bool,
}

/// The window of recognised speech that names none.
const NO_WINDOW: i64 = -1;

impl Roll {
    /// For a file of so many bytes.
    pub(super) fn new(bytes: usize) -> Self {
        Self { cues: room_for_cues(bytes), ..Self::default() }
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event, report: &mut Report) {
        if event.pieces.is_empty() {
            if let Some(id) = event.id {
                self.windows.insert(id, Window { style: event.style, point: event.point, ..Window::default() });
            }
            return;
        }
        let recognised = event.pieces.iter().any(|piece| piece.confidence.is_some());
        let blank = event.pieces.iter().all(|piece| piece.text.trim().is_empty());
        let window = event.window.and_then(|id| self.windows.get(&id));
        let (style, point) = window.map_or((None, None), |window| (window.style, window.point));
        let style = event.style.or(style).and_then(|style| self.sheet.styles.get(&style).copied());
        let rolls = recognised || event.append || (event.window.is_some() && style.is_none_or(|style| style.rolls));
        match event.window.or(recognised.then_some(NO_WINDOW)).filter(|_| rolls) {
            Some(id) => self.line(id, &event, blank, report),
            None if blank => self.empty = self.empty.saturating_add(1),
            None => {
                let point = event.point.or(point).and_then(|point| self.sheet.points.get(&point).copied());
                let place = placement(point, style);
                let mut cue = Cue::new(TimeRange::default(), text(&event, &self.sheet, true));
                cue.placement = place.map(Box::new);
                self.push(cue, &event, report);
            }
        }
    }

    /// Text in a window that rolls.
    fn line(&mut self, id: i64, event: &Event, blank: bool, report: &mut Report) {
        let window = self.windows.entry(id).or_default();
        let starts_line = event.pieces.first().is_some_and(|piece| piece.text.starts_with('\n'));
        if blank {
            window.broken |= starts_line;
            return;
        }
        let (last, broken) = (window.last, window.broken || starts_line);
        if let Some(cue) = last.filter(|_| event.append && !broken).and_then(|last| self.cues.get_mut(last)) {
            return append(cue, event, &self.sheet);
        }
        if let Some(cue) = last.and_then(|last| self.cues.get_mut(last)).filter(|cue| cue.range.end > event.start) {
            end(cue, event.start);
            self.unrolled = self.unrolled.saturating_add(1);
        }
        window.last = Some(self.cues.len());
        window.broken = false;
        let mut cue = Cue::new(TimeRange::default(), text(event, &self.sheet, false));
        let words = if timed(event) { words(event, end_of(event)) } else { Vec::new() };
        let how = Some(Heard::Recognised);
        cue.evidence = (!words.is_empty()).then(|| Box::new(Evidence { how, words, ..Evidence::default() }));
        self.push(cue, event, report);
    }

    fn push(&mut self, mut cue: Cue, event: &Event, report: &mut Report) {
        if let Some(last) = self.cues.last_mut().filter(|last| self.endless && last.range.end < event.start) {
            last.range.end = event.start;
        }
        self.endless = event.duration.is_none();
        cue.range = TimeRange::new(event.start, end_of(event));
        cue.origin = event.span;
        if self.endless {
            let at = Location { span: event.span, ..Location::cue(self.cues.len(), event.start) };
            report.push(Diagnostic::new(service::NO_END, at).with("path", cue.text.plain.clone()));
        }
        self.cues.push(cue);
    }

    /// The track, and what is said once a file.
    pub(super) fn finish(self, report: &mut Report) -> Track {
        for (code, count) in [(service::ROLLING, self.unrolled), (service::EMPTY, self.empty)] {
            if count > 0 {
                report.push(Diagnostic::new(code, Location::FILE).with("count", count));
            }
        }
        self.unread.report(report);
        Track { resolution: TimeDelta::from_millis(1), cues: self.cues, ..Track::default() }
    }
}

/// When it is over.
fn end_of(event: &Event) -> Time {
    event.start + (event.duration.unwrap_or_default() - Time::ZERO)
}

/// Its pieces have times of their own, or are recognised.
fn timed(event: &Event) -> bool {
    event.pieces.iter().any(|piece| piece.offset.is_some() || piece.confidence.is_some())
}

/// Adds text to a line that stands there.
fn append(cue: &mut Cue, event: &Event, sheet: &Sheet) {
    let more = text(event, sheet, false);
    let spaced = event.pieces.first().is_some_and(|piece| piece.text.starts_with(char::is_whitespace));
    if spaced {
        cue.text.append(&" ".into());
    }
    cue.text.append(&more);
    let end = end_of(event);
    if timed(event) {
        let recognised = Evidence { how: Some(Heard::Recognised), ..Evidence::default() };
        let evidence = cue.evidence.get_or_insert_with(|| Box::new(recognised));
        if let Some(last) = evidence.words.last_mut() {
            last.range.end = last.range.end.min(event.start).max(last.range.start);
        }
        evidence.words.extend(words(event, end));
    }
    cue.range.end = cue.range.end.max(end);
}

/// Ends a line where the next begins, and its words with it.
fn end(cue: &mut Cue, at: Time) {
    cue.range.end = at.max(cue.range.start);
    for word in cue.evidence.iter_mut().flat_map(|evidence| &mut evidence.words) {
        word.range.end = word.range.end.min(at.max(word.range.start));
    }
}
