//! Phones of words that are neither Chinese nor English.

use crate::diag::{Code, Diagnostic, Location, Report, codes};
use crate::host::espeak;
use crate::lexicon::{Unsounded, give_phones, unsounded};
use crate::model::{Pronunciation, Transcript};
use std::collections::BTreeMap;

/// Voices of espeak-ng that are not named as the language. On Debian its `cmn` reads Han characters in English, so Chinese is
/// never asked of it.
const VOICES: &[(&str, Option<&str>)] =
    &[("no", Some("nb")), ("zh", None), ("cmn", None), ("yue", None), ("wuu", None), ("lzh", None)];

/// Words of one language, each with the places where it is said.
type Asked<'a> = BTreeMap<&'a str, Vec<usize>>;

/// Gives phones to the words that have none, as an installed espeak-ng says them. Where it is not installed, or does not know
/// them, they keep none and the report says so: they are then timed by the words around them.
pub fn sound_out(transcript: &Transcript, said: &mut Pronunciation, report: &mut Report) {
    let mut languages: BTreeMap<Option<&str>, Asked<'_>> = BTreeMap::new();
    for Unsounded { word, text, language } in unsounded(transcript, said) {
        languages.entry(language.and_then(voice)).or_default().entry(text).or_default().push(word);
    }
    let mut not_installed = Asked::new();
    let mut unknown = Asked::new();
    for (voice, words) in languages {
        let Some(voice) = voice else {
            unknown.extend(words);
            continue;
        };
        let texts: Vec<&str> = words.keys().copied().collect();
        match espeak::phonemes(&texts, voice) {
            Ok(Some(phonemes)) => {
                for ((text, places), ipa) in words.into_iter().zip(phonemes) {
                    if !give(said, &places, ipa.as_deref()) {
                        unknown.insert(text, places);
                    }
                }
            }
            Ok(None) => not_installed.extend(words),
            Err(error) => {
                tell(codes::align::ESPEAK_FAILED, &words, report, |found| found.with("reason", error.to_string()));
            }
        }
    }
    tell(codes::align::NO_ESPEAK, &not_installed, report, |found| found);
    tell(codes::align::NO_SOUNDS, &unknown, report, |found| found);
}

/// The voice of a language.
fn voice(language: &str) -> Option<&str> {
    match VOICES.iter().find(|(named, _)| *named == language) {
        Some((_, voice)) => *voice,
        None => Some(language),
    }
}

fn give(said: &mut Pronunciation, places: &[usize], ipa: Option<&str>) -> bool {
    let Some(ipa) = ipa else { return false };
    let mut known = true;
    for place in places {
        known &= said.words.get_mut(*place).is_some_and(|word| give_phones(word, ipa));
    }
    known
}

/// One report for all words of a kind, with a few of them.
fn tell(code: Code, words: &Asked<'_>, report: &mut Report, more: impl Fn(Diagnostic) -> Diagnostic) {
    const SHOWN: usize = 3;
    let count: usize = words.values().map(Vec::len).sum();
    if count > 0 {
        let shown: Vec<&str> = words.keys().take(SHOWN).copied().collect();
        let found = Diagnostic::new(code, Location::FILE).with("count", count.to_string());
        report.push(more(found.with("text", shown.join(" "))));
    }
}
