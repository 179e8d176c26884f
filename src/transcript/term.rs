//! How far back a term reaches from its gloss.

use super::vocabulary::{HAN_LEADS, HAN_PREFIXES, HAN_STOPS, LATIN_STOPS};
use crate::lang::is_han;
use crate::words::{Judge, Place};

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

/// How far back a Han term reaches. Chinese does not mark words, so: it begins with a word, not past punctuation, nor
/// past a function word; of what is left, the longest run that the article uses elsewhere, or the one whose length is
/// nearest to what the gloss lets expect.
pub(super) fn han(before: &str, expected: usize, recurrence: &mut Recurrence<'_>) -> Option<usize> {
    let run = trailing(before, |c| is_han(c) || c == '·', MAX_HAN_TERM);
    let last = run.chars().next_back()?;
    if "我你您他她它们們这這那吗嗎呢了".contains(last) {
        return None;
    }
    if let Some(name) = transliterated(run) {
        return Some(name.len());
    }
    let starts: Vec<&str> = starts(run).into_iter().map(without_verb).collect();
    let longest = starts.last().copied().unwrap_or(run);
    let chars = |text: &str| text.chars().count();
    if chars(longest) <= expected {
        return Some(longest.len());
    }
    let recurring = starts.iter().rev().find(|run| recurrence.recurs(run));
    let nearest = || starts.iter().min_by_key(|run| chars(run).abs_diff(expected));
    Some(recurring.or_else(nearest).copied().unwrap_or(run).len())
}

/// A name in syllables with its dots: 埃隆·马斯克, without what stands before it as far as function characters tell.
fn transliterated(run: &str) -> Option<&str> {
    let dot = run.find('·')?;
    let first = run.get(..dot)?.char_indices().rev().take_while(|(_, c)| !HAN_STOPS.contains(*c)).last()?;
    run.get(first.0..)
}

/// The ends of `run` that a term may be, from the shortest: they begin with a word, and no function word is inside. A
/// term has two characters at least.
fn starts(run: &str) -> Vec<&str> {
    let breaks = Judge::default().breaks(run, &[]);
    let edges = breaks.iter().rev().filter(|edge| edge.place != Place::Inside).map(|edge| edge.at as usize);
    let mut starts: Vec<&str> = Vec::new();
    let mut end = run.len();
    for edge in edges.chain([0]) {
        let (Some(word), Some(rest)) = (run.get(edge..end), run.get(edge..)) else { continue };
        let long = run.get(end..).is_some_and(|behind| behind.chars().nth(1).is_some());
        if long && (is_function_word(word) || is_measure(run.get(..edge).unwrap_or_default(), word)) {
            break;
        }
        // Nothing but the prefix of the word behind it: 無|人機.
        if HAN_PREFIXES.contains(&word) && starts.len() == 1 {
            starts.clear();
        }
        if rest.chars().nth(1).is_some() {
            starts.push(rest);
        }
        end = edge;
    }
    starts
}

/// A dictionary may join a verb and what follows (做大|语言): these hardly begin a term.
fn without_verb(term: &str) -> &str {
    let rest = term.trim_start_matches(['做', '搞', '看', '弄']);
    if rest.chars().nth(2).is_some() { rest } else { term }
}

fn is_function_word(word: &str) -> bool {
    // Particles stand with the verb they complete: 研究过, 去了.
    let verb = word.trim_end_matches(['了', '过', '過', '着', '著', '的', '得', '到']);
    verb.len() < word.len() || word.chars().all(|c| HAN_STOPS.contains(c)) || HAN_LEADS.contains(&word)
}

/// A measure word behind its number, or both: `一|次`, `一次` of `一次大数据`.
fn is_measure(before: &str, word: &str) -> bool {
    let number = |c: char| "一二两兩三四五六七八九十几幾每某多数數".contains(c);
    let measure = |c: char| "次个個种種项項位名家款条條套类類门門座台批段场場篇部本张張份件层層".contains(c);
    let mut chars = word.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(m), None, _) => measure(m) && before.ends_with(number) || number(m),
        (Some(n), Some(m), None) => number(n) && measure(m),
        _ => false,
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
