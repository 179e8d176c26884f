//! Editing in place: centiseconds, escapes and override tags, syllables counted from the start of their event.

use super::columns::{self, Column};
use super::read::{CueReader, script_of};
use super::script::{self, BLANK, Script, end_of_head};
use super::tag::{self, Tag};
use super::{ASS, ID, RESOLUTION, event, key, timestamp};
use crate::codec::Format;
use crate::codec::splice::{self, Atoms, Change, Clock, Number, Parts, Spliced, Splicer};
use crate::diag::{Edits, Report};
use crate::model::{Cue, Extra, StyledText, Track};
use crate::source::Source;
use crate::time::{Round, Time, TimeDelta, TimeRange};
use std::ops::Range;

/// Edits a file of either dialect in place; `None` if its events have columns of several kinds.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    let (script, zeros) = script_of(source.text());
    if has_other_columns(source.text(), &script) {
        return None;
    }
    let kept = |extra: &&Extra| extra.format == ID && extra.key == key::SCRIPT;
    let head = track.extras.iter().find(kept).cloned();
    splice::splice(&SubStation { script, zeros, head }, source, track, edits)
}

/// A further section of events has columns of its own: its lines are read by those, and all cannot be told apart.
fn has_other_columns(text: &str, script: &Script) -> bool {
    let body = text.get(end_of_head(text)..).unwrap_or_default();
    let mut inside = true;
    script::lines(body).any(|(_, line, _)| {
        if let Some(name) = script::section(line) {
            inside = name.eq_ignore_ascii_case("events");
        }
        let list = columns::format_line(line).filter(|_| inside);
        list.is_some_and(|list| columns::columns(list) != script.columns)
    })
}

struct SubStation {
    script: Script,
    zeros: bool,
    /// What stands before the events, if that is not what we write.
    head: Option<Extra>,
}

impl Splicer for SubStation {
    const FORMAT: &'static Format = &ASS;
    const APART: bool = false;
    const PLACES: bool = true;
    const RELATIVE: bool = true;

    fn unit(&self) -> (TimeDelta, &'static str) {
        (RESOLUTION, "10 ms")
    }

    fn parts(&self, text: &str, cue: &Cue) -> Option<Parts> {
        let block = cue.origin?.range();
        let line = text.get(block.clone())?;
        let trimmed = line.trim_start_matches(BLANK);
        let rest = trimmed.split_once(':')?.1;
        let mut rest = rest.strip_prefix(' ').unwrap_or(rest);
        let (mut start, mut end) = (None, None);
        for column in self.script.columns.iter().filter(|column| **column != Column::Text) {
            let (field, after) = rest.split_once(',')?;
            let from = block.end.saturating_sub(rest.len());
            let leading = field.len().saturating_sub(field.trim_start().len());
            let from = from.saturating_add(leading);
            let place = from..from.saturating_add(field.trim().len());
            match column {
                Column::Start => start = Some(place),
                Column::End => end = Some(place),
                Column::Name | Column::Text | Column::Kept(_) | Column::Other(_) => {}
            }
            rest = after;
        }
        let text = block.end.saturating_sub(rest.len())..block.end;
        Some(Parts { number: Number::None, head: block.start, start: start?, end: end?, length: false, text, block })
    }

    fn time(&self, written: &str) -> Option<Time> {
        timestamp::read(written).map(|stamp| stamp.time)
    }

    fn print(&self, old: &str, time: Time) -> Option<String> {
        Clock { first: 1, gets_hours: true, point: '.', digits: 2 }.print(old, time)
    }

    fn atoms(&self, raw: &str) -> Atoms {
        let mut reader = Reader { raw, atoms: Atoms::default(), drawing: false, hard_breaks: self.script.hard_breaks };
        reader.run();
        reader.atoms
    }

    fn spell(&self, plain: &str, _eol: &str) -> String {
        plain.replace('\n', "\\N").replace('\u{A0}', "\\h")
    }

    /// Events of one layer cover one another in the order of the file.
    fn may_swap(&self) -> bool {
        false
    }

    fn read(&self, block: &str, _after: &str) -> Option<(Cue, u64)> {
        if block.contains(['\n', '\r']) {
            return None;
        }
        let event = event::read(block, &self.script.columns, self.zeros)?;
        // What is odd is the event's line, never its text.
        CueReader::new(&self.script, self.zeros, &mut Report::default()).cue(&event).map(|cue| (cue, 0))
    }

    fn shell(&self) -> Track {
        Track { extras: self.head.iter().cloned().collect(), ..Track::default() }
    }

    /// `\k` says how long a syllable lasts. Each length is the difference of two rounded times, so that nothing adds up.
    fn stamps(&self, raw: &str, atoms: &Atoms, cue: &Cue, range: TimeRange, text: &StyledText) -> Option<Vec<Change>> {
        let stamps: Vec<Range<usize>> = atoms.stamps().collect();
        let silent = atoms.begin_with_stamp();
        // The first only starts the clock where nothing is shown before it.
        let begin = |range: TimeRange| silent.then_some(range.start);
        let old: Vec<Time> = begin(cue.range).into_iter().chain(cue.text.shown()).collect();
        let new: Vec<Time> = begin(range).into_iter().chain(text.shown()).collect();
        if stamps.len() != old.len() || old.len() != new.len() {
            return None;
        }
        let units = |time: Time, start: Time| (time - start).to_units(100, Round::Nearest);
        let mut changes = Vec::new();
        for (index, stamp) in stamps.into_iter().enumerate() {
            let written = raw.get(stamp.clone())?;
            let length: f64 = written.parse().ok()?;
            let next = index.saturating_add(1);
            let begins = *new.get(index)?;
            let ends = match new.get(next) {
                Some(next) => *next,
                None => last_end(cue.range, range, *old.get(index)?, begins, length),
            };
            let units = units(ends, range.start).saturating_sub(units(begins, range.start)).max(0);
            let old_length = TimeDelta::from_seconds_f64(length / 100.0).to_units(100, Round::Nearest);
            if units != old_length {
                changes.push(Change { at: stamp, with: units.to_string() });
            }
        }
        Some(changes)
    }
}

/// When the last syllable ends: with its event, if it did; else it lasts as long as before.
fn last_end(old: TimeRange, new: TimeRange, began: Time, begins: Time, length: f64) -> Time {
    let lasts = TimeDelta::from_seconds_f64(length / 100.0);
    let off = (began + lasts - old.end).flicks().saturating_abs();
    if off <= RESOLUTION.flicks() { new.end } else { begins + lasts }
}

/// Finds the pieces of an event's text, as its reader does.
struct Reader<'a> {
    raw: &'a str,
    atoms: Atoms,
    drawing: bool,
    hard_breaks: bool,
}

impl<'a> Reader<'a> {
    fn run(&mut self) {
        let mut from = 0usize;
        let mut look = 0usize;
        while let Some(found) = self.raw.get(look..).and_then(|rest| memchr::memchr(b'{', rest.as_bytes())) {
            let open = look.saturating_add(found);
            let inner = open.saturating_add(1);
            let before = self.raw.get(from..open).unwrap_or_default();
            if !self.drawing && before.ends_with('\\') {
                self.literal(from..open.saturating_sub(1));
                self.atoms.escape(open.saturating_sub(1)..inner, "{");
                (from, look) = (inner, inner);
                continue;
            }
            let Some(length) = self.raw.get(inner..).and_then(|rest| memchr::memchr(b'}', rest.as_bytes())) else {
                break;
            };
            let end = inner.saturating_add(length);
            self.literal(from..open);
            self.block(open, inner..end);
            (from, look) = (end.saturating_add(1), end.saturating_add(1));
        }
        self.literal(from..self.raw.len());
    }

    fn block(&mut self, open: usize, inside: Range<usize>) {
        let mut done = open;
        let mut at = inside.start;
        for piece in tag::pieces(self.raw.get(inside.clone()).unwrap_or_default()) {
            let start = at;
            at = at.saturating_add(piece.len());
            let tag = tag::understand(piece);
            if let Tag::Drawing(on) = tag {
                self.drawing = on;
            }
            if let Tag::Wrap(style) = tag {
                self.hard_breaks = style == 2;
            }
            if let Tag::Karaoke(_) = tag {
                let name = piece.find(|c: char| c != '\\' && !c.is_ascii_alphabetic()).unwrap_or(piece.len());
                let value = piece.get(name..).unwrap_or_default();
                let leading = value.len().saturating_sub(value.trim_start().len());
                let from = start.saturating_add(name).saturating_add(leading);
                self.atoms.hidden(done..from);
                done = from.saturating_add(value.trim().len());
                self.atoms.stamp(from..done);
            }
        }
        self.atoms.hidden(done..inside.end.saturating_add(1));
    }

    fn literal(&mut self, range: Range<usize>) {
        if self.drawing {
            return self.atoms.hidden(range);
        }
        let mut from = range.start;
        while let Some(found) = self.raw.get(from..range.end).and_then(|rest| memchr::memchr(b'\\', rest.as_bytes())) {
            let at = from.saturating_add(found);
            self.atoms.literal(self.raw, from..at);
            let shown = match self.raw.as_bytes().get(at.saturating_add(1)).filter(|_| at.saturating_add(1) < range.end)
            {
                Some(b'N') => "\n",
                Some(b'n') if self.hard_breaks => "\n",
                Some(b'n') => " ",
                Some(b'h') => "\u{A0}",
                Some(b'{') => "{",
                Some(b'}') => "}",
                _ => "",
            };
            from = at.saturating_add(if shown.is_empty() { 1 } else { 2 });
            match shown {
                "" => self.atoms.literal(self.raw, at..from),
                shown => self.atoms.escape(at..from, shown),
            }
        }
        self.atoms.literal(self.raw, from..range.end);
    }
}
