//! Changes to single cues: what a fix is made of, and what a format's splice carries out.

use crate::time::Time;
use std::collections::BTreeMap;
use std::ops::Range;

/// One change to the cues of a track as it was read: cues are counted from 0 in file order, offsets are bytes of a cue's
/// plain text, and both mean the track before any change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CueEdit {
    /// The cue starts at this time. Times inside it stay.
    Start {
        /// Which cue.
        cue: u32,
        /// The new time.
        to: Time,
    },
    /// The cue ends at this time.
    End {
        /// Which cue.
        cue: u32,
        /// The new time.
        to: Time,
    },
    /// A time inside the cue (a `Shown` mark of its text: karaoke, word times) becomes this one.
    Shown {
        /// Which cue.
        cue: u32,
        /// Which of the cue's `Shown` marks, from 0 in their order.
        nth: u32,
        /// The new time.
        to: Time,
    },
    /// Part of the text becomes another. What is put in has the marks of the first character that it replaces, or of the
    /// one before it.
    Replace {
        /// Which cue.
        cue: u32,
        /// Bytes of the plain text; empty to insert.
        range: Range<u32>,
        /// What stands there then; `\n` is a line break.
        with: String,
    },
    /// The cue becomes two. A cue may be split several times.
    Split {
        /// Which cue.
        cue: u32,
        /// Where: these bytes of the plain text (a space, a line break, or nothing) go away.
        at: Range<u32>,
        /// When the part before ends.
        end: Time,
        /// When the part after starts.
        start: Time,
    },
    /// The cue and the next become one, from the start of the first to the end of the last.
    MergeNext {
        /// The first of the two.
        cue: u32,
        /// What stands between their texts: a space, a line break.
        joint: String,
    },
    /// The cue goes away.
    Remove {
        /// Which cue.
        cue: u32,
    },
    /// The cue, with what belongs to it, goes before another. Several that go before the same one come in the order of their
    /// starts.
    Move {
        /// Which cue.
        cue: u32,
        /// Before which.
        before: u32,
    },
    /// Cues are numbered from 1, in a format that numbers them.
    Renumber,
}

impl CueEdit {
    /// The cue that changes; of two that are merged the first; `None` if it is all of them.
    pub fn cue(&self) -> Option<u32> {
        match self {
            Self::Start { cue, .. }
            | Self::End { cue, .. }
            | Self::Shown { cue, .. }
            | Self::Replace { cue, .. }
            | Self::Split { cue, .. }
            | Self::MergeNext { cue, .. }
            | Self::Remove { cue }
            | Self::Move { cue, .. } => Some(*cue),
            Self::Renumber => None,
        }
    }

    /// The same edit of a track in which cues have other numbers; `None` if one that it is about is not in it.
    pub fn renumbered(&self, number: impl Fn(u32) -> Option<u32>) -> Option<Self> {
        let mut edit = self.clone();
        match &mut edit {
            Self::Start { cue, .. }
            | Self::End { cue, .. }
            | Self::Shown { cue, .. }
            | Self::Replace { cue, .. }
            | Self::Split { cue, .. }
            | Self::MergeNext { cue, .. }
            | Self::Remove { cue } => *cue = number(*cue)?,
            Self::Move { cue, before } => (*cue, *before) = (number(*cue)?, number(*before)?),
            Self::Renumber => {}
        }
        Some(edit)
    }
}

/// A place where a cue is split: see [`CueEdit::Split`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitAt {
    /// Bytes of the plain text that go away.
    pub at: Range<u32>,
    /// When the part before ends.
    pub end: Time,
    /// When the part after starts.
    pub start: Time,
}

/// What becomes of one cue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CueChange {
    /// Its new start.
    pub start: Option<Time>,
    /// Its new end.
    pub end: Option<Time>,
    /// New times inside it: which `Shown` mark, and when.
    pub shown: Vec<(u32, Time)>,
    /// New text, by place; no two overlap.
    pub replaced: Vec<(Range<u32>, String)>,
    /// Where it is split, by place.
    pub splits: Vec<SplitAt>,
    /// It takes in the next cue, with this between them.
    pub merged: Option<String>,
    /// It goes away.
    pub removed: bool,
    /// It goes before this cue.
    pub moved: Option<u32>,
}

impl CueChange {
    /// Its text changes, not only its times.
    pub fn changes_text(&self) -> bool {
        !(self.replaced.is_empty() && self.splits.is_empty() && self.merged.is_none())
    }

    /// It goes away, becomes several, or takes in another.
    fn changes_count(&self) -> bool {
        self.removed || self.merged.is_some() || !self.splits.is_empty()
    }
}

/// Changes that can be made together. What would contradict a change that is already in is refused, so that of two fixes
/// for one place the first is made.
///
/// ```
/// use zimu::diag::{CueEdit, Edits};
/// let mut edits = Edits::default();
/// let text = |range, with: &str| CueEdit::Replace { cue: 0, range, with: with.into() };
/// assert!(edits.add(&[text(0..3, "one")]));
/// assert!(!edits.add(&[CueEdit::Renumber, text(2..4, "x")]), "all of it or nothing");
/// assert!(!edits.renumbers());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    cues: BTreeMap<u32, CueChange>,
    renumber: bool,
    /// A cue moves.
    moves: bool,
    /// Cues come, go, or flow together.
    counts: bool,
}

impl Edits {
    /// Adds all of `edits`, or none: `false` if one of them contradicts another or what is already in.
    pub fn add(&mut self, edits: &[CueEdit]) -> bool {
        // One that does not fit leaves nothing behind.
        if let [edit] = edits {
            return self.add_one(edit);
        }
        let mut before = Vec::new();
        let flags = (self.renumber, self.moves, self.counts);
        let fits = edits.iter().all(|edit| {
            if let Some(cue) = edit.cue() {
                before.push((cue, self.cues.get(&cue).cloned()));
            }
            self.add_one(edit)
        });
        if !fits {
            (self.renumber, self.moves, self.counts) = flags;
            for (cue, change) in before.into_iter().rev() {
                match change {
                    Some(change) => self.cues.insert(cue, change),
                    None => self.cues.remove(&cue),
                };
            }
        }
        fits
    }

    /// Nothing changes.
    pub fn is_empty(&self) -> bool {
        self.cues.is_empty() && !self.renumber
    }

    /// Cues are numbered anew.
    pub fn renumbers(&self) -> bool {
        self.renumber
    }

    /// The cues that change, in order.
    pub fn changes(&self) -> impl Iterator<Item = (u32, &CueChange)> {
        self.cues.iter().map(|(cue, change)| (*cue, change))
    }

    /// What becomes of a cue.
    pub fn of(&self, cue: u32) -> Option<&CueChange> {
        self.cues.get(&cue)
    }

    /// Cues come, go, or flow together.
    pub fn changes_count(&self) -> bool {
        self.counts
    }

    /// Cues change places.
    pub fn moves(&self) -> bool {
        self.moves
    }

    /// The order in which `count` cues come then, by the numbers that they have; `start` says when a cue starts.
    ///
    /// ```
    /// use zimu::diag::{CueEdit, Edits};
    /// use zimu::time::Time;
    /// let mut edits = Edits::default();
    /// edits.add(&[CueEdit::Move { cue: 3, before: 0 }, CueEdit::Move { cue: 2, before: 0 }]);
    /// assert_eq!(edits.order(4, |cue| Time::from_seconds(9 - i64::from(cue))), [3, 2, 0, 1]);
    /// ```
    pub fn order(&self, count: usize, start: impl Fn(u32) -> Time) -> Vec<u32> {
        let mut order: Vec<u32> = (0..u32::MAX).take(count).collect();
        if self.moves {
            order.sort_by_cached_key(|cue| match self.of(*cue).and_then(|change| change.moved) {
                Some(before) => (before, false, start(*cue), *cue),
                None => (*cue, true, Time::ZERO, *cue),
            });
        }
        order
    }

    /// The cue before this one takes it in.
    fn taken_in(&self, cue: u32) -> bool {
        cue.checked_sub(1).and_then(|before| self.cues.get(&before)).is_some_and(|before| before.merged.is_some())
    }

    fn next_change(&self, cue: u32) -> Option<&CueChange> {
        cue.checked_add(1).and_then(|next| self.cues.get(&next))
    }

    fn add_one(&mut self, edit: &CueEdit) -> bool {
        let Some(cue) = edit.cue() else {
            self.renumber = true;
            return true;
        };
        // Which cue stands where is asked of one or of the other.
        let (moves, counts) = match edit {
            CueEdit::Move { .. } => (true, false),
            CueEdit::Split { .. } | CueEdit::MergeNext { .. } | CueEdit::Remove { .. } => (false, true),
            _ => (false, false),
        };
        if (moves && self.counts) || (counts && self.moves) {
            return false;
        }
        let taken_in = self.taken_in(cue);
        let next = self.next_change(cue);
        let next_moves = next.is_some_and(|next| next.start.is_some() || next.removed || !next.splits.is_empty());
        let change = self.cues.entry(cue).or_default();
        let fits = change.add(edit, taken_in, next_moves);
        if fits {
            (self.moves, self.counts) = (self.moves || moves, self.counts || change.changes_count());
        } else if *change == CueChange::default() {
            self.cues.remove(&cue);
        }
        fits
    }
}

impl CueChange {
    /// Adds an edit, unless it contradicts another one; `taken_in`: the cue before takes this one in; `next_moves`: the next one
    /// cannot be taken in.
    fn add(&mut self, edit: &CueEdit, taken_in: bool, next_moves: bool) -> bool {
        if self.removed {
            return matches!(edit, CueEdit::Remove { .. });
        }
        match edit {
            CueEdit::Start { to, .. } => !taken_in && put(&mut self.start, to),
            CueEdit::End { to, .. } => self.merged.is_none() && put(&mut self.end, to),
            CueEdit::Shown { nth, to, .. } => match self.shown.iter().find(|(other, _)| other == nth) {
                Some((_, other)) => other == to,
                None => {
                    self.shown.push((*nth, *to));
                    true
                }
            },
            CueEdit::Replace { range, with, .. } => add_text(self, range, with),
            CueEdit::Split { at, end, start, .. } => {
                let split = SplitAt { at: at.clone(), end: *end, start: *start };
                !taken_in && self.merged.is_none() && add_split(self, split)
            }
            CueEdit::MergeNext { joint, .. } => {
                let free = self.splits.is_empty() && self.end.is_none() && !next_moves;
                free && put(&mut self.merged, joint)
            }
            CueEdit::Remove { .. } => {
                let free = !taken_in && *self == Self::default();
                self.removed = free;
                free
            }
            CueEdit::Move { before, .. } => put(&mut self.moved, before),
            CueEdit::Renumber => true,
        }
    }
}

/// Sets a value, unless another is set.
fn put<T: Clone + PartialEq>(slot: &mut Option<T>, value: &T) -> bool {
    *slot.get_or_insert_with(|| value.clone()) == *value
}

/// They share a byte, or begin or end inside one another, or insert at one place.
fn clash(a: &Range<u32>, b: &Range<u32>) -> bool {
    let inside = |at: u32, range: &Range<u32>| range.start < at && at < range.end;
    (a.start < b.end && b.start < a.end)
        || inside(a.start, b)
        || inside(b.start, a)
        || (a.start == b.start && (a.is_empty() || b.is_empty()))
}

fn add_text(change: &mut CueChange, range: &Range<u32>, with: &str) -> bool {
    let at = change.replaced.partition_point(|(other, _)| other.start < range.start);
    // They lie apart: only the one before, and those that begin at this place, can have to do with it.
    let near = change.replaced.get(at.saturating_sub(1)..).unwrap_or_default();
    let near = || near.iter().take_while(|(other, _)| other.start <= range.end);
    if near().any(|(other, text)| other == range && text == with) {
        return true;
    }
    let free = range.start <= range.end
        && !near().any(|(other, _)| clash(other, range))
        && !change.splits.iter().any(|split| clash(&split.at, range));
    if free {
        change.replaced.insert(at, (range.clone(), with.to_owned()));
    }
    free
}

fn add_split(change: &mut CueChange, split: SplitAt) -> bool {
    if change.splits.contains(&split) {
        return true;
    }
    let free = split.at.start <= split.at.end
        && !change.replaced.iter().any(|(other, _)| clash(other, &split.at))
        && !change.splits.iter().any(|other| clash(&other.at, &split.at));
    if free {
        let at = change.splits.partition_point(|other| other.at.start < split.at.start);
        change.splits.insert(at, split);
    }
    free
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(range: Range<u32>) -> CueEdit {
        CueEdit::Replace { cue: 0, range, with: "x".into() }
    }

    fn split(at: Range<u32>) -> CueEdit {
        CueEdit::Split { cue: 0, at, end: Time::ZERO, start: Time::ZERO }
    }

    #[test]
    fn what_contradicts_is_refused() {
        let merge = || CueEdit::MergeNext { cue: 0, joint: " ".into() };
        let start = |cue, seconds| CueEdit::Start { cue, to: Time::from_seconds(seconds) };
        for (first, second, fits) in [
            (start(0, 1), start(0, 1), true),
            (start(0, 1), start(0, 2), false),
            (text(0..2), text(2..4), true),
            (text(0..2), text(1..3), false),
            (text(0..2), text(0..2), true),
            (text(1..1), CueEdit::Replace { cue: 0, range: 1..1, with: "y".into() }, false),
            (text(0..3), split(2..2), false),
            (text(0..3), split(3..4), true),
            (split(1..2), split(5..6), true),
            (split(1..2), merge(), false),
            (merge(), CueEdit::Remove { cue: 1 }, false),
            (CueEdit::Remove { cue: 1 }, merge(), false),
            (merge(), start(1, 3), false),
            (start(1, 3), merge(), false),
            (merge(), CueEdit::MergeNext { cue: 1, joint: " ".into() }, true),
            (merge(), CueEdit::End { cue: 1, to: Time::ZERO }, true),
            (CueEdit::Move { cue: 2, before: 0 }, CueEdit::Remove { cue: 1 }, false),
            (split(1..2), CueEdit::Move { cue: 2, before: 0 }, false),
            (CueEdit::Move { cue: 2, before: 0 }, start(2, 3), true),
            (CueEdit::Move { cue: 2, before: 0 }, CueEdit::Move { cue: 2, before: 1 }, false),
            (CueEdit::Remove { cue: 0 }, text(0..1), false),
            (text(0..1), CueEdit::Remove { cue: 0 }, false),
        ] {
            let mut edits = Edits::default();
            assert!(edits.add(std::slice::from_ref(&first)), "{first:?}");
            let before = edits.clone();
            assert_eq!(edits.add(std::slice::from_ref(&second)), fits, "{first:?} then {second:?}");
            assert!(fits || edits == before, "{first:?} then {second:?} leaves something");
        }
    }
}
