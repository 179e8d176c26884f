//! What is known about each block and the whole, from the last pass.

use super::emission::{COARSE, Seen};
use super::graph::Place;
use super::session::{Evidence, Session};
use std::ops::Range;

/// What is known of a unit that was found.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct UnitFacts {
    /// By how much its start is better than any other place ([`super::margin`]).
    pub margin: f32,
    /// Mean of the logarithm of likelihood against fill.
    pub ratio: f32,
    /// Mean share of states that fit better.
    pub rank: f32,
    /// It has about as few frames as it can have.
    pub squeezed: bool,
}

/// Means over the units of a block that were found.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct BlockFacts {
    /// It was found.
    pub found: bool,
    pub rank: f32,
    pub squeezed: f32,
    /// By how many dB it is louder behind its start than before.
    pub onset: f32,
    /// ln of how slowly it is said, against the rest of the recording.
    pub slow: f32,
    /// Frames of fill right before and right after.
    pub fill_before: usize,
    pub fill_after: usize,
    /// The block before or after it was left out.
    pub beside_missing: bool,
}

pub(super) struct Knowledge {
    pub units: Vec<Option<UnitFacts>>,
    pub blocks: Vec<BlockFacts>,
}

impl Knowledge {
    pub(super) fn new(session: &Session, units: &[Option<Range<usize>>], evidence: &Evidence) -> Self {
        let least = least_frames(session, units.len());
        let facts = units.iter().zip(&evidence.margins).zip(&least).map(|((frames, margin), least)| {
            let frames = frames.as_ref()?;
            let seen = sampled(&evidence.seen, frames);
            let squeezed = frames.len() <= least.saturating_add(1);
            Some(UnitFacts { margin: *margin, ratio: mean(seen, |s| s.ratio), rank: mean(seen, |s| s.rank), squeezed })
        });
        let mut knowledge = Self { units: facts.collect(), blocks: Vec::new() };
        let fills = fills(session);
        let usual = usual_length(units);
        for block in &session.text.blocks {
            let range = units.get(block.units.clone()).unwrap_or_default();
            let facts = knowledge.block(block.units.clone(), range, &fills);
            let found: Vec<&Range<usize>> = range.iter().flatten().collect();
            let slow = (mean(&found, |frames| frames.len() as f32).max(1.0) / usual).ln();
            let onset = found.first().map_or(0.0, |first| onset(&session.energy, first.start));
            knowledge.blocks.push(BlockFacts { slow, onset, ..facts });
        }
        let found: Vec<bool> = knowledge.blocks.iter().map(|block| block.found).collect();
        for (index, block) in knowledge.blocks.iter_mut().enumerate() {
            let missing = |at: Option<usize>| at.and_then(|at| found.get(at)).is_some_and(|found| !found);
            block.beside_missing = missing(index.checked_sub(1)) || missing(index.checked_add(1));
        }
        knowledge
    }

    fn block(&self, units: Range<usize>, frames: &[Option<Range<usize>>], fills: &[bool]) -> BlockFacts {
        let facts: Vec<&UnitFacts> = self.units.get(units).unwrap_or_default().iter().flatten().collect();
        let (Some(first), Some(last)) = (frames.iter().flatten().next(), frames.iter().flatten().next_back()) else {
            return BlockFacts::default();
        };
        BlockFacts {
            found: true,
            rank: mean(&facts, |f| f.rank),
            squeezed: mean(&facts, |f| f32::from(u8::from(f.squeezed))),
            fill_before: fill_run(fills.get(..first.start).unwrap_or_default().iter().rev()),
            fill_after: fill_run(fills.get(last.end..).unwrap_or_default().iter()),
            ..BlockFacts::default()
        }
    }
}

/// Frames beside a start whose loudness is not looked at, since the start may be off by a few, and up to which it is: a syllable.
const BESIDE: usize = 8;
const ASIDE: usize = 30;
/// In dB; taken where the recording begins or ends, which tells nothing: most starts have that much.
const USUAL_ONSET: f32 = 10.0;

/// Mean energy of what follows a start less that of what comes before, in dB.
fn onset(energy: &[f32], start: usize) -> f32 {
    let before = energy.get(start.saturating_sub(ASIDE)..start.saturating_sub(BESIDE)).unwrap_or_default();
    let end = start.saturating_add(ASIDE).min(energy.len());
    let after = energy.get(start.saturating_add(BESIDE)..end).unwrap_or_default();
    if before.is_empty() || after.is_empty() {
        return USUAL_ONSET;
    }
    mean(after, |level| *level) - mean(before, |level| *level)
}

/// The median of the units' frames, at least one.
fn usual_length(units: &[Option<Range<usize>>]) -> f32 {
    let mut lengths: Vec<usize> = units.iter().flatten().map(ExactSizeIterator::len).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).copied().unwrap_or(1).max(1) as f32
}

/// Frames of fill among those nearest, a second at most.
fn fill_run<'a>(fills: impl Iterator<Item = &'a bool>) -> usize {
    fills.take(100).filter(|fill| **fill).count()
}

/// Which frames are fill.
fn fills(session: &Session) -> Vec<bool> {
    let places = &session.lattice.graph.places;
    session.path.nodes.iter().map(|node| places.get(*node as usize) == Some(&Place::Fill)).collect()
}

/// How many frames each unit has at least: one a state.
fn least_frames(session: &Session, units: usize) -> Vec<usize> {
    let mut least = vec![0usize; units];
    for place in &session.lattice.graph.places {
        if let Place::Unit(unit) = place
            && let Some(count) = least.get_mut(*unit as usize)
        {
            *count = count.saturating_add(1);
        }
    }
    least
}

/// The sampled frames of a range of frames, at least one.
fn sampled<'a>(seen: &'a [Seen], frames: &Range<usize>) -> &'a [Seen] {
    let from = frames.start.saturating_add(1) / COARSE;
    let to = (frames.end.saturating_add(1) / COARSE).max(from.saturating_add(1));
    seen.get(from..to.min(seen.len())).unwrap_or_default()
}

pub(super) fn mean<T>(of: &[T], value: impl Fn(&T) -> f32) -> f32 {
    of.iter().map(value).sum::<f32>() / of.len().max(1) as f32
}
