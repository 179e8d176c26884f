//! Names that no dictionary has, learnt from how a text uses them.

use super::chinese::{self, Class};
use super::token::{Kind, Token, tokens};
use crate::lang::is_han;
use std::collections::HashMap;
use std::ops::Range;

/// An unknown word must stand in the text this often before its company is believed: fewer may be chance.
const SEEN: usize = 3;
/// A learnt name has at most this many characters.
const NAME_CHARS: usize = 6;

/// Judges breaks, knowing names that the dictionary lacks.
///
/// jieba cuts 无问芯穹 in three ways in one article. What it takes for an unknown word (芯穹) and what stands before or
/// after it every time (无问) are one name.
#[derive(Clone, Debug, Default)]
pub struct Judge {
    /// By their first two characters.
    names: HashMap<[char; 2], Vec<String>>,
}

/// An unknown word of the text, and the Han characters around it each time.
#[derive(Default)]
struct Seen {
    count: usize,
    /// jieba took it for a word at least once; else it left the two characters apart.
    word: bool,
    before: Vec<char>,
    after: Vec<char>,
}

/// What was seen in all texts.
#[derive(Default)]
struct Notes<'a> {
    seen: HashMap<&'a str, Seen>,
    /// How often a character stands as a word of its own.
    single: HashMap<&'a str, usize>,
}

impl Judge {
    /// Learns the names in `texts`, and takes `names` (speakers) as they are. Linear in the texts.
    pub fn learn<'a>(texts: impl IntoIterator<Item = &'a str>, names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut notes = Notes::default();
        for text in texts {
            notes.take(text);
        }
        let learnt = notes.seen.iter().filter(|(word, seen)| notes.is_name(word, seen));
        let learnt = learnt.map(|(word, seen)| seen.name(word));
        let given =
            names.into_iter().filter(|n| n.chars().nth(1).is_some() && n.chars().all(is_han)).map(str::to_owned);
        let mut names: HashMap<[char; 2], Vec<String>> = HashMap::new();
        for name in learnt.chain(given) {
            let same_start = first_two(&name).map(|key| names.entry(key).or_default());
            same_start.into_iter().for_each(|same| same.push(name.clone()));
        }
        Self { names }
    }

    /// Where the names stand in `text`.
    pub(super) fn known_names(&self, text: &str) -> Vec<Range<usize>> {
        if self.names.is_empty() {
            return Vec::new();
        }
        let at = |i: usize| {
            let rest = text.get(i..)?;
            let names = self.names.get(&first_two(rest)?)?.iter().filter(|name| rest.starts_with(name.as_str()));
            names.map(|name| i..i.saturating_add(name.len())).max_by_key(|range| range.end)
        };
        text.char_indices().filter_map(|(i, _)| at(i)).collect()
    }
}

fn first_two(text: &str) -> Option<[char; 2]> {
    let mut chars = text.chars();
    Some([chars.next()?, chars.next()?])
}

impl<'a> Notes<'a> {
    /// Takes note of every word that jieba made up, and of pairs of single characters that it left apart.
    fn take(&mut self, text: &'a str) {
        let tokens = tokens(text);
        let mut previous: Option<&Token> = None;
        for token in &tokens {
            let word = text.get(token.range.clone()).unwrap_or_default();
            let alone = is_single(token, word);
            if alone {
                let count = self.single.entry(word).or_default();
                *count = count.saturating_add(1);
            } else if matches!(token.kind, Kind::Han(_)) && !chinese::in_dictionary(word) {
                self.note(text, token.range.clone(), true);
            }
            if let Some(first) = previous.filter(|_| alone) {
                self.note(text, first.range.start..token.range.end, false);
            }
            previous = Some(token).filter(|_| alone);
        }
    }

    fn note(&mut self, text: &'a str, range: Range<usize>, word: bool) {
        let before = text.get(..range.start).unwrap_or_default().chars().rev();
        let after = text.get(range.end..).unwrap_or_default().chars();
        let entry = self.seen.entry(text.get(range).unwrap_or_default()).or_default();
        common(&mut entry.before, before, entry.count == 0);
        common(&mut entry.after, after, entry.count == 0);
        entry.count = entry.count.saturating_add(1);
        entry.word |= word;
    }

    /// Seen often enough; and two characters that jieba never joined are a name only if one of them never stands
    /// without the other.
    fn is_name(&self, word: &str, seen: &Seen) -> bool {
        let bound = |c: char| self.single.get(c.encode_utf8(&mut [0; 4]) as &str) == Some(&seen.count);
        seen.count >= SEEN && (seen.word || word.chars().any(bound))
    }
}

/// One Han character that names something or does something: no particle, pronoun or the like.
fn is_single(token: &Token, word: &str) -> bool {
    let open = matches!(token.kind, Kind::Han(Class::Noun | Class::Verb | Class::Adjective));
    open && word.chars().nth(1).is_none()
}

/// Keeps of `kept` what `chars` begins with too; all of it, the first time.
fn common(kept: &mut Vec<char>, chars: impl Iterator<Item = char>, first: bool) {
    let chars = chars.take_while(|c| is_han(*c)).take(NAME_CHARS);
    if first {
        kept.extend(chars);
    } else {
        let same = kept.iter().copied().zip(chars).take_while(|(a, b)| a == b).count();
        kept.truncate(same);
    }
}

impl Seen {
    /// The word with its constant company, as far as a name may be long.
    fn name(&self, word: &str) -> String {
        let room = NAME_CHARS.saturating_sub(word.chars().count());
        let before: Vec<char> = self.before.iter().copied().take(room).collect();
        let after = self.after.iter().take(room.saturating_sub(before.len()));
        before.iter().rev().chain(word.chars().collect::<Vec<_>>().iter()).chain(after).collect()
    }
}
