//! Words of languages that the acoustic model has no phones of, and whose they are.

use crate::lang::{LangTag, is_han, is_latin};
use crate::model::{Pronunciation, SpokenWord, Transcript};
use unicode_script::{Script, UnicodeScript};

/// Languages that are not written in Latin letters: a Latin word among them is English.
const OTHER_SCRIPTS: &[&str] = &[
    "am", "ar", "be", "bg", "bn", "el", "fa", "gu", "he", "hi", "hy", "ja", "ka", "kk", "km", "kn", "ko", "ky", "lo",
    "mk", "ml", "mn", "mr", "my", "ne", "pa", "ru", "si", "sr", "ta", "te", "th", "tg", "uk", "ur",
];

/// Scripts that one language stands for where the transcript is in another one.
const LANGUAGES: &[(Script, &str)] = &[
    (Script::Hiragana, "ja"),
    (Script::Katakana, "ja"),
    (Script::Hangul, "ko"),
    (Script::Cyrillic, "ru"),
    (Script::Greek, "el"),
    (Script::Armenian, "hy"),
    (Script::Georgian, "ka"),
    (Script::Arabic, "ar"),
    (Script::Hebrew, "he"),
    (Script::Devanagari, "hi"),
    (Script::Thai, "th"),
];

/// Latin words of a transcript in `lang` are not English: French, German.
pub(super) fn is_latin_language(lang: Option<&LangTag>) -> bool {
    lang.is_some_and(|lang| {
        !(lang.is_chinese()
            || lang.primary() == "en"
            || lang.primary() == "und"
            || OTHER_SCRIPTS.contains(&lang.primary()))
    })
}

/// A word without phones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsounded<'a> {
    /// Its index.
    pub word: usize,
    /// How it is written.
    pub text: &'a str,
    /// Its language, as [`LangTag::primary`]; `None` if it is not known, or the word has Han characters, which only a
    /// dictionary of Japanese or Korean could read.
    pub language: Option<&'a str>,
}

/// The words that have no phones, in order.
pub fn unsounded<'a>(transcript: &'a Transcript, said: &Pronunciation) -> Vec<Unsounded<'a>> {
    let without = |word: &SpokenWord| word.units.iter().all(|unit| unit.phones.is_empty());
    let words = said.words.iter().enumerate().filter(|(_, word)| without(word));
    let text = |word: &SpokenWord| {
        let utterance = transcript.utterance(word.at.part)?;
        utterance.text.plain.get(word.at.range.start as usize..word.at.range.end as usize)
    };
    let found = words.filter_map(|(index, word)| {
        let text = text(word)?;
        Some(Unsounded { word: index, text, language: language(text, transcript.lang.as_ref()) })
    });
    found.collect()
}

fn language<'a>(text: &str, lang: Option<&'a LangTag>) -> Option<&'a str> {
    if text.chars().any(is_han) {
        return None;
    }
    let spoken = lang.filter(|lang| !lang.is_chinese() && lang.primary() != "en").map(LangTag::primary);
    let latin = text.chars().any(is_latin);
    if latin {
        return spoken.filter(|_| is_latin_language(lang));
    }
    let mut scripts = text.chars().map(|c| c.script());
    let Some(script) = scripts.find(|script| !matches!(script, Script::Common | Script::Inherited)) else {
        // A number.
        return spoken;
    };
    let of_script = LANGUAGES.iter().find(|(its, _)| *its == script).map(|(_, language)| *language);
    // Ukrainian and Bulgarian are in the script of Russian, and so on.
    spoken.filter(|spoken| OTHER_SCRIPTS.contains(spoken) && !matches!(of_script, Some("ja" | "ko"))).or(of_script)
}
