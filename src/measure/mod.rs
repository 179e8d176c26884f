//! The one ruler: how wide a text is and how fast it must be read. What the segmenter makes and what a checker judges
//! is measured here, so that they agree.

use crate::lang::is_han;
use crate::time::TimeDelta;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How characters are counted. A character is a grapheme cluster (UAX #29).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ruler {
    /// Each counts 1.
    #[default]
    Each,
    /// Wide ones (Han, kana, full-width punctuation) count 1, narrow ones ½.
    WideOneNarrowHalf,
    /// Terminal columns: wide ones count 2, narrow ones 1 (UAX #11).
    Columns,
}

/// Each ruler with its name in profiles.
pub static RULERS: &[(Ruler, &str)] =
    &[(Ruler::Each, "each-1"), (Ruler::WideOneNarrowHalf, "wide-1-narrow-half"), (Ruler::Columns, "columns")];

/// A width in halves of a character, so that ½ is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Width(u32);

impl Width {
    /// `count` whole characters.
    pub const fn chars(count: u32) -> Self {
        Self(count.saturating_mul(2))
    }

    /// `count` half characters.
    pub const fn halves(count: u32) -> Self {
        Self(count)
    }

    /// As a number of characters.
    pub fn as_chars(self) -> f64 {
        f64::from(self.0) / 2.0
    }

    /// In half characters.
    pub const fn as_halves(self) -> u32 {
        self.0
    }

    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Ruler {
    /// The width of one line of text. Line breaks and other controls count nothing.
    ///
    /// ```
    /// use zimu::measure::{Ruler, Width};
    /// assert_eq!(Ruler::Each.width("从idea"), Width::chars(5));
    /// assert_eq!(Ruler::WideOneNarrowHalf.width("从idea"), Width::chars(3));
    /// assert_eq!(Ruler::Columns.width("从idea"), Width::chars(6));
    /// assert_eq!(Ruler::Each.width("e\u{301}"), Width::chars(1));
    /// ```
    pub fn width(self, text: &str) -> Width {
        if let Some(halves) = self.simple(text) {
            return Width(halves);
        }
        Width(text.graphemes(true).fold(0, |sum, grapheme| sum.saturating_add(self.grapheme(grapheme))))
    }

    /// The width of `narrow` narrow and `wide` wide characters, for callers that have counted them.
    ///
    /// ```
    /// use zimu::measure::{Ruler, Width};
    /// assert_eq!(Ruler::WideOneNarrowHalf.of_counts(4, 1), Width::chars(3));
    /// ```
    pub fn of_counts(self, narrow: u32, wide: u32) -> Width {
        Width(narrow.saturating_mul(self.one(false)).saturating_add(wide.saturating_mul(self.one(true))))
    }

    /// The fast path: text of ASCII, Han, kana and CJK punctuation alone, where each character is its own grapheme.
    fn simple(self, text: &str) -> Option<u32> {
        let mut halves = 0u32;
        for c in text.chars() {
            let wide = match c {
                ' '..='~' => false,
                '\u{3001}'..='\u{3029}' | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' => true,
                '\u{4E00}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}' => true,
                _ => return None,
            };
            halves = halves.saturating_add(self.one(wide));
        }
        Some(halves)
    }

    fn grapheme(self, grapheme: &str) -> u32 {
        if grapheme.chars().all(char::is_control) {
            return 0;
        }
        // A cluster is as wide as its base: an accent or a joiner adds nothing.
        let base = grapheme.chars().next().and_then(UnicodeWidthChar::width).unwrap_or(0);
        self.one(base.max(grapheme.width()) > 1)
    }

    fn one(self, wide: bool) -> u32 {
        match (self, wide) {
            (Ruler::Each, _) | (Ruler::WideOneNarrowHalf, true) | (Ruler::Columns, false) => 2,
            (Ruler::WideOneNarrowHalf, false) => 1,
            (Ruler::Columns, true) => 4,
        }
    }
}

/// Characters a second over `duration`; `None` if it is not positive. Line breaks count nothing.
///
/// ```
/// use zimu::measure::{Ruler, reading_speed};
/// use zimu::time::TimeDelta;
/// assert_eq!(reading_speed("两行\n字幕", Ruler::Each, TimeDelta::from_seconds(2)), Some(2.0));
/// assert_eq!(reading_speed("字", Ruler::Each, TimeDelta::ZERO), None);
/// ```
pub fn reading_speed(text: &str, ruler: Ruler, duration: TimeDelta) -> Option<f64> {
    (duration > TimeDelta::ZERO).then(|| text_width(text, ruler).as_chars() / duration.as_seconds_f64())
}

/// The words of a text: what stands between spaces and has a letter or digit. `None` for text in Han characters or kana,
/// which has no spaces between words.
///
/// ```
/// use zimu::measure::words;
/// assert_eq!(words("Well – it’s 5 o’clock."), Some(4));
/// assert_eq!(words("他说OK"), None);
/// ```
pub fn words(text: &str) -> Option<u32> {
    let unspaced = |c: char| matches!(c, '\u{3041}'..='\u{30FF}') || is_han(c);
    if !text.is_ascii() && text.chars().any(unspaced) {
        return None;
    }
    let words = text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count();
    Some(u32::try_from(words).unwrap_or(u32::MAX))
}

/// The width of all lines together.
pub fn text_width(text: &str, ruler: Ruler) -> Width {
    text.lines().fold(Width::default(), |sum, line| sum.plus(ruler.width(line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_fast_path_agrees_with_the_full_one(text in "[ -~\u{3001}-\u{3029}ぁ-ん一-鿿！-｠]{0,40}") {
            for (ruler, _) in RULERS {
                let full = text.graphemes(true).fold(0, |sum, g| sum + ruler.grapheme(g));
                prop_assert_eq!(ruler.width(&text), Width::halves(full));
            }
        }
    }
}
