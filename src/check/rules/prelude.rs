//! What every rule uses.

pub(super) use super::super::facts::{Needs, Traits};
pub(super) use super::super::findings::Findings;
pub(super) use super::super::rule::{Check, rule};
pub(super) use super::super::scene::{Scene, Seen};
pub(super) use crate::diag::codes::rule as codes;
pub(super) use crate::diag::{CueEdit, Severity};
pub(super) use crate::measure::Width;
pub(super) use crate::time::{Time, TimeDelta};

/// For rules that need no number.
pub(super) fn always(_: &Scene<'_>) -> bool {
    true
}

/// A number as people write it: 9, 12.5.
pub(super) fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").unwrap_or(&text).to_owned()
}

/// A measured value as a size ([`Findings::beyond`]).
pub(super) fn thousandths(value: f64) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates; speeds are far below")]
    let thousandths = (value * 1000.0).round() as i64;
    thousandths
}
