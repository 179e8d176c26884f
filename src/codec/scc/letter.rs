//! Characters that CTA-608-E has not, and those that need a substitute.

use cea608_types::tables::{Channel, Code};

/// The code of a character.
pub(super) fn code(c: char) -> Option<Code> {
    Code::from_char(c, Channel::ONE)
}

/// What is most like it: typography and accents. Letters are those of European languages beyond the code tables.
const NEAREST: &[(&str, &str)] = &[
    ("\u{A0}\u{2009}\u{202F}\t", " "),
    ("–‐‑‒−", "-"),
    ("―", "—"),
    ("…", "..."),
    ("„‟″", "“"),
    ("‚‛`´", "‘"),
    ("′ʼ", "’"),
    ("‹", "«"),
    ("›", "»"),
    ("·", "•"),
    ("♫♬♩", "♪"),
    ("×", "x"),
    ("€", "EUR "),
    ("№", "No. "),
    ("ĀĂĄ", "A"),
    ("āăą", "a"),
    ("Æ", "AE"),
    ("æ", "ae"),
    ("ĆĈĊČ", "C"),
    ("ćĉċč", "c"),
    ("ĎĐÐ", "D"),
    ("ďđð", "d"),
    ("ĒĔĖĘĚ", "E"),
    ("ēĕėęě", "e"),
    ("ĜĞĠĢ", "G"),
    ("ĝğġģ", "g"),
    ("ĤĦ", "H"),
    ("ĥħ", "h"),
    ("ĨĪĬĮİ", "I"),
    ("ĩīĭįı", "i"),
    ("Ĵ", "J"),
    ("ĵ", "j"),
    ("Ķ", "K"),
    ("ķ", "k"),
    ("ĹĻĽŁ", "L"),
    ("ĺļľł", "l"),
    ("ŃŅŇ", "N"),
    ("ńņň", "n"),
    ("ŌŎŐ", "O"),
    ("ōŏő", "o"),
    ("Œ", "OE"),
    ("œ", "oe"),
    ("ŔŖŘ", "R"),
    ("ŕŗř", "r"),
    ("ŚŜŞŠȘ", "S"),
    ("śŝşšș", "s"),
    ("ŢŤŦȚ", "T"),
    ("ţťŧț", "t"),
    ("Þ", "Th"),
    ("þ", "th"),
    ("ŨŪŬŮŰŲ", "U"),
    ("ũūŭůűų", "u"),
    ("Ŵ", "W"),
    ("ŵ", "w"),
    ("ÝŶŸ", "Y"),
    ("ýÿŷ", "y"),
    ("ŹŻŽ", "Z"),
    ("źżž", "z"),
];

/// The text that stands for a character that has no code; `None` if nothing is like it.
pub(in crate::codec) fn nearest(c: char) -> Option<&'static str> {
    // U+FEFF, U+2060 and their like show nothing.
    if matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}') {
        return Some("");
    }
    NEAREST.iter().find(|(from, _)| from.contains(c)).map(|(_, to)| *to)
}

/// The plain character that is sent before an extended one, for decoders without these (CTA-608-E §6.4.2).
pub(super) fn substitute(c: char) -> char {
    match c {
        'Á' | 'À' | 'Â' | 'Ã' | 'Ä' | 'Å' => 'A',
        'ã' | 'ä' | 'å' => 'a',
        'Ç' => 'C',
        'É' | 'È' | 'Ê' | 'Ë' => 'E',
        'ë' => 'e',
        'Í' | 'Ì' | 'Î' | 'Ï' => 'I',
        'ì' | 'ï' => 'i',
        'Ó' | 'Ò' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => 'O',
        'ò' | 'õ' | 'ö' | 'ø' => 'o',
        'Ú' | 'Ù' | 'Û' | 'Ü' => 'U',
        'ù' | 'ü' => 'u',
        'ß' => 's',
        '¥' => 'Y',
        '‘' | '\'' => '’',
        '“' | '”' | '«' | '»' => '"',
        '¡' => '!',
        '{' => '(',
        '}' => ')',
        '\\' | '|' | '│' => '/',
        '©' => 'c',
        _ => '-',
    }
}
