//! Reading: blocks to cues.

use super::head::{self, DSC, Head, LENGTH, MNR};
use super::kept::Raw;
use super::letter::Table;
use super::plan::{self, Plan};
use super::text::{self, Field};
use super::user::{Place, UserData};
use super::{BLOCK, CUMULATIVE, GROUP, ID, LAST, TEXT, USER_DATA, place, start_of, write};
use crate::codec::ReadOptions;
use crate::codec::plain::frame_start;
use crate::diag::codes::parse;
use crate::diag::{Diagnostic, Location, Report, Value};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Cue, Extra, Note, Track};
use crate::source::{Source, Span};
use crate::time::{FrameRate, Time, TimeRange, Timecode};

/// The rate of Europe, where these files are made.
const USUAL_RATE: Option<FrameRate> = FrameRate::new(25, 1);
pub(super) fn read(source: &Source, options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let bytes = source.bytes();
    let (Some(block), true) = (bytes.get(..LENGTH), head::probe(bytes) > 0) else { return Err(not_this(source)) };
    let head = Head::read(block);
    let known = options.frame_rate.or(head.rate);
    let Some(rate) = known.or(USUAL_RATE) else { return Err(not_this(source)) };
    let mut say = |code, name, value: Value| report.push(Diagnostic::new(code, Location::FILE).with(name, value));
    if known.is_none() {
        say(parse::FRAME_RATE_ASSUMED, "rate", rate.to_string().into());
    }
    let table = head.table.as_ref().copied().unwrap_or_else(|code| {
        say(parse::STL_TABLE_ASSUMED, "table", code.as_str().into());
        Table::Latin
    });
    let said = |name: &str| head.others.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    let teletext = said(DSC).is_some_and(plan::is_teletext);
    let mut reader = Reader::new(rate, table, plan::rows(teletext, said(MNR)));
    let blocks = bytes.get(LENGTH..).unwrap_or_default();
    let count = blocks.len() / BLOCK;
    for (i, block) in blocks.chunks(BLOCK).enumerate() {
        let at = LENGTH.saturating_add(i.saturating_mul(BLOCK));
        match block.first_chunk() {
            Some(block) => reader.block(block, at, report),
            None => report.push(Diagnostic::new(parse::STL_TRUNCATED, Location::span(at..bytes.len()))),
        }
    }
    if let Some(said) = head.blocks.filter(|said| *said != count) {
        report.push(Diagnostic::new(parse::STL_COUNT, Location::FILE).with("said", said).with("count", count));
    }
    Ok(reader.track(head, report))
}

/// A subtitle of which more blocks may follow.
struct Open {
    number: u16,
    /// Where in the file.
    at: usize,
    /// Its first block.
    block: [u8; BLOCK],
    text: Vec<u8>,
    /// How many blocks it has so far.
    parts: usize,
    /// Blocks of user data between them, and after how many.
    user: Vec<(usize, [u8; BLOCK])>,
}

struct Reader {
    rate: FrameRate,
    table: Table,
    /// Of the screen.
    rows: u8,
    open: Option<Open>,
    /// Cues without times, and the frames at which they come and go.
    cues: Vec<(Cue, u64, u64)>,
    /// What each was read from.
    fields: Vec<Raw>,
    notes: Vec<Note>,
    /// The number of the last cue.
    last: Option<u16>,
    /// User data after the last cue.
    after: Vec<Extra>,
    /// Blocks of user data that wait for the next cue.
    waiting: Vec<[u8; BLOCK]>,
    /// Of comments: the group, cumulative status and time codes; whether the text has looks.
    comments: Vec<([u8; 10], bool)>,
    unknown: u64,
    cumulative: u64,
}

impl Reader {
    fn new(rate: FrameRate, table: Table, rows: u8) -> Self {
        Self {
            rate,
            table,
            rows,
            open: None,
            cues: Vec::new(),
            fields: Vec::new(),
            notes: Vec::new(),
            last: None,
            after: Vec::new(),
            waiting: Vec::new(),
            comments: Vec::new(),
            unknown: 0,
            cumulative: 0,
        }
    }

    fn block(&mut self, block: &[u8; BLOCK], at: usize, report: &mut Report) {
        let [_, low, high, extension, ..] = *block;
        let number = u16::from_le_bytes([low, high]);
        if extension == USER_DATA {
            return self.user_data(block, number);
        }
        if self.open.as_ref().is_some_and(|open| open.number != number) {
            self.close(report);
        }
        let first = || Open { number, at, block: *block, text: Vec::new(), parts: 0, user: Vec::new() };
        let open = self.open.get_or_insert_with(first);
        open.parts = open.parts.saturating_add(1);
        open.text.extend_from_slice(block.get(TEXT..).unwrap_or_default());
        if extension == LAST {
            self.close(report);
        }
    }

    /// A block of user data.
    fn user_data(&mut self, block: &[u8; BLOCK], number: u16) {
        match &mut self.open {
            Some(open) if open.number == number => open.user.push((open.parts, *block)),
            None if self.last == Some(number) => self.after.push(UserData::new(block, number).of_cue(Place::After)),
            _ => self.waiting.push(*block),
        }
    }

    /// No more user data of the last cue comes.
    fn close_user_data(&mut self) {
        if let Some((cue, ..)) = self.cues.last_mut().filter(|_| !self.after.is_empty()) {
            let extras = std::mem::take(&mut cue.extras).into_iter();
            cue.extras = extras.chain(self.after.drain(..)).collect();
        }
    }

    /// The subtitle is complete.
    fn close(&mut self, report: &mut Report) {
        let Some(Open { number, at, block, text: bytes, parts, user }) = self.open.take() else { return };
        let [group, _, _, _, cumulative, h1, m1, s1, f1, h2, m2, s2, f2, row, justification, comment, ..] = block;
        let Field { text, unknown, rows } = text::read(&bytes, self.table);
        self.unknown = self.unknown.saturating_add(unknown);
        if comment == 1 {
            let before = u32::try_from(self.cues.len()).unwrap_or(u32::MAX);
            self.waiting.extend(user.into_iter().map(|(_, block)| block));
            self.comments.push(([group, cumulative, h1, m1, s1, f1, h2, m2, s2, f2], !text.marks.is_empty()));
            return self.notes.push(Note { before, text: text.plain });
        }
        let frame = |[hours, minutes, seconds, frames]: [u8; 4]| {
            let code = Timecode {
                hours: hours.into(),
                minutes: minutes.into(),
                seconds: seconds.into(),
                frames: frames.into(),
                drop: false,
            };
            code.frame(self.rate).filter(|_| hours < 24 && minutes < 60 && seconds < 60)
        };
        let (Some(start), Some(end)) = (frame([h1, m1, s1, f1]), frame([h2, m2, s2, f2])) else {
            self.waiting.extend(user.into_iter().map(|(_, block)| block));
            let bad = Diagnostic::new(parse::STL_BAD_TIME, Location::span(at..at.saturating_add(BLOCK)));
            return report.push(bad.with("number", u32::from(number)));
        };
        self.cumulative = self.cumulative.saturating_add(u64::from(cumulative != 0));
        let mut cue = Cue::new(TimeRange::default(), text);
        cue.placement = place::placement(row, rows, justification, self.rows).map(Box::new);
        let numbers = [(CUMULATIVE, cumulative), (GROUP, group)].into_iter().filter(|(_, number)| *number > 0);
        let numbers = numbers.map(|(key, number)| Extra { format: ID, key, value: number.to_string() });
        let before = self.waiting.drain(..).map(|block| UserData::new(&block, number).of_cue(Place::Before));
        let inside = user.iter().map(|(after, block)| {
            let place = if *after >= parts { None } else { u8::try_from(*after).ok() };
            UserData::new(block, number).of_cue(place.map_or(Place::After, Place::Inside))
        });
        cue.extras = numbers.chain(before).chain(inside).collect();
        self.close_user_data();
        self.last = Some(number);
        cue.origin = Some(Span::new(at..at.saturating_add(BLOCK)));
        self.fields.push(Raw::new(row, justification, &bytes));
        self.cues.push((cue, start, end));
    }

    fn track(mut self, head: Head, report: &mut Report) -> Track {
        self.close(report);
        self.close_user_data();
        let rate = self.rate;
        let first = self.cues.iter().map(|(_, start, _)| *start).min();
        let start = start_of(head.start, first, rate);
        let comments = self.changed_comments(start);
        for (code, count) in [
            (parse::STL_NO_CHARACTER, self.unknown),
            (parse::STL_CUMULATIVE, self.cumulative),
            (parse::STL_COMMENT, comments),
        ] {
            if count > 0 {
                report.push(Diagnostic::new(code, Location::FILE).with("count", count));
            }
        }
        if let Some(code) = start.filter(|_| start_of(head.start, Some(0), rate).is_none()) {
            report.push(Diagnostic::new(parse::STL_START_GUESSED, Location::FILE).with("code", code.to_string()));
        }
        let zero = start.and_then(|code| code.frame(rate)).unwrap_or(0);
        let mut track = Track {
            lang: head.lang,
            resolution: rate.frames(1),
            frame_rate: Some(rate),
            start_timecode: start,
            header: Some(head.title).filter(|title| !title.is_empty()),
            notes: self.notes,
            ..Track::default()
        };
        let time = |frame: u64| -> Time { frame_start(frame, rate) - (frame_start(zero, rate) - Time::ZERO) };
        track.cues.extend(self.cues.into_iter().map(|(mut cue, start, end)| {
            cue.range = TimeRange::new(time(start), time(end));
            cue
        }));
        let user: Vec<Extra> = self.waiting.iter().map(|block| UserData::new(block, 0).of_track()).collect();
        keep(&mut track, head.others, &self.fields, user);
        track
    }

    /// How many comments have more to them than their text; we write them at the programme's start.
    fn changed_comments(&self, start: Option<Timecode>) -> u64 {
        let Timecode { hours, minutes, seconds, frames, drop: _ } = start.unwrap_or_default();
        let [h, m, s, f] = [hours, minutes, seconds, frames].map(|n| u8::try_from(n).unwrap_or(0));
        let usual = [0, 0, h, m, s, f, h, m, s, f];
        self.comments.iter().filter(|(said, looks)| *looks || *said != usual).fold(0, |n, _| n.saturating_add(1))
    }
}

/// Keeps what the writer would not write by itself.
fn keep(track: &mut Track, others: Vec<(&'static str, String)>, fields: &[Raw], user: Vec<Extra>) {
    let usual = plan::default_display(track.cues.iter().map(|cue| &cue.text));
    let others = others.into_iter().filter(|(name, value)| *name != DSC || value != usual);
    track.extras = others.map(|(key, value)| Extra { format: ID, key, value }).chain(user).collect();
    let Some(plan) = Plan::of(track) else { return };
    let kept = write::kept(&track.cues, fields, &plan);
    for (cue, field) in track.cues.iter_mut().zip(kept) {
        cue.extras = field.into_iter().chain(std::mem::take(&mut cue.extras)).collect();
    }
}

fn not_this(source: &Source) -> Error {
    Error::new(
        ErrorKind::Unreadable,
        format!("{} is not EBU STL: it does not begin with a general block", source.name()),
    )
    .with_remedy("bytes 3 to 10 of such a file are `STL25.01` or `STL30.01`, and 1024 bytes come before the subtitles")
    .with_chinese(format!("{} 不是 EBU STL：开头没有通用信息块", source.name()))
    .with_chinese_remedy("这种文件的第 3 至 10 字节是 `STL25.01` 或 `STL30.01`，字幕之前有 1024 字节")
}
