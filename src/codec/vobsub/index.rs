//! The index: lines of `name: value`; after `id:` the pictures of a language.

use super::choice::{self, Choice};
use super::stream::{self, Shown};
use super::{Picture, codes, cues, fence, say_no_end};
use crate::codec::ReadOptions;
use crate::codec::plain::shorten;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::LangTag;
use crate::model::Track;
use crate::source::{Source, Span};
use crate::time::{Time, TimeDelta};

/// How the first line begins.
const SIGNATURE: &str = "# VobSub index file";
/// Digits of a place in a file: more are none.
const MOST_DIGITS: usize = 12;

pub(super) fn probe(text: &str) -> u8 {
    let begins = |line: &str| line.trim_start_matches('\u{FEFF}').trim_start().starts_with(SIGNATURE);
    if text.lines().next().is_some_and(begins) {
        return u8::MAX;
    }
    // Without its first line it is known by others, in vain as often as not.
    let mut lines = text.lines().take(200);
    if lines.any(|line| line.starts_with("timestamp:") && line.contains("filepos:")) { 150 } else { 0 }
}

/// The pictures of a language.
struct Language {
    /// `en`, `--`.
    id: String,
    /// Its number among the streams.
    index: u32,
    entries: Vec<Entry>,
}

/// When a picture comes, and where it stands in the other file.
struct Entry {
    start: Time,
    place: Option<usize>,
    spelled: String,
    origin: Option<Span>,
}

pub(super) fn read(
    source: &Source,
    pictures: Option<&[u8]>,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<Track> {
    if probe(source.text()) == 0 {
        return Err(not_this(source));
    }
    let Lines { mut languages, named, .. } = Lines::of(source, report);
    let all: Vec<Choice> = languages.iter().map(Language::choice).collect();
    let Some(at) = choice::choose(&all, named, options, report)? else {
        return Ok(Track { resolution: TimeDelta::from_millis(1), ..Track::default() });
    };
    // Where each picture of any language begins, an earlier one ends.
    let mut places: Vec<usize> = languages.iter().flat_map(|l| &l.entries).filter_map(|entry| entry.place).collect();
    places.sort_unstable();
    let language = languages.swap_remove(at);
    let own = match pictures {
        Some(bytes) => ended(language.entries, bytes, &places, report),
        None => {
            report.push(Diagnostic::new(codes::NO_PICTURES, Location::FILE));
            language.entries.into_iter().map(|entry| entry.until(None)).collect()
        }
    };
    let lang = LangTag::parse(&language.id);
    Ok(Track { lang, resolution: TimeDelta::from_millis(1), cues: cues(own, report), ..Track::default() })
}

impl Language {
    fn choice(&self) -> Choice<'_> {
        Choice { number: self.index, id: &self.id, count: self.entries.len() }
    }
}

impl Entry {
    fn until(self, end: Option<Time>) -> Picture {
        let Self { start, place: _, spelled, origin } = self;
        Picture { start, end, place: spelled, origin }
    }
}

/// Asks each picture how long it stands.
fn ended(entries: Vec<Entry>, bytes: &[u8], places: &[usize], report: &mut Report) -> Vec<Picture> {
    let (mut room, mut endless) = (Vec::new(), 0u64);
    let mut last: Option<(usize, Option<Shown>)> = None;
    let mut picture = |mut entry: Entry| {
        let shown = match (entry.place, last) {
            // Of many lines for one place the picture is taken apart once.
            (Some(place), Some((before, shown))) if place == before => shown,
            // Nor does it go back and forth: places grow.
            (Some(place), before) if before.is_none_or(|(before, _)| place > before) => {
                let next = places.get(places.partition_point(|other| *other <= place)).copied();
                let end = next.unwrap_or(bytes.len()).min(bytes.len());
                let shown = stream::shown(bytes.get(place..end).unwrap_or_default(), &mut room);
                last = Some((place, shown));
                shown
            }
            _ => None,
        };
        let (start, end) = shown.unwrap_or_default();
        endless = endless.saturating_add(u64::from(end.is_none()));
        let end = end.map(|end| entry.start + end);
        entry.start += start;
        entry.until(end)
    };
    let pictures = entries.into_iter().map(&mut picture).collect();
    say_no_end(endless, report);
    pictures
}

#[derive(Default)]
struct Lines {
    languages: Vec<Language>,
    /// The number that `langidx` names.
    named: Option<u32>,
    /// What `delay:` added so far in this language.
    delay: TimeDelta,
}

impl Lines {
    fn of(source: &Source, report: &mut Report) -> Self {
        let mut lines = Self::default();
        for line in source.text().split(['\n', '\r']) {
            let at = Location { span: source.span_of(line), ..Location::FILE };
            lines.line(line.trim_matches(['\u{FEFF}', ' ', '\t']), at, report);
        }
        lines
    }

    fn line(&mut self, line: &str, at: Location, report: &mut Report) {
        let Some((name, value)) = line.split_once(':').filter(|_| !line.starts_with('#')) else { return };
        let value = value.trim();
        let mut bad = |code| report.push_with(code, at, |bad| bad.with("text", shorten(line)));
        match name.trim_end() {
            "id" => {
                let id = value.split(',').next().unwrap_or_default().trim().to_owned();
                let number = value.split_once("index:").and_then(|(_, number)| number.trim().parse().ok());
                let count = u32::try_from(self.languages.len()).unwrap_or(u32::MAX);
                self.languages.push(Language { id, index: number.unwrap_or(count), entries: Vec::new() });
                self.delay = TimeDelta::ZERO;
            }
            "langidx" => self.named = value.parse().ok(),
            "delay" => match signed(value) {
                Some(delay) => self.delay += delay,
                None => bad(codes::BAD_DELAY),
            },
            "time offset" if value.bytes().any(|b| matches!(b, b'1'..=b'9')) => {
                report.push(Diagnostic::new(codes::TIME_OFFSET, at).with("text", shorten(value)));
            }
            "timestamp" => match self.entry(value, at.span) {
                Some(entry) => self.add(entry),
                None => bad(codes::BAD_TIME),
            },
            _ => {}
        }
    }

    /// Adds to the language that is being listed; to one without a name if the file names none.
    fn add(&mut self, entry: Entry) {
        match self.languages.last_mut() {
            Some(language) => language.entries.push(entry),
            None => self.languages.push(Language { id: String::new(), index: 0, entries: vec![entry] }),
        }
    }

    /// `00:00:01:101, filepos: 000001000`.
    fn entry(&self, value: &str, origin: Option<Span>) -> Option<Entry> {
        let (time, rest) = value.split_once(',').unwrap_or((value, ""));
        let start = Time::ZERO + signed(time.trim())? + self.delay;
        let spelled = rest.split_once("filepos:").map_or("", |(_, place)| place.trim());
        let digits = (1..=MOST_DIGITS).contains(&spelled.len()).then_some(spelled);
        let place = digits.and_then(|digits| usize::from_str_radix(digits, 16).ok());
        Some(Entry { start, place, spelled: shorten(spelled), origin })
    }
}

/// A time with or without a sign.
fn signed(text: &str) -> Option<TimeDelta> {
    let millis = fence::millis(text.trim_start_matches(['+', '-']).trim_start())?;
    Some(TimeDelta::from_millis(if text.starts_with('-') { millis.saturating_neg() } else { millis }))
}

fn not_this(source: &Source) -> Error {
    Error::new(
        ErrorKind::Unreadable,
        format!("{} is no VobSub index: no line says when a picture comes", source.name()),
    )
    .with_remedy(
        "it begins with `# VobSub index file`, and has lines such as `timestamp: 00:00:01:000, filepos: 000000000`",
    )
    .with_chinese(format!("{} 不是 VobSub 索引：没有一行说明图像何时出现", source.name()))
    .with_chinese_remedy(
        "索引以 `# VobSub index file` 开头，并含有 `timestamp: 00:00:01:000, filepos: 000000000` 这样的行",
    )
}
