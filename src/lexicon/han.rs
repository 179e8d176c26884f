//! Mandarin readings of Han characters: the usual one of each, and a table of words for characters with several.

use crate::lang::simplified;
use crate::model::Reading;
use pinyin::ToPinyin;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Readings of the characters of `run`, one each. `々` repeats the one before; a character without a known reading is
/// itself ([`Reading::Other`]).
pub(super) fn read(run: &str) -> Vec<Reading> {
    let chars: Vec<char> = run.chars().map(simplified).collect();
    let mut readings: Vec<Reading> = Vec::with_capacity(chars.len());
    for (at, (written, folded)) in run.chars().zip(&chars).enumerate() {
        let reading = match (written, readings.last()) {
            ('々', Some(previous)) => previous.clone(),
            _ => in_context(*folded, &chars, at).or_else(|| alone(written)).unwrap_or_else(|| unknown(written)),
        };
        readings.push(reading);
    }
    readings
}

fn unknown(c: char) -> Reading {
    Reading::Other(c.to_string().into())
}

/// The table's reading, by the longest listed word that stands around the character.
fn in_context(c: char, chars: &[char], at: usize) -> Option<Reading> {
    let entry = POLYPHONES.get(&c)?;
    let stands = |word: &&Word| {
        let start = at.checked_sub(word.at)?;
        chars.get(start..)?.starts_with(&word.chars).then_some(())
    };
    let listed = entry.words.iter().find(|word| stands(word).is_some()).map(|word| word.reading);
    listed.or(entry.usual).and_then(syllable)
}

/// The usual reading of a character.
fn alone(c: char) -> Option<Reading> {
    if c == '〇' {
        return syllable("ling2");
    }
    syllable(c.to_pinyin()?.with_tone_num_end())
}

/// `zhong4` as a syllable; no digit is the neutral tone, `ü` is `v`.
fn syllable(text: &str) -> Option<Reading> {
    let tone = text.chars().find_map(|c| c.to_digit(10)).and_then(|t| u8::try_from(t).ok()).unwrap_or(5);
    let letters = text.chars().map(|c| if c == 'ü' { 'v' } else { c }).filter(|c| c.is_ascii_lowercase() || *c == 'ê');
    let pinyin: String = letters.collect();
    (!pinyin.is_empty()).then(|| Reading::Mandarin { pinyin: pinyin.into(), tone })
}

/// A character of the table.
#[derive(Default)]
struct Polyphone {
    usual: Option<&'static str>,
    /// Longest first, then the one that starts latest (`得到` before `我得`), so that the first that stands wins.
    words: Vec<Word>,
}

/// A word that fixes the reading of one of its characters.
struct Word {
    chars: Box<[char]>,
    /// Which of them.
    at: usize,
    reading: &'static str,
}

const TABLE: &str = include_str!("polyphones.txt");

static POLYPHONES: LazyLock<HashMap<char, Polyphone>> = LazyLock::new(|| {
    let mut table: HashMap<char, Polyphone> = HashMap::new();
    for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
        let mut fields = line.split_whitespace();
        let (Some(c), Some(reading)) = (fields.next().and_then(|f| f.chars().next()), fields.next()) else { continue };
        let entry = table.entry(c).or_default();
        let before = entry.words.len();
        for word in fields {
            let chars: Box<[char]> = word.chars().collect();
            let places = chars.iter().enumerate().filter(|(_, x)| **x == c).map(|(at, _)| at);
            entry.words.extend(places.map(|at| Word { chars: chars.clone(), at, reading }));
        }
        if entry.words.len() == before {
            entry.usual = Some(reading);
        }
    }
    for entry in table.values_mut() {
        entry.words.sort_by_key(|word| (std::cmp::Reverse(word.chars.len()), word.at));
    }
    table
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::mandarin;
    use crate::model::PhoneClass;

    fn pinyin(text: &str) -> String {
        let names = read(text).into_iter().map(|reading| reading.to_string());
        names.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_table_is_sorted_and_each_word_holds_its_character_once() {
        let lines: Vec<&str> = TABLE.lines().filter(|line| !line.starts_with('#')).collect();
        let mut seen = std::collections::HashSet::new();
        let mut order = Vec::new();
        for line in lines {
            let fields: Vec<&str> = line.split(' ').collect();
            assert!(syllable(fields[1]).is_some(), "{line}");
            assert_eq!(fields[0].chars().count(), 1, "{line}");
            for word in &fields[2..] {
                assert!(word.contains(fields[0]), "`{word}` lacks {}", fields[0]);
                assert!(seen.insert((fields[0], *word)), "`{word}` is listed twice under {}", fields[0]);
                order.push((fields[0], fields[1], *word));
            }
        }
        assert!(order.is_sorted(), "sort by character, reading, word");
        assert!(order.len() > 1000);
    }

    #[test]
    fn every_reading_has_phones() {
        let rows = TABLE.lines().filter(|line| !line.starts_with('#'));
        let listed = rows.filter_map(|line| syllable(line.split(' ').nth(1)?));
        let usual = ('\u{2E80}'..='\u{3FFFF}').filter_map(alone);
        let mut lacking = std::collections::BTreeSet::new();
        let mut known = std::collections::BTreeSet::new();
        for reading in usual.chain(listed) {
            let Reading::Mandarin { pinyin, .. } = reading else { unreachable!() };
            let classes: Vec<PhoneClass> = mandarin::phones(&pinyin).iter().map(|phone| phone.row().class).collect();
            match classes[..] {
                [PhoneClass::Final] | [PhoneClass::Initial, PhoneClass::Final] => known.insert(pinyin),
                _ if mandarin::is_interjection(&pinyin) && !classes.is_empty() => known.insert(pinyin),
                _ => lacking.insert(pinyin),
            };
        }
        assert!(lacking.is_empty(), "{lacking:?}");
        assert!(known.len() > 400, "{}", known.len());
    }

    #[test]
    fn a_usual_reading_is_listed_only_where_the_crate_has_another() {
        let usual = POLYPHONES.iter().filter_map(|(c, entry)| Some((*c, syllable(entry.usual?))));
        let idle: Vec<char> = usual.filter(|(c, reading)| alone(*c) == *reading).map(|(c, _)| c).collect();
        assert!(idle.is_empty(), "{idle:?}");
    }

    #[test]
    fn traditional_text_is_read_by_the_same_words() {
        assert_eq!(pinyin("銀行行長"), pinyin("银行行长"));
        assert_eq!(pinyin("還有覺得"), "hai2 you3 jue2 de5");
        assert_eq!(pinyin("頭髮"), "tou2 fa4");
    }
}
