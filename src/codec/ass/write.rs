//! Writing: the head, then an event for each cue, and a word about what the format cannot hold.

use super::columns::{self, Column};
use super::compose::{self, Head};
use super::event::{self, Bare, Fields, push_fields};
use super::leftovers::{Placed, comment_of, is_placed, note_of};
use super::read::{CueReader, plain_comment, rounded, scan};
use super::render::{Around, Renderer, shorten};
use super::script::{self, Script};
use super::style::Style;
use super::{Dialect, ID, key, text, timestamp};
use crate::codec::{Blocks, USUAL_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report, Severity};
use crate::error::Result;
use crate::model::{Cue, Extra, Mark, MarkKind, Note, StyledText, Track};
use crate::time::Time;
use std::iter::Peekable;
use std::slice::Iter;

/// Writes a dialect.
pub(super) fn write(
    dialect: Dialect,
    track: &Track,
    options: &WriteOptions,
    blocks: &mut Blocks<'_>,
    report: &mut Report,
) -> Result<Vec<u8>> {
    let Track {
        format: _,
        lang: _,
        resolution: _,
        frame_rate,
        start_timecode,
        header: _,
        regions,
        notes,
        extras,
        cues,
    } = track;
    // Nothing but cues: what is written need not be looked at again as a whole.
    let plain = extras.is_empty() && notes.is_empty() && track.header.is_none() && track.lang.is_none();
    let before = report.total();
    timing_lost(*frame_rate, *start_timecode, report);
    for region in regions {
        report.push(Diagnostic::new(loss::REGION, Location::FILE).with("id", region.id.as_str()));
    }
    let Head { text: head, respelled } = compose::head(track, dialect, report);
    let script = Script::read(&head, dialect);
    let zeros = extras.iter().any(is_zeros);
    let mut quiet = Report::default();
    let whole = cues.len().saturating_mul(USUAL_CUE_BYTES).saturating_add(head.len());
    let room = if plain { blocks.room(whole) } else { whole };
    let mut writer = Writer {
        out: Vec::with_capacity(room),
        script: &script,
        plain: is_plain_style(&script),
        bare: Bare::new(&script.columns, zeros),
        renderer: Renderer::new(report, options.labels),
        again: CueReader::new(&script, zeros, &mut quiet),
        zeros,
        inside: true,
        rounded: false,
        evidence: 0,
        respelled: u64::from(respelled),
    };
    writer.out.extend_from_slice(head.as_bytes());
    let around_said = writer.around(extras);
    let mut placed = extras.iter().filter(|extra| is_placed(extra)).peekable();
    let mut notes = notes.iter().peekable();
    for (index, cue) in cues.iter().enumerate() {
        writer.between(&mut placed, &mut notes, index);
        writer.cue(index, cue);
        if plain && blocks.take(&writer.out) {
            writer.out.clear();
        }
    }
    writer.between(&mut placed, &mut notes, usize::MAX);
    let said = around_said || writer.renderer.said || writer.respelled > 0 || writer.renderer.report.total() > before;
    if !said && !plain && !comes_back(&writer.out, track) {
        writer.respelled = 1;
    }
    Ok(writer.finish())
}

/// All but the cues is read as it was.
fn comes_back(written: &[u8], track: &Track) -> bool {
    let mut unheard = Report::default();
    let again = scan(std::str::from_utf8(written).unwrap_or_default(), false, &mut unheard);
    (&again.header, &again.lang, &again.notes, &again.extras)
        == (&track.header, &track.lang, &track.notes, &track.extras)
}

fn is_zeros(extra: &Extra) -> bool {
    extra.format == ID && extra.key == key::ZEROS && extra.value.is_empty()
}

/// Cues of the usual style need no tags.
fn is_plain_style(script: &Script) -> bool {
    script.styles.get("").alignment == 2
}

struct Writer<'a, 'r> {
    out: Vec<u8>,
    script: &'a Script,
    plain: bool,
    bare: Option<Bare>,
    renderer: Renderer<'r>,
    /// Reads what was written.
    again: CueReader<'a, 'r>,
    zeros: bool,
    /// In a section of events.
    inside: bool,
    rounded: bool,
    evidence: u64,
    respelled: u64,
}

impl<'a> Writer<'a, '_> {
    /// Drops the track's extras that are not written. Returns whether there were any.
    fn around(&mut self, extras: &'a [Extra]) -> bool {
        let mut said = false;
        let own = compose::own(extras);
        for extra in extras {
            let head = extra.format == ID && extra.key == key::SCRIPT && own == Some(extra.value.as_str());
            if !(head || is_placed(extra) || is_zeros(extra)) {
                self.renderer.leftovers.drop(extra);
                said = true;
            }
        }
        said
    }

    /// Writes what stands before the cue of an index.
    fn between<'e>(
        &mut self,
        placed: &mut Peekable<impl Iterator<Item = &'e Extra>>,
        notes: &mut Peekable<Iter<'e, Note>>,
        index: usize,
    ) {
        let due = |before: u32| before as usize <= index;
        while let Some(extra) =
            placed.next_if(|extra| Placed::read(&extra.value).is_none_or(|placed| due(placed.before)))
        {
            let note = notes.peek().filter(|note| due(note.before)).copied();
            match self.lines(extra, note) {
                Some(true) => drop(notes.next()),
                Some(false) => {}
                None => {
                    self.renderer.leftovers.drop(extra);
                    self.respelled = self.respelled.saturating_add(1);
                }
            }
        }
        while let Some(note) = notes.next_if(|note| due(note.before)) {
            self.note(note);
        }
    }

    /// Writes lines that are no cue. Whether they hold the note; `None` if they cannot stand there any more.
    fn lines(&mut self, extra: &Extra, note: Option<&Note>) -> Option<bool> {
        let Placed { before, lines } = Placed::read(&extra.value).filter(|_| !extra.value.contains('\r'))?;
        let read = |line| event::read(line, &self.script.columns, self.zeros);
        let holds = match extra.key {
            key::COMMENT => {
                let event = read(lines).filter(|event| event.comment && !lines.contains('\n'))?;
                note.filter(|note| note.before == before && note.text == note_of(event.text))?;
                true
            }
            key::DRAWING => {
                let event = read(lines).filter(|event| !event.comment && !lines.contains('\n'))?;
                let style = self.script.styles.get(event.style);
                if !text::read(event.text, style, self.script, event.range.start).is_drawing() {
                    return None;
                }
                false
            }
            _ if script::lines(lines).any(|(_, line, _)| event::is_event(line) && read(line).is_some()) => return None,
            _ if self.names_other_columns(lines) => return None,
            _ => false,
        };
        if matches!(extra.key, key::COMMENT | key::DRAWING) {
            self.enter();
        } else if let Some(name) = script::lines(lines).filter_map(|(_, line, _)| script::section(line)).last() {
            self.inside = name.eq_ignore_ascii_case("events");
        }
        self.out.extend_from_slice(lines.as_bytes());
        self.out.push(b'\n');
        Some(holds)
    }

    /// After these lines events would be read by other columns than they are written with.
    fn names_other_columns(&self, lines: &str) -> bool {
        let (mut inside, own) = (self.inside, &self.script.columns);
        let timed = own.contains(&Column::Start) && own.contains(&Column::End);
        timed
            && script::lines(lines).any(|(_, line, _)| {
                inside = script::section(line).map_or(inside, |name| name.eq_ignore_ascii_case("events"));
                inside && columns::format_line(line).is_some_and(|list| columns::columns(list) != *own)
            })
    }

    /// Events stand in their section, also after lines of another.
    fn enter(&mut self) {
        if !self.inside {
            self.inside = true;
            self.respelled = self.respelled.saturating_add(1);
            self.out.extend_from_slice(b"\n[Events]\n");
        }
    }

    fn note(&mut self, note: &Note) {
        self.enter();
        let Note { before: _, text } = note;
        if !comment_of(text).1 {
            let changed = Diagnostic::new(loss::NOTE_CHANGED, Location::FILE).with("text", shorten(text));
            self.renderer.report.push(changed);
        }
        self.out.extend(plain_comment(text, self.script, self.zeros));
        self.out.push(b'\n');
    }

    fn cue(&mut self, index: usize, cue: &Cue) {
        let Cue { range, text, id, placement, extras, evidence, origin: _ } = cue;
        self.enter();
        let StyledText { plain, marks } = text;
        let bare = marks.is_empty() && extras.is_empty() && placement.is_none() && self.plain;
        if bare && id.is_none() && evidence.is_none() && !plain.bytes().any(|b| matches!(b, b'\\' | b'{' | b'\r')) {
            let times = self.times(index, cue);
            match &self.bare {
                Some(fields) => fields.push(&mut self.out, times),
                None => self.fields(times, cue, ""),
            }
            push_lines(&mut self.out, plain);
            self.renderer.labels.nobody();
            self.renderer.names.nobody();
            return;
        }
        let start = self.out.len();
        self.renderer.at = Location::cue(index, range.start);
        self.renderer.leftovers.at = self.renderer.at;
        let before = std::mem::replace(&mut self.renderer.said, false);
        if let Some(id) = id {
            self.renderer.loss(loss::CUE_ID, "id", &**id);
        }
        self.evidence = self.evidence.saturating_add(u64::from(evidence.is_some()));
        let exact = self.event(index, cue);
        if !self.renderer.said && exact && evidence.is_none() {
            self.verify(cue, start);
        }
        self.renderer.said |= before;
        self.out.push(b'\n');
    }

    fn time(&mut self, index: usize, time: Time, start: Time) -> u64 {
        let written = timestamp::nearest(time);
        self.rounded |= written.rounded;
        if written.clamped {
            let at = Location::cue(index, start);
            self.renderer.report.push_with(loss::NEGATIVE_TIME, at, |loss| loss.with("time", time));
        }
        written.units
    }

    fn times(&mut self, index: usize, cue: &Cue) -> [u64; 2] {
        let range = cue.range;
        [self.time(index, range.start, range.start), self.time(index, range.end, range.start)]
    }

    /// All before the text, written anew.
    fn fields(&mut self, times: [u64; 2], cue: &Cue, name: &str) {
        let fields = Fields { kind: "Dialogue: ", times, name, extras: &cue.extras };
        push_fields(&mut self.out, &self.script.columns, self.zeros, &fields);
    }

    /// Writes an event. Whether its times are exact.
    fn event(&mut self, index: usize, cue: &Cue) -> bool {
        let extras = &*cue.extras;
        let owned = |key: &str| extras.iter().find(|extra| extra.format == ID && extra.key == key);
        let style = self.script.styles.get(owned(key::STYLE).map_or("", |extra| extra.value.as_str()));
        let (named, name) = self.name(&cue.text);
        if named.is_none() {
            self.renderer.names.nobody();
        }
        for extra in extras {
            let spelling = extra.format == ID && matches!(extra.key, key::FIELDS | key::TEXT);
            if !spelling && !self.script.columns.iter().any(|column| event::says(extra, column)) {
                self.renderer.leftovers.drop(extra);
                self.renderer.said = true;
            }
        }
        let spelled = owned(key::FIELDS).filter(|fields| self.fields_hold(&fields.value, cue, &name));
        match spelled {
            Some(fields) => self.out.extend_from_slice(fields.value.as_bytes()),
            None => {
                let times = self.times(index, cue);
                self.fields(times, cue, &name);
            }
        }
        let labels = named.is_some() && !self.renderer.names.never();
        match owned(key::TEXT).filter(|raw| !labels && self.text_holds(&raw.value, cue, style, named)) {
            Some(raw) => self.out.extend_from_slice(raw.value.as_bytes()),
            None => {
                let around = Around {
                    script: self.script,
                    style,
                    range: rounded(cue.range),
                    placement: cue.placement.as_deref(),
                    named,
                };
                if !cue.text.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Voice(_))) {
                    self.renderer.labels.nobody();
                }
                self.renderer.text(&cue.text, around);
                self.out.extend_from_slice(self.renderer.out.as_bytes());
            }
        }
        if let Some(region) = cue.placement.as_ref().and_then(|placement| placement.region.as_deref()) {
            self.renderer.loss(loss::REGION, "id", region);
        }
        spelled.is_some() || rounded(cue.range) == cue.range
    }

    /// Which mark the Name field says, and what it holds.
    fn name(&mut self, text: &StyledText) -> (Option<usize>, String) {
        let voiced = |mark: &Mark| -> Option<String> {
            let MarkKind::Voice(voice) = &mark.kind else { return None };
            (mark.range == (0..text.len()) && !voice.name.trim().is_empty()).then(|| voice.name.clone())
        };
        let mut voices = text.marks.iter().enumerate();
        let found = voices.find_map(|(index, mark)| voiced(mark).map(|name| (index, name)));
        let Some((index, name)) = found else { return (None, String::new()) };
        let fitting = name.trim().replace(',', ";").replace(['\n', '\r'], " ");
        if fitting != name {
            self.renderer.loss(loss::FIELD_CHANGED, "text", shorten(&name));
        }
        (Some(index), fitting)
    }

    /// The file's own fields still say what the cue says.
    fn fields_hold(&self, fields: &str, cue: &Cue, name: &str) -> bool {
        let Some(event) = event::read(fields, &self.script.columns, self.zeros) else { return false };
        let own = cue.extras.iter().filter(|extra| extra.format == ID && !matches!(extra.key, key::FIELDS | key::TEXT));
        let one_line = !fields.contains(['\n', '\r']) && event.text.is_empty() && !event.comment;
        one_line && event.range == cue.range && event.name == name && event.kept.iter().eq(own)
    }

    /// The file's own text still says what the cue says.
    fn text_holds(&self, raw: &str, cue: &Cue, style: &Style, named: Option<usize>) -> bool {
        let others = cue.text.marks.iter().enumerate().filter(|(index, _)| named != Some(*index)).map(|(_, mark)| mark);
        if raw.contains(['\n', '\r']) {
            return false;
        }
        let content = text::read(raw, style, self.script, cue.range.start);
        !content.is_drawing()
            && content.text.plain == cue.text.plain
            && content.placement == cue.placement
            && content.text.marks.iter().eq(others)
    }

    /// Reads what was written: what differs and was not said is said.
    fn verify(&mut self, cue: &Cue, start: usize) {
        let line = std::str::from_utf8(self.out.get(start..).unwrap_or_default()).unwrap_or_default();
        let event = event::read(line, &self.script.columns, self.zeros);
        let Some(again) = event.and_then(|event| self.again.cue(&event)) else {
            return self.renderer.lose(loss::CUE);
        };
        if again.same_content(cue) {
            return;
        }
        if again.text != cue.text {
            self.renderer.lose(loss::MARKS_JOINED);
        } else if again.placement != cue.placement {
            self.renderer.lose(loss::PLACEMENT);
        } else {
            self.respelled = self.respelled.saturating_add(1);
        }
    }

    fn finish(self) -> Vec<u8> {
        let Renderer { report, leftovers, labels, voices, rounded, .. } = self.renderer;
        if self.rounded || rounded {
            report.push(Diagnostic::new(loss::TIME_ROUNDED, Location::FILE).with("unit", "10 ms"));
        }
        if voices > 0 {
            let voice = Diagnostic::new(loss::VOICE, Location::FILE).with("count", voices);
            let severity = if labels.never() { Severity::Error } else { voice.severity };
            report.push(Diagnostic { severity, ..voice });
        }
        if self.evidence > 0 {
            report.push(Diagnostic::new(loss::EVIDENCE, Location::FILE).with("count", self.evidence));
        }
        if self.respelled > 0 {
            report.push(Diagnostic::new(loss::RESPELLED, Location::FILE).with("count", self.respelled));
        }
        leftovers.report(report);
        self.out
    }
}

/// Text without markup: only its line breaks are written in another way.
fn push_lines(out: &mut Vec<u8>, plain: &str) {
    let mut rest = plain.as_bytes();
    while let Some(at) = memchr::memchr(b'\n', rest) {
        out.extend_from_slice(rest.get(..at).unwrap_or_default());
        out.extend_from_slice(b"\\N");
        rest = rest.get(at.saturating_add(1)..).unwrap_or_default();
    }
    out.extend_from_slice(rest);
    out.push(b'\n');
}
