//! The program stream (ISO/IEC 13818-1 §2.5): where each picture begins, of which stream, at what time.

use super::choice::{self, Choice};
use super::fence::{self, Dates};
use super::{DATE, Picture, TICK, cues, say_no_end};
use crate::codec::ReadOptions;
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Track;
use crate::source::{Source, Span};
use crate::time::{Time, TimeDelta};
use memchr::memmem;
use std::collections::BTreeMap;

/// The start code of a pack.
const PACK: &[u8] = &[0, 0, 1, 0xBA];
/// The start code of private stream 1, which holds the pictures.
const PRIVATE: &[u8] = &[0, 0, 1, 0xBD];
/// Streams of pictures among what is private (DVD-Video): 32 of them.
const FIRST_STREAM: u8 = 0x20;
const LAST_STREAM: u8 = 0x3F;

/// It begins with a pack of MPEG-2, and the first thing in it is a picture. A film may begin so, too: the name must also say it.
pub(super) fn probe(bytes: &[u8]) -> u8 {
    let version = bytes.get(4).is_some_and(|b| b >> 6 == 1);
    if bytes.starts_with(PACK) && version && begin(bytes).is_some() { 100 } else { 0 }
}

/// Where a picture begins.
struct Begin {
    stream: u8,
    /// Its time stamp, in ticks.
    ticks: i64,
}

impl Begin {
    /// The number of its track, as an index counts.
    fn track(&self) -> u32 {
        u32::from(self.stream.saturating_sub(FIRST_STREAM))
    }
}

/// What begins in this pack, if its first packet is one of pictures and has a time stamp.
fn begin(pack: &[u8]) -> Option<Begin> {
    let stuffing = usize::from(pack.get(13)? & 7);
    let packet = pack.get(14usize.checked_add(stuffing)?..)?;
    let [0, 0, 1, 0xBD, _, _, _, flags, length, rest @ ..] = packet else { return None };
    let [a, b, c, d, e, ..] = *rest else { return None };
    let stream = *rest.get(usize::from(*length))?;
    if flags >> 7 == 0 || *length < 5 || !(FIRST_STREAM..=LAST_STREAM).contains(&stream) {
        return None;
    }
    // 3, 15 and 15 bits, each with a marker after it.
    let [a, b, c, d, e] = [a, b, c, d, e].map(i64::from);
    let ticks = (a >> 1 & 7) << 30 | b << 22 | (c >> 1) << 15 | d << 7 | e >> 1;
    Some(Begin { stream, ticks })
}

/// A picture in the stream.
struct Found {
    at: usize,
    begin: Begin,
}

fn pictures(bytes: &[u8]) -> impl Iterator<Item = Found> {
    memmem::find_iter(bytes, PACK).filter_map(|at| Some(Found { at, begin: begin(bytes.get(at..)?)? }))
}

/// When a picture comes, and when it goes if it says so, counted from its time stamp.
pub(super) type Shown = (TimeDelta, Option<TimeDelta>);

/// Asks the picture whose packs these are. `room` is used again.
pub(super) fn shown(packs: &[u8], room: &mut Vec<u8>) -> Option<Shown> {
    // Nothing to take apart.
    memmem::find(packs.get(..64)?, PRIVATE)?;
    let stamp = begin(packs)?.ticks.checked_div(90)?;
    let Dates { start, end } = fence::dates(packs, room)?;
    // Dates came as tens of milliseconds, cut: they are whole numbers.
    let date = |millis: i64| millis.saturating_sub(stamp).saturating_add(5).div_euclid(10);
    let time = |millis: i64| TimeDelta::from_flicks(date(millis).saturating_mul(DATE));
    Some((time(start), end.map(time)))
}

pub(super) fn read(source: &Source, options: &ReadOptions, report: &mut Report) -> Result<Track> {
    let bytes = source.bytes();
    if probe(bytes) == 0 {
        return Err(not_this(source));
    }
    let found: Vec<Found> = pictures(bytes).collect();
    let all = tracks(&found);
    let chosen = choice::choose(&all, None, options, report)?.and_then(|at| all.get(at)).map(|choice| choice.number);
    let ends = found.iter().skip(1).map(|next| next.at).chain([bytes.len()]);
    let (mut own, mut room, mut endless) = (Vec::new(), Vec::new(), 0u64);
    for (Found { at, begin }, end) in found.iter().zip(ends).filter(|(found, _)| Some(found.begin.track()) == chosen) {
        let stamp = Time::ZERO + TimeDelta::from_flicks(begin.ticks.saturating_mul(TICK));
        let shown = shown(bytes.get(*at..end).unwrap_or_default(), &mut room);
        let (start, end) = shown.unwrap_or_default();
        endless = endless.saturating_add(u64::from(end.is_none()));
        own.push(Picture {
            start: stamp + start,
            end: end.map(|end| stamp + end),
            place: format!("{at:09x}"),
            origin: Some(Span::new(*at..at.saturating_add(PACK.len()))),
        });
    }
    say_no_end(endless, report);
    Ok(Track { resolution: TimeDelta::from_flicks(TICK), cues: cues(own, report), ..Track::default() })
}

/// The tracks of a stream, by number. What language they are the stream does not say.
fn tracks(found: &[Found]) -> Vec<Choice<'static>> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for Found { begin, .. } in found {
        let count = counts.entry(begin.track()).or_default();
        *count = count.saturating_add(1);
    }
    counts.into_iter().map(|(number, count)| Choice { number, id: "", count }).collect()
}

fn not_this(source: &Source) -> Error {
    Error::new(
        ErrorKind::Unreadable,
        format!("{} is no VobSub file: it does not begin with a pack of pictures", source.name()),
    )
    .with_remedy("a `.sub` of a DVD begins with the bytes 00 00 01 BA; other `.sub` files are text")
    .with_chinese(format!("{} 不是 VobSub 文件：开头不是图像数据包", source.name()))
    .with_chinese_remedy("DVD 的 `.sub` 文件以字节 00 00 01 BA 开头；其他 `.sub` 是文本")
}
