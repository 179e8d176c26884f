//! Reading: tags, then lines, each with one time or several.

use super::stamp::{LINE, WORD, is_edge, stamp, trim};
use super::{ID, LANGUAGE, OFFSET, PER_SECOND, TAG, TITLE};
use crate::codec::plain::shorten;
use crate::codec::{ReadOptions, last_cue, room_for_cues};
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use crate::model::{Cue, Extra, Mark, MarkKind, StyledText, Track};
use crate::source::{Source, Span};
use crate::time::{Time, TimeDelta, TimeRange};

pub(super) fn probe(text: &str) -> u8 {
    let known = |line: &str| stamp(line, LINE).is_some() || tag(line).is_some();
    let mut lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim).filter(|line| !line.is_empty()).take(12);
    let all = lines.all(known);
    let timed = text.lines().take(200).any(|line| stamp(line.trim_start_matches('\u{FEFF}').trim(), LINE).is_some());
    if all && timed { 220 } else { 0 }
}

/// `[ar:Name]`: name and value.
pub(super) fn tag(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.strip_prefix('[')?.strip_suffix(']')?.split_once(':')?;
    let is_name = !name.is_empty() && name.len() <= 16 && name.bytes().all(|b| b.is_ascii_alphabetic() || b == b'#');
    is_name.then_some((name, value.trim()))
}

/// A line at one of its times.
struct Line {
    start: Time,
    text: StyledText,
    /// When its last word ends, if it says so.
    end: Option<Time>,
    origin: Option<Span>,
}

pub(super) fn read(source: &Source, _options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let mut track = Track { resolution: TimeDelta::from_units(1, PER_SECOND).unwrap_or_default(), ..Track::default() };
    let mut lines: Vec<Line> = Vec::new();
    let mut offset = TimeDelta::ZERO;
    let mut tagged = false;
    for found in text.split(['\n', '\r']) {
        let line = trim(found);
        if line.is_empty() {
            continue;
        }
        if stamp(line, LINE).is_some() {
            timed(line, source.span_of(found), &mut lines);
        } else if let Some((name, value)) = tag(line) {
            tagged = true;
            match value.parse::<i64>().ok().filter(|_| name.eq_ignore_ascii_case(OFFSET)) {
                Some(millis) => offset = TimeDelta::from_millis(millis),
                None => keep(&mut track, name, value),
            }
        } else {
            let at = Location { span: source.span_of(found), ..Location::FILE };
            report.push(Diagnostic::new(codes::BAD_LINE, at).with("text", shorten(line)));
        }
    }
    if lines.is_empty() && !tagged && !text.trim().is_empty() {
        return Err(not_this(source));
    }
    // A line with several times stands at the first of them: only in order of time do lines follow each other.
    lines.sort_by_key(|line| line.start);
    track.cues = cues(lines, offset, text.len(), report);
    Ok(track)
}

fn keep(track: &mut Track, name: &str, value: &str) {
    match name.to_ascii_lowercase().as_str() {
        TITLE if track.header.is_none() && !value.is_empty() => track.header = Some(value.to_owned()),
        LANGUAGE if track.lang.is_none() && LangTag::parse(value).is_some() => track.lang = LangTag::parse(value),
        _ => track.extras.push(Extra { format: ID, key: TAG, value: format!("{name}:{value}") }),
    }
}

/// A line at each of its times.
fn timed(line: &str, origin: Option<Span>, lines: &mut Vec<Line>) {
    let mut rest = line;
    let mut starts: Vec<Time> = Vec::new();
    while let Some((time, after)) = stamp(rest, LINE) {
        starts.push(time);
        rest = after;
    }
    let (text, end) = words(trim(rest));
    for start in starts {
        lines.push(Line { start, text: text.clone(), end, origin });
    }
}

/// The text with its word times, and the time after its last word.
fn words(text: &str) -> (StyledText, Option<Time>) {
    let mut out = StyledText::default();
    let mut times: Vec<(u32, Time)> = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        out.plain.push_str(before);
        match stamp(from, WORD) {
            Some((time, after)) => {
                times.push((out.len(), time));
                // `<00:01.00> word`: the space before the first word is the spelling's.
                rest = if out.is_empty() { after.trim_start_matches(is_edge) } else { after };
            }
            None => {
                out.plain.push('<');
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    out.plain.push_str(rest);
    let kept = out.plain.trim_end_matches(is_edge).len();
    out.plain.truncate(kept);
    let len = out.len();
    let end = times.last().filter(|(at, _)| *at >= len && len > 0).map(|(_, time)| *time);
    let inside = times.into_iter().filter(|(at, _)| *at < len);
    out.marks = inside.map(|(at, time)| Mark::new(at..len, MarkKind::Shown(time))).collect();
    (out, end)
}

/// Puts the lines of one time together and gives each cue its end.
fn cues(lines: Vec<Line>, offset: TimeDelta, bytes: usize, report: &mut Report) -> Vec<Cue> {
    let mut cues: Vec<Cue> = room_for_cues(bytes);
    // The last cue lacks an end; a word's time gave it one.
    let (mut open, mut worded) = (false, false);
    for Line { start, mut text, end, origin } in lines {
        let start = start - offset;
        let end = end.map(|end| end - offset);
        text.marks.iter_mut().for_each(|mark| shift(mark, offset));
        if let Some(last) = cues.last_mut().filter(|last| last.range.start == start && !text.is_empty()) {
            join(&mut last.text, &text);
            last.range.end = end.unwrap_or(start).max(last.range.end);
            worded |= end.is_some();
            open = !worded;
            continue;
        }
        if let Some(last) = cues.last_mut().filter(|_| open) {
            last.range.end = start;
        }
        // An empty line ends what began before it; what begins with it goes on, so `worded` stays the last cue's.
        open = !text.is_empty() && end.is_none();
        if !text.is_empty() {
            worded = end.is_some();
            let mut cue = Cue::new(TimeRange::new(start, end.unwrap_or(start)), text);
            cue.origin = origin;
            cues.push(cue);
        }
    }
    // What appears word by word stands to the end of the cue. Once, after all its lines are there.
    for Cue { text, .. } in &mut cues {
        let len = text.len();
        text.marks.iter_mut().for_each(|mark| mark.range.end = len);
    }
    if open {
        last_cue::end(&mut cues, report);
    }
    cues
}

fn shift(mark: &mut Mark, offset: TimeDelta) {
    if let Mark { kind: MarkKind::Shown(time), .. } = mark {
        *time = *time - offset;
    }
}

/// Appends a line.
fn join(text: &mut StyledText, line: &StyledText) {
    text.plain.push('\n');
    text.append(line);
}

fn not_this(source: &Source) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{} is not LRC: no line has a time", source.name()))
        .with_remedy("a line is such as `[00:12.50]text`")
        .with_chinese(format!("{} 不是 LRC：没有一行带有时间", source.name()))
        .with_chinese_remedy("每行应写作 `[00:12.50]文字`")
}
