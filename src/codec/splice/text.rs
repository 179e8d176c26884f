//! Edits of what a cue says: the bytes of its text, of the text of two that become one, and where one is cut.

use super::atoms::{Atoms, Change, changed};
use super::job::Job;
use super::{Number, Parts, Splicer};
use crate::codec::WriteOptions;
use crate::diag::{CueChange, Edits, Report};
use crate::model::{Cue, Labels, Mark, MarkKind, StyledText};
use crate::source::Source;
use crate::time::{Time, TimeRange};
use std::ops::Range;

/// What a cue says after its edits, splits and merges apart.
fn wanted(cue: &Cue, change: Option<&CueChange>) -> StyledText {
    change.map_or_else(|| cue.text.clone(), |change| cue.text.edited(&change.shown, &change.replaced))
}

fn bytes(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// A part of a cue that is split.
struct Part {
    /// Its bytes before the changes.
    raw: Range<usize>,
    wanted: StyledText,
    range: TimeRange,
}

impl<'a, S: Splicer> Job<'a, S> {
    /// Changes the text of a cue that stays one; `None` if that cannot be done.
    pub(super) fn edit_text(&mut self, cue: &Cue, change: &CueChange, parts: &Parts, range: TimeRange) -> Option<()> {
        let relative = S::RELATIVE && cue.text.shown().next().is_some();
        if change.replaced.is_empty() && change.shown.is_empty() && !relative {
            return Some(());
        }
        let wanted = wanted(cue, Some(change));
        let head = self.head(parts, range);
        let (raw, tail) = (self.slice(parts.text.clone()), self.tail(parts));
        if let Some((_, changes)) = self.changes(cue, change, parts, range) {
            let new = changed(raw, 0..raw.len(), &changes);
            let nothing = new == raw && wanted.plain == cue.text.plain;
            if nothing || self.says([&head, new.as_str(), tail], raw, &wanted, cue) {
                self.push(parts, &changes);
                return Some(());
            }
        }
        let new = self.rewritten(cue, &wanted, range, [&head, raw, tail])?;
        self.patches.replace(parts.text.clone(), &new);
        Some(())
    }

    fn push(&mut self, parts: &Parts, changes: &[Change]) {
        let place = |at: usize| parts.text.start.saturating_add(at);
        for Change { at, with } in changes {
            self.patches.replace(place(at.start)..place(at.end), with);
        }
    }

    /// What stands between the text of a cue and its end: an end tag.
    fn tail(&self, parts: &Parts) -> &'a str {
        self.slice(parts.text.end.min(parts.block.end)..parts.block.end)
    }

    /// The changes of a cue's bytes for its replacements and new times, in order.
    fn changes(&self, cue: &Cue, change: &CueChange, parts: &Parts, range: TimeRange) -> Option<(Atoms, Vec<Change>)> {
        let raw = self.slice(parts.text.clone());
        let atoms = self.splicer.atoms(raw);
        let inside = |range: &Range<u32>| cue.text.plain.get(bytes(range)).is_some();
        let good =
            change.replaced.iter().all(|(range, _)| inside(range)) && change.splits.iter().all(|s| inside(&s.at));
        if atoms.plain() != cue.text.plain || !good {
            return None;
        }
        let mut changes = Vec::new();
        for (range, with) in &change.replaced {
            changes.extend(atoms.replace(bytes(range), self.splicer.spell(with, self.eol))?);
        }
        let moves = S::RELATIVE && range.start != cue.range.start;
        if !change.shown.is_empty() || moves {
            let timed = CueChange { shown: change.shown.clone(), ..CueChange::default() };
            changes.extend(self.splicer.stamps(raw, &atoms, cue, range, &self::wanted(cue, Some(&timed)))?);
        }
        changes.sort_by_key(|change| (change.at.start, change.at.end));
        Some((atoms, changes))
    }

    /// What stands before the text of a cue, with other times.
    fn head(&self, parts: &Parts, range: TimeRange) -> String {
        let mut changes = Vec::new();
        let range = self.counted(parts, range);
        let start = (parts.start.clone(), self.printed(&parts.start, range.start));
        let end = (parts.end.clone(), self.printed_end(parts, range));
        for (place, printed) in [start, end] {
            if let Some(Some(with)) = printed {
                let inside = |at: usize| at.saturating_sub(parts.head);
                changes.push(Change { at: inside(place.start)..inside(place.end), with });
            }
        }
        changes.sort_by_key(|change| change.at.start);
        let head = self.slice(parts.head..parts.text.start);
        changed(head, 0..head.len(), &changes)
    }

    /// Whether a block is read as a cue of this text, and nothing is odd about it that was not with the text `raw`.
    fn says(&self, [head, text, tail]: [&str; 3], raw: &str, wanted: &StyledText, cue: &Cue) -> bool {
        self.splicer.read(&[head, text, tail].concat(), self.after).is_some_and(|(read, odd)| {
            let placed = !S::PLACES || read.placement == cue.placement;
            let same = read.text.plain == wanted.plain
                && same_marks(&read.text.marks, &wanted.marks, self.splicer.unit().0.flicks());
            placed
                && same
                && (odd == 0
                    || self
                        .splicer
                        .read(&[head, raw, tail].concat(), self.after)
                        .is_some_and(|(_, before)| odd <= before))
        })
    }

    /// The text as the format's writer writes it.
    fn rewritten(
        &self,
        cue: &Cue,
        wanted: &StyledText,
        range: TimeRange,
        [head, raw, tail]: [&str; 3],
    ) -> Option<String> {
        let mut one = Cue::new(range, wanted.clone());
        (one.placement, one.extras) = (cue.placement.clone(), cue.extras.clone());
        let mut track = self.splicer.shell();
        track.cues.push(one);
        let options = WriteOptions { labels: Labels::Never, ..WriteOptions::default() };
        let bytes = S::FORMAT.write(&track, &options, &mut Report::default()).ok()?;
        let source = Source::from_text("", String::from_utf8(bytes).ok()?);
        let read = (S::FORMAT.read)(&source, &super::super::ReadOptions::default(), &mut Report::default()).ok()?;
        let parts = self.splicer.parts(source.text(), read.cues.first()?)?;
        let new = source.text().get(parts.text)?.replace('\n', self.eol);
        self.says([head, &new, tail], raw, wanted, cue).then_some(new)
    }

    /// Cuts a cue in two or more; `None` if that cannot be done.
    pub(super) fn split(&mut self, cue: &Cue, change: &CueChange, parts: &Parts, range: TimeRange) -> Option<()> {
        // What stands before the text is said of each part anew.
        if parts.start.start >= parts.text.start || parts.end.start >= parts.text.end {
            return None;
        }
        // Two elements of one id are no document.
        if S::INLINE && self.slice(parts.head..parts.text.start).contains("xml:id") {
            return None;
        }
        let (atoms, changes) = self.changes(cue, change, parts, range)?;
        let (raw, tail) = (self.slice(parts.text.clone()), self.tail(parts));
        let pieces = cut(&atoms, raw, &wanted(cue, Some(change)), change, range)?;
        let mut texts = Vec::new();
        let mut verbatim = true;
        for piece in &pieces {
            let head = self.head(parts, piece.range);
            let mut text = changed(raw, piece.raw.clone(), &changes);
            if !self.says([&head, text.as_str(), tail], raw, &piece.wanted, cue) {
                verbatim = false;
                text = self.rewritten(cue, &piece.wanted, piece.range, [&head, raw, tail])?;
            }
            texts.push((head, text));
        }
        let mut all = String::new();
        for ((index, piece), (head, text)) in pieces.iter().enumerate().zip(&texts) {
            if index > 0 {
                let between = [self.between(parts, index).as_str(), head].concat();
                let gap = pieces.get(index.saturating_sub(1))?.raw.end..piece.raw.start;
                if verbatim {
                    self.push(parts, &[Change { at: gap, with: between.clone() }]);
                }
                all.push_str(&between);
            }
            all.push_str(text);
        }
        if verbatim {
            self.push(parts, &changes);
        } else {
            self.patches.replace(parts.text.clone(), &all);
        }
        Some(())
    }

    /// What stands between two parts of a cue that is split: line ends, and the number of the second.
    fn between(&mut self, parts: &Parts, nth: usize) -> String {
        let tail = self.tail(parts).to_owned() + if S::LISTED { "," } else { "" };
        if S::INLINE {
            let before = self.slice(0..parts.block.start);
            let space = before.get(before.trim_end().len()..).unwrap_or_default();
            self.number = self.number.saturating_add(1);
            return tail + space;
        }
        if !S::APART {
            self.number = self.number.saturating_add(1);
            return tail + self.eol;
        }
        let own = match &parts.number {
            Number::At(at) => self.slice(at.clone()).parse::<u64>().ok(),
            Number::None | Number::Missing(_) => None,
        };
        let has_number = self.numbers && parts.number != Number::None;
        self.number = self.number.saturating_add(1);
        let own = own.filter(|_| S::NUMBERED).map(|own| own.saturating_add(nth as u64));
        let number = if has_number { Some(self.number) } else { own };
        match number {
            Some(number) => format!("{0}{0}{number}{0}", self.eol),
            None => [self.eol, self.eol].concat(),
        }
    }

    /// Makes a cue and those after it that it takes in one. How many cues those are, and when they end; `None` if it cannot
    /// be done.
    pub(super) fn merge(&mut self, index: usize, parts: &Parts, start: Time, edits: &Edits) -> Option<(usize, Time)> {
        let of = |index: usize| edits.of(u32::try_from(index).unwrap_or(u32::MAX));
        let mut last = index;
        let mut text = StyledText::default();
        let mut patches: Vec<(Range<usize>, String)> = Vec::new();
        let (mut gone, mut anchor) = (Vec::new(), parts.text.end);
        let (mut raw_all, mut before) = (String::new(), parts.clone());
        loop {
            let cue = self.track.cues.get(last)?;
            let here = if last == index { parts.clone() } else { self.splicer.parts(self.text, cue)? };
            let (none, change) = (CueChange::default(), of(last));
            let range = TimeRange::new(start, cue.range.end);
            let (_, changes) = self.changes(cue, change.unwrap_or(&none), &here, range)?;
            let raw = self.slice(here.text.clone());
            let new = changed(raw, 0..raw.len(), &changes);
            let said = wanted(cue, change);
            let before_it = last.checked_sub(1).filter(|_| last > index).and_then(of);
            if let Some(joint) = before_it.and_then(|change| change.merged.as_ref()) {
                text.join(joint, &said);
                let joint = self.splicer.spell(joint, self.eol);
                raw_all.push_str(&joint);
                let gap = before.block.end..here.block.start;
                if self.is_blank(gap) && !gone.contains(&before.block) {
                    patches.push((before.text.end..here.text.start, joint));
                    anchor = here.text.end;
                } else {
                    // What stands between the two, a comment perhaps, stays.
                    patches.push((anchor..anchor, [joint.as_str(), &new].concat()));
                    gone.push(here.block.clone());
                }
            }
            if !gone.contains(&here.block) {
                let place = |at: usize| here.text.start.saturating_add(at);
                patches.extend(changes.into_iter().map(|c| (place(c.at.start)..place(c.at.end), c.with)));
            }
            if last == index {
                text = said;
            }
            raw_all.push_str(&new);
            before = here;
            if change.and_then(|change| change.merged.as_ref()).is_none() {
                break;
            }
            last = last.checked_add(1)?;
        }
        self.after = self.after(last, &before);
        let end = of(last).and_then(|change| change.end).or(self.track.cues.get(last).map(|cue| cue.range.end))?;
        let first = self.track.cues.get(index)?;
        let range = TimeRange::new(start, end);
        let head = self.head(parts, range);
        let (raw, tail) = (self.slice(parts.text.clone()), self.tail(parts));
        if self.says([&head, raw_all.as_str(), tail], raw, &text, first) {
            patches.iter().for_each(|(at, with)| self.patches.replace(at.clone(), with));
        } else {
            let new = self.rewritten(first, &text, range, [&head, raw, tail])?;
            self.patches.replace(parts.text.clone(), &new);
            gone = self.blocks(index.saturating_add(1)..last.saturating_add(1))?;
        }
        gone.iter().for_each(|block| self.remove(block));
        Some((last.saturating_sub(index).saturating_add(1), end))
    }
}

impl<S: Splicer> Job<'_, S> {
    /// Where some cues stand.
    fn blocks(&self, cues: Range<usize>) -> Option<Vec<Range<usize>>> {
        let cues = self.track.cues.get(cues)?.iter();
        cues.map(|cue| self.splicer.parts(self.text, cue).map(|parts| parts.block)).collect()
    }
}

/// The parts of a cue that is split.
fn cut(atoms: &Atoms, raw: &str, text: &StyledText, change: &CueChange, range: TimeRange) -> Option<Vec<Part>> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut raw_from, mut from, mut start) = (0usize, 0u32, range.start);
    for split in &change.splits {
        let gap = atoms.cut(bytes(&split.at))?;
        let at = StyledText::moved(&split.at, &change.replaced);
        let wanted = text.slice(from..at.start);
        parts.push(Part { raw: raw_from..gap.start, wanted, range: TimeRange::new(start, split.end) });
        (raw_from, from, start) = (gap.end, at.end, split.start);
    }
    let wanted = text.slice(from..text.len());
    parts.push(Part { raw: raw_from..raw.len(), wanted, range: TimeRange::new(start, range.end) });
    Some(parts)
}

/// Whether two lists of marks say the same: what holds of nothing apart, and times as near as the format has them.
pub(super) fn same_marks(a: &[Mark], b: &[Mark], unit: i64) -> bool {
    let counts = |mark: &&Mark| !mark.range.is_empty() || matches!(mark.kind, MarkKind::Raw(_));
    let near = |a: Time, b: Time| (a - b).flicks().saturating_abs() <= unit.saturating_mul(2);
    let mut b_marks = b.iter().filter(counts);
    let all = a.iter().filter(counts).all(|mark| {
        b_marks.next().is_some_and(|other| match (&mark.kind, &other.kind) {
            (MarkKind::Shown(a), MarkKind::Shown(b)) => mark.range == other.range && near(*a, *b),
            _ => mark == other,
        })
    });
    all && b_marks.next().is_none()
}
