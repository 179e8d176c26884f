//! The language that numbers and signs are said in, at each place of a text.

use crate::lang::{LangTag, is_han, is_latin};

/// How to read at a place; moves forward through one text.
pub(super) struct Manner {
    /// Han characters are read in Mandarin; in Japanese or Korean each stands for itself.
    pub mandarin: bool,
    /// The text is in capitals throughout.
    pub shouting: bool,
    /// Where each sentence ends, and whether numbers in it are said in Chinese.
    sentences: Vec<(usize, bool)>,
    current: usize,
}

impl Manner {
    /// For a text of a transcript in `lang`.
    pub(super) fn of(text: &str, lang: Option<&LangTag>) -> Self {
        let mandarin = !lang.is_some_and(|lang| matches!(lang.primary(), "ja" | "ko"));
        let chinese = lang.is_none_or(LangTag::is_chinese) || !mandarin;
        Self { mandarin, shouting: shouting(text), sentences: sentences(text, chinese), current: 0 }
    }

    /// For the reading of a number: Han characters or English words.
    pub(super) fn inner(&self, words: &str) -> Self {
        let sentences = vec![(words.len(), words.chars().any(is_han))];
        Self { mandarin: self.mandarin, shouting: false, sentences, current: 0 }
    }

    /// Goes to the sentence that holds `at`, which never goes back.
    pub(super) fn move_to(&mut self, at: usize) {
        while self.sentences.get(self.current).is_some_and(|(end, _)| *end <= at) {
            self.current = self.current.saturating_add(1);
        }
    }

    /// Numbers at `at` (in the current sentence) are said in Chinese: Han characters stand in the sentence, and it is not
    /// between words of an English quotation.
    pub(super) fn chinese_at(&self, text: &str, at: usize) -> bool {
        let chinese = self.sentences.get(self.current).or(self.sentences.last()).is_none_or(|(_, chinese)| *chinese);
        chinese && !quoted(text, at)
    }
}

/// English words on both sides, a space away: `I have 3 dogs` inside a Chinese sentence.
fn quoted(text: &str, at: usize) -> bool {
    const NEAR: usize = 16;
    let mut before = text.get(..at).unwrap_or_default().chars().rev();
    let after = text.get(at..).unwrap_or_default();
    let spaced = before.next() == Some(' ') && before.next().is_some_and(|c| c.is_ascii_lowercase());
    let mut rest = after.chars().take(NEAR).skip_while(|c| !c.is_whitespace() && !is_han(*c));
    spaced && rest.next() == Some(' ') && rest.next().is_some_and(|c| c.is_ascii_lowercase())
}

/// At least three words of three letters and more, and not a small one. (`AI`, `R&D` and the like say nothing.)
fn shouting(text: &str) -> bool {
    let words = text.split(|c| !is_latin(c)).filter(|word| word.len() >= 3).take(3).count();
    words == 3 && !text.chars().any(|c| is_han(c) || is_latin(c) && !c.is_uppercase())
}

/// Ends of sentences, each with whether it is Chinese. One with hardly a letter is like the text, or like the
/// transcript.
fn sentences(text: &str, chinese: bool) -> Vec<(usize, bool)> {
    let whole = script(text).unwrap_or(chinese);
    let mut sentences = Vec::new();
    let mut from = 0usize;
    let mut chars = text.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let stops = match c {
            '。' | '！' | '？' | '!' | '?' | '\n' => true,
            '.' => chars.peek().is_some_and(|(_, next)| *next == ' '),
            _ => false,
        };
        if stops {
            let end = i.saturating_add(c.len_utf8());
            sentences.push((end, script(text.get(from..end).unwrap_or_default()).unwrap_or(whole)));
            from = end;
        }
    }
    sentences.push((text.len(), script(text.get(from..).unwrap_or_default()).unwrap_or(whole)));
    sentences
}

/// Chinese if there are Han characters (or Japanese, Korean), English if there are two Latin words; else unknown.
fn script(text: &str) -> Option<bool> {
    if text.chars().any(is_han) {
        return Some(true);
    }
    let words = text.split(|c| !is_latin(c)).filter(|word| word.len() > 1);
    (words.take(2).count() == 2).then_some(false)
}
