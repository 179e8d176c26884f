//! English words to syllables by rule: vowel groups, silent letters, suffixes, and a table of exceptions. What counts is
//! how many there are; where a syllable ends decides only which letters light up with it.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Where each syllable of a word begins, as indexes of `letters` (lower case, a-z); the first is always 0.
pub(super) fn starts(letters: &[char]) -> Vec<usize> {
    let word: String = letters.iter().collect();
    let stem = word.strip_suffix('s').filter(|stem| !stem.ends_with(['s', 'x', 'z']));
    let listed = EXCEPTIONS.get(word.as_str()).or_else(|| EXCEPTIONS.get(stem?));
    if let Some(cuts) = listed {
        return cuts.clone();
    }
    let nuclei = nuclei(letters);
    let mut starts = vec![0];
    for pair in nuclei.windows(2) {
        if let [left, right] = pair {
            starts.push(cut(letters, left.end, right.start));
        }
    }
    starts
}

/// A run of letters that makes one syllable sound.
#[derive(Clone, Copy, Debug)]
struct Nucleus {
    start: usize,
    end: usize,
}

/// Letters as asked for by index; `\0` outside.
#[derive(Clone, Copy)]
struct Letters<'a>(&'a [char]);

impl Letters<'_> {
    fn at(self, index: usize) -> char {
        self.0.get(index).copied().unwrap_or('\0')
    }

    /// The letter `back` places before `index`.
    fn before(self, index: usize, back: usize) -> char {
        index.checked_sub(back).map_or('\0', |i| self.at(i))
    }

    fn has(self, index: usize, text: &str) -> bool {
        self.0.get(index..).is_some_and(|rest| text.chars().enumerate().all(|(i, c)| rest.get(i) == Some(&c)))
    }

    /// From `index` on there is exactly `text`.
    fn ends(self, index: usize, text: &str) -> bool {
        self.has(index, text) && self.0.len() == index.saturating_add(text.len())
    }

    fn vowel_before(self, index: usize) -> bool {
        (0..index).any(|i| self.vowel(i))
    }

    fn vowel(self, index: usize) -> bool {
        let (c, next, previous) = (self.at(index), self.at(index.saturating_add(1)), self.before(index, 1));
        match c {
            'a' | 'e' | 'i' | 'o' => true,
            // qu-, gu- before a vowel: queen, guide, language
            'u' => !(plain_vowel(next) && (previous == 'q' || previous == 'g')),
            // yes, player; but by, gym, dying
            'y' => !(plain_vowel(next) && (index == 0 || plain_vowel(previous))),
            _ => false,
        }
    }
}

fn plain_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

fn nuclei(letters: &[char]) -> Vec<Nucleus> {
    let word = Letters(letters);
    let mut found: Vec<Nucleus> = Vec::new();
    for index in 0..letters.len() {
        let end = index.saturating_add(1);
        if !word.vowel(index) || silent_e(word, index, found.is_empty()) {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == index && !hiatus(word, index, last.start) => last.end = end,
            _ => found.push(Nucleus { start: index, end }),
        }
    }
    // capitalis-m, rhyth-m, did-n't
    let end = letters.len();
    let last = end.saturating_sub(1);
    let (tail, onset) = (end.saturating_sub(2), end.saturating_sub(3));
    let syllabic = word.ends(tail, "sm") || word.ends(onset, "thm") || word.ends(onset, "sms");
    if syllabic && !found.is_empty() {
        let start = if word.at(last) == 's' { tail } else { last };
        found.push(Nucleus { start, end });
    }
    // ba-si-cally: the a is silent.
    if found.len() > 2 && word.ends(end.saturating_sub(6), "ically") {
        found.remove(found.len().saturating_sub(2));
    }
    found
}

/// A vowel that begins a syllable of its own although a vowel stands before it.
fn hiatus(word: Letters<'_>, index: usize, group: usize) -> bool {
    let (left, right) = (word.before(index, 1), word.at(index));
    let onset = word.before(group, 1);
    let after = index.saturating_add(1);
    let next = word.at(after);
    let later = word.vowel_before(group);
    if word.ends(index, "ing") || word.ends(index, "ings") {
        return true;
    }
    match (left, right) {
        ('i', 'a') => ia(word, index, onset),
        ('i', 'o') if next == 'r' => onset == 'r',
        ('i', 'o') => !(matches!(onset, 't' | 's' | 'c' | 'g' | 'x' | 'l' | 'n') && matches!(next, 'n' | 'u')),
        ('i', 'u') | ('i', 'i') | ('u', 'a') | ('u', 'o') => onset != 'q',
        ('i', 'e') => {
            let science = onset == 'c' && word.before(group, 2) == 's';
            let noun = (word.has(index, "enc") || word.has(index, "ent")) && (science || !matches!(onset, 'c' | 't'));
            noun || word.has(index, "et") || later && (word.ends(index, "er") || word.ends(index, "est"))
        }
        ('e', 'a') => ea(word, index, group),
        ('o', 'e') => word.has(0, "poe"),
        ('o', 'i') => next == 'c' && later,
        ('o', 'o') => word.has(0, "coord") || word.has(0, "cooper"),
        ('e', 'o') => !(onset == 'g' && later),
        ('e', 'u') => word.ends(index, "um"),
        ('u', 'e') => matches!(next, 'n' | 'l') && onset != 'q',
        ('u', 'i') => word.has(index, "ity") || word.has(index, "id") || word.has(index, "in"),
        ('a', 'i') => next == 'c',
        ('y', _) => true,
        _ => false,
    }
}

/// me-di-a, as-so-ci-a-tion; but so-cial, mar-riage, I-tal-ian.
fn ia(word: Letters<'_>, index: usize, onset: char) -> bool {
    let next = word.at(index.saturating_add(1));
    let glide = onset == 'l' && matches!(next, 'n' | 'm' | 'r' | '\0');
    let soft = matches!(onset, 'c' | 't' | 's' | 'g') || word.has(index, "age") || glide;
    !soft || word.has(index, "at") && !word.has(index, "ative")
}

/// a-re-a, cre-ate, re-al-i-ty, Eu-ro-pe-an; but tea, great, crea-ture, dealing.
fn ea(word: Letters<'_>, index: usize, group: usize) -> bool {
    let later = word.vowel_before(group);
    let (onset, second) = (word.before(group, 1), word.before(group, 2));
    let ends = ["a", "as"].iter().any(|end| word.ends(index, end)) && (later && onset != 'l')
        || ["an", "ans"].iter().any(|end| word.ends(index, end)) && later && onset != 'c';
    let create = onset == 'r' && second == 'c' && word.has(index, "at") && !word.has(index, "atu");
    let again = ["reali", "react", "reapp", "reass", "theat"].iter().any(|prefix| word.has(0, prefix)) && !later;
    ends || create || again
}

/// An `e` that is written and not said: made, baked, horses' last but not horse's, state-ment.
fn silent_e(word: Letters<'_>, index: usize, first: bool) -> bool {
    if word.at(index) != 'e' || first || index == 0 || word.vowel(index.saturating_sub(1)) {
        return false;
    }
    let (before, second) = (word.before(index, 1), word.before(index, 2));
    let after = index.saturating_add(1);
    let end = word.0.len();
    // ta-ble, set-tled, cen-tre
    let liquid = matches!(before, 'l' | 'r') && !word.vowel(index.saturating_sub(2)) && second != 'r' && second != 'l';
    if after == end {
        return !liquid;
    }
    if word.ends(after, "s") {
        let hissing = matches!(before, 's' | 'x' | 'z' | 'c' | 'g') || matches!((second, before), ('c' | 's', 'h'));
        return !hissing && !liquid;
    }
    if word.ends(after, "d") {
        return !matches!(before, 't' | 'd') && !liquid;
    }
    let rest = word.0.get(after..).unwrap_or_default();
    let second_word = rest.len() >= 3 && rest.iter().any(|c| plain_vowel(*c)) && !word.vowel(after);
    if second_word && FIRST_PARTS.iter().any(|part| part.len() == after && word.has(0, part)) {
        return true;
    }
    ["ly", "ful", "fully", "ment", "ments", "less", "ness", "ty", "some", "where", "thing", "body", "time", "times"]
        .iter()
        .any(|suffix| word.ends(after, suffix))
        && !liquid
}

/// First parts of compounds, whose last e stays silent before a consonant: home-land, base-ball.
const FIRST_PARTS: &[&str] = &[
    "base", "face", "fire", "frame", "game", "gate", "home", "house", "juice", "life", "like", "lime", "line", "mile",
    "name", "nine", "note", "space", "shake", "share", "side", "some", "stone", "store", "there", "time", "trade",
    "ware", "where", "white", "whole", "wide", "wire",
];

/// Where the letters between two vowel groups divide: as many to the right as can begin an English syllable.
fn cut(letters: &[char], from: usize, to: usize) -> usize {
    const ONSETS: &[&str] = &[
        "bl", "br", "ch", "cl", "cr", "dr", "fl", "fr", "gl", "gr", "ph", "pl", "pr", "qu", "sh", "th", "tr", "tw",
        "wh", "gu",
    ];
    let between = letters.get(from..to).unwrap_or_default();
    // A silent e inside ends its syllable: state-ment.
    if let Some(e) = between.iter().rposition(|c| *c == 'e') {
        return from.saturating_add(e).saturating_add(1);
    }
    let pair: String = between.iter().rev().take(2).rev().collect();
    let onset = if ONSETS.contains(&pair.as_str()) { 2 } else { usize::from(!between.is_empty() && between != ['x']) };
    to.saturating_sub(onset)
}

static EXCEPTIONS: LazyLock<HashMap<String, Vec<usize>>> = LazyLock::new(|| {
    let words = include_str!("syllables.txt").lines().filter(|line| !line.starts_with('#'));
    words.flat_map(str::split_whitespace).map(entry).collect()
});

/// `ev-ery` as the word and where its syllables begin.
fn entry(divided: &str) -> (String, Vec<usize>) {
    let mut starts = vec![0usize];
    for part in divided.split('-') {
        let last = starts.last().copied().unwrap_or(0);
        starts.push(last.saturating_add(part.len()));
    }
    starts.pop();
    (divided.replace('-', ""), starts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn divided(word: &str) -> String {
        let letters: Vec<char> = word.chars().collect();
        let starts = starts(&letters);
        let ends = starts.iter().skip(1).copied().chain([letters.len()]);
        let parts = starts.iter().zip(ends).map(|(from, to)| letters[*from..to].iter().collect::<String>());
        parts.collect::<Vec<_>>().join("-")
    }

    #[test]
    fn words_divide_by_rule() {
        for word in [
            "i-de-a",
            "in-dus-try",
            "prod-ucts",
            "com-pu-ter",
            "ta-ble",
            "set-tled",
            "made",
            "baked",
            "want-ed",
            "boxes",
            "state-ment",
            "play-ing",
            "go-ing",
            "ra-di-o",
            "na-tion",
            "queen",
            "lan-guage",
            "so-cial",
            "me-di-a",
            "rhyth-m",
            "strengths",
            "vi-de-o",
            "care-ful-ly",
            "serv-er",
        ] {
            let got = divided(&word.replace('-', ""));
            assert_eq!(got.matches('-').count(), expected(word), "{word}: {got}");
        }
        assert_eq!(divided("statement"), "state-ment");
        assert_eq!(divided("table"), "ta-ble");
    }

    fn expected(word: &str) -> usize {
        // `boxes` is written whole above although it has two: es after x is said.
        if word == "boxes" { 1 } else { word.matches('-').count() }
    }

    #[test]
    fn exceptions_are_lower_case_and_listed_once() {
        let lines = include_str!("syllables.txt").lines().filter(|line| !line.starts_with('#'));
        let mut seen = std::collections::HashSet::new();
        for word in lines.flat_map(str::split_whitespace) {
            assert!(word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{word}");
            assert!(seen.insert(word.replace('-', "")), "{word} twice");
        }
    }
}
