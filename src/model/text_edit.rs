//! Changing a text with marks.

use super::styled_text::{Mark, MarkKind, StyledText};
use crate::time::Time;
use std::cmp::Reverse;
use std::ops::Range;

impl StyledText {
    /// Puts `with` in the place of `range`; what lies beyond the text, or inside a character, changes nothing. What is put
    /// in has the marks of the first character that it replaces, or, where it replaces none, of the one before it; at the
    /// very start of the one after it. Marks that held only of what went away go with it.
    ///
    /// ```
    /// use zimu::model::{Mark, MarkKind, StyledText};
    /// let mut text = StyledText::from("one two");
    /// text.add(Mark::new(4..7, MarkKind::Bold));
    /// text.replace(3..4, ", ");
    /// assert_eq!((text.plain.as_str(), text.marks[0].range.clone()), ("one, two", 5..8));
    /// ```
    pub fn replace(&mut self, range: Range<u32>, with: &str) {
        let bytes = range.start as usize..range.end as usize;
        if self.plain.get(bytes.clone()).is_none() {
            return;
        }
        self.plain.replace_range(bytes, with);
        self.move_marks(range, with);
    }

    /// What a replacement makes of the marks.
    fn move_marks(&mut self, range: Range<u32>, with: &str) {
        if self.marks.is_empty() {
            return;
        }
        let Range { start: from, end: to } = range;
        let length = u32::try_from(with.len()).unwrap_or(u32::MAX);
        let after = from.saturating_add(length);
        let moved = |at: u32| after.saturating_add(at.saturating_sub(to));
        let inserts = from == to;
        self.marks.retain_mut(|mark| {
            let was_empty = mark.range.is_empty();
            let Range { start, end } = mark.range;
            mark.range.start = match start {
                // At the start of a text, the marks of the first character hold of what is put in before it.
                _ if start < from || (start == from && (!inserts || from == 0)) => start,
                _ if start < to => after,
                _ => moved(start),
            };
            mark.range.end = match end {
                _ if was_empty => mark.range.start,
                _ if end < from || (end == from && !inserts) => end,
                _ if end <= to => after,
                _ => moved(end),
            };
            was_empty || !mark.range.is_empty()
        });
        self.marks.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
    }

    /// The times inside it, in the order of the text: its `Shown` marks.
    pub fn shown(&self) -> impl Iterator<Item = Time> + '_ {
        self.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Shown(time) => Some(*time),
            _ => None,
        })
    }

    /// Gives the `nth` of the times inside it another value, if there are so many.
    pub fn set_shown(&mut self, nth: u32, to: Time) {
        let times = self.marks.iter_mut().filter_map(|mark| match &mut mark.kind {
            MarkKind::Shown(time) => Some(time),
            _ => None,
        });
        if let Some(time) = times.into_iter().nth(nth as usize) {
            *time = to;
        }
    }

    /// Appends `joint` and `other`. What is shown from some time on stays so to the new end.
    pub fn join(&mut self, joint: &str, other: &Self) {
        let old = self.len();
        self.plain.push_str(joint);
        self.append(other);
        let end = self.len();
        let shown = |mark: &&mut Mark| mark.range.end == old && matches!(mark.kind, MarkKind::Shown(_));
        self.marks.iter_mut().filter(shown).for_each(|mark| mark.range.end = end);
        self.marks.sort_by_key(|mark| (mark.range.start, Reverse(mark.range.end)));
    }

    /// The same text with other times inside it, and with parts of it replaced: offsets are those of this text, the parts
    /// stand in order and apart.
    #[must_use]
    pub fn edited(&self, shown: &[(u32, Time)], replaced: &[(Range<u32>, String)]) -> Self {
        let mut text = self.clone();
        for (nth, to) in shown {
            text.set_shown(*nth, *to);
        }
        if replaced.is_empty() {
            return text;
        }
        // The text in one go: a long one may have thousands of them.
        let mut plain = String::with_capacity(self.plain.len());
        let mut done = 0usize;
        for (range, with) in replaced {
            let (start, end) = (range.start as usize, range.end as usize);
            if let Some(before) = self.plain.get(done..start).filter(|_| self.plain.get(start..end).is_some()) {
                plain.push_str(before);
                plain.push_str(with);
                done = end;
            }
        }
        plain.push_str(self.plain.get(done..).unwrap_or_default());
        for (range, with) in replaced.iter().rev() {
            if self.plain.get(range.start as usize..range.end as usize).is_some() {
                text.move_marks(range.clone(), with);
            }
        }
        text.plain = plain;
        text
    }

    /// Where a range lies once the parts before it are replaced; none may lie inside it.
    pub fn moved(range: &Range<u32>, replaced: &[(Range<u32>, String)]) -> Range<u32> {
        let (mut gone, mut come) = (0u32, 0u32);
        for (part, with) in replaced.iter().filter(|(part, _)| part.end <= range.start) {
            gone = gone.saturating_add(part.end.saturating_sub(part.start));
            come = come.saturating_add(u32::try_from(with.len()).unwrap_or(u32::MAX));
        }
        let place = |at: u32| at.saturating_add(come).saturating_sub(gone);
        place(range.start)..place(range.end)
    }
}
