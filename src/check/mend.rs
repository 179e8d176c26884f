//! Edits that rules propose.

use super::scene::{Scene, Seen};
use crate::diag::CueEdit;
use crate::lang::is_han;
use crate::profile::Punctuation;
use crate::time::{Time, TimeDelta};
use crate::words::COST_INSIDE;
use std::ops::Range;

/// Texts of more lines are not broken anew.
const MOST_LINES: u32 = 12;
/// White space that goes away where a line is broken, at most as many spaces as anybody types, in half characters.
const BREAK_HALVES: u32 = 8;

impl Seen<'_> {
    /// The cue, as edits number it.
    pub(super) fn number(&self) -> u32 {
        u32::try_from(self.index).unwrap_or(u32::MAX)
    }

    /// This part of the text becomes `with`.
    pub(super) fn replace(&self, range: Range<usize>, with: impl Into<String>) -> Vec<CueEdit> {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        vec![CueEdit::Replace { cue: self.number(), range: offset(range.start)..offset(range.end), with: with.into() }]
    }

    pub(super) fn start_at(&self, to: Time) -> CueEdit {
        CueEdit::Start { cue: self.number(), to }
    }

    pub(super) fn end_at(&self, to: Time) -> CueEdit {
        CueEdit::End { cue: self.number(), to }
    }

    pub(super) fn removed(&self) -> CueEdit {
        CueEdit::Remove { cue: self.number() }
    }
}

impl Scene<'_> {
    /// The least gap that the profile asks for.
    pub(super) fn least_gap(&self) -> TimeDelta {
        self.profile.min_gap.as_ref().map_or(TimeDelta::ZERO, |gap| self.time(gap))
    }

    /// A time that the file can hold exactly, not before `time`: files in milliseconds round, and a limit must hold after it.
    fn up(&self, time: Time) -> Time {
        let unit = self.track.resolution.flicks().max(1);
        let over = time.flicks().rem_euclid(unit);
        if over == 0 { time } else { time + TimeDelta::from_flicks(unit.saturating_sub(over)) }
    }

    /// The same, not after it.
    fn down(&self, time: Time) -> Time {
        time - TimeDelta::from_flicks(time.flicks().rem_euclid(self.track.resolution.flicks().max(1)))
    }

    /// Until when a cue can stand: the next one's start, less the least gap, or the end of the media.
    fn room(&self, seen: &Seen<'_>) -> Time {
        let start = seen.cue.range.start;
        // Cues stand in order in all but broken files; a few after it are looked at.
        let after = self.track.cues.iter().skip(seen.index.saturating_add(1)).take(8);
        let next = after.map(|cue| cue.range.start).filter(|next| *next > start).min();
        let room = next.map_or(Time::MAX, |next| next - self.least_gap());
        let longest = self.profile.max_duration.as_ref().map_or(Time::MAX, |most| start + self.time(most));
        self.down(room.min(longest).min(self.media_end.unwrap_or(Time::MAX)))
    }

    /// The cue stands for `span`, if there is room for it.
    pub(super) fn lengthen(&self, seen: &Seen<'_>, span: TimeDelta) -> Vec<CueEdit> {
        let end = self.up(seen.cue.range.start + span);
        if end <= self.room(seen) { vec![seen.end_at(end)] } else { Vec::new() }
    }

    /// The cue ends no later than `end`.
    pub(super) fn end_by(&self, seen: &Seen<'_>, end: Time) -> Vec<CueEdit> {
        let end = self.down(end);
        if end > seen.cue.range.start { vec![seen.end_at(end)] } else { Vec::new() }
    }

    /// Two short lines or one long one, broken anew where it is best; nothing if that does not fit either.
    pub(super) fn rebroken(&self, seen: &Seen<'_>) -> Vec<CueEdit> {
        let text = seen.text();
        // More lines than this are no caption, and each may be a finding: all of them would be joined for each.
        if seen.facts.lines > MOST_LINES
            || self.is_bilingual(text)
            || text.lines().any(|line| line.starts_with(['-', '–', '—', '♪']) || self.label(line).is_some())
            || self.may_part_clauses(text)
        {
            return Vec::new();
        }
        let limit = self.profile.max_line.as_ref().map_or(u32::MAX, |limit| limit.value.saturating_mul(2));
        let most = self.profile.max_lines.as_ref().map_or(2, |lines| lines.value);
        let ruler = self.profile.line_ruler.value;
        let joined = joined(text);
        let width = |line: &str| ruler.width(line.trim()).as_halves();
        let broken = if width(&joined) <= limit {
            Some(joined)
        } else if most < 2 || width(&joined) > limit.saturating_mul(2).saturating_add(BREAK_HALVES) {
            None
        } else {
            let breaks = self.words().breaks(&joined, &[]);
            let cut = |at: u32| joined.split_at_checked(at as usize).unwrap_or_default();
            let fit = breaks.iter().filter(|b| width(cut(b.at).0).max(width(cut(b.at).1)) <= limit);
            let cost = |at: u32, cost: u16| {
                let (first, second) = cut(at);
                let cost = if self.is_comma(first, second) { 0 } else { cost };
                // Ten halves of difference weigh as much as a break that is ten worse.
                u32::from(cost).saturating_add(width(first).abs_diff(width(second)))
            };
            let best = fit.min_by_key(|b| cost(b.at, b.cost));
            best.map(|b| [cut(b.at).0.trim_end(), cut(b.at).1.trim_start()].join("\n"))
        };
        match broken {
            Some(broken) if broken != text => line_breaks(seen, text, &broken),
            Some(_) | None => Vec::new(),
        }
    }
}

impl Scene<'_> {
    /// Where spaces stand for commas, the end of a line may stand for one too: who joins the lines would have to know.
    fn may_part_clauses(&self, text: &str) -> bool {
        let lines = text.split('\n').zip(text.split('\n').skip(1));
        self.profile.punctuation.value == Punctuation::Space
            && lines.filter(|(before, after)| meet(before, after)).any(|(before, after)| {
                let breaks = self.words().breaks(&[before, after].concat(), &[]);
                breaks.iter().any(|b| b.at as usize == before.len() && b.cost < COST_INSIDE)
            })
    }

    /// A space that stands for a comma.
    fn is_comma(&self, before: &str, after: &str) -> bool {
        let spaced = before.ends_with(' ') && self.profile.punctuation.value == Punctuation::Space;
        spaced && meet(before.trim_end(), after)
    }
}

/// Han characters meet.
fn meet(before: &str, after: &str) -> bool {
    before.ends_with(is_han) && after.starts_with(is_han)
}

/// The lines of a text as one.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        let line = line.trim();
        let wordy = |c: Option<char>| c.is_some_and(|c| c < '\u{2E80}');
        if !out.is_empty() && !line.is_empty() && (wordy(out.chars().next_back()) || wordy(line.chars().next())) {
            out.push(' ');
        }
        out.push_str(line);
    }
    out
}

/// The edits that make `broken` of `text`, which differ in spaces and line breaks alone: marks on the words stay.
fn line_breaks(seen: &Seen<'_>, text: &str, broken: &str) -> Vec<CueEdit> {
    let white = |c: char| c == ' ' || c == '\n';
    let mut edits = Vec::new();
    let (mut old, mut new) = (0usize, 0usize);
    loop {
        let run = |text: &str, at: usize| {
            let rest = text.get(at..).unwrap_or_default();
            rest.len().saturating_sub(rest.trim_start_matches(white).len())
        };
        let (from, to) = (run(text, old), run(broken, new));
        let (was, is) = (text.get(old..old.saturating_add(from)), broken.get(new..new.saturating_add(to)));
        if was != is {
            edits.extend(seen.replace(old..old.saturating_add(from), is.unwrap_or_default()));
        }
        (old, new) = (old.saturating_add(from), new.saturating_add(to));
        let (Some(a), Some(b)) =
            (text.get(old..).and_then(|t| t.chars().next()), broken.get(new..).and_then(|t| t.chars().next()))
        else {
            return edits;
        };
        if a != b {
            // More than the spaces differs: not a case for this.
            return Vec::new();
        }
        (old, new) = (old.saturating_add(a.len_utf8()), new.saturating_add(b.len_utf8()));
    }
}
