//! A spoken paragraph: what of it is shown, with its glosses and what is left unsaid.

use super::bracket::{self, Kind, Pair};
use super::gloss;
use super::hint::{self, Hint};
use super::line::is_blank;
use super::markup::{self, Edit};
use super::term::Recurrence;
use super::{Options, amount, skip_char, vocabulary};
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::lang::is_han;
use crate::model::{Gloss, Mark, MarkKind, Reason, StyledText, Unsaid};
use std::ops::Range;

/// Longest content of brackets that is looked at, in bytes; longer passages in brackets are speech.
const MAX_BRACKET_BYTES: usize = 320;
/// How far back a term may lie, in bytes.
const LOOK_BACK_BYTES: usize = 200;

/// The lines of one paragraph, joined, and where each came from.
#[derive(Debug, Default)]
pub(super) struct Raw {
    text: String,
    /// Offset in `text` and in the article, for each line.
    origins: Vec<(usize, usize)>,
}

impl Raw {
    /// Adds a line. Lines are joined by a space, except between characters that are written without.
    pub(super) fn push(&mut self, line: &str, at: usize) {
        let wide =
            |c: Option<char>| c.is_some_and(|c| is_han(c) || ('\u{3000}'..='\u{30FF}').contains(&c) || c >= '\u{FF00}');
        let solid = wide(self.text.chars().next_back()) && wide(line.chars().next());
        if !(solid || self.text.is_empty()) {
            self.text.push(' ');
        }
        self.origins.push((self.text.len(), at));
        self.text.push_str(line);
    }

    fn place(&self, range: Range<usize>) -> Location {
        let found = self.origins.partition_point(|(own, _)| *own <= range.start).checked_sub(1);
        let (own, article) = found.and_then(|index| self.origins.get(index)).copied().unwrap_or_default();
        let there = |at: usize| at.saturating_sub(own).saturating_add(article);
        Location::span(there(range.start)..there(range.end))
    }
}

/// What reading a paragraph needs besides it.
pub(super) struct Cx<'a> {
    pub(super) options: &'a Options,
    pub(super) recurrence: Recurrence<'a>,
}

/// A paragraph as it is shown, and the times in it with their places.
#[derive(Debug, Default)]
pub(super) struct Speech {
    pub(super) text: StyledText,
    pub(super) hints: Vec<(u32, Hint)>,
}

/// Reads a paragraph. `opened` says how many `*` its label left open.
pub(super) fn read(raw: &Raw, opened: usize, cx: &mut Cx<'_>, report: &mut Report) -> Speech {
    let text = raw.text.as_str();
    let pairs = bracket::pairs(text);
    let asked = cx.options.not_spoken.iter().flat_map(|pattern| pattern.find_iter(text));
    let asked = asked.map(|found| found.range()).filter(|range| !range.is_empty()).collect();
    let edits = markup::edits(text, &pairs, opened, asked);
    let mut out = Out::default();
    let (mut at, mut edits, mut pairs) = (0, edits.iter().peekable(), pairs.iter().peekable());
    loop {
        while edits.next_if(|edit| edit.range.start < at).is_some() {}
        while pairs.next_if(|pair| pair.open < at).is_some() {}
        let next_edit = edits.peek().map_or(text.len(), |edit| edit.range.start);
        let next_pair = pairs.peek().map_or(text.len(), |pair| pair.open);
        let next = next_edit.min(next_pair);
        out.push(text.get(at..next).unwrap_or_default());
        at = next;
        if at == text.len() {
            break;
        }
        if let Some(edit) = edits.next_if(|edit| edit.range.start == at) {
            at = apply(edit, text, &mut out);
        } else if let Some(pair) = pairs.next() {
            at = in_brackets(pair, raw, &mut out, cx, report);
        }
    }
    out.finish()
}

fn apply(edit: &Edit, text: &str, out: &mut Out) -> usize {
    if let Some(reason) = edit.unsaid {
        out.unsaid(text.get(edit.range.clone()).unwrap_or_default(), reason);
    }
    edit.range.end
}

/// Decides what brackets hold: a time, a stage direction, a gloss, or a remark, which is speech. Returns where reading
/// goes on.
fn in_brackets(pair: &Pair, raw: &Raw, out: &mut Out, cx: &mut Cx<'_>, report: &mut Report) -> usize {
    let from = raw.text.get(pair.open..).unwrap_or_default();
    let closing = raw.text.get(pair.close..).and_then(|text| text.chars().next()).map_or(0, char::len_utf8);
    let end = pair.close.saturating_add(closing);
    let written = raw.text.get(pair.open..end).unwrap_or_default();
    let inside = raw.text.get(pair.open..pair.close).map(skip_char).unwrap_or_default();
    let opening = pair.open.saturating_add(from.chars().next().map_or(0, char::len_utf8));
    if inside.len() <= MAX_BRACKET_BYTES {
        // In round brackets inside a sentence, `(10:30)` is a time of day.
        let timed = hint::read(from, pair.open).filter(|(hint, _)| hint.range.end == end);
        if let Some((hint, _)) = timed.filter(|(hint, _)| pair.kind != Kind::Round || hint.full || out.is_empty()) {
            out.hint(hint, written);
            return end;
        }
        if vocabulary::is_direction(inside) || (pair.kind == Kind::Lenticular && !pair.nested) {
            out.unsaid(written, Reason::Direction);
            return end;
        }
        if pair.kind == Kind::Round && !pair.nested && out.gloss(pair, &raw.text, inside, end, cx) {
            return end;
        }
        let direction = vocabulary::sounds_like_direction(inside)
            || pair.kind != Kind::Square
                && out.is_empty()
                && vocabulary::opens_with_direction(inside)
                && raw.text.len() > end;
        if direction && !pair.nested {
            out.unsaid(written, Reason::Direction);
            return end;
        }
        let number = amount::is_amount(inside) || amount::is_unit(&out.speech.text.plain, inside);
        if !(number || pair.kind == Kind::Other || inside.trim().is_empty()) {
            report.push(Diagnostic::new(codes::transcript::REMARK, raw.place(pair.open..end)).with("text", written));
        }
    }
    out.push(raw.text.get(pair.open..opening).unwrap_or_default());
    opening
}

/// The shown text as it grows. White space waits until something follows it, so that none is left at the ends or
/// doubled where something was taken out.
#[derive(Default)]
struct Out {
    speech: Speech,
    waiting: String,
    /// Something was taken out since the last character.
    taken: bool,
    /// Where the last gloss's term ends: terms do not overlap.
    floor: usize,
}

impl Out {
    fn is_empty(&self) -> bool {
        self.speech.text.plain.is_empty()
    }

    fn at(&self) -> u32 {
        self.speech.text.len()
    }

    fn push(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                _ if c.is_ascii_whitespace() || super::line::is_break(c) => {
                    if self.waiting.is_empty() {
                        self.waiting.push(' ');
                    }
                }
                _ if is_shown_blank(c) => self.waiting.push(c),
                _ if is_hidden(c) => {}
                _ => self.visible(c),
            }
        }
    }

    fn visible(&mut self, c: char) {
        let closing =
            matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '，' | '。' | '；' | '：' | '！' | '？' | '、' | '”');
        let swallowed = self.taken && closing;
        if !(swallowed || self.is_empty()) {
            self.speech.text.plain.push_str(&self.waiting);
        }
        self.waiting.clear();
        self.taken = false;
        self.speech.text.plain.push(c);
    }

    fn unsaid(&mut self, written: &str, reason: Reason) {
        let kind = MarkKind::Unsaid(Box::new(Unsaid { text: written.to_owned(), reason }));
        self.speech.text.add(Mark::new(self.at()..self.at(), kind));
        self.taken = true;
    }

    fn hint(&mut self, hint: Hint, written: &str) {
        self.speech.hints.push((self.at(), hint));
        self.unsaid(written, Reason::TimeHint);
    }

    /// Takes brackets in as a gloss of what stands before them, if they are one.
    fn gloss(&mut self, pair: &Pair, raw: &str, inside: &str, end: usize, cx: &mut Cx<'_>) -> bool {
        let plain = &self.speech.text.plain;
        let mut from = self.floor.max(plain.len().saturating_sub(LOOK_BACK_BYTES));
        while !plain.is_char_boundary(from) {
            from = from.saturating_add(1);
        }
        let before = plain.get(from..).unwrap_or_default();
        let Some(length) = gloss::term(before, inside, &mut cx.recurrence).filter(|length| *length > 0) else {
            return false;
        };
        let head = raw.get(..pair.open).unwrap_or_default();
        let space = head.trim_end_matches(is_blank).len();
        let opening = raw.len().saturating_sub(raw.get(pair.open..).map(skip_char).unwrap_or_default().len());
        let part = |range: Range<usize>| raw.get(range).unwrap_or_default().to_owned();
        let gloss = Gloss {
            text: clean(inside),
            open: part(space..opening),
            close: part(pair.close..end),
            spoken: cx.options.gloss,
        };
        let start = u32::try_from(plain.len().saturating_sub(length)).unwrap_or(u32::MAX);
        self.floor = plain.len();
        self.speech.text.add(Mark::new(start..self.at(), MarkKind::Gloss(Box::new(gloss))));
        self.waiting.clear();
        true
    }

    fn finish(self) -> Speech {
        self.speech
    }
}

/// A gloss without markup or white space around it.
fn clean(inside: &str) -> String {
    inside.chars().filter(|c| !matches!(c, '*' | '`') && !is_hidden(*c)).collect::<String>().trim().to_owned()
}

fn is_shown_blank(c: char) -> bool {
    c.is_whitespace() && !c.is_control()
}

/// Control characters and marks without a width: they stay in the source, captions cannot show them. Direction marks
/// stay, Hebrew and Arabic need them.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}' | '\u{202A}'..='\u{202E}')
}
