//! Punctuation: which kind, and whether it is Chinese punctuation typed in half width.

use crate::lang::is_han;

/// What a punctuation mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// `。？！`, and `.` `?` `!` where a sentence ends.
    Sentence,
    /// `；：`.
    Clause,
    /// `，`, `…`, a dash.
    Comma,
    /// `、`.
    Item,
    /// An opening bracket or quotation mark.
    Open,
    /// A closing one.
    Close,
    /// Anything else: part of what it stands in.
    Other,
}

/// Opens something: nothing may end after it.
pub(crate) fn opens(c: char) -> bool {
    "“‘「『《〈（(［[【〔｛{".contains(c)
}

/// Closes something: nothing may begin with it.
pub(crate) fn closes(c: char) -> bool {
    "”’」』》〉）)］]】〕｝}".contains(c)
}

/// The kind of the punctuation mark that `text` has at byte `at`; `None` if there is none. Straight quotation marks are
/// left to the tokenizer, which counts them.
pub(crate) fn punct_at(text: &str, at: usize) -> Option<Mark> {
    let c = text.get(at..)?.chars().next()?;
    Some(match c {
        '。' | '？' | '！' | '?' | '!' | '．' | '｡' => Mark::Sentence,
        '；' | '：' => Mark::Clause,
        '，' | '…' | '⋯' | '—' | '–' => Mark::Comma,
        '、' => Mark::Item,
        '.' | ',' | ';' | ':' if between_digits(text, at) => Mark::Other,
        '.' if ends_sentence(text, at) => Mark::Sentence,
        ';' | ':' if spaced(text, at) => Mark::Clause,
        ',' if spaced(text, at) => Mark::Comma,
        _ if opens(c) => Mark::Open,
        _ if closes(c) => Mark::Close,
        _ if c.is_alphanumeric() || c.is_whitespace() => return None,
        _ => Mark::Other,
    })
}

/// The characters around the (one-byte) mark at `at`.
fn around(text: &str, at: usize) -> (Option<char>, Option<char>) {
    let before = text.get(..at).and_then(|s| s.chars().next_back());
    (before, text.get(at.saturating_add(1)..).and_then(|s| s.chars().next()))
}

/// `1,000` `3.5` `3:1` `12:30`.
fn between_digits(text: &str, at: usize) -> bool {
    matches!(around(text, at), (Some(a), Some(b)) if a.is_ascii_digit() && b.is_ascii_digit())
}

/// A half-width mark that parts what stands around it: a space, the end or Chinese follows, or Chinese is before it.
fn spaced(text: &str, at: usize) -> bool {
    let (before, after) = around(text, at);
    after.is_none_or(|c| c.is_whitespace() || !c.is_ascii()) || before.is_some_and(|c| !c.is_ascii())
}

/// A full stop that ends a sentence: not an abbreviation, an initial, or a point inside a name or number.
fn ends_sentence(text: &str, at: usize) -> bool {
    let (before, after) = around(text, at);
    if before.is_some_and(is_han) {
        return true;
    }
    let rest = text.get(at.saturating_add(1)..).unwrap_or_default();
    let next = rest.trim_start_matches(|c: char| closes(c) || c == '"' || c == '\'');
    if next.chars().next().is_some_and(|c| c.is_ascii() && !c.is_whitespace()) || after == Some('.') {
        return false;
    }
    // Bounded: an abbreviation is short.
    let word: Vec<char> = text
        .get(..at)
        .unwrap_or_default()
        .chars()
        .rev()
        .take(6)
        .take_while(|c| c.is_alphanumeric() || *c == '.')
        .collect();
    let word: String = word.into_iter().rev().collect();
    let initial = word.chars().count() == 1 && word != "I" && word.chars().all(char::is_uppercase);
    let goes_on = next.trim_start().chars().next().is_some_and(char::is_lowercase);
    // `No. 5`, but `No. The roof was sold`.
    let answer = word == "No" && !next.trim_start().starts_with(|c: char| c.is_ascii_digit());
    !initial && !goes_on && (answer || !ABBREVIATIONS.contains(&word.as_str()))
}

/// What a full stop belongs to and a capital may follow.
const ABBREVIATIONS: &[&str] =
    &["Mr", "Mrs", "Ms", "Dr", "Prof", "St", "vs", "No", "Jr", "Sr", "e.g", "i.e", "Gen", "Sen"];
