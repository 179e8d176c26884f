//! Cues that change places: each block goes, with the comments above it, to where another stood, and what stands between blocks
//! stays.

use super::Splicer;
use super::job::Job;
use crate::codec::ReadOptions;
use crate::diag::codes::edit;
use crate::diag::{Edits, Location, Report};
use crate::source::{Patches, Source};
use crate::time::Time;
use std::ops::Range;

/// Cues that a cue on its way may be compared with, all in all: a bound on time.
const MOST_PASSED: usize = 1_000_000;

impl<S: Splicer> Job<'_, S> {
    /// Lets cues change places; if that cannot be done for all of them, those that would move stay and are named.
    pub(super) fn reorder(&mut self, edits: &Edits) {
        let cues = &self.track.cues;
        let old = |cue: u32| cues.get(cue as usize).map_or(Time::ZERO, |cue| cue.range.start);
        let start = |cue: u32| edits.of(cue).and_then(|change| change.start).unwrap_or_else(|| old(cue));
        let order = edits.order(cues.len(), start);
        if order.is_sorted() {
            return;
        }
        match self.slots(&order).filter(|slots| self.may(&order, edits) && self.means(slots, &order)) {
            Some(slots) => {
                let first = order.iter().zip(0u32..).take_while(|(cue, place)| **cue == *place).count();
                self.patches.reorder(slots, within(&order, first));
                let mut places = vec![0u32; order.len()];
                for (cue, place) in order.iter().zip(0u32..) {
                    if let Some(slot) = places.get_mut(*cue as usize) {
                        *slot = place;
                    }
                }
                self.places = Some(places);
            }
            None => {
                for (cue, _) in edits.changes().filter(|(_, change)| change.moved.is_some()) {
                    let start = cues.get(cue as usize).map_or(Time::ZERO, |cue| cue.range.start);
                    self.say(edit::PLACE_KEPT, Location::cue(cue as usize, start));
                }
            }
        }
    }

    /// Where the cues stand from the first to the last that changes places, with what belongs to each; `None` if they cannot be
    /// told apart from what stands between them.
    fn slots(&self, order: &[u32]) -> Option<Vec<Range<usize>>> {
        let same = |(cue, place): &(&u32, u32)| **cue == *place;
        let first = order.iter().zip(0u32..).take_while(same).count();
        let last = order.iter().zip(0u32..).collect::<Vec<_>>().into_iter().rev().take_while(same).count();
        let mut slots: Vec<Range<usize>> = Vec::new();
        let mut from = match first.checked_sub(1) {
            Some(before) => self.splicer.parts(self.text, self.track.cues.get(before)?)?.block.end,
            None => 0,
        };
        for (index, cue) in self.track.cues.iter().enumerate().take(order.len().saturating_sub(last)).skip(first) {
            let parts = self.splicer.parts(self.text, cue)?;
            // An end that is left out is the start of whatever comes next.
            if parts.end.is_empty() || parts.block.start < from {
                return None;
            }
            // What stands above the first cue is about the file.
            let lead =
                if index == 0 { parts.block.start } else { self.splicer.lead(self.text, from, parts.block.start) };
            // Another element around them would be another parent.
            if S::INLINE && !slots.is_empty() && !self.is_blank(from..lead) {
                return None;
            }
            slots.push(lead..parts.block.end);
            from = parts.block.end;
        }
        Some(slots)
    }

    /// Which of two cues that are shown at the same time stands above the other may depend on their order.
    fn may(&self, order: &[u32], edits: &Edits) -> bool {
        if self.splicer.may_swap() {
            return true;
        }
        let mut left = MOST_PASSED;
        let moved = edits.changes().filter_map(|(cue, change)| Some((cue as usize, change.moved? as usize)));
        for (cue, before) in moved {
            let (Some(one), Some(passed)) = (self.track.cues.get(cue), self.track.cues.get(before..cue)) else {
                return false;
            };
            let Some(rest) = left.checked_sub(passed.len()) else { return false };
            left = rest;
            if passed.iter().any(|other| other.range.start < one.range.end && one.range.start < other.range.end) {
                return false;
            }
        }
        !order.is_empty()
    }

    /// Whether the cues are read as before, in their new order.
    fn means(&self, slots: &[Range<usize>], order: &[u32]) -> bool {
        let first = order.iter().zip(0u32..).take_while(|(cue, place)| **cue == *place).count();
        let mut patches = Patches::new();
        patches.reorder(slots.to_vec(), within(order, first));
        let source = Source::from_text("", patches.new_text(self.text));
        let options = ReadOptions { frame_rate: self.track.frame_rate, ..ReadOptions::default() };
        let Ok(read) = (S::FORMAT.read)(&source, &options, &mut Report::default()) else { return false };
        let wanted = order.iter().map(|cue| self.track.cues.get(*cue as usize));
        read.cues.len() == order.len()
            && read.cues.iter().zip(wanted).all(|(read, wanted)| wanted.is_some_and(|wanted| read.same_content(wanted)))
    }
}

/// The part of an order that begins at `first`, counted from there. Slots are as many as change, so what stands behind them is
/// never asked for.
fn within(order: &[u32], first: usize) -> Vec<u32> {
    let start = u32::try_from(first).unwrap_or(u32::MAX);
    order.iter().skip(first).map(|cue| cue.saturating_sub(start)).collect()
}
