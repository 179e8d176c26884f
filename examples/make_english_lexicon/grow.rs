//! Trees of questions, grown where an answer saves more than it costs to write.

use crate::letters::Aligned;
use crate::spelling::tree::{FEATURES, LEAF, Node, TREES, features};
use std::collections::HashMap;

/// Bits that a question must save. Of 6, 8, 12 and 16, 6 makes the smallest file (123, 127, 133, 137 kB) and says words that
/// it did not learn from best (8.0, 8.2, 8.4, 8.7 % of phones wrong).
const WORTH: f64 = 6.0;

/// A letter of a word: what is around it, and its class.
type Sample = ([u8; FEATURES], u8);

pub(crate) fn trees(aligned: &Aligned) -> Vec<Vec<Node>> {
    let mut samples: Vec<Vec<Sample>> = vec![Vec::new(); TREES];
    for word in aligned.words.values() {
        for (at, (code, class)) in word.codes.iter().zip(&word.classes).enumerate() {
            if let Some(of_letter) = samples.get_mut(usize::from(*code)) {
                of_letter.push((features(&word.codes, &word.classes, at), *class));
            }
        }
    }
    samples.into_iter().map(tree).collect()
}

fn tree(mut samples: Vec<Sample>) -> Vec<Node> {
    // The order of a hash map is not the same twice; the file shall be.
    samples.sort_unstable();
    let mut nodes = Vec::new();
    grow(&mut samples, &mut nodes);
    nodes
}

fn grow(samples: &mut [Sample], nodes: &mut Vec<Node>) {
    let index = nodes.len();
    let answer = commonest(samples);
    nodes.push(Node { feature: LEAF, value: answer, yes: 0 });
    let Some((feature, value)) = question(samples) else { return };
    let is = |sample: &Sample| sample.0.get(usize::from(feature)) == Some(&value);
    samples.sort_by_key(is);
    let divide = samples.partition_point(|sample| !is(sample));
    let (no, yes) = samples.split_at_mut(divide);
    grow(no, nodes);
    let second = nodes.len();
    grow(yes, nodes);
    let single = |from: usize, to: usize| match nodes.get(from..to) {
        Some([leaf]) => Some(leaf.value),
        _ => None,
    };
    // Both sides say the same after all.
    let first = index.saturating_add(1);
    if single(first, second).is_some_and(|class| single(second, nodes.len()) == Some(class)) {
        nodes.truncate(first);
        return;
    }
    if let Some(node) = nodes.get_mut(index) {
        *node = Node { feature, value, yes: u32::try_from(second).unwrap_or(u32::MAX) };
    }
}

fn counts<'a>(samples: impl Iterator<Item = &'a Sample>) -> [u32; 256] {
    let mut counts = [0u32; 256];
    for (_, class) in samples {
        if let Some(count) = counts.get_mut(usize::from(*class)) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

fn commonest(samples: &[Sample]) -> u8 {
    let counts = counts(samples.iter());
    (0..=255u8).rev().max_by_key(|class| counts.get(usize::from(*class)).copied()).unwrap_or(0)
}

/// Bits of writing classes that are so many each.
fn bits(counts: impl Iterator<Item = u32> + Clone) -> f64 {
    let total = f64::from(counts.clone().fold(0u32, u32::saturating_add));
    let each = |n: u32| if n == 0 { 0.0 } else { f64::from(n) * (total / f64::from(n)).log2() };
    counts.map(each).sum()
}

/// The question that saves most, if it saves enough.
fn question(samples: &[Sample]) -> Option<(u8, u8)> {
    let all = counts(samples.iter());
    let whole = bits(all.into_iter());
    if whole < WORTH {
        return None;
    }
    let present: Vec<usize> = (0..256).filter(|class| all.get(*class).is_some_and(|n| *n > 0)).collect();
    let number: HashMap<usize, usize> = present.iter().copied().zip(0..).collect();
    let all: Vec<u32> = present.iter().filter_map(|class| all.get(*class)).copied().collect();
    let mut best: Option<(f64, u8, u8)> = None;
    for feature in 0..FEATURES {
        let mut by_value: Vec<Vec<u32>> = vec![Vec::new(); 256];
        for (features, class) in samples {
            let value = features.get(feature).copied().unwrap_or(0);
            let Some(row) = by_value.get_mut(usize::from(value)) else { continue };
            if row.is_empty() {
                row.resize(present.len(), 0);
            }
            let cell = number.get(&usize::from(*class)).and_then(|n| row.get_mut(*n));
            if let Some(cell) = cell {
                *cell = cell.saturating_add(1);
            }
        }
        for (value, row) in (0..=255u8).zip(&by_value).filter(|(_, row)| !row.is_empty()) {
            let rest = all.iter().zip(row).map(|(a, b)| a.saturating_sub(*b));
            let saved = whole - bits(row.iter().copied()) - bits(rest);
            if best.is_none_or(|(most, ..)| saved > most) {
                best = Some((saved, u8::try_from(feature).unwrap_or(0), value));
            }
        }
    }
    best.filter(|(saved, ..)| *saved >= WORTH).map(|(_, feature, value)| (feature, value))
}
