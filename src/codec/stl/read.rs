//! Reading: blocks to cues.

use super::head::{self, Head, LENGTH};
use super::letter::Table;
use super::text::{self, Field};
use crate::codec::ReadOptions;
use crate::codec::plain::frame_start;
use crate::diag::codes::parse;
use crate::diag::{Diagnostic, Location, Report, Value};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Align, Cue, Line, Note, Placement, Track};
use crate::source::{Source, Span};
use crate::time::{FrameRate, Time, TimeRange, Timecode};

/// Bytes of a block of text and timing (Tech 3264 §4.2).
const BLOCK: usize = 128;
/// Where the text begins in it (TF).
const TEXT: usize = 16;
/// The last block of a subtitle, and blocks of user data (EBN).
const LAST: u8 = 0xFF;
const USER_DATA: u8 = 0xFE;
/// The rate of Europe, where these files are made.
const USUAL_RATE: Option<FrameRate> = FrameRate::new(25, 1);
/// Rows from the edge of the screen in which a subtitle is at the bottom (an eighth, where rows are fine), or at the top.
const NEAR_BOTTOM: u8 = 3;
const NEAR_TOP: u8 = 2;

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
    if !head.others.is_empty() {
        say(parse::STL_NOT_KEPT, "fields", head.others.join(", ").into());
    }
    let mut reader = Reader::new(rate, table, head.rows);
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
}

struct Reader {
    rate: FrameRate,
    table: Table,
    /// Of the screen.
    rows: u8,
    open: Option<Open>,
    /// Cues without times, and the frames at which they come and go.
    cues: Vec<(Cue, u64, u64)>,
    notes: Vec<Note>,
    unknown: u64,
    cumulative: u64,
    user_data: u64,
}

impl Reader {
    fn new(rate: FrameRate, table: Table, rows: u8) -> Self {
        let (cues, notes) = (Vec::new(), Vec::new());
        Self { rate, table, rows, open: None, cues, notes, unknown: 0, cumulative: 0, user_data: 0 }
    }

    fn block(&mut self, block: &[u8; BLOCK], at: usize, report: &mut Report) {
        let [_, low, high, extension, ..] = *block;
        if extension == USER_DATA {
            self.user_data = self.user_data.saturating_add(1);
            return;
        }
        let number = u16::from_le_bytes([low, high]);
        if self.open.as_ref().is_some_and(|open| open.number != number) {
            self.close(report);
        }
        let open = self.open.get_or_insert_with(|| Open { number, at, block: *block, text: Vec::new() });
        open.text.extend_from_slice(block.get(TEXT..).unwrap_or_default());
        if extension == LAST {
            self.close(report);
        }
    }

    /// The subtitle is complete.
    fn close(&mut self, report: &mut Report) {
        let Some(Open { number, at, block, text }) = self.open.take() else { return };
        let [_, _, _, _, cumulative, h1, m1, s1, f1, h2, m2, s2, f2, row, justification, comment, ..] = block;
        let Field { text, unknown, rows } = text::read(&text, self.table);
        self.unknown = self.unknown.saturating_add(unknown);
        if comment == 1 {
            let before = u32::try_from(self.cues.len()).unwrap_or(u32::MAX);
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
        let place = at..at.saturating_add(BLOCK);
        let (Some(start), Some(end)) = (frame([h1, m1, s1, f1]), frame([h2, m2, s2, f2])) else {
            let bad = Diagnostic::new(parse::STL_BAD_TIME, Location::span(place));
            return report.push(bad.with("number", u32::from(number)));
        };
        self.cumulative = self.cumulative.saturating_add(u64::from(cumulative != 0));
        let mut cue = Cue::new(TimeRange::default(), text);
        cue.placement = self.placement(row, rows, justification).map(Box::new);
        cue.origin = Some(Span::new(place));
        self.cues.push((cue, start, end));
    }

    /// The row of the first line (VP) and the justification (JC), as a placement.
    fn placement(&self, row: u8, rows: u8, justification: u8) -> Option<Placement> {
        let past = row.saturating_add(rows);
        let line = if past > self.rows.saturating_sub(NEAR_BOTTOM.max(self.rows / 8)) {
            Line::Auto
        } else if row <= NEAR_TOP {
            Line::Number(0)
        } else {
            // Rows fill the picture; the first is 0 or 1.
            let share = i64::from(row).saturating_mul(100_000).checked_div(i64::from(self.rows));
            Line::Percent(share.unwrap_or(0).min(100_000))
        };
        let align = match justification {
            1 => Align::Left,
            3 => Align::Right,
            _ => Align::Center,
        };
        let placement = Placement { line, align, ..Placement::default() };
        (placement != Placement::default()).then_some(placement)
    }

    fn track(mut self, head: Head, report: &mut Report) -> Track {
        self.close(report);
        for (code, count) in [
            (parse::STL_NO_CHARACTER, self.unknown),
            (parse::STL_CUMULATIVE, self.cumulative),
            (parse::STL_USER_DATA, self.user_data),
        ] {
            if count > 0 {
                report.push(Diagnostic::new(code, Location::FILE).with("count", count));
            }
        }
        let rate = self.rate;
        let start = self.start(head.start, report);
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
        track
    }

    /// When the programme starts: as the file says, else the whole hour at or before the first subtitle.
    fn start(&self, said: Option<Timecode>, report: &mut Report) -> Option<Timecode> {
        let said = said.filter(|code| *code != Timecode::default() && code.frame(self.rate).is_some());
        let first = self.cues.iter().map(|(_, start, _)| *start).min()?;
        let guessed = || {
            let Timecode { hours, .. } = Timecode::of_frame(first, self.rate, false);
            let code = Timecode { hours, ..Timecode::default() };
            if hours > 0 {
                let guess = Diagnostic::new(parse::STL_START_GUESSED, Location::FILE);
                report.push(guess.with("code", code.to_string()));
            }
            (hours > 0).then_some(code)
        };
        said.or_else(guessed)
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
