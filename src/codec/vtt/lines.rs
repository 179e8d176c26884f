//! The decoded text, seen line by line as WebVTT §6.1 does: CRLF, CR and LF each end a line, NUL is U+FFFD.

use memchr::{memchr, memchr2, memchr3};
use std::borrow::Cow;
use std::ops::Range;

/// The text of a file, and what it holds that has to be normalised.
pub(super) struct Text<'a> {
    text: &'a str,
    has_cr: bool,
    has_nul: bool,
}

/// One line: its bytes without the line end, and where the next one starts.
pub(super) struct Line<'a> {
    pub(super) content: &'a str,
    pub(super) range: Range<usize>,
    pub(super) next: usize,
    /// It holds `-->`.
    pub(super) arrow: bool,
    /// The text ends with this line, without a line end.
    pub(super) last: bool,
}

impl<'a> Text<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        // One look at a long text tells that it has neither.
        let special = memchr2(b'\r', 0, text.as_bytes()).is_some();
        let has = |byte| special && memchr(byte, text.as_bytes()).is_some();
        Self { text, has_cr: has(b'\r'), has_nul: has(0) }
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Where the first NUL stands.
    pub(super) fn first_nul(&self) -> Option<usize> {
        self.has_nul.then(|| memchr(0, self.text.as_bytes())).flatten()
    }

    /// The line that starts at `start`.
    pub(super) fn line_at(&self, start: usize) -> Line<'a> {
        let (end, arrow) = self.line_end(start);
        let content = self.text.get(start..end).unwrap_or_default();
        Line { content, range: start..end, next: self.after_line_end(end), arrow, last: end >= self.len() }
    }

    /// Where the line ends that starts at `start`, and whether it holds `-->`. One search for both: plain text has no `>`.
    fn line_end(&self, start: usize) -> (usize, bool) {
        let bytes = self.text.as_bytes();
        let (mut at, mut arrow) = (start, false);
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let found = match (self.has_cr, arrow) {
                (false, false) => memchr2(b'\n', b'>', rest),
                (false, true) => memchr(b'\n', rest),
                (true, false) => memchr3(b'\n', b'\r', b'>', rest),
                (true, true) => memchr2(b'\n', b'\r', rest),
            };
            let Some(found) = found else { return (start.max(bytes.len()), arrow) };
            at = at.saturating_add(found);
            if rest.get(found) != Some(&b'>') {
                return (at, arrow);
            }
            arrow = bytes.get(start..at).is_some_and(|before| before.ends_with(b"--"));
            at = at.saturating_add(1);
        }
    }

    /// Where the line ends that begin at `position` are over.
    pub(super) fn skip_blank(&self, mut position: usize) -> usize {
        while matches!(self.text.as_bytes().get(position), Some(b'\n' | b'\r')) {
            position = position.saturating_add(1);
        }
        position
    }

    fn after_line_end(&self, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        match (bytes.get(end), bytes.get(end.saturating_add(1))) {
            (Some(b'\r'), Some(b'\n')) => end.saturating_add(2),
            (Some(_), _) => end.saturating_add(1),
            (None, _) => end,
        }
    }

    /// The bytes of `range` as they stand.
    pub(super) fn raw(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The characters of `range` as the standard's parser sees them.
    pub(super) fn clean(&self, range: Range<usize>) -> Cow<'a, str> {
        let raw = self.raw(range);
        if !(self.has_cr && raw.contains('\r') || self.has_nul && raw.contains('\0')) {
            return Cow::Borrowed(raw);
        }
        Cow::Owned(raw.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{FFFD}"))
    }
}

/// The line holds `-->`.
pub(super) fn has_arrow(line: &str) -> bool {
    // One search for the rarest of the three characters; plain text has none.
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'>', bytes).any(|at| bytes.get(..at).is_some_and(|before| before.ends_with(b"--")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end_ends_one_line() {
        let text = Text::new("a>\r\n>-->b>\r--\n-->\n>d");
        let (mut at, mut lines) = (0, Vec::new());
        loop {
            let line = text.line_at(at);
            lines.push(line.content);
            assert_eq!(line.arrow, has_arrow(line.content), "{}", line.content);
            at = line.next;
            if line.last {
                break;
            }
        }
        assert_eq!(lines, ["a>", ">-->b>", "--", "-->", ">d"]);
        assert_eq!(text.clean(0..text.len()), "a>\n>-->b>\n--\n-->\n>d");
    }

    #[test]
    fn an_arrow_needs_two_hyphens() {
        assert!(has_arrow("a-->b") && has_arrow("x > --->"));
        assert!(!has_arrow("->") && !has_arrow("-- >") && !has_arrow(">--"));
    }
}
