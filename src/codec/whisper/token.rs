//! whisper.cpp's tokens, put together to words.

use super::segment::offsets;
use crate::codec::json;
use crate::codec::words::Word;
use crate::time::TimeRange;

/// A token that has a time.
pub(super) struct Token {
    text: String,
    range: TimeRange,
    p: Option<f32>,
}

/// Reads a token; `None` if it is not one or has no time.
pub(super) fn read(value: &str) -> Option<Token> {
    let (mut text, mut times, mut p) = (None, (None, None), None);
    json::fields(value, &mut |key, value| match key {
        "text" => text = json::string(value),
        "offsets" => times = offsets(value),
        "p" => p = json::share(value),
        _ => {}
    });
    let (start, end) = times;
    Some(Token { text: text?.into_owned(), range: TimeRange::new(start?, end?), p })
}

/// Words of tokens: a word begins at a space, and where a script without spaces is on either side. Its score is the mean of
/// its tokens', as openai-whisper's is. Tokens that control (`[_BEG_]`, `[_TT_50]`) are none.
pub(super) fn words(tokens: Vec<Token>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (mut sum, mut count) = (0f32, 0f32);
    for token in tokens.into_iter().filter(|token| !token.text.starts_with("[_")) {
        let Token { text, range, p } = token;
        match words.last_mut() {
            Some(word) if !begins(&word.text, &text) => {
                word.text.push_str(&text);
                word.range.end = range.end;
                (sum, count) = (sum + p.unwrap_or_default(), count + 1.0);
                word.score = word.score.and(p).map(|_| sum / count);
            }
            _ => {
                (sum, count) = (p.unwrap_or_default(), 1.0);
                words.push(Word { text, range, score: p, speaker: None });
            }
        }
    }
    words
}

/// Whether `next` is no continuation of the word `before`.
fn begins(before: &str, next: &str) -> bool {
    // From CJK radicals on, scripts are written without spaces; marks such as U+3002 stay with what they follow.
    let apart = |c: char| c >= '\u{2E80}' && c.is_alphanumeric();
    let first = next.chars().next();
    let after = before.chars().next_back();
    first.is_some_and(|c| c.is_whitespace() || apart(c))
        || (after.is_some_and(apart) && first.is_some_and(char::is_alphanumeric))
}
