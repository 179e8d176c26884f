//! Sentences and lengths, as far as a layout shows them.

use super::line::is_blank;
use crate::measure::Ruler;

/// Text of more columns than this is no title, name or credit; nothing longer is measured.
const LONGEST_MEASURED_BYTES: usize = 1200;
/// Without any punctuation, text of this many columns still reads like speech rather than like a name or a date.
const SPEECH_COLUMNS: u32 = 40;

/// Ends a sentence; an ellipsis and a dash end one that is broken off.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '!' | '?' | '…' | '.' | '｡' | '—' | '～' | '؟' | '।')
}

/// The text ends as a sentence does, closing quotation marks, brackets and emphasis aside.
pub(super) fn is_finished(text: &str) -> bool {
    let closing = |c: char| {
        is_blank(c) || matches!(c, '”' | '’' | '"' | '\'' | '」' | '』' | ')' | '）' | ']' | '】' | '*' | '_' | '》')
    };
    text.trim_end_matches(closing).ends_with(ends_sentence)
}

/// It reads like something said: whole sentences, or long.
pub(super) fn is_speechlike(text: &str) -> bool {
    is_finished(text) || columns(text) >= SPEECH_COLUMNS
}

/// Width in columns, a Han character being two; `u32::MAX` for anything long.
pub(super) fn columns(text: &str) -> u32 {
    if text.len() > LONGEST_MEASURED_BYTES {
        return u32::MAX;
    }
    Ruler::Columns.width(text).as_halves().div_ceil(2)
}

/// Sentences are hardly ever longer, in characters.
const CHARS_A_MARK: usize = 150;

/// Its sentences end with punctuation: one mark in 150 characters at least. Raw recognisers' output has none.
pub(super) fn is_punctuated(text: &str) -> bool {
    let sample = || text.chars().take(50_000);
    let ends = sample().filter(|c| matches!(c, '。' | '！' | '？' | '!' | '?' | '.' | '؟' | '।')).count();
    ends > 0 && sample().count() <= ends.saturating_mul(CHARS_A_MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finished_and_speechlike() {
        assert!(is_finished("好。”") && is_finished("**Yes.**") && !is_finished("宣传科"));
        assert!(is_speechlike("why?") && !is_speechlike("Ann Lee"));
        assert_eq!(columns("从idea"), 6);
    }
}
