//! Where rules put what they find.

use super::allow::Allow;
use super::rule::{Level, Rule};
use super::scene::{Scene, Seen};
use super::weight::Weights;
use crate::diag::{Diagnostic, Location, Report, Severity};
use crate::source::Span;
use crate::time::TimeDelta;
use std::ops::Range;

/// Where what is found goes.
pub(super) enum Sink<'a> {
    /// In words.
    Report(&'a mut Report),
    /// As numbers alone: no sentence, place or fix is made.
    Weights(&'a mut Weights),
}

/// The findings of one run.
pub(super) struct Findings<'a> {
    scene: &'a Scene<'a>,
    allow: &'a Allow,
    sink: Sink<'a>,
    rule: Option<&'static Rule>,
    level: Level,
    /// The cue before, where a rule looks at two.
    other: Option<usize>,
    /// By how much the next finding is beyond its limit.
    size: i64,
    /// The line of a text that was looked for last, and where it is.
    line: Option<FoundLine>,
}

/// Where a line of a cue's text stands in the cue's part of the source.
#[derive(Clone, Copy)]
struct FoundLine {
    cue: usize,
    start: usize,
    end: usize,
    at: Option<usize>,
}

impl<'a> Findings<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, allow: &'a Allow, sink: Sink<'a>) -> Self {
        Self { scene, allow, sink, rule: None, level: Level::Own, other: None, size: 0, line: None }
    }

    /// What comes now is of this rule.
    pub(super) fn begin(&mut self, rule: &'static Rule, level: Level) {
        (self.rule, self.level, self.other) = (Some(rule), level, None);
    }

    /// The same, of two cues.
    pub(super) fn begin_pair(&mut self, rule: &'static Rule, level: Level, before: usize) {
        (self.rule, self.level, self.other) = (Some(rule), level, Some(before));
    }

    /// The next finding is of a value that is so far beyond its limit: in any unit, as long as it is the rule's only one. A
    /// fix must not make it larger.
    pub(super) fn beyond(&mut self, size: i64) -> &mut Self {
        self.size = size;
        self
    }

    /// The same, of a length of time.
    pub(super) fn late(&mut self, by: TimeDelta) -> &mut Self {
        self.beyond(by.flicks())
    }

    /// Findings of this rule are no worse than this here, unless the user has said how bad they are.
    pub(super) fn soften(&mut self, most: Severity) {
        if let (Level::Own, Some(rule)) = (self.level, self.rule) {
            self.level = Level::As(rule.code.row().severity.min(most));
        }
    }

    /// Something about a cue and its times.
    pub(super) fn cue(&mut self, seen: &Seen<'_>, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        let at = Location::cue(seen.index, seen.cue.range.start);
        let origin = seen.cue.origin;
        self.push(Some(seen.index), at, |scene| timing_line(scene, origin?), with);
    }

    /// Something about a stretch of a cue's text.
    pub(super) fn text(&mut self, seen: &Seen<'_>, range: Range<usize>, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        let at = Location::cue(seen.index, seen.cue.range.start);
        let (origin, text, index) = (seen.cue.origin, seen.text(), seen.index);
        let mut line = self.line;
        self.push(Some(index), at, |scene| place_of(scene, origin?, index, text, range, &mut line), with);
        self.line = line;
    }

    /// Something about the whole file.
    pub(super) fn file(&mut self, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.push(None, Location::FILE, |_| None, with);
    }

    /// The place in the source is looked for only if the finding is kept.
    fn push(
        &mut self,
        cue: Option<usize>,
        at: Location,
        span: impl FnOnce(&Scene<'_>) -> Option<Span>,
        with: impl FnOnce(Diagnostic) -> Diagnostic,
    ) {
        let size = std::mem::take(&mut self.size);
        let Some(rule) = self.rule else { return };
        if self.allow.allows(rule, cue) {
            return;
        }
        let report = match &mut self.sink {
            Sink::Report(report) => report,
            Sink::Weights(weights) => return weights.push(rule, cue, self.other, size),
        };
        let severity: Severity = match self.level {
            Level::As(severity) => severity,
            Level::Own | Level::Off => rule.code.row().severity,
        };
        let scene = self.scene;
        report.push_as(rule.code, severity, || {
            let at = Location { span: span(scene), ..at };
            with(Diagnostic { severity, ..Diagnostic::new(rule.code, at) })
        });
    }
}

/// The line of a cue that holds its times, or its first one.
fn timing_line(scene: &Scene<'_>, origin: Span) -> Option<Span> {
    let block = scene.source?.slice(origin);
    let line = block.split_inclusive('\n').scan(0usize, |at, line| {
        let start = *at;
        *at = at.saturating_add(line.len());
        Some((start, line.trim_end()))
    });
    let mut lines = line.filter(|(_, line)| !line.is_empty());
    let first = lines.next()?;
    let (start, line) =
        if first.1.contains("-->") { first } else { lines.find(|(_, line)| line.contains("-->")).unwrap_or(first) };
    Some(within(origin, start..start.saturating_add(line.len())))
}

/// Where a stretch of the text stands in the source: found by its line, so far as that is written there as it is shown.
fn place_of(
    scene: &Scene<'_>,
    origin: Span,
    cue: usize,
    text: &str,
    range: Range<usize>,
    known: &mut Option<FoundLine>,
) -> Option<Span> {
    let block = scene.source?.slice(origin);
    // Of a text with many findings, each line is looked for once.
    let same = |found: &FoundLine| found.cue == cue && (found.start..=found.end).contains(&range.start);
    let line = match known.filter(same) {
        Some(line) => line,
        None => {
            let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at.saturating_add(1));
            let line = text.get(start..)?.split('\n').next()?;
            // A document in JSON or XML may hold the same text in an attribute; the last place is the content's.
            let at = if line.trim().is_empty() { None } else { block.rfind(line) };
            *known.insert(FoundLine { cue, start, end: start.saturating_add(line.len()), at })
        }
    };
    let length = line.end.saturating_sub(line.start);
    let inside = range.start.saturating_sub(line.start)..range.end.saturating_sub(line.start).min(length);
    let at = match line.at {
        Some(at) => at.saturating_add(inside.start)..at.saturating_add(inside.end.max(inside.start)),
        // Markup stands between: the stretch alone may be there.
        None => {
            let part = text.get(range).filter(|part| !part.trim().is_empty())?;
            let at = block.rfind(part)?;
            at..at.saturating_add(part.len())
        }
    };
    Some(within(origin, at))
}

fn within(origin: Span, range: Range<usize>) -> Span {
    let base = origin.start as usize;
    Span::new(base.saturating_add(range.start)..base.saturating_add(range.end))
}
