//! Reading: where the cues are, and what is odd about them.

use super::lines::{BLANK, has_blank_line, is_blank, is_number, last_line, trim_blank_lines};
use super::oddities::{Oddities, characters};
use super::timing::{Timing, looks_like_timing, timing};
use super::{ID, RESOLUTION, key, markup};
use crate::codec::plain::shorten;
use crate::codec::{ReadOptions, room_for_cues};
use crate::diag::codes::parse as codes;
use crate::diag::{Code, Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Extra, StyledText, Track};
use crate::source::{Source, Span};
use memchr::{memchr, memchr2, memmem, memrchr2};
use std::borrow::Cow;
use std::ops::Range;

/// Reads SubRip. Only a text that holds no timing line at all is refused.
pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    characters(text, report);
    let mut reader = Reader::new(text, report);
    reader.run();
    std::mem::take(&mut reader.oddities).finish(reader.report);
    if reader.cues.is_empty() && !reader.dropped && !text.trim_matches(['\n', '\r', ' ', '\t', '\u{FEFF}']).is_empty() {
        let remedy = "a cue begins with a line such as `00:00:01,000 --> 00:00:02,000`";
        let message = format!("{} is not SubRip: it has no timing line", source.name());
        return Err(Error::new(ErrorKind::Unreadable, message)
            .with_remedy(remedy)
            .with_chinese(format!("{} 不是 SubRip：没有时间行", source.name()))
            .with_chinese_remedy("每条字幕以 `00:00:01,000 --> 00:00:02,000` 这样的一行开头"));
    }
    Ok(Track { resolution: RESOLUTION, cues: reader.cues, ..Track::default() })
}

struct Reader<'a, 'r> {
    text: &'a str,
    report: &'r mut Report,
    cues: Vec<Cue>,
    /// A cue was dropped: the file is SubRip, if a broken one.
    dropped: bool,
    oddities: Oddities,
}

/// Whose text is being read.
enum Open<'a> {
    /// Nobody's: before the first cue.
    Nothing,
    /// A cue's whose timing line could not be read.
    Broken(Before<'a>, Location),
    /// A cue's.
    Cue(Head<'a>),
}

/// What stands before a cue's text.
struct Head<'a> {
    /// Where it begins, number or id included.
    start: usize,
    timing: Timing<'a>,
    timing_line: Range<usize>,
    before: Before<'a>,
}

/// What stands right before a timing line.
enum Before<'a> {
    Nothing,
    Number(&'a str),
    Id(&'a str),
}

impl<'a> Before<'a> {
    fn number(&self) -> Option<&'a str> {
        match self {
            Before::Number(number) => Some(number),
            Before::Nothing | Before::Id(_) => None,
        }
    }
}

impl<'a, 'r> Reader<'a, 'r> {
    fn new(text: &'a str, report: &'r mut Report) -> Self {
        Self { text, report, cues: room_for_cues(text.len()), dropped: false, oddities: Oddities::default() }
    }

    /// Goes from arrow to arrow. Each line is looked at once as a timing line and once as text.
    fn run(&mut self) {
        let arrow = memmem::Finder::new("-->");
        let (mut open, mut body, mut from) = (Open::Nothing, 0usize, 0usize);
        while let Some(hit) = self.text.as_bytes().get(from..).and_then(|rest| arrow.find(rest)) {
            let line = self.line_around(from, from.saturating_add(hit));
            from = self.next_line(line.end);
            let Some((start, next)) = self.head(&open, body, line) else { continue };
            self.finish(std::mem::replace(&mut open, next), body..start, false);
            body = from;
        }
        self.finish(open, body..self.text.len(), true);
    }

    /// The line that holds `at`, without its line end; `from` is the start of a line at or before it.
    fn line_around(&self, from: usize, at: usize) -> Range<usize> {
        let bytes = self.text.as_bytes();
        let before = bytes.get(from..at).unwrap_or_default();
        let start = memrchr2(b'\n', b'\r', before).map_or(from, |i| from.saturating_add(i).saturating_add(1));
        let after = bytes.get(at..).unwrap_or_default();
        let end = memchr2(b'\n', b'\r', after).map_or(bytes.len(), |i| at.saturating_add(i));
        start..end
    }

    /// Where the line after the one that ends at `end` begins. LF, CRLF and CR all end lines.
    fn next_line(&self, end: usize) -> usize {
        let length = match self.text.as_bytes().get(end..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([_, ..]) => 1,
            _ => 0,
        };
        end.saturating_add(length)
    }

    /// If the line begins a cue: where that cue begins, and its head.
    fn head(&mut self, open: &Open, body: usize, line: Range<usize>) -> Option<(usize, Open<'a>)> {
        let content = self.slice(line.clone());
        let timing = timing(content);
        if timing.is_none() && !looks_like_timing(content) {
            return None;
        }
        let (start, before) = self.before(open, body, line.start);
        if let Some(timing) = timing {
            return Some((start, Open::Cue(Head { start, timing, timing_line: line, before })));
        }
        // In the middle of a text, `3 --> 4` is text.
        let above = self.slice(body..line.start);
        let apart = matches!(before, Before::Number(_)) || last_line(above).is_none_or(|(_, above)| is_blank(above));
        if !apart || (above.is_empty() && !matches!(open, Open::Nothing)) {
            return None;
        }
        self.dropped = true;
        let at = Location::span(line);
        self.push(codes::SRT_BAD_TIMING, at, |d| d.with("text", shorten(content)));
        Some((start, Open::Broken(before, at)))
    }

    /// What stands right before the timing line at `line_start`, and where that begins.
    fn before(&self, open: &Open, body: usize, line_start: usize) -> (usize, Before<'a>) {
        let nothing = (line_start, Before::Nothing);
        let region = self.slice(body..line_start);
        let Some((at, line)) = last_line(region) else { return nothing };
        let above = region.get(..at).unwrap_or_default();
        let start = body.saturating_add(at);
        let trimmed = line.trim_matches(BLANK);
        if is_number(trimmed) {
            return (start, Before::Number(trimmed));
        }
        if trimmed.is_empty() {
            return self.number_above(open, body, above).unwrap_or(nothing);
        }
        let apart = match last_line(above) {
            Some((_, above)) => is_blank(above),
            None => matches!(open, Open::Nothing),
        };
        if apart { (start, Before::Id(trimmed)) } else { nothing }
    }

    /// In files where every line is followed by a blank one, the number stands higher up. It must be the one that is due,
    /// and stand alone: otherwise it is the text of a cue in a file without numbers.
    fn number_above(&self, open: &Open, body: usize, region: &str) -> Option<(usize, Before<'a>)> {
        let filled = region.trim_end_matches(['\n', '\r', ' ', '\t', '\u{FEFF}']).len();
        let (at, _) = last_line(region.get(..filled)?)?;
        let number = self.text.get(body.saturating_add(at)..body.saturating_add(filled))?.trim_matches(BLANK);
        if !is_number(number) {
            return None;
        }
        let due = match open {
            Open::Nothing => true,
            Open::Broken(..) | Open::Cue(_) => {
                let next = self.due(open)?;
                number.parse() == Ok(next) && last_line(region.get(..at)?).is_some_and(|(_, above)| is_blank(above))
            }
        };
        due.then_some((body.saturating_add(at), Before::Number(number)))
    }

    /// The number that the cue after `open` should have.
    fn due(&self, open: &Open) -> Option<u64> {
        let last = match open {
            Open::Cue(Head { before, .. }) | Open::Broken(before, _) => before.number(),
            Open::Nothing => None,
        };
        let last = last.map_or(self.oddities.number, |number| number.parse().ok());
        last?.checked_add(1)
    }

    /// Ends what was open: `body` is its text.
    fn finish(&mut self, open: Open<'a>, body: Range<usize>, at_end: bool) {
        let mut text = trim_blank_lines(self.text, body);
        if at_end {
            text = self.without_lone_number(&open, text);
        }
        match open {
            Open::Nothing if !text.is_empty() => self.stray(text),
            Open::Nothing => {}
            Open::Broken(before, at) => self.oddities.number(before.number(), at),
            Open::Cue(head) => self.cue(head, text),
        }
    }

    fn stray(&mut self, text: Range<usize>) {
        let shown = shorten(self.slice(text.clone()));
        self.push(codes::SRT_STRAY_TEXT, Location::span(text), |d| d.with("text", shown));
    }

    /// Files cut off end in the number of a cue that is not there.
    fn without_lone_number(&mut self, open: &Open, text: Range<usize>) -> Range<usize> {
        let whole = self.slice(text.clone());
        let Some((at, line)) = last_line(whole) else { return text };
        let apart = whole.get(..at).and_then(last_line).is_some_and(|(_, above)| is_blank(above));
        let due = self.due(open).is_some_and(|due| line.trim_matches(BLANK).parse() == Ok(due));
        if !(apart && due) {
            return text;
        }
        let start = text.start.saturating_add(at);
        self.stray(start..text.end);
        trim_blank_lines(self.text, text.start..start)
    }

    fn cue(&mut self, head: Head<'a>, text: Range<usize>) {
        let Head { start, timing, timing_line, before } = head;
        let end = text.end.max(timing_line.end);
        let at = Location {
            span: Some(Span::new(timing_line.clone())),
            cue: u32::try_from(self.cues.len()).ok(),
            time: Some(timing.range.start),
        };
        self.oddities.number(before.number(), at);
        self.oddities.times(&timing, self.slice(timing_line), at, self.report);
        let mut cue = Cue { range: timing.range, origin: Some(Span::new(start..end)), ..Cue::default() };
        if let Before::Id(id) = before {
            cue.id = Some(id.into());
        }
        if !timing.after.is_empty() {
            cue.extras = [after_times(timing.after)].into();
        }
        self.content(&mut cue, text, at);
        self.cues.push(cue);
    }

    fn content(&mut self, cue: &mut Cue, text: Range<usize>, at: Location) {
        let content = self.slice(text);
        let content = if memchr(b'\r', content.as_bytes()).is_none() {
            Cow::Borrowed(content)
        } else {
            Cow::Owned(content.replace("\r\n", "\n").replace('\r', "\n"))
        };
        if !content.is_empty() && has_blank_line(&content) {
            self.push(codes::SRT_BLANK_LINE, at, |d| d);
        }
        if memchr2(b'<', b'{', content.as_bytes()).is_none() {
            cue.text = StyledText::from(content.into_owned());
        } else {
            let markup = markup::read(&content);
            if let Some(tag) = markup.unmatched {
                self.push(codes::SRT_UNMATCHED_TAG, at, |d| d.with("tag", shorten(tag)));
            }
            cue.text = markup.text;
            cue.placement = markup.placement.map(Box::new);
        }
        if is_blank(&cue.text.plain) {
            self.push(codes::SRT_EMPTY_TEXT, at, |d| d);
        }
    }

    fn push(&mut self, code: Code, at: Location, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.report.push_with(code, at, with);
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }
}

/// Text after the times. SubRip's own are coordinates (`X1:… X2:… Y1:… Y2:…`); others come from renamed WebVTT files.
fn after_times(text: &str) -> Extra {
    Extra { format: ID, key: key_after_times(text), value: text.to_owned() }
}

pub(super) fn key_after_times(text: &str) -> &'static str {
    let coordinates = text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("X1:"));
    if coordinates { key::COORDINATES } else { key::SETTINGS }
}
