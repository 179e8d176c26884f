//! The text as the aligner sees it: units in blocks that may be missing from the sound.

use crate::model::{Boundary, Phone, Pronunciation, Reading, SpokenWord, Transcript};
use std::ops::Range;

/// One syllable that can be looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit<'a> {
    /// Index of its word.
    pub word: u32,
    /// Index in its word.
    pub index: u32,
    pub phones: &'a [Phone],
    /// What stands after it.
    pub boundary: Boundary,
}

/// Units that are said together or not at all: a clause, or what stands in brackets.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub units: Range<usize>,
    /// What stands after it.
    pub boundary: Boundary,
    /// It stands in brackets, so it may well not be said.
    pub bracketed: bool,
    /// How much is lost with it, in Mandarin syllables.
    pub syllables: f32,
}

/// Units and blocks in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Text<'a> {
    pub units: Vec<Unit<'a>>,
    pub blocks: Vec<Block>,
}

/// Phones of a Mandarin syllable where two are usual; English syllables differ more, so their phones are counted.
const PHONES_A_SYLLABLE: f32 = 2.5;

impl<'a> Text<'a> {
    pub(super) fn new(transcript: &Transcript, pronunciation: &'a Pronunciation) -> Self {
        let mut text = Self::default();
        let words = &pronunciation.words;
        let mut depth = 0i32;
        let mut open = 0;
        for (index, word) in words.iter().enumerate() {
            text.add_units(index, word);
            let inside = depth > 0;
            depth = depth.saturating_add(brackets(transcript, word, words.get(index.saturating_add(1)))).max(0);
            let ends = word.boundary >= Boundary::Comma || inside != (depth > 0);
            if (ends || index.saturating_add(1) == words.len()) && text.units.len() > open {
                text.close(open, word.boundary, inside);
                open = text.units.len();
            }
        }
        text
    }

    /// The same blocks in the opposite order: what nobody said, of the same words.
    pub(super) fn backwards(&self) -> Self {
        let mut text = Self::default();
        for block in self.blocks.iter().rev() {
            let from = text.units.len();
            text.units.extend_from_slice(self.units.get(block.units.clone()).unwrap_or_default());
            text.blocks.push(Block { units: from..text.units.len(), ..block.clone() });
        }
        text
    }

    fn add_units(&mut self, index: usize, word: &'a SpokenWord) {
        let last = word.units.len().saturating_sub(1);
        for (number, unit) in word.units.iter().enumerate().filter(|(_, unit)| !unit.phones.is_empty()) {
            self.units.push(Unit {
                word: index as u32,
                index: number as u32,
                phones: &unit.phones,
                boundary: if number == last { word.boundary } else { Boundary::None },
            });
        }
    }

    fn close(&mut self, from: usize, boundary: Boundary, bracketed: bool) {
        let units = from..self.units.len();
        let of = self.units.get(units.clone()).unwrap_or_default();
        let syllables = of.iter().map(|unit| (unit.phones.len() as f32 / PHONES_A_SYLLABLE).max(1.0)).sum();
        self.blocks.push(Block { units, boundary, bracketed, syllables });
    }
}

/// How many brackets open less those that close between a word and the next one of the same utterance.
fn brackets(transcript: &Transcript, word: &SpokenWord, next: Option<&SpokenWord>) -> i32 {
    let Some(utterance) = transcript.utterance(word.at.part) else { return 0 };
    let plain = utterance.text.plain.as_str();
    let Some(next) = next.filter(|next| next.at.part == word.at.part) else {
        // An utterance never leaves a bracket open for the next one.
        return i32::MIN;
    };
    let between = plain.get(word.at.range.end as usize..next.at.range.start as usize).unwrap_or_default();
    between.chars().fold(0i32, |sum, c| match c {
        '(' | '（' | '[' | '［' | '【' => sum.saturating_add(1),
        ')' | '）' | ']' | '］' | '】' => sum.saturating_sub(1),
        _ => sum,
    })
}

/// Whether most of what is said is English.
pub(super) fn mostly_english(pronunciation: &Pronunciation) -> bool {
    let units = pronunciation.words.iter().flat_map(|word| &word.units);
    let (mut english, mut mandarin) = (0u32, 0u32);
    for unit in units {
        match unit.reading {
            Reading::Mandarin { .. } => mandarin = mandarin.saturating_add(1),
            Reading::English(_) | Reading::Letter(_) | Reading::Other(_) => english = english.saturating_add(1),
        }
    }
    english > mandarin
}
