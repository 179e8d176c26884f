//! Writing: numbers from 1, `HH:MM:SS,mmm`, and a report of what SubRip has no place for.

use super::ID;
use super::lines::{BLANK, has_blank_line};
use super::placement::to_keypad;
use super::read::key_after_times;
use super::render::{GUARD, Markup};
use super::timing::{looks_like_timing, push_number, push_time};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::plain::{self, Pen, Renderer};
use crate::codec::{Blocks, USUAL_CUE_BYTES, WriteOptions};
use crate::diag::Report;
use crate::diag::codes::loss;
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, Placement, StyledText, Track};
use crate::time::Time;

/// Writes SubRip.
pub(super) fn write(
    track: &Track,
    options: &WriteOptions,
    blocks: &mut Blocks<'_>,
    report: &mut Report,
) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    plain::around(track, &mut leftovers, report);
    let mut writer = Writer {
        out: Vec::with_capacity(blocks.room(track.cues.len().saturating_mul(USUAL_CUE_BYTES))),
        renderer: Renderer::new(
            Pen::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers),
            Markup::default(),
        ),
    };
    for (index, cue) in track.cues.iter().enumerate() {
        writer.cue(index, cue);
        if blocks.take(&writer.out) {
            writer.out.clear();
        }
    }
    Ok(writer.finish())
}

struct Writer<'a, 'r> {
    out: Vec<u8>,
    renderer: Renderer<'a, 'r, Markup>,
}

impl<'a> Writer<'a, '_> {
    fn cue(&mut self, index: usize, cue: &'a Cue) {
        // The pen counts the evidence.
        let Cue { range, text, id, placement, extras, evidence: _, origin: _ } = cue;
        self.renderer.pen.next(index, cue);
        if index > 0 {
            self.out.push(b'\n');
        }
        push_number(&mut self.out, (index as u64).saturating_add(1));
        self.out.push(b'\n');
        self.time(range.start);
        self.out.extend_from_slice(b" --> ");
        self.time(range.end);
        self.after_times(extras);
        self.out.push(b'\n');
        self.renderer.pen.unnamed(id.as_deref());
        self.text(text, placement.as_deref());
    }

    fn time(&mut self, time: Time) {
        push_time(&mut self.out, self.renderer.pen.time(time, 1000));
    }

    /// One leftover of our own can stand after the times.
    fn after_times(&mut self, extras: &'a [Extra]) {
        let mut written = false;
        for extra in extras {
            let Extra { format, key, value } = extra;
            let trimmed = value.trim_matches(BLANK);
            let fits = !trimmed.is_empty() && trimmed.len() == value.len() && !value.contains(['\n', '\r']);
            if *format == ID && *key == key_after_times(value) && fits && !written {
                written = true;
                self.out.push(b' ');
                self.out.extend_from_slice(value.as_bytes());
            } else {
                self.renderer.pen.leftovers.drop(extra);
            }
        }
    }

    fn text(&mut self, text: &'a StyledText, placement: Option<&Placement>) {
        if text.marks.is_empty() && placement.is_none() && is_plain(&text.plain) {
            self.out.extend_from_slice(text.plain.as_bytes());
            if !text.is_empty() {
                self.out.push(b'\n');
            }
            return;
        }
        self.renderer.markup.placed = false;
        if let Some(placement) = placement {
            self.placement(placement);
        }
        self.renderer.text(text);
        self.lines();
    }

    fn placement(&mut self, placement: &Placement) {
        self.renderer.pen.no_region(Some(placement));
        let (key, exact) = to_keypad(placement);
        if !exact {
            self.renderer.pen.lost(loss::PLACEMENT);
        }
        // The bottom centre is where cues stand anyway.
        if exact || key != 2 {
            self.renderer.pen.out.extend(['{', '\\', 'a', 'n', char::from(b'0'.saturating_add(key)), '}']);
            self.renderer.markup.placed = true;
        }
    }

    /// Appends the rendered text line by line, without what would end the cue or begin another one.
    fn lines(&mut self) {
        let text = &self.renderer.pen.out;
        if !has_blank_line(text) && !text.contains('\r') && !text.contains("-->") {
            self.out.extend_from_slice(text.as_bytes());
            self.out.push(b'\n');
            return;
        }
        let guard = |line: &str| line.replace("-->", &format!("--{GUARD}>"));
        self.renderer.pen.lines(&mut self.out, looks_like_timing, guard);
    }

    fn finish(self) -> Vec<u8> {
        self.renderer.pen.finish("1 ms");
        self.out
    }
}

/// The fast path: text that goes into the file as it is. No markup, no arrow, no blank line.
fn is_plain(text: &str) -> bool {
    let special = text.bytes().fold(false, |found, b| found | matches!(b, b'<' | b'{' | b'>' | b'\r'));
    !special && (text.is_empty() || !has_blank_line(text))
}
