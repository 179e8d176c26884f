//! Reading: a cue a line.

use super::code::{code, is_whole, marks};
use super::{ID, USUAL_RATE};
use crate::codec::plain::{frame_start, shorten};
use crate::codec::{ReadOptions, room_for_cues};
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Mark, MarkKind, StyledText, Track};
use crate::source::Source;
use crate::time::{FrameRate, TimeRange};

/// A line as it stands in the file.
struct Line<'a> {
    start: u64,
    /// `None` if it was left empty.
    end: Option<u64>,
    text: &'a str,
}

fn line(text: &str) -> Option<Line<'_>> {
    let (start, rest) = number(text.trim_start_matches(['\u{FEFF}', ' ', '\t']))?;
    let (end, text) = number(rest)?;
    Some(Line { start: start?, end, text })
}

/// `{123}`, or `{}`.
fn number(text: &str) -> Option<(Option<u64>, &str)> {
    let (inside, rest) = text.strip_prefix('{')?.split_once('}')?;
    if inside.is_empty() {
        return Some((None, rest));
    }
    // Longer numbers are no frames: 15 digits are more than a million years.
    let digits = inside.len() <= 15 && inside.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| inside.parse().ok()).flatten().map(|number| (Some(number), rest))
}

pub(super) fn probe(text: &str) -> u8 {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(8).peekable();
    let sure = lines.peek().is_some() && lines.all(|text| line(text).is_some());
    if sure { 220 } else { 0 }
}

/// The rate that a first line `{1}{1}25.000` names.
fn rate(line: &Line<'_>) -> Option<FrameRate> {
    let head = line.start <= 1 && line.end == Some(line.start);
    head.then(|| FrameRate::parse(line.text)).flatten()
}

pub(super) fn read(source: &Source, options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).peekable();
    let named = lines.peek().copied().and_then(line).as_ref().and_then(rate);
    if named.is_some() {
        lines.next();
    }
    let Some(rate) = named.or(options.frame_rate).or(USUAL_RATE) else { return Err(not_this(source)) };
    if named.is_none() && options.frame_rate.is_none() {
        report.push(Diagnostic::new(codes::FRAME_RATE_ASSUMED, Location::FILE).with("rate", rate.to_string()));
    }
    let mut track = Track { frame_rate: Some(rate), resolution: rate.frames(1), ..Track::default() };
    track.cues = room_for_cues(text.len());
    let mut open = false;
    for found in lines {
        let at = source.span_of(found);
        let Some(line) = line(found) else {
            report.push(
                Diagnostic::new(codes::BAD_LINE, Location { span: at, ..Location::FILE }).with("text", shorten(found)),
            );
            continue;
        };
        let start = frame_start(line.start, rate);
        if let Some(last) = track.cues.last_mut().filter(|_| open) {
            last.range.end = start.max(last.range.start);
        }
        open = line.end.is_none();
        let end = line.end.map_or(start, |end| frame_start(end, rate));
        let mut cue = Cue::new(TimeRange::new(start, end), styled(line.text));
        cue.origin = at;
        track.cues.push(cue);
    }
    if open {
        close_last(&mut track, rate, report);
    }
    if track.cues.is_empty() && named.is_none() && !text.trim().is_empty() {
        return Err(not_this(source));
    }
    Ok(track)
}

/// How long the last cue stands, where nothing says: three seconds.
const LAST_CUE_SECONDS: u32 = 3;

fn close_last(track: &mut Track, rate: FrameRate, report: &mut Report) {
    let index = track.cues.len().saturating_sub(1);
    if let Some(last) = track.cues.last_mut() {
        last.range.end = last.range.start + rate.frames(rate.nominal().saturating_mul(LAST_CUE_SECONDS));
        let at = Location { span: last.origin, ..Location::cue(index, last.range.start) };
        report.push(Diagnostic::new(codes::END_ASSUMED, at).with("end", last.range.end));
    }
}

/// The text of a cue, its control codes understood.
fn styled(text: &str) -> StyledText {
    if !text.contains(['{', '/', '|']) {
        return StyledText::from(text);
    }
    let mut out = StyledText::default();
    let mut whole: Vec<(u8, &str, &str)> = Vec::new();
    let mut found: Vec<Mark> = Vec::new();
    for (i, mut line) in text.split('|').enumerate() {
        if i > 0 {
            out.plain.push('\n');
        }
        let start = out.len();
        let mut own: Vec<(u8, &str, &str)> = Vec::new();
        let mut italic = false;
        while let Some((letter, value, len)) = code(line) {
            let (raw, rest) = line.split_at_checked(len).unwrap_or((line, ""));
            if is_whole(letter) {
                whole.push((letter, value, raw))
            } else {
                own.push((letter, value, raw))
            }
            line = rest;
        }
        if let Some(rest) = line.strip_prefix('/') {
            (line, italic) = (rest, true);
        }
        out.plain.push_str(line);
        let range = start..out.len();
        own.iter().for_each(|(letter, value, raw)| marks(*letter, value, raw, &range, &mut found));
        if italic {
            found.push(Mark::new(range, MarkKind::Italic));
        }
    }
    let range = 0..out.len();
    let mut all: Vec<Mark> = Vec::with_capacity(found.len());
    whole.iter().for_each(|(letter, value, raw)| marks(*letter, value, raw, &range, &mut all));
    all.append(&mut found);
    // An empty range would be a point, which styles nothing.
    all.retain(|mark| !mark.range.is_empty() || matches!(mark.kind, MarkKind::Raw(_)));
    all.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
    out.marks = all;
    out
}

fn not_this(source: &Source) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{} is not MicroDVD: no line has two frames in it", source.name()))
        .with_remedy("a cue is a line such as `{25}{50}text`")
        .with_chinese(format!("{} 不是 MicroDVD：没有一行带有两个帧号（{ID}）", source.name()))
        .with_chinese_remedy("每条字幕是 `{25}{50}文字` 这样的一行")
}
