//! Reading: a cue a line.

use super::code::{code, is_whole, marks};
use super::{ID, USUAL_RATE};
use crate::codec::ReadOptions;
use crate::codec::numbered::{self, Brackets, Line};
use crate::codec::plain::frame_start;
use crate::diag::codes::parse as codes;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Mark, MarkKind, StyledText, Track};
use crate::source::Source;
use crate::time::FrameRate;

const CURLY: Brackets = Brackets::CURLY;

/// The rate that a first line `{1}{1}25.000` names.
fn rate(line: &Line<'_>) -> Option<FrameRate> {
    let head = line.start <= 1 && line.end == Some(line.start);
    head.then(|| FrameRate::parse(line.text)).flatten()
}

pub(super) fn read(source: &Source, options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let text = source.text();
    let mut lines = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).peekable();
    let named = lines.peek().copied().and_then(|first| CURLY.line(first)).as_ref().and_then(rate);
    if named.is_some() {
        lines.next();
    }
    let Some(rate) = named.or(options.frame_rate).or(USUAL_RATE) else { return Err(not_this(source)) };
    if named.is_none() && options.frame_rate.is_none() {
        report.push(Diagnostic::new(codes::FRAME_RATE_ASSUMED, Location::FILE).with("rate", rate.to_string()));
    }
    let mut track = Track { frame_rate: Some(rate), resolution: rate.frames(1), ..Track::default() };
    track.cues = numbered::cues(source, lines, CURLY, |frame| frame_start(frame, rate), styled, report);
    if track.cues.is_empty() && named.is_none() && !text.trim().is_empty() {
        return Err(not_this(source));
    }
    Ok(track)
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
    out.marks = all.into();
    out
}

fn not_this(source: &Source) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{} is not MicroDVD: no line has two frames in it", source.name()))
        .with_remedy("a cue is a line such as `{25}{50}text`")
        .with_chinese(format!("{} 不是 MicroDVD：没有一行带有两个帧号（{ID}）", source.name()))
        .with_chinese_remedy("每条字幕是 `{25}{50}文字` 这样的一行")
}
