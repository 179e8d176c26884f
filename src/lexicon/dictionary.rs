//! English words to syllables of phones, with the letters of each.

use super::spelling::{PHONES, Sound, Spelling, is_vowel};
use crate::model::Phone;
use std::sync::LazyLock;

/// Unpacked when the first English word is met.
static ENGLISH: LazyLock<Option<Spelling>> = LazyLock::new(|| Spelling::read(include_bytes!("english.bin")));

/// A syllable of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Syllable {
    /// The first of its letters.
    pub start: usize,
    pub phones: Box<[Phone]>,
}

/// What may begin an English syllable, beside any single consonant but ng and zh.
#[rustfmt::skip]
const ONSETS: &[&str] = &[
    "b l", "b r", "b y", "d r", "d w", "d y", "dh", "f l", "f r", "f y", "g l", "g r", "g w", "hh y", "k l", "k r", "k w",
    "k y", "l y", "m y", "n y", "p l", "p r", "p y", "s f", "s k", "s k r", "s k w", "s k y", "s l", "s m", "s n", "s p",
    "s p l", "s p r", "s p y", "s t", "s t r", "s t y", "s w", "sh r", "t r", "t w", "t y", "th r", "th w", "v y", "zh",
];

/// Syllables of a word of lower case letters and apostrophes: one vowel each, and as many consonants before it as may begin
/// a syllable. None of what has no phones. Their letters begin one after another.
pub(super) fn syllables(word: &str) -> Vec<Syllable> {
    let said = ENGLISH.as_ref().map(|spelling| spelling.say(word)).unwrap_or_default();
    let mut syllables: Vec<Syllable> = Vec::new();
    let cuts = cuts(&said);
    let ends = cuts.iter().skip(1).copied().chain([said.len()]);
    for (from, to) in cuts.iter().copied().zip(ends) {
        let sounds = said.get(from..to).unwrap_or_default();
        let phones = sounds.iter().filter_map(|sound| phone(sound.phone)).collect();
        let start = sounds.first().map_or(0, |sound| sound.letter);
        syllables.push(Syllable { start, phones });
    }
    share(&mut syllables, word.len());
    syllables
}

/// Makes the first syllable begin the word, and each other at least a letter later, as long as there are letters.
fn share(syllables: &mut [Syllable], letters: usize) {
    let mut least = 0usize;
    let mut left = syllables.len();
    for (index, syllable) in syllables.iter_mut().enumerate() {
        let most = letters.saturating_sub(left);
        syllable.start = if index == 0 { 0 } else { syllable.start.min(most).max(least) };
        least = syllable.start.saturating_add(1);
        left = left.saturating_sub(1);
    }
}

/// Where syllables begin among the sounds.
fn cuts(said: &[Sound]) -> Vec<usize> {
    let vowels: Vec<usize> = said.iter().enumerate().filter(|(_, s)| is_vowel(s.phone)).map(|(at, _)| at).collect();
    let inner = vowels.windows(2).filter_map(|pair| match pair {
        [left, right] => Some(onset(said, left.saturating_add(1), *right)),
        _ => None,
    });
    let first = (!said.is_empty()).then_some(0);
    first.into_iter().chain(inner).collect()
}

/// Where the syllable of the vowel at `vowel` begins, of the consonants from `from` on.
fn onset(said: &[Sound], from: usize, vowel: usize) -> usize {
    const LONGEST: usize = 3;
    let begins = |at: &usize| match said.get(*at..vowel).unwrap_or_default() {
        [] => true,
        [single] => name(single.phone) != Some("ng"),
        several => {
            ONSETS.iter().any(|onset| several.iter().map(|s| name(s.phone).unwrap_or_default()).eq(onset.split(' ')))
        }
    };
    (vowel.saturating_sub(LONGEST).max(from)..=vowel).find(begins).unwrap_or(vowel)
}

fn name(number: u8) -> Option<&'static str> {
    PHONES.get(usize::from(number)).copied()
}

fn phone(number: u8) -> Option<Phone> {
    super::phone::english(name(number)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(word: &str) -> String {
        let syllables = syllables(word);
        let names = |syllable: &Syllable| {
            let names: Vec<&str> =
                syllable.phones.iter().map(|phone| phone.row().name.trim_start_matches("e_")).collect();
            format!("{} {}", syllable.start, names.join(" "))
        };
        syllables.iter().map(names).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn every_phone_is_one_of_the_models() {
        assert!(ENGLISH.is_some());
        for (number, name) in (0..).zip(PHONES) {
            let row = phone(number).unwrap().row();
            assert_eq!(row.name, format!("e_{name}"));
            assert_eq!(row.class == crate::model::PhoneClass::Vowel, is_vowel(number), "{name}");
        }
    }

    #[test]
    fn words_are_cut_before_what_may_begin_a_syllable() {
        for (word, expected) in [
            ("computer", "0 k ax m, 3 p y uw, 5 t er"),
            ("extra", "0 eh k, 1 s t r ax"),
            ("singing", "0 s ih ng, 4 ih ng"),
            ("strengths", "0 s t r eh ng k th s"),
            ("table", "0 t ey, 2 b ax l"),
            ("don't", "0 d ow n t"),
            ("hmm", "0 hh m"),
            ("", ""),
        ] {
            assert_eq!(said(word), expected, "{word}");
        }
    }

    #[test]
    fn no_syllable_is_without_letters() {
        for word in ["w", "ii", "iou", "mwah", "sclerosis", "a", "'", "'s", "x", "wwwwww"] {
            let starts: Vec<usize> = syllables(word).iter().map(|syllable| syllable.start).collect();
            assert!(starts.is_sorted_by(|a, b| a < b), "{word} {starts:?}");
        }
    }
}
