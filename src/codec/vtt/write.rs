//! Writing: a file that the standard's parser reads back as the same track, and a word about what it cannot hold.

use super::payload::{self, Context, rounded};
use super::settings::{self, Settings};
use super::{FORMAT_ID, cue_text, key, timestamp};
use crate::codec::WriteOptions;
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Labels, MarkKind, Placement, StyledText, Track};
use crate::time::{Time, TimeRange};
use std::collections::{BTreeMap, HashSet};

pub(super) fn write(track: &Track, options: &WriteOptions, report: &mut Report) -> Result<Vec<u8>> {
    let Track { format: _, lang, resolution: _, header, regions, notes, extras, cues } = track;
    let WriteOptions { labels } = options;
    let mut writer = Writer {
        foreign: BTreeMap::new(),
        respelled: 0,
        evidence: 0,
        out: String::with_capacity(cues.len().saturating_mul(USUAL_CUE_BYTES)),
        report,
        labels: *labels,
        last_voice: None,
        region_ids: regions.iter().map(|region| region.id.as_str()).collect(),
    };
    writer.header(header.as_deref(), lang.as_ref());
    let mut notes = writer.head(regions, extras, notes);
    for (index, cue) in cues.iter().enumerate() {
        while let Some(note) = notes.next_if(|note| note.before as usize <= index) {
            writer.note(note);
        }
        writer.cue(index, cue);
    }
    for note in notes {
        writer.note(note);
    }
    Ok(writer.finish())
}

/// A first guess for the buffer: a timing line and some text.
const USUAL_CUE_BYTES: usize = 80;

pub(super) struct Writer<'a> {
    pub(super) out: String,
    pub(super) report: &'a mut Report,
    labels: Labels,
    last_voice: Option<String>,
    region_ids: HashSet<&'a str>,
    /// How often each leftover of a format was met that means nothing here.
    foreign: BTreeMap<(String, String), u64>,
    /// How many spellings were kept that no longer stand for what they spelled.
    respelled: u64,
    /// How many cues know how their times came about.
    evidence: u64,
}

impl Writer<'_> {
    pub(super) fn lose(&mut self, loss: Diagnostic) {
        push_loss(self.report, loss);
    }

    pub(super) fn foreign(&mut self, format: &str, key: &str) {
        let count = self.foreign.entry((format.to_owned(), key.to_owned())).or_default();
        *count = count.saturating_add(1);
    }

    /// Says what is said once a file.
    fn finish(self) -> Vec<u8> {
        if self.evidence > 0 {
            self.report.push(Diagnostic::new(loss::EVIDENCE, Location::FILE).with("count", self.evidence));
        }
        if self.respelled > 0 {
            self.report.push(Diagnostic::new(loss::RESPELLED, Location::FILE).with("count", self.respelled));
        }
        for ((format, key), count) in self.foreign {
            let loss = Diagnostic::new(loss::FOREIGN, Location::FILE);
            self.report.push(loss.with("format", format).with("key", key).with("count", count));
        }
        self.out.into_bytes()
    }

    fn cue(&mut self, index: usize, cue: &Cue) {
        let Cue { range, text, id, placement, extras, evidence, origin: _ } = cue;
        let at = Location::cue(index, range.start);
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
            let Extra { format, key, value: _ } = extra;
            if !(*format == FORMAT_ID && matches!(*key, key::PAYLOAD | key::SETTINGS)) {
                self.foreign(format, key);
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
        timestamp::push(&mut self.out, start);
        self.out.push_str(" --> ");
        timestamp::push(&mut self.out, end);
        if start_exact && end_exact {
            return;
        }
        for time in [range.start, range.end].into_iter().filter(|time| *time < Time::ZERO) {
            self.lose(Diagnostic::new(loss::NEGATIVE_TIME, at).with("time", time));
        }
        self.lose(rounded());
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
        let written = placement.map(settings::write).unwrap_or_default();
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
        let raw = owned(extras, key::PAYLOAD).filter(|raw| self.stands_for(&raw.value, text));
        match raw {
            Some(raw) => self.out.push_str(&raw.value),
            None => self.write_payload(text, at),
        }
        if self.out.len() > start {
            self.out.push('\n');
        }
        raw
    }

    /// The raw payload still says what the text says, and can stand in a file.
    fn stands_for(&self, raw: &str, text: &StyledText) -> bool {
        let shows_labels = match self.labels {
            Labels::Auto | Labels::Never => false,
            Labels::Always | Labels::OnChange => text.marks.iter().any(|mark| matches!(mark.kind, MarkKind::Voice(_))),
        };
        let blank_line = raw.starts_with('\n') || raw.ends_with('\n') || raw.contains("\n\n");
        // A payload without markup is the text itself.
        raw.contains(['<', '&', '>'])
            && !shows_labels
            && !blank_line
            && !raw.contains(['\r', '\0'])
            && !raw.contains("-->")
            && cue_text::read(raw, &mut |_, _| ()) == *text
    }

    fn write_payload(&mut self, text: &StyledText, at: Location) {
        let (labels, last, report) = (self.labels, &mut self.last_voice, &mut *self.report);
        let mut label = |name: &str| {
            let changes = last.as_deref() != Some(name);
            if changes {
                *last = Some(name.to_owned());
            }
            match labels {
                // The voice is in the tag; nothing else needs to show it.
                Labels::Auto | Labels::Never => false,
                Labels::Always => true,
                Labels::OnChange => changes,
            }
        };
        let mut lose = |loss: Diagnostic| push_loss(report, Diagnostic { at, ..loss });
        payload::write(&mut self.out, text, &mut Context { label: &mut label, lose: &mut lose });
    }
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
