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
    /// Cues are numbered from 1, in a format that numbers them.
    Renumber,
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
}

impl CueChange {
    /// Its text changes, not only its times.
    pub fn changes_text(&self) -> bool {
        !(self.replaced.is_empty() && self.splits.is_empty() && self.merged.is_none())
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
}

impl Edits {
    /// Adds all of `edits`, or none: `false` if one of them contradicts another or what is already in.
    pub fn add(&mut self, edits: &[CueEdit]) -> bool {
        let mut before = Vec::new();
        let renumber = self.renumber;
        let fits = edits.iter().all(|edit| {
            if let Some(cue) = touched(edit) {
                before.push((cue, self.cues.get(&cue).cloned()));
            }
            self.add_one(edit)
        });
        if !fits {
            self.renumber = renumber;
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
        self.cues.values().any(|change| change.removed || change.merged.is_some() || !change.splits.is_empty())
    }

    /// The cue before this one takes it in.
    fn taken_in(&self, cue: u32) -> bool {
        cue.checked_sub(1).and_then(|before| self.cues.get(&before)).is_some_and(|before| before.merged.is_some())
    }

    fn next_change(&self, cue: u32) -> Option<&CueChange> {
        cue.checked_add(1).and_then(|next| self.cues.get(&next))
    }

    fn add_one(&mut self, edit: &CueEdit) -> bool {
        let Some(cue) = touched(edit) else {
            self.renumber = true;
            return true;
        };
        let taken_in = self.taken_in(cue);
        let next = self.next_change(cue);
        let next_moves = next.is_some_and(|next| next.start.is_some() || next.removed || !next.splits.is_empty());
        let change = self.cues.entry(cue).or_default();
        if change.removed {
            return matches!(edit, CueEdit::Remove { .. });
        }
        match edit {
            CueEdit::Start { to, .. } => !taken_in && put(&mut change.start, to),
            CueEdit::End { to, .. } => change.merged.is_none() && put(&mut change.end, to),
            CueEdit::Shown { nth, to, .. } => match change.shown.iter().find(|(other, _)| other == nth) {
                Some((_, other)) => other == to,
                None => {
                    change.shown.push((*nth, *to));
                    true
                }
            },
            CueEdit::Replace { range, with, .. } => add_text(change, range, with),
            CueEdit::Split { at, end, start, .. } => {
                let split = SplitAt { at: at.clone(), end: *end, start: *start };
                !taken_in && change.merged.is_none() && add_split(change, split)
            }
            CueEdit::MergeNext { joint, .. } => {
                let free = change.splits.is_empty() && change.end.is_none() && !next_moves;
                free && put(&mut change.merged, joint)
            }
            CueEdit::Remove { .. } => {
                let free = !taken_in && *change == CueChange::default();
                change.removed = free;
                free
            }
            CueEdit::Renumber => true,
        }
    }
}

/// The cue whose change an edit is kept in.
fn touched(edit: &CueEdit) -> Option<u32> {
    match edit {
        CueEdit::Start { cue, .. }
        | CueEdit::End { cue, .. }
        | CueEdit::Shown { cue, .. }
        | CueEdit::Replace { cue, .. }
        | CueEdit::Split { cue, .. }
        | CueEdit::MergeNext { cue, .. }
        | CueEdit::Remove { cue } => Some(*cue),
        CueEdit::Renumber => None,
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
    if change.replaced.iter().any(|(other, text)| other == range && text == with) {
        return true;
    }
    let free = range.start <= range.end
        && !change.replaced.iter().any(|(other, _)| clash(other, range))
        && !change.splits.iter().any(|split| clash(&split.at, range));
    if free {
        let at = change.replaced.partition_point(|(other, _)| other.start < range.start);
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
