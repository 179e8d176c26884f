//! Text as it is put together: white space as `xml:space` asks, marks that begin and end.

use super::style::Switch;
use crate::model::{Mark, MarkKind, StyledText};
use std::cmp::Reverse;

/// The end of a mark that is still open.
pub(super) const OPEN: u32 = u32::MAX;

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub(super) text: StyledText,
    /// Spaces that a line break or the end took away; they are cut out at last, so that places stay.
    removed: Vec<u32>,
    /// The last character is a space that more white space joins.
    soft: bool,
    /// Switched off inside, to go on with the next text.
    pending: Vec<MarkKind>,
}

impl Flow {
    pub(super) fn position(&self) -> u32 {
        self.text.len()
    }

    /// Appends characters. Unless white space is preserved, it collapses and counts nothing beside a line break
    /// (TTML2 §8.2.3).
    pub(super) fn push(&mut self, text: &str, preserve: bool) {
        if text.is_empty() {
            return;
        }
        self.resume();
        if preserve {
            self.soft = false;
            let mut after_cr = false;
            // XML §2.11: every line end is one line feed.
            for c in text.chars() {
                match c {
                    '\n' if after_cr => {}
                    '\n' | '\r' => self.text.plain.push('\n'),
                    c => self.text.plain.push(c),
                }
                after_cr = c == '\r';
            }
            return;
        }
        if is_collapsed(text) {
            return self.push_collapsed(text);
        }
        const SPACE: [char; 4] = [' ', '\n', '\t', '\r'];
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.bytes().position(|b| matches!(b, b' ' | b'\n' | b'\t' | b'\r')).unwrap_or(rest.len());
            let (word, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
            if !word.is_empty() {
                self.text.plain.push_str(word);
                self.soft = false;
            }
            rest = tail.trim_start_matches(SPACE);
            if !tail.is_empty() && !self.at_line_start() && !self.soft {
                self.text.plain.push(' ');
                self.soft = true;
            }
        }
    }

    /// The same for text in which only the first space may count nothing.
    fn push_collapsed(&mut self, text: &str) {
        let begins_soft = self.at_line_start() || self.soft;
        let text = if begins_soft { text.strip_prefix(' ').unwrap_or(text) } else { text };
        if !text.is_empty() {
            // For this and a second line.
            self.text.plain.reserve(text.len().saturating_mul(2).saturating_sub(self.text.plain.len()));
            self.text.plain.push_str(text);
            self.soft = text.ends_with(' ');
        }
    }

    /// Appends a character that was written as a reference: it is no white space to collapse.
    pub(super) fn push_char(&mut self, c: char, preserve: bool) {
        if !preserve && matches!(c, ' ' | '\t' | '\n') {
            return self.push(c.encode_utf8(&mut [0; 4]), false);
        }
        self.resume();
        self.soft = false;
        self.text.plain.push(c);
    }

    fn at_line_start(&self) -> bool {
        self.text.plain.is_empty() || self.text.plain.ends_with('\n')
    }

    /// A space that collapses has no place at the end of a line.
    fn end_line(&mut self) {
        if std::mem::take(&mut self.soft) {
            self.removed.push(self.position().saturating_sub(1));
        }
    }

    pub(super) fn line_break(&mut self) {
        self.resume();
        self.end_line();
        self.text.plain.push('\n');
    }

    pub(super) fn open(&mut self, kind: MarkKind) {
        let at = self.position();
        // Most marked texts have one mark; a vector that grows by itself begins with room for four.
        self.text.marks.reserve_exact(usize::from(self.text.marks.is_empty()));
        self.text.marks.push(Mark::new(at..OPEN, kind));
    }

    /// Ends the marks from the `first` on that are open.
    pub(super) fn close_from(&mut self, first: usize) {
        let end = self.position();
        let marks = self.text.marks.get_mut(first..).unwrap_or_default();
        marks.iter_mut().filter(|mark| mark.range.end == OPEN).for_each(|mark| mark.range.end = end);
    }

    /// Ends what is open of a kind; gives it back.
    pub(super) fn switch_off(&mut self, switch: Switch) -> Vec<MarkKind> {
        let end = self.position();
        let mut off = Vec::new();
        for mark in self.text.marks.iter_mut().filter(|mark| mark.range.end == OPEN) {
            if Switch::of(&mark.kind) == Some(switch) {
                mark.range.end = end;
                off.push(mark.kind.clone());
            }
        }
        off
    }

    /// What was switched off goes on with the next text.
    pub(super) fn go_on(&mut self, kinds: Vec<MarkKind>) {
        self.pending.extend(kinds);
    }

    pub(super) fn resume(&mut self) {
        for kind in std::mem::take(&mut self.pending) {
            self.open(kind);
        }
    }

    /// The text, its marks in order, and a function that gives places in it for places in the making.
    pub(super) fn finish(mut self) -> (StyledText, impl Fn(u32) -> u32) {
        self.end_line();
        self.close_from(0);
        let (mut text, removed) = (self.text, self.removed);
        if removed.is_empty() {
            // Grown piece by piece; in a long file, the room that is left over adds up.
            text.plain = text.plain.as_str().to_owned();
        } else {
            let mut plain = String::with_capacity(text.plain.len());
            let mut from = 0usize;
            for at in &removed {
                plain.push_str(text.plain.get(from..*at as usize).unwrap_or_default());
                from = (*at as usize).saturating_add(1);
            }
            plain.push_str(text.plain.get(from..).unwrap_or_default());
            text.plain = plain;
        }
        let place = move |at: u32| {
            let before = removed.partition_point(|removed| *removed < at);
            at.saturating_sub(u32::try_from(before).unwrap_or(u32::MAX))
        };
        for mark in &mut text.marks {
            mark.range = place(mark.range.start)..place(mark.range.end);
        }
        if text.marks.len() > 1 {
            text.marks.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
        }
        (text, place)
    }
}

/// No white space but single spaces. All bytes are looked at without a way out in the middle, which is many at a time.
fn is_collapsed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let other = bytes.iter().fold(false, |found, b| found | matches!(b, b'\n' | b'\t' | b'\r'));
    let next = bytes.get(1..).unwrap_or_default();
    !bytes.iter().zip(next).fold(other, |found, (a, b)| found | ((*a == b' ') & (*b == b' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn default(parts: &[&str]) -> String {
        let mut flow = Flow::default();
        for part in parts {
            if *part == "<br/>" { flow.line_break() } else { flow.push(part, false) }
        }
        flow.finish().0.plain
    }

    #[test]
    fn white_space_collapses() {
        assert_eq!(default(&["\n  a  b ", " c", " <br/>".trim(), "\n d \r\n e\n"]), "a b c\nd e");
        assert_eq!(default(&["a \n", "<br/>", "  ", "<br/>", "b"]), "a\n\nb");
        let mut flow = Flow::default();
        flow.push(" a\r\nb\r ", true);
        assert_eq!(flow.finish().0.plain, " a\nb\n ");
    }

    #[test]
    fn text_without_runs_of_white_space_takes_a_shorter_way_to_the_same() {
        let texts: Vec<String> = (0..4usize.pow(5))
            .map(|n| (0..5).filter_map(|i| [None, Some(' '), Some('a'), Some('\n')][n / 4usize.pow(i) % 4]).collect())
            .collect();
        for text in &texts {
            for at in 0..=text.len() {
                let (a, b) = text.split_at(at);
                // A tab beside a space changes nothing but the way that is taken.
                let long = |part: &str| part.replace(' ', " \t");
                assert_eq!(default(&[a, b]), default(&[&long(a), &long(b)]), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn marks_keep_their_places() {
        let mut flow = Flow::default();
        flow.open(MarkKind::Bold);
        flow.push("a ", false);
        flow.close_from(0);
        flow.line_break();
        flow.push("b", false);
        assert_eq!(flow.finish().0.marks, [Mark::new(0..1, MarkKind::Bold)]);
    }
}
