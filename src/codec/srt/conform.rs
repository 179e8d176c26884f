//! Whether a document is SubRip as every player takes it. No standard exists: this is the narrow form in which no two
//! readers differ, while the reader beside it takes what files are really like.
//!
//! A cue is its number (1, 2, 3 …), a line `00:00:01,000 --> 00:00:02,000`, its text, a blank line.

use super::ID;
use super::lines::{BLANK, is_blank, is_number};
use super::timing::looks_like_timing;
use crate::codec::plain::shorten;
use crate::codec::{Conformance, clock};
use crate::diag::codes::conform as codes;
use crate::diag::{Code, Diagnostic, Location, Report};
use crate::source::{Encoding, Source, Span};
use crate::time::{Time, TimeRange};
use memchr::{memchr_iter, memchr2, memmem};
use std::ops::Range;

/// What SubRip asks of authors, by usage.
pub static CONFORMANCE: Conformance = Conformance {
    id: "srt",
    name: "SubRip",
    spec: "what every player reads alike (there is no standard)",
    format: ID,
    check,
};

fn check(source: &Source, report: &mut Report) {
    let (text, encoding) = (source.text(), source.encoding().encoding);
    if encoding != Encoding::UTF_8 {
        report.push(Diagnostic::new(codes::SRT_ENCODING, Location::FILE).with("encoding", encoding.name()));
    }
    let count = |byte| memchr_iter(byte, text.as_bytes()).count();
    let (lf, cr, both) = (count(b'\n'), count(b'\r'), memmem::find_iter(text.as_bytes(), b"\r\n").count());
    // LF alone, CR alone, or both always together.
    if ![(lf, 0), (0, cr), (both, both)].contains(&(lf, cr)) {
        report.push(Diagnostic::new(codes::SRT_NEWLINES, Location::FILE));
    }
    let mut judge = Judge { report, due: 1, cues: 0, latest: None };
    let mut lines = Lines { text, at: 0 }.peekable();
    while let Some(line) = lines.next() {
        if is_blank(line.1) {
            continue;
        }
        let timed = lines.peek().is_some_and(|(_, next)| next.contains("-->"));
        if is_number(line.1.trim_matches(BLANK)) && timed {
            judge.number(&line);
            let timing = lines.next().unwrap_or(line);
            judge.cue(timing, &mut lines);
        } else if looks_like_timing(line.1) {
            judge.no_number(&line);
            judge.cue(line, &mut lines);
        } else {
            judge.say(codes::SRT_BLOCK, Location::span(line.0), line.1);
            while lines.next_if(|(_, next)| !is_blank(next)).is_some() {}
        }
    }
}

/// A line and where it stands.
type Line<'a> = (Range<usize>, &'a str);

struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let length = memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        let range = self.at..self.at.saturating_add(length);
        let end = rest.get(length..).unwrap_or_default();
        self.at = range.end.saturating_add(if end.starts_with("\r\n") { 2 } else { 1 });
        Some((range, rest.get(..length).unwrap_or_default()))
    }
}

struct Judge<'r> {
    report: &'r mut Report,
    /// The number that the next cue should have.
    due: u64,
    cues: usize,
    latest: Option<Time>,
}

impl Judge<'_> {
    fn number(&mut self, (range, line): &Line<'_>) {
        let (found, expected) = (line.trim_matches(BLANK), self.due);
        let number = found.parse().unwrap_or(u64::MAX);
        if number != expected || found.len() != line.len() || found.starts_with('0') {
            let at = Location { cue: u32::try_from(self.cues).ok(), ..Location::span(range.clone()) };
            self.report.push_with(codes::SRT_NUMBER, at, |d| d.with("found", shorten(line)).with("expected", expected));
        }
        // One gap is one finding: the cues after it are counted on.
        self.due = number.saturating_add(1);
    }

    fn no_number(&mut self, (range, _): &Line<'_>) {
        let (at, due) = (Location::span(range.clone()), self.due);
        self.report.push_with(codes::SRT_NO_NUMBER, at, |d| d.with("expected", due));
        self.due = due.saturating_add(1);
    }

    /// A cue from its timing line on, up to the blank line after it.
    fn cue<'a>(&mut self, (range, line): Line<'a>, lines: &mut std::iter::Peekable<Lines<'a>>) {
        let mut at = Location { cue: u32::try_from(self.cues).ok(), ..Location::span(range) };
        self.cues = self.cues.saturating_add(1);
        match times(line) {
            None => self.say(codes::SRT_TIMING, at, line),
            Some(range) => {
                at.time = Some(range.start);
                self.times(range, at);
            }
        }
        let mut empty = true;
        while let Some((range, text)) = lines.next_if(|(_, next)| !is_blank(next)) {
            if looks_like_timing(text) {
                let at = Location { span: Some(Span::new(range)), ..at };
                self.report.push_with(codes::SRT_NO_BLANK_LINE, at, |d| d);
                // It is a cue all the same: the number after it counts it.
                self.due = self.due.saturating_add(1);
            }
            empty = false;
        }
        if empty {
            self.report.push_with(codes::SRT_EMPTY, at, |d| d);
        }
    }

    fn times(&mut self, TimeRange { start, end }: TimeRange, at: Location) {
        if end <= start {
            self.report.push_with(codes::SRT_END, at, |d| d.with("start", start).with("end", end));
        }
        if let Some(latest) = self.latest.filter(|latest| start < *latest) {
            self.report.push_with(codes::SRT_ORDER, at, |d| d.with("start", start).with("latest", latest));
        }
        self.latest = self.latest.max(Some(start));
    }

    fn say(&mut self, code: Code, at: Location, text: &str) {
        self.report.push_with(code, at, |diagnostic| diagnostic.with("text", shorten(text)));
    }
}

/// `HH:MM:SS,mmm --> HH:MM:SS,mmm` and nothing else.
fn times(line: &str) -> Option<TimeRange> {
    let line: &[u8; 29] = line.as_bytes().try_into().ok()?;
    let (start, rest) = line.split_first_chunk::<12>()?;
    let (arrow, end) = rest.split_first_chunk::<5>()?;
    let ((start, b','), (end, b',')) = (clock::read(start)?, clock::read(end.first_chunk()?)?) else { return None };
    (arrow == b" --> ").then(|| TimeRange::new(Time::from_millis(start), Time::from_millis(end)))
}
