//! Whether a document is WebVTT as the standard asks it of authors (§4). Readers are laxer: what players repair or pass over
//! is a breach here.
//!
//! Judged as captions (§4.6.3); chapters and metadata are other types of files. Two things are taken that the letter of the
//! grammar does not give: a file that ends right after its first line, and spaces after the last setting. Players make
//! nothing else of them.

mod cue_text;
mod setting;

use super::block::{Block, BlockKind, Blocks};
use super::lines::Text;
use super::slips::excerpt;
use super::{FORMAT_ID, note, read, timestamp};
use crate::codec::Conformance;
use crate::diag::codes::conform as codes;
use crate::diag::{Code, Diagnostic, Location, Report};
use crate::source::{Encoding, Source, Span};
use crate::time::{Time, TimeRange};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What WebVTT asks of authors.
pub static CONFORMANCE: Conformance = Conformance {
    id: "webvtt",
    name: "WebVTT",
    spec: "W3C WebVTT, Candidate Recommendation 2019-04-04, §4",
    format: FORMAT_ID,
    check,
};

fn check(source: &Source, report: &mut Report) {
    let encoding = source.encoding().encoding;
    if encoding != Encoding::UTF_8 {
        report.push(Diagnostic::new(codes::VTT_ENCODING, Location::FILE).with("encoding", encoding.name()));
    }
    if !read::has_signature(source.text()) {
        return report.push(Diagnostic::new(codes::VTT_SIGNATURE, Location::span(0..0)));
    }
    let text = Text::new(source.text());
    let position = text.line_at(0).next;
    let mut judge = Judge {
        blocks: Blocks::new(text, position),
        report,
        regions: HashSet::new(),
        ids: HashSet::new(),
        latest: None,
        cues: 0,
        references: HashMap::new(),
        arrow: None,
    };
    judge.file();
    while let Some(block) = judge.blocks.next_block() {
        judge.block(&block);
    }
}

/// Looks at a document block by block.
struct Judge<'a, 'r> {
    blocks: Blocks<'a>,
    report: &'r mut Report,
    regions: HashSet<&'a str>,
    ids: HashSet<&'a str>,
    /// The latest start so far.
    latest: Option<Time>,
    cues: usize,
    /// Names of character references that were looked up.
    references: HashMap<&'a str, bool>,
    /// Where the line stands that was last reported to hold an arrow: whatever it is, it is so once.
    arrow: Option<usize>,
}

/// A cue, for what is said of it.
struct CueAt {
    at: Location,
    times: TimeRange,
}

impl<'a> Judge<'a, '_> {
    /// What concerns the file as a whole, and its first lines.
    fn file(&mut self) {
        let text = &self.blocks.text;
        let whole = text.raw(0..text.len());
        if let Some(at) = text.first_nul() {
            self.push(codes::VTT_NUL, Location::span(at..at.saturating_add(1)));
        }
        let first = self.blocks.text.line_at(0);
        if first.last {
            return;
        }
        if !whole.ends_with(['\n', '\r']) {
            self.push(codes::VTT_LAST_LINE, Location::span(whole.len()..whole.len()));
        }
        let below = self.blocks.text.line_at(first.next);
        if !below.content.is_empty() {
            self.say(codes::VTT_HEADER, Location::span(below.range), below.content);
        }
        // Lines below the signature are no blocks of their own, up to a blank line or a cue.
        self.blocks.header();
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Cue { id, times, bare: _, settings } => {
                self.cue(block, id.clone(), *times, settings.clone());
            }
            BlockKind::Style => {}
            BlockKind::Region => self.region(block.text.clone()),
            BlockKind::BadTiming(line) if self.arrow == Some(line.start) => {}
            BlockKind::BadTiming(line) => {
                let content = self.blocks.text.raw(line.clone());
                self.say(codes::VTT_TIMING, Location::span(line.clone()), content);
            }
            BlockKind::Other => self.other(block),
        }
        if block.cut_short {
            let line = self.blocks.text.line_at(self.blocks.position);
            self.arrow = Some(line.range.start);
            self.say(codes::VTT_ARROW, Location::span(line.range), line.content);
        }
    }

    /// A comment, a block of one word, or lines that mean nothing here.
    fn other(&mut self, block: &Block) {
        let text = self.blocks.text.raw(block.text.clone());
        if note::comment(text).is_some() || text.starts_with("NOTE\r") {
            return;
        }
        let at = Location::span(block.range.clone());
        let word = text.split(['\n', '\r']).next().unwrap_or_default().trim_end_matches([' ', '\t']);
        match (word, self.blocks.seen_cue()) {
            ("STYLE" | "REGION", true) => self.say(codes::VTT_LATE_BLOCK, at, text),
            ("STYLE", false) => {}
            ("REGION", false) => self.push(codes::VTT_REGION_NO_ID, at),
            _ => self.say(codes::VTT_BLOCK, at, text),
        }
    }

    fn cue(&mut self, block: &Block, id: Range<usize>, times: TimeRange, settings: Range<usize>) {
        let mut cue = CueAt { at: Location::cue(self.cues, times.start), times };
        self.cues = self.cues.saturating_add(1);
        let line_start = if id.is_empty() { block.range.start } else { self.after_line(id.end) };
        cue.at.span = Some(Span::new(line_start..settings.end));
        self.timing_line(line_start..settings.start, settings.clone(), cue.at);
        if times.end <= times.start {
            let end = Diagnostic::new(codes::VTT_END, cue.at).with("start", times.start).with("end", times.end);
            self.report.push(end);
        }
        if let Some(latest) = self.latest.filter(|latest| times.start < *latest) {
            let order = Diagnostic::new(codes::VTT_ORDER, cue.at).with("start", times.start).with("latest", latest);
            self.report.push(order);
        }
        self.latest = self.latest.max(Some(times.start));
        let name = self.blocks.text.raw(id.clone());
        if !name.is_empty() && !self.ids.insert(name) {
            let at = Location { span: Some(Span::new(id)), ..cue.at };
            self.report.push(Diagnostic::new(codes::VTT_ID, at).with("id", excerpt(name)));
        }
        self.settings(settings, cue.at);
        self.cue_text(block.text.clone(), &cue);
    }

    /// Players find the times in spellings that authors may not use: other white space, hours of one digit.
    fn timing_line(&mut self, times: Range<usize>, settings: Range<usize>, at: Location) {
        let gap = self.blocks.text.raw(settings);
        let times = self.blocks.text.raw(times);
        if !(is_timings(times) && (gap.is_empty() || gap.starts_with([' ', '\t']))) {
            let text = format!("{times}{}", gap.split([' ', '\t']).next().unwrap_or_default());
            self.say(codes::VTT_TIMING, at, &text);
        }
    }

    /// Where the line after the one that ends at `end` begins.
    fn after_line(&self, end: usize) -> usize {
        let length = if self.blocks.text.raw(end..end.saturating_add(2)) == "\r\n" { 2 } else { 1 };
        end.saturating_add(length)
    }

    fn push(&mut self, code: Code, at: Location) {
        self.report.push_with(code, at, |diagnostic| diagnostic);
    }

    /// Reports a code whose sentence quotes the source.
    fn say(&mut self, code: Code, at: Location, text: &str) {
        self.report.push_with(code, at, |diagnostic| diagnostic.with("text", excerpt(text)));
    }
}

/// `start --> end` with white space of the right kind, at least one on each side of the arrow.
fn is_timings(text: &str) -> bool {
    let Some((start, end)) = text.split_once("-->") else { return false };
    let (from, to) = (start.trim_end_matches([' ', '\t']), end.trim_start_matches([' ', '\t']));
    from.len() < start.len() && to.len() < end.len() && is_timestamp(from) && is_timestamp(to)
}

/// A timestamp as authors write it: hours, if there are any, of two digits or more.
fn is_timestamp(text: &str) -> bool {
    let hours = text.split(':').next().unwrap_or_default();
    hours.len() >= 2 && timestamp::whole(text).is_some()
}
