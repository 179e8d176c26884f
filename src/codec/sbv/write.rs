//! Writing: times in milliseconds, and a report of everything but text.

use super::timing::{looks_like_timing, push_time};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::plain::{self, Pen, Renderer, Tags};
use crate::codec::{USUAL_CUE_BYTES, WriteOptions};
use crate::diag::Report;
use crate::diag::codes::loss;
use crate::error::Result;
use crate::model::{Cue, Labels, Track};

/// Put in front of text that would be read as a timing line.
const GUARD: char = '\u{2060}';

/// Writes SBV.
pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    plain::around(track, &mut leftovers, report);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut renderer = Renderer::new(pen, Tags::NONE);
    let mut out = Vec::with_capacity(track.cues.len().saturating_mul(USUAL_CUE_BYTES));
    for (index, cue) in track.cues.iter().enumerate() {
        if index > 0 {
            out.push(b'\n');
        }
        push_cue(&mut out, &mut renderer, index, cue);
    }
    renderer.pen.finish("1 ms");
    Ok(out)
}

fn push_cue<'a>(out: &mut Vec<u8>, renderer: &mut Renderer<'a, '_, Tags>, index: usize, cue: &'a Cue) {
    // The pen counts the evidence.
    let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
    renderer.pen.next(index, cue);
    let (start, end) = (renderer.pen.time(range.start, 1000), renderer.pen.time(range.end, 1000));
    push_time(out, start);
    out.push(b',');
    push_time(out, end);
    out.push(b'\n');
    renderer.pen.unnamed(id.as_deref());
    renderer.pen.no_region(placement.as_deref());
    if placement.is_some() {
        renderer.pen.lost(loss::PLACEMENT);
    }
    extras.iter().for_each(|extra| renderer.pen.leftovers.drop(extra));
    renderer.text(text);
    renderer.pen.lines(out, looks_like_timing, |line| [&GUARD.to_string(), line].concat());
}
