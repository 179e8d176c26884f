//! Reading: the head, then events, and what stands between them.

use super::columns::{self, Column};
use super::compose::plain_head;
use super::event::{self, Event};
use super::leftovers::{self, note_of};
use super::render::{Around, Renderer, shorten};
use super::script::{self, Script, end_of_head};
use super::{Dialect, ID, RESOLUTION, key, text, timestamp};
use crate::codec::{ReadOptions, room_for_cues};
use crate::diag::codes::parse as codes;
use crate::diag::{Code, Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Extra, Labels, Mark, MarkKind, Note, StyledText, Track, Voice};
use crate::source::{Source, Span};
use std::borrow::Cow;
use std::ops::Range;

/// Reads either dialect. Only a text that has neither a section nor an event is refused.
pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let ours = |line: &str| script::section(line).is_some_and(script::is_known_section) || event::is_event(line);
    let blank = text.trim_matches(['\n', '\r', ' ', '\t', '\u{FEFF}']).is_empty();
    if !blank && !script::lines(text).any(|(_, line, _)| ours(line)) {
        let message = format!("{} is not SubStation Alpha: it has neither its sections nor events", source.name());
        return Err(Error::new(ErrorKind::Unreadable, message)
            .with_remedy("a file has the sections `[Script Info]`, `[V4+ Styles]` and `[Events]`")
            .with_chinese(format!("{} 不是 SubStation Alpha：既没有它的各节，也没有事件", source.name()))
            .with_chinese_remedy("文件应包含 `[Script Info]`、`[V4+ Styles]` 和 `[Events]` 各节"));
    }
    if blank {
        return Ok(Track { resolution: RESOLUTION, ..Track::default() });
    }
    Ok(scan(text, true, report))
}

/// The track of a text; without `cues` they are only counted.
pub(super) fn scan(text: &str, cues: bool, report: &mut Report) -> Track {
    let end = end_of_head(text);
    let head = head_of(text.get(..end).unwrap_or_default());
    let script = Script::read(&head, Dialect::Ass);
    let mut track = Track { resolution: RESOLUTION, ..Track::default() };
    (track.header, track.lang) = (script.title.clone(), script.lang.clone());
    let usual = plain_head(script.dialect, track.header.as_deref(), track.lang.as_ref());
    if head != usual {
        track.extras.push(Extra { format: ID, key: key::SCRIPT, value: head });
    }
    let body = text.get(end..).unwrap_or_default();
    let first = script::lines(body).find(|(_, line, _)| event::is_event(line));
    let zeros = first.is_some_and(|(_, line, _)| event::has_zeros(line, &script.columns));
    if zeros {
        track.extras.push(Extra { format: ID, key: key::ZEROS, value: String::new() });
    }
    if cues {
        track.cues = room_for_cues(body.len());
    }
    let mut quiet = Report::default();
    let events = CueReader::new(&script, zeros, &mut quiet);
    let mut reader =
        Reader { text, report, events, track, count: 0, keeps: cues, pending: None, inside: true, columns: None };
    reader.run(end);
    reader.track
}

/// The script of a file, and whether it writes zero margins as `0000`.
pub(super) fn script_of(text: &str) -> (Script, bool) {
    let (head, body) = text.split_at_checked(end_of_head(text)).unwrap_or((text, ""));
    let script = Script::read(&head_of(head), Dialect::Ass);
    let first = script::lines(body).find(|(_, line, _)| event::is_event(line));
    let zeros = first.is_some_and(|(_, line, _)| event::has_zeros(line, &script.columns));
    (script, zeros)
}

/// A head with `\n` line ends, and with the section of events that follows.
fn head_of(text: &str) -> String {
    let mut head = text.replace("\r\n", "\n").replace('\r', "\n");
    if !head.is_empty() && !head.ends_with('\n') {
        head.push('\n');
    }
    let events = |(_, line, _): (usize, &str, usize)| {
        script::section(line).is_some_and(|name| name.eq_ignore_ascii_case("events"))
    };
    if !script::lines(&head).any(events) {
        let dialect = script::lines(&head).find_map(|(_, line, _)| script::dialect_of_line(line));
        let columns = super::columns::usual_line(dialect.unwrap_or(Dialect::Ass));
        head.extend(["[Events]\n", columns, "\n"]);
    }
    head
}

struct Reader<'a, 'r> {
    text: &'a str,
    report: &'r mut Report,
    events: CueReader<'a, 'r>,
    track: Track,
    /// How many cues there were.
    count: usize,
    /// Cues are made.
    keeps: bool,
    /// Lines that are no events, not yet kept.
    pending: Option<Range<usize>>,
    /// In a section of events.
    inside: bool,
    /// The columns from here on, if they are not those of the first section.
    columns: Option<Vec<Column>>,
}

impl<'a> Reader<'a, '_> {
    fn run(&mut self, from: usize) {
        for (start, line, next) in script::lines(self.text.get(from..).unwrap_or_default()) {
            let (start, next) = (from.saturating_add(start), from.saturating_add(next));
            if let Some(name) = script::section(line) {
                self.inside = name.eq_ignore_ascii_case("events");
            }
            let kept =
                self.inside && if event::is_event(line) { self.event(start, line) } else { self.columns(start, line) };
            if !kept {
                self.pending = Some(self.pending.as_ref().map_or(start, |pending| pending.start)..next);
            }
        }
        self.flush();
    }

    /// Keeps the lines that were passed over.
    fn flush(&mut self) {
        let Some(pending) = self.pending.take() else { return };
        let lines = self.text.get(pending).unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n");
        let lines = lines.strip_suffix('\n').unwrap_or(&lines);
        let key = if lines.trim_matches(['\n', ' ', '\t']).is_empty() { key::BLANK } else { key::LINES };
        self.track.extras.push(leftovers::extra(key, self.count, lines));
    }

    /// A further `Format` line: whether it names other columns. All is written with those of the first section, so it is not kept.
    fn columns(&mut self, start: usize, line: &str) -> bool {
        let first = &self.events.script.columns;
        // Where those have no times, no event can be written with them.
        let timed = first.contains(&Column::Start) && first.contains(&Column::End);
        let Some(list) = columns::format_line(line).filter(|_| timed) else { return false };
        let columns = columns::columns(list);
        self.columns = (columns != *first).then_some(columns);
        if self.columns.is_some() {
            self.flush();
            let at = Location { span: Some(Span::new(start..start.saturating_add(line.len()))), ..Location::FILE };
            self.push(codes::ASS_COLUMNS, at, |d| d);
        }
        self.columns.is_some()
    }

    /// An event; `false` if it cannot be read.
    fn event(&mut self, start: usize, line: &'a str) -> bool {
        let end = start.saturating_add(line.len());
        let at = Location { span: Some(Span::new(start..end)), ..Location::FILE };
        let script = self.events.script;
        let columns = self.columns.as_ref().unwrap_or(&script.columns);
        let Some(mut event) = event::read(line, columns, self.events.zeros) else {
            self.push(codes::ASS_BAD_EVENT, at, |d| d.with("text", shorten(line)));
            // Among the columns of the first section it could be read for something.
            return self.columns.is_some();
        };
        let mut line = Cow::Borrowed(line);
        if self.columns.is_some() {
            // Fields of other columns cannot come back as they were.
            event.usual = true;
            line = Cow::Owned(event::spelled(&event, &script.columns, self.events.zeros));
        }
        let line = &*line;
        self.flush();
        if event.comment {
            self.comment(&event, line);
            return true;
        }
        let at = Location { cue: u32::try_from(self.count).ok(), time: Some(event.range.start), ..at };
        self.notice(&event, at);
        match self.events.cue(&event) {
            Some(mut cue) => {
                self.count = self.count.saturating_add(1);
                if self.keeps {
                    cue.origin = Some(Span::new(start..end));
                    self.track.cues.push(cue);
                }
            }
            None => {
                self.push(codes::ASS_DRAWING, Location { cue: None, ..at }, |d| d);
                self.track.extras.push(leftovers::extra(key::DRAWING, self.count, line));
            }
        }
        true
    }

    fn comment(&mut self, event: &Event<'_>, line: &str) {
        let text = note_of(event.text);
        if plain_comment(&text, self.events.script, self.events.zeros) != line.as_bytes() {
            self.track.extras.push(leftovers::extra(key::COMMENT, self.count, line));
        }
        self.track.notes.push(Note { before: u32::try_from(self.count).unwrap_or(u32::MAX), text });
    }

    /// Says what is odd about an event.
    fn notice(&mut self, event: &Event<'_>, at: Location) {
        let (start, end) = (event.range.start, event.range.end);
        if event.odd {
            let shown = shorten(event.fields);
            self.push(codes::ASS_ODD_TIME, at, |d| d.with("text", shown).with("start", start).with("end", end));
        }
        if end < start {
            self.push(codes::ASS_END_BEFORE_START, at, |d| d.with("start", start).with("end", end));
        }
        if self.events.script.styles.find(event.style).is_none() {
            self.push(codes::ASS_NO_STYLE, at, |d| d.with("style", shorten(event.style)));
        }
    }

    fn push(&mut self, code: Code, at: Location, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.report.push_with(code, at, with);
    }
}

/// A note as an event without times.
pub(super) fn plain_comment(note: &str, script: &Script, zeros: bool) -> Vec<u8> {
    let (mut out, none) = (Vec::new(), event::Fields { kind: "Comment: ", times: [0, 0], name: "", extras: &[] });
    event::push_fields(&mut out, &script.columns, zeros, &none);
    out.extend_from_slice(leftovers::comment_of(note).0.as_bytes());
    out
}

/// Makes cues of events.
pub(super) struct CueReader<'a, 'r> {
    pub(super) script: &'a Script,
    pub(super) zeros: bool,
    /// Writes what was read, to see whether the file spells it in the same way.
    quiet: Renderer<'r>,
}

impl<'a, 'r> CueReader<'a, 'r> {
    pub(super) fn new(script: &'a Script, zeros: bool, quiet: &'r mut Report) -> Self {
        Self { script, zeros, quiet: Renderer::new(quiet, Labels::Auto) }
    }

    /// The cue of an event, without its origin; `None` if it only draws.
    pub(super) fn cue(&mut self, event: &Event<'_>) -> Option<Cue> {
        let style = self.script.styles.get(event.style);
        let content = text::read(event.text, style, self.script, event.range.start);
        if content.is_drawing() {
            return None;
        }
        let unusual = content.unusual;
        let mut cue = Cue { range: event.range, text: content.text, placement: content.placement, ..Cue::default() };
        if !event.name.is_empty() {
            name(&mut cue.text, event.name);
        }
        let mut extras = event.kept.clone();
        if !event.usual {
            extras.push(Extra { format: ID, key: key::FIELDS, value: event.fields.to_owned() });
        }
        if unusual {
            let named = (!event.name.is_empty()).then_some(0);
            let (range, placement) = (rounded(event.range), cue.placement.as_deref());
            self.quiet.text(&cue.text, Around { script: self.script, style, range, placement, named });
            if self.quiet.out != event.text {
                extras.push(Extra { format: ID, key: key::TEXT, value: event.text.to_owned() });
            }
        }
        if !extras.is_empty() {
            cue.extras = extras.into();
        }
        Some(cue)
    }
}

/// Puts a voice around a text.
fn name(text: &mut StyledText, name: &str) {
    let voice = Voice { name: name.to_owned(), classes: Vec::new() };
    text.marks.reserve_exact(1);
    text.marks.insert(0, Mark::new(0..text.len(), MarkKind::Voice(Box::new(voice))));
}

/// The times that are written for a range.
pub(super) fn rounded(range: crate::time::TimeRange) -> crate::time::TimeRange {
    let nearest = |time| timestamp::time_of(timestamp::nearest(time).units);
    crate::time::TimeRange::new(nearest(range.start), nearest(range.end))
}
