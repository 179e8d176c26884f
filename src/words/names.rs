//! Names that no dictionary has, learnt from how a text uses them.

use super::chinese;
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
    before: Vec<char>,
    after: Vec<char>,
}

impl Judge {
    /// Learns the names in `texts`, and takes `names` (speakers) as they are. Linear in the texts.
    pub fn learn<'a>(texts: impl IntoIterator<Item = &'a str>, names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut seen: HashMap<&str, Seen> = HashMap::new();
        for text in texts {
            for token in tokens(text).iter().filter(|t| unknown(t, text)) {
                note(text, token, &mut seen);
            }
        }
        let learnt = seen.iter().filter(|(_, seen)| seen.count >= SEEN).map(|(word, seen)| seen.name(word));
        let given = names.into_iter().filter(|n| n.chars().nth(1).is_some() && n.chars().all(is_han)).map(str::to_owned);
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

/// A Chinese word of two characters or more that jieba made up.
fn unknown(token: &Token, text: &str) -> bool {
    let word = token.text(text);
    matches!(token.kind, Kind::Han(_)) && word.chars().nth(1).is_some() && !chinese::in_dictionary(word)
}

fn note<'a>(text: &'a str, token: &Token, seen: &mut HashMap<&'a str, Seen>) {
    let word = text.get(token.range.clone()).unwrap_or_default();
    let before = text.get(..token.range.start).unwrap_or_default().chars().rev();
    let after = text.get(token.range.end..).unwrap_or_default().chars();
    let entry = seen.entry(word).or_default();
    common(&mut entry.before, before, entry.count == 0);
    common(&mut entry.after, after, entry.count == 0);
    entry.count = entry.count.saturating_add(1);
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
