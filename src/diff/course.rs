//! How times changed: of all cues together, of several in a row, of single ones.

use super::pair::Group;
use super::{Change, ChangeKind, Sides};
use crate::time::{Round, Time, TimeDelta};

/// A cue that both files have.
struct Both<'a> {
    group: &'a Group,
    old: [Time; 2],
    new: [Time; 2],
}

impl Both<'_> {
    fn by(&self) -> [TimeDelta; 2] {
        let ([a, b], [c, d]) = (self.old, self.new);
        [c - a, d - b]
    }
}

fn near(a: TimeDelta, b: TimeDelta, tolerance: TimeDelta) -> bool {
    (a - b).flicks().saturating_abs() <= tolerance.flicks()
}

/// The changes of times.
pub(super) fn changes(sides: &Sides<'_>, groups: &[Group], tolerance: TimeDelta) -> Vec<Change> {
    let both = groups.iter().filter(|group| group.a.len() == 1 && group.b.len() == 1).filter_map(|group| {
        let (a, b) = (sides.a.get(group.a.start)?, sides.b.get(group.b.start)?);
        Some(Both { group, old: [a.range.start, a.range.end], new: [b.range.start, b.range.end] })
    });
    let both: Vec<Both<'_>> = both.collect();
    if let Some(kind) = stretched(&both, tolerance) {
        return vec![sides.at(0..sides.a.len(), 0..sides.b.len(), kind)];
    }
    let mut out = Vec::new();
    let mut rest = both.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let [start, end] = first.by();
        let still = near(start, TimeDelta::ZERO, tolerance) && near(end, TimeDelta::ZERO, tolerance);
        if still {
            rest = after;
            continue;
        }
        if !near(start, end, tolerance) {
            out.push(sides.at(first.group.a.clone(), first.group.b.clone(), ChangeKind::Retimed { start, end }));
            rest = after;
            continue;
        }
        let with = |next: &&Both<'_>| next.by().into_iter().all(|by| near(by, start, tolerance));
        let count = after.iter().take_while(with).count().saturating_add(1);
        let (run, after) = rest.split_at_checked(count).unwrap_or((rest, &[]));
        let last = run.last().unwrap_or(first);
        let kind = match count {
            1 => ChangeKind::Moved { by: start },
            _ => ChangeKind::Shifted { by: start, all: count == both.len() },
        };
        let (a, b) = (first.group.a.start..last.group.a.end, first.group.b.start..last.group.b.end);
        out.push(sides.at(a, b, kind));
        rest = after;
    }
    out
}

/// Fewer cues than these lie on a line by chance.
const LEAST_ON_A_LINE: usize = 3;

/// All cues lie on a straight line that is no mere shift.
fn stretched(both: &[Both<'_>], tolerance: TimeDelta) -> Option<ChangeKind> {
    let (first, last) = (both.first()?, both.last()?);
    let ([a, _], [c, _]) = (first.old, first.new);
    let ([b, _], [d, _]) = (last.old, last.new);
    let (from, to) = (b - a, d - c);
    if both.len() < LEAST_ON_A_LINE
        || from <= TimeDelta::ZERO
        || to <= TimeDelta::ZERO
        || near(from, to, tolerance + tolerance)
    {
        return None;
    }
    let line = |time: Time| c + (time - a).scale(to.flicks(), from.flicks(), Round::Nearest);
    // The ends of the line are rounded themselves.
    let slack = tolerance + tolerance;
    let on_it = |both: &Both<'_>| {
        both.old.iter().zip(both.new).all(|(old, new)| near(line(*old) - Time::ZERO, new - Time::ZERO, slack))
    };
    #[expect(clippy::cast_precision_loss, reason = "for people")]
    let factor = to.flicks() as f64 / from.flicks() as f64;
    let by = line(Time::ZERO) - Time::ZERO;
    both.iter().all(on_it).then_some(ChangeKind::Stretched { factor, by })
}
