//! An input as it was found: its name, its decoded text, the encoding that was found, and places in it.

mod decoded;
mod encoding;
mod line_index;
mod patch;

pub use encoding::{EncodeOptions, Encoding, EncodingGuess, Eol, Missing, decode, encode};
pub use line_index::LineIndex;
pub use patch::Patches;

use decoded::Decoded;
use std::ops::Range;

/// Bytes `start..end` of a source's decoded UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// From byte offsets; offsets past 4 GiB are clamped (inputs are limited long before).
    pub fn new(range: Range<usize>) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// As a range of byte offsets.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place for people: both count from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// Line.
    pub line: u32,
    /// Column, in characters.
    pub column: u32,
}

/// A decoded input. All [`Span`]s are offsets in [`Source::text`].
#[derive(Clone, Debug)]
pub struct Source {
    name: String,
    text: Decoded,
    guess: EncodingGuess,
    /// Those of an input that is no text.
    bytes: Vec<u8>,
    /// Those of a text that are not the text itself: another encoding, or bytes that were wrong. Without the byte order mark.
    original: Option<Vec<u8>>,
}

impl Source {
    /// From text that is already decoded.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(name, text.into(), EncodingGuess::utf8())
    }

    /// From a decoded text and how it was decoded.
    pub fn new(name: impl Into<String>, text: String, guess: EncodingGuess) -> Self {
        Self::of(name, text.into(), guess)
    }

    fn of(name: impl Into<String>, text: Decoded, guess: EncodingGuess) -> Self {
        Self { name: name.into(), text, guess, bytes: Vec::new(), original: None }
    }

    /// An input that is no text: its text is empty, and spans are offsets in its bytes.
    pub fn binary(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { bytes, ..Self::from_text(name, "") }
    }

    /// The bytes of an input that is no text; empty for a text.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What to call it: usually its path.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The decoded text, without a byte order mark.
    pub fn text(&self) -> &str {
        self.text.as_str()
    }

    /// The encoding it was read as, and how sure that is.
    pub fn encoding(&self) -> &EncodingGuess {
        &self.guess
    }

    /// The text of a span; empty if it does not lie on character boundaries of this source.
    pub fn slice(&self, span: Span) -> &str {
        self.text().get(span.range()).unwrap_or_default()
    }

    /// Where `part` stands, if it is borrowed from this source's text.
    ///
    /// ```
    /// use zimu::source::{Source, Span};
    /// let source = Source::from_text("a.srt", "one two");
    /// assert_eq!(source.span_of(&source.text()[4..]), Some(Span { start: 4, end: 7 }));
    /// assert_eq!(source.span_of("two"), None);
    /// ```
    pub fn span_of(&self, part: &str) -> Option<Span> {
        place_of(self.text(), part).map(Span::new)
    }

    /// Line and column of a byte offset. Counts from the start: for one message; [`LineIndex`] is for many.
    ///
    /// ```
    /// use zimu::source::{LineColumn, Source};
    /// let source = Source::from_text("a.srt", "字幕\r\nb");
    /// assert_eq!(source.line_column(8), LineColumn { line: 2, column: 1 });
    /// ```
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let bytes = self.text().as_bytes();
        let before = bytes.get(..(offset as usize).min(bytes.len())).unwrap_or_default();
        // A line ends at LF, or at a CR that no LF follows.
        let ends =
            |(i, b): (usize, &u8)| *b == b'\n' || (*b == b'\r' && bytes.get(i.saturating_add(1)) != Some(&b'\n'));
        let line = before.iter().enumerate().filter(|(i, b)| ends((*i, b))).count();
        let start =
            before.iter().enumerate().rev().find(|(i, b)| ends((*i, b))).map_or(0, |(i, _)| i.saturating_add(1));
        let column = before.get(start..).unwrap_or_default().iter().filter(|b| (**b & 0xC0) != 0x80).count();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(1);
        LineColumn { line: count(line), column: count(column) }
    }
}

/// Where `part` stands in `text`, if it is borrowed from it.
pub(crate) fn place_of(text: &str, part: &str) -> Option<Range<usize>> {
    let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
    let end = start.checked_add(part.len()).filter(|end| *end <= text.len())?;
    Some(start..end)
}
