//! Lines, whatever ends them.

use std::ops::Range;

/// One line of the article. It starts where the one before it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// What is written on it, white space around it left out; empty for a blank line.
    pub(super) body: Range<usize>,
    /// One past its line break.
    pub(super) end: usize,
}

impl Line {
    /// Nothing is written on it.
    pub(super) fn is_blank(&self) -> bool {
        self.body.is_empty()
    }
}

/// Splits at LF, CR LF, CR and the Unicode line ends (UAX #14 classes BK, CR, LF, NL). Articles mix them when they were
/// pasted together from several places.
pub(super) fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !is_break(c) {
            continue;
        }
        if c == '\r' {
            chars.next_if(|(_, next)| *next == '\n');
        }
        let end = chars.peek().map_or(text.len(), |(next, _)| *next);
        lines.push(line(text, start..at, end));
        start = end;
    }
    if start < text.len() {
        lines.push(line(text, start..text.len(), text.len()));
    }
    lines
}

fn line(text: &str, range: Range<usize>, end: usize) -> Line {
    let whole = text.get(range.clone()).unwrap_or_default();
    let body = whole.trim_matches(is_blank);
    if body.is_empty() {
        return Line { body: range.start..range.start, end };
    }
    let body = body.strip_suffix('|').filter(|rest| is_row(rest)).map_or(body, |rest| rest.trim_end_matches(is_blank));
    let lead = whole.len().saturating_sub(whole.trim_start_matches(is_blank).len());
    let start = range.start.saturating_add(lead);
    Line { body: start..start.saturating_add(body.len()), end }
}

/// A row of a Markdown table, its last `|` aside: two cells at least, one of them with something in it.
fn is_row(rest: &str) -> bool {
    let cells = rest.strip_prefix('|').filter(|cells| cells.contains('|'));
    cells.is_some_and(|cells| !cells.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ')))
}

/// A line break of any kind.
pub(super) fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// White space, or what web pages leave behind that looks like nothing.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{FEFF}')
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_splits_and_bodies_are_trimmed() {
        let text = "a\r\n\u{3000}\u{3000}b \rc\n\n\u{200B}d\u{2028}e";
        let lines = split(text);
        let bodies: Vec<_> = lines.iter().map(|l| &text[l.body.clone()]).collect();
        assert_eq!(bodies, ["a", "b", "c", "", "d", "e"]);
        assert_eq!(lines.last().map(|l| l.end), Some(text.len()));
    }

    #[test]
    fn the_frame_of_a_table_is_not_on_the_line() {
        let text = "| a | b |\n|---|---|\n|c|\n";
        let bodies: Vec<_> = split(text).iter().map(|l| &text[l.body.clone()]).collect();
        assert_eq!(bodies, ["| a | b", "|---|---|", "|c|"]);
    }
}
