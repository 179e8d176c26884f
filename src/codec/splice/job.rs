//! Carrying out edits, cue by cue.

use super::{Number, Parts, Spliced, Splicer};
use crate::codec::plain::shorten;
use crate::diag::codes::{edit, loss};
use crate::diag::{CueChange, Diagnostic, Edits, Location, Report};
use crate::model::{Cue, Track};
use crate::source::{Patches, Source};
use crate::time::{Time, TimeRange};
use std::ops::Range;

/// Carries out edits in the text that `source` holds, each list by itself.
pub(in crate::codec) fn splice<S: Splicer>(
    splicer: &S,
    source: &Source,
    track: &Track,
    edits: &[&Edits],
) -> Option<Vec<Spliced>> {
    let text = source.text();
    let eol = eol_of(text);
    let mut well_numbered = None;
    let one = |edits: &&Edits| {
        let mut job = Job {
            splicer,
            text,
            track,
            report: Report::default(),
            patches: Patches::new(),
            eol,
            after: "",
            next_start: None,
            removal: None,
            numbers: false,
            number: 0,
            places: None,
        };
        let changes_numbers = edits.changes_count() || edits.moves();
        job.numbers =
            edits.renumbers() || (changes_numbers && *well_numbered.get_or_insert_with(|| job.is_well_numbered()));
        if edits.moves() {
            job.reorder(edits);
        }
        job.run(edits);
        Spliced { patches: job.patches, report: job.report }
    };
    Some(edits.iter().map(one).collect())
}

/// How the lines of a text end: as its first does.
pub(in crate::codec) fn eol_of(text: &str) -> &'static str {
    match memchr::memchr2(b'\n', b'\r', text.as_bytes()).and_then(|at| text.get(at..)) {
        Some(end) if end.starts_with("\r\n") => "\r\n",
        Some(end) if end.starts_with('\r') => "\r",
        _ => "\n",
    }
}

pub(super) struct Job<'a, S> {
    pub(super) splicer: &'a S,
    pub(super) text: &'a str,
    pub(super) track: &'a Track,
    pub(super) report: Report,
    pub(super) patches: Patches,
    pub(super) eol: &'static str,
    /// What follows the cue that is changed, up to the text of the next.
    pub(super) after: &'a str,
    /// When the next cue starts then.
    next_start: Option<Time>,
    /// Cues that go away, one after another.
    removal: Option<Range<usize>>,
    /// Cues get the number that they have then.
    pub(super) numbers: bool,
    /// How many cues there are so far.
    pub(super) number: u64,
    /// Where each cue goes, if they change places.
    pub(super) places: Option<Vec<u32>>,
}

impl<'a, S: Splicer> Job<'a, S> {
    pub(super) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The first cue has the number 1, and so on.
    fn is_well_numbered(&self) -> bool {
        self.track.cues.iter().zip(1u64..).all(|(cue, due)| match self.splicer.parts(self.text, cue) {
            Some(Parts { number: Number::At(at), .. }) => self.slice(at).parse() == Ok(due),
            _ => false,
        })
    }

    fn run(&mut self, edits: &Edits) {
        let mut changes = edits.changes().peekable();
        let mut index = 0usize;
        while let Some(cue) = self.track.cues.get(index) {
            let at = u32::try_from(index).unwrap_or(u32::MAX);
            let change = changes.next_if(|(changed, _)| *changed == at).map(|(_, change)| change);
            let mut taken = 1;
            match change {
                Some(change) => taken = self.change(index, cue, change, edits),
                None if self.numbers => {
                    let number = self.splicer.parts(self.text, cue).map(|parts| parts.number);
                    self.count(number.as_ref());
                }
                // On to the next that changes.
                None => match changes.peek() {
                    Some((changed, _)) => {
                        index = *changed as usize;
                        continue;
                    }
                    None => break,
                },
            }
            for _ in 1..taken {
                index = index.saturating_add(1);
                let at = u32::try_from(index).unwrap_or(u32::MAX);
                changes.next_if(|(changed, _)| *changed == at);
            }
            index = index.saturating_add(1);
        }
        self.flush_removal();
    }

    /// Changes a cue; how many cues of the file are dealt with.
    fn change(&mut self, index: usize, cue: &Cue, change: &CueChange, edits: &Edits) -> usize {
        let at = Location { span: cue.origin, ..Location::cue(index, cue.range.start) };
        let Some(parts) = self.splicer.parts(self.text, cue) else {
            self.say(edit::CUE_KEPT, at);
            self.count(None);
            return 1;
        };
        if change.removed {
            self.remove(&parts.block);
            return 1;
        }
        self.after = self.after(index, &parts);
        let next = index.checked_add(1).and_then(|next| Some((u32::try_from(next).ok()?, self.track.cues.get(next)?)));
        let moved = |at| edits.of(at).and_then(|change| change.start);
        self.next_start = next.map(|(at, next)| moved(at).unwrap_or(next.range.start));
        self.count(Some(&parts.number));
        let range = TimeRange::new(change.start.unwrap_or(cue.range.start), change.end.unwrap_or(cue.range.end));
        if change.merged.is_some() {
            if let Some((count, end)) = self.merge(index, &parts, range.start, edits) {
                self.times(&parts, TimeRange::new(range.start, end), cue.range, at);
                return count;
            }
            self.say(edit::CUE_KEPT, at);
            return 1;
        }
        if let Some(first) = change.splits.first() {
            if self.split(cue, change, &parts, range).is_some() {
                self.times(&parts, TimeRange::new(range.start, first.end), cue.range, at);
            } else {
                self.say(edit::CUE_KEPT, at);
            }
            return 1;
        }
        if self.edit_text(cue, change, &parts, range).is_none() {
            self.say(edit::TEXT_KEPT, at);
        }
        self.times(&parts, range, cue.range, at);
        1
    }

    /// What follows a cue, up to the text of the next.
    pub(super) fn after(&self, index: usize, parts: &Parts) -> &'a str {
        let next = index.checked_add(1).and_then(|next| self.track.cues.get(next));
        let next = next.and_then(|next| self.splicer.parts(self.text, next));
        self.slice(parts.block.end..next.map_or(self.text.len(), |next| next.text.start))
    }

    pub(super) fn say(&mut self, code: crate::diag::Code, at: Location) {
        self.report.push(Diagnostic::new(code, at));
    }

    /// Gives a cue the number that is due.
    fn count(&mut self, number: Option<&Number>) {
        self.number = self.number.saturating_add(1);
        if !self.numbers {
            return;
        }
        let index = usize::try_from(self.number.saturating_sub(1)).unwrap_or(usize::MAX);
        let place = self.places.as_ref().and_then(|places| places.get(index).copied());
        let due = place.map_or(self.number, |place| u64::from(place).saturating_add(1)).to_string();
        match number {
            Some(Number::At(range)) if self.slice(range.clone()) != due => self.patches.replace(range.clone(), &due),
            Some(Number::Missing(at)) => self.patches.replace(*at..*at, &[&due, self.eol].concat()),
            Some(Number::At(_) | Number::None) | None => {}
        }
    }

    /// Writes the times of a cue that are new.
    fn times(&mut self, parts: &Parts, new: TimeRange, old: TimeRange, at: Location) {
        let new = self.counted(parts, new);
        if new.start != old.start {
            let printed = self.printed(&parts.start, new.start);
            self.write_time(&parts.start, printed, at, new.start, |splicer, text| {
                splicer.time(text) == Some(new.start)
            });
        }
        let length = new.duration();
        let same = if parts.length { length == old.duration() } else { new.end == old.end };
        // Where no cue follows, how long it lasts was only guessed.
        let guessed = self.next_start.is_none() && length == old.duration();
        let implied = parts.end.is_empty() && (self.next_start == Some(new.end) || guessed);
        if !same && !implied {
            let printed = self.printed_end(parts, new);
            self.write_time(&parts.end, printed, at, new.end, |splicer, text| {
                if parts.length { splicer.length(text) == Some(length) } else { splicer.time(text) == Some(new.end) }
            });
        }
    }

    /// Writes a time, and says what became of one that the format does not have.
    fn write_time(
        &mut self,
        place: &Range<usize>,
        printed: Option<Option<String>>,
        at: Location,
        time: Time,
        exact: impl Fn(&S, &str) -> bool,
    ) {
        match printed {
            Some(Some(printed)) => {
                if exact(self.splicer, &printed) {
                } else if time < Time::ZERO {
                    self.report.push(Diagnostic::new(loss::NEGATIVE_TIME, at).with("time", time));
                } else {
                    let (_, unit) = self.splicer.unit();
                    self.report.push_once(Diagnostic::new(loss::TIME_ROUNDED, Location::FILE).with("unit", unit));
                }
                self.patches.replace(place.clone(), &printed);
            }
            Some(None) => {}
            None => {
                let text = shorten(self.slice(place.clone()));
                self.report.push(Diagnostic::new(edit::TIME_KEPT, at).with("text", text));
            }
        }
    }

    /// A time as it is written in the place of another; `Some(None)` if the bytes there say it already.
    pub(super) fn printed(&self, place: &Range<usize>, time: Time) -> Option<Option<String>> {
        let old = self.slice(place.clone());
        let printed = self.splicer.print(old, time)?;
        Some((self.splicer.time(&printed) != self.splicer.time(old)).then_some(printed))
    }

    /// A range whose length is counted from the start as it is written.
    pub(super) fn counted(&self, parts: &Parts, range: TimeRange) -> TimeRange {
        if !parts.length {
            return range;
        }
        let written = match self.printed(&parts.start, range.start) {
            Some(Some(printed)) => self.splicer.time(&printed),
            Some(None) | None => self.splicer.time(self.slice(parts.start.clone())),
        };
        TimeRange::new(written.unwrap_or(range.start), range.end)
    }

    /// The same of an end, which may be given as a length.
    pub(super) fn printed_end(&self, parts: &Parts, range: TimeRange) -> Option<Option<String>> {
        if !parts.length {
            return self.printed(&parts.end, range.end);
        }
        let old = self.slice(parts.end.clone());
        let printed = self.splicer.print_length(old, range.duration())?;
        Some((self.splicer.length(&printed) != self.splicer.length(old)).then_some(printed))
    }

    /// Takes a cue out, with the blank lines after it.
    pub(super) fn remove(&mut self, block: &Range<usize>) {
        if S::LISTED {
            return self.remove_listed(block);
        }
        if S::INLINE {
            let start = self.slice(0..block.start).trim_end().len();
            return self.patches.replace(start..block.end, "");
        }
        let end = self.after_line(block.end);
        let end = if S::APART { self.after_blank_lines(end) } else { end };
        match &mut self.removal {
            Some(removal) if removal.end >= block.start => removal.end = end,
            _ => {
                self.flush_removal();
                self.removal = Some(block.start..end);
            }
        }
    }

    /// Takes an item out of its list, with the comma after it; the comma before the last goes when the removal is done.
    fn remove_listed(&mut self, block: &Range<usize>) {
        let rest = self.slice(block.end..self.text.len()).trim_ascii_start();
        let end = match rest.strip_prefix(',') {
            Some(rest) => self.text.len().saturating_sub(rest.trim_ascii_start().len()),
            None => block.end,
        };
        match &mut self.removal {
            Some(removal) if removal.end == block.start => removal.end = end,
            _ => {
                self.flush_removal();
                self.removal = Some(block.start..end);
            }
        }
    }

    fn flush_removal(&mut self) {
        let Some(Range { mut start, end }) = self.removal.take() else { return };
        if S::LISTED && !self.slice(start..end).trim_ascii_end().ends_with(',') {
            let before = self.slice(0..start).trim_ascii_end();
            start = before.strip_suffix(',').map_or(start, str::len);
        }
        if S::APART && end >= self.text.len() {
            // The blank lines before the last cue are no longer between cues.
            let before = self.slice(0..start);
            let filled = before.trim_end_matches(['\n', '\r', ' ', '\t', '\u{FEFF}']).len();
            start = if filled == 0 { start } else { self.after_line(filled).min(start) };
        }
        self.patches.replace(start..end, "");
    }

    /// Where the next line begins.
    fn after_line(&self, at: usize) -> usize {
        let rest = self.slice(at..self.text.len());
        let Some(end) = memchr::memchr2(b'\n', b'\r', rest.as_bytes()) else { return self.text.len() };
        let length = if rest.get(end..).is_some_and(|end| end.starts_with("\r\n")) { 2 } else { 1 };
        at.saturating_add(end).saturating_add(length)
    }

    fn after_blank_lines(&self, mut at: usize) -> usize {
        while at < self.text.len() {
            let next = self.after_line(at);
            if !self.is_blank(at..next) {
                break;
            }
            at = next;
        }
        at
    }

    pub(super) fn is_blank(&self, range: Range<usize>) -> bool {
        self.slice(range).trim_matches(['\n', '\r', ' ', '\t', '\u{FEFF}']).is_empty()
    }
}
