//! Sounds of letters by their neighbours: trees of questions, one for each letter, learnt from a dictionary.

use super::coder::{Decoder, Model};

/// Codes of letters: a is 0; an apostrophe, and what is outside of the word.
pub(crate) const APOSTROPHE: u8 = 26;
pub(crate) const OUTSIDE: u8 = 27;
/// The class to the right of the last letter.
pub(crate) const NO_CLASS: u8 = 255;
/// What a question may be about: four letters on the left, four on the right, the sounds of the two on the right (words are
/// read from their end, for endings decide), how many groups of vowels are before and after.
pub(crate) const FEATURES: usize = 12;
/// Stands for a feature where there is no question but an answer.
pub(crate) const LEAF: u8 = 15;
/// One tree for each letter and the apostrophe.
pub(crate) const TREES: usize = 27;
/// No tree of the data is larger.
const LARGEST: usize = 1 << 17;

/// A question, or an answer.
#[derive(Clone, Copy)]
pub(crate) struct Node {
    /// The feature asked for, or [`LEAF`].
    pub(crate) feature: u8,
    /// Its value for yes; of a leaf, the class.
    pub(crate) value: u8,
    /// Where it goes on for yes; for no with the next node.
    pub(crate) yes: u32,
}

/// The codes of a word's letters; others are left out.
pub(crate) fn codes(word: &str) -> Vec<u8> {
    let code = |b: u8| match b {
        b'a'..=b'z' => Some(b.wrapping_sub(b'a')),
        b'\'' => Some(APOSTROPHE),
        _ => None,
    };
    word.bytes().filter_map(code).collect()
}

/// The features of the letter at `at`, when the classes of the letters after it are known.
pub(crate) fn features(codes: &[u8], classes: &[u8], at: usize) -> [u8; FEATURES] {
    let letter = |index: Option<usize>| index.and_then(|i| codes.get(i)).copied().unwrap_or(OUTSIDE);
    let left = |n: usize| letter(at.checked_sub(n));
    let right = |n: usize| letter(at.checked_add(n));
    let class = |n: usize| classes.get(at.saturating_add(n)).copied().unwrap_or(NO_CLASS);
    let before = groups(codes.get(..at).unwrap_or_default());
    let after = groups(codes.get(at.saturating_add(1)..).unwrap_or_default());
    [left(4), left(3), left(2), left(1), right(1), right(2), right(3), right(4), class(1), class(2), before, after]
}

/// Groups of vowels, up to three.
fn groups(codes: &[u8]) -> u8 {
    let vowel = |code: u8| matches!(code, 0 | 4 | 8 | 14 | 20 | 24);
    let first = codes.first().is_some_and(|code| vowel(*code));
    let begun = codes.windows(2).filter(|pair| matches!(pair, [a, b] if !vowel(*a) && vowel(*b))).count();
    u8::try_from(begun.saturating_add(usize::from(first)).min(3)).unwrap_or(3)
}

/// Trees for all letters.
pub(crate) struct Trees(pub(crate) Vec<Vec<Node>>);

impl Trees {
    pub(crate) fn read(from: &mut Decoder<'_>) -> Self {
        let mut asked = Model::new(4, 16);
        let mut values = Model::new(8, 16);
        let mut classes = Model::new(8, TREES);
        let trees = (0..TREES).map(|letter| {
            let mut nodes: Vec<Node> = Vec::new();
            // Questions whose no is being read; the yes follows it.
            let mut open: Vec<usize> = Vec::new();
            loop {
                let parent = nodes.last().map_or(LEAF, |node| node.feature);
                let feature = from.symbol(&mut asked, usize::from(parent));
                let value = match feature {
                    LEAF => from.symbol(&mut classes, letter),
                    _ => from.symbol(&mut values, usize::from(feature)),
                };
                let index = nodes.len();
                nodes.push(Node { feature, value, yes: 0 });
                if feature != LEAF && index < LARGEST {
                    open.push(index);
                    continue;
                }
                let next = u32::try_from(nodes.len()).unwrap_or(u32::MAX);
                match open.pop().and_then(|question| nodes.get_mut(question)) {
                    Some(question) => question.yes = next,
                    None => break nodes,
                }
            }
        });
        Self(trees.collect())
    }

    /// The class of the letter at `at`.
    pub(crate) fn class(&self, codes: &[u8], classes: &[u8], at: usize) -> u8 {
        let tree = codes.get(at).and_then(|code| self.0.get(usize::from(*code)));
        let Some(nodes) = tree else { return 0 };
        let features = features(codes, classes, at);
        let mut index = 0usize;
        while let Some(node) = nodes.get(index) {
            if node.feature == LEAF {
                return node.value;
            }
            let yes = features.get(usize::from(node.feature)) == Some(&node.value);
            // Both lie behind the question, so that this ends.
            index = if yes {
                usize::try_from(node.yes).unwrap_or(0).max(index.saturating_add(1))
            } else {
                index.saturating_add(1)
            };
        }
        0
    }

    /// The classes of all letters; `corrected` are known, the others follow from them.
    pub(crate) fn classes(&self, codes: &[u8], corrected: &[(u8, u8)]) -> Vec<u8> {
        let mut classes = vec![0; codes.len()];
        for at in (0..codes.len()).rev() {
            let known = corrected.iter().find(|(place, _)| usize::from(*place) == at).map(|(_, class)| *class);
            let class = known.unwrap_or_else(|| self.class(codes, &classes, at));
            if let Some(slot) = classes.get_mut(at) {
                *slot = class;
            }
        }
        classes
    }
}
