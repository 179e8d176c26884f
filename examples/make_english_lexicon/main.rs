//! Makes the English dictionary that the library embeds, from CMUdict:
//! `cargo run --release --example make_english_lexicon -- cmudict.dict src/lexicon/english.bin`.
//!
//! Letters are aligned with phones, trees of questions are learnt from the alignment, and of the words only those are
//! kept that the trees say otherwise than the dictionary. With `--held-out` it writes nothing and measures instead how well
//! a tenth of the words is said that it did not learn from.

#[path = "../../src/lexicon/spelling/mod.rs"]
mod spelling;

mod grow;
mod letters;
mod pack;

use spelling::{PHONES, Spelling};
use std::collections::BTreeMap;

/// Words and their phones by number.
type Dictionary = BTreeMap<String, Vec<u8>>;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (Some(source), target) = (args.first(), args.get(1)) else { return Err("name CMUdict".into()) };
    let dictionary = read(&std::fs::read_to_string(source)?);
    println!("{} words", dictionary.len());
    match target.map(String::as_str) {
        Some("--held-out") => {
            let (held, learnt): (Vec<_>, Vec<_>) =
                dictionary.into_iter().enumerate().partition(|(index, _)| index % 10 == 0);
            let learnt: Dictionary = learnt.into_iter().map(|(_, entry)| entry).collect();
            let held: Dictionary = held.into_iter().map(|(_, entry)| entry).collect();
            let (spelling, _) = make(&learnt)?;
            report(&spelling, &held);
        }
        Some(target) => {
            let (spelling, data) = make(&dictionary)?;
            report(&spelling, &dictionary);
            std::fs::write(target, data)?;
        }
        None => return Err("name the file to write, or --held-out".into()),
    }
    Ok(())
}

/// CMUdict: a word, its phones with stress; other pronunciations of a word are left out.
fn read(text: &str) -> Dictionary {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    let entries = lines.filter_map(|line| {
        let (word, phones) = line.split_once(' ')?;
        let sayable = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'');
        let phones: Option<Vec<u8>> = phones.split_whitespace().map(number).collect();
        (sayable && word.len() <= spelling::words::LONGEST).then_some((word.to_owned(), phones?))
    });
    entries.collect()
}

/// The number of a phone of CMUdict: `AH0` is `ax`, stress is dropped.
fn number(name: &str) -> Option<u8> {
    let name = if name == "AH0" { "ax".to_owned() } else { name.to_lowercase() };
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
    u8::try_from(PHONES.iter().position(|phone| *phone == name)?).ok()
}

/// The dictionary, and the file that holds it.
fn make(dictionary: &Dictionary) -> Result<(Spelling, Vec<u8>), String> {
    let aligned = letters::align(dictionary);
    println!("{} words aligned, {} classes", aligned.words.len(), aligned.classes.len());
    let trees = grow::trees(&aligned);
    println!("{} nodes", trees.iter().map(Vec::len).sum::<usize>());
    let spelling = pack::read(&aligned.classes, &trees, &pack::Listed::new())?.0;

    // Words of the same length at a time: an ending's stem is shorter, and settled.
    let mut listed = pack::Listed::new();
    let longest = dictionary.keys().map(String::len).max().unwrap_or(0);
    let mut known = spelling;
    for length in 1..=longest {
        for (word, phones) in dictionary.iter().filter(|(word, _)| word.len() == length) {
            if phones_of(&known.say(word)) != *phones {
                listed.insert(word.clone(), pack::entry(&known, &aligned, word, phones));
            }
        }
        known = pack::read(&aligned.classes, &trees, &listed)?.0;
    }
    println!("{} words listed", listed.len());
    pack::read(&aligned.classes, &trees, &listed)
}

/// The phones alone.
fn phones_of(said: &[spelling::Sound]) -> Vec<u8> {
    said.iter().map(|sound| sound.phone).collect()
}

/// How many words and phones are said as the dictionary says.
fn report(spelling: &Spelling, dictionary: &Dictionary) {
    let (mut wrong, mut errors, mut phones, mut syllables) = (0usize, 0usize, 0usize, 0usize);
    let vowels = |phones: &[u8]| phones.iter().filter(|phone| spelling::is_vowel(**phone)).count();
    for (word, expected) in dictionary {
        let said = phones_of(&spelling.say(word));
        wrong = wrong.saturating_add(usize::from(said != *expected));
        errors = errors.saturating_add(distance(&said, expected));
        phones = phones.saturating_add(expected.len());
        syllables = syllables.saturating_add(usize::from(vowels(&said) != vowels(expected)));
    }
    let share = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
    println!(
        "{} words: {:.2} % of phones wrong, {:.2} % of words, {:.2} % of counts of syllables",
        dictionary.len(),
        share(errors, phones),
        share(wrong, dictionary.len()),
        share(syllables, dictionary.len())
    );
}

/// Phones to put in, take out or change.
fn distance(said: &[u8], expected: &[u8]) -> usize {
    let mut row: Vec<usize> = (0..=expected.len()).collect();
    for (i, a) in said.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i.saturating_add(1);
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, b) in row.iter_mut().skip(1).zip(expected) {
            let best = diagonal.saturating_add(usize::from(a != b)).min(left.min(*cell).saturating_add(1));
            diagonal = std::mem::replace(cell, best);
            left = best;
        }
    }
    row.last().copied().unwrap_or(0)
}
