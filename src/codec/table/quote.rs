//! Cells as they are written: quotation marks, and what keeps spreadsheets from running a text.

use super::cell::time;
use std::borrow::Cow;

/// What spreadsheets take for the beginning of a formula (OWASP, "CSV Injection"), full-width forms included.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// White space at the edges of a cell that is not part of its text.
pub(super) const EDGE: [char; 4] = [' ', '\t', '\n', '\r'];

/// It begins as a formula, or as one that was guarded.
fn is_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// An apostrophe in front of what a spreadsheet would run.
pub(super) fn guard(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(["'", text].concat()) } else { Cow::Borrowed(text) }
}

/// Takes the guard away.
pub(super) fn unguard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| is_formula(rest)).unwrap_or(text)
}

/// Keeps a line of a text from being read as a row: U+2060 WORD JOINER, which shows nothing.
const JOINER: char = '\u{2060}';

/// Lines of a cell below its first that begin as rows do: a time, then another cell. A reader takes them for rows, because of files
/// in which quotation marks are not doubled or not closed.
fn rows(cell: &str, delimiter: u8) -> impl Iterator<Item = usize> + '_ {
    let delimiter = char::from(delimiter);
    let lines = cell.match_indices(['\n', '\r']).map(|(at, _)| at.saturating_add(1));
    lines.filter(move |at| {
        let line = cell.get(*at..).unwrap_or_default();
        let end = line.find(['\n', '\r', delimiter]).unwrap_or(line.len());
        let (first, after) = line.split_at_checked(end).unwrap_or_default();
        after.starts_with(delimiter) && time(first.trim_matches([' ', '"'])).is_some()
    })
}

/// A line of the cell would be read as a row.
pub(super) fn has_row(cell: &str, delimiter: u8) -> bool {
    rows(cell, delimiter).next().is_some()
}

/// The text with a joiner in front of each line that would be read as a row.
pub(super) fn joined(text: &str, delimiter: u8) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0usize;
    for at in rows(text, delimiter) {
        out.push_str(text.get(done..at).unwrap_or_default());
        out.push(JOINER);
        done = at;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}

/// Appends a cell, in quotation marks where it needs them (RFC 4180 §2, 5 to 7).
pub(super) fn push(out: &mut String, cell: &str, delimiter: u8) {
    let needs = |b: u8| b == delimiter || matches!(b, b'"' | b'\n' | b'\r');
    let edge = cell.starts_with(' ') || cell.ends_with(' ');
    if !edge && !cell.bytes().any(needs) {
        return out.push_str(cell);
    }
    out.push('"');
    for (i, part) in cell.split('"').enumerate() {
        out.extend([if i > 0 { "\"\"" } else { "" }, part]);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guard_comes_off_again() {
        for text in ["", "a", "=1+1", "'=1", "''@x", "- Hello", "'tis", "－", "'"] {
            assert_eq!(unguard(&guard(text)), text);
            assert!(!guard(text).starts_with(FORMULA));
        }
        assert_eq!(guard("- Hello"), "'- Hello");
        assert_eq!(unguard("-5"), "-5");
    }

    #[test]
    fn lines_that_begin_as_rows_are_joined() {
        assert_eq!(joined("a\n1,b\n2;c\r3.5, d", b','), "a\n\u{2060}1,b\n2;c\r\u{2060}3.5, d");
        assert!(!has_row("1,2,3\nx,1\n5", b','));
    }

    #[test]
    fn cells_are_quoted_where_they_must() {
        for (cell, written) in
            [("a", "a"), ("a,b", "\"a,b\""), ("\"", "\"\"\"\""), ("a\nb", "\"a\nb\""), (" a", "\" a\"")]
        {
            let mut out = String::new();
            push(&mut out, cell, b',');
            assert_eq!(out, written);
        }
    }
}
