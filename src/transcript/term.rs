//! How far back a term reaches from its gloss.

use super::vocabulary::{HAN_STOPS, LATIN_STOPS};
use crate::lang::is_han;

/// Longest Han term.
const MAX_HAN_TERM: usize = 12;
/// Longest term in words.
const MAX_WORDS: usize = 4;
/// How much of the article is searched for a term that recurs, and how much searching is done in all: with them the
/// work stays linear however many glosses there are.
const SEARCHED_BYTES: usize = 256 << 10;
const SEARCH_BUDGET_BYTES: usize = 64 << 20;

/// The article, asked whether a run of characters stands in it elsewhere.
#[derive(Debug)]
pub(super) struct Recurrence<'a> {
    text: &'a str,
    budget: usize,
}

impl<'a> Recurrence<'a> {
    /// Over the beginning of `text`.
    pub(super) fn new(text: &'a str) -> Self {
        let mut end = text.len().min(SEARCHED_BYTES);
        while !text.is_char_boundary(end) {
            end = end.saturating_sub(1);
        }
        Self { text: text.get(..end).unwrap_or_default(), budget: SEARCH_BUDGET_BYTES }
    }

    fn recurs(&mut self, run: &str) -> bool {
        let Some(left) = self.budget.checked_sub(self.text.len()) else { return false };
        self.budget = left;
        memchr::memmem::find_iter(self.text.as_bytes(), run.as_bytes()).nth(1).is_some()
    }
}

/// The end of `text` as long as `belongs` holds, at most `most` characters.
pub(super) fn trailing(text: &str, belongs: impl Fn(char) -> bool, most: usize) -> &str {
    let start = text.char_indices().rev().take(most).take_while(|(_, c)| belongs(*c)).last();
    start.and_then(|(at, _)| text.get(at..)).unwrap_or_default()
}

/// How far back a Han term reaches. Chinese does not mark words, so: not past punctuation, nor past a function
/// character; of what is left, a run that the article uses elsewhere, or as many characters as the gloss lets expect.
pub(super) fn han(before: &str, expected: usize, recurrence: &mut Recurrence<'_>) -> Option<usize> {
    let run = trailing(before, |c| is_han(c) || c == '·', MAX_HAN_TERM);
    let last = run.chars().next_back()?;
    if "我你您他她它们們这這那吗嗎呢了".contains(last) {
        return None;
    }
    // A term has two characters at least, so the last two are not held against it: 目的, 机会.
    let starts: Vec<usize> = run.char_indices().rev().map(|(at, _)| at).collect();
    let free = run.chars().rev().enumerate().position(|(i, c)| i >= 2 && HAN_STOPS.contains(c)).unwrap_or(starts.len());
    let free = free.saturating_sub(measured(run, free));
    let suffix = |chars: usize| starts.get(chars.saturating_sub(1)).and_then(|at| run.get(*at..));
    let transliterated = suffix(free).is_some_and(|run| run.contains('·'));
    let chars = if free <= expected || transliterated {
        free
    } else {
        let longest = (2..=free).rev().find(|chars| suffix(*chars).is_some_and(|run| recurrence.recurs(run)));
        longest.unwrap_or(expected.max(2))
    };
    suffix(chars).map(str::len)
}

/// How many of the last `free` characters of `run` are a measure word behind its number: `一次` of `一次大数据`.
fn measured(run: &str, free: usize) -> usize {
    let start = run.chars().count().saturating_sub(free);
    let number = |c: char| "一二两兩三四五六七八九十几幾每某多数數".contains(c);
    let measure = |c: char| "次个個种種项項位名家款条條套类類门門座台批段场場篇部本张張份件层層".contains(c);
    let before = start.checked_sub(1).and_then(|at| run.chars().nth(at)).unwrap_or(' ');
    let mut chars = std::iter::once(before).chain(run.chars().skip(start));
    let (first, second, third) = (chars.next(), chars.next(), chars.next());
    match (first, second, third) {
        _ if free < 3 => 0,
        (Some(n), Some(m), _) if number(n) && measure(m) => 1,
        (_, Some(n), Some(m)) if number(n) && measure(m) && free > 3 => 2,
        _ => 0,
    }
}

/// How far back a term in an alphabet reaches: over all words if Chinese text or punctuation stands before them;
/// otherwise over as many as the gloss lets expect (a word for two Han characters), or over words in capitals.
pub(super) fn latin(before: &str, inside: &str) -> Option<usize> {
    let belongs =
        |c: char| c.is_alphanumeric() && !is_han(c) || matches!(c, ' ' | '-' | '\'' | '’' | '.' | '&' | '+' | '/');
    let run = trailing(before, belongs, 60).trim_start();
    let words: Vec<&str> = run.split(' ').filter(|word| !word.is_empty()).collect();
    let among_han =
        before.strip_suffix(run)?.trim_end().chars().next_back().is_some_and(|c| c >= '\u{2E80}' || c == '“');
    // `Ministry of Education`: small words may stand between those in capitals.
    let titled = |word: &&&str| word.starts_with(char::is_uppercase) || matches!(**word, "of" | "for" | "and" | "the");
    let capitals = words.iter().rev().take_while(titled).count();
    let expected = inside.chars().filter(|c| c.is_alphabetic()).count().div_ceil(2);
    let count = match words.len() {
        all if among_han && all <= MAX_WORDS => all,
        _ if words.last().is_some_and(|word| word.starts_with(char::is_uppercase)) => capitals,
        all => expected.clamp(1, MAX_WORDS).min(all),
    };
    let words = words.get(words.len().saturating_sub(count)..)?;
    // Among Chinese even `the` is a term.
    let first = words.iter().position(|word| !LATIN_STOPS.contains(&word.to_lowercase().as_str()));
    let first = first.or(among_han.then_some(0))?;
    let term = words.get(first..)?.join(" ");
    run.ends_with(&term).then_some(term.len())
}
