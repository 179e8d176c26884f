//! Character code tables (Tech 3264 appendix 2): ISO 6937 for Latin, parts of ISO 8859 for other scripts.

use crate::codec::scc;
use encoding_rs::Encoding;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A table.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Table {
    /// Table 00, ISO 6937.
    Latin,
    /// Tables 01 to 04.
    Other(&'static Encoding),
}

impl Table {
    pub(super) fn named(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == code).map(|(_, table)| *table)
    }

    /// Every table, that of most languages first.
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("00", Self::Latin),
        ("01", Self::Other(encoding_rs::ISO_8859_5)),
        ("02", Self::Other(encoding_rs::ISO_8859_6)),
        ("03", Self::Other(encoding_rs::ISO_8859_7)),
        ("04", Self::Other(encoding_rs::ISO_8859_8)),
    ];

    /// The character of a byte; `None` if there is none.
    pub(super) fn letter(self, byte: u8) -> Option<char> {
        match self {
            Self::Latin => latin(byte),
            Self::Other(encoding) => {
                let (text, _, bad) = encoding.decode(std::slice::from_ref(&byte));
                text.chars().next().filter(|_| !bad)
            }
        }
    }

    /// The combining mark of a byte that stands before its letter.
    pub(super) fn accent(self, byte: u8) -> Option<char> {
        let index = match self {
            Self::Latin => byte.checked_sub(FIRST_ACCENT)?,
            Self::Other(_) => return None,
        };
        ACCENTS.get(usize::from(index)).copied().flatten()
    }
}

/// The marks of bytes C1 to CF.
const ACCENTS: [Option<char>; 15] = [
    Some('\u{300}'),
    Some('\u{301}'),
    Some('\u{302}'),
    Some('\u{303}'),
    Some('\u{304}'),
    Some('\u{306}'),
    Some('\u{307}'),
    Some('\u{308}'),
    None,
    Some('\u{30A}'),
    Some('\u{327}'),
    None,
    Some('\u{30B}'),
    Some('\u{328}'),
    Some('\u{30C}'),
];
const FIRST_ACCENT: u8 = 0xC1;

/// ISO 6937 from A0 on; a space is a byte of no meaning or an accent.
const UPPER: [&str; 6] = [
    "\u{A0}¡¢£$¥ §¤‘“«←↑→↓",
    "°±²³×µ¶·÷’”»¼½¾¿",
    "                ",
    "—¹®©™♪¬¦    ⅛⅜⅝⅞",
    "ΩÆĐªĦ ĲĿŁØŒºÞŦŊŉ",
    "ĸæđðħıĳŀłøœßþŧŋ\u{AD}",
];

fn latin(byte: u8) -> Option<char> {
    match byte {
        // The place of the dollar is the currency sign's (appendix 2).
        0x24 => Some('¤'),
        0x20..=0x7E => Some(char::from(byte)),
        0xA0..=0xFF => {
            let row = UPPER.get(usize::from(byte.checked_sub(0xA0)? / 16))?;
            row.chars().nth(usize::from(byte % 16)).filter(|c| *c != ' ')
        }
        _ => None,
    }
}

/// A letter and its accent as one character, if there is such; else both.
pub(super) fn compose(letter: char, accent: char) -> (char, Option<char>) {
    let row = COMPOSED.iter().find(|(mark, ..)| *mark == accent);
    let pair = row.and_then(|(_, from, to)| from.chars().zip(to.chars()).find(|(from, _)| *from == letter));
    pair.map_or((letter, Some(accent)), |(_, to)| (to, None))
}

/// The repertoire of ISO 6937: an accent, letters, and the letters with it.
const COMPOSED: &[(char, &str, &str)] = &[
    ('\u{300}', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
    ('\u{301}', " ACEILNORSUYZacegilnorsuyz", "´ÁĆÉÍĹŃÓŔŚÚÝŹáćéģíĺńóŕśúýź"),
    ('\u{302}', "ACEGHIJOSUWYaceghijosuwy", "ÂĈÊĜĤÎĴÔŜÛŴŶâĉêĝĥîĵôŝûŵŷ"),
    ('\u{303}', "AINOUainou", "ÃĨÑÕŨãĩñõũ"),
    ('\u{304}', " AEIOUaeiou", "¯ĀĒĪŌŪāēīōū"),
    ('\u{306}', " AGUagu", "˘ĂĞŬăğŭ"),
    ('\u{307}', " CEGIZcegz", "˙ĊĖĠİŻċėġż"),
    ('\u{308}', " AEIOUYaeiouy", "¨ÄËÏÖÜŸäëïöüÿ"),
    ('\u{30A}', " AUau", "˚ÅŮåů"),
    ('\u{327}', " CGKLNRSTcgklnrst", "¸ÇĢĶĻŅŖŞŢçģķļņŗşţ"),
    ('\u{30B}', " OUou", "˝ŐŰőű"),
    ('\u{328}', " AEIUaeiu", "˛ĄĘĮŲąęįų"),
    ('\u{30C}', " CDELNRSTZcdelnrstz", "ˇČĎĚĽŇŘŠŤŽčďěľňřšťž"),
];

/// The other way: bytes of the characters of a table.
pub(super) struct Letters {
    pub(super) table: Table,
    /// From 20 on: those of one byte, and for Latin those with an accent.
    bytes: HashMap<char, [u8; 2]>,
}

/// Those of [`Table::ALL`], made when they are first needed.
static LETTERS: [OnceLock<Letters>; 5] = [const { OnceLock::new() }; 5];

impl Letters {
    /// The one at this place among [`Table::ALL`].
    pub(super) fn at(index: usize) -> Option<(&'static str, &'static Self)> {
        let (code, table) = Table::ALL.get(index)?;
        Some((code, LETTERS.get(index)?.get_or_init(|| Self::of(*table))))
    }

    fn of(table: Table) -> Self {
        let mut bytes = HashMap::new();
        // Of two places the first is the one that is written.
        for byte in (0x20..=0x7E).chain(0xA0..=u8::MAX) {
            if let Some(c) = table.letter(byte) {
                bytes.entry(c).or_insert([byte, 0]);
            }
        }
        let composed = COMPOSED.iter().filter(|_| table == Table::Latin);
        for (accent, from, to) in composed {
            let Some(mark) = mark(*accent) else { continue };
            for (base, whole) in from.chars().zip(to.chars()) {
                bytes.entry(whole).or_insert([mark, u8::try_from(base).unwrap_or(b' ')]);
            }
        }
        Self { table, bytes }
    }

    /// The table has it.
    pub(super) fn has(&self, c: char) -> bool {
        self.bytes.contains_key(&c)
    }

    /// The byte of a combining mark, which stands before its letter.
    pub(super) fn mark(&self, c: char) -> Option<u8> {
        mark(c).filter(|_| self.table == Table::Latin)
    }

    /// Appends a character; `?` for one that is not in the table.
    pub(super) fn put(&self, c: char, out: &mut Vec<u8>) {
        match self.bytes.get(&c) {
            Some([byte, 0]) => out.push(*byte),
            Some(both) => out.extend_from_slice(both),
            None => out.push(b'?'),
        }
    }
}

/// The byte of an accent.
fn mark(accent: char) -> Option<u8> {
    let at = ACCENTS.iter().position(|known| *known == Some(accent))?;
    u8::try_from(at).ok().map(|at| at.saturating_add(FIRST_ACCENT))
}

/// What is most like a character that a table has not: typography, and letters that share a place.
const NEAREST: &[(&str, &str)] = &[
    ("\u{2009}\u{202F}\t", " "),
    ("‐‑‒–―−", "-"),
    ("…", "..."),
    ("„‟″", "\""),
    ("“”", "\""),
    ("‘’‚‛`´", "'"),
    ("′ʼ", "'"),
    ("‹«", "<"),
    ("›»", ">"),
    ("—", "-"),
    ("•", "·"),
    ("♫♬♩", "♪"),
    ("€", "EUR"),
    ("№", "No."),
    ("\u{2126}", "Ω"),
    ("Ð", "Đ"),
    ("Ș", "Ş"),
    ("ș", "ş"),
    ("Ț", "Ţ"),
    ("ț", "ţ"),
    ("Ẁ", "W"),
    ("ẁ", "w"),
];

impl Letters {
    /// The text that stands for a character that is not in the table; `None` if nothing in it is like the character.
    pub(super) fn nearest(&self, c: char) -> Option<&'static str> {
        let own = NEAREST.iter().find(|(from, _)| from.contains(c)).map(|(_, to)| *to);
        let found = own.into_iter().chain(scc::letter::nearest(c));
        let mut found = found.filter(|text| text.chars().all(|c| self.has(c)));
        found.next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_whole() {
        assert!(UPPER.iter().all(|row| row.chars().count() == 16));
        assert!(COMPOSED.iter().all(|(_, from, to)| from.chars().count() == to.chars().count()));
        for (_, table) in Table::ALL {
            let letters = Letters::of(table);
            for byte in (0x20..=0x7E).chain(0xA0..=u8::MAX) {
                let Some(c) = table.letter(byte) else { continue };
                let mut out = Vec::new();
                letters.put(c, &mut out);
                assert_eq!(out.len(), 1);
                assert_eq!(table.letter(out[0]), Some(c));
            }
        }
        assert_eq!((latin(0xE1), latin(0xFB), latin(0xC2)), (Some('Æ'), Some('ß'), None));
    }
}
