//! Writing version 2: the block, then each cue in two lines.

use super::head::{Head, USUAL, is_looks};
use super::timing::{instant, push, timing};
use super::{BREAK, ID, INFORMATION, LOOKS, PER_SECOND};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::plain::{Pen, Renderer, Tags, around_cues, shorten};
use crate::codec::srt::lines::is_blank;
use crate::codec::{USUAL_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, Track};

/// Keeps a text from being read as a line of times or as a break: U+2060 WORD JOINER, which shows nothing.
const GUARD: &str = "\u{2060}";

pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    let mut out = String::with_capacity(track.cues.len().saturating_mul(USUAL_CUE_BYTES));
    head(track, &mut out, &mut leftovers, report);
    let pen = Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers);
    let mut renderer = Renderer::new(pen, Tags::NONE);
    for (index, cue) in track.cues.iter().enumerate() {
        // The pen counts the evidence.
        let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
        renderer.pen.next(index, cue);
        let mut looks = None;
        for extra in extras {
            match Some(extra).filter(|extra| looks.is_none() && are_looks(extra)) {
                Some(extra) => looks = Some(extra.value.as_str()),
                None => renderer.pen.leftovers.drop(extra),
            }
        }
        looks.iter().for_each(|looks| out.extend([*looks, "\n"]));
        let (start, end) = (renderer.pen.time(range.start, PER_SECOND), renderer.pen.time(range.end, PER_SECOND));
        push(&mut out, start);
        out.push(',');
        push(&mut out, end);
        out.push('\n');
        renderer.pen.unnamed(id.as_deref());
        renderer.pen.unplaced(placement.as_deref());
        renderer.text(text);
        push_text(&mut out, &mut renderer.pen);
    }
    renderer.pen.finish("0.01 s");
    Ok(out.into_bytes())
}

fn head(track: &Track, out: &mut String, leftovers: &mut Leftovers, report: &mut Report) {
    let Track { format: _, lang, resolution: _, frame_rate, start_timecode, header, regions, notes, extras, cues } =
        track;
    timing_lost(*frame_rate, *start_timecode, report);
    around_cues(regions, notes, report);
    if let Some(lang) = lang {
        report.push(Diagnostic::new(loss::TRACK_LANG, Location::FILE).with("lang", lang.as_str()));
    }
    let title = header.as_ref().map(|header| header.split_whitespace().collect::<Vec<_>>().join(" "));
    if let Some((title, header)) =
        title.as_ref().zip(header.as_ref()).filter(|(title, header)| title != header || title.is_empty())
    {
        let changed = if title.is_empty() { loss::HEADER } else { loss::HEADER_CHANGED };
        report.push(Diagnostic::new(changed, Location::FILE).with("text", shorten(header)));
    }
    let title = title.filter(|title| !title.is_empty());
    let mut own = None;
    for extra in extras {
        let Extra { format, key, value } = extra;
        // Without a cue below it, only that word makes a block of it.
        let known = !cues.is_empty() || value.to_ascii_uppercase().contains("[SUBTITLE]");
        let fits =
            *format == ID && *key == INFORMATION && value != USUAL && known && Head::fits(value, title.as_deref());
        match own {
            None if fits => own = Some(value.as_str()),
            _ => leftovers.drop(extra),
        }
    }
    out.push_str(&Head::write(own.unwrap_or(USUAL), title.as_deref()));
    out.push('\n');
}

/// A line of looks as the reader leaves it.
fn are_looks(Extra { format, key, value }: &Extra) -> bool {
    let tidy = value.trim() == value && !value.contains(['\n', '\r']) && timing(value).is_none();
    *format == ID && *key == LOOKS && tidy && is_looks(value)
}

/// Appends the text in one line, and a blank one.
fn push_text(out: &mut String, pen: &mut Pen<'_>) {
    let text = std::mem::take(&mut pen.out);
    let mut line = text.clone();
    if text.contains('\r') {
        pen.lost(loss::LINE_BREAK);
        line = line.replace("\r\n", "\n").replace('\r', "\n");
    }
    // `[br]` in any case would break the line.
    let lower = line.to_ascii_lowercase();
    if lower.contains(BREAK) || timing(&line).is_some() || instant(&line).is_some() {
        pen.loss(loss::MISREAD, "text", shorten(&line));
        let mut guarded = String::with_capacity(line.len());
        let mut done = 0usize;
        for (at, _) in lower.match_indices(BREAK) {
            let inside = at.saturating_add(1);
            guarded.extend([line.get(done..inside).unwrap_or_default(), GUARD]);
            done = inside;
        }
        guarded.push_str(line.get(done..).unwrap_or_default());
        line = if guarded.len() == line.len() { [GUARD, &line].concat() } else { guarded };
    }
    let line = line.replace('\n', BREAK);
    if is_blank(&line) && !line.is_empty() {
        pen.lost(loss::EDGE_SPACE);
    }
    out.extend([line.as_str(), "\n\n"]);
    pen.out = text;
}
