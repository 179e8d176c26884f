//! Writing: a line that names the frame rate, then a cue a line.

use super::code::{code, spell};
use super::{CODE, ID};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::plain::{self, Begun, Open, Pen, Renderer, shorten};
use crate::codec::{SHORT_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Labels, Mark, MarkKind, Placement, StyledText, Track};
use crate::time::FrameRate;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// The rate that is written where none is known: whole milliseconds a frame.
const FALLBACK: Option<FrameRate> = FrameRate::new(25, 1);

/// What keeps a text from being read as markup: U+2060 WORD JOINER, which shows nothing.
const GUARD: char = '\u{2060}';

pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    // The rate is the one thing around the cues that has a place.
    plain::around_untimed(track, &mut leftovers, report);
    timing_lost(None, track.start_timecode, report);
    let known = options.frame_rate.or(track.frame_rate);
    let Some(rate) = known.or(FALLBACK) else { return Ok(Vec::new()) };
    if known.is_none() {
        report.push(Diagnostic::new(loss::FRAME_RATE_ASSUMED, Location::FILE).with("rate", rate.to_string()));
    } else if let Some(own) = track.frame_rate.filter(|own| *own != rate) {
        report.push(Diagnostic::new(loss::FRAME_RATE, Location::FILE).with("rate", own.to_string()));
    }
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut renderer = Renderer::new(pen, Lines::default());
    let mut out = String::with_capacity(track.cues.len().saturating_mul(SHORT_CUE_BYTES));
    let _ = writeln!(out, "{{1}}{{1}}{}", decimal(rate));
    for (index, cue) in track.cues.iter().enumerate() {
        write_cue(cue, index, rate, &mut renderer, &mut out);
    }
    renderer.pen.finish("1 frame");
    Ok(out.into_bytes())
}

/// `25.000`; rates of the NTSC family with the six digits by which they are known again.
fn decimal(rate: FrameRate) -> String {
    let (num, den) = rate.ratio();
    let digits = if den == 1001 { 6 } else { 3 };
    format!("{:.digits$}", f64::from(num) / f64::from(den))
}

fn write_cue<'a>(
    cue: &'a Cue,
    index: usize,
    rate: FrameRate,
    renderer: &mut Renderer<'a, '_, Lines<'a>>,
    out: &mut String,
) {
    let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
    renderer.pen.next(index, cue);
    let (start, end) = (renderer.pen.frame(range.start, rate), renderer.pen.frame(range.end, rate));
    let _ = write!(out, "{{{start}}}{{{end}}}");
    if let Some(id) = id {
        renderer.pen.loss(loss::CUE_ID, "id", &**id);
    }
    if let Some(placement) = placement {
        unplaced(placement, &mut renderer.pen);
    }
    extras.iter().for_each(|extra| renderer.pen.leftovers.drop(extra));
    renderer.markup.prepare(text);
    let opening = renderer.markup.codes.get(&0).cloned().unwrap_or_default();
    renderer.pen.out.push_str(&opening);
    renderer.text(text);
    let rendered = std::mem::take(&mut renderer.pen.out);
    out.push_str(&one_line(&rendered, &mut renderer.pen));
    out.push('\n');
    // A cue of this text would be taken for the line that names the rate.
    if index == 0 && start <= 1 && start == end && FrameRate::parse(&rendered).is_some() {
        renderer.pen.loss(loss::MISREAD, "text", shorten(&rendered));
    }
}

/// A placement has no place here.
fn unplaced(placement: &Placement, pen: &mut Pen<'_>) {
    match &placement.region {
        Some(id) => pen.loss(loss::REGION, "id", id.as_str()),
        None => pen.lost(loss::PLACEMENT),
    }
}

/// The text in one line: nothing in it ends the line.
fn one_line(text: &str, pen: &mut Pen<'_>) -> String {
    if !text.contains('\r') {
        return text.to_owned();
    }
    pen.lost(loss::LINE_BREAK);
    text.replace("\r\n", "|").replace('\r', "|")
}

/// Marks that hold for whole lines, as codes at the beginning of these.
#[derive(Default)]
struct Lines<'a> {
    plain: &'a str,
    /// Where a line begins that has codes, and the codes.
    codes: BTreeMap<usize, String>,
    /// The marks that they say.
    said: Vec<Mark>,
}

impl<'a> Lines<'a> {
    fn prepare(&mut self, text: &'a StyledText) {
        self.plain = &text.plain;
        self.codes.clear();
        self.said.clear();
        if text.marks.is_empty() {
            return;
        }
        let starts: Vec<usize> =
            std::iter::once(0).chain(text.plain.match_indices('\n').map(|(i, _)| i.saturating_add(1))).collect();
        let bounds: Vec<Range<usize>> = starts
            .iter()
            .enumerate()
            .map(|(i, start)| {
                let next = starts.get(i.saturating_add(1)).map_or(text.plain.len(), |next| next.saturating_sub(1));
                *start..next
            })
            .collect();
        for mark in &text.marks {
            let Some(code) = spell(&mark.kind).filter(|_| !mark.range.is_empty()) else { continue };
            let (letter, value) = code.split_at_checked(1).unwrap_or_default();
            let whole = mark.bytes() == (0..text.plain.len());
            // A whole cue of one line is as well said by its line; the code of a line that is inside one of the cue would change
            // the order of the marks.
            if whole {
                self.codes.entry(0).or_default().push_str(&format!("{{{}{value}}}", letter.to_uppercase()));
                self.said.push(mark.clone());
            } else if bounds.contains(&mark.bytes()) {
                self.codes.entry(mark.range.start as usize).or_default().push_str(&format!("{{{code}}}"));
                self.said.push(mark.clone());
            }
        }
    }
}

impl<'a> plain::Markup<'a> for Lines<'a> {
    /// Whether it is the cue's own text, whose lines have codes.
    type Found = bool;

    fn look(&mut self, text: &str, _: bool, pen: &mut Pen<'_>) -> bool {
        if text.contains('|') {
            pen.loss(loss::CHARACTER_CHANGED, "character", "|");
        }
        let own = std::ptr::eq(text, self.plain);
        let odd = |line: &str| line.starts_with('/') || code(line).is_some();
        for line in text.split('\n').filter(|line| odd(line)) {
            pen.loss(loss::MISREAD, "text", shorten(line));
        }
        own
    }

    fn literal(&self, text: &str, part: Range<usize>, own: &bool, out: &mut String) {
        let begin = part.start;
        let line_start = |at: usize| at == 0 || text.as_bytes().get(at.saturating_sub(1)) == Some(&b'\n');
        let mut at = begin;
        for (i, line) in text.get(part).unwrap_or_default().split('\n').enumerate() {
            if i > 0 {
                out.push('|');
                at = at.saturating_add(1);
                if *own && let Some(codes) = self.codes.get(&at) {
                    out.push_str(codes);
                }
            }
            let rest = text.get(at..).unwrap_or_default().split('\n').next().unwrap_or_default();
            if line_start(at) && !line.is_empty() && (rest.starts_with('/') || code(rest).is_some()) {
                out.push(GUARD);
            }
            out.extend(line.chars().map(|c| if c == '|' { '\u{FF5C}' } else { c }));
            at = at.saturating_add(line.len());
        }
    }

    fn begin(&mut self, mark: &'a Mark, _: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        if self.said.contains(mark) {
            return Begun::Whole;
        }
        match &mark.kind {
            MarkKind::Raw(extra) if extra.format == ID && extra.key == CODE && at_line_start(self.plain, mark) => {
                match code(&extra.value) {
                    Some((.., len)) if len == extra.value.len() => {
                        pen.out.push_str(&extra.value);
                        Begun::Whole
                    }
                    _ => Begun::No,
                }
            }
            _ => Begun::No,
        }
    }

    fn end(&mut self, _: &'a str, _: &mut String) {}
}

fn at_line_start(text: &str, mark: &Mark) -> bool {
    let at = mark.range.start as usize;
    mark.range.is_empty() && (at == 0 || text.as_bytes().get(at.saturating_sub(1)) == Some(&b'\n'))
}
