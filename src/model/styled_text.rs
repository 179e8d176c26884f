//! Plain text with stand-off marks.

use super::extras::Extra;
use super::style::{Font, Rgba};
use crate::lang::LangTag;
use crate::time::Time;
use std::ops::Range;
use thin_vec::ThinVec;

/// Text whose only line break is `\n`, with marks over byte ranges of it.
///
/// Not a tree: segmentation, width, alignment and search work on plain offsets, and several formats do not nest. Marks
/// are sorted, outer first (by start, then by end descending), and lie on character boundaries; an empty range is a
/// point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StyledText {
    /// What is shown.
    pub plain: String,
    /// What holds of which bytes of it.
    pub marks: ThinVec<Mark>,
}

/// One thing that holds of a range of a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Bytes of `plain`.
    pub range: Range<u32>,
    /// What holds of them.
    pub kind: MarkKind,
}

/// What a mark says. Writers match it without a wildcard arm, so that a new kind makes each of them take a stand.
#[derive(Clone, Debug, PartialEq)]
pub enum MarkKind {
    /// Who speaks.
    Voice(Box<Voice>),
    /// In which language.
    Lang(LangTag),
    /// A class name.
    Class(Box<str>),
    /// Bold.
    Bold,
    /// Italic.
    Italic,
    /// Underlined.
    Underline,
    /// Struck through.
    Strike,
    /// Text colour.
    Color(Rgba),
    /// Background colour.
    Background(Rgba),
    /// Font.
    Font(Box<Font>),
    /// A reading beside its base.
    Ruby(Box<Ruby>),
    /// The term of a gloss.
    Gloss(Box<Gloss>),
    /// In the source here, but nobody says it (a point).
    Unsaid(Box<Unsaid>),
    /// Emphasis marks.
    Emphasis(Emphasis),
    /// Upright in vertical text (tate-chu-yoko).
    Upright,
    /// Shown from this time on, to the end of the text (karaoke, word times).
    Shown(Time),
    /// Markup that is kept and not understood: a point, or the range it encloses.
    Raw(Box<Extra>),
}

/// Who speaks, with WebVTT's classes (`<v.loud 戴国浩>`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// The name.
    pub name: String,
    /// Classes on the voice.
    pub classes: Vec<String>,
}

impl Voice {
    /// The name as a label in front of the text: `主持人：`, `Host: `.
    pub fn label(name: &str) -> String {
        let wide = name.chars().any(|c| c >= '\u{2E80}');
        [name, if wide { "：" } else { ": " }].concat()
    }
}

/// When the names of speakers are shown as labels in the text of cues.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// As the format needs it: on a change where it has no voices, never where it has.
    #[default]
    Auto,
    /// On every cue.
    Always,
    /// Where the speaker changes.
    OnChange,
    /// Nowhere.
    Never,
}

/// A reading: a text of its own, not part of `plain`.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruby {
    /// The reading.
    pub text: StyledText,
}

/// A term's gloss, as in `idea(点子)`: the marked range is the term; the gloss is not part of `plain`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gloss {
    /// The gloss: `点子`.
    pub text: String,
    /// The opening bracket as written, with any space before it: `(` or ` (`.
    pub open: String,
    /// The closing bracket as written: `)`.
    pub close: String,
    /// Which half is said.
    pub spoken: Spoken,
}

/// Which half of a gloss is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Spoken {
    /// The term.
    #[default]
    Term,
    /// The gloss.
    Gloss,
}

/// Something that stands in the source at this point and is not said, such as `(笑)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaid {
    /// As written, brackets included.
    pub text: String,
    /// Why it is not said.
    pub reason: super::Reason,
}

/// Emphasis marks beside the characters (CSS `text-emphasis`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Emphasis {
    /// The usual mark of the language.
    #[default]
    Auto,
    /// Dots.
    Dot,
    /// Circles.
    Circle,
    /// Sesame marks.
    Sesame,
}

impl Mark {
    /// A mark over `range`.
    pub fn new(range: Range<u32>, kind: MarkKind) -> Self {
        Self { range, kind }
    }

    /// The range as offsets for slicing.
    pub fn bytes(&self) -> Range<usize> {
        self.range.start as usize..self.range.end as usize
    }
}

impl From<&str> for StyledText {
    fn from(plain: &str) -> Self {
        Self { plain: plain.to_owned(), marks: ThinVec::new() }
    }
}

impl From<String> for StyledText {
    fn from(plain: String) -> Self {
        Self { plain, marks: ThinVec::new() }
    }
}

impl StyledText {
    /// Its length as an offset. Texts over 4 GiB do not occur: inputs are limited long before.
    pub fn len(&self) -> u32 {
        u32::try_from(self.plain.len()).unwrap_or(u32::MAX)
    }

    /// Nothing is shown.
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// Adds a mark, keeping the order. Equal ranges keep the order of adding: first is outer.
    pub fn add(&mut self, mark: Mark) {
        let key = |m: &Mark| (m.range.start, std::cmp::Reverse(m.range.end));
        let at = self.marks.partition_point(|m| key(m) <= key(&mark));
        self.marks.insert(at, mark);
    }

    /// Who speaks, if one voice covers all of it.
    pub fn voice(&self) -> Option<&str> {
        self.marks.iter().find_map(|mark| match &mark.kind {
            MarkKind::Voice(voice) if mark.range.start == 0 && mark.range.end == self.len() => {
                Some(voice.name.as_str())
            }
            _ => None,
        })
    }

    /// The part `range` of it, with the marks that touch it, cut to it. Offsets must lie on character boundaries;
    /// otherwise the result is empty.
    ///
    /// ```
    /// use zimu::model::{Mark, MarkKind, StyledText};
    /// let mut text = StyledText::from("one two");
    /// text.add(Mark::new(2..5, MarkKind::Bold));
    /// let cut = text.slice(4..7);
    /// assert_eq!(cut.plain, "two");
    /// assert_eq!(cut.marks, [Mark::new(0..1, MarkKind::Bold)]);
    /// ```
    #[must_use]
    pub fn slice(&self, range: Range<u32>) -> StyledText {
        let Some(plain) = self.plain.get(range.start as usize..range.end as usize) else {
            return StyledText::default();
        };
        let keep = |mark: &&Mark| {
            let overlaps = mark.range.start < range.end && mark.range.end > range.start;
            let point_inside = mark.range.is_empty() && range.contains(&mark.range.start);
            let point_at_end = mark.range.is_empty() && mark.range.start == range.end && range.end == self.len();
            overlaps || point_inside || point_at_end
        };
        let cut = |at: u32| at.clamp(range.start, range.end).saturating_sub(range.start);
        let marks = self.marks.iter().filter(keep);
        let marks = marks.map(|m| Mark::new(cut(m.range.start)..cut(m.range.end), m.kind.clone())).collect();
        StyledText { plain: plain.to_owned(), marks }
    }

    /// Appends `other`, its marks moved along.
    pub fn append(&mut self, other: &StyledText) {
        let shift = self.len();
        self.plain.push_str(&other.plain);
        for mark in &other.marks {
            let range = mark.range.start.saturating_add(shift)..mark.range.end.saturating_add(shift);
            self.add(Mark::new(range, mark.kind.clone()));
        }
    }
}
