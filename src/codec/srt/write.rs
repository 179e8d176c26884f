//! Writing: numbers from 1, `HH:MM:SS,mmm`, and a report of what SubRip has no place for.

use super::ID;
use super::lines::{BLANK, has_blank_line, is_blank, shorten};
use super::placement::to_keypad;
use super::read::key_after_times;
use super::render::{GUARD, Renderer};
use super::timing::{looks_like_timing, nearest, push_number, push_time};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::{USUAL_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Code, Diagnostic, Location, Report, Severity, Value};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, MarkKind, Placement, StyledText, Track};
use crate::time::Time;

/// Writes SubRip.
pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let mut leftovers = Leftovers::new();
    around(track, &mut leftovers, report);
    let mut writer = Writer {
        out: Vec::with_capacity(track.cues.len().saturating_mul(USUAL_CUE_BYTES)),
        renderer: Renderer::new(report, Labeller::new(options.labels, Labels::OnChange), leftovers),
        rounded: false,
        evidence: 0,
    };
    for (index, cue) in track.cues.iter().enumerate() {
        writer.cue(index, cue);
    }
    Ok(writer.finish())
}

/// Reports what stands around the cues: SubRip has nothing but cues.
fn around(track: &Track, leftovers: &mut Leftovers, report: &mut Report) {
    let Track { format: _, lang, resolution: _, frame_rate, start_timecode, header, regions, notes, extras, cues: _ } =
        track;
    timing_lost(*frame_rate, *start_timecode, report);
    let mut lost = |code: Code, name, value: Value| {
        report.push(Diagnostic::new(code, Location::FILE).with(name, value));
    };
    if let Some(lang) = lang {
        lost(loss::TRACK_LANG, "lang", lang.as_str().into());
    }
    if let Some(header) = header {
        lost(loss::HEADER, "text", shorten(header).into());
    }
    for region in regions {
        lost(loss::REGION, "id", region.id.as_str().into());
    }
    for note in notes {
        lost(loss::NOTE, "text", shorten(&note.text).into());
    }
    extras.iter().for_each(|extra| leftovers.drop(extra));
}

struct Writer<'a, 'r> {
    out: Vec<u8>,
    renderer: Renderer<'a, 'r>,
    // What every cue may have makes one entry a file.
    rounded: bool,
    evidence: u64,
}

impl<'a> Writer<'a, '_> {
    fn cue(&mut self, index: usize, cue: &'a Cue) {
        let Cue { range, text, id, placement, extras, evidence, origin: _ } = cue;
        self.renderer.at = Location::cue(index, range.start);
        self.renderer.leftovers.at = self.renderer.at;
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
        if let Some(id) = id {
            self.report(loss::CUE_ID, "id", &**id);
        }
        self.evidence = self.evidence.saturating_add(u64::from(evidence.is_some()));
        self.text(text, placement.as_deref());
    }

    fn time(&mut self, time: Time) {
        let written = nearest(time);
        self.rounded |= written.rounded;
        if written.clamped {
            self.report(loss::NEGATIVE_TIME, "time", time);
        }
        push_time(&mut self.out, written.millis);
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
                self.renderer.leftovers.drop(extra);
            }
        }
    }

    fn text(&mut self, text: &'a StyledText, placement: Option<&Placement>) {
        if !text.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Voice(_))) {
            self.renderer.labels.nobody();
        }
        if text.marks.is_empty() && placement.is_none() && is_plain(&text.plain) {
            self.out.extend_from_slice(text.plain.as_bytes());
            if !text.is_empty() {
                self.out.push(b'\n');
            }
            return;
        }
        self.renderer.out.clear();
        self.renderer.placed = false;
        if let Some(placement) = placement {
            self.placement(placement);
        }
        self.renderer.text(text);
        self.lines();
    }

    fn placement(&mut self, placement: &Placement) {
        if let Some(id) = &placement.region {
            self.report(loss::REGION, "id", id.as_str());
        }
        let (key, exact) = to_keypad(placement);
        if !exact {
            self.renderer.report.push_with(loss::PLACEMENT, self.renderer.at, |loss| loss);
        }
        // The bottom centre is where cues stand anyway.
        if exact || key != 2 {
            self.renderer.out.extend(['{', '\\', 'a', 'n', char::from(b'0'.saturating_add(key)), '}']);
            self.renderer.placed = true;
        }
    }

    /// Appends the rendered text line by line, without what would end the cue or begin another one.
    fn lines(&mut self) {
        let text = std::mem::take(&mut self.renderer.out);
        if !has_blank_line(&text) && !text.contains('\r') && !text.contains("-->") {
            self.out.extend_from_slice(text.as_bytes());
            self.out.push(b'\n');
            self.renderer.out = text;
            return;
        }
        let mut blank = 0u64;
        for line in text.split(['\n', '\r']) {
            if is_blank(line) {
                blank = blank.saturating_add(1);
            } else if looks_like_timing(line) {
                self.report(loss::MISREAD, "text", shorten(line));
                let guarded = line.replace("-->", &format!("--{GUARD}>"));
                self.out.extend_from_slice(guarded.as_bytes());
                self.out.push(b'\n');
            } else {
                self.out.extend_from_slice(line.as_bytes());
                self.out.push(b'\n');
            }
        }
        if blank > 0 && !text.is_empty() {
            self.report(loss::BLANK_LINE, "count", blank);
        }
        if text.contains('\r') {
            self.renderer.report.push(Diagnostic::new(loss::LINE_BREAK, self.renderer.at));
        }
        self.renderer.out = text;
    }

    fn finish(self) -> Vec<u8> {
        let Renderer { report, leftovers, labels, voices, .. } = self.renderer;
        if self.rounded {
            report.push(Diagnostic::new(loss::TIME_ROUNDED, Location::FILE).with("unit", "1 ms"));
        }
        if voices > 0 {
            let voice = Diagnostic::new(loss::VOICE, Location::FILE).with("count", voices);
            let severity = if labels.never() { Severity::Error } else { voice.severity };
            report.push(Diagnostic { severity, ..voice });
        }
        if self.evidence > 0 {
            report.push(Diagnostic::new(loss::EVIDENCE, Location::FILE).with("count", self.evidence));
        }
        leftovers.report(report);
        self.out
    }

    fn report(&mut self, code: Code, name: &'static str, value: impl Into<Value>) {
        self.renderer.report.push_with(code, self.renderer.at, |loss| loss.with(name, value));
    }
}

/// The fast path: text that goes into the file as it is. No markup, no arrow, no blank line.
fn is_plain(text: &str) -> bool {
    let special = text.bytes().fold(false, |found, b| found | matches!(b, b'<' | b'{' | b'>' | b'\r'));
    !special && (text.is_empty() || !has_blank_line(text))
}
