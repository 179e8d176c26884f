//! Written words to spoken units.
//!
//! A Han character is a syllable (pinyin and tone; words fix characters with several readings), an English word is its
//! syllables, an initialism its letters. Numbers and signs are said in the language around them: 2016年 is 二零一六年,
//! 50% 百分之五十, `0.8+0.8>2` 零点八加零点八大于二. Quotes, brackets, emoji and other punctuation are silent and leave
//! only a [`Boundary`]. Every letter, digit and Han character belongs to exactly one word.
//! Each unit has its phones, where the acoustic model has those of its language.

mod boundary;
mod chinese;
mod context;
mod dictionary;
mod english;
mod foreign;
mod han;
mod ipa;
mod latin;
mod letter;
mod mandarin;
mod measure;
mod number;
mod other;
mod phone;
mod spelling;
mod syllable;
mod symbol;
mod telephone;
mod token;

pub use foreign::{Unsounded, unsounded};
pub use ipa::give as give_phones;

use crate::model::{Boundary, Gloss, MarkKind, Pronunciation, Spoken, SpokenWord, Transcript, Utterance, WordRef};
use context::Manner;
use std::ops::Range;
use token::Token;

/// What is said for every utterance, in order.
///
/// A gloss of which the other half is said ([`Spoken::Gloss`]) is one word: the gloss's syllables at the term's place.
///
/// ```
/// use zimu::model::{Part, PartKind, Transcript, Utterance};
/// let utterance = Utterance { text: "涨了50%".into(), ..Utterance::default() };
/// let part = Part { source: "涨了50%".into(), kind: PartKind::Utterance(utterance) };
/// let said = zimu::lexicon::pronounce(&Transcript { parts: vec![part], ..Transcript::default() });
/// let sounds = said.words.iter().flat_map(|word| &word.units).map(|unit| unit.reading.to_string());
/// assert_eq!(sounds.collect::<Vec<_>>().join(" "), "zhang3 le5 bai3 fen1 zhi1 wu3 shi2");
/// ```
pub fn pronounce(transcript: &Transcript) -> Pronunciation {
    let mut words: Vec<SpokenWord> = Vec::new();
    let mut turn = None;
    for (part, utterance) in transcript.utterances() {
        let mut manner = Manner::of(&utterance.text.plain, transcript.lang.as_ref());
        let tokens = tokens(utterance, &mut manner);
        if tokens.is_empty() {
            continue;
        }
        if let Some(last) = words.last_mut() {
            last.boundary = if turn == Some(utterance.turn) { Boundary::Paragraph } else { Boundary::Turn };
        }
        turn = Some(utterance.turn);
        add(tokens, u32::try_from(part).unwrap_or(u32::MAX), &utterance.text.plain, &mut words);
    }
    if let Some(last) = words.last_mut() {
        last.boundary = Boundary::Turn;
    }
    phone::fill(&mut words);
    if foreign::is_latin_language(transcript.lang.as_ref()) {
        words.iter_mut().for_each(phone::forget_english);
    }
    Pronunciation { words }
}

/// The words of an utterance, glosses that are said in place of their terms.
fn tokens(utterance: &Utterance, manner: &mut Manner) -> Vec<Token> {
    let text = &utterance.text.plain;
    let mut out = Vec::new();
    let mut at = 0;
    for (term, gloss) in said_glosses(utterance) {
        let inside = text.get(term.clone()).is_some_and(|t| !t.is_empty());
        let Some(token) = (inside && term.start >= at).then(|| spoken_gloss(gloss, &term, manner)).flatten() else {
            continue;
        };
        out.extend(token::tokens(text, at..term.start, manner));
        out.push(token);
        at = term.end;
    }
    out.extend(token::tokens(text, at..text.len(), manner));
    out
}

fn said_glosses(utterance: &Utterance) -> impl Iterator<Item = (Range<usize>, &Gloss)> {
    utterance.text.marks.iter().filter_map(|mark| match &mark.kind {
        MarkKind::Gloss(gloss) if gloss.spoken == Spoken::Gloss => Some((mark.bytes(), &**gloss)),
        _ => None,
    })
}

fn spoken_gloss(gloss: &Gloss, term: &Range<usize>, manner: &Manner) -> Option<Token> {
    token::spoken(&gloss.text, term.clone(), manner)
}

/// Appends tokens as words, each with the boundary that the text up to the next one makes.
fn add(tokens: Vec<Token>, part: u32, text: &str, words: &mut Vec<SpokenWord>) {
    let begins: Vec<usize> = tokens.iter().skip(1).map(|token| token.range.start).collect();
    let mut begins = begins.into_iter();
    for Token { range, units } in tokens {
        let next = begins.next();
        let gap = next.and_then(|next| text.get(range.end..next));
        let left = text.get(range.clone()).unwrap_or_default();
        let right = next.and_then(|next| text.get(next..)).and_then(|rest| rest.chars().next());
        let boundary = gap.map_or(Boundary::None, |gap| boundary::between(left, gap, right));
        words.push(SpokenWord { at: WordRef { part, range: offsets(range) }, units, boundary });
    }
}

/// Byte offsets as the model keeps them.
fn offsets(range: Range<usize>) -> Range<u32> {
    let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    clamp(range.start)..clamp(range.end)
}

/// Full-width letters, digits and signs (％ ： ～) to ASCII. The full-width comma stays: it never groups thousands.
fn narrow(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '￥' => '¥',
        '，' => '，',
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}
