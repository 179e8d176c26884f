//! What was found in one file, with all that a report says of it: the file's text is not needed any more.

use super::excerpt::{Excerpt, excerpt};
use crate::diag::{Diagnostic, Report, Severity};
use crate::error::Error;
use crate::source::{LineColumn, LineIndex, Source, Span};

/// A stretch of a text, for people: both ends count from 1, the end is the character after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first character.
    pub start: LineColumn,
    /// The character after the last one.
    pub end: LineColumn,
}

/// Where a diagnostic is, in lines and columns, and what stands there.
#[derive(Debug, Default)]
pub(super) struct Located {
    /// Unknown for whole files, and where a file is no text.
    pub(super) place: Option<Place>,
    pub(super) excerpt: Option<Excerpt>,
    /// Of each stretch that its fix replaces.
    pub(super) replaced: Vec<Place>,
}

/// Finds the places of many diagnostics in one source.
pub(super) struct Locator<'s> {
    text: Option<(&'s str, LineIndex<'s>)>,
}

impl<'s> Locator<'s> {
    /// The lines are counted only if a diagnostic of the report has a place in them.
    pub(super) fn new(source: Option<&'s Source>, report: &Report) -> Self {
        let placed = |diagnostic: &Diagnostic| diagnostic.at.span.is_some() || diagnostic.fix.is_some();
        let located = report.items().iter().any(placed);
        let text = source.filter(|source| located && source.bytes().is_empty()).map(Source::text);
        Self { text: text.map(|text| (text, LineIndex::new(text))) }
    }

    pub(super) fn locate(&self, diagnostic: &Diagnostic) -> Located {
        let Some((text, lines)) = &self.text else { return Located::default() };
        let place = |span: Span| Place {
            start: lines.line_column(span.start),
            end: lines.line_column(span.end.max(span.start)),
        };
        let span = diagnostic.at.span;
        let replacements = diagnostic.fix.iter().flat_map(|fix| &fix.replacements);
        Located {
            place: span.map(place),
            excerpt: span.and_then(|span| excerpt(text, span)),
            replaced: replacements.map(|change| place(change.at)).collect(),
        }
    }
}

/// What was found in one file, or why it could not be judged.
///
/// ```
/// use zimu::diag::{Diagnostic, Location, Report, Severity, codes, render::Findings};
/// use zimu::source::Source;
/// let mut report = Report::default();
/// report.push(Diagnostic::new(codes::loss::TIME_ROUNDED, Location::FILE).with("unit", "1 ms"));
/// let findings = Findings::new(&Source::from_text("a.srt", ""), report);
/// assert_eq!(findings.worst(), Some(Severity::Warning));
/// assert_eq!(findings.at_least(Severity::Warning), 1);
/// ```
#[derive(Debug)]
pub struct Findings {
    pub(super) file: String,
    /// How its text is encoded; `None` if it is none.
    pub(super) encoding: Option<&'static str>,
    pub(super) profiles: Vec<String>,
    pub(super) cues: Option<usize>,
    pub(super) report: Report,
    /// One for each item of the report.
    pub(super) located: Vec<Located>,
    pub(super) error: Option<Error>,
}

impl Findings {
    /// What was found in `source`, in the order of the places.
    pub fn new(source: &Source, report: Report) -> Self {
        Self::of(source, report, None)
    }

    /// As [`Findings::new`], but no more than `most` of a code are kept: what [`super::text()`] shows. Of many files this
    /// takes little memory.
    pub fn first_of_each(source: &Source, report: Report, most: usize) -> Self {
        Self::of(source, report, Some(most))
    }

    fn of(source: &Source, mut report: Report, most: Option<usize>) -> Self {
        report.sort_by_place();
        if let Some(most) = most {
            report.keep_first_of_each(most);
        }
        let locator = Locator::new(Some(source), &report);
        let located = report.items().iter().map(|diagnostic| locator.locate(diagnostic)).collect();
        let encoding = source.bytes().is_empty().then(|| source.encoding().encoding.name());
        Self { report, located, encoding, ..Self::empty(source.name()) }
    }

    /// A file that could not be judged.
    pub fn failed(file: impl Into<String>, error: Error) -> Self {
        Self { error: Some(error), ..Self::empty(file) }
    }

    fn empty(file: impl Into<String>) -> Self {
        let (profiles, cues, report, located) = (Vec::new(), None, Report::default(), Vec::new());
        Self { file: file.into(), encoding: None, profiles, cues, report, located, error: None }
    }

    /// Says what the file was held against, and how many cues it has, if they were looked at.
    #[must_use]
    pub fn held_against(mut self, profiles: Vec<String>, cues: Option<usize>) -> Self {
        (self.profiles, self.cues) = (profiles, cues);
        self
    }

    /// The file's name.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Why it could not be judged.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// Why it could not be judged, taken out.
    pub fn into_error(self) -> Option<Error> {
        self.error
    }

    /// What was found.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The worst that was found.
    pub fn worst(&self) -> Option<Severity> {
        self.report.worst()
    }

    /// How much was found that is as bad as `severity`, or worse.
    pub fn at_least(&self, severity: Severity) -> u64 {
        let bad = SEVERITIES.iter().filter(|other| **other >= severity);
        bad.map(|severity| self.report.of_severity(*severity)).fold(0, u64::saturating_add)
    }

    /// How many were found beyond those that are kept.
    pub fn not_listed(&self) -> u64 {
        self.report.total().saturating_sub(self.report.items().len() as u64)
    }

    /// The diagnostics that are kept, with their places.
    pub(super) fn items(&self) -> impl Iterator<Item = (&Diagnostic, &Located)> {
        self.report.items().iter().zip(&self.located)
    }
}

/// The worst first.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];
