//! Lines and columns of many places in one text.

use super::LineColumn;

/// Bytes between two remembered places: what one look-up scans at most. 12 bytes of index for each.
const STRIDE: usize = 1024;

/// Finds line and column of any byte offset by reading at most a kilobyte, however long the text or its lines are.
/// Built in one pass; a line ends as in [`super::Source::line_column`].
#[derive(Clone, Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    /// Line and column (from 0) at every multiple of [`STRIDE`].
    marks: Vec<LineColumn>,
}

impl<'a> LineIndex<'a> {
    /// Reads through `text` once.
    ///
    /// ```
    /// use zimu::source::{LineColumn, LineIndex};
    /// let index = LineIndex::new("字幕\r\nb");
    /// assert_eq!(index.line_column(8), LineColumn { line: 2, column: 1 });
    /// ```
    pub fn new(text: &'a str) -> Self {
        let mut at = LineColumn { line: 0, column: 0 };
        let mut marks = Vec::with_capacity(text.len().div_euclid(STRIDE).saturating_add(1));
        for start in (0..=text.len()).step_by(STRIDE) {
            marks.push(at);
            at = advance(at, text.as_bytes(), start, start.saturating_add(STRIDE));
        }
        Self { text, marks }
    }

    /// Line and column of a byte offset, both from 1; past the end, those of the end.
    pub fn line_column(&self, offset: u32) -> LineColumn {
        let offset = (offset as usize).min(self.text.len());
        let mark = offset.div_euclid(STRIDE);
        let from = self.marks.get(mark).copied().unwrap_or(LineColumn { line: 0, column: 0 });
        let at = advance(from, self.text.as_bytes(), mark.saturating_mul(STRIDE), offset);
        LineColumn { line: at.line.saturating_add(1), column: at.column.saturating_add(1) }
    }
}

/// Moves from `start` to `end`, counting.
fn advance(mut at: LineColumn, bytes: &[u8], start: usize, end: usize) -> LineColumn {
    let end = end.min(bytes.len());
    let after = bytes.get(start.saturating_add(1)..).unwrap_or_default().iter().map(Some).chain([None]);
    for (byte, next) in bytes.get(start..end).unwrap_or_default().iter().zip(after) {
        // A line ends at LF, or at a CR that no LF follows.
        if *byte == b'\n' || (*byte == b'\r' && next != Some(&b'\n')) {
            at = LineColumn { line: at.line.saturating_add(1), column: 0 };
        } else if byte & 0xC0 != 0x80 {
            at.column = at.column.saturating_add(1);
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_counting_from_the_start(text in "([a字\n\r]{0,300}\r\n){0,8}") {
            let (source, index) = (Source::from_text("t", text.clone()), LineIndex::new(&text));
            for offset in (0..text.len() + 2).filter(|i| *i > text.len() || text.is_char_boundary(*i)) {
                prop_assert_eq!(index.line_column(offset as u32), source.line_column(offset as u32), "{}", offset);
            }
        }
    }
}
