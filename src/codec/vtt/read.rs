//! Reading: WebVTT §6.1 "WebVTT parser algorithm".

use super::block::{Block, BlockKind, Blocks};
use super::lines::Text;
use super::slips::{self, excerpt};
use super::{FORMAT_ID, cue_text, key, note, payload, region, settings, timestamp};
use crate::codec::{ReadOptions, room_for_cues};
use crate::diag::codes::parse;
use crate::diag::{Code, Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use crate::model::{Cue, Extra, Note, Placement, Region, StyledText, Track};
use crate::source::{Source, Span};
use crate::time::{TimeDelta, TimeRange};
use std::collections::HashSet;
use std::ops::Range;

const SIGNATURE: &str = "WEBVTT";

/// The text begins as a WebVTT file does.
pub(super) fn has_signature(text: &str) -> bool {
    text.strip_prefix(SIGNATURE).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    if !has_signature(source.text()) {
        let message = format!("{} is not WebVTT: it does not begin with the word `{SIGNATURE}`", source.name());
        return Err(Error::new(ErrorKind::Unreadable, message)
            .with_remedy("put that word on a line of its own at the top, or name another format with --from")
            .with_chinese(format!("{} 不是 WebVTT：文件不以 `{SIGNATURE}` 开头", source.name()))
            .with_chinese_remedy(format!("请在文件开头单独一行写上 {SIGNATURE}，或用 --from 指定其他格式")));
    }
    let text = Text::new(source.text());
    if let Some(at) = text.first_nul() {
        report.push(Diagnostic::new(parse::VTT_NUL, Location::span(at..at.saturating_add(1))));
    }
    let position = text.line_at(0).next;
    let mut reader = Reader {
        blocks: Blocks::new(text, position),
        track: Track {
            format: Some(FORMAT_ID),
            resolution: TimeDelta::from_millis(1),
            cues: room_for_cues(source.text().len()),
            ..Track::default()
        },
        report,
        region_ids: HashSet::new(),
        order: String::new(),
        no_hours: true,
        rewritten: String::new(),
    };
    reader.header();
    while let Some(block) = reader.blocks.next_block() {
        reader.block(&block);
    }
    Ok(reader.finish())
}

struct Reader<'a> {
    blocks: Blocks<'a>,
    track: Track,
    report: &'a mut Report,
    region_ids: HashSet<String>,
    /// The blocks before the first cue.
    order: String,
    /// No time so far has hours that it does not need.
    no_hours: bool,
    /// A payload or settings as they would be written; kept to be filled again.
    rewritten: String,
}

impl Reader<'_> {
    /// Text after the signature, and lines below it that the standard passes over (`Kind: captions`).
    fn header(&mut self) {
        let first = self.blocks.text.line_at(0).range;
        let rest = self.blocks.text.clean(SIGNATURE.len()..first.end);
        let mut header = note::after_word(&rest).to_owned();
        let lines = self.blocks.header();
        if !lines.is_empty() {
            self.push(parse::VTT_HEADER_LINES, Location::span(lines.clone()), None);
            let lines = self.blocks.text.clean(lines);
            self.track.lang = language(&lines);
            header.push('\n');
            header.push_str(&lines);
        }
        self.track.header = (!header.is_empty()).then_some(header);
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Cue { id, times, bare, settings } => {
                self.no_hours &= bare;
                self.cue(block, id.clone(), *times, settings.clone());
            }
            BlockKind::Style => {
                let value = self.blocks.text.clean(block.text.clone()).into_owned();
                self.style(value);
            }
            BlockKind::Region => self.region(block.text.clone()),
            BlockKind::BadTiming(line) => {
                let text = excerpt(self.blocks.text.raw(line.clone()));
                self.push(parse::VTT_BAD_TIMING, Location::span(line.clone()), Some(text));
            }
            BlockKind::Other => self.other(block),
        }
        if block.cut_short {
            let at = Location::span(block.range.end..block.range.end);
            self.push(parse::VTT_NO_BLANK_LINE, at, None);
        }
    }

    fn style(&mut self, value: String) {
        self.order.push('S');
        self.track.extras.push(Extra { format: FORMAT_ID, key: key::STYLE, value });
    }

    fn region(&mut self, range: Range<usize>) {
        let text = self.blocks.text.clean(range.clone());
        let mut bad = Vec::new();
        let region = Region::from(&region::parse(&text, |setting| bad.push(excerpt(setting))));
        for setting in bad {
            self.push(parse::VTT_BAD_SETTING, Location::span(range.clone()), Some(setting));
        }
        if region::write(&region) != text {
            let value = text.into_owned();
            self.track.extras.push(Extra { format: FORMAT_ID, key: key::REGION, value });
        }
        self.order.push('R');
        self.region_ids.insert(region.id.clone());
        self.track.regions.push(region);
    }

    /// A comment, or lines that mean nothing here.
    fn other(&mut self, block: &Block) {
        let text = self.blocks.text.clean(block.text.clone());
        if let Some(comment) = note::comment(&text) {
            let before = u32::try_from(self.track.cues.len()).unwrap_or(u32::MAX);
            self.track.notes.push(Note { before, text: comment.to_owned() });
            if !self.blocks.seen_cue() {
                self.order.push('N');
            }
            return;
        }
        let word = text.split('\n').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_whitespace());
        if word == "STYLE" && !self.blocks.seen_cue() {
            return self.style(String::new());
        }
        let late = matches!(word, "STYLE" | "REGION") && self.blocks.seen_cue();
        let code = if late { parse::VTT_LATE_BLOCK } else { parse::VTT_IGNORED_BLOCK };
        let text = excerpt(&text);
        self.push(code, Location::span(block.range.clone()), Some(text));
    }

    fn cue(&mut self, block: &Block, id: Range<usize>, times: TimeRange, settings: Range<usize>) {
        let index = self.track.cues.len();
        let at = Location { span: Some(Span::new(block.range.clone())), ..Location::cue(index, times.start) };
        if times.start.max(times.end) == timestamp::LATEST {
            self.push(parse::VTT_TIME_CLAMPED, at, None);
        }
        let mut extras = Vec::new();
        let placement = self.placement(settings, at, &mut extras);
        let text = self.text(block.text.clone(), at, &mut extras);
        self.track.cues.push(Cue {
            range: times,
            text,
            id: (!id.is_empty()).then(|| self.blocks.text.clean(id).into()),
            placement: placement.map(Box::new),
            extras: extras.into(),
            evidence: None,
            origin: at.span,
        });
    }

    fn placement(&mut self, range: Range<usize>, at: Location, extras: &mut Vec<Extra>) -> Option<Placement> {
        let text = self.blocks.text.clean(range.clone());
        let text = text.trim_matches(|c: char| c.is_ascii_whitespace());
        if text.is_empty() {
            return None;
        }
        let at = Location { span: Some(Span::new(range)), ..at };
        let (ids, report) = (&self.region_ids, &mut *self.report);
        let slip = |slip: settings::SettingSlip<'_>| report.push(slips::in_settings(slip, at));
        let placement = settings::parse(text, |id| ids.contains(id), slip).as_ref().map(Placement::from);
        if let Some(placement) = &placement {
            settings::write(&mut self.rewritten, placement);
        }
        if placement.is_none() || self.rewritten != text {
            extras.push(Extra { format: FORMAT_ID, key: key::SETTINGS, value: text.to_owned() });
        }
        placement
    }

    fn text(&mut self, range: Range<usize>, at: Location, extras: &mut Vec<Extra>) -> StyledText {
        let payload = self.blocks.text.clean(range.clone());
        if memchr::memchr3(b'<', b'&', b'>', payload.as_bytes()).is_none() {
            return StyledText::from(payload.into_owned());
        }
        // Places in a payload that was normalised are not places in the source.
        let verbatim = payload.len() == range.len();
        let report = &mut *self.report;
        let text = cue_text::read(&payload, &mut |slip, part| {
            let source = payload.get(part.clone()).unwrap_or_default();
            let shift = |offset: usize| range.start.saturating_add(offset);
            let span = if verbatim { shift(part.start)..shift(part.end) } else { range.clone() };
            report.push(slips::in_text(slip, Location { span: Some(Span::new(span)), ..at }, source));
        });
        if payload::is_usual(&payload) {
            return text;
        }
        self.rewritten.clear();
        payload::write_quietly(&mut self.rewritten, &text);
        if self.rewritten != *payload {
            extras.push(Extra { format: FORMAT_ID, key: key::PAYLOAD, value: payload.into_owned() });
        }
        text
    }

    fn push(&mut self, code: Code, at: Location, text: Option<String>) {
        let diagnostic = Diagnostic::new(code, at);
        self.report.push(match text {
            Some(text) => diagnostic.with("text", text),
            None => diagnostic,
        });
    }

    fn finish(self) -> Track {
        let mut track = self.track;
        let below_an_hour = || track.cues.iter().any(|cue| cue.range.start < timestamp::HOUR);
        if self.no_hours && below_an_hour() {
            track.extras.push(Extra { format: FORMAT_ID, key: key::NO_HOURS, value: String::new() });
        }
        if !self.order.is_empty() && !in_usual_order(&self.order) {
            track.extras.push(Extra { format: FORMAT_ID, key: key::ORDER, value: self.order });
        }
        track
    }
}

/// Regions, then styles, then notes.
fn in_usual_order(order: &str) -> bool {
    order.trim_start_matches('R').trim_start_matches('S').trim_start_matches('N').is_empty()
}

/// The language that header lines name. No part of the standard any more, but YouTube and others write it.
pub(super) fn language(header: &str) -> Option<LangTag> {
    header.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.trim().eq_ignore_ascii_case("language").then(|| LangTag::parse(value))?
    })
}
