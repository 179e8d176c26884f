//! Cells as they are written: quotation marks, and what keeps spreadsheets from running a text.

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
