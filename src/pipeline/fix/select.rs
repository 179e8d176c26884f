//! Which fixes are made: those that together make nothing worse.

use super::super::captions::Captions;
use super::super::check::{CheckOptions, weighed};
use super::part::{Parts, cost};
use super::unit::{Order, Unit};
use crate::check::{Harm, Weights};
use crate::diag::{Edits, Fix, Report};
use crate::edit;
use crate::error::Result;
use std::collections::{BTreeSet, HashMap, HashSet};

/// What trying may cost in a round: as much as looking so often at all of the captions.
const LOOKS: u64 = 40;

/// Fixes that can be made together without harm.
pub(super) struct Selection<'a> {
    units: Vec<Unit<'a>>,
    order: Order,
}

impl<'a> Selection<'a> {
    /// Of what was found in captions, whose findings weigh `before`.
    pub(super) fn of(
        captions: &'a Captions,
        found: &'a Report,
        before: &'a Weights,
        options: &'a CheckOptions,
        all: bool,
    ) -> Result<Self> {
        let order = Order::of(&captions.track);
        let units = Unit::all(found.items(), all);
        let whole = cost(&captions.track, 0..u32::try_from(captions.track.cues.len()).unwrap_or(u32::MAX));
        let parts = Parts::of(captions, options)?;
        let left = whole.saturating_mul(LOOKS);
        let kept = Kept::default();
        let mut trial = Trial { captions, options, before, order: &order, parts, kept, whole, left };
        trial.run(units)?;
        let units = trial.settled()?;
        Ok(Self { units, order })
    }

    pub(super) fn edits(&self) -> Edits {
        edits([&self.units])
    }

    /// Without all that change one of these cues; `false` if there is none.
    pub(super) fn spare(&mut self, cues: &BTreeSet<u32>) -> bool {
        let all = self.units.len();
        self.units.retain(|unit| !unit.cues().any(|cue| cues.contains(&cue)));
        self.units.len() < all
    }

    /// Without those that may have made these cues worse; `false` if there is none.
    pub(super) fn leave_out(&mut self, worse: &BTreeSet<u32>) -> bool {
        let blamed = self.order.blamed(&self.units, worse.iter().map(|cue| [Some(*cue), None]));
        (self.units, _) = parted(std::mem::take(&mut self.units), &blamed);
        !blamed.is_empty()
    }
}

/// What the units say, so far as it fits together.
fn edits<'u, 'a: 'u>(units: impl IntoIterator<Item = &'u Vec<Unit<'a>>>) -> Edits {
    let mut edits = Edits::default();
    for fix in units.into_iter().flatten().flat_map(|unit| &unit.fixes) {
        edits.add(&fix.edits);
    }
    edits
}

/// Those that are not in `out`, and those that are.
fn parted<'a>(units: Vec<Unit<'a>>, out: &BTreeSet<usize>) -> (Vec<Unit<'a>>, Vec<Unit<'a>>) {
    let mut rest = Vec::new();
    let mut taken = Vec::new();
    for (index, unit) in units.into_iter().enumerate() {
        if out.contains(&index) { taken.push(unit) } else { rest.push(unit) }
    }
    (rest, taken)
}

/// Fixes that will be made, and which cues they change.
#[derive(Default)]
struct Kept<'a> {
    units: Vec<Unit<'a>>,
    at: HashMap<u32, Vec<usize>>,
    /// So many of them were looked at in all of the captions.
    sure: usize,
}

impl<'a> Kept<'a> {
    fn extend(&mut self, units: Vec<Unit<'a>>) {
        for unit in units {
            for cue in unit.cues() {
                self.at.entry(cue).or_default().push(self.units.len());
            }
            self.units.push(unit);
        }
    }

    /// The fixes that change one of these cues.
    fn near(&self, cues: &[u32]) -> impl Iterator<Item = &'a Fix> {
        let near: BTreeSet<usize> = cues.iter().filter_map(|cue| self.at.get(cue)).flatten().copied().collect();
        near.into_iter().filter_map(|at| self.units.get(at)).flat_map(|unit| unit.fixes.iter().copied())
    }
}

/// Fixes that are tried on the cues before anything is written.
struct Trial<'a, 'b> {
    captions: &'b Captions,
    options: &'b CheckOptions,
    before: &'b Weights,
    order: &'b Order,
    parts: Parts<'b>,
    kept: Kept<'a>,
    /// What it costs to look at all cues, and what may be spent.
    whole: u64,
    left: u64,
}

/// Units to be tried together.
struct Batch<'a> {
    units: Vec<Unit<'a>>,
    /// They have nothing to do with one another: what is bad near one of them is its doing, and only what is near is looked at.
    apart: bool,
}

impl<'a> Trial<'a, '_> {
    /// Tries all together. What is near something that becomes worse is put aside, and the rest is tried again; then what was put
    /// aside is tried a few at a time, far from one another.
    fn run(&mut self, units: Vec<Unit<'a>>) -> Result<()> {
        let mut batches = vec![Batch { units, apart: false }];
        let mut aside: Vec<Unit<'a>> = Vec::new();
        loop {
            let batch = match batches.pop() {
                Some(batch) => batch,
                None if aside.is_empty() => return Ok(()),
                None => Batch { units: self.order.apart(&mut aside), apart: true },
            };
            if batch.units.is_empty() {
                continue;
            }
            let Some(harm) = self.harm(&batch)? else { return Ok(()) };
            if harm.is_empty() {
                self.kept.extend(batch.units);
                if !batch.apart {
                    self.kept.sure = self.kept.units.len();
                }
                continue;
            }
            let blamed = self.order.blamed(&batch.units, harm.iter().map(|harm| [harm.cue, harm.other]));
            if blamed.is_empty() {
                // Nobody is near it: something about all of the file.
                batches.extend(halves(batch).into_iter().rev());
                continue;
            }
            let alone = batch.apart || batch.units.len() == 1;
            let (good, bad) = parted(batch.units, &blamed);
            batches.push(Batch { units: good, apart: batch.apart });
            match alone {
                true => aside.extend(bad.into_iter().filter_map(Unit::halves).flatten()),
                false => aside.extend(bad),
            }
        }
    }

    /// What becomes worse with these; `None` if enough has been spent.
    fn harm(&mut self, batch: &Batch<'a>) -> Result<Option<Vec<Harm>>> {
        if !batch.apart {
            return self.harm_of(&edits([&self.kept.units, &batch.units]));
        }
        let near: BTreeSet<u32> = batch.units.iter().flat_map(|unit| unit.reach(self.order)).collect();
        let near: Vec<u32> = near.into_iter().collect();
        // Looked at twice: as they are, and as they would be. Where they are most of the captions, all are looked at once.
        let cost = cost(&self.captions.track, near.iter().copied()).saturating_mul(2);
        if cost >= self.whole {
            return self.harm_of(&edits([&self.kept.units, &batch.units]));
        }
        if !self.spend(cost) {
            return Ok(None);
        }
        self.parts.harm(&near, self.kept.near(&near), &batch.units).map(Some)
    }

    fn spend(&mut self, cost: u64) -> bool {
        let rest = self.left.checked_sub(cost);
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }

    /// What becomes worse in all of the captions.
    fn harm_of(&mut self, edits: &Edits) -> Result<Option<Vec<Harm>>> {
        if edits.is_empty() {
            return Ok(Some(Vec::new()));
        }
        if !self.spend(self.whole) {
            return Ok(None);
        }
        Ok(Some(self.before.harm(&self.weights(edits)?).collect()))
    }

    fn weights(&self, edits: &Edits) -> Result<Weights> {
        let track = edit::apply(&self.captions.track, edits);
        let places = edit::places(&self.captions.track, edits);
        let was = |cue: u32| places.get(cue as usize).copied().unwrap_or(cue);
        Ok(weighed(&track, self.captions, self.options)?.renamed(was))
    }

    /// What is kept, looked at in all of the captions: without what does harm after all, and without what makes nothing better.
    fn settled(mut self) -> Result<Vec<Unit<'a>>> {
        let mut units = std::mem::take(&mut self.kept.units);
        let sure: Vec<Unit<'a>> = units.iter().take(self.kept.sure).cloned().collect();
        for _ in 0..TRIES {
            if units.is_empty() {
                return Ok(units);
            }
            let after = self.weights(&edits([&units]))?;
            let harm: Vec<Harm> = self.before.harm(&after).collect();
            if harm.is_empty() {
                return self.useful(units, &after);
            }
            let blamed = self.order.blamed(&units, harm.iter().map(|harm| [harm.cue, harm.other]));
            if blamed.is_empty() {
                break;
            }
            (units, _) = parted(units, &blamed);
        }
        if sure.is_empty() {
            return Ok(sure);
        }
        let after = self.weights(&edits([&sure]))?;
        self.useful(sure, &after)
    }

    fn useful(&self, units: Vec<Unit<'a>>, after: &Weights) -> Result<Vec<Unit<'a>>> {
        let better: HashSet<(u8, Option<u32>)> = after.harm(self.before).map(|harm| (harm.rule, harm.cue)).collect();
        let useful = |unit: &&Unit<'_>| unit.rule.is_none_or(|rule| better.contains(&(rule, unit.cue)));
        let chosen: Vec<Unit<'a>> = units.iter().filter(useful).cloned().collect();
        if chosen.len() == units.len() || chosen.is_empty() {
            return Ok(chosen);
        }
        let after = self.weights(&edits([&chosen]))?;
        let harmless = self.before.harm(&after).next().is_none();
        Ok(if harmless { chosen } else { units })
    }
}

/// How often what does harm in all of the captions is left out, before what was only looked at nearby is left out.
const TRIES: usize = 4;

/// A batch as two; a unit alone as its halves.
fn halves(batch: Batch<'_>) -> Vec<Batch<'_>> {
    let Batch { mut units, apart } = batch;
    if units.len() > 1 {
        let second = units.split_off(units.len() / 2);
        return vec![Batch { units, apart }, Batch { units: second, apart }];
    }
    let halves = units.pop().and_then(Unit::halves);
    halves.into_iter().flatten().map(|unit| Batch { units: vec![unit], apart }).collect()
}
