//! Editing in place. A line ends where something else begins, so times are not edited cue by cue: all stamps are, then an empty
//! line is put in where an end needs one.

use super::read::tag;
use super::stamp::{LINE, WORD, is_edge, stamp, trim};
use super::{FORMAT, OFFSET, PER_SECOND};
use crate::codec::Spliced;
use crate::codec::splice::{self, Atoms, Change, Clock, Wanted, eol_of};
use crate::diag::codes::edit;
use crate::diag::{CueChange, Diagnostic, Edits, Location};
use crate::model::{Cue, Track};
use crate::source::{Patches, Source, place_of};
use crate::time::{Time, TimeDelta};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// Edits a file in place; `None` if it has to be written anew.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    edits.iter().map(|edits| spliced(source, track, edits)).collect()
}

/// Which texts are changed: where a line that stands for several cues is to say two things, or a text would be read otherwise,
/// fewer of them.
#[derive(Clone, Copy, PartialEq)]
enum Texts {
    All,
    OfOneCue,
    None,
}

fn spliced(source: &Source, track: &Track, edits: &Edits) -> Option<Spliced> {
    let file = File::read(source.text());
    let cues = file.cues();
    if cues.len() != track.cues.len() {
        return None;
    }
    let texts = [Texts::All, Texts::OfOneCue, Texts::None];
    texts.into_iter().find_map(|texts| attempt(&file, &cues, (source, track, edits), texts))
}

fn attempt(
    file: &File<'_>,
    cues: &[Own<'_>],
    (source, track, edits): (&Source, &Track, &Edits),
    texts: Texts,
) -> Option<Spliced> {
    let mut wanted = splice::wanted(track, edits)?;
    let mut job = Job { file, changes: BTreeMap::new() };
    let mut kept = Vec::new();
    for (index, (own, cue)) in cues.iter().zip(&track.cues).enumerate() {
        let change = edits.of(u32::try_from(index).ok()?).filter(|change| !change.replaced.is_empty());
        let one = wanted.get_mut(index)?;
        let shared = || own.lines.iter().any(|shown| shown.line.stamps.len() > 1);
        let asked = texts == Texts::All || (texts == Texts::OfOneCue && !shared());
        if let Some(change) = change
            && !(asked && !one.text.plain.trim_matches(is_edge).is_empty() && job.text(own, cue, change).is_some())
        {
            kept.push(Location { span: cue.origin, ..Location::cue(index, cue.range.start) });
            one.text = Cow::Borrowed(&cue.text);
        }
        let next = wanted.get(index.checked_add(1)?).map(|next| next.range.start);
        job.times(own, cue, wanted.get(index)?, next)?;
    }
    let unit = TimeDelta::from_units(1, PER_SECOND)?;
    let mut spliced = splice::checked(&FORMAT, source, track, &wanted, job.patches()?, (unit, "0.01 s"))?;
    kept.into_iter().for_each(|at| spliced.report.push(Diagnostic::new(edit::TEXT_KEPT, at)));
    Some(spliced)
}

/// A line of the file that has times.
struct Line {
    /// Its times: where the digits stand, and what they say before the offset.
    stamps: Vec<(Range<usize>, Time)>,
    /// Times in its text, where it has text.
    words: Vec<(Range<usize>, Time)>,
    /// All of the line.
    all: Range<usize>,
    /// Its text, words' times included.
    text: Range<usize>,
}

struct File<'a> {
    text: &'a str,
    offset: TimeDelta,
    lines: Vec<Line>,
}

/// A line at one of its times.
#[derive(Clone, Copy)]
struct Shown<'f> {
    line: &'f Line,
    /// Which of its times.
    nth: usize,
    time: Time,
}

/// The lines of a cue, and what ends it.
struct Own<'f> {
    lines: Vec<Shown<'f>>,
    end: Option<End<'f>>,
}

/// What ends a cue, if not the next one's start.
#[derive(Clone, Copy)]
enum End<'f> {
    /// A time after a last word.
    Word,
    /// An empty line.
    Empty(Shown<'f>),
}

impl<'a> File<'a> {
    /// As [`super::read`] does.
    fn read(text: &'a str) -> Self {
        let mut file = Self { text, offset: TimeDelta::ZERO, lines: Vec::new() };
        for found in text.split(['\n', '\r']) {
            let line = trim(found);
            if stamp(line, LINE).is_some() {
                file.lines.push(file.line(found, line));
            } else if let Some((name, value)) = tag(line)
                && name.eq_ignore_ascii_case(OFFSET)
                && let Ok(millis) = value.parse()
            {
                file.offset = TimeDelta::from_millis(millis);
            }
        }
        file
    }

    fn place(&self, part: &str) -> Range<usize> {
        place_of(self.text, part).unwrap_or_default()
    }

    /// Where the digits of a stamp stand that `from` begins with, `rest` after it.
    fn digits(&self, from: &str, rest: &str) -> Range<usize> {
        self.place(from).start.saturating_add(1)..self.place(rest).start.saturating_sub(1)
    }

    fn line(&self, found: &str, line: &str) -> Line {
        let (mut stamps, mut words, mut rest) = (Vec::new(), Vec::new(), line);
        while let Some((time, after)) = stamp(rest, LINE) {
            stamps.push((self.digits(rest, after), time));
            rest = after;
        }
        let text = trim(rest);
        rest = text;
        while let Some(from) = rest.find('<').and_then(|at| rest.get(at..)) {
            match stamp(from, WORD) {
                Some((time, after)) => {
                    words.push((self.digits(from, after), time));
                    rest = after;
                }
                None => rest = from.get(1..).unwrap_or_default(),
            }
        }
        Line { stamps, words, all: self.place(found), text: self.place(text) }
    }

    /// Each line at each of its times, in order of time: those of each cue.
    fn cues(&self) -> Vec<Own<'_>> {
        let mut shown: Vec<Shown<'_>> = Vec::new();
        for line in &self.lines {
            let times = line.stamps.iter().enumerate();
            shown.extend(times.map(|(nth, (_, time))| Shown { line, nth, time: *time }));
        }
        shown.sort_by_key(|shown| shown.time);
        let mut cues: Vec<Own<'_>> = Vec::new();
        let mut open = false;
        for line in shown {
            let (empty, end) = self.look(line.line);
            match cues.last_mut() {
                Some(last) if !empty && last.lines.first().is_some_and(|first| first.time == line.time) => {
                    last.lines.push(line);
                    last.end = last.end.or(end.map(|_| End::Word));
                    open = last.end.is_none();
                    continue;
                }
                Some(last) if empty && open => last.end = Some(End::Empty(line)),
                _ => {}
            }
            open = !empty && end.is_none();
            if !empty {
                cues.push(Own { lines: vec![line], end: end.map(|_| End::Word) });
            }
        }
        cues
    }

    /// Whether a line shows nothing, and the time after its last word.
    fn look<'f>(&self, line: &'f Line) -> (bool, Option<&'f (Range<usize>, Time)>) {
        let after = line.words.last().map_or(line.text.start, |(at, _)| at.end.saturating_add(1));
        let last = self.slice(after..line.text.end);
        let empty = self.atoms(&line.text).plain().is_empty();
        (empty, line.words.last().filter(|_| !empty && last.trim_matches(is_edge).is_empty()))
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The pieces of a line's text; places are those of the text.
    fn atoms(&self, text: &Range<usize>) -> Atoms {
        let mut atoms = Atoms::default();
        self.add(&mut atoms, text, text.start);
        atoms
    }

    /// Adds a line's text; places are counted from `origin`.
    fn add(&self, atoms: &mut Atoms, text: &Range<usize>, origin: usize) {
        let raw = self.slice(origin..text.end);
        let mut at = text.start.saturating_sub(origin);
        let (end, mut begun) = (raw.len(), false);
        let shown = self.shown_end(text).saturating_sub(origin);
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            let next = rest.find('<').unwrap_or(rest.len());
            begun |= next > 0;
            literal(atoms, raw, at..at.saturating_add(next), shown);
            at = at.saturating_add(next);
            let from = rest.get(next..).unwrap_or_default();
            match stamp(from, WORD) {
                Some((_, mut after)) => {
                    // The space before the first word is the spelling's.
                    after = if begun { after } else { after.trim_start_matches(is_edge) };
                    let stop = end.saturating_sub(after.len());
                    atoms.hidden(at..stop);
                    at = stop;
                }
                None if from.is_empty() => break,
                None => {
                    begun = true;
                    literal(atoms, raw, at..at.saturating_add(1), shown);
                    at = at.saturating_add(1);
                }
            }
        }
    }

    /// Where what a text shows ends: white space before a last time is not shown.
    fn shown_end(&self, text: &Range<usize>) -> usize {
        let mut end = text.end;
        loop {
            let trimmed = self.slice(text.start..end).trim_end_matches(is_edge);
            let stop = text.start.saturating_add(trimmed.len());
            let time = trimmed.rfind('<').filter(|at| {
                trimmed.get(*at..).and_then(|from| stamp(from, WORD)).is_some_and(|(_, rest)| rest.is_empty())
            });
            match time {
                Some(at) => end = text.start.saturating_add(at),
                None => return stop,
            }
        }
    }
}

/// Text up to `shown`; beyond, nothing is seen.
fn literal(atoms: &mut Atoms, raw: &str, range: Range<usize>, shown: usize) {
    let middle = shown.clamp(range.start, range.end);
    atoms.literal(raw, range.start..middle);
    if middle < range.end {
        atoms.hidden(middle..range.end);
    }
}

/// Changes by place; one place is changed once.
struct Job<'f, 'a> {
    file: &'f File<'a>,
    changes: BTreeMap<(usize, usize), String>,
}

impl Job<'_, '_> {
    /// Changes some bytes; `None` if others want something else there.
    fn change(&mut self, at: Range<usize>, with: String) -> Option<()> {
        let slot = self.changes.entry((at.start, at.end)).or_insert_with(|| with.clone());
        (*slot == with).then_some(())
    }

    fn patches(self) -> Option<Patches> {
        let mut patches = Patches::new();
        let mut done = 0;
        for ((start, end), with) in self.changes {
            if start < done {
                return None;
            }
            done = end;
            patches.replace(start..end, &with);
        }
        Some(patches)
    }

    /// A time as `old` is written; `None` before zero.
    fn printed(&self, old: &str, time: Time) -> Option<String> {
        let clock = Clock { first: 2, gets_hours: false, point: '.', digits: 2 };
        let time = time + self.file.offset;
        clock.print(old, time).filter(|_| time >= Time::ZERO)
    }

    /// Writes a time in the place of another, if it is another.
    fn time(&mut self, at: &Range<usize>, old: Time, new: Time) -> Option<()> {
        if old == new {
            return Some(());
        }
        let printed = self.printed(self.file.slice(at.clone()), new)?;
        self.change(at.clone(), printed)
    }

    /// The times of a cue; `next` is when the next one starts.
    fn times(&mut self, own: &Own<'_>, cue: &Cue, wanted: &Wanted<'_>, next: Option<Time>) -> Option<()> {
        let (old, new) = (cue.range, wanted.range);
        for shown in &own.lines {
            let (at, _) = shown.line.stamps.get(shown.nth)?;
            self.time(at, old.start, new.start)?;
        }
        let inside = own.lines.iter().flat_map(|shown| {
            let ended = usize::from(self.file.look(shown.line).1.is_some());
            shown.line.words.iter().take(shown.line.words.len().saturating_sub(ended))
        });
        let times = cue.text.shown().zip(wanted.text.shown());
        for ((at, _), (old, new)) in inside.zip(times) {
            self.time(at, old, new)?;
        }
        match own.end {
            Some(End::Word) => {
                // The last of several ends counts.
                let ends = own.lines.iter().filter_map(|shown| self.file.look(shown.line).1);
                let mut last = ends.filter(|(_, time)| *time - self.file.offset == old.end);
                last.try_for_each(|(at, _)| self.time(at, old.end, new.end))
            }
            Some(End::Empty(shown)) => self.time(&shown.line.stamps.get(shown.nth)?.0, old.end, new.end),
            None => {
                let guessed = next.is_none() && new.duration() == old.duration();
                if next == Some(new.end) || guessed {
                    return Some(());
                }
                // The end is said by an empty line, written as the line is.
                let Shown { line, nth, .. } = own.lines.last()?;
                let printed = self.printed(self.file.slice(line.stamps.get(*nth)?.0.clone()), new.end)?;
                let (open, close) = LINE;
                let empty = format!("{}{open}{printed}{close}", eol_of(self.file.text));
                self.change(line.all.end..line.all.end, empty)
            }
        }
    }

    /// The text of a cue, whose lines may stand apart.
    fn text(&mut self, own: &Own<'_>, cue: &Cue, change: &CueChange) -> Option<()> {
        let origin = own.lines.first()?.line.text.start;
        let mut atoms = Atoms::default();
        let mut last: Option<&Line> = None;
        for Shown { line, .. } in &own.lines {
            if let Some(before) = last {
                // A line break, and the time after it. What stands between the two lines would be lost.
                let gap = before.text.end.checked_sub(origin)?..line.text.start.checked_sub(origin)?;
                if !trim(self.file.text.get(before.all.end..line.all.start)?).is_empty() {
                    return None;
                }
                atoms.escape(gap, "\n");
            }
            self.file.add(&mut atoms, &line.text, origin);
            last = Some(line);
        }
        if atoms.plain() != cue.text.plain {
            return None;
        }
        let Shown { line, nth, .. } = own.lines.first()?;
        let (open, close) = LINE;
        let time =
            self.printed(self.file.slice(line.stamps.get(*nth)?.0.clone()), change.start.unwrap_or(cue.range.start))?;
        let line_break = format!("{}{open}{time}{close}", eol_of(self.file.text));
        let mut changes = Vec::new();
        for (range, with) in &change.replaced {
            let range = range.start as usize..range.end as usize;
            cue.text.plain.get(range.clone())?;
            changes.extend(atoms.replace(range, with.replace('\n', &line_break))?);
        }
        let place = |at: usize| at.saturating_add(origin);
        changes.into_iter().try_for_each(|Change { at, with }| self.change(place(at.start)..place(at.end), with))
    }
}
