//! Lines such as `{25}{50}text` and `[10][25]text`: two numbers, then the text of a cue.

use super::plain::shorten;
use super::{last_cue, room_for_cues};
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Location, Report};
use crate::model::{Cue, StyledText};
use crate::source::Source;
use crate::time::{Time, TimeRange};
use std::ops::Range;

/// What the numbers stand in.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Brackets {
    open: char,
    close: char,
}

impl Brackets {
    pub(in crate::codec) const CURLY: Self = Self { open: '{', close: '}' };
    pub(in crate::codec) const SQUARE: Self = Self { open: '[', close: ']' };

    /// `{123}`, or `{}`, at the beginning: the number and the rest. Longer than 15 digits is no frame and no time: that would be more
    /// than a million years.
    fn number(self, text: &str) -> Option<(Option<u64>, &str)> {
        let (inside, rest) = text.strip_prefix(self.open)?.split_once(self.close)?;
        if inside.is_empty() {
            return Some((None, rest));
        }
        let digits = inside.len() <= 15 && inside.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| inside.parse().ok()).flatten().map(|number| (Some(number), rest))
    }

    /// Where the two numbers of a line stand in it.
    pub(in crate::codec) fn places(self, line: &str) -> Option<[Range<usize>; 2]> {
        let open = line.find(self.open)?.checked_add(1)?;
        let (number, rest) = line.get(open..)?.split_once(self.close)?;
        let second = line.len().checked_sub(rest.strip_prefix(self.open)?.len())?;
        let (other, _) = line.get(second..)?.split_once(self.close)?;
        Some([open..open.saturating_add(number.len()), second..second.saturating_add(other.len())])
    }

    pub(in crate::codec) fn line(self, text: &str) -> Option<Line<'_>> {
        let (start, rest) = self.number(text.trim_start_matches(['\u{FEFF}', ' ', '\t']))?;
        let (end, text) = self.number(rest)?;
        Some(Line { start: start?, end, text })
    }
}

/// A line as it stands in the file.
pub(in crate::codec) struct Line<'a> {
    pub(in crate::codec) start: u64,
    /// `None` if it was left empty: until the next cue.
    pub(in crate::codec) end: Option<u64>,
    pub(in crate::codec) text: &'a str,
}

/// Certain if each of the first lines is such a line.
pub(in crate::codec) fn probe(text: &str, brackets: Brackets) -> u8 {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(8).peekable();
    let sure = lines.peek().is_some() && lines.all(|text| brackets.line(text).is_some());
    if sure { 220 } else { 0 }
}

/// The cues of these lines, which are parts of the source. What is no such line is reported.
pub(in crate::codec) fn cues<'a>(
    source: &Source,
    lines: impl Iterator<Item = &'a str>,
    brackets: Brackets,
    time: impl Fn(u64) -> Time,
    styled: impl Fn(&str) -> StyledText,
    report: &mut Report,
) -> Vec<Cue> {
    let mut cues: Vec<Cue> = room_for_cues(source.text().len());
    let mut open = false;
    for found in lines {
        let span = source.span_of(found);
        let Some(line) = brackets.line(found) else {
            let bad = Diagnostic::new(codes::BAD_LINE, Location { span, ..Location::FILE });
            report.push(bad.with("text", shorten(found)));
            continue;
        };
        let start = time(line.start);
        if let Some(last) = cues.last_mut().filter(|_| open) {
            last.range.end = start.max(last.range.start);
        }
        open = line.end.is_none();
        let mut cue = Cue::new(TimeRange::new(start, line.end.map_or(start, &time)), styled(line.text));
        cue.origin = span;
        cues.push(cue);
    }
    if open {
        last_cue::end(&mut cues, report);
    }
    cues
}
