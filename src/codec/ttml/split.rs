//! A paragraph whose parts end at times of their own becomes several cues: one for each stretch of time in which it shows
//! the same.

use super::paragraph::Timed;
use crate::model::{Cue, MarkKind, StyledText};
use crate::time::{Time, TimeRange};

/// The cues that a paragraph makes; `None` if they would take more room than there is.
pub(super) fn split(cue: &Cue, timed: &[Timed], room: &mut usize) -> Option<Vec<Cue>> {
    let inside = |time: &Time| *time > cue.range.start && *time < cue.range.end;
    let mut times: Vec<Time> = timed.iter().flat_map(|part| [Some(part.begin), part.end]).flatten().collect();
    times.retain(inside);
    times.extend([cue.range.start, cue.range.end]);
    times.sort_unstable();
    times.dedup();
    let cost = times.len().saturating_mul(cue.text.plain.len().saturating_add(timed.len()).saturating_add(128));
    *room = room.checked_sub(cost)?;
    let mut whole = cue.clone();
    whole.text.marks.retain(|mark| !matches!(mark.kind, MarkKind::Shown(_)));
    let mut cues: Vec<Cue> = Vec::new();
    for (start, end) in times.iter().zip(times.iter().skip(1)) {
        let text = shown(&whole.text, timed, *start);
        if text.plain.is_empty() {
            continue;
        }
        match cues.last_mut() {
            Some(last) if last.range.end == *start && last.text == text => last.range.end = *end,
            _ => {
                let id = if cues.is_empty() { cue.id.clone() } else { None };
                let range = TimeRange::new(*start, *end);
                let rest = Cue { evidence: None, ..whole.clone() };
                cues.push(Cue { range, text, id, ..rest });
            }
        }
    }
    Some(cues)
}

/// What is shown at a time, without white space around it.
fn shown(text: &StyledText, timed: &[Timed], at: Time) -> StyledText {
    let active = |part: &&Timed| part.begin > at || part.end.is_some_and(|end| end <= at);
    let mut hidden: Vec<(u32, u32)> = timed.iter().filter(active).map(|p| (p.range.start, p.range.end)).collect();
    hidden.sort_unstable();
    let (mut out, mut from) = (StyledText::default(), 0);
    for (start, end) in hidden {
        if start > from {
            out.append(&text.slice(from..start));
        }
        from = from.max(end);
    }
    if from < text.len() {
        out.append(&text.slice(from..text.len()));
    }
    let left = out.plain.len().saturating_sub(out.plain.trim_start_matches([' ', '\n']).len());
    let right = out.plain.trim_end_matches([' ', '\n']).len();
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    if left >= right { StyledText::default() } else { out.slice(place(left)..place(right)) }
}
