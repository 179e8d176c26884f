//! What a text is made of, seen in one pass: most rules need to look at few texts.

use crate::measure::{Ruler, Width};

/// Kinds of characters, as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Traits(u32);

macro_rules! traits {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        impl Traits {
            $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)*
        }
    };
}

traits! {
    /// Two spaces in a row.
    SPACES = 0;
    /// A space at the start or end of a line.
    EDGE_SPACE = 1;
    /// A space before `,.;:!?)` and the like.
    SPACE_THEN_MARK = 2;
    /// Two full stops in a row.
    DOTS = 3;
    /// `…`, `⋯`.
    ELLIPSIS = 4;
    /// `-`, `–`, `—`.
    DASH = 5;
    /// Any quotation mark, straight ones too.
    QUOTE = 6;
    /// `<`, `{`, `&`, `\`: what looks like markup.
    MARKUP = 7;
    /// U+FFFD.
    REPLACEMENT = 8;
    /// Control characters, tabs, characters without a width, those that turn the direction, odd spaces.
    UNSEEN = 9;
    /// Han characters.
    HAN = 10;
    /// Small Latin letters of ASCII.
    LOWER = 11;
    /// Capital Latin letters of ASCII.
    UPPER = 12;
    /// Digits of ASCII.
    DIGIT = 13;
    /// U+0080 to U+00FF.
    LATIN_1 = 14;
    /// Full-width forms of ASCII (U+FF01 to U+FF5E).
    FULL_WIDTH = 15;
    /// `,.;:?!()` of ASCII.
    MARK = 16;
    /// CJK punctuation (U+3001 to U+303F).
    CJK_MARK = 17;
    /// Brackets of any kind.
    BRACKET = 18;
    /// `:` or `：`.
    COLON = 19;
    /// More than one line.
    LINES = 20;
    /// A line without anything but spaces.
    BLANK_LINE = 21;
    /// Anything else that is not ASCII.
    OTHER = 22;
    /// U+3000.
    WIDE_SPACE = 23;
    /// Kana.
    KANA = 24;
}

impl Traits {
    pub(super) const NONE: Self = Self(0);
    /// Letters other than Han and kana.
    pub(super) const LETTERS: Self = Self::LOWER.and(Self::UPPER).and(Self::LATIN_1).and(Self::OTHER);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Has something of `other`.
    pub(super) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }
}

/// What a text must have for a rule to look at it: something of each set.
#[derive(Clone, Copy, Debug)]
pub(super) struct Needs(&'static [Traits]);

impl Needs {
    /// Every cue.
    pub(super) const NOTHING: Self = Self(&[]);

    pub(super) const fn of(sets: &'static [Traits]) -> Self {
        Self(sets)
    }

    pub(super) fn met_by(self, facts: &Facts) -> bool {
        self.0.iter().all(|set| facts.traits.has(*set))
    }
}

/// What one pass over a text tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub(super) traits: Traits,
    /// Lines; 0 if there is no text.
    pub(super) lines: u32,
    /// The widest line.
    pub(super) widest: Width,
    /// All lines together, as the reading speed counts them.
    pub(super) total: Width,
}

const ASCII: [Traits; 128] = ascii();

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "at compile time, below 128")]
const fn ascii() -> [Traits; 128] {
    let mut table = [Traits::NONE; 128];
    let mut at = 0usize;
    while at < 128 {
        table[at] = match at as u8 {
            b'\n' | b' ' => Traits::NONE,
            0..=0x1F | 0x7F => Traits::UNSEEN,
            b'a'..=b'z' => Traits::LOWER,
            b'A'..=b'Z' => Traits::UPPER,
            b'0'..=b'9' => Traits::DIGIT,
            b'<' | b'>' | b'&' | b'\\' => Traits::MARKUP,
            b'{' | b'}' => Traits::MARKUP.and(Traits::BRACKET),
            b'"' | b'\'' => Traits::QUOTE,
            b'-' => Traits::DASH,
            b'(' | b')' => Traits::BRACKET.and(Traits::MARK),
            b'[' | b']' => Traits::BRACKET,
            b':' => Traits::COLON.and(Traits::MARK),
            b'.' | b',' | b';' | b'!' | b'?' => Traits::MARK,
            _ => Traits::NONE,
        };
        at = at.saturating_add(1);
    }
    table
}

/// Marks that no space goes before.
const fn clings(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '…')
}

/// A line while it is read.
#[derive(Default)]
struct LineSoFar {
    narrow: u32,
    wide: u32,
    /// Something that only the ruler itself can measure.
    odd: bool,
    blank: bool,
}

impl Facts {
    /// Looks at a text once.
    pub(super) fn of(text: &str, line_ruler: Ruler, speed_ruler: Ruler) -> Self {
        let mut facts = Self::default();
        if text.is_empty() {
            return facts;
        }
        let mut line = LineSoFar { blank: true, ..LineSoFar::default() };
        let mut start = 0usize;
        let mut before = '\n';
        for (at, c) in text.char_indices() {
            if c == '\n' {
                facts.end_line(text.get(start..at).unwrap_or_default(), before, &line, [line_ruler, speed_ruler]);
                facts.traits.add(Traits::LINES);
                line = LineSoFar { blank: true, ..LineSoFar::default() };
                start = at.saturating_add(1);
            } else {
                facts.take(c, before, &mut line);
            }
            before = c;
        }
        facts.end_line(text.get(start..).unwrap_or_default(), before, &line, [line_ruler, speed_ruler]);
        facts
    }

    fn take(&mut self, c: char, before: char, line: &mut LineSoFar) {
        if c == ' ' {
            if before == ' ' {
                self.traits.add(Traits::SPACES);
            } else if before == '\n' {
                self.traits.add(Traits::EDGE_SPACE);
            }
            line.narrow = line.narrow.saturating_add(1);
            return;
        }
        line.blank = false;
        if before == ' ' && clings(c) {
            self.traits.add(Traits::SPACE_THEN_MARK);
        }
        if let Some(traits) = ASCII.get(c as usize) {
            self.traits.add(*traits);
            if c == '.' && before == '.' {
                self.traits.add(Traits::DOTS);
            }
            line.narrow = line.narrow.saturating_add(1);
            line.odd |= traits.has(Traits::UNSEEN);
            return;
        }
        let (traits, wide) = beyond_ascii(c);
        self.traits.add(traits);
        line.wide = line.wide.saturating_add(1);
        line.odd |= !wide;
    }

    fn end_line(&mut self, text: &str, last: char, line: &LineSoFar, [line_ruler, speed_ruler]: [Ruler; 2]) {
        if last == ' ' {
            self.traits.add(Traits::EDGE_SPACE);
        }
        if line.blank {
            self.traits.add(Traits::BLANK_LINE);
        }
        let measure = |ruler: Ruler| match line.odd {
            true => ruler.width(text),
            false => ruler.of_counts(line.narrow, line.wide),
        };
        self.lines = self.lines.saturating_add(1);
        self.widest = self.widest.max(measure(line_ruler));
        self.total = self.total.plus(measure(speed_ruler));
    }
}

/// What a character beyond ASCII is, and whether it is wide and a character by itself whatever stands beside it.
fn beyond_ascii(c: char) -> (Traits, bool) {
    match c {
        '\u{4E00}'..='\u{9FFF}' => (Traits::HAN, true),
        '…' | '⋯' => (Traits::ELLIPSIS, false),
        '“' | '”' | '‘' | '’' | '«' | '»' | '„' => (Traits::QUOTE, false),
        '–' | '—' => (Traits::DASH, false),
        '「'..='』' => (Traits::QUOTE.and(Traits::CJK_MARK), true),
        '《'..='】' | '〔'..='〗' => (Traits::BRACKET.and(Traits::CJK_MARK), true),
        '（' | '）' => (Traits::BRACKET.and(Traits::FULL_WIDTH), true),
        '：' => (Traits::COLON.and(Traits::FULL_WIDTH), true),
        '\u{3001}'..='\u{3029}' => (Traits::CJK_MARK, true),
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' => (Traits::KANA, true),
        '\u{FF01}'..='\u{FF5E}' => (Traits::FULL_WIDTH, true),
        '\u{3000}' => (Traits::WIDE_SPACE, false),
        '\u{FFFD}' => (Traits::REPLACEMENT, false),
        '\u{80}'..='\u{9F}' | '\u{A0}' | '\u{AD}' => (Traits::UNSEEN.and(Traits::LATIN_1), false),
        '\u{A1}'..='\u{FF}' => (Traits::LATIN_1, false),
        '\u{2000}'..='\u{200F}' | '\u{2028}'..='\u{202F}' | '\u{205F}'..='\u{206F}' | '\u{FEFF}' => {
            (Traits::UNSEEN, false)
        }
        '\u{FFF9}'..='\u{FFFB}' => (Traits::UNSEEN, false),
        _ => (if crate::lang::is_han(c) { Traits::HAN } else { Traits::OTHER }, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{RULERS, text_width};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn widths_are_those_of_the_ruler(text in "[ -~\n一-鿿！-｠。、…“\u{301}é가\u{200B}🙂]{0,60}") {
            for (ruler, _) in RULERS {
                let facts = Facts::of(&text, *ruler, *ruler);
                prop_assert_eq!(facts.total, text_width(&text, *ruler));
                let widest = text.split('\n').map(|line| ruler.width(line)).max().unwrap_or_default();
                prop_assert_eq!(facts.widest, widest);
            }
        }
    }

    #[test]
    fn each_kind_is_seen() {
        for (text, kind) in [
            ("a  b", Traits::SPACES),
            (" a", Traits::EDGE_SPACE),
            ("a \nb", Traits::EDGE_SPACE),
            ("a ?", Traits::SPACE_THEN_MARK),
            ("a..", Traits::DOTS),
            ("a…", Traits::ELLIPSIS),
            ("— a", Traits::DASH),
            ("「a", Traits::QUOTE),
            ("a<", Traits::MARKUP),
            ("\u{FFFD}", Traits::REPLACEMENT),
            ("a\u{200B}", Traits::UNSEEN),
            ("\u{20000}", Traits::HAN),
            ("é", Traits::LATIN_1),
            ("Ａ", Traits::FULL_WIDTH),
            ("。", Traits::CJK_MARK),
            ("a\n\nb", Traits::BLANK_LINE),
            ("a\nb", Traits::LINES),
        ] {
            let facts = Facts::of(text, Ruler::Each, Ruler::Each);
            assert!(facts.traits.has(kind), "{text:?}");
            assert!(
                !Facts::of("plain 字", Ruler::Each, Ruler::Each).traits.has(kind) || kind == Traits::HAN,
                "{text:?}"
            );
        }
    }
}
