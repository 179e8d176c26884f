//! How much was found where, in numbers: what a change of captions is judged by.

use super::rule::Rule;
use std::collections::HashMap;

/// What rules found in captions: of each rule and cue how often, and how far beyond its limit the measured value is.
///
/// Two of them, from before and after a change, say whether something became worse: see [`Weights::harm`].
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// In the order of their keys.
    list: Vec<Weight>,
    /// Which of the profiles that captions were held against is next.
    profile: u8,
    /// Each rule's place in the list of rules, filled when it is first met.
    places: HashMap<&'static str, u8>,
}

/// Something that a change made worse, or better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Harm {
    /// The rule's place in [`super::RULES`].
    pub rule: u8,
    /// The cue; `None` for the file.
    pub cue: Option<u32>,
    /// The cue before it, if the rule looks at two.
    pub other: Option<u32>,
}

/// Of one rule, in one cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Weight {
    key: Key,
    other: u32,
    count: u32,
    /// Of the finding that is farthest beyond its limit.
    most: i64,
    /// Of all together.
    sum: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// [`NO_CUE`] for the file.
    cue: u32,
    profile: u8,
    rule: u8,
}

const NO_CUE: u32 = u32::MAX;

impl Weights {
    pub(super) fn push(&mut self, rule: &'static Rule, cue: Option<usize>, other: Option<usize>, size: i64) {
        let number = |cue: Option<usize>| cue.and_then(|cue| u32::try_from(cue).ok()).unwrap_or(NO_CUE);
        let place =
            || super::RULES.iter().position(|one| std::ptr::eq(*one, rule)).and_then(|at| u8::try_from(at).ok());
        let rule = *self.places.entry(rule.code.row().id).or_insert_with(|| place().unwrap_or(u8::MAX));
        let key = Key { cue: number(cue), profile: self.profile, rule };
        match self.list.last_mut().filter(|last| last.key == key) {
            Some(last) => last.add(Weight { key, other: number(other), count: 1, most: size, sum: size }),
            None => self.list.push(Weight { key, other: number(other), count: 1, most: size, sum: size }),
        }
    }

    pub(super) fn end(&mut self) {
        self.profile = self.profile.saturating_add(1);
        self.settle();
    }

    /// Brings the list in order, with one row for each key.
    fn settle(&mut self) {
        self.list.sort_by_key(|weight| weight.key);
        self.list.dedup_by(|next, kept| {
            let same = next.key == kept.key;
            if same {
                kept.add(*next);
            }
            same
        });
    }

    /// The same, with each cue called by the number that `number` has for it: of a track that was edited, the number that it had
    /// before.
    #[must_use]
    pub fn renamed(mut self, number: impl Fn(u32) -> u32) -> Self {
        let rename = |cue: u32| if cue == NO_CUE { cue } else { number(cue) };
        for weight in &mut self.list {
            (weight.key.cue, weight.other) = (rename(weight.key.cue), rename(weight.other));
        }
        self.settle();
        self
    }

    /// What `after`, whose cues have the same numbers, has more of: findings that were not there, and findings that are farther
    /// beyond their limits.
    pub fn harm<'w>(&'w self, after: &'w Self) -> impl Iterator<Item = Harm> + 'w {
        let mut before = self.list.iter().peekable();
        after.list.iter().filter_map(move |now| {
            while before.next_if(|was| was.key < now.key).is_some() {}
            let was = before.peek().filter(|was| was.key == now.key);
            let worse = was.is_none_or(|was| now.count > was.count || now.most > was.most || now.sum > was.sum);
            worse.then(|| now.harm())
        })
    }

    /// What each rule finds in all, by its place in [`super::RULES`].
    pub fn totals(&self) -> impl Iterator<Item = (u8, u64)> {
        let mut totals = [0u64; 256];
        for weight in &self.list {
            if let Some(total) = totals.get_mut(usize::from(weight.key.rule)) {
                *total = total.saturating_add(weight.count.into());
            }
        }
        (0u8..=u8::MAX).zip(totals).filter(|(_, total)| *total > 0)
    }
}

impl Weight {
    fn add(&mut self, other: Self) {
        self.count = self.count.saturating_add(other.count);
        self.most = self.most.max(other.most);
        self.sum = self.sum.saturating_add(other.sum);
    }

    fn harm(&self) -> Harm {
        let some = |cue: u32| (cue != NO_CUE).then_some(cue);
        Harm { rule: self.key.rule, cue: some(self.key.cue), other: some(self.other) }
    }
}
