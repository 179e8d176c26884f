//! The report that every step writes into.

use super::{Code, Diagnostic, Location, Severity};
use crate::source::Span;
use crate::time::Time;
use std::collections::BTreeMap;

/// How many items are kept unless more are asked for; counts stay exact beyond it.
const KEPT_ITEMS: usize = 1000;
/// The most that can be asked for: some hundred megabytes.
const MOST_ITEMS: usize = 1_000_000;

/// What was noticed: exact counts per code and severity, and the first thousand items. Memory is bounded.
///
/// ```
/// use zimu::diag::{Diagnostic, Location, Report, codes};
/// let mut report = Report::default();
/// report.push(Diagnostic::new(codes::loss::TIME_ROUNDED, Location::FILE).with("unit", "1 ms"));
/// assert_eq!(report.count(codes::loss::TIME_ROUNDED), 1);
/// assert!(report.worst() < Some(zimu::diag::Severity::Error));
/// ```
#[derive(Debug)]
pub struct Report {
    items: Vec<Diagnostic>,
    kept: usize,
    counts: BTreeMap<Code, (u64, Severity)>,
    severities: BTreeMap<Severity, u64>,
}

impl Default for Report {
    fn default() -> Self {
        Self { items: Vec::new(), kept: KEPT_ITEMS, counts: BTreeMap::new(), severities: BTreeMap::new() }
    }
}

impl Report {
    /// A report that keeps up to a million items: for a full account in a file.
    pub fn in_full() -> Self {
        Self { kept: MOST_ITEMS, ..Self::default() }
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.count_one(diagnostic.code, diagnostic.severity);
        if self.items.len() < self.kept {
            self.items.push(diagnostic);
        }
    }

    /// Adds one of `code`'s severity, which is made only if it is kept: for what every cue of a large file may have.
    pub fn push_with(&mut self, code: Code, at: Location, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        let severity = code.row().severity;
        self.push_as(code, severity, || with(Diagnostic::new(code, at)));
    }

    /// The same for another severity than the code's; `make` gives a diagnostic of this code and severity.
    pub fn push_as(&mut self, code: Code, severity: Severity, make: impl FnOnce() -> Diagnostic) {
        if self.items.len() < self.kept {
            return self.push(make());
        }
        self.count_one(code, severity);
    }

    /// Adds all that another report has noticed.
    pub fn append(&mut self, other: Self) {
        let Self { items, kept: _, counts, severities } = other;
        let room = self.kept.saturating_sub(self.items.len());
        self.items.extend(items.into_iter().take(room));
        for (code, (more, severity)) in counts {
            let (count, worst) = self.counts.entry(code).or_insert((0, severity));
            *count = count.saturating_add(more);
            *worst = (*worst).max(severity);
        }
        for (severity, more) in severities {
            let count = self.severities.entry(severity).or_insert(0);
            *count = count.saturating_add(more);
        }
    }

    fn count_one(&mut self, code: Code, severity: Severity) {
        let (count, worst) = self.counts.entry(code).or_insert((0, severity));
        *count = count.saturating_add(1);
        *worst = (*worst).max(severity);
        let count = self.severities.entry(severity).or_insert(0);
        *count = count.saturating_add(1);
    }

    /// Adds one unless this code was already pushed: for facts about the whole file.
    pub fn push_once(&mut self, diagnostic: Diagnostic) {
        if self.count(diagnostic.code) == 0 {
            self.push(diagnostic);
        }
    }

    /// Gives each item whose stretch of the source lies in a cue that cue's number and time, as `cue_at` knows them: what was
    /// noticed while decoding comes before there are cues.
    pub fn locate(&mut self, mut cue_at: impl FnMut(Span) -> Option<(u32, Time)>) {
        for item in self.items.iter_mut().filter(|item| item.at.cue.is_none()) {
            if let Some((cue, time)) = item.at.span.and_then(&mut cue_at) {
                item.at = Location { cue: Some(cue), time: Some(time), ..item.at };
            }
        }
    }

    /// Looks at each item that is kept, to say more of it. What it is counted by stays.
    pub fn each(&mut self, mut look: impl FnMut(&mut Diagnostic)) {
        for item in &mut self.items {
            let (code, severity) = (item.code, item.severity);
            look(item);
            (item.code, item.severity) = (code, severity);
        }
    }

    /// Keeps the first `told` items of each code as they are; of the others those that can be mended, without the arguments of
    /// their sentences. Counts stay.
    pub fn keep_fixes(&mut self, told: usize) {
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        self.items.retain_mut(|item| {
            let count = seen.entry(item.code).or_insert(0);
            *count = count.saturating_add(1);
            if *count <= told {
                return true;
            }
            item.args = Vec::new();
            item.fix.is_some()
        });
        self.items.shrink_to_fit();
    }

    /// The items that were kept, in order: the first thousand, unless more were asked for.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }

    /// Codes and how often each was pushed.
    pub fn counts(&self) -> impl Iterator<Item = (Code, u64)> + '_ {
        self.counts.iter().map(|(code, (count, _))| (*code, *count))
    }

    /// How often `code` was pushed.
    pub fn count(&self, code: Code) -> u64 {
        self.counts.get(&code).map_or(0, |(count, _)| *count)
    }

    /// How many were pushed in all.
    pub fn total(&self) -> u64 {
        self.counts.values().fold(0, |sum, (n, _)| sum.saturating_add(*n))
    }

    /// How many of this severity were pushed.
    pub fn of_severity(&self, severity: Severity) -> u64 {
        self.severities.get(&severity).copied().unwrap_or(0)
    }

    /// Orders the items by their places in the source; those without one come first.
    pub(super) fn sort_by_place(&mut self) {
        self.items.sort_by_key(|item| item.at.span.map(|span| span.start));
    }

    /// Keeps the first `most` items of each code; counts stay.
    pub(super) fn keep_first_of_each(&mut self, most: usize) {
        let mut seen: BTreeMap<Code, usize> = BTreeMap::new();
        self.items.retain(|item| {
            let count = seen.entry(item.code).or_insert(0);
            *count = count.saturating_add(1);
            *count <= most
        });
        self.items.shrink_to_fit();
    }

    /// Nothing was noticed.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The worst severity so far.
    pub fn worst(&self) -> Option<Severity> {
        self.counts.values().map(|(_, worst)| *worst).max()
    }

    /// The worst severity with which `code` was pushed.
    pub fn worst_of(&self, code: Code) -> Option<Severity> {
        self.counts.get(&code).map(|(_, worst)| *worst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::codes::loss;

    #[test]
    fn counts_and_the_worst_stay_exact_beyond_the_kept_items() {
        let mut report = Report::default();
        for _ in 0..KEPT_ITEMS {
            report.push_with(loss::TIME_ROUNDED, Location::FILE, |d| d);
        }
        report.push_with(loss::CUE, Location::FILE, |d| panic!("{d:?} is made in vain"));
        assert_eq!((report.items().len(), report.total(), report.count(loss::CUE)), (KEPT_ITEMS, 1001, 1));
        assert_eq!(report.worst(), Some(Severity::Error));
    }
}
