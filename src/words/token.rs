//! Text to tokens: Han words with jieba's part of speech, Latin words, numbers, spaces, single marks.

use super::punct::{self, Mark};
use super::{chinese, english};
use crate::lang::is_han;
use std::ops::Range;

/// A piece of text that is one word, one number, one mark, or spaces.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Token {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// What it is.
    pub(super) kind: Kind,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A Chinese word.
    Han(chinese::Class),
    /// A word of letters, with digits, apostrophes, hyphens and points inside (`DeepMind`, `don't`, `GPT-4`).
    Latin(english::Class),
    /// Digits with what belongs to them (`1,000`, `0.8`, `50%`, `12:30`).
    Number,
    /// A punctuation mark or symbol.
    Mark(Mark),
    /// White space.
    Space {
        /// It holds a line feed: a paragraph ends.
        paragraph: bool,
    },
}

impl Token {
    /// Its text.
    pub(super) fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range.clone()).unwrap_or_default()
    }

    /// A word or number: something that is said.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Han(_) | Kind::Latin(_) | Kind::Number)
    }
}

/// The kinds of runs that the first look tells apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Run {
    Han,
    Word,
    Space,
    Mark,
}

fn run_of(c: char) -> Run {
    match c {
        _ if is_han(c) => Run::Han,
        _ if c.is_whitespace() => Run::Space,
        _ if c.is_alphanumeric() || is_combining(c) => Run::Word,
        _ => Run::Mark,
    }
}

/// Stays with the letter before it (variation selectors, joiners and accents too).
fn is_combining(c: char) -> bool {
    !c.is_ascii() && (unicode_width::UnicodeWidthChar::width(c) == Some(0))
}

/// The tokens of `text`; together they are the text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len().div_ceil(4));
    let mut quoted = false;
    let mut at = 0usize;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let run = run_of(c);
        let end = match run {
            Run::Han | Run::Space => end_of_run(text, at, run),
            Run::Word => end_of_word(text, at),
            Run::Mark => at.saturating_add(c.len_utf8()),
        };
        let range = at..end;
        at = end;
        match run {
            Run::Han => chinese::cut(text, range, &mut tokens),
            Run::Space => {
                let paragraph = text.get(range.clone()).is_some_and(|s| s.contains('\n'));
                quoted &= !paragraph;
                tokens.push(Token { range, kind: Kind::Space { paragraph } });
            }
            Run::Word => {
                let kind = word_kind(text.get(range.clone()).unwrap_or_default());
                tokens.push(Token { range, kind });
            }
            Run::Mark => {
                let mark = mark_of(text, range.start, c, &mut quoted);
                tokens.push(Token { range, kind: Kind::Mark(mark) });
            }
        }
    }
    tokens
}

/// Straight quotation marks open and close by turns.
fn mark_of(text: &str, at: usize, c: char, quoted: &mut bool) -> Mark {
    if c == '"' || c == '＂' {
        *quoted = !*quoted;
        return if *quoted { Mark::Open } else { Mark::Close };
    }
    punct::punct_at(text, at).unwrap_or(Mark::Other)
}

fn end_of_run(text: &str, start: usize, run: Run) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    rest.char_indices().find(|(_, c)| run_of(*c) != run).map_or(text.len(), |(i, _)| start.saturating_add(i))
}

/// A word or number goes on over a mark that joins letters or digits: `don't`, `GPT-4`, `0.8`, `1,000`, `a.b@c.org`.
fn end_of_word(text: &str, start: usize) -> usize {
    let mut before = None;
    let mut chars = text.get(start..).unwrap_or_default().char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let joined = run_of(c) == Run::Word || before.zip(next).is_some_and(|(a, b)| joins(a, c, b));
        if !joined {
            let percent = before.is_some_and(|c: char| c.is_ascii_digit()) && "%％°‰".contains(c);
            return start.saturating_add(i).saturating_add(if percent { c.len_utf8() } else { 0 });
        }
        before = Some(c);
    }
    text.len()
}

fn joins(before: char, c: char, after: char) -> bool {
    let digits = before.is_ascii_digit() && after.is_ascii_digit();
    let words = run_of(before) == Run::Word && run_of(after) == Run::Word;
    match c {
        '\'' | '’' | '-' | '_' | '@' | '&' | '.' | '/' => words,
        ',' | ':' => digits,
        _ => false,
    }
}

fn word_kind(word: &str) -> Kind {
    let number = word.chars().next().is_some_and(|c| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || ".,:/-%％°‰".contains(c));
    if number { Kind::Number } else { Kind::Latin(english::class(word)) }
}

/// Whether something may end at `at`, which lies at the start of or inside token `index`: UAX #14 allows it, or
/// Chinese punctuation in half width stands before it; but never inside a Chinese word or before a closing mark.
pub(super) fn may_break(text: &str, tokens: &[Token], index: usize, at: usize, allowed: bool) -> bool {
    let Some(token) = tokens.get(index) else { return false };
    let starts = token.range.start == at;
    if !starts {
        return allowed && matches!(token.kind, Kind::Latin(_));
    }
    let before = index.checked_sub(1).and_then(|i| tokens.get(i));
    let closed = match token.kind {
        Kind::Mark(mark) => !matches!(mark, Mark::Open | Mark::Other),
        Kind::Space { .. } => true,
        _ => false,
    };
    let spaced = before.is_some_and(|t| t.kind == Kind::Space { paragraph: false });
    let visible = index.checked_sub(if spaced { 2 } else { 1 }).and_then(|i| tokens.get(i));
    let opened = visible.is_some_and(|t| t.kind == Kind::Mark(Mark::Open));
    if closed || opened {
        return false;
    }
    let han = |t: Option<&Token>| t.is_some_and(|t| matches!(t.kind, Kind::Han(_)));
    let opens = token.kind == Kind::Mark(Mark::Open) && (han(before) || han(tokens.get(index.saturating_add(1))));
    allowed || opens || before.is_some_and(|t| parts(text, tokens, index, t))
}

/// Marks after which Chinese may break although UAX #14, seeing half-width forms, would not: `,“`, `》“`, `)到`, `?”你`
/// (and before which it may: `的“`, `idea(点子)`).
fn parts(text: &str, tokens: &[Token], index: usize, before: &Token) -> bool {
    let Kind::Mark(mark) = before.kind else { return false };
    let chinese =
        |t: &Token| t.text(text).chars().next().is_some_and(|c| is_han(c) || (punct::opens(c) && !c.is_ascii()));
    let after_chinese = index.checked_sub(2).and_then(|i| tokens.get(i)).is_some_and(&chinese);
    let before_chinese = tokens.get(index).is_some_and(chinese);
    match mark {
        Mark::Sentence | Mark::Clause | Mark::Comma | Mark::Item => after_chinese || before_chinese,
        Mark::Close => before_chinese,
        Mark::Open | Mark::Other => false,
    }
}
