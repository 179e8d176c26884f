//! English spelling to phones: a dictionary that is packed as what its spelling does not tell.
//!
//! Trees of questions about neighbouring letters, learnt from CMUdict, say any word; of the dictionary only the words that they
//! say wrongly are kept, with the letters that sound otherwise. So the words of the dictionary are said as it says, and others
//! by analogy. `examples/make_english_lexicon.rs` makes the data file from a dictionary, with this module: what is written
//! is what was tried.

pub(crate) mod coder;
mod endings;
pub(crate) mod tree;
pub(crate) mod words;

use coder::{Decoder, Model};
use tree::Trees;
use words::{Known, Words};

/// Phones by number, in CMUdict's letters. `ax` is AH without stress; there is no other sign of stress. These are the
/// phones that flite says, whose speech the acoustic model's English was learnt from.
#[rustfmt::skip]
pub(crate) const PHONES: &[&str] = &[
    "aa", "ae", "ah", "ao", "aw", "ax", "ay", "b", "ch", "d", "dh", "eh", "er", "ey", "f", "g", "hh", "ih", "iy", "jh", "k",
    "l", "m", "n", "ng", "ow", "oy", "p", "r", "s", "sh", "t", "th", "uh", "uw", "v", "w", "y", "z", "zh",
];

/// The phones of that number in [`PHONES`] are vowels.
pub(crate) fn is_vowel(phone: u8) -> bool {
    matches!(phone, 0..=6 | 11..=13 | 17 | 18 | 25 | 26 | 33 | 34)
}

/// What the data file begins with.
pub(crate) const MAGIC: &[u8] = b"zimu en\x01";

/// Classes: what a letter may sound like, at most two phones.
pub(crate) type Classes = Vec<Vec<u8>>;

/// A dictionary.
pub(crate) struct Spelling {
    pub(crate) classes: Classes,
    pub(crate) trees: Trees,
    pub(crate) words: Words,
}

impl Spelling {
    /// Reads a data file; `None` if it is not one.
    pub(crate) fn read(data: &[u8]) -> Option<Self> {
        let mut from = Decoder::new(data.strip_prefix(MAGIC)?);
        let mut number = Model::new(8, 1);
        let count = from.symbol(&mut number, 0);
        let mut classes = Classes::new();
        for _ in 0..count {
            let phones = from.symbol(&mut number, 0);
            classes.push((0..phones).map(|_| from.symbol(&mut number, 0)).collect());
        }
        let trees = Trees::read(&mut from);
        let listed = (0..3).fold(0usize, |sum, _| sum << 8 | usize::from(from.symbol(&mut number, 0)));
        let words = Words::read(&mut from, listed);
        Some(Self { classes, trees, words })
    }

    /// A word of lower case letters and apostrophes: its phones, and the letter of each, which never goes back.
    pub(crate) fn say(&self, word: &str) -> Vec<Sound> {
        self.listed(word).or_else(|| endings::say(self, word)).unwrap_or_else(|| self.spelt(word, &[]))
    }

    /// A word that the letters do not tell.
    pub(crate) fn listed(&self, word: &str) -> Option<Vec<Sound>> {
        Some(match self.words.get(word)? {
            Known::Corrected(letters) => self.spelt(word, letters),
            Known::Whole(phones) => {
                let share = |at: usize| at.saturating_mul(word.len()).checked_div(phones.len()).unwrap_or(0);
                phones.iter().enumerate().map(|(at, phone)| Sound { phone: *phone, letter: share(at) }).collect()
            }
        })
    }

    /// As the letters tell, but for those that are known.
    pub(crate) fn spelt(&self, word: &str, known: &[(u8, u8)]) -> Vec<Sound> {
        let codes = tree::codes(word);
        let classes = self.trees.classes(&codes, known);
        let phones = classes.iter().enumerate().filter_map(|(letter, class)| {
            let phones = self.classes.get(usize::from(*class))?;
            Some(phones.iter().map(move |phone| Sound { phone: *phone, letter }))
        });
        let mut said: Vec<Sound> = phones.flatten().collect();
        // A consonant that is written twice sounds once.
        said.dedup_by(|a, b| a.phone == b.phone && !is_vowel(a.phone));
        said
    }
}

/// A phone, by number, and the letter that it is the sound of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sound {
    pub(crate) phone: u8,
    pub(crate) letter: usize,
}
