//! Writing: tags, then each line of a cue with the cue's time, and an empty line where a cue ends before the next one begins.

use super::read::tag;
use super::stamp::{LINE, WORD, is_edge, push, stamp, trim};
use super::{ID, LANGUAGE, OFFSET, PER_SECOND, TAG, TITLE};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::plain::{Begun, Markup, Open, Pen, Renderer, around_cues, shorten};
use crate::codec::{SHORT_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, Mark, MarkKind, Track};
use std::collections::HashSet;
use std::ops::Range;

/// What keeps a text from being read as a time: U+2060 WORD JOINER, which shows nothing.
const GUARD: char = '\u{2060}';

pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut out = String::with_capacity(track.cues.len().saturating_mul(SHORT_CUE_BYTES));
    let mut leftovers = Leftovers::new();
    head(track, &mut out, &mut leftovers, report);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let renderer = Renderer::new(pen, Words { plain: "" });
    let mut writer = Writer { out, renderer, last: 0, starts: HashSet::new() };
    for (index, cue) in track.cues.iter().enumerate() {
        let next = track.cues.get(index.saturating_add(1));
        writer.cue(index, cue, next);
    }
    writer.renderer.pen.finish("0.01 s");
    Ok(writer.out.into_bytes())
}

fn head(track: &Track, out: &mut String, leftovers: &mut Leftovers, report: &mut Report) {
    let Track { format: _, lang, resolution: _, frame_rate, start_timecode, header, regions, notes, extras, cues: _ } =
        track;
    timing_lost(*frame_rate, *start_timecode, report);
    around_cues(regions, notes, report);
    if let Some(header) = header {
        let line = header.split_whitespace().collect::<Vec<_>>().join(" ");
        if line != *header || line.is_empty() {
            report.push(Diagnostic::new(loss::HEADER_CHANGED, Location::FILE).with("text", shorten(header)));
        }
        push_tag(out, TITLE, &line);
    }
    if let Some(lang) = lang {
        push_tag(out, LANGUAGE, lang.as_str());
    }
    for extra in extras {
        let line = format!("[{}]", extra.value);
        match tag(&line).filter(|_| is_own(extra)) {
            Some((name, value)) => push_tag(out, name, value),
            None => leftovers.drop(extra),
        }
    }
}

fn push_tag(out: &mut String, name: &str, value: &str) {
    out.extend(["[", name, ":", value, "]\n"]);
}

/// A tag as the reader leaves them.
fn is_own(extra: &Extra) -> bool {
    let Extra { format, key, value } = extra;
    let name = value.split(':').next().unwrap_or_default();
    let other = ![TITLE, LANGUAGE, OFFSET].iter().any(|known| name.eq_ignore_ascii_case(known));
    let tidy = value.split_once(':').is_some_and(|(_, value)| value.trim() == value);
    *format == ID && *key == TAG && other && tidy && !value.contains(['\n', '\r'])
}

struct Writer<'a, 'r> {
    out: String,
    renderer: Renderer<'a, 'r, Words<'a>>,
    /// When the last cue began, in hundredths of a second.
    last: u64,
    /// When cues began: another that begins there is read as one with it.
    starts: HashSet<u64>,
}

impl<'a> Writer<'a, '_> {
    fn cue(&mut self, index: usize, cue: &'a Cue, next: Option<&Cue>) {
        let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
        self.renderer.pen.next(index, cue);
        self.renderer.pen.unnamed(id.as_deref());
        self.renderer.pen.unplaced(placement.as_deref());
        extras.iter().for_each(|extra| self.renderer.pen.leftovers.drop(extra));
        for mark in text.marks.iter().filter(|mark| mark.range.end != text.len()) {
            if let MarkKind::Shown(time) = mark.kind {
                self.renderer.pen.loss(loss::INNER_TIME_RANGE, "time", time);
            }
        }
        let start = self.renderer.pen.time(range.start, PER_SECOND);
        self.renderer.markup.plain = &text.plain;
        self.renderer.text(text);
        let text = std::mem::take(&mut self.renderer.pen.out);
        if !self.lines(start, &text) {
            return self.renderer.pen.lost(loss::CUE);
        }
        if !self.starts.insert(start) {
            self.renderer.pen.lost(loss::CUE_JOINED);
        }
        if self.last > start {
            self.renderer.pen.lost(loss::ORDER);
        }
        self.last = start;
        self.end(start, cue, next);
    }

    /// The lines of a cue; none if there is nothing to see in it.
    fn lines(&mut self, start: u64, text: &str) -> bool {
        let (mut blank, mut shown) = (0u64, false);
        for line in text.split(['\n', '\r']) {
            let trimmed = trim(line);
            let words = words_only(line);
            if trim(&words).len() < words.len() {
                self.renderer.pen.lost(loss::EDGE_SPACE);
            }
            // A time alone shows nothing.
            if trim(&words).is_empty() {
                blank = blank.saturating_add(1);
                continue;
            }
            shown = true;
            push(&mut self.out, start, LINE);
            self.out.extend([trimmed, "\n"]);
        }
        if text.contains('\r') {
            self.renderer.pen.lost(loss::LINE_BREAK);
        }
        if blank > 0 && shown {
            self.renderer.pen.loss(loss::BLANK_LINE, "count", blank);
        }
        shown
    }

    /// An empty line where the cue ends, unless the next one begins there.
    fn end(&mut self, start: u64, cue: &Cue, next: Option<&Cue>) {
        if let Some(end) = self.renderer.pen.goes(start, cue, next, PER_SECOND) {
            push(&mut self.out, end, LINE);
            self.out.push('\n');
        }
    }
}

/// What is left of a line without its times.
fn words_only(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        match stamp(rest, WORD) {
            Some((_, after)) => rest = after,
            None => {
                out.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    out
}

/// Times of words.
struct Words<'a> {
    /// The text of the cue.
    plain: &'a str,
}

impl<'a> Markup<'a> for Words<'a> {
    type Found = ();

    fn look(&mut self, text: &str, _: bool, pen: &mut Pen<'_>) {
        let line = |line: &str| stamp(line.trim_start_matches(is_edge), LINE).is_some();
        let word = |(at, _): (usize, &str)| text.get(at..).is_some_and(|from| stamp(from, WORD).is_some());
        if text.split(['\n', '\r']).any(line) || text.match_indices('<').any(word) {
            pen.loss(loss::MISREAD, "text", shorten(text));
        }
    }

    fn literal(&self, text: &str, part: Range<usize>, (): &(), out: &mut String) {
        for (i, c) in text.get(part.clone()).unwrap_or_default().char_indices() {
            let from = text.get(part.start.saturating_add(i)..).unwrap_or_default();
            out.push(c);
            let misread = match c {
                '<' => stamp(from, WORD).is_some(),
                // Only at the beginning of a line.
                '[' => {
                    let before = text.get(..part.start.saturating_add(i)).unwrap_or_default();
                    let before = before.trim_end_matches(|c| is_edge(c) && !matches!(c, '\n' | '\r'));
                    (before.is_empty() || before.ends_with(['\n', '\r'])) && stamp(from, LINE).is_some()
                }
                _ => false,
            };
            if misread {
                out.push(GUARD);
            }
        }
    }

    fn begin(&mut self, mark: &'a Mark, _: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        let MarkKind::Shown(time) = mark.kind else { return Begun::No };
        // A time after the last word would end the line.
        let rest = self.plain.get(mark.range.start as usize..).unwrap_or_default();
        let word = rest.split(['\n', '\r']).next().is_some_and(|line| !line.trim().is_empty());
        if mark.range.is_empty() || !word {
            return Begun::No;
        }
        let hundredths = pen.time(time, PER_SECOND);
        push(&mut pen.out, hundredths, WORD);
        Begun::Whole
    }

    fn end(&mut self, _: &'a str, _: &mut String) {}
}
