//! Writing: a file that the standard's parser reads back as the same track, and a word about what it cannot hold.

use super::payload::{self, Context, rounded};
use super::settings::{self, Settings};
use super::{FORMAT_ID, cue_text, key, timestamp};
use crate::codec::label::Labeller;
use crate::codec::leftover::Leftovers;
use crate::codec::{Blocks, USUAL_CUE_BYTES, WriteOptions, timing_lost};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, MarkKind, Placement, StyledText, Track};
use crate::time::{Round, Time, TimeRange};
use std::collections::HashSet;

pub(super) fn write(
    track: &Track,
    options: &WriteOptions,
    blocks: &mut Blocks<'_>,
    report: &mut Report,
) -> Result<Vec<u8>> {
    let Track { format: _, lang, resolution: _, frame_rate, start_timecode, header, regions, notes, extras, cues } =
        track;
    timing_lost(*frame_rate, *start_timecode, report);
    let WriteOptions { labels, .. } = options;
    let mut writer = Writer {
        leftovers: Leftovers::new(),
        respelled: 0,
        evidence: 0,
        out: String::with_capacity(blocks.room(cues.len().saturating_mul(USUAL_CUE_BYTES))),
        report,
        // The voice is in the tag; nothing else needs to show it.
        labels: Labeller::new(*labels, Labels::Never),
        no_hours: owned(extras, key::NO_HOURS).is_some_and(|extra| extra.value.is_empty())
            && cues.iter().any(|cue| cue.range.start < timestamp::HOUR),
        region_ids: regions.iter().map(|region| region.id.as_str()).collect(),
    };
    writer.header(header.as_deref(), lang.as_ref());
    let mut notes = writer.head(regions, extras, notes);
    for (index, cue) in cues.iter().enumerate() {
        while let Some(note) = notes.next_if(|note| note.before as usize <= index) {
            writer.note(note);
        }
        writer.cue(index, cue);
        if blocks.take(writer.out.as_bytes()) {
            writer.out.clear();
        }
    }
    for note in notes {
        writer.note(note);
    }
    Ok(writer.finish())
}

pub(super) struct Writer<'a> {
    pub(super) out: String,
    pub(super) report: &'a mut Report,
    labels: Labeller,
    /// As the file had it: hours only where there are any.
    pub(super) no_hours: bool,
    region_ids: HashSet<&'a str>,
    /// What means nothing here.
    pub(super) leftovers: Leftovers,
    /// How many spellings were kept that no longer stand for what they spelled.
    respelled: u64,
    /// How many cues know how their times came about.
    evidence: u64,
}

impl Writer<'_> {
    pub(super) fn lose(&mut self, loss: Diagnostic) {
        push_loss(self.report, loss);
    }

    /// Says what is said once a file.
    fn finish(self) -> Vec<u8> {
        if self.evidence > 0 {
            self.report.push(Diagnostic::new(loss::EVIDENCE, Location::FILE).with("count", self.evidence));
        }
        if self.respelled > 0 {
            self.report.push(Diagnostic::new(loss::RESPELLED, Location::FILE).with("count", self.respelled));
        }
        self.leftovers.report(self.report);
        self.out.into_bytes()
    }

    fn cue(&mut self, index: usize, cue: &Cue) {
        let Cue { range, text, id, placement, extras, evidence, origin: _ } = cue;
        let at = Location::cue(index, range.start);
        self.leftovers.at = at;
        self.out.push('\n');
        if let Some(id) = id {
            self.id(id, at);
        }
        self.times(*range, at);
        let settings = self.settings(placement.as_deref(), extras, at);
        self.out.push('\n');
        let payload = self.payload(text, extras, at);
        self.evidence = self.evidence.saturating_add(u64::from(evidence.is_some()));
        for extra in extras {
            if !(extra.format == FORMAT_ID && matches!(extra.key, key::PAYLOAD | key::SETTINGS)) {
                self.leftovers.drop(extra);
            } else if ![settings, payload].into_iter().flatten().any(|used| std::ptr::eq(used, extra)) {
                self.respelled = self.respelled.saturating_add(1);
            }
        }
    }

    fn id(&mut self, id: &str, at: Location) {
        if id.is_empty() || id.contains(['\n', '\r', '\0']) || id.contains("-->") {
            return self.lose(Diagnostic::new(loss::CUE_ID, at).with("id", id));
        }
        self.out.extend([id, "\n"]);
    }

    fn times(&mut self, range: TimeRange, at: Location) {
        let (start, start_exact) = timestamp::millis(range.start);
        let (end, end_exact) = timestamp::millis(range.end);
        let push = if self.no_hours { timestamp::push_bare } else { timestamp::push };
        push(&mut self.out, start);
        self.out.push_str(" --> ");
        push(&mut self.out, end);
        if start_exact && end_exact {
            return;
        }
        for time in [range.start, range.end].into_iter().filter(|time| *time < Time::ZERO) {
            self.lose(Diagnostic::new(loss::NEGATIVE_TIME, at).with("time", time));
        }
        // Zero in place of a whole number of milliseconds before it is no rounding.
        if [range.start, range.end].into_iter().any(|time| Time::from_millis(time.to_millis(Round::Nearest)) != time) {
            self.lose(rounded());
        }
    }

    /// Writes settings; returns the extra they were taken from.
    fn settings<'e>(&mut self, placement: Option<&Placement>, extras: &'e [Extra], at: Location) -> Option<&'e Extra> {
        let raw = owned(extras, key::SETTINGS).filter(|raw| is_settings(&raw.value));
        if placement.is_none() && raw.is_none() {
            return None;
        }
        let read = |text: &str| {
            let settings: Option<Settings> = settings::parse(text, |id| self.region_ids.contains(id), |_| ());
            settings.as_ref().map(Placement::from)
        };
        let same = |text: &str| read(text).as_ref() == placement;
        let mut written = String::new();
        if let Some(placement) = placement {
            settings::write(&mut written, placement);
        }
        let raw = raw.filter(|raw| raw.value != written && same(&raw.value));
        let text = raw.map_or(written.as_str(), |raw| &raw.value);
        if is_settings(text) {
            self.out.extend([" ", text]);
        }
        if raw.is_none() && !same(&written) {
            self.lose(Diagnostic::new(loss::PLACEMENT, at));
        }
        raw
    }

    /// Writes a payload; returns the extra it was taken from.
    fn payload<'e>(&mut self, text: &StyledText, extras: &'e [Extra], at: Location) -> Option<&'e Extra> {
        let start = self.out.len();
        let voices = text.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Voice(_)));
        if !voices {
            self.labels.nobody();
        }
        let shows_labels = voices && !self.labels.never();
        let raw = owned(extras, key::PAYLOAD).filter(|_| !shows_labels).filter(|raw| stands_for(&raw.value, text));
        match raw {
            Some(raw) => self.out.push_str(&raw.value),
            None => self.write_payload(text, at),
        }
        if self.out.len() > start {
            self.out.push('\n');
        }
        raw
    }

    fn write_payload(&mut self, text: &StyledText, at: Location) {
        let Self { labels, leftovers, report, .. } = self;
        let mut lose = |loss: Diagnostic| push_loss(report, Diagnostic { at, ..loss });
        payload::write(&mut self.out, text, &mut Context { labels, leftovers, lose: &mut lose });
    }
}

/// The raw payload still says what the text says, and can stand in a file.
fn stands_for(raw: &str, text: &StyledText) -> bool {
    let blank_line = raw.starts_with('\n') || raw.ends_with('\n') || raw.contains("\n\n");
    // A payload without markup is the text itself.
    raw.contains(['<', '&', '>'])
        && !blank_line
        && !raw.contains(['\r', '\0'])
        && !raw.contains("-->")
        && cue_text::read(raw, &mut |_, _| ()) == *text
}

/// Reports a loss; rounding is said once a file.
fn push_loss(report: &mut Report, loss: Diagnostic) {
    if loss.code == loss::TIME_ROUNDED {
        return report.push_once(loss);
    }
    report.push(loss);
}

/// An extra of ours.
fn owned<'a>(extras: &'a [Extra], key: &str) -> Option<&'a Extra> {
    extras.iter().find(|extra| extra.format == FORMAT_ID && extra.key == key)
}

/// It can stand after the times of a timing line, where white space around it does not count.
fn is_settings(text: &str) -> bool {
    !text.contains(['\n', '\r', '\0'])
        && !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_whitespace())
        && !text.ends_with(|c: char| c.is_ascii_whitespace())
}
