//! A report as text for a terminal.

use super::escape::escaped;
use super::finding::{Located, Locator};
use super::{Style, sentence, severity_name};
use crate::diag::{Code, Diagnostic, Lang, Report, Severity};
use crate::source::Source;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet, Title};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many of one code are shown; the rest is counted. More of the same tells a person nothing.
pub const SHOWN_PER_CODE: usize = 10;

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
    let locator = Locator::new(source, report);
    let items = report.items().iter().map(|diagnostic| (diagnostic, locator.locate(diagnostic)));
    let (mut out, shown) = shown(items, source.map(Source::name), SHOWN_PER_CODE, style);
    for (code, more) in not_shown(report, &shown) {
        // Writing to a String cannot fail.
        let _ = match style.lang {
            Lang::En => writeln!(out, "… and {more} more of {code:?}"),
            Lang::Zh => writeln!(out, "…… {code:?} 还有 {more} 条"),
        };
    }
    out
}

/// How many of each code were shown.
pub(super) type Shown = BTreeMap<Code, usize>;

/// The first `most` of each code, each with its excerpt.
pub(super) fn shown<'a, L: Borrow<Located>>(
    items: impl Iterator<Item = (&'a Diagnostic, L)>,
    name: Option<&str>,
    most: usize,
    style: &Style,
) -> (String, Shown) {
    let (mut out, mut shown) = (String::new(), Shown::new());
    let name = name.map(escaped);
    for (diagnostic, located) in items {
        let count = shown.entry(diagnostic.code).or_insert(0);
        if *count < most {
            *count = count.saturating_add(1);
            let excerpt = with_excerpt(diagnostic, located.borrow(), name.as_deref().unwrap_or_default(), style);
            out.push_str(&excerpt.unwrap_or_else(|| one_line(diagnostic, name.as_deref(), style)));
            out.push('\n');
        }
    }
    (out, shown)
}

/// The codes of which not all were shown, and how many were not.
pub(super) fn not_shown<'r>(report: &'r Report, shown: &'r Shown) -> impl Iterator<Item = (Code, u64)> + 'r {
    report.counts().filter_map(|(code, count)| {
        let more = count.saturating_sub(shown.get(&code).copied().unwrap_or(0) as u64);
        (more > 0).then_some((code, more))
    })
}

/// `file: warning[code]: sentence (cue 12, 00:01:02.345)`
fn one_line(diagnostic: &Diagnostic, name: Option<&str>, style: &Style) -> String {
    let line = renderer(style).render(&[Group::with_title(title(diagnostic, style))]);
    name.map_or(line.clone(), |name| format!("{name}: {line}"))
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
fn with_excerpt(diagnostic: &Diagnostic, located: &Located, name: &str, style: &Style) -> Option<String> {
    let (cut, place) = (located.excerpt.as_ref()?, located.place?.start);
    let snippet = Snippet::source(cut.line.as_str()).line_start(place.line as usize);
    let snippet = snippet.annotation(AnnotationKind::Primary.span(cut.span.clone()));
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
