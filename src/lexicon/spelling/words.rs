//! The words that are not said as their letters tell: sorted, each with the letters that sound otherwise.

use super::coder::{Decoder, Model};
use super::tree::codes;

/// Longest word of the data file.
pub(crate) const LONGEST: usize = 63;
/// No data file has more words.
const MOST: usize = 1 << 17;
/// Ends a word's letters.
pub(crate) const END: u8 = 31;
/// Ends a list of phones.
pub(crate) const SILENCE: u8 = 63;

/// What is known of a listed word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Known<'a> {
    /// Letters, by place, and their classes; the others follow from them.
    Corrected(&'a [(u8, u8)]),
    /// Phones that letters have no part in.
    Whole(Vec<u8>),
}

/// The models of the parts of a word, in the order in which they are coded.
pub(crate) struct Models {
    /// How many letters are shared with the word before; by the number shared there.
    pub(crate) shared: Model,
    /// A letter by the two before it.
    pub(crate) letter: Model,
    /// Whether the phones are spelt whole; by nothing.
    pub(crate) whole: Model,
    /// Whether a letter is corrected; by the letter and how many were.
    pub(crate) corrected: Model,
    /// Its class; by the letter.
    pub(crate) class: Model,
    /// A phone; by the one before.
    pub(crate) phone: Model,
}

impl Models {
    pub(crate) fn new() -> Self {
        Self {
            shared: Model::new(6, 64),
            letter: Model::new(5, 32 * 32),
            whole: Model::new(1, 1),
            corrected: Model::new(1, 32 * 4 * 4),
            class: Model::new(8, 32),
            phone: Model::new(6, 64),
        }
    }
}

/// The context of a correction: the letter, how many were corrected, whether the one to the right was.
pub(crate) fn correction_context(code: u8, corrected: usize, neighbour: bool, last: bool) -> usize {
    (usize::from(code) << 4) | (corrected.min(3) << 2) | (usize::from(neighbour) << 1) | usize::from(last)
}

/// Listed words. Their letters stand one after another, and so do their corrections.
pub(crate) struct Words {
    letters: Vec<u8>,
    corrections: Vec<(u8, u8)>,
    /// Where each word's letters and corrections begin; one more at the end.
    starts: Vec<(u32, u32)>,
}

/// Marks phones among corrections.
const WHOLE: u8 = 255;

impl Words {
    pub(crate) fn read(from: &mut Decoder<'_>, count: usize) -> Self {
        let mut models = Models::new();
        let mut words = Self { letters: Vec::new(), corrections: Vec::new(), starts: vec![(0, 0)] };
        let (mut word, mut shared): (Vec<u8>, u8) = (Vec::new(), 0);
        for _ in 0..count.min(MOST) {
            shared = from.symbol(&mut models.shared, usize::from(shared));
            word.truncate(usize::from(shared));
            while word.len() < LONGEST {
                let letter = from.symbol(&mut models.letter, letter_context(&word));
                if letter == END {
                    break;
                }
                word.push(letter);
            }
            words.letters.extend(&word);
            words.sounds(from, &mut models, &word);
            let end = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            words.starts.push((end(words.letters.len()), end(words.corrections.len())));
        }
        words
    }

    fn sounds(&mut self, from: &mut Decoder<'_>, models: &mut Models, word: &[u8]) {
        if from.symbol(&mut models.whole, 0) == 1 {
            let mut previous = SILENCE;
            for _ in 0..LONGEST {
                previous = from.symbol(&mut models.phone, usize::from(previous));
                if previous == SILENCE {
                    break;
                }
                self.corrections.push((WHOLE, previous));
            }
            return;
        }
        let (mut done, mut neighbour) = (0usize, false);
        for (at, code) in word.iter().enumerate().rev() {
            let context = correction_context(*code, done, neighbour, at == 0);
            neighbour = from.symbol(&mut models.corrected, context) == 1;
            if neighbour {
                let class = from.symbol(&mut models.class, usize::from(*code));
                self.corrections.push((u8::try_from(at).unwrap_or(0), class));
                done = done.saturating_add(1);
            }
        }
    }

    /// What is listed for `word`, in lower case.
    pub(crate) fn get(&self, word: &str) -> Option<Known<'_>> {
        let codes = codes(word);
        let range = |index: usize| {
            let (from, to) = (self.starts.get(index)?, self.starts.get(index.checked_add(1)?)?);
            Some((from.0 as usize..to.0 as usize, from.1 as usize..to.1 as usize))
        };
        let (mut low, mut high) = (0usize, self.starts.len().saturating_sub(1));
        while low < high {
            let middle = low.midpoint(high);
            let (letters, corrections) = range(middle)?;
            match self.letters.get(letters)?.cmp(&codes) {
                std::cmp::Ordering::Less => low = middle.saturating_add(1),
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    let listed = self.corrections.get(corrections)?;
                    return Some(match listed.first() {
                        Some((WHOLE, _)) => Known::Whole(listed.iter().map(|(_, phone)| *phone).collect()),
                        _ => Known::Corrected(listed),
                    });
                }
            }
        }
        None
    }
}

/// The context of the next letter of a word.
pub(crate) fn letter_context(word: &[u8]) -> usize {
    let back = |n: usize| word.len().checked_sub(n).and_then(|i| word.get(i)).copied().unwrap_or(END);
    (usize::from(back(2)) << 5) | usize::from(back(1))
}
