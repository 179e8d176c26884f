//! Running sums over the atoms of a turn.

use super::atom::Atom;
use super::cost::{Cost, PAUSE_INSIDE, PAUSE_MS};
use crate::words::Place;
use std::ops::Range;

/// Running sums over the atoms, so that a stretch is measured in one step.
pub(super) struct Sums {
    pub(super) line: Vec<u32>,
    pub(super) speed: Vec<u32>,
    pub(super) sentences: Vec<u32>,
    clauses: Vec<u32>,
    pub(super) pauses: Vec<Cost>,
}

impl Sums {
    pub(super) fn new(atoms: &[Atom]) -> Self {
        let mut sums = Self { line: vec![0], speed: vec![0], sentences: vec![0], clauses: vec![0], pauses: vec![0.0] };
        let (mut line, mut speed, mut sentences, mut clauses, mut pauses) = (0u32, 0u32, 0u32, 0u32, 0.0);
        for (i, atom) in atoms.iter().enumerate() {
            line = line.saturating_add(atom.line.inside);
            speed = speed.saturating_add(atom.speed.inside);
            sentences = sentences.saturating_add(u32::from(atom.place <= Place::Sentence));
            clauses = clauses.saturating_add(u32::from(atom.place <= Place::Item));
            let next = atoms.get(i.saturating_add(1)).map_or(atom.end_ms, |a| a.start_ms);
            pauses += pause(next.saturating_sub(atom.end_ms)) * PAUSE_INSIDE;
            sums.line.push(line);
            sums.speed.push(speed);
            sums.sentences.push(sentences);
            sums.clauses.push(clauses);
            sums.pauses.push(pauses);
        }
        sums
    }
}

impl Sums {
    /// A clause ends inside a stretch that itself begins or ends within one.
    pub(super) fn cuts(&self, atoms: &[Atom], range: &Range<usize>) -> bool {
        let Some(last) = range.end.checked_sub(1) else { return false };
        let open = range.end < atoms.len() && atoms.get(last).is_some_and(|atom| atom.place >= Place::Word);
        // Or it begins within one: …as a kind | of monument, but…
        let begun = range.start.checked_sub(1).and_then(|i| atoms.get(i)).is_some_and(|atom| atom.place >= Place::Word);
        (open || begun) && between(&self.clauses, range.start..last) > 0
    }
}

/// A pause in seconds, up to one; nothing if it is not heard as one.
#[expect(clippy::cast_precision_loss, reason = "at most a thousand")]
pub(super) fn pause(ms: i64) -> Cost {
    if ms < PAUSE_MS { 0.0 } else { ms.min(1000) as Cost / 1000.0 }
}

pub(super) fn between(sums: &[u32], range: Range<usize>) -> u32 {
    let at = |i: usize| sums.get(i).copied().unwrap_or_default();
    at(range.end).saturating_sub(at(range.start))
}

/// The width of a stretch as one line: its last piece loses what hangs over the end.
pub(super) fn width(sums: &[u32], atoms: &[Atom], range: Range<usize>, widths: impl Fn(&Atom) -> u32) -> u32 {
    let Some(last) = range.end.checked_sub(1) else { return 0 };
    between(sums, range.start..last).saturating_add(atoms.get(last).map_or(0, widths))
}
