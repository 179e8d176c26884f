//! What is said for what is written.

use super::phone::Phone;
use std::fmt;
use std::ops::Range;

/// The words of a transcript in the order they are said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pronunciation {
    /// Each with its place in the written text. Ranges of one part never overlap and only grow.
    pub words: Vec<SpokenWord>,
}

/// A place in a transcript.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WordRef {
    /// Index of the part (an utterance).
    pub part: u32,
    /// Bytes of the utterance's plain text.
    pub range: Range<u32>,
}

/// One written word as it is said: a Han character, a Latin word, an initialism, a number, a symbol read aloud.
#[derive(Clone, Debug, PartialEq)]
pub struct SpokenWord {
    /// Where it is written.
    pub at: WordRef,
    /// What is said, at least one unit.
    pub units: Vec<Unit>,
    /// What stands after it in the writing.
    pub boundary: Boundary,
}

/// One syllable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// How it sounds.
    pub reading: Reading,
    /// The phones of it, in order; empty where the model knows none of the language.
    pub phones: Box<[Phone]>,
    /// Its own share of the word's range, in bytes of the utterance's plain text; units of one word may share a range
    /// (`2016`), but never go back.
    pub range: Range<u32>,
}

/// How a syllable sounds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// A Mandarin syllable in pinyin without tone mark, and its tone 1 to 4, or 5 for neutral: `lv`, `zhong`.
    Mandarin {
        /// Letters a-z; `v` stands for ü.
        pinyin: Box<str>,
        /// 1 to 5.
        tone: u8,
    },
    /// A syllable of an English word: the letters that make it, lower case.
    English(Box<str>),
    /// The name of a letter said by itself, upper case.
    Letter(char),
    /// A syllable of another language: its letters.
    Other(Box<str>),
}

impl Unit {
    /// A syllable whose phones are not yet known.
    pub fn new(reading: Reading, range: Range<u32>) -> Self {
        Self { reading, phones: Box::default(), range }
    }
}

impl fmt::Display for Reading {
    /// For people: `zhong4`, `deep`, `A`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reading::Mandarin { pinyin, tone } => write!(f, "{pinyin}{tone}"),
            Reading::English(letters) | Reading::Other(letters) => f.write_str(letters),
            Reading::Letter(letter) => write!(f, "{letter}"),
        }
    }
}

/// What stands after a word, from weakest to strongest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Boundary {
    /// Nothing: the next word follows at once.
    #[default]
    None,
    /// A space, or another word edge.
    Word,
    /// `、`, a dash, a bracket or quotation mark.
    Weak,
    /// `，`, `：`, `…`.
    Comma,
    /// `；`.
    Semicolon,
    /// `。`, `？`, `！`.
    Sentence,
    /// The end of a paragraph.
    Paragraph,
    /// The end of a turn.
    Turn,
}
