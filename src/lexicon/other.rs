//! Scripts without rules of their own: kana by mora, Hangul by syllable, alphabets by vowel group, the rest by grapheme.

use crate::model::{Reading, Unit};
use unicode_script::{Script, UnicodeScript};
use unicode_segmentation::UnicodeSegmentation;

/// How a script's letters make syllables.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Japanese syllabaries.
    Kana,
    /// Each character is a syllable.
    Hangul,
    /// Letters around vowels.
    Alphabet,
    /// Anything else that is a letter or a number.
    Rest,
}

/// What kind of letter `c` is.
pub(super) fn kind(c: char) -> Kind {
    match c {
        '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' => Kind::Kana,
        _ => match c.script() {
            Script::Hangul => Kind::Hangul,
            Script::Cyrillic | Script::Greek | Script::Armenian | Script::Georgian | Script::Latin => Kind::Alphabet,
            _ => Kind::Rest,
        },
    }
}

/// Units of a run of one kind, which begins at `start`.
pub(super) fn read(run: &str, start: usize, kind: Kind) -> Vec<Unit> {
    let mut cuts: Vec<usize> = match kind {
        Kind::Kana => run.char_indices().filter(|(_, c)| !small_kana(*c)).map(|(i, _)| i).collect(),
        Kind::Alphabet => vowel_groups(run),
        Kind::Hangul | Kind::Rest => run.grapheme_indices(true).map(|(i, _)| i).collect(),
    };
    // A run may open with what only continues a syllable.
    match cuts.first_mut() {
        Some(first) => *first = 0,
        None => cuts.push(0),
    }
    let ends = cuts.iter().skip(1).copied().chain([run.len()]).collect::<Vec<_>>();
    let units = cuts.into_iter().zip(ends).map(|(from, to)| {
        let reading = Reading::Other(run.get(from..to).unwrap_or_default().to_lowercase().into());
        Unit::new(reading, super::offsets(start.saturating_add(from)..start.saturating_add(to)))
    });
    units.collect()
}

/// Kana that make one mora with the one before: きゃ, ファ.
fn small_kana(c: char) -> bool {
    "ぁぃぅぇぉゃゅょゎァィゥェォャュョヮｧｨｩｪｫｬｭｮﾞﾟ".contains(c)
}

/// Where syllables begin: one consonant goes with the vowel after it.
fn vowel_groups(run: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let (mut in_vowel, mut consonant) = (false, None);
    for (i, c) in run.char_indices() {
        let vowel = vowel(c);
        if vowel && !in_vowel {
            cuts.push(if cuts.is_empty() { 0 } else { consonant.unwrap_or(i) });
        }
        consonant = (!vowel).then_some(i);
        in_vowel = vowel;
    }
    cuts
}

fn vowel(c: char) -> bool {
    let lower = c.to_lowercase().next().unwrap_or(c);
    "аеёиіїоуыэюяєαάεέηήιίϊΐοόυύϋΰωώაეიოუաեէըիոօ".contains(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(run: &str) -> String {
        let units = read(run, 0, kind(run.chars().next().unwrap()));
        units.iter().map(|unit| unit.reading.to_string()).collect::<Vec<_>>().join(".")
    }

    #[test]
    fn each_script_has_its_syllables() {
        assert_eq!(said("きょうと"), "きょ.う.と");
        assert_eq!(said("안녕하세요"), "안.녕.하.세.요");
        assert_eq!(said("привет"), "при.вет");
        assert_eq!(said("λόγος"), "λό.γος");
        assert_eq!(said("бв"), "бв");
    }
}
