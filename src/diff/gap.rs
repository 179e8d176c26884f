//! Cues between two pairs: split, merged, re-worded, added, removed.

use super::pair::Group;
use super::{Sides, squeezed, wording};
use crate::model::Cue;
use crate::time::TimeDelta;
use std::ops::Range;

/// So many cues at most become so many others that say the same.
const MOST_JOINED: usize = 5;

/// The groups of a stretch in which no text of one file is that of the other. The second file is later by about `shift`.
pub(super) fn groups(sides: &Sides<'_>, a: Range<usize>, b: Range<usize>, shift: TimeDelta, out: &mut Vec<Group>) {
    let keys = |cues: &[Cue], range: &Range<usize>| -> Vec<String> {
        cues.get(range.clone()).unwrap_or_default().iter().map(|cue| squeezed(&cue.text.plain)).collect()
    };
    let mut gap =
        Gap { sides, shift, a_keys: keys(sides.a, &a), b_keys: keys(sides.b, &b), a: a.clone(), b: b.clone() };
    let (mut i, mut k) = (a.start, b.start);
    while i < a.end && k < b.end {
        let (p, q) = gap.next(i, k);
        out.push(Group { a: i..i.saturating_add(p), b: k..k.saturating_add(q) });
        (i, k) = (i.saturating_add(p), k.saturating_add(q));
    }
    gap.rest(i, k, out);
}

struct Gap<'a> {
    sides: &'a Sides<'a>,
    shift: TimeDelta,
    a_keys: Vec<String>,
    b_keys: Vec<String>,
    a: Range<usize>,
    b: Range<usize>,
}

impl Gap<'_> {
    /// How many cues of each file, from these on, belong together: at least one of one of them.
    fn next(&mut self, i: usize, k: usize) -> (usize, usize) {
        if let Some(joined) = self.joined(i, k) {
            return joined;
        }
        if !self.overlap(i, k) {
            let (Some(a), Some(b)) = (self.sides.a.get(i), self.sides.b.get(k)) else { return (1, 1) };
            return if a.range.start + self.shift < b.range.start { (1, 0) } else { (0, 1) };
        }
        // Where the next of one file is much more like this one, this one's neighbour is new or gone.
        let here = self.likeness(i, k);
        let (next_a, next_b) = (self.likeness(i.saturating_add(1), k), self.likeness(i, k.saturating_add(1)));
        if next_a > here.saturating_add(MUCH) && next_a >= next_b && self.overlap(i.saturating_add(1), k) {
            return (1, 0);
        }
        if next_b > here.saturating_add(MUCH) && self.overlap(i, k.saturating_add(1)) {
            return (0, 1);
        }
        (1, 1)
    }

    /// Fewest cues from here on whose texts, put together, are the same.
    fn joined(&self, i: usize, k: usize) -> Option<(usize, usize)> {
        let (x, y) = (i.saturating_sub(self.a.start), k.saturating_sub(self.b.start));
        let length = |keys: &[String]| keys.iter().fold(0usize, |sum, key| sum.saturating_add(key.len()));
        let (mut p, mut q) = (1usize, 1usize);
        while p <= MOST_JOINED && q <= MOST_JOINED {
            let a = self.a_keys.get(x..x.saturating_add(p))?;
            let b = self.b_keys.get(y..y.saturating_add(q))?;
            match length(a).cmp(&length(b)) {
                std::cmp::Ordering::Less => p = p.saturating_add(1),
                std::cmp::Ordering::Greater => q = q.saturating_add(1),
                std::cmp::Ordering::Equal => {
                    return (p.saturating_add(q) > 2 && a.concat() == b.concat()).then_some((p, q));
                }
            }
        }
        None
    }

    /// They are on screen together for a third of the shorter.
    fn overlap(&self, i: usize, k: usize) -> bool {
        let (Some(a), Some(b)) = (self.sides.a.get(i), self.sides.b.get(k)) else { return false };
        if !self.a.contains(&i) || !self.b.contains(&k) {
            return false;
        }
        let (start, end) = (a.range.start + self.shift, a.range.end + self.shift);
        let common = end.min(b.range.end) - start.max(b.range.start);
        let shorter = a.range.duration().min(b.range.duration());
        common.flicks().saturating_mul(3) >= shorter.flicks() && common >= TimeDelta::ZERO
    }

    /// How much two texts have in common, in percent.
    fn likeness(&self, i: usize, k: usize) -> u32 {
        if !self.a.contains(&i) || !self.b.contains(&k) {
            return 0;
        }
        let text = |cues: &[Cue], index: usize| cues.get(index).map_or(String::new(), |cue| cue.text.plain.clone());
        wording::likeness(&text(self.sides.a, i), &text(self.sides.b, k))
    }

    /// What is left of one file when the other is through.
    fn rest(&self, i: usize, k: usize, out: &mut Vec<Group>) {
        out.extend((i..self.a.end).map(|i| Group { a: i..i.saturating_add(1), b: k..k }));
        out.extend((k..self.b.end).map(|k| Group { a: i..i, b: k..k.saturating_add(1) }));
    }
}

/// A likeness greater by so much decides.
const MUCH: u32 = 20;
