//! The report that every step writes into.

use super::{Code, Diagnostic, Location, Severity};
use std::collections::BTreeMap;

/// How many items are kept; counts stay exact beyond it.
const KEPT_ITEMS: usize = 1000;

/// What was noticed: exact counts per code and severity, and the first thousand items. Memory is bounded.
///
/// ```
/// use zimu::diag::{Diagnostic, Location, Report, codes};
/// let mut report = Report::default();
/// report.push(Diagnostic::new(codes::loss::TIME_ROUNDED, Location::FILE).with("unit", "1 ms"));
/// assert_eq!(report.count(codes::loss::TIME_ROUNDED), 1);
/// assert!(report.worst() < Some(zimu::diag::Severity::Error));
/// ```
#[derive(Debug, Default)]
pub struct Report {
    items: Vec<Diagnostic>,
    counts: BTreeMap<Code, u64>,
    worst: Option<Severity>,
}

impl Report {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let count = self.counts.entry(diagnostic.code).or_insert(0);
        *count = count.saturating_add(1);
        self.worst = self.worst.max(Some(diagnostic.severity));
        if self.items.len() < KEPT_ITEMS {
            self.items.push(diagnostic);
        }
    }

    /// Adds one of `code`'s severity, which is made only if it is kept: for what every cue of a large file may have.
    pub fn push_with(&mut self, code: Code, at: Location, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        if self.items.len() < KEPT_ITEMS {
            return self.push(with(Diagnostic::new(code, at)));
        }
        let count = self.counts.entry(code).or_insert(0);
        *count = count.saturating_add(1);
        self.worst = self.worst.max(Some(code.row().severity));
    }

    /// Adds one unless this code was already pushed: for facts about the whole file.
    pub fn push_once(&mut self, diagnostic: Diagnostic) {
        if self.count(diagnostic.code) == 0 {
            self.push(diagnostic);
        }
    }

    /// The first thousand, in order.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }

    /// Codes and how often each was pushed.
    pub fn counts(&self) -> impl Iterator<Item = (Code, u64)> + '_ {
        self.counts.iter().map(|(code, count)| (*code, *count))
    }

    /// How often `code` was pushed.
    pub fn count(&self, code: Code) -> u64 {
        self.counts.get(&code).copied().unwrap_or(0)
    }

    /// How many were pushed in all.
    pub fn total(&self) -> u64 {
        self.counts.values().fold(0, |sum, n| sum.saturating_add(*n))
    }

    /// Nothing was noticed.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// The worst severity so far.
    pub fn worst(&self) -> Option<Severity> {
        self.worst
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
