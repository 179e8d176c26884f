//! Two short turns in one cue, a dash before each.

use super::draft::{Draft, Writer};
use super::limits::Limits;
use super::written::Turn;
use crate::lang::LangTag;
use crate::time::Round;

/// Languages that put a space after the dash; the rest, English and Chinese among them, do not (Netflix Timed Text Style
/// Guides, dual speakers, as Subtitle Edit's checks have them).
const SPACED: &[&str] =
    &["pt", "cs", "fr", "hu", "id", "it", "ko", "ms", "pl", "ro", "ru", "sk", "es", "th", "vi", "ar"];
/// Two turns this far apart are no exchange.
const LONGEST_SILENCE_MS: i64 = 1500;

/// What stands before a line of a dialogue cue.
pub(super) fn dash(lang: Option<&LangTag>) -> &'static str {
    if lang.is_some_and(|lang| SPACED.contains(&lang.primary())) { "- " } else { "-" }
}

/// The cue of two turns, each on its line, if it satisfies the limits; `next_ms` is when the turn after them begins.
pub(super) fn pair(writers: [&Writer; 2], dash: &str, limits: &Limits, next_ms: i64) -> Option<Draft> {
    let [first, second] = writers;
    if limits.lines < 2 || first.turn.speaker == second.turn.speaker {
        return None;
    }
    let fits =
        |w: &Writer| w.turn.text.len() <= (limits.line as usize).saturating_mul(4) && !w.turn.text.contains('\n');
    if !fits(first) || !fits(second) {
        return None;
    }
    let ((start, left), (right, end)) = (spoken(first.turn)?, spoken(second.turn)?);
    let mut draft = Draft { spoken: start..end, ..Draft::default() };
    for writer in writers {
        let from = draft.text.len().saturating_add(u32::from(!draft.text.is_empty()));
        writer.line(&mut draft, 0..u32::MAX, dash);
        writer.voice(&mut draft, from);
    }
    let wide = draft.text.plain.lines().any(|line| limits.line_ruler.width(line).as_halves() > limits.line);
    let needs = limits.needs_ms(&draft.labelled());
    let free = next_ms.saturating_sub(limits.gap_ms).saturating_sub(start);
    let apart = right.saturating_sub(left) > LONGEST_SILENCE_MS;
    let glossed = !first.turn.notes.is_empty() || !second.turn.notes.is_empty();
    let long = end.saturating_sub(start) > limits.max_ms || needs > free.min(limits.max_ms);
    (!wide && !apart && !glossed && !long).then_some(draft)
}

/// When a turn's first word begins and its last one ends.
pub(super) fn spoken(turn: &Turn) -> Option<(i64, i64)> {
    let mut times = turn.words.iter().filter_map(|w| w.time);
    let first = times.next()?;
    let last = times.next_back().unwrap_or(first);
    Some((first.start.to_millis(Round::Nearest), last.end.to_millis(Round::Nearest)))
}
