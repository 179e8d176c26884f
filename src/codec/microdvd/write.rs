//! Writing: a line that names the frame rate, then a cue a line.

use super::code::{code, spell};
use super::{CODE, ID};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::line_marks::{LineMarks, Lines};
use crate::codec::plain::{self, Pen, Renderer};
use crate::codec::{SHORT_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Labels, Mark, MarkKind, Track};
use crate::time::FrameRate;
use std::fmt::Write as _;

/// The rate that is written where none is known: whole milliseconds a frame.
const FALLBACK: Option<FrameRate> = FrameRate::new(25, 1);

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
    let mut renderer = Renderer::new(pen, Lines::new(Codes));
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
    renderer: &mut Renderer<'a, '_, Lines<'a, Codes>>,
    out: &mut String,
) {
    let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
    renderer.pen.next(index, cue);
    let (start, end) = (renderer.pen.frame(range.start, rate), renderer.pen.frame(range.end, rate));
    let _ = write!(out, "{{{start}}}{{{end}}}");
    renderer.pen.unnamed(id.as_deref());
    renderer.pen.unplaced(placement.as_deref());
    extras.iter().for_each(|extra| renderer.pen.leftovers.drop(extra));
    Lines::render(renderer, text, out);
    out.push('\n');
}

/// The codes of MicroDVD.
struct Codes;

impl LineMarks for Codes {
    fn line(&self, kind: &MarkKind) -> Option<String> {
        spell(kind).map(|code| format!("{{{code}}}"))
    }

    fn whole(&self, kind: &MarkKind) -> Option<String> {
        let code = spell(kind)?;
        let (letter, value) = code.split_at_checked(1)?;
        Some(format!("{{{}{value}}}", letter.to_uppercase()))
    }

    fn is_code(&self, line: &str) -> bool {
        line.starts_with('/') || code(line).is_some()
    }

    fn leftover<'a>(&self, kind: &'a MarkKind) -> Option<&'a str> {
        let MarkKind::Raw(extra) = kind else { return None };
        let ours = extra.format == ID && extra.key == CODE;
        // All of it is one code, which says nothing that a mark would say.
        let alone = |(letter, value, len): (u8, &str, usize)| {
            let mut marks = Vec::new();
            super::code::marks(letter, value, &extra.value, &(0..1), &mut marks);
            len == extra.value.len() && matches!(marks.as_slice(), [Mark { kind: MarkKind::Raw(_), .. }])
        };
        (ours && code(&extra.value).is_some_and(alone)).then_some(extra.value.as_str())
    }
}
