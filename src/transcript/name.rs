//! Is this what people are called? The form of a name, and the key under which its spellings meet.

use super::vocabulary;
use crate::lang::{is_han, is_latin};

/// Longest label, in characters: `某某大学副教授沈一鸣`, `Professor Maria de la Cruz`.
const MAX_CHARS: usize = 40;
/// Longest label in Han characters alone.
const MAX_HAN: usize = 16;
/// Longest label in words.
const MAX_WORDS: usize = 6;

/// How much a text looks like a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// It can be a label, but few names look so.
    Odd,
    /// A short word.
    Word,
    /// A surname, a title, capitals, initials, a role in an interview.
    Name,
}

/// The form of a possible name; `None` if nobody is called so (punctuation of sentences, no letters, too long).
pub(super) fn shape(name: &str) -> Option<Shape> {
    let (mut chars, mut han, mut letters) = (0usize, 0usize, 0usize);
    for c in name.chars() {
        chars = chars.saturating_add(1);
        han = han.saturating_add(usize::from(is_han(c)));
        letters = letters.saturating_add(usize::from(c.is_alphabetic()));
        if chars > MAX_CHARS || !belongs(c) {
            return None;
        }
    }
    // `Jr.` and `J.` may end a name; a longer word with a full stop ends a sentence.
    let sentence = name.ends_with('.')
        && name.rsplit(' ').next().is_some_and(|word| word.len() > 4 && !word.contains(char::is_uppercase));
    if letters == 0 || sentence || han > MAX_HAN || name.split_whitespace().count() > MAX_WORDS {
        return None;
    }
    let key = key(name);
    Some(match () {
        () if vocabulary::is_speaker_word(&key) => Shape::Name,
        () if han > 0 => han_shape(name, han),
        () => latin_shape(name),
    })
}

/// Characters of names: letters, digits, spaces, and what joins them.
fn belongs(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, ' ' | '\u{A0}' | '\u{3000}' | '.' | '-' | '‐' | '–' | '\'' | '’' | '&' | '/' | '#')
        // Escapes of the front ends: `Ann \\*Lee\\*`.
        || matches!(c, '\\' | '*')
        || matches!(c, '／' | '·' | '•' | '・' | '‧' | '、' | '_' | '丨' | '｜' | '《' | '》')
        || unicode_script::UnicodeScript::script(&c) == unicode_script::Script::Inherited
}

fn han_shape(name: &str, han: usize) -> Shape {
    let transliterated = name.contains(['·', '•', '・', '‧']);
    // `·` joins the halves of foreign names: 埃隆·马斯克.
    if transliterated || vocabulary::has_title(name) || (vocabulary::has_surname(name) && (2..=4).contains(&han)) {
        return if han <= 10 { Shape::Name } else { Shape::Odd };
    }
    if han <= 4 && !name.contains('、') { Shape::Word } else { Shape::Odd }
}

fn latin_shape(name: &str) -> Shape {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = |word: &&str| word.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| !c.is_lowercase());
    // Particles of names, and what joins two speakers.
    let particle = |word: &&str| {
        matches!(*word, "de" | "da" | "la" | "del" | "di" | "van" | "von" | "der" | "den" | "and" | "bin")
    };
    let first = words.first().is_some_and(capital);
    match () {
        () if first && words.len() <= 5 && words.iter().all(|w| capital(w) || particle(w)) => Shape::Name,
        () if words.len() <= 2 => Shape::Word,
        () => Shape::Odd,
    }
}

/// Under this the spellings of one label meet: case, width, spaces and dots do not count, nor the number of a question
/// (`Q1`, `问3`).
pub(super) fn key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars().map(half_width).filter(|c| !c.is_whitespace() && !is_ornament(*c)) {
        match c {
            '•' | '・' | '‧' => key.push('·'),
            '’' => key.push('\''),
            _ => key.extend(c.to_lowercase()),
        }
    }
    let length = without_number(&key).len();
    key.truncate(length);
    key
}

/// Characters around or in names that do not tell people apart: `J.D.`, `**Ann**`, `《南风窗》`.
fn is_ornament(c: char) -> bool {
    matches!(c, '.' | '*' | '_' | '\\' | '\u{200B}' | '《' | '》')
}

/// The name to show for a label: `Q` for `Q1`, 主持人 for `主 持 人`, which is spaced out to a width, and without the
/// escapes of the front ends.
pub(super) fn shown(name: &str) -> String {
    let single = |part: &str| part.chars().count() == 1 && part.chars().all(is_han);
    let mut shown = String::with_capacity(name.len());
    let mut joins = true;
    for part in without_number(name).split_whitespace() {
        if !(shown.is_empty() || joins && single(part)) {
            shown.push(' ');
        }
        joins = single(part);
        shown.extend(part.chars().filter(|c| *c != '\\'));
    }
    shown
}

/// `Q` for `Q1`, where the number is the question's, not the speaker's.
fn without_number(name: &str) -> &str {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if matches!(stem, "q" | "a" | "Q" | "A" | "问" | "答" | "問") { stem } else { name }
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c),
        _ => c,
    }
}

/// The surname a Latin name is called by in later labels: `CHANG` after `AILSA CHANG`.
pub(super) fn last_word(name: &str) -> Option<&str> {
    let (first, last) = name.trim().rsplit_once(' ')?;
    (!first.is_empty() && last.chars().all(|c| is_latin(c) || matches!(c, '-' | '\'' | '’'))).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_phrases() {
        for name in [
            "沈一鸣",
            "王老师",
            "主持人",
            "埃隆·马斯克",
            "Q",
            "J.D.",
            "MARY KELLY",
            "Maria de la Cruz",
            "Speaker 1",
            "嘉宾A",
        ] {
            assert_eq!(shape(name), Some(Shape::Name), "{name}");
        }
        for word in ["结果", "host b", "小明"] {
            assert_eq!(shape(word), Some(Shape::Word), "{word}");
        }
        assert_eq!(shape("我想说的其实很简单"), Some(Shape::Odd));
        for none in ["12", "好，那么", "why? because", "", "-", "one two three four five six seven"] {
            assert_eq!(shape(none), None, "{none}");
        }
    }

    #[test]
    fn spellings_of_one_label_share_a_key() {
        assert_eq!(key("Ｊ. D． Smith"), key("JD Smith"));
        assert_eq!(key("Q1"), key("Q"));
        assert_ne!(key("Speaker 1"), key("Speaker 2"));
        assert_eq!((key(r"Ann \*Lee\*"), shown(r"\_ops\_")), (key("Ann *Lee*"), "_ops_".to_owned()));
        assert_eq!(key("《南风窗》"), key("南风窗"));
        assert_eq!(
            (shown("主 持　人"), shown("Q1"), shown("刘 女士")),
            ("主持人".into(), "Q".into(), "刘 女士".into())
        );
        assert_eq!(last_word("Ailsa Chang"), Some("Chang"));
        assert_eq!(last_word("CHANG"), None);
    }
}
