//! Rows of a table. Not a library's, because of files that quote nothing: a cell that begins with `"` and is never closed must not
//! swallow the rows below it.

use super::cell::time;
use memchr::{memchr2, memchr3};
use std::borrow::Cow;
use std::ops::Range;

/// How a row is known again: what is in its columns.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    /// How many columns there are.
    pub(super) width: usize,
    /// The one of the starts.
    pub(super) start: usize,
}

/// Goes through the rows of a text.
pub(super) struct Rows<'a> {
    text: &'a str,
    at: usize,
    delimiter: u8,
    /// What begins before here with a quotation mark is not quoted: a cell was looked at up to here, and not closed.
    literal: usize,
    shape: Option<Shape>,
    /// Where the row begins that was looked at last, and whether its first line is a row by itself.
    whole: Option<(usize, bool)>,
}

impl<'a> Rows<'a> {
    /// From a place on. Without a shape every line is taken for more of a quoted cell.
    pub(super) fn new(text: &'a str, at: usize, delimiter: u8, shape: Option<Shape>) -> Self {
        Self { text, at, delimiter, literal: 0, shape, whole: None }
    }

    /// Puts the cells of the next row into `cells`; where it stands. `None` at the end.
    pub(super) fn next(&mut self, cells: &mut Vec<Cow<'a, str>>) -> Option<Range<usize>> {
        cells.clear();
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        loop {
            let (cell, end) = self.quoted(start, self.at).unwrap_or_else(|| self.bare(self.at));
            cells.push(cell);
            self.at = end.saturating_add(1);
            if self.byte(end) != Some(self.delimiter) {
                if self.byte(end) == Some(b'\r') && self.byte(self.at) == Some(b'\n') {
                    self.at = self.at.saturating_add(1);
                }
                return Some(start..end);
            }
        }
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Up to the next delimiter or line end.
    fn bare(&self, from: usize) -> (Cow<'a, str>, usize) {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let end = memchr3(self.delimiter, b'\n', b'\r', rest).map_or(self.text.len(), |at| from.saturating_add(at));
        (Cow::Borrowed(self.slice(from..end)), end)
    }

    /// A cell in quotation marks, spaces around them allowed; `None` if it is none. If the line in which the row begins is a row by
    /// itself, so is a line below that looks like one.
    fn quoted(&mut self, row: usize, from: usize) -> Option<(Cow<'a, str>, usize)> {
        let open = self.past_spaces(from);
        if self.byte(open) != Some(b'"') || open < self.literal {
            return None;
        }
        let (first, mut at, mut doubled) = (open.saturating_add(1), open.saturating_add(1), false);
        loop {
            let rest = self.text.as_bytes().get(at..).unwrap_or_default();
            let Some(found) = memchr3(b'"', b'\n', b'\r', rest).map(|found| at.saturating_add(found)) else {
                self.literal = self.text.len();
                return None;
            };
            let next = found.saturating_add(1);
            if self.byte(found) != Some(b'"') {
                if self.is_whole(row) && self.is_row(next) {
                    self.literal = found;
                    return None;
                }
                at = next;
            } else if self.byte(next) == Some(b'"') {
                (doubled, at) = (true, next.saturating_add(1));
            } else {
                let end = self.past_spaces(next);
                if self.byte(end).is_none_or(|b| b == self.delimiter || matches!(b, b'\n' | b'\r')) {
                    let inside = self.slice(first..found);
                    let cell = if doubled { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
                    return Some((cell, end));
                }
                // `"Yes" he said`: where tabs separate, nothing is quoted. Elsewhere the mark is taken for part of the cell.
                if self.delimiter == b'\t' {
                    self.literal = next;
                    return None;
                }
                at = next;
            }
        }
    }

    /// The line in which a row begins is a row by itself.
    fn is_whole(&mut self, row: usize) -> bool {
        if let Some((_, whole)) = self.whole.filter(|(at, _)| *at == row) {
            return whole;
        }
        let whole = self.is_row(row);
        self.whole = Some((row, whole));
        whole
    }

    fn past_spaces(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        from.saturating_add(rest.iter().take_while(|b| **b == b' ').count())
    }

    /// The line there is a row of its own: as many columns, and a time where starts stand.
    fn is_row(&self, from: usize) -> bool {
        let Some(Shape { width, start }) = self.shape else { return false };
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let end = memchr2(b'\n', b'\r', rest).map_or(self.text.len(), |at| from.saturating_add(at));
        let line = self.slice(from..end);
        let delimiter = char::from(self.delimiter);
        let begins = |cell: &str| time(cell.trim_matches([' ', '"'])).is_some();
        line.split(delimiter).count() >= width && line.split(delimiter).nth(start).is_some_and(begins)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        let mut rows = Rows::new(text, 0, delimiter, Some(Shape { width: 3, start: 0 }));
        let (mut cells, mut all) = (Vec::new(), Vec::new());
        while rows.next(&mut cells).is_some() {
            all.push(cells.iter().map(|cell| cell.to_string()).collect());
        }
        all
    }

    #[test]
    fn cells_are_those_of_the_rfc() {
        let text = "a,\"b,\"\"c\"\"\nd\", \"e\" \r\n,,\nf";
        assert_eq!(rows(text, b','), [vec!["a", "b,\"c\"\nd", "e"], vec!["", "", ""], vec!["f"]]);
        assert_eq!(rows("a,", b','), [["a", ""]]);
        assert!(rows("", b',').is_empty());
    }

    #[test]
    fn a_stray_quotation_mark_spoils_one_row() {
        let text = "1,2,\"open\n3,4,\"shut\"\n5,6,\"two\nlines\"\n";
        assert_eq!(rows(text, b','), [vec!["1", "2", "\"open"], vec!["3", "4", "shut"], vec!["5", "6", "two\nlines"]]);
        assert_eq!(rows("1,2,\"open\n3,4,shut\"\n", b','), [["1", "2", "\"open"], ["3", "4", "shut\""]]);
        assert_eq!(rows("\"a\n1,2,3\",4,5\n", b','), [["a\n1,2,3", "4", "5"]]);
        assert_eq!(rows("1\t2\t\"Yes\" he said\n", b'\t'), [["1", "2", "\"Yes\" he said"]]);
        assert_eq!(rows("1,2,\"a \"b\" c, d\"\n", b','), [["1", "2", "a \"b\" c, d"]]);
    }

    #[test]
    fn quotation_marks_without_end_take_time_in_proportion() {
        let text = "1,\"a,\n".repeat(200_000);
        assert_eq!(rows(&text, b',').len(), 200_000);
        let text = "1,".repeat(200_000) + &"\"a\nb\",".repeat(200_000);
        assert_eq!(rows(&text, b',').len(), 1);
    }
}
