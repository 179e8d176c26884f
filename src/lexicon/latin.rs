//! Latin-script words: by syllables, by letters, or both (`OpenAI`).

use super::dictionary::{self, Syllable};
use super::{letter, phone, syllable};
use crate::model::{Phone, Reading, Unit};
use std::ops::Range;

/// Capitals up to this many are letters, unless [`ACRONYMS`] says that they are a word.
const LONGEST_INITIALISM: usize = 4;

/// Capitals that are said as a word although there are few of them.
const ACRONYMS: &[&str] = &[
    "acer", "aids", "apec", "arm", "asus", "bert", "bios", "cuda", "dell", "fifa", "gan", "gif", "html", "ikea",
    "intel", "jpeg", "json", "lan", "lego", "lora", "meta", "midi", "mooc", "nand", "nasa", "nato", "oled", "opec",
    "oppo", "rag", "ram", "risc", "rom", "sars", "sim", "slam", "sony", "sota", "stem", "swot", "ted", "uber", "uefa",
    "visa", "vivo", "wan", "wifi", "yaml", "yolo", "zara", "zoom",
];

/// Short forms and what they stand for, by syllables.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("dr", "doc-tor"),
    ("etc", "et-cet-er-a"),
    ("jr", "jun-ior"),
    ("mr", "mis-ter"),
    ("mrs", "mis-sis"),
    ("ms", "miz"),
    ("prof", "pro-fes-sor"),
    ("sr", "sen-ior"),
    ("vs", "ver-sus"),
];

/// Said without a vowel letter.
const VOWELLESS: &[&str] =
    &["hmm", "hm", "mm", "mhm", "shh", "sh", "psst", "brr", "tsk", "pfft", "nth", "nd", "th", "mc"];

/// Units of one written word of Latin letters, apostrophes and accents; `start` is its place in the text. `shouting`:
/// everything around it is in capitals too, so that capitals say nothing.
pub(super) fn read(token: &str, start: usize, shouting: bool) -> Vec<Unit> {
    let letters: Vec<Letter> = letters(token, start);
    let mut firsts: Vec<First> = Vec::new();
    for piece in pieces(&letters) {
        firsts.extend(piece_units(letters.get(piece.clone()).unwrap_or_default(), letters.len(), shouting));
    }
    spread(firsts, start..start.saturating_add(token.len()))
}

/// Makes units that share out `range`: each from where it begins to where the next begins later. Syllables of a short
/// form (`Dr`) begin together and all stand for the whole of it.
fn spread(firsts: Vec<First>, range: Range<usize>) -> Vec<Unit> {
    let places: Vec<usize> = firsts.iter().map(|first| first.at).collect();
    let share = |i: usize, first: usize| {
        let later = places.iter().skip(i).find(|place| **place > first);
        let begin = if places.first() == Some(&first) { range.start } else { first };
        super::offsets(begin..later.copied().unwrap_or(range.end))
    };
    let units = firsts.into_iter().enumerate();
    units.map(|(i, first)| Unit { phones: first.phones, ..Unit::new(first.reading, share(i, first.at)) }).collect()
}

/// A unit, and where it begins.
struct First {
    at: usize,
    reading: Reading,
    phones: Box<[Phone]>,
}

/// A letter of a token: how it is written, plain and lower case, and where.
#[derive(Clone, Copy)]
struct Letter {
    written: char,
    plain: char,
    at: usize,
    /// An apostrophe stands before it.
    apostrophe: bool,
}

fn letters(token: &str, start: usize) -> Vec<Letter> {
    let mut apostrophe = false;
    let mut letters = Vec::new();
    for (i, c) in token.char_indices() {
        if c.is_alphabetic() {
            let at = start.saturating_add(i);
            letters.push(Letter { written: super::narrow(c), plain: plain(c), at, apostrophe });
        }
        apostrophe = super::token::is_apostrophe(c);
    }
    letters
}

/// Lower case without accents: `É` is `e`.
fn plain(c: char) -> char {
    const ACCENTED: &[(&str, char)] = &[
        ("àáâãäåāăąǎảạấầẩẫậắằẳẵặæ", 'a'),
        ("çćĉċč", 'c'),
        ("ďđð", 'd'),
        ("èéêëēĕėęěẻẽẹếềểễệ", 'e'),
        ("ĝğġģ", 'g'),
        ("ìíîïĩīĭįıǐỉị", 'i'),
        ("ĺļľŀł", 'l'),
        ("ñńņň", 'n'),
        ("òóôõöøōŏőǒỏọốồổỗộơớờởỡợœ", 'o'),
        ("ŕŗř", 'r'),
        ("śŝşšșß", 's'),
        ("ţťŧțþ", 't'),
        ("ùúûüũūŭůűųǔǖǘǚǜủụưứừửữự", 'u'),
        ("ýÿŷỳỷỹỵ", 'y'),
        ("źżž", 'z'),
    ];
    let lower = super::narrow(c).to_lowercase().next().unwrap_or(c);
    let accented = || ACCENTED.iter().find(|(forms, _)| forms.contains(lower)).map(|(_, base)| *base);
    if lower.is_ascii() { lower } else { accented().unwrap_or(lower) }
}

/// Cuts at a change from small to capital, and before the last of several capitals if small letters follow it:
/// `Open|AI`, `Deep|Mind`, `i|Phone`, `AI|Lab`; but not `LLMs`.
fn pieces(letters: &[Letter]) -> Vec<Range<usize>> {
    let capital = |i: usize| letters.get(i).is_some_and(|l| l.written.is_uppercase());
    let small = |i: usize| letters.get(i).is_some_and(|l| l.written.is_lowercase());
    let plural = |i: usize| letters.get(i).is_some_and(|l| l.written == 's') && letters.len() == i.saturating_add(1);
    if spelled_mixed(letters) {
        return (0..letters.len()).map(|i| i..i.saturating_add(1)).collect();
    }
    let mut pieces = Vec::new();
    let mut from = 0usize;
    for i in 1..letters.len() {
        let after = i.saturating_add(1);
        let into_word = capital(i.saturating_sub(1)) && capital(i) && small(after) && !plural(after);
        let into_capitals = small(i.saturating_sub(1)) && capital(i);
        if into_word || into_capitals {
            pieces.push(from..i);
            from = i;
        }
    }
    if !letters.is_empty() {
        pieces.push(from..letters.len());
    }
    pieces
}

/// `IoT`, `PhD`, `SoC`, `QoS`: one small letter between capitals, three letters in all.
fn spelled_mixed(letters: &[Letter]) -> bool {
    matches!(letters, [a, b, c] if a.written.is_uppercase() && b.written.is_lowercase() && c.written.is_uppercase())
}

/// What begins where in one piece of a token of `token_len` letters.
fn piece_units(piece: &[Letter], token_len: usize, shouting: bool) -> Vec<First> {
    let plural = matches!(piece, [.., before, last] if last.written == 's' && before.written.is_uppercase());
    let body = if plural { piece.get(..piece.len().saturating_sub(1)).unwrap_or_default() } else { piece };
    let word: String = piece.iter().map(|l| l.plain).collect();
    let capitals = body.iter().all(|l| !l.written.is_lowercase());
    // iPhone, e.g.; but a dog.
    let single = piece.len() == 1 && (token_len > 1 || word != "a");
    if let Some((_, long)) = ABBREVIATIONS.iter().find(|(short, _)| *short == word && !capitals) {
        let at = piece.first().map_or(0, |l| l.at);
        let syllables = dictionary::syllables(&long.replace('-', ""));
        let phones = syllables.into_iter().map(|syllable| syllable.phones).chain(std::iter::repeat_with(Box::default));
        let first = |(letters, phones): (&str, _)| First { at, reading: Reading::English(letters.into()), phones };
        return long.split('-').zip(phones).map(first).collect();
    }
    if single || capitals && by_letter(body, shouting) || unsayable(body, &word) {
        let mut named: Vec<First> = body.iter().map(by_name).collect();
        if let (true, Some(last)) = (plural, named.last_mut()) {
            last.phones = phone::plural(&last.phones);
        }
        return named;
    }
    syllables(piece)
}

fn by_name(letter: &Letter) -> First {
    let name = letter.plain.to_uppercase().next().unwrap_or(letter.plain);
    First { at: letter.at, reading: Reading::Letter(name), phones: letter::phones(name) }
}

fn by_letter(body: &[Letter], shouting: bool) -> bool {
    let word: String = body.iter().map(|l| l.plain).collect();
    body.len() <= LONGEST_INITIALISM && !shouting && !ACRONYMS.contains(&word.as_str())
}

/// No vowel at all: `npm`, `HTTPS`.
fn unsayable(body: &[Letter], word: &str) -> bool {
    let vowel = |l: &Letter| matches!(l.plain, 'a' | 'e' | 'i' | 'o' | 'u' | 'y') || !l.plain.is_ascii();
    !body.iter().any(vowel) && !VOWELLESS.contains(&word)
}

/// The syllables that the dictionary's phones make; the letters divide by rule where that makes as many.
fn syllables(piece: &[Letter]) -> Vec<First> {
    let plain: Vec<char> = piece.iter().map(|l| l.plain).collect();
    let ruled = syllable::starts(&plain);
    let said = said(piece);
    if said.is_empty() && piece.iter().any(|letter| letter.plain.is_ascii()) {
        return piece.iter().map(by_name).collect();
    }
    let starts: Vec<usize> = match said.len() {
        0 => ruled,
        n if n == ruled.len() => ruled,
        _ => said.iter().map(|syllable| syllable.start).collect(),
    };
    let phones = said.into_iter().map(|syllable| syllable.phones).chain(std::iter::repeat_with(Box::default));
    let ends = starts.iter().skip(1).copied().chain([plain.len()]);
    let parts = starts.iter().zip(ends).zip(phones).filter_map(|((from, to), phones)| {
        let letters: String = plain.get(*from..to)?.iter().collect();
        Some(First { at: piece.get(*from)?.at, reading: Reading::English(letters.into()), phones })
    });
    parts.collect()
}

/// What the dictionary says, by indexes of the piece; letters that English does not have are passed over.
fn said(piece: &[Letter]) -> Vec<Syllable> {
    let mut word = String::new();
    let mut places = Vec::new();
    for (index, letter) in piece.iter().enumerate().filter(|(_, letter)| letter.plain.is_ascii_lowercase()) {
        if letter.apostrophe && index > 0 {
            word.push('\'');
            places.push(index);
        }
        word.push(letter.plain);
        places.push(index);
    }
    let mut syllables = dictionary::syllables(&word);
    for syllable in &mut syllables {
        syllable.start = places.get(syllable.start).copied().unwrap_or(syllable.start);
    }
    // An apostrophe is no letter of its own.
    syllables.dedup_by(|later, earlier| {
        let same = later.start <= earlier.start;
        if same {
            earlier.phones = earlier.phones.iter().chain(&later.phones).copied().collect();
        }
        same
    });
    syllables
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(token: &str) -> String {
        read(token, 0, false).iter().map(|unit| unit.reading.to_string()).collect::<Vec<_>>().join(".")
    }

    #[test]
    fn capitals_are_letters_unless_they_make_a_word() {
        for (token, expected) in [
            ("IP", "I.P"),
            ("OpenAI", "o.pen.A.I"),
            ("DeepMind", "deep.mind"),
            ("iPhone", "I.phone"),
            ("NASA", "na.sa"),
            ("LLMs", "L.L.M"),
            ("PhD", "P.H.D"),
            ("npm", "N.P.M"),
            ("Mr", "mis.ter"),
            ("café", "ca.fe"),
            ("ＡＩ", "A.I"),
        ] {
            assert_eq!(said(token), expected, "{token}");
        }
    }

    #[test]
    fn units_share_out_the_whole_token() {
        for token in ["OpenAI", "LLMs", "o'clock", "Dr", "café", "x"] {
            let units = read(token, 10, false);
            assert_eq!(units[0].range.start, 10);
            assert_eq!(units.last().unwrap().range.end as usize, 10 + token.len(), "{token}");
            assert!(units.iter().all(|unit| !unit.range.is_empty()), "{token}");
        }
    }
}
