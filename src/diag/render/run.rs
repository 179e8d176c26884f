//! A run over many files, and the order in which a person wants to hear of them.

use super::Style;
use super::finding::{Findings, SEVERITIES};
use crate::diag::{Code, Lang, Severity};
use crate::error::Error;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a code means, for those who meet it for the first time.
#[derive(Clone, Debug)]
pub struct Manual {
    /// One line.
    pub title: String,
    /// The whole, in Markdown.
    pub markdown: String,
}

/// What was found in all files of a run, and how it is to be shown.
#[derive(Debug)]
#[non_exhaustive]
pub struct Run<'a> {
    /// The files, in the order in which they were given.
    pub files: &'a [Findings],
    /// Language and colours.
    pub style: Style,
    /// From this severity on a finding fails the run.
    pub fail_on: Severity,
    /// How the run ends, if not well: programs read it as the exit code.
    pub error: Option<&'a Error>,
    /// Every finding is shown, where otherwise the first of each code stand for all.
    pub all: bool,
    /// How often each code was met is shown where that is not always so.
    pub statistics: bool,
    /// Looks up what a code means.
    pub manual: Option<fn(Code, Lang) -> Option<Manual>>,
}

impl<'a> Run<'a> {
    /// A run that fails on warnings.
    pub fn new(files: &'a [Findings]) -> Self {
        let style = Style::default();
        Self { files, style, fail_on: Severity::Warning, error: None, all: false, statistics: false, manual: None }
    }

    /// The files, the worst first: those that could not be judged, then by the number of errors, of warnings, of notes.
    pub fn worst_first(&self) -> Vec<&'a Findings> {
        let mut files: Vec<&Findings> = self.files.iter().collect();
        files.sort_by_key(|file| {
            Reverse((file.error.is_some(), SEVERITIES.map(|severity| file.report.of_severity(severity))))
        });
        files
    }

    /// How much was found in all files that is as bad as `severity`, or worse.
    pub fn at_least(&self, severity: Severity) -> u64 {
        self.sum(|file| file.at_least(severity))
    }

    /// How much of exactly this severity was found in all files.
    pub fn of_severity(&self, severity: Severity) -> u64 {
        self.sum(|file| file.report.of_severity(severity))
    }

    /// How many findings there are: errors and warnings; notes too if they fail the run.
    pub fn findings(&self) -> u64 {
        self.at_least(self.fail_on.min(Severity::Warning))
    }

    /// Files that could not be judged, or with findings.
    pub fn bad_files(&self) -> usize {
        let from = self.fail_on.min(Severity::Warning);
        self.files.iter().filter(|file| file.error.is_some() || file.at_least(from) > 0).count()
    }

    /// How many were found beyond those that are kept.
    pub fn not_listed(&self) -> u64 {
        self.sum(Findings::not_listed)
    }

    fn sum(&self, of: impl Fn(&Findings) -> u64) -> u64 {
        self.files.iter().map(of).fold(0, u64::saturating_add)
    }

    /// How often each code was met, the most frequent first.
    pub fn statistics(&self) -> Vec<Tally> {
        let mut tallies: BTreeMap<Code, Tally> = BTreeMap::new();
        for file in self.files {
            for (code, count) in file.report.counts() {
                let severity = file.report.worst_of(code).unwrap_or(code.row().severity);
                let tally = tallies.entry(code).or_insert(Tally { code, severity, count: 0, files: 0, share: 0.0 });
                tally.count = tally.count.saturating_add(count);
                tally.files = tally.files.saturating_add(1);
                tally.severity = tally.severity.max(severity);
            }
        }
        let mut tallies: Vec<Tally> = tallies.into_values().collect();
        let all = tallies.iter().map(|tally| tally.count).fold(0, u64::saturating_add).max(1);
        for tally in &mut tallies {
            #[expect(clippy::cast_precision_loss, reason = "a share is shown with one decimal")]
            let share = tally.count as f64 / all as f64;
            tally.share = share;
        }
        tallies.sort_by_key(|tally| (Reverse(tally.count), tally.code));
        tallies
    }
}

/// How often a code was met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tally {
    /// The code.
    pub code: Code,
    /// The worst severity it was met with.
    pub severity: Severity,
    /// How often.
    pub count: u64,
    /// In how many files.
    pub files: u64,
    /// Its part of all findings, from 0 to 1.
    pub share: f64,
}
