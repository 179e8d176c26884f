//! Marks that hold for whole lines or whole cues, said by a code at the beginning of a line (MicroDVD, MPL2). `|` parts lines.

use super::plain::{self, Begun, Open, Pen, Renderer, shorten};
use crate::diag::codes::loss;
use crate::model::{Mark, MarkKind, StyledText};
use std::collections::BTreeMap;
use std::ops::Range;

/// What keeps a text from being read as markup: U+2060 WORD JOINER, which shows nothing.
const GUARD: char = '\u{2060}';

/// The codes of a format.
pub(in crate::codec) trait LineMarks {
    /// The code that says it of a line.
    fn line(&self, kind: &MarkKind) -> Option<String>;

    /// The code that says it of the whole cue.
    fn whole(&self, _kind: &MarkKind) -> Option<String> {
        None
    }

    /// A line that begins so would be read as one with a code.
    fn is_code(&self, line: &str) -> bool;

    /// What stands for a mark at the beginning of a line that is no style: a leftover of the format.
    fn leftover<'a>(&self, _kind: &'a MarkKind) -> Option<&'a str> {
        None
    }
}

/// A text whose lines begin with codes.
pub(in crate::codec) struct Lines<'a, C> {
    codes_of: C,
    plain: &'a str,
    /// Where a line begins that has codes, and the codes.
    codes: BTreeMap<usize, String>,
    /// The marks that they say.
    said: Vec<&'a Mark>,
}

impl<'a, C: LineMarks> Lines<'a, C> {
    pub(in crate::codec) fn new(codes_of: C) -> Self {
        Self { codes_of, plain: "", codes: BTreeMap::new(), said: Vec::new() }
    }

    /// Writes a text in one line.
    pub(in crate::codec) fn render(renderer: &mut Renderer<'a, '_, Self>, text: &'a StyledText, out: &mut String) {
        renderer.markup.prepare(text);
        if let Some(opening) = renderer.markup.codes.get(&0) {
            renderer.pen.out.push_str(opening);
        }
        renderer.text(text);
        if renderer.pen.out.contains('\r') {
            renderer.pen.lost(loss::LINE_BREAK);
            renderer.pen.out = renderer.pen.out.replace("\r\n", "|").replace('\r', "|");
        }
        out.push_str(&renderer.pen.out);
    }

    fn prepare(&mut self, text: &'a StyledText) {
        self.plain = &text.plain;
        self.codes.clear();
        self.said.clear();
        for mark in text.marks.iter().filter(|mark| !mark.range.is_empty()) {
            let bytes = mark.bytes();
            let whole = (bytes == (0..text.plain.len())).then(|| self.codes_of.whole(&mark.kind)).flatten();
            let code = whole.or_else(|| self.codes_of.line(&mark.kind).filter(|_| is_line(&text.plain, &bytes)));
            if let Some(code) = code {
                self.codes.entry(bytes.start).or_default().push_str(&code);
                self.said.push(mark);
            }
        }
    }
}

/// The range is one whole line.
fn is_line(text: &str, range: &Range<usize>) -> bool {
    let begins = range.start == 0 || text.as_bytes().get(range.start.saturating_sub(1)) == Some(&b'\n');
    let ends = text.as_bytes().get(range.end).is_none_or(|b| *b == b'\n');
    begins && ends && text.get(range.clone()).is_some_and(|line| !line.contains('\n'))
}

impl<'a, C: LineMarks> plain::Markup<'a> for Lines<'a, C> {
    /// Whether it is the cue's own text, whose lines have codes.
    type Found = bool;

    fn look(&mut self, text: &str, _: bool, pen: &mut Pen<'_>) -> bool {
        if text.contains('|') {
            pen.loss(loss::CHARACTER_CHANGED, "character", "|");
        }
        for line in text.split(['\n', '\r']).filter(|line| self.codes_of.is_code(line)) {
            pen.loss(loss::MISREAD, "text", shorten(line));
        }
        std::ptr::eq(text, self.plain)
    }

    fn literal(&self, text: &str, part: Range<usize>, own: &bool, out: &mut String) {
        let mut at = part.start;
        let begins = |at: usize| at == 0 || matches!(text.as_bytes().get(at.saturating_sub(1)), Some(b'\n' | b'\r'));
        for c in text.get(part).unwrap_or_default().chars() {
            if begins(at) {
                let line = text.get(at..).unwrap_or_default().split(['\n', '\r']).next().unwrap_or_default();
                if self.codes_of.is_code(line) {
                    out.push(GUARD);
                }
            }
            at = at.saturating_add(c.len_utf8());
            match c {
                '\n' => {
                    out.push('|');
                    if let Some(codes) = self.codes.get(&at).filter(|_| *own) {
                        out.push_str(codes);
                    }
                }
                // FULLWIDTH VERTICAL LINE looks most like it.
                '|' => out.push('\u{FF5C}'),
                c => out.push(c),
            }
        }
    }

    fn begin(&mut self, mark: &'a Mark, _: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        if self.said.iter().any(|said| std::ptr::eq(*said, mark)) {
            return Begun::Whole;
        }
        let at = mark.range.start as usize;
        let begins = at == 0 || self.plain.as_bytes().get(at.saturating_sub(1)) == Some(&b'\n');
        match self.codes_of.leftover(&mark.kind).filter(|_| begins && mark.range.is_empty()) {
            Some(code) => {
                pen.out.push_str(code);
                Begun::Whole
            }
            None => Begun::No,
        }
    }

    fn end(&mut self, _: &'a str, _: &mut String) {}
}
