//! Reading: lines of a time code and words.

use super::decode::{CHANNELS, Caption, Decoder, Met, Tuner, codes};
use super::{CLOCK_RATE, ID, NON_DROP, RATE, ROWS, SIGNATURE, start_of};
use crate::codec::ReadOptions;
use crate::codec::plain::{frame_start, shorten};
use crate::diag::codes::parse;
use crate::diag::{Code, Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Extra, Track};
use crate::source::{Source, Span, place_of};
use crate::time::{FrameRate, Time, TimeRange, Timecode};
use cea608_types::tables::Code as Word;
use std::ops::Range;

/// How long a caption is shown that nothing ends, in frames: three seconds.
const ENDLESS: u64 = 90;
/// A time code counts a day (SMPTE ST 12-1 §5.1); one hour more for what begins before midnight.
const HOURS: u32 = 24;

pub(super) fn probe(text: &str) -> u8 {
    if text.trim_start().starts_with(SIGNATURE) { u8::MAX } else { 0 }
}

pub(super) fn read(source: &Source, options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let Some(rate) = rate(options, report) else { return Err(not_this(source)) };
    let text = source.text();
    let lines: Vec<Line<'_>> = lines(text, rate, report);
    if lines.is_empty() && !text.trim_start().starts_with(SIGNATURE) && !text.trim().is_empty() {
        return Err(not_this(source));
    }
    let channel = channel(&lines);
    let mut decoder = Decoder::new(channel);
    feed(&lines, &mut decoder, report);
    let endless = decoder.finish(ENDLESS);
    notice(&decoder, channel, report);
    let drop = lines.first().is_none_or(|line| line.drop);
    let track = track(decoder.captions, rate, drop);
    if let Some(cue) = track.cues.last().filter(|_| endless) {
        report.push(Diagnostic::new(parse::END_ASSUMED, Location::FILE).with("end", cue.range.end));
    }
    Ok(track)
}

/// The rate: that of line 21, or the clock's if that is asked for.
fn rate(options: &ReadOptions, report: &mut Report) -> Option<FrameRate> {
    let asked = options.frame_rate.filter(|asked| Some(*asked) != RATE);
    if let Some(other) = asked.filter(|asked| Some(*asked) != CLOCK_RATE) {
        let lost = Diagnostic::new(parse::SCC_RATE, Location::FILE);
        report.push(lost.with("rate", other.to_string()));
        return RATE;
    }
    asked.or(RATE)
}

/// A line: the frame of its first word, and its words.
pub(super) struct Line<'a> {
    pub(super) frame: u64,
    pub(super) drop: bool,
    /// Where its time code stands in the file.
    pub(super) code: Range<usize>,
    /// Where its words do.
    at: usize,
    words: &'a str,
}

impl<'a> Line<'a> {
    /// Its words with their places; `None` for what is no word.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, Option<[u8; 2]>)> + use<'a> {
        let (all, at) = (self.words, self.at);
        all.split([' ', '\t'])
            .filter(|word| !word.is_empty())
            .map(move |word| (at.saturating_add(place(all, word).start), bytes(word)))
    }
}

/// Four hexadecimal digits.
fn bytes(word: &str) -> Option<[u8; 2]> {
    let hex = word.len() == 4 && word.bytes().all(|b| b.is_ascii_hexdigit());
    hex.then(|| u16::from_str_radix(word, 16).ok()).flatten().map(u16::to_be_bytes)
}

fn place(text: &str, part: &str) -> Range<usize> {
    place_of(text, part).unwrap_or_default()
}

pub(super) fn lines<'a>(text: &'a str, rate: FrameRate, report: &mut Report) -> Vec<Line<'a>> {
    let mut lines = Vec::new();
    for line in text.split(['\n', '\r']) {
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(SIGNATURE) {
            continue;
        }
        let here = Location::span(place(text, line));
        let (written, words) = trimmed.split_once([' ', '\t']).unwrap_or((trimmed, ""));
        let Some(code) = Timecode::parse(written).filter(|code| code.hours <= HOURS) else {
            report.push_with(parse::BAD_LINE, here, |bad| bad.with("text", shorten(trimmed)));
            continue;
        };
        // On the clock no numbers are dropped.
        let code = Timecode { drop: code.drop && Some(rate) != CLOCK_RATE, ..code };
        // A number that is dropped means the first that is not.
        let next = Timecode { frames: 2, ..code };
        let frame = code.frame(rate).or_else(|| {
            report.push_with(parse::SCC_BAD_CODE, here, |bad| bad.with("code", code.to_string()));
            if code.drop && code.frames < 2 { next.frame(rate) } else { None }
        });
        let Some(frame) = frame else { continue };
        let (drop, at) = (code.drop, place(text, words).start);
        lines.push(Line { frame, drop, code: place(text, written), at, words });
    }
    lines
}

/// CC1 if it has anything, else the first that has.
fn channel(lines: &[Line<'_>]) -> usize {
    let mut found = [false; CHANNELS];
    let mut tuner = Tuner::default();
    for (_, word) in lines.iter().flat_map(Line::words) {
        let Some([Word::Control(control), _]) = word.map(codes) else { continue };
        if let Some(found) = found.get_mut(tuner.tune(&control)) {
            *found = true;
        }
    }
    found.iter().position(|found| *found).unwrap_or(0)
}

fn feed(lines: &[Line<'_>], decoder: &mut Decoder, report: &mut Report) {
    let (mut next, mut overrun, mut bad) = (0u64, Met::default(), Met::default());
    for line in lines {
        if line.frame < next {
            overrun.add(line.at);
        }
        let mut frame = line.frame;
        for (at, word) in line.words() {
            match word {
                Some(word) => decoder.word(word, frame, at),
                None => bad.add(at),
            }
            frame = frame.saturating_add(1);
        }
        next = frame;
    }
    say(parse::SCC_OVERRUN, overrun, report);
    say(parse::SCC_BAD_WORD, bad, report);
}

fn say(code: Code, met: Met, report: &mut Report) {
    if met.count > 0 {
        let place = Location::span(met.at..met.at.saturating_add(4));
        report.push(Diagnostic::new(code, place).with("count", met.count));
    }
}

fn notice(decoder: &Decoder, channel: usize, report: &mut Report) {
    let noticed = &decoder.noticed;
    let number = channel.saturating_add(1);
    if channel > 0 {
        report.push(Diagnostic::new(parse::SCC_CHANNEL, Location::FILE).with("channel", number));
    }
    say(parse::SCC_PARITY, noticed.parity, report);
    say(parse::SCC_UNKNOWN, noticed.unknown, report);
    say(parse::SCC_OVERLONG, noticed.overlong, report);
    say(parse::SCC_ROLL_UP, noticed.roll_up, report);
    say(parse::SCC_TEXT_MODE, noticed.text_mode, report);
    say(parse::SCC_OTHER_CHANNELS, noticed.other_channels, report);
}

fn track(captions: Vec<Caption>, rate: FrameRate, drop: bool) -> Track {
    let first = captions.iter().map(|caption| caption.start).min();
    let start_timecode = first.and_then(|first| start_of(first, rate, drop));
    let zero = start_timecode.and_then(|code| code.frame(rate)).unwrap_or(0);
    let mut track = Track { frame_rate: Some(rate), start_timecode, resolution: rate.frames(1), ..Track::default() };
    if !drop && start_timecode.is_none() && first.is_some() {
        track.extras.push(Extra { format: ID, key: NON_DROP, value: String::new() });
    }
    let time = |frame: u64| -> Time { frame_start(frame.saturating_sub(zero), rate) };
    track.cues.reserve_exact(captions.len());
    for Caption { start, end, at, text, placement, rows } in captions {
        let mut cue = Cue::new(TimeRange::new(time(start), time(end)), text);
        cue.placement = placement.map(Box::new);
        cue.extras = rows.map(|value| Extra { format: ID, key: ROWS, value }).into_iter().collect();
        cue.origin = Some(Span::new(at..at.saturating_add(4)));
        track.cues.push(cue);
    }
    track
}

fn not_this(source: &Source) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{} is not SCC: no line has a time code and words", source.name()))
        .with_remedy("the first line is `Scenarist_SCC V1.0`, others are such as `00:00:01;00` and words of four hexadecimal digits")
        .with_chinese(format!("{} 不是 SCC：没有一行带有时间码和数据字", source.name()))
        .with_chinese_remedy("第一行是 `Scenarist_SCC V1.0`，其余各行是 `00:00:01;00` 这样的时间码和四位十六进制字")
}
