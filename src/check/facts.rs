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
    /// What every text has.
    ANY = 31;
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
pub(super) struct Needs([Traits; 2]);

impl Needs {
    /// Every cue.
    pub(super) const NOTHING: Self = Self([Traits::ANY; 2]);

    /// Something of each of these sets, two at most.
    pub(super) const fn of(sets: &[Traits]) -> Self {
        match sets {
            [] => Self::NOTHING,
            [one] => Self([*one, Traits::ANY]),
            [one, other, ..] => Self([*one, *other]),
        }
    }

    pub(super) fn met_by(self, facts: &Facts) -> bool {
        let (traits, Self([one, other])) = (facts.traits.and(Traits::ANY), self);
        traits.has(one) && traits.has(other)
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

/// What each byte of ASCII is.
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

/// What stands beside one another matters for these alone; the lower four bits of a byte's class.
const SPACE: u8 = 1;
/// No space goes before it: `.,;:!?)]`.
const CLINGS: u8 = 2;
const DOT: u8 = 4;
const BREAK: u8 = 8;
/// Not a space, nor the end of a line.
const INK: u8 = 16;

const CLASS: [u8; 128] = classes();
/// What a class and the one after it are together.
const PAIR: [Traits; 256] = pairs();

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "at compile time, below 128")]
const fn classes() -> [u8; 128] {
    let mut table = [INK; 128];
    let mut at = 0usize;
    while at < 128 {
        table[at] = match at as u8 {
            b'\n' => BREAK,
            b' ' => SPACE,
            b'.' => INK | CLINGS | DOT,
            b',' | b';' | b':' | b'!' | b'?' | b')' | b']' => INK | CLINGS,
            _ => INK,
        };
        at = at.saturating_add(1);
    }
    table
}

#[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "at compile time, below 256")]
const fn pairs() -> [Traits; 256] {
    let mut table = [Traits::NONE; 256];
    let mut at = 0usize;
    while at < 256 {
        let (before, after) = ((at >> 4) as u8, (at & 15) as u8);
        table[at] = match (before, after) {
            (SPACE, SPACE) => Traits::SPACES,
            (SPACE, BREAK) | (BREAK, SPACE) => Traits::EDGE_SPACE,
            (SPACE, _) if after & CLINGS != 0 => Traits::SPACE_THEN_MARK,
            _ if before & after & DOT != 0 => Traits::DOTS,
            _ => Traits::NONE,
        };
        at = at.saturating_add(1);
    }
    table
}

/// A line while it is read.
#[derive(Default)]
struct LineSoFar {
    start: usize,
    narrow: u32,
    wide: u32,
    traits: Traits,
    /// Something that only the ruler itself can measure.
    odd: bool,
    /// The classes in it.
    classes: u8,
    /// The class of the last character.
    last: u8,
}

impl LineSoFar {
    fn at(start: usize) -> Self {
        Self { start, last: BREAK, ..Self::default() }
    }

    fn ascii(&mut self, byte: u8) {
        let class = CLASS.get(usize::from(byte)).copied().unwrap_or(INK);
        self.beside(class);
        self.traits.add(ASCII.get(usize::from(byte)).copied().unwrap_or(Traits::NONE));
        self.narrow = self.narrow.saturating_add(1);
    }

    fn beside(&mut self, class: u8) {
        let pair = (self.last << 4) | (class & 15);
        self.traits.add(PAIR.get(usize::from(pair)).copied().unwrap_or(Traits::NONE));
        self.classes |= class;
        self.last = class & 15;
    }

    fn han(&mut self) {
        (self.last, self.classes) = (0, INK);
        self.traits.add(Traits::HAN);
        self.wide = self.wide.saturating_add(1);
    }

    fn other(&mut self, c: char) {
        self.beside(if c == '…' { INK | CLINGS } else { INK });
        let (traits, wide) = beyond_ascii(c);
        self.traits.add(traits);
        self.wide = self.wide.saturating_add(1);
        self.odd |= !wide;
    }
}

impl Facts {
    /// Looks at a text once, byte by byte where it is ASCII, and at Han characters by their first two bytes.
    pub(super) fn of(text: &str, line_ruler: Ruler, speed_ruler: Ruler) -> Self {
        let mut facts = Self::default();
        if text.is_empty() {
            return facts;
        }
        let rulers = [line_ruler, speed_ruler];
        let mut line = LineSoFar::at(0);
        let mut bytes = text.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'\n' => {
                    facts.end_line(text, at, &line, rulers);
                    facts.traits.add(Traits::LINES);
                    line = LineSoFar::at(at.saturating_add(1));
                }
                0..=0x7F => line.ascii(byte),
                // U+5000 to U+9FFF. Two bytes follow in what is UTF-8.
                0xE5..=0xE9 => {
                    bytes.nth(1);
                    line.han();
                }
                _ => {
                    let c = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\u{FFFD}');
                    if let Some(more) = c.len_utf8().checked_sub(2) {
                        bytes.nth(more);
                    }
                    line.other(c);
                }
            }
        }
        facts.end_line(text, text.len(), &line, rulers);
        facts
    }

    fn end_line(&mut self, text: &str, end: usize, line: &LineSoFar, [line_ruler, speed_ruler]: [Ruler; 2]) {
        self.traits.add(line.traits);
        if line.last == SPACE {
            self.traits.add(Traits::EDGE_SPACE);
        }
        if line.classes & INK == 0 {
            self.traits.add(Traits::BLANK_LINE);
        }
        let odd = line.odd || line.traits.has(Traits::UNSEEN);
        let measure = |ruler: Ruler| match odd {
            true => ruler.width(text.get(line.start..end).unwrap_or_default()),
            false => ruler.of_counts(line.narrow, line.wide),
        };
        let shown = measure(line_ruler);
        self.lines = self.lines.saturating_add(1);
        self.widest = self.widest.max(shown);
        self.total = self.total.plus(if line_ruler == speed_ruler { shown } else { measure(speed_ruler) });
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
        '〈'..='】' | '〔'..='〗' => (Traits::BRACKET.and(Traits::CJK_MARK), true),
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
