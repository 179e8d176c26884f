//! What changed between two caption files: cues are matched by their text, then by time, and each difference is said in the
//! words of a person: moved, re-timed, re-worded, split, merged, added, removed; another speaker, other styles, another place.

mod course;
mod gap;
mod look;
mod pair;
pub mod render;
mod wording;

pub use wording::Piece;

use crate::model::{Cue, Track};
use crate::time::{Round, Time, TimeDelta};
use pair::Group;
use std::collections::HashMap;
use std::ops::Range;

/// How files are compared.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct DiffOptions {
    /// Times that differ by no more are the same; a file's own coarser unit counts if it is more.
    pub tolerance: TimeDelta,
    /// Who speaks is compared.
    pub speaker: bool,
    /// How words are styled is compared.
    pub style: bool,
    /// Where cues stand is compared.
    pub placement: bool,
}

/// Rounding to the coarsest usual unit, the hundredth of a second of ASS, is no change.
const TOLERANCE: TimeDelta = TimeDelta::from_millis(10);

impl Default for DiffOptions {
    fn default() -> Self {
        Self { tolerance: TOLERANCE, speaker: true, style: true, placement: true }
    }
}

/// What changed.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Diff {
    /// How many cues each file has.
    pub cues: [usize; 2],
    /// The changes, in the order of the files.
    pub changes: Vec<Change>,
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The cues of the first file, counted from 0; empty where there was none.
    pub a: Range<usize>,
    /// The cues of the second file.
    pub b: Range<usize>,
    /// When the first of them starts, in the first file if it has them.
    pub time: Time,
    /// What changed.
    pub kind: ChangeKind,
}

/// What changed about some cues.
#[derive(Clone, Debug, PartialEq)]
pub enum ChangeKind {
    /// Several in a row are later by one amount, or earlier.
    Shifted {
        /// By how much.
        by: TimeDelta,
        /// These are all that both files have.
        all: bool,
    },
    /// All that both files have lie on a straight line, stretched.
    Stretched {
        /// Times so much.
        factor: f64,
        /// Then by how much later, or earlier.
        by: TimeDelta,
    },
    /// One is later or earlier, as long as before.
    Moved {
        /// By how much.
        by: TimeDelta,
    },
    /// Its start, its end or both changed, and its length.
    Retimed {
        /// How much later it starts.
        start: TimeDelta,
        /// How much later it ends.
        end: TimeDelta,
    },
    /// It says something else.
    Reworded(Vec<Piece>),
    /// It says the same with other spaces or line breaks.
    Rebroken(Vec<Piece>),
    /// One became several that say the same.
    Split(Texts),
    /// Several became one that says the same.
    Merged(Texts),
    /// Several became several, cut in other places.
    Recut(Texts),
    /// Somebody else speaks: the names.
    Speaker(Texts),
    /// Words are styled otherwise: what is gone and what is new, as `italic: word`; without the words where those differ.
    Styled(Texts),
    /// It stands elsewhere: both places in the words of WebVTT's cue settings, none for the usual one.
    Placed(Texts),
    /// It is new.
    Added(String),
    /// It is gone.
    Removed(String),
}

/// The texts of the cues before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// In the first file.
    pub a: Vec<String>,
    /// In the second file.
    pub b: Vec<String>,
}

impl ChangeKind {
    /// Its stable name, as in JSON: `re-timed`.
    pub fn name(&self) -> &'static str {
        match self {
            ChangeKind::Shifted { .. } => "shifted",
            ChangeKind::Stretched { .. } => "stretched",
            ChangeKind::Moved { .. } => "moved",
            ChangeKind::Retimed { .. } => "re-timed",
            ChangeKind::Reworded(_) => "re-worded",
            ChangeKind::Rebroken(_) => "re-broken",
            ChangeKind::Split(_) => "split",
            ChangeKind::Merged(_) => "merged",
            ChangeKind::Recut(_) => "re-cut",
            ChangeKind::Speaker(_) => "speaker",
            ChangeKind::Styled(_) => "styled",
            ChangeKind::Placed(_) => "placed",
            ChangeKind::Added(_) => "added",
            ChangeKind::Removed(_) => "removed",
        }
    }
}

impl Diff {
    /// Nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// How many changes there are of each kind, in the order in which they are first met.
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        let mut counts: Vec<(&'static str, usize)> = Vec::new();
        for change in &self.changes {
            let name = change.kind.name();
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count = count.saturating_add(1),
                None => counts.push((name, 1)),
            }
        }
        counts
    }
}

/// What changed from `a` to `b`. Takes time linear in the number of cues but for the sorting of matches.
///
/// ```
/// use zimu::diff::{ChangeKind, DiffOptions, diff};
/// use zimu::model::{Cue, Track};
/// use zimu::time::{Time, TimeDelta, TimeRange};
/// let cue = |start, text| Cue::new(TimeRange::new(Time::from_seconds(start), Time::from_seconds(start + 1)), text);
/// let (mut a, mut b) = (Track::default(), Track::default());
/// a.cues = vec![cue(1, "One"), cue(3, "Two"), cue(5, "Three")];
/// b.cues = vec![cue(2, "One"), cue(4, "Two"), cue(6, "Three")];
/// let changes = diff(&a, &b, &DiffOptions::default()).changes;
/// assert_eq!(changes[0].kind, ChangeKind::Shifted { by: TimeDelta::from_seconds(1), all: true });
/// assert_eq!(changes.len(), 1);
/// ```
pub fn diff(a: &Track, b: &Track, options: &DiffOptions) -> Diff {
    // Two roundings, each off by half a unit.
    let rounding = (a.resolution + b.resolution).scale(1, 2, Round::Up);
    let tolerance = options.tolerance.max(rounding);
    let sides = Sides { a: &a.cues, b: &b.cues };
    let groups = pair::groups(&sides);
    let mut changes = course::changes(&sides, &groups, tolerance);
    for group in &groups {
        let kinds = sides.change(group).into_iter().chain(sides.look(group, options));
        changes.extend(kinds.map(|kind| sides.at(group.a.clone(), group.b.clone(), kind)));
    }
    carried(&sides, &mut changes);
    changes.sort_by_key(|change| sides.order(change));
    Diff { cues: [a.cues.len(), b.cues.len()], changes }
}

/// What is gone in one place and new in another was carried there.
fn carried(sides: &Sides<'_>, changes: &mut Vec<Change>) {
    let mut gone: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, change) in changes.iter().enumerate() {
        if let ChangeKind::Removed(text) = &change.kind {
            gone.entry(squeezed(text)).or_default().push(index);
        }
    }
    let mut dropped = Vec::new();
    for index in 0..changes.len() {
        let Some(Change { b, kind: ChangeKind::Added(text), .. }) = changes.get(index) else { continue };
        let key = squeezed(text);
        // A word that stands everywhere says nothing.
        let from = gone.get_mut(&key).filter(|from| !key.is_empty() && from.len() == 1).and_then(Vec::pop);
        let Some(from) = from else { continue };
        let (Some(a), b) = (changes.get(from).map(|change| change.a.clone()), b.clone()) else { continue };
        let (Some(old), Some(new)) = (sides.a.get(a.start), sides.b.get(b.start)) else { continue };
        let kind = ChangeKind::Moved { by: new.range.start - old.range.start };
        if let Some(change) = changes.get_mut(index) {
            *change = sides.at(a, b, kind);
        }
        dropped.push(from);
    }
    dropped.sort_unstable();
    let mut index = 0usize;
    changes.retain(|_| {
        let keep = dropped.binary_search(&index).is_err();
        index = index.saturating_add(1);
        keep
    });
}

/// A text without white space: what is compared first.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The cues of both files.
struct Sides<'a> {
    a: &'a [Cue],
    b: &'a [Cue],
}

impl Sides<'_> {
    fn texts(cues: &[Cue], range: &Range<usize>) -> Vec<String> {
        cues.get(range.clone()).unwrap_or_default().iter().map(|cue| cue.text.plain.clone()).collect()
    }

    /// What a group says differently; times are judged apart.
    fn change(&self, group: &Group) -> Option<ChangeKind> {
        let (a, b) = (Self::texts(self.a, &group.a), Self::texts(self.b, &group.b));
        match (a.as_slice(), b.as_slice()) {
            ([a], [b]) if a == b => None,
            ([a], [b]) if squeezed(a) == squeezed(b) => Some(ChangeKind::Rebroken(wording::pieces(a, b))),
            ([a], [b]) => Some(ChangeKind::Reworded(wording::pieces(a, b))),
            ([], [b]) => Some(ChangeKind::Added(b.clone())),
            ([a], []) => Some(ChangeKind::Removed(a.clone())),
            ([_], _) => Some(ChangeKind::Split(Texts { a, b })),
            (_, [_]) => Some(ChangeKind::Merged(Texts { a, b })),
            _ => Some(ChangeKind::Recut(Texts { a, b })),
        }
    }

    /// How one cue looks other than the one that it was.
    fn look(&self, group: &Group, options: &DiffOptions) -> Vec<ChangeKind> {
        let (Some([a]), Some([b])) = (self.a.get(group.a.clone()), self.b.get(group.b.clone())) else {
            return Vec::new();
        };
        let speaker = options.speaker.then(|| look::speakers(a, b)).flatten().map(ChangeKind::Speaker);
        let style = options.style.then(|| look::styles(a, b)).flatten().map(ChangeKind::Styled);
        let place = options.placement.then(|| look::places(a, b)).flatten().map(ChangeKind::Placed);
        [speaker, style, place].into_iter().flatten().collect()
    }

    fn at(&self, a: Range<usize>, b: Range<usize>, kind: ChangeKind) -> Change {
        let first = if a.is_empty() { self.b.get(b.start) } else { self.a.get(a.start) };
        Change { a, b, time: first.map_or(Time::ZERO, |cue| cue.range.start), kind }
    }

    /// What is said of many cues comes first, then place by place.
    fn order(&self, change: &Change) -> (bool, usize, usize) {
        let many = match change.kind {
            ChangeKind::Shifted { all, .. } => all,
            ChangeKind::Stretched { .. } => true,
            _ => false,
        };
        // What is new stands after the cue that it follows.
        let place = if change.a.is_empty() { change.a.start } else { change.a.start.saturating_add(1) };
        (!many, place, change.b.start)
    }
}
