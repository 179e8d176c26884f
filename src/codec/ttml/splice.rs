//! Editing in place, where each cue's times are attributes of its `p` alone. Times of containers and spans, and sequences,
//! make one time depend on others: such a document is written anew.

use super::FORMAT;
use super::namespace::Ns;
use super::time::{self, Clock};
use super::time_form::{print, print_length};
use super::xml::{Pull, Token, reference};
use crate::codec::splice::{self, Atoms, Number, Parts, Spliced, Splicer};
use crate::codec::{Format, ReadOptions};
use crate::diag::{Edits, Report};
use crate::model::{Cue, Track};
use crate::source::Source;
use crate::time::{FrameRate, Time, TimeDelta};
use std::ops::Range;

/// Edits a document in place; `None` if it has to be written anew.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    match Document::new(source.text(), track) {
        Some(document) => splice::splice(&document, source, track, edits),
        None => None,
    }
}

struct Document {
    clock: Clock,
    /// Where the programme starts.
    start: TimeDelta,
    /// The prefix of elements: `tt:`, or nothing.
    prefix: String,
    /// What stands around the first `p`: a document of it alone.
    around: [String; 2],
}

impl Document {
    fn new(text: &str, track: &Track) -> Option<Self> {
        let mut document = Self {
            clock: Clock::default(),
            start: TimeDelta::ZERO,
            prefix: String::new(),
            around: [String::new(), String::new()],
        };
        document.look(text, track.frame_rate)?;
        let mut start = None;
        for cue in &track.cues {
            let parts = document.parts(text, cue)?;
            let written = |place: Range<usize>| Some(time::parse(text.get(place)?, &document.clock)?.0);
            let (begin, end) = (written(parts.start)?, written(parts.end)?);
            let first = *start.get_or_insert(begin - (cue.range.start - Time::ZERO));
            let ends = if parts.length { begin + end } else { end };
            let same = begin - first == cue.range.start - Time::ZERO && ends - first == cue.range.end - Time::ZERO;
            if !same {
                return None;
            }
        }
        document.start = start.unwrap_or_default();
        Some(document)
    }

    /// Goes through all of it; `None` if something else than a `p` has times.
    fn look(&mut self, text: &str, rate: Option<FrameRate>) -> Option<()> {
        let mut pull = Pull::new(text);
        let (mut open, mut found): (Vec<&str>, bool) = (Vec::new(), false);
        loop {
            match pull.next().ok()? {
                Token::Open(ns, local) => {
                    let paragraph = (ns, local) == (Ns::Tt, "p");
                    let timed = |name: &str| matches!(name, "begin" | "end" | "dur") && !paragraph;
                    let bad =
                        |name: &str, value: &str| timed(name) || (name == "timeContainer" && value.trim() == "seq");
                    if pull.attrs.iter().any(|attr| attr.ns == Ns::None && bad(attr.local, attr.raw)) {
                        return None;
                    }
                    if open.is_empty() {
                        self.clock = Clock::new(&pull.attrs, rate);
                    }
                    let name = name_at(text, pull.span.start)?;
                    if paragraph && !found {
                        found = true;
                        self.prefix = name.strip_suffix('p')?.to_owned();
                        let close = open.iter().rev().map(|name| format!("</{name}>"));
                        self.around = [text.get(..pull.span.start)?.to_owned(), close.collect()];
                    }
                    open.push(name);
                }
                Token::Close => drop(open.pop()),
                Token::End => return Some(()),
                Token::Text(_) | Token::Char(_) | Token::Entity(_) | Token::Comment(_) | Token::Instruction(_) => {}
            }
        }
    }
}

/// The name of the element that begins there.
fn name_at(text: &str, at: usize) -> Option<&str> {
    let rest = text.get(at..)?.strip_prefix('<')?;
    rest.get(..rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))?)
}

/// Where the values of some attributes stand in a start tag, and where the tag ends.
fn attributes(text: &str, tag: usize, names: [&str; 3]) -> Option<([Option<Range<usize>>; 3], usize)> {
    let mut at = tag.checked_add(1)?.checked_add(name_at(text, tag)?.len())?;
    let mut found = [None, None, None];
    loop {
        let rest = text.get(at..)?;
        let trimmed = rest.trim_ascii_start();
        at = at.checked_add(rest.len().checked_sub(trimmed.len())?)?;
        if trimmed.starts_with('>') {
            return Some((found, at.checked_add(1)?));
        }
        let (name, value) = trimmed.split_once('=')?;
        let value = value.trim_ascii_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let start = at.checked_add(trimmed.len().checked_sub(value.len())?)?.checked_add(1)?;
        let length = value.get(1..)?.find(quote)?;
        let end = start.checked_add(length)?;
        if let Some(slot) =
            names.iter().zip(&mut found).find_map(|(known, slot)| (*known == name.trim_ascii_end()).then_some(slot))
        {
            *slot = Some(start..end);
        }
        at = end.checked_add(1)?;
    }
}

impl Splicer for Document {
    const FORMAT: &'static Format = &FORMAT;
    const APART: bool = false;
    const INLINE: bool = true;

    fn unit(&self) -> (TimeDelta, &'static str) {
        (TimeDelta::from_millis(1), "the file's unit")
    }

    fn parts(&self, text: &str, cue: &Cue) -> Option<Parts> {
        let block = cue.origin?.range();
        let ([begin, end, dur], inside) = attributes(text, block.start, ["begin", "end", "dur"])?;
        let close = text.get(inside..block.end)?.rfind("</")?;
        let (length, end) = match (end, dur) {
            (Some(end), None) => (false, end),
            (None, Some(dur)) => (true, dur),
            _ => return None,
        };
        let text = inside..inside.checked_add(close)?;
        Some(Parts { number: Number::None, head: block.start, start: begin?, end, length, text, block })
    }

    fn time(&self, written: &str) -> Option<Time> {
        time::parse(written, &self.clock).map(|(time, _)| Time::ZERO + time - self.start)
    }

    fn print(&self, old: &str, time: Time) -> Option<String> {
        print(old, time - Time::ZERO + self.start, &self.clock)
    }

    fn length(&self, written: &str) -> Option<TimeDelta> {
        time::parse(written, &self.clock).map(|(length, _)| length)
    }

    fn print_length(&self, old: &str, length: TimeDelta) -> Option<String> {
        print_length(old, length, &self.clock)
    }

    fn atoms(&self, raw: &str) -> Atoms {
        let mut atoms = Atoms::default();
        let mut at = 0usize;
        while let Some(rest) = raw.get(at..).filter(|rest| !rest.is_empty()) {
            let next = memchr::memchr2(b'<', b'&', rest.as_bytes()).unwrap_or(rest.len());
            spaced(&mut atoms, raw, at..at.saturating_add(next));
            at = at.saturating_add(next);
            let rest = rest.get(next..).unwrap_or_default();
            let (close, is_tag) = if rest.starts_with("<!--") { ("-->", true) } else { (">", rest.starts_with('<')) };
            let close = if is_tag { close } else { ";" };
            let Some(length) = rest.find(close).map(|end| end.saturating_add(close.len())) else { break };
            let end = at.saturating_add(length);
            let inside = rest.get(1..length.saturating_sub(close.len())).unwrap_or_default();
            if !is_tag {
                match reference(inside) {
                    Some(c) => atoms.escape(at..end, c.encode_utf8(&mut [0; 4])),
                    None => atoms.literal(raw, at..end),
                }
            } else if name_at(raw, at).is_some_and(|name| name.strip_prefix(&self.prefix) == Some("br")) {
                atoms.trim_end();
                atoms.escape(at..end, "\n");
            } else {
                atoms.hidden(at..end);
            }
            at = end;
        }
        atoms.trim_end();
        atoms
    }

    fn spell(&self, plain: &str, _eol: &str) -> String {
        let escaped = plain.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        escaped.replace('\n', &format!("<{}br/>", self.prefix))
    }

    fn read(&self, block: &str, _after: &str) -> Option<(Cue, u64)> {
        let [before, after] = &self.around;
        let source = Source::from_text("", [before, block, after].concat());
        let mut report = Report::default();
        let mut cues = super::read::read(&source, &ReadOptions::default(), &mut report).ok()?.cues;
        cues.pop().filter(|_| cues.is_empty()).map(|cue| (cue, report.total()))
    }
}

/// Text whose white space is one space each, and none at the edges of lines (TTML2 §8.2.10, `xml:space="default"`).
fn spaced(atoms: &mut Atoms, raw: &str, range: Range<usize>) {
    let mut at = range.start;
    while let Some(rest) = raw.get(at..range.end).filter(|rest| !rest.is_empty()) {
        let space = rest.len().saturating_sub(rest.trim_ascii_start().len());
        let length = if space > 0 { space } else { rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len()) };
        let end = at.saturating_add(length);
        match space {
            0 => atoms.literal(raw, at..end),
            _ if atoms.plain().is_empty() || atoms.plain().ends_with([' ', '\n']) => atoms.hidden(at..end),
            _ => atoms.space(raw, at..end),
        }
        at = end;
    }
}
