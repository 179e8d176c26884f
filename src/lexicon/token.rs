//! Text to words that are said: what begins at each place, and how it is read.

use super::other::{self, Kind};
use super::{context::Manner, han, latin, narrow, number, offsets, symbol, telephone};
use crate::lang::{is_han, is_latin};
use crate::model::{Reading, Unit};
use std::ops::Range;

/// A word with its place and its syllables.
pub(super) struct Token {
    pub range: Range<usize>,
    pub units: Vec<Unit>,
}

/// Longest run of letters that is taken for one word; the rest goes on as another.
const LONGEST_RUN: usize = 64;

/// Every word in `range` of `text`, in order.
pub(super) fn tokens(text: &str, range: Range<usize>, manner: &mut Manner) -> Vec<Token> {
    let mut out = Vec::new();
    let mut at = range.start;
    while let Some(c) = text.get(at..range.end).and_then(|rest| rest.chars().next()) {
        manner.move_to(at);
        let before = out.len();
        read_one(text, at..range.end, c, manner, &mut out);
        let end = out.get(before..).and_then(<[Token]>::last).map(|token| token.range.end);
        at = end.unwrap_or(at).max(at.saturating_add(c.len_utf8()));
    }
    out
}

/// Reads what begins at `range.start`: a run of Han characters, a number, a word, a sign, or nothing.
fn read_one(text: &str, range: Range<usize>, c: char, manner: &Manner, out: &mut Vec<Token>) {
    let at = range.start;
    if is_han(c) {
        return han_run(text, range, manner, out);
    }
    let rest = text.get(range.clone()).unwrap_or_default();
    let token = number_at(text, rest, at, c, manner)
        .or_else(|| is_word_letter(c).then(|| word(rest, at, manner)))
        .or_else(|| sign(text, at, c, manner))
        .or_else(|| c.is_alphanumeric().then(|| other_run(rest, at, c)));
    out.extend(token);
}

fn han_run(text: &str, range: Range<usize>, manner: &Manner, out: &mut Vec<Token>) {
    let rest = text.get(range.clone()).unwrap_or_default();
    let run = prefix(rest, usize::MAX, is_han);
    let readings = if manner.mandarin { han::read(run) } else { Vec::new() };
    let mut readings = readings.into_iter();
    for (i, c) in run.char_indices() {
        let begin = range.start.saturating_add(i);
        let place = begin..begin.saturating_add(c.len_utf8());
        let reading = readings.next().unwrap_or_else(|| Reading::Other(c.to_string().into()));
        out.push(Token { units: vec![Unit::new(reading, offsets(place.clone()))], range: place });
    }
}

/// A number, or a sign that only counts before one.
fn number_at(text: &str, rest: &str, at: usize, c: char, manner: &Manner) -> Option<Token> {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let may_begin = match narrow(c) {
        '0'..='9' | '$' | '¥' | '€' | '£' | '№' => true,
        '#' => !before.is_some_and(char::is_alphanumeric),
        '.' => !before.is_some_and(|b| b.is_alphanumeric() || b == '.'),
        'N' | 'n' | 'U' | 'H' => {
            !before.is_some_and(char::is_alphanumeric) && NAMED.iter().any(|n| rest.starts_with(n))
        }
        _ => false,
    };
    let chinese = manner.chinese_at(text, at);
    let telephone = chinese && may_begin && telephone::is_near(text, at);
    let context = number::Context { chinese, before, telephone };
    let said = may_begin.then(|| number::read(rest, context))??;
    spoken(&said.words, at..at.saturating_add(said.len), manner)
}

/// Letters that a number may begin with.
const NAMED: &[&str] = &["No.", "no.", "NO.", "US$", "HK$"];

fn sign(text: &str, at: usize, c: char, manner: &Manner) -> Option<Token> {
    let words = symbol::read(text, at, c, manner.chinese_at(text, at))?;
    spoken(words, at..at.saturating_add(c.len_utf8()), manner)
}

/// A word whose syllables are those of `words`, each standing for all of `range`.
pub(super) fn spoken(words: &str, range: Range<usize>, manner: &Manner) -> Option<Token> {
    let place = offsets(range.clone());
    let mut inner = manner.inner(words);
    let readings = tokens(words, 0..words.len(), &mut inner).into_iter().flat_map(|token| token.units);
    let units: Vec<Unit> = readings.map(|unit| Unit { range: place.clone(), ..unit }).collect();
    (!units.is_empty()).then_some(Token { range, units })
}

fn is_word_letter(c: char) -> bool {
    is_latin(narrow(c)) && c.is_alphabetic()
}

/// A Latin word: letters, accents that follow them, apostrophes between them.
fn word(rest: &str, at: usize, manner: &Manner) -> Token {
    let mut len = 0usize;
    let mut chars = rest.char_indices().take(LONGEST_RUN).peekable();
    while let Some((i, c)) = chars.next() {
        let next_is_letter = chars.peek().is_some_and(|(_, next)| is_word_letter(*next));
        if !(is_word_letter(c) || is_accent(c) || is_apostrophe(c) && next_is_letter) {
            break;
        }
        len = i.saturating_add(c.len_utf8());
    }
    let token = rest.get(..len).unwrap_or_default();
    Token { range: at..at.saturating_add(len), units: latin::read(token, at, manner.shouting) }
}

fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36F}').contains(&c)
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ')
}

/// A run of letters of another script.
fn other_run(rest: &str, at: usize, c: char) -> Token {
    let kind = other::kind(c);
    let same = |next: char| {
        let letter = next.is_alphanumeric() && !is_han(next) && !is_word_letter(next) && !next.is_ascii_digit();
        letter && other::kind(next) == kind || kind == Kind::Rest && is_mark(next)
    };
    let run = prefix(rest, LONGEST_RUN, same);
    Token { range: at..at.saturating_add(run.len()), units: other::read(run, at, kind) }
}

/// Vowel signs and the like, which are not letters: Devanagari, Thai, Arabic.
fn is_mark(c: char) -> bool {
    unicode_width::UnicodeWidthChar::width(c) == Some(0) && !c.is_control()
}

fn prefix(text: &str, limit: usize, holds: impl Fn(char) -> bool) -> &str {
    let mut chars = text.char_indices().enumerate();
    let end = chars.find(|(n, (_, c))| *n >= limit || *n > 0 && !holds(*c)).map_or(text.len(), |(_, (i, _))| i);
    text.get(..end).unwrap_or_default()
}
