//! Words with times that a speech recogniser gave, found again in the text that they belong to.

use crate::model::{CueWord, Heard};
use crate::time::TimeRange;
use std::ops::Range;

/// A word as the file has it.
#[derive(Debug)]
pub(in crate::codec) struct Word {
    /// As written, with any space around it.
    pub(in crate::codec) text: String,
    pub(in crate::codec) range: TimeRange,
    /// Probability of the word, 0 to 1.
    pub(in crate::codec) score: Option<f32>,
    /// Who says it.
    pub(in crate::codec) speaker: Option<String>,
}

impl Word {
    /// The word as evidence.
    pub(in crate::codec) fn heard(self) -> CueWord {
        CueWord { text: self.text, range: self.range, how: Heard::Recognised, score: self.score }
    }
}

/// How far ahead of the last word the next is looked for, in bytes: a few words that were written otherwise. A bound keeps the
/// search linear.
const AHEAD: usize = 256;

/// Brings words to the spelling that they have in `plain`, and says where each stands. Words that are not found there (bytes
/// of one character in two tokens, a number written out) become one, for what stands between their neighbours; what has no
/// such place keeps its spelling and an empty range.
pub(in crate::codec) fn place(plain: &str, words: Vec<Word>) -> Vec<(Word, Range<usize>)> {
    let mut placed = Vec::with_capacity(words.len());
    let (mut from, mut lost) = (0usize, None::<Word>);
    for mut word in words {
        let text = word.text.trim();
        if text.is_empty() {
            continue;
        }
        let Some(at) = find(plain, from, text) else {
            lost = Some(match lost {
                Some(before) => joined(before, word),
                None => word,
            });
            continue;
        };
        settle(plain, from..at, lost.take(), &mut placed);
        from = at.saturating_add(text.len());
        word.text = text.to_owned();
        placed.push((word, at..from));
    }
    settle(plain, from..plain.len(), lost, &mut placed);
    placed
}

fn find(plain: &str, from: usize, text: &str) -> Option<usize> {
    let mut end = from.saturating_add(text.len()).saturating_add(AHEAD).min(plain.len());
    while !plain.is_char_boundary(end) {
        end = end.saturating_add(1);
    }
    plain.get(from..end)?.find(text).map(|at| from.saturating_add(at))
}

fn joined(before: Word, after: Word) -> Word {
    let score = before.score.zip(after.score).map(|(a, b)| a.min(b));
    let range = TimeRange::new(before.range.start, after.range.end);
    Word { text: before.text + &after.text, range, score, speaker: before.speaker.or(after.speaker) }
}

fn settle(plain: &str, gap: Range<usize>, lost: Option<Word>, placed: &mut Vec<(Word, Range<usize>)>) {
    let Some(mut word) = lost else { return };
    let inside = plain.get(gap.clone()).unwrap_or_default();
    let text = inside.trim();
    let at = gap.start.saturating_add(inside.len().saturating_sub(inside.trim_start().len()));
    if text.is_empty() {
        word.text = word.text.trim().to_owned();
        return placed.push((word, gap.start..gap.start));
    }
    word.text = text.to_owned();
    placed.push((word, at..at.saturating_add(text.len())));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Time;

    fn placed(plain: &str, words: &[&str]) -> Vec<(String, Range<usize>)> {
        let range = TimeRange::new(Time::ZERO, Time::from_seconds(1));
        let word = |text: &&str| Word { text: (*text).to_owned(), range, score: Some(0.5), speaker: None };
        place(plain, words.iter().map(word).collect()).into_iter().map(|(word, at)| (word.text, at)).collect()
    }

    #[test]
    fn words_are_found_in_order() {
        assert_eq!(placed("one, two", &[" one", " two"]), [("one".into(), 0..3), ("two".into(), 5..8)]);
        assert_eq!(placed("字幕在", &["字", "\u{FFFD}", "\u{FFFD}", "在"])[1], ("幕".into(), 3..6));
        assert_eq!(placed("in 1999 too", &["in", "nineteen", "too"])[1], ("1999".into(), 3..7));
        assert_eq!(placed("one", &["one", "more"])[1], ("more".into(), 3..3));
    }
}
