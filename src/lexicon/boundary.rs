//! What stands between two words, as a [`Boundary`].

use crate::lang::{is_han, is_latin};
use crate::model::Boundary;

/// The boundary after the word `left` when `gap` stands between it and the next word, which begins with `right`.
/// The strongest mark decides; quotes and brackets are looked past.
pub(super) fn between(left: &str, gap: &str, right: Option<char>) -> Boundary {
    let last = left.chars().next_back();
    if gap.is_empty() {
        let edge = matches!((last, right), (Some(l), Some(r)) if is_han(l) && is_latin(r) || is_latin(l) && is_han(r));
        return if edge { Boundary::Word } else { Boundary::None };
    }
    // well-known, GPT-4, 约翰·史密斯, km/h: joined, not parted.
    if matches!(gap, "-" | "‐" | "‑" | "·" | "•" | "/" | "_" | "・" | "'" | "’") {
        return Boundary::Word;
    }
    let mut chars = gap.chars().peekable();
    let mut strongest = Boundary::Word;
    while let Some(c) = chars.next() {
        let strength = match c {
            '.' => full_stop(left, chars.peek().copied(), right),
            _ => of(c),
        };
        strongest = strongest.max(strength);
    }
    strongest
}

fn of(c: char) -> Boundary {
    match c {
        '。' | '．' | '｡' | '？' | '?' | '！' | '!' | '‼' | '⁉' | '؟' | '।' => Boundary::Sentence,
        '；' | ';' => Boundary::Semicolon,
        '，' | ',' | '：' | ':' | '…' | '⋯' | '､' | '،' => Boundary::Comma,
        '、' | '—' | '–' | '―' | '─' | '~' | '～' | '-' | '−' => Boundary::Weak,
        '(' | ')' | '（' | '）' | '[' | ']' | '【' | '】' | '〔' | '〕' | '{' | '}' | '｛' | '｝' => {
            Boundary::Weak
        }
        '"' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '《' | '》' | '〈' | '〉' | '«' | '»' | '＂' => {
            Boundary::Weak
        }
        _ => Boundary::Word,
    }
}

/// A full stop ends a sentence unless it ends a short form (`Dr. Li`, `U.S. market`, `J. Smith`) or joins (`a.m`).
fn full_stop(left: &str, next: Option<char>, right: Option<char>) -> Boundary {
    const SHORT: &[&str] = &["mr", "mrs", "ms", "dr", "prof", "st", "vs", "no", "fig", "e.g", "i.e"];
    let spelled = left.chars().count() == 1 && left.chars().all(|c| c.is_ascii_alphabetic() && c != 'I');
    let short = spelled || SHORT.iter().any(|s| s.eq_ignore_ascii_case(left));
    let joins = next.is_none() && right.is_some_and(|c| c.is_ascii_alphanumeric());
    // etc. and so on
    let goes_on = right.is_some_and(char::is_lowercase) && next == Some(' ');
    if short && right.is_some() || joins && !left.is_empty() && right.is_some_and(char::is_lowercase) || goes_on {
        Boundary::Word
    } else {
        Boundary::Sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_mark_decides_and_short_forms_end_nothing() {
        for (left, gap, right, expected) in [
            ("说", "：“", Some('我'), Boundary::Comma),
            ("士", "”，", Some('你'), Boundary::Comma),
            ("了", "。”", Some('他'), Boundary::Sentence),
            ("a", "、", Some('b'), Boundary::Weak),
            ("做", "", Some('A'), Boundary::Word),
            ("做", "", Some('好'), Boundary::None),
            ("Dr", ". ", Some('L'), Boundary::Word),
            ("end", ". ", Some('T'), Boundary::Sentence),
            ("etc", ". ", Some('a'), Boundary::Word),
            ("well", "-", Some('k'), Boundary::Word),
            ("x", " 🎉 ", Some('k'), Boundary::Word),
            ("x", "……", Some('k'), Boundary::Comma),
        ] {
            assert_eq!(between(left, gap, right), expected, "{left}{gap}{right:?}");
        }
    }
}
