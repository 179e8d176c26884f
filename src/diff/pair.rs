//! Which cues of two files belong together. Texts that each file has once are the anchors, as in "patience" comparison
//! of lines; what lies between anchors is searched in the same way, and what is then left is matched by time.

use super::{Sides, gap, squeezed};
use crate::model::Cue;
use crate::time::{Time, TimeDelta};
use std::collections::HashMap;
use std::ops::Range;

/// Cues that belong together: one and one, one and several, one and none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
}

/// How often stretches between anchors are searched again; each time costs their length once more.
const MOST_ROUNDS: u32 = 24;

/// All cues of both files, in order.
pub(super) fn groups(sides: &Sides<'_>) -> Vec<Group> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut number = |text: &str| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(squeezed(text)).or_insert(next)
    };
    let mut keys = |cues: &[Cue]| cues.iter().map(|cue| number(&cue.text.plain)).collect::<Vec<u32>>();
    let (a, b) = (keys(sides.a), keys(sides.b));
    let mut search = Search { sides, a: &a, b: &b, pairs: Vec::new() };
    search.between(0..a.len(), 0..b.len(), TimeDelta::ZERO, MOST_ROUNDS);
    let mut pairs = search.pairs;
    pairs.sort_unstable();
    let mut out = Vec::new();
    let (mut from_a, mut from_b) = (0usize, 0usize);
    let end = (a.len(), b.len());
    let mut shift = TimeDelta::ZERO;
    for (i, k) in pairs.into_iter().chain(std::iter::once(end)) {
        let next = match (sides.a.get(i), sides.b.get(k)) {
            (Some(a), Some(b)) => Some(b.range.start - a.range.start),
            _ => None,
        };
        // Before the first pair its own shift is the best guess.
        let guess = if out.is_empty() { next.unwrap_or(shift) } else { shift };
        gap::groups(sides, from_a..i, from_b..k, guess, &mut out);
        if let Some(next) = next {
            out.push(Group { a: i..i.saturating_add(1), b: k..k.saturating_add(1) });
            (from_a, from_b, shift) = (i.saturating_add(1), k.saturating_add(1), next);
        }
    }
    out
}

struct Search<'a> {
    sides: &'a Sides<'a>,
    a: &'a [u32],
    b: &'a [u32],
    pairs: Vec<(usize, usize)>,
}

impl Search<'_> {
    /// Pairs in a stretch of both files; the second is later by about `shift`.
    fn between(&mut self, mut a: Range<usize>, mut b: Range<usize>, shift: TimeDelta, rounds: u32) {
        // Of texts that repeat, time says which belongs to which, unless there are as many on both sides.
        while a.len() == b.len() || !(repeats(self.a, a.start) || repeats(self.b, b.start)) {
            if a.is_empty() || b.is_empty() || self.a.get(a.start) != self.b.get(b.start) {
                break;
            }
            self.pairs.push((a.start, b.start));
            (a.start, b.start) = (a.start.saturating_add(1), b.start.saturating_add(1));
        }
        let before = |end: usize| end.saturating_sub(2);
        while a.len() == b.len() || !(repeats(self.a, before(a.end)) || repeats(self.b, before(b.end))) {
            let (i, k) = (a.end.saturating_sub(1), b.end.saturating_sub(1));
            if a.is_empty() || b.is_empty() || self.a.get(i) != self.b.get(k) {
                break;
            }
            (a.end, b.end) = (i, k);
            self.pairs.push((i, k));
        }
        if a.is_empty() || b.is_empty() {
            return;
        }
        let anchors = if rounds == 0 { Vec::new() } else { self.anchors(&a, &b) };
        let Some((i, k)) = anchors.first().copied() else { return self.by_time(a, b, shift) };
        let mut shift = self.shift(i, k);
        let (mut from_a, mut from_b) = (a.start, b.start);
        for (i, k) in anchors.into_iter().chain(std::iter::once((a.end, b.end))) {
            self.between(from_a..i, from_b..k, shift, rounds.saturating_sub(1));
            if i < a.end && k < b.end {
                self.pairs.push((i, k));
                shift = self.shift(i, k);
            }
            (from_a, from_b) = (i.saturating_add(1), k.saturating_add(1));
        }
    }

    fn shift(&self, i: usize, k: usize) -> TimeDelta {
        start(self.sides.b, k) - start(self.sides.a, i)
    }

    /// Texts that stand once on each side, as many as keep their order.
    fn anchors(&self, a: &Range<usize>, b: &Range<usize>) -> Vec<(usize, usize)> {
        let mut met: HashMap<u32, [(u32, usize); 2]> = HashMap::new();
        for (side, (keys, range)) in [(self.a, a), (self.b, b)].into_iter().enumerate() {
            for (key, index) in keys.get(range.clone()).unwrap_or_default().iter().zip(range.clone()) {
                if let Some((count, at)) = met.entry(*key).or_default().get_mut(side) {
                    (*count, *at) = (count.saturating_add(1), index);
                }
            }
        }
        let once = met.into_values().filter_map(|[(in_a, i), (in_b, k)]| (in_a == 1 && in_b == 1).then_some((i, k)));
        let mut once: Vec<(usize, usize)> = once.collect();
        once.sort_unstable();
        longest_rising(&once)
    }

    /// Texts that repeat: each goes to the nearest in time that is still free and keeps the order, unless a later one is
    /// nearer to that.
    fn by_time(&mut self, a: Range<usize>, b: Range<usize>, shift: TimeDelta) {
        let places = |keys: &[u32], range: &Range<usize>| {
            let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
            for (key, index) in keys.get(range.clone()).unwrap_or_default().iter().zip(range.clone()) {
                places.entry(*key).or_default().push(index);
            }
            places
        };
        let (mine, free) = (places(self.a, &a), places(self.b, &b));
        let (sides, mut from) = (self.sides, b.start);
        let far = |i: usize, k: usize| (start(sides.a, i) + shift - start(sides.b, k)).flicks().saturating_abs();
        for i in a {
            let Some(key) = self.a.get(i) else { continue };
            let Some(free) = free.get(key) else { continue };
            let free = free.get(free.partition_point(|k| *k < from)..).unwrap_or_default();
            let at = free.partition_point(|k| start(sides.b, *k) < start(sides.a, i) + shift);
            let near = free.get(at.saturating_sub(1)..at.saturating_add(1).min(free.len())).unwrap_or_default();
            let Some(k) = near.iter().copied().min_by_key(|k| far(i, *k)) else { continue };
            let later = mine.get(key).map_or(&[] as &[usize], Vec::as_slice);
            let later = later.get(later.partition_point(|j| *j <= i)..).unwrap_or_default();
            // Where there are enough for all, none has to stand back.
            let left = free.len().saturating_sub(free.partition_point(|other| *other <= k));
            if left < later.len() && later.first().is_some_and(|j| far(*j, k) < far(i, k)) {
                continue;
            }
            self.pairs.push((i, k));
            from = k.saturating_add(1);
        }
    }
}

/// The text says the same as the next.
fn repeats(keys: &[u32], index: usize) -> bool {
    keys.get(index).is_some_and(|key| keys.get(index.saturating_add(1)) == Some(key))
}

fn start(cues: &[Cue], index: usize) -> Time {
    cues.get(index).map_or(Time::ZERO, |cue| cue.range.start)
}

/// The longest list of pairs whose second numbers rise, too (patience sorting).
fn longest_rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair with the least end, and for each pair the one before it.
    let mut tops: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    let second = |index: &usize| pairs.get(*index).map_or(0, |(_, k)| *k);
    for (index, (_, k)) in pairs.iter().enumerate() {
        let pile = tops.partition_point(|top| second(top) < *k);
        before.push(pile.checked_sub(1).and_then(|pile| tops.get(pile)).copied());
        match tops.get_mut(pile) {
            Some(top) => *top = index,
            None => tops.push(index),
        }
    }
    let mut out = Vec::with_capacity(tops.len());
    let mut at = tops.last().copied();
    while let Some(index) = at {
        out.extend(pairs.get(index));
        at = before.get(index).copied().flatten();
    }
    out.reverse();
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_rising_list_is_found() {
        let pairs: Vec<(usize, usize)> = [3, 1, 2, 9, 5, 6, 4, 8].into_iter().enumerate().collect();
        let ends: Vec<usize> = longest_rising(&pairs).into_iter().map(|(_, k)| k).collect();
        assert_eq!(ends, [1, 2, 5, 6, 8]);
    }
}
