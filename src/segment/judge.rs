//! Says of each cue what does not satisfy the profile, with the measured value.

use super::draft::Draft;
use super::limits::Limits;
use crate::diag::codes::segment as codes;
use crate::diag::{Code, Diagnostic, Location, Report, Value};
use crate::measure::Ruler;
use crate::profile::Profile;
use crate::time::{Time, TimeDelta};
use std::ops::Range;

/// A start that is moved by more than this from its first word is worth a note: it can be seen.
const SEEN_MOVE_MS: i64 = 1000;

/// Reports what cue number `index` at `range` (milliseconds) does not satisfy.
pub(super) fn judge(
    draft: &Draft,
    index: usize,
    range: &Range<i64>,
    next: Option<i64>,
    (limits, profile): (&Limits, &Profile),
    report: &mut Report,
) {
    let at = Location::cue(index, Time::from_millis(range.start));
    let mut say = |code: Code, args: Vec<(&'static str, Value)>| {
        report.push(Diagnostic { args, ..Diagnostic::new(code, at) });
    };
    let text = draft.labelled();
    let duration = range.end.saturating_sub(range.start);
    let lasts = TimeDelta::from_millis(duration);
    let least = TimeDelta::from_millis(limits.min_ms);
    let most = TimeDelta::from_millis(limits.max_ms);
    lines(&text, profile, &mut say);
    match crate::measure::reading_speed(&text, limits.speed_ruler, lasts).zip(limits.max_cps) {
        Some((cps, max)) if cps > max => say(codes::TOO_FAST, vec![("cps", cps.into()), ("limit", max.into())]),
        None if duration <= 0 && limits.min_ms <= 0 => say(codes::NO_TIME, vec![]),
        _ => {}
    }
    if duration < limits.min_ms {
        say(codes::TOO_SHORT, vec![("duration", lasts.into()), ("limit", least.into())]);
    }
    if limits.stated.max_duration && duration > limits.max_ms {
        say(codes::TOO_LONG, vec![("duration", lasts.into()), ("limit", most.into())]);
    }
    let gap = next.map(|next| next.saturating_sub(range.end)).filter(|gap| *gap < limits.gap_ms);
    if let Some(gap) = gap {
        let (gap, limit) = (TimeDelta::from_millis(gap), TimeDelta::from_millis(limits.gap_ms));
        say(codes::GAP_TOO_SMALL, vec![("gap", gap.into()), ("limit", limit.into())]);
    }
    let moved = TimeDelta::from_millis(range.start.saturating_sub(draft.spoken.start));
    if moved.flicks().saturating_abs() > TimeDelta::from_millis(SEEN_MOVE_MS).flicks() {
        say(codes::MOVED, vec![("by", moved.into())]);
    }
    for text in &draft.broken {
        say(codes::NO_BREAK, vec![("text", text.as_str().into())]);
    }
}

fn lines(text: &str, profile: &Profile, say: &mut impl FnMut(Code, Vec<(&'static str, Value)>)) {
    let ruler: Ruler = profile.line_ruler.value;
    if let Some(max) = &profile.max_line {
        for line in text.lines() {
            let width = ruler.width(line).as_chars();
            if width > f64::from(max.value) {
                let limit = Value::Count(max.value.into());
                say(codes::LINE_TOO_LONG, vec![("text", line.into()), ("width", width.into()), ("limit", limit)]);
            }
        }
    }
    let count = text.lines().count();
    if let Some(max) = &profile.max_lines
        && count > max.value as usize
    {
        say(codes::TOO_MANY_LINES, vec![("lines", count.into()), ("limit", max.value.into())]);
    }
}
