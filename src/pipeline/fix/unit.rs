//! Fixes that are tried together, and where they lie.

use crate::check::RULES;
use crate::diag::{Code, CueEdit, Diagnostic, Fix};
use crate::model::Track;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The fixes of one rule in one cue.
#[derive(Clone)]
pub(super) struct Unit<'a> {
    pub(super) code: Code,
    /// The rule's place in [`RULES`]; `None` for what a standard finds.
    pub(super) rule: Option<u8>,
    pub(super) cue: Option<u32>,
    pub(super) fixes: Vec<&'a Fix>,
    /// How often it was halved.
    depth: u8,
}

/// A text with thousands of findings of one rule is not halved down to each of them.
const MOST_HALVINGS: u8 = 6;

impl<'a> Unit<'a> {
    /// What may be mended: what is safe first; then rule by rule.
    pub(super) fn all(items: &'a [Diagnostic], unsafe_too: bool) -> Vec<Self> {
        let offered = items.iter().filter_map(|item| Some((item, item.fix.as_deref()?)));
        let mut offered: Vec<(&Diagnostic, &Fix)> = offered.filter(|(_, fix)| unsafe_too || fix.safe).collect();
        offered.sort_by_key(|(item, fix)| (!fix.safe, item.code));
        let mut units: Vec<Self> = Vec::new();
        for (item, fix) in offered {
            match units.last_mut() {
                Some(unit) if unit.code == item.code && unit.cue == item.at.cue && unit.is_safe() == fix.safe => {
                    unit.fixes.push(fix);
                }
                _ => {
                    let place = RULES.iter().position(|rule| rule.code == item.code);
                    let rule = place.and_then(|at| u8::try_from(at).ok());
                    units.push(Self { code: item.code, rule, cue: item.at.cue, fixes: vec![fix], depth: 0 });
                }
            }
        }
        units
    }

    fn is_safe(&self) -> bool {
        self.fixes.iter().all(|fix| fix.safe)
    }

    /// Its two halves; `None` if it is one fix.
    pub(super) fn halves(self) -> Option<[Self; 2]> {
        let (first, second) = self.fixes.split_at_checked(self.fixes.len() / 2)?;
        let depth = self.depth.saturating_add(1);
        let half = |fixes: &[&'a Fix]| Self { fixes: fixes.to_vec(), depth, ..self.clone() };
        (!first.is_empty() && depth <= MOST_HALVINGS).then(|| [half(first), half(second)])
    }

    /// Cues that say whether it does harm: those near the ones that change, and near the one that the finding is in.
    pub(super) fn reach(&self, order: &Order) -> impl Iterator<Item = u32> {
        let moved = self.edits().filter_map(|edit| match edit {
            CueEdit::Move { before, .. } => Some(*before),
            _ => None,
        });
        let cues: BTreeSet<u32> = self.cues().chain(self.cue).chain(moved).collect();
        let near: Vec<u32> = cues.into_iter().flat_map(|cue| order.around(cue)).collect();
        near.into_iter()
    }

    pub(super) fn edits(&self) -> impl Iterator<Item = &'a CueEdit> + '_ {
        self.fixes.iter().flat_map(|fix| &fix.edits)
    }

    /// The cues that change.
    pub(super) fn cues(&self) -> impl Iterator<Item = u32> + '_ {
        self.edits().filter_map(CueEdit::cue)
    }
}

/// Who stands beside whom in time.
pub(super) struct Order {
    /// Cues by their starts.
    cues: Vec<u32>,
    /// The place of each among them.
    places: Vec<usize>,
}

/// So far around a cue that became worse those that changed are looked for, if neither it nor the one before it did.
const REACH: usize = 3;

impl Order {
    pub(super) fn of(track: &Track) -> Self {
        let mut cues: Vec<u32> = (0u32..).take(track.cues.len()).collect();
        cues.sort_by_key(|cue| track.cues.get(*cue as usize).map(|cue| cue.range.start));
        let mut places = vec![0usize; cues.len()];
        for (at, cue) in cues.iter().enumerate() {
            if let Some(place) = places.get_mut(*cue as usize) {
                *place = at;
            }
        }
        Self { cues, places }
    }

    fn place(&self, cue: u32) -> Option<usize> {
        self.places.get(cue as usize).copied()
    }

    fn around(&self, cue: u32) -> impl Iterator<Item = u32> + '_ {
        let place = self.place(cue);
        let range =
            place.map(|at| at.saturating_sub(REACH)..at.saturating_add(REACH).saturating_add(1).min(self.cues.len()));
        range.and_then(|range| self.cues.get(range)).unwrap_or_default().iter().copied()
    }

    /// Which of `units` may have made these cues worse: those that change one of them, those nearby if none does. What is
    /// safe is blamed only where nothing else can be.
    pub(super) fn blamed(&self, units: &[Unit<'_>], worse: impl Iterator<Item = [Option<u32>; 2]>) -> BTreeSet<usize> {
        let mut at: HashMap<u32, Vec<usize>> = HashMap::new();
        for (index, unit) in units.iter().enumerate() {
            for cue in unit.cues() {
                let here = at.entry(cue).or_default();
                if here.last() != Some(&index) {
                    here.push(index);
                }
            }
        }
        let mut blamed = BTreeSet::new();
        let mut seen = HashSet::new();
        for pair in worse.filter(|pair| seen.insert(*pair)) {
            let touching: Vec<usize> =
                pair.into_iter().flatten().filter_map(|cue| at.get(&cue)).flatten().copied().collect();
            if !touching.is_empty() {
                // A space more or less seldom does harm; what moves times or lines does.
                let daring = touching.iter().filter(|index| units.get(**index).is_some_and(|unit| !unit.is_safe()));
                let before = blamed.len();
                blamed.extend(daring);
                if blamed.len() == before && !touching.iter().any(|index| blamed.contains(index)) {
                    blamed.extend(touching);
                }
                continue;
            }
            let near = pair.into_iter().flatten().flat_map(|cue| self.around(cue));
            blamed.extend(near.filter_map(|cue| at.get(&cue)).flatten());
        }
        blamed
    }

    /// Takes units out that have nothing to do with one another: between the cues that they change stands another one.
    pub(super) fn apart<'a>(&self, units: &mut Vec<Unit<'a>>) -> Vec<Unit<'a>> {
        let mut taken: HashSet<usize> = HashSet::new();
        let (mut out, mut rest) = (Vec::new(), Vec::new());
        for unit in units.drain(..) {
            let places: BTreeSet<usize> = unit.cues().filter_map(|cue| self.place(cue)).collect();
            if places.iter().any(|place| taken.contains(place)) {
                rest.push(unit);
                continue;
            }
            for place in places {
                taken.extend([place.saturating_sub(1), place, place.saturating_add(1)]);
            }
            out.push(unit);
        }
        *units = rest;
        out
    }
}
