//! A report as text for a terminal.

use super::excerpt::excerpt;
use super::{Style, clean, sentence, severity_name};
use crate::diag::{Code, Diagnostic, Lang, Report, Severity};
use crate::source::{LineColumn, LineIndex, Source, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many of one code are shown; the rest is counted. More of the same tells a person nothing.
pub(super) const SHOWN_PER_CODE: usize = 10;

/// The items of a report in order, those with a place in the source with an excerpt of it; at most ten of one code, then
/// how many more there are.
///
/// ```
/// use zimu::diag::{Diagnostic, Location, Report, codes, render};
/// let mut report = Report::default();
/// report.push(Diagnostic::new(codes::loss::TIME_ROUNDED, Location::FILE).with("unit", "1 ms"));
/// assert_eq!(render::text(&report, None, &render::Style::default()), "warning[loss/time-rounded]: times were rounded to 1 ms\n");
/// ```
pub fn text(report: &Report, source: Option<&Source>, style: &Style) -> String {
    let lines = source.filter(|_| report.items().iter().any(|d| d.at.span.is_some()));
    let lines = lines.map(|source| LineIndex::new(source.text()));
    let mut out = String::new();
    let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
    for diagnostic in report.items() {
        let count = shown.entry(diagnostic.code).or_insert(0);
        if *count < SHOWN_PER_CODE {
            *count = count.saturating_add(1);
            let located = source.zip(diagnostic.at.span).zip(lines.as_ref());
            let excerpt = located.and_then(|((source, span), lines)| {
                let place = lines.line_column(span.start);
                with_excerpt(diagnostic, source, span, place, style)
            });
            out.push_str(&excerpt.unwrap_or_else(|| one_line(diagnostic, source, style)));
            out.push('\n');
        }
    }
    for (code, count) in report.counts() {
        let more = count.saturating_sub(shown.get(&code).copied().unwrap_or(0) as u64);
        if more > 0 {
            // Writing to a String cannot fail.
            let _ = match style.lang {
                Lang::En => writeln!(out, "… and {more} more of {code:?}"),
                Lang::Zh => writeln!(out, "…… {code:?} 还有 {more} 条"),
            };
        }
    }
    out
}

/// `file: warning[code]: sentence (cue 12, 00:01:02.345)`
fn one_line(diagnostic: &Diagnostic, source: Option<&Source>, style: &Style) -> String {
    let line = renderer(style).render(&[Group::with_title(title(diagnostic, style))]);
    source.map_or(line.clone(), |source| format!("{}: {line}", clean(source.name())))
}

fn title(diagnostic: &Diagnostic, style: &Style) -> Title<'static> {
    let level = match diagnostic.severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    let level = level.with_name(severity_name(diagnostic.severity, style.lang));
    level.primary_title(sentence(diagnostic, style.lang)).id(diagnostic.code.row().id)
}

/// The title, the place and the line there; `None` if there is no such place.
fn with_excerpt(
    diagnostic: &Diagnostic,
    source: &Source,
    span: Span,
    place: LineColumn,
    style: &Style,
) -> Option<String> {
    let cut = excerpt(source.text(), span)?;
    let name = clean(source.name());
    let snippet = Snippet::source(cut.line).line_start(place.line as usize);
    let snippet = snippet.annotation(AnnotationKind::Primary.span(cut.span));
    let title = title(diagnostic, style);
    // Of a line whose beginning is cut away, the renderer cannot count the column.
    let group = if cut.from_start {
        title.element(snippet.path(name))
    } else {
        let origin = Origin::path(name).line(place.line as usize).char_column(place.column as usize);
        title.element(origin).element(snippet)
    };
    Some(renderer(style).render(&[group]))
}

fn renderer(style: &Style) -> Renderer {
    if style.color { Renderer::styled() } else { Renderer::plain() }
}
