//! The search: which atoms make a cue, and which of them a line. Exact over all ways to cut a turn; linear in its length,
//! because a cue holds a bounded number of characters.

use super::atom::Atom;
use super::cost::*;
use super::limits::Limits;
use super::sums::{Sums, between, pause, width};
use crate::words::Place;
use std::ops::Range;

/// A turn to be cut.
pub(super) struct Scope<'a> {
    pub(super) atoms: &'a [Atom],
    pub(super) limits: &'a Limits,
    /// Width of the label before the first line of the first cue, or of every cue, by the line's ruler and the speed's.
    pub(super) label: Label,
    /// When the next turn begins, or the media ends.
    pub(super) next_ms: i64,
    /// Glosses for a line of their own: index of the atom, width by the speed's ruler.
    pub(super) notes: &'a [(usize, u32)],
}

/// The room that a label takes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Label {
    pub(super) line: u32,
    pub(super) speed: u32,
    /// On every cue, not only the first.
    pub(super) always: bool,
}

/// One cue: its lines, as ranges of atoms.
pub(super) type Lines = Vec<Range<usize>>;

/// Cuts the turn into cues.
pub(super) fn cues(scope: &Scope) -> Vec<Lines> {
    let count = scope.atoms.len();
    let sums = Sums::new(scope.atoms);
    let mut best: Vec<Cost> = vec![Cost::INFINITY; count.saturating_add(1)];
    let mut from: Vec<(usize, u8)> = vec![(0, 1); count.saturating_add(1)];
    if let Some(first) = best.first_mut() {
        *first = 0.0;
    }
    for start in 0..count {
        let Some(so_far) = best.get(start).copied() else { break };
        let layout = Layout::new(scope, &sums, start);
        for end in start.saturating_add(1)..=layout.last {
            let Some((shape, lines)) = layout.shape(end) else { continue };
            let cost = so_far + shape + cue_cost(scope, &sums, start, end);
            if let (Some(known), Some(step)) = (best.get_mut(end), from.get_mut(end))
                && cost < *known
            {
                *known = cost;
                *step = (start, lines);
            }
        }
    }
    walk_back(scope, &sums, &from)
}

fn walk_back(scope: &Scope, sums: &Sums, from: &[(usize, u8)]) -> Vec<Lines> {
    let mut cues = Vec::new();
    let mut end = scope.atoms.len();
    while end > 0 {
        let Some((start, lines)) = from.get(end).copied().filter(|(start, _)| *start < end) else { break };
        cues.push(Layout::new(scope, sums, start).lines(end, lines));
        end = start;
    }
    cues.reverse();
    cues
}

/// The ways to lay the atoms from `start` on in lines.
struct Layout<'a> {
    scope: &'a Scope<'a>,
    sums: &'a Sums,
    start: usize,
    /// The last end that some number of lines can hold.
    last: usize,
    /// For each number of lines (from 1), for each end: the cost, and where its last line begins.
    rows: Vec<Vec<(Cost, usize)>>,
}

impl<'a> Layout<'a> {
    fn new(scope: &'a Scope<'a>, sums: &'a Sums, start: usize) -> Self {
        let mut layout = Self { scope, sums, start, last: start, rows: Vec::new() };
        let mut ends = start..start;
        for number in 0..scope.limits.lines {
            let row = layout.row(number, ends.clone());
            let reach = start.saturating_add(row.len());
            if reach <= layout.last {
                break;
            }
            layout.last = reach;
            ends = start..reach;
            layout.rows.push(row);
        }
        layout
    }

    /// Costs of `number + 1` lines, the last of which begins in `starts` (or at the start, if it is the first).
    fn row(&self, number: usize, starts: Range<usize>) -> Vec<(Cost, usize)> {
        let mut row: Vec<(Cost, usize)> = Vec::new();
        let begins = if number == 0 {
            self.start..self.start.saturating_add(1)
        } else {
            starts.start.saturating_add(1)..starts.end.saturating_add(1)
        };
        for begin in begins {
            let before = if number == 0 { 0.0 } else { self.before(number, begin) };
            let mut end = begin.saturating_add(1);
            while let Some(line) = self.line(number, begin..end).filter(|_| before.is_finite()) {
                let slot = end.saturating_sub(self.start).saturating_sub(1);
                if row.len() <= slot {
                    row.resize(slot.saturating_add(1), (Cost::INFINITY, 0));
                }
                if let Some(known) = row.get_mut(slot).filter(|known| before + line < known.0) {
                    *known = (before + line, begin);
                }
                end = end.saturating_add(1);
            }
        }
        row
    }

    /// The cost of `number` lines that end at `end`, and of ending a line there.
    fn before(&self, number: usize, end: usize) -> Cost {
        let cost = self.cell(number, end).map_or(Cost::INFINITY, |cell| cell.0);
        let line_end = end.checked_sub(1).and_then(|i| self.scope.atoms.get(i)).map_or(0.0, |a| line_end(a.cost));
        cost + line_end + PER_LINE
    }

    /// The best of `number` lines up to `end`.
    fn cell(&self, number: usize, end: usize) -> Option<(Cost, usize)> {
        let slot = end.checked_sub(self.start)?.checked_sub(1)?;
        self.rows.get(number.checked_sub(1)?)?.get(slot).copied()
    }

    /// The cost of one line; `None` if it is too wide. One atom alone may be: nothing can be done, and it is reported.
    fn line(&self, number: usize, range: Range<usize>) -> Option<Cost> {
        let atoms = self.scope.atoms;
        if range.end > atoms.len() {
            return None;
        }
        let single = range.len() == 1;
        let inside = range.clone();
        let text = width(&self.sums.line, atoms, range, |a| a.line.last);
        let label = if number == 0 && self.labelled() { self.scope.label.line } else { 0 };
        let width = text.saturating_add(label);
        let max = self.scope.limits.line;
        let over = width > max;
        if over && !single {
            return None;
        }
        let share = ratio(width, max);
        let heavy = TOP_HEAVY * share * number_weight(self.scope.limits.lines, number);
        let cut = if self.sums.cuts(self.scope.atoms, &inside) { CLAUSE_CUT_IN_LINE } else { 0.0 };
        Some(cut + IMBALANCE * share * share + widow(width, max) + heavy + if over { OVER_LIMIT } else { 0.0 })
    }

    fn labelled(&self) -> bool {
        self.start == 0 || self.scope.label.always
    }

    /// The cheapest shape of the cue that ends at `end`: its cost and number of lines. One line where one line holds it.
    fn shape(&self, end: usize) -> Option<(Cost, u8)> {
        let notes = !notes_in(self.scope.notes, self.start..end).is_empty();
        let most = self.scope.limits.lines.saturating_sub(usize::from(notes)).max(1);
        let all = width(&self.sums.line, self.scope.atoms, self.start..end, |a| a.line.last);
        (1..=most).find_map(|lines| {
            let (cost, _) = self.cell(lines, end).filter(|cell| cell.0.is_finite())?;
            let share = ratio(all, self.scope.limits.line);
            // What equal lines would cost: only the difference counts.
            let even = IMBALANCE * share * share / small(lines);
            Some(((cost - even).max(0.0), u8::try_from(lines).unwrap_or(u8::MAX)))
        })
    }

    /// The lines of that shape.
    fn lines(&self, end: usize, count: u8) -> Lines {
        let mut lines = Lines::new();
        let mut end = end;
        for number in (1..=usize::from(count)).rev() {
            let begin = self.cell(number, end).map_or(self.start, |cell| cell.1);
            lines.push(begin..end);
            end = begin;
        }
        lines.reverse();
        lines
    }
}

/// Earlier lines weigh more.
fn number_weight(lines: usize, number: usize) -> Cost {
    small(lines.saturating_sub(number).saturating_sub(1))
}

#[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
fn small(count: usize) -> Cost {
    count as Cost
}

fn ratio(width: u32, of: u32) -> Cost {
    Cost::from(width) / Cost::from(of.max(1))
}

/// The glosses whose terms lie in a range of atoms.
fn notes_in(notes: &[(usize, u32)], range: Range<usize>) -> &[(usize, u32)] {
    let from = notes.partition_point(|(atom, _)| *atom < range.start);
    let to = notes.partition_point(|(atom, _)| *atom < range.end);
    notes.get(from..to).unwrap_or_default()
}

/// Everything but the shape.
fn cue_cost(scope: &Scope, sums: &Sums, start: usize, end: usize) -> Cost {
    let (Some(first), Some(last)) = (scope.atoms.get(start), end.checked_sub(1).and_then(|i| scope.atoms.get(i)))
    else {
        return Cost::INFINITY;
    };
    let next_ms = scope.atoms.get(end).map_or(scope.next_ms, |atom| atom.start_ms);
    let notes = notes_in(scope.notes, start..end);
    let label = if start == 0 || scope.label.always { scope.label.speed } else { 0 };
    let text = width(&sums.speed, scope.atoms, start..end, |a| a.speed.last);
    let speed = notes.iter().fold(text.saturating_add(label), |sum, (_, width)| sum.saturating_add(*width));
    let mut cost = PER_CUE + small(notes.len().saturating_sub(1)) * SHARED_GLOSS_LINE;
    cost += time_cost(scope.limits, (first.start_ms, last.end_ms, next_ms), speed);
    cost += sentence_cost(sums, last, start..end);
    cost += if sums.cuts(scope.atoms, &(start..end)) { CLAUSE_CUT } else { 0.0 };
    let shown = width(&sums.line, scope.atoms, start..end, |a| a.line.last);
    if last.place > Place::Sentence && widow(shown, scope.limits.line) > 0.0 {
        cost += LONE_WIDOW;
    }
    let inner_pauses = |i: usize| sums.pauses.get(i).copied().unwrap_or_default();
    cost += inner_pauses(end.saturating_sub(1)) - inner_pauses(start);
    if end < scope.atoms.len() {
        cost += match last.place {
            Place::Word | Place::Inside => CLAUSE_OPEN,
            Place::Item => LIST_OPEN,
            _ => 0.0,
        };
        cost += line_end(last.cost) * CUE_BREAK - pause(next_ms.saturating_sub(last.end_ms)) * PAUSE_AT_END;
    }
    cost
}

/// Sentences are better whole: what a cue holds beside a finished one should be finished too.
fn sentence_cost(sums: &Sums, last: &Atom, range: Range<usize>) -> Cost {
    let inside = between(&sums.sentences, range.start..range.end.saturating_sub(1));
    if inside == 0 {
        return 0.0;
    }
    if last.place <= Place::Sentence { SENTENCE_INSIDE } else { SENTENCE_CUT }
}

/// Too brief, too long, too fast: what the times between first word, last word and next word leave.
#[expect(clippy::cast_precision_loss, reason = "milliseconds of a cue")]
fn time_cost(limits: &Limits, (start, end, next): (i64, i64, i64), speed: u32) -> Cost {
    let seconds = |ms: i64| ms.max(0) as Cost / 1000.0;
    let spoken = end.saturating_sub(start);
    let free = next.saturating_sub(limits.gap_ms).min(end.saturating_add(limits.linger_ms)).saturating_sub(start);
    let reading = limits.reading_ms(speed);
    let needed = reading.max(limits.min_ms);
    let mut cost = seconds(needed.saturating_sub(free)) * BORROWED;
    cost += seconds(COMFORT_MIN_MS.saturating_sub(free)) * TOO_BRIEF;
    cost += seconds(spoken.saturating_sub(COMFORT_MAX_MS)) * TOO_LASTING;
    if spoken > limits.max_ms || needed > limits.max_ms {
        cost += OVER_LIMIT + seconds(spoken.saturating_sub(limits.max_ms)) * OVER_LIMIT;
    }
    let load = reading as f64 / free.max(1) as f64;
    if load > COMFORT_SPEED {
        cost += HURRIED * ((load - COMFORT_SPEED) / (1.0 - COMFORT_SPEED)).min(1.0);
    }
    cost
}
