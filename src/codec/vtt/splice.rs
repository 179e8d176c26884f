//! Editing in place.

use super::lines::{Text, has_arrow};
use super::token::{Token, TokenKind, Tokens};
use super::{FORMAT, entity, timestamp};
use crate::codec::splice::{self, Atoms, Clock, Number, Parts, Spliced, Splicer};
use crate::codec::{Format, ReadOptions};
use crate::diag::{Edits, Report};
use crate::model::{Cue, Track};
use crate::source::Source;
use crate::time::Time;
use std::ops::Range;

/// Edits a file in place.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    splice::splice(&WebVtt, source, track, edits)
}

struct WebVtt;

impl Splicer for WebVtt {
    const FORMAT: &'static Format = &FORMAT;
    const APART: bool = true;

    fn parts(&self, text: &str, cue: &Cue) -> Option<Parts> {
        let block = cue.origin?.range();
        let lines = Text::new(text.get(..block.end)?);
        let first = lines.line_at(block.start);
        let (number, line) = if first.arrow {
            (Number::None, first)
        } else {
            let number = !first.content.is_empty() && first.content.bytes().all(|b| b.is_ascii_digit());
            (if number { Number::At(first.range.clone()) } else { Number::None }, lines.line_at(first.next))
        };
        let (start, end) = timestamp::places(line.content).filter(|_| has_arrow(line.content))?;
        let head = line.range.start;
        let inside = |range: Range<usize>| head.saturating_add(range.start)..head.saturating_add(range.end);
        let text = line.next.min(block.end)..block.end;
        Some(Parts { number, head, start: inside(start), end: inside(end), length: false, text, block })
    }

    /// The comments right above a cue.
    fn lead(&self, text: &str, from: usize, block: usize) -> usize {
        let Some(before) = text.get(..block) else { return block };
        let lines = Text::new(before);
        let (mut at, mut lead, mut inside) = (from, None, false);
        while at < block {
            let line = lines.line_at(at);
            if line.content.is_empty() {
                inside = false;
            } else if !inside {
                inside = true;
                let comment = line
                    .content
                    .strip_prefix("NOTE")
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
                lead = if comment { lead.or(Some(at)) } else { None };
            }
            at = line.next.max(at.saturating_add(1));
        }
        lead.unwrap_or(block)
    }

    fn time(&self, written: &str) -> Option<Time> {
        timestamp::whole(written)
    }

    fn print(&self, old: &str, time: Time) -> Option<String> {
        // §3.3: three digits of a fraction; hours have two or more.
        Clock { first: 2, gets_hours: true, point: '.', digits: 3 }.print(old, time)
    }

    fn atoms(&self, raw: &str) -> Atoms {
        let (mut atoms, mut readings) = (Atoms::default(), 0usize);
        for Token { kind, range, unterminated } in Tokens::new(raw) {
            match kind {
                // A ruby text is a text of its own.
                TokenKind::Text(_) if readings > 0 => atoms.hidden(range),
                TokenKind::Text(_) => text(&mut atoms, raw, range),
                TokenKind::Timestamp(time) if readings == 0 && timestamp::whole(time).is_some() => {
                    let end = range.end.saturating_sub(usize::from(!unterminated));
                    atoms.stamp(range.start.saturating_add(1)..end);
                }
                TokenKind::Start(tag) => {
                    readings = readings.saturating_add(usize::from(tag.name == "rt"));
                    atoms.hidden(range);
                }
                TokenKind::End(name) => {
                    let closes = if name == "ruby" { readings } else { usize::from(name == "rt") };
                    readings = readings.saturating_sub(closes);
                    atoms.hidden(range);
                }
                TokenKind::Timestamp(_) => atoms.hidden(range),
            }
        }
        atoms
    }

    fn spell(&self, plain: &str, eol: &str) -> String {
        let mut out = String::with_capacity(plain.len());
        for c in plain.chars() {
            match c {
                // §4.2.2: these two cannot stand for themselves; the third would end in an arrow.
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '\n' => out.push_str(eol),
                c => out.push(c),
            }
        }
        out
    }

    fn read(&self, block: &str, _after: &str) -> Option<(Cue, u64)> {
        let source = Source::from_text("", ["WEBVTT\n\n", block, "\n"].concat());
        let mut report = Report::default();
        let mut cues = super::read::read(&source, &ReadOptions::default(), &mut report).ok()?.cues;
        // What stands after a blank line is no longer the cue's.
        let whole = |cue: &Cue| cue.origin.is_some_and(|at| at.end as usize >= source.text().trim_end().len());
        cues.pop().filter(|cue| cues.is_empty() && whole(cue)).map(|cue| (cue, report.total()))
    }
}

/// Text with its references.
fn text(atoms: &mut Atoms, raw: &str, range: Range<usize>) {
    let mut from = range.start;
    while let Some(found) = raw.get(from..range.end).and_then(|rest| memchr::memchr(b'&', rest.as_bytes())) {
        let at = from.saturating_add(found);
        atoms.literal(raw, from..at);
        let rest = raw.get(at..range.end).unwrap_or_default();
        // The longest name of HTML's list has 32 characters.
        let end = rest.bytes().take(40).position(|b| b == b';').map_or(1, |end| end.saturating_add(1));
        let written = rest.get(..end).unwrap_or_default();
        from = at.saturating_add(end);
        match entity::decode(written) {
            shown if shown == written => {
                from = at.saturating_add(1);
                atoms.literal(raw, at..from);
            }
            shown => atoms.escape(at..from, &shown),
        }
    }
    atoms.literal(raw, from..range.end);
}
