//! Repertoires of characters that standards define.

use cea608_types::tables::{Channel, Code};
use encoding_rs::GBK;
use std::sync::LazyLock;

/// The characters that a place can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Glyphs {
    /// ISO/IEC 8859-1 without its controls.
    Latin1,
    /// GB/T 2312-1980 and ASCII, with `·` and `—` as the WHATWG table maps 01-04 and 01-10.
    Gb2312,
    /// CEA-608: basic, special and extended characters.
    Cea608,
}

/// Each [`Glyphs`] with its name in profiles.
pub static GLYPHS: &[(Glyphs, &str)] =
    &[(Glyphs::Latin1, "latin-1"), (Glyphs::Gb2312, "gb2312"), (Glyphs::Cea608, "cea-608")];

impl Glyphs {
    /// Whether it holds `c`. Line breaks are no characters: it holds them.
    ///
    /// ```
    /// use zimu::profile::Glyphs;
    /// assert!(Glyphs::Latin1.has('é') && !Glyphs::Latin1.has('œ'));
    /// assert!(Glyphs::Gb2312.has('字') && !Glyphs::Gb2312.has('鐵'));
    /// assert!(Glyphs::Cea608.has('♪') && !Glyphs::Cea608.has('字'));
    /// ```
    pub fn has(self, c: char) -> bool {
        if matches!(c, '\n' | ' '..='~') && self != Self::Cea608 {
            return true;
        }
        match self {
            Self::Latin1 => ('\u{A0}'..='\u{FF}').contains(&c),
            Self::Gb2312 => {
                let at = u32::from(c) as usize;
                GB2312.get(at / 64).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
            }
            Self::Cea608 => c == '\n' || Code::from_char(c, Channel::ONE).is_some(),
        }
    }
}

/// The rows of GB/T 2312-1980 that are not filled, or not from end to end: row, first and last position.
/// Rows 16-54 and 56-87 are full.
const GB2312_ROWS: &[(u8, u8, u8)] = &[
    (1, 1, 94),
    (2, 17, 66),
    (2, 69, 78),
    (2, 81, 92),
    (3, 1, 94),
    (4, 1, 83),
    (5, 1, 86),
    (6, 1, 24),
    (6, 33, 56),
    (7, 1, 33),
    (7, 49, 81),
    (8, 1, 26),
    (8, 37, 73),
    (9, 4, 79),
    (55, 1, 89),
];

/// One bit for each character of the basic plane, made when first asked.
static GB2312: LazyLock<Vec<u64>> = LazyLock::new(|| {
    let full = (16..=54).chain(56..=87).map(|row| (row, 1, 94));
    let mut bits = vec![0u64; 1 << 10];
    for (row, first, last) in GB2312_ROWS.iter().copied().chain(full) {
        for position in first..=last {
            let bytes = [row, position].map(|n: u8| n.saturating_add(0xA0));
            let (text, _) = GBK.decode_without_bom_handling(&bytes);
            let c = text.chars().next().map_or(0, u32::from) as usize;
            if let Some(word) = bits.get_mut(c / 64) {
                *word |= 1 << (c % 64);
            }
        }
    }
    bits
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gb2312_has_as_many_characters_as_the_standard() {
        let has = |range: std::ops::RangeInclusive<char>| range.filter(|c| Glyphs::Gb2312.has(*c)).count();
        assert_eq!(has('\u{4E00}'..='\u{9FFF}'), 6763);
        assert_eq!(has('\u{80}'..=char::MAX), 6763 + 682);
        assert!(!Glyphs::Gb2312.has(char::REPLACEMENT_CHARACTER) && !Glyphs::Gb2312.has('\0'));
    }

    #[test]
    fn cea608_has_its_own_ascii() {
        let missing: String = (' '..='~').filter(|c| !Glyphs::Cea608.has(*c)).collect();
        assert_eq!(missing, "`");
    }
}
