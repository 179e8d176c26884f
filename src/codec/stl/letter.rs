//! Character code tables (Tech 3264 appendix 2): ISO 6937 for Latin, parts of ISO 8859 for other scripts.

use encoding_rs::Encoding;

/// A table.
#[derive(Clone, Copy)]
pub(super) enum Table {
    /// Table 00, ISO 6937.
    Latin,
    /// Tables 01 to 04.
    Other(&'static Encoding),
}

impl Table {
    pub(super) fn named(code: &str) -> Option<Self> {
        Some(match code {
            "00" => Self::Latin,
            "01" => Self::Other(encoding_rs::ISO_8859_5),
            "02" => Self::Other(encoding_rs::ISO_8859_6),
            "03" => Self::Other(encoding_rs::ISO_8859_7),
            "04" => Self::Other(encoding_rs::ISO_8859_8),
            _ => return None,
        })
    }

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
            Self::Latin => byte.checked_sub(0xC1)?,
            Self::Other(_) => return None,
        };
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
        ACCENTS.get(usize::from(index)).copied().flatten()
    }
}

/// ISO 6937 from A0 on; a space is a byte of no meaning or an accent.
const UPPER: [&str; 6] = [
    "\u{A0}¡¢£$¥ §¤‘“«←↑→↓",
    "°±²³×µ¶·÷’”»¼½¾¿",
    "                ",
    "―¹®©™♪¬¦    ⅛⅜⅝⅞",
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
    ('\u{301}', "ACEILNORSUYZaceilnorsuyz", "ÁĆÉÍĹŃÓŔŚÚÝŹáćéíĺńóŕśúýź"),
    ('\u{302}', "ACEGHIJOSUWYaceghijosuwy", "ÂĈÊĜĤÎĴÔŜÛŴŶâĉêĝĥîĵôŝûŵŷ"),
    ('\u{303}', "AINOUainou", "ÃĨÑÕŨãĩñõũ"),
    ('\u{304}', "AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
    ('\u{306}', "AGUagu", "ĂĞŬăğŭ"),
    ('\u{307}', "CEGIZcegz", "ĊĖĠİŻċėġż"),
    ('\u{308}', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
    ('\u{30A}', "AUau", "ÅŮåů"),
    ('\u{327}', "CGKLNRSTcgklnrst", "ÇĢĶĻŅŖŞŢçģķļņŗşţ"),
    ('\u{30B}', "OUou", "ŐŰőű"),
    ('\u{328}', "AEIUaeiu", "ĄĘĮŲąęįų"),
    ('\u{30C}', "CDELNRSTZcdelnrstz", "ČĎĚĽŇŘŠŤŽčďěľňřšťž"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_whole() {
        assert!(UPPER.iter().all(|row| row.chars().count() == 16));
        assert!(COMPOSED.iter().all(|(_, from, to)| from.chars().count() == to.chars().count()));
        assert_eq!((latin(0xE1), latin(0xFB), latin(0xC2)), (Some('Æ'), Some('ß'), None));
    }
}
