//! Where rules put what they find.

use super::allow::Allow;
use super::rule::{Level, Rule};
use super::scene::{Scene, Seen};
use crate::diag::{Diagnostic, Location, Report, Severity};
use crate::source::Span;
use std::ops::Range;

/// The findings of one run.
pub(super) struct Findings<'a> {
    scene: &'a Scene<'a>,
    allow: &'a Allow,
    report: &'a mut Report,
    rule: Option<&'static Rule>,
    level: Level,
}

impl<'a> Findings<'a> {
    pub(super) fn new(scene: &'a Scene<'a>, allow: &'a Allow, report: &'a mut Report) -> Self {
        Self { scene, allow, report, rule: None, level: Level::Own }
    }

    /// What comes now is of this rule.
    pub(super) fn begin(&mut self, rule: &'static Rule, level: Level) {
        (self.rule, self.level) = (Some(rule), level);
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
        let (origin, text) = (seen.cue.origin, seen.text());
        self.push(Some(seen.index), at, |scene| place_of(scene, origin?, text, range), with);
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
        let Some(rule) = self.rule else { return };
        if self.allow.allows(rule, cue) {
            return;
        }
        let severity: Severity = match self.level {
            Level::As(severity) => severity,
            Level::Own | Level::Off => rule.code.row().severity,
        };
        let scene = self.scene;
        self.report.push_as(rule.code, severity, || {
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
fn place_of(scene: &Scene<'_>, origin: Span, text: &str, range: Range<usize>) -> Option<Span> {
    let block = scene.source?.slice(origin);
    // A document in JSON or XML may hold the same text in an attribute; the last place is the content's.
    let start = text.get(..range.start)?.rfind('\n').map_or(0, |at| at.saturating_add(1));
    let line = text.get(start..)?.split('\n').next()?;
    let inside = range.start.saturating_sub(start)..range.end.saturating_sub(start).min(line.len());
    let found = if line.trim().is_empty() { None } else { block.rfind(line) };
    let at = match found {
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
