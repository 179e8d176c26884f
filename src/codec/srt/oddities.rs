//! What is odd about a file though it can be read: its numbers, its times, its characters. All of it stays as it is.

use super::timing::Timing;
use crate::codec::plain::shorten;
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Location, Report, Value};
use crate::time::Time;
use memchr::{memchr, memchr_iter, memmem};

/// Reports what concerns the characters of the whole file.
pub(super) fn characters(text: &str, report: &mut Report) {
    let replacement = "\u{FFFD}";
    if let Some(first) = memmem::find(text.as_bytes(), replacement.as_bytes()) {
        let at = Location::span(first..first.saturating_add(replacement.len()));
        report.push(Diagnostic::new(codes::SRT_REPLACEMENT, at).with("count", text.matches(replacement).count()));
    }
    if memchr(b'\r', text.as_bytes()).is_none() {
        return;
    }
    let crlf = memmem::find_iter(text.as_bytes(), b"\r\n").count();
    let lf = memchr_iter(b'\n', text.as_bytes()).count().saturating_sub(crlf);
    let cr = memchr_iter(b'\r', text.as_bytes()).count().saturating_sub(crlf);
    if [lf, crlf, cr].iter().filter(|count| **count > 0).count() > 1 {
        let mixed = Diagnostic::new(codes::SRT_MIXED_NEWLINES, Location::FILE);
        report.push(mixed.with("lf", lf).with("crlf", crlf).with("cr", cr));
    }
}

/// What was met so far, from cue to cue.
#[derive(Default)]
pub(super) struct Oddities {
    /// The last cue's number.
    pub(super) number: Option<u64>,
    /// The last start and the latest end.
    latest: Option<(Time, Time)>,
    // Numbers make one entry a file: where they are wrong, all of them are.
    unnumbered: Tally,
    misnumbered: Tally,
}

/// How often something was met, and where first.
#[derive(Default)]
struct Tally {
    count: u64,
    first: Option<Diagnostic>,
}

impl Oddities {
    /// Reports what is odd about a cue's times; `line` is its timing line.
    pub(super) fn times(&mut self, timing: &Timing, line: &str, at: Location, report: &mut Report) {
        let (start, end) = (timing.range.start, timing.range.end);
        let mut odd = |code, with_end| {
            report.push_with(code, at, |odd| {
                let odd = odd.with("start", start);
                if let Some(end) = with_end { odd.with("end", Value::Time(end)) } else { odd }
            });
        };
        if start < Time::ZERO {
            odd(codes::SRT_NEGATIVE_TIME, None);
        }
        if end < start {
            odd(codes::SRT_END_BEFORE_START, Some(end));
        }
        if let Some((last_start, latest_end)) = self.latest {
            if start < last_start {
                odd(codes::SRT_OUT_OF_ORDER, None);
            } else if start < latest_end {
                odd(codes::SRT_OVERLAP, Some(latest_end));
            }
        }
        self.latest = Some((start, self.latest.map_or(end, |(_, latest)| latest.max(end))));
        if timing.odd {
            let odd = Diagnostic::new(codes::SRT_ODD_TIME, at).with("text", shorten(line));
            report.push(odd.with("start", start).with("end", end));
        }
    }

    /// Counts what is odd about a cue's number. Numbers are not kept: writing counts anew.
    pub(super) fn number(&mut self, number: Option<&str>, at: Location) {
        let Some(text) = number else {
            return self.unnumbered.met(|| Diagnostic::new(codes::SRT_NO_INDEX, at));
        };
        let found = text.parse().unwrap_or(u64::MAX);
        // The first one must be 1: tools that count from 0 are worth a note.
        let due = self.number.map_or(1, |number| number.saturating_add(1));
        if found != due {
            let met = || Diagnostic::new(codes::SRT_INDEX, at).with("found", text).with("expected", due);
            self.misnumbered.met(met);
        }
        self.number = Some(found);
    }

    /// Reports what was counted.
    pub(super) fn finish(self, report: &mut Report) {
        for Tally { count, first } in [self.unnumbered, self.misnumbered] {
            if let Some(first) = first {
                report.push(first.with("count", count));
            }
        }
    }
}

impl Tally {
    fn met(&mut self, diagnostic: impl FnOnce() -> Diagnostic) {
        self.count = self.count.saturating_add(1);
        self.first.get_or_insert_with(diagnostic);
    }
}
