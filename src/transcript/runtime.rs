//! How long the media is, where the article says so.

use super::hint;
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::model::Runtime;
use crate::time::{Time, TimeDelta};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What introduces a running time, up to the number. Bold marks may stand around the colon.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let words = "(?:视频|影片|音频|節目|节目|播放|正片)?(?:时长|時長|长度|長度)|片长|片長|全长|全長\
                 |running time|run ?time|\\bduration|total time|\\blength";
    Regex::new(&format!(r"(?i)(?:{words})[\s*_]*(?:[:：]|约|約|为|為|共|is\b)?[\s*_]*")).ok()
});

/// ISO 8601 durations stand for themselves, wherever they are.
static ISO: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\bPT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,5})(?:\.\d+)?S)?\b").ok());

/// More figures than any number of seconds has.
const MAX_FIGURES: usize = 12;

/// Units of a written length, longest spelling first, with their seconds.
static UNITS: &[(&str, i64)] = &[
    ("个半小时", 3600),
    ("個半小時", 3600),
    ("个半钟头", 3600),
    ("个钟头", 3600),
    ("个小时", 3600),
    ("個小時", 3600),
    ("小时", 3600),
    ("小時", 3600),
    ("hours", 3600),
    ("hour", 3600),
    ("hrs", 3600),
    ("hr", 3600),
    ("h", 3600),
    ("分钟", 60),
    ("分鐘", 60),
    ("分", 60),
    ("minutes", 60),
    ("minute", 60),
    ("mins", 60),
    ("min", 60),
    ("m", 60),
    ("秒钟", 1),
    ("秒", 1),
    ("seconds", 1),
    ("second", 1),
    ("secs", 1),
    ("sec", 1),
    ("s", 1),
    ("′", 60),
    ("″", 1),
    ("'", 60),
    ("\"", 1),
];

/// The first running time in a line that nobody says, with its place in `text`.
pub(super) fn find(text: &str) -> Option<(TimeDelta, Range<usize>)> {
    named(text).or_else(|| iso(text)).or_else(|| dated(text))
}

/// Behind a date, as meeting recorders write it: `2023年5月12日 上午10:02|23分钟45秒`, `May 12, 2023 10:02AM • 23:45`.
fn dated(text: &str) -> Option<(TimeDelta, Range<usize>)> {
    let (date, value) = text.rsplit_once(['|', '｜', '•', '·'])?;
    let value = value.trim();
    let (length, rest) = length(value).filter(|_| value.len() < 40)?;
    let end = text.trim_end().len();
    // `2023-05-12 · 10:02` is a time of day.
    let clock = |text: &str| text.contains([':', '：']);
    (rest.is_empty() && (clock(date) || !clock(value)) && super::credit::is_date(date.trim()))
        .then(|| (length, end.saturating_sub(value.len())..end))
}

fn named(text: &str) -> Option<(TimeDelta, Range<usize>)> {
    NAMED.as_ref()?.find_iter(text).find_map(|found| {
        let value = text.get(found.end()..)?;
        let (length, rest) = length(value)?;
        Some((length, found.start()..text.len().saturating_sub(rest.len())))
    })
}

fn iso(text: &str) -> Option<(TimeDelta, Range<usize>)> {
    let found = ISO.as_ref()?.captures(text)?;
    let part = |index: usize| found.get(index).and_then(|m| m.as_str().parse::<i64>().ok()).unwrap_or(0);
    let minutes = part(1).saturating_mul(60).saturating_add(part(2));
    let seconds = minutes.saturating_mul(60).saturating_add(part(3));
    (seconds > 0).then(|| (TimeDelta::from_seconds(seconds), found.get(0).map(|m| m.range()).unwrap_or_default()))
}

/// A length at the start of `text`, and what follows it: `5分59秒`, `1h 02m`, `5:59`, `PT5M59S`.
fn length(text: &str) -> Option<(TimeDelta, &str)> {
    if let Some((length, range)) = iso(text).filter(|(_, range)| range.start == 0) {
        return Some((length, text.get(range.end..)?));
    }
    if let Some(((time, _), rest)) = hint::clock(text) {
        return Some((time - Time::ZERO, rest)).filter(|(length, _)| *length > TimeDelta::ZERO);
    }
    let (mut total, mut rest, mut unit) = (0i64, text, i64::MAX);
    while let Some((seconds, after, smaller)) = quantity(next_quantity(rest)).filter(|(_, _, next)| *next < unit) {
        total = total.saturating_add(seconds);
        (rest, unit) = (after, smaller);
        // 一个半小时 has its half in front (`UNITS`), 五分半 behind.
        if let Some(after) = rest.trim_start().strip_prefix('半') {
            total = total.saturating_add(unit / 2);
            rest = after.strip_prefix(['钟', '鐘']).unwrap_or(after);
            break;
        }
    }
    (total > 0).then(|| (TimeDelta::from_seconds(total), rest))
}

fn next_quantity(rest: &str) -> &str {
    let rest = rest.trim_start();
    rest.strip_prefix("and ").or_else(|| rest.strip_prefix(", ")).unwrap_or(rest)
}

/// A number with its unit: how many seconds, what follows, and the seconds of the unit.
fn quantity(text: &str) -> Option<(i64, &str, i64)> {
    let (number, rest) = numeral(text).or_else(|| han_numeral(text))?;
    let rest = rest.trim_start();
    let lower = rest.chars().take(8).collect::<String>().to_ascii_lowercase();
    let (unit, seconds) = UNITS.iter().find(|(unit, _)| lower.starts_with(unit))?;
    let after = rest.get(unit.len()..)?;
    // `5 months` is not five minutes.
    if unit.is_ascii() && after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    Some((
        number.saturating_mul(*seconds).saturating_add(if unit.contains('半') { seconds / 2 } else { 0 }),
        after,
        *seconds,
    ))
}

/// A number in figures, of half or of full width.
fn numeral(text: &str) -> Option<(i64, &str)> {
    let rest = text.trim_start_matches(|c: char| hint::digit(c).is_some());
    let figures = text.strip_suffix(rest).filter(|figures| !figures.is_empty())?;
    let digits = figures.chars().take(MAX_FIGURES).filter_map(hint::digit);
    let number = digits.fold(0i64, |sum, digit| sum.saturating_mul(10).saturating_add(digit));
    (number < 100_000).then_some((number, rest))
}

/// 五十九, 一百二十, 两, 半: numbers up to some hundreds, written in Chinese.
fn han_numeral(text: &str) -> Option<(i64, &str)> {
    let (mut total, mut pending, mut rest) = (0i64, None::<i64>, text);
    while let Some(c) = rest.chars().next().filter(|c| "零〇一二两兩三四五六七八九十百".contains(*c)) {
        match c {
            '百' => total = total.saturating_add(pending.take().unwrap_or(1).saturating_mul(100)),
            '十' => total = total.saturating_add(pending.take().unwrap_or(1).saturating_mul(10)),
            '两' | '兩' => pending = Some(2),
            '〇' => pending = Some(0),
            _ => pending = "零一二三四五六七八九".chars().zip(0..).find(|(digit, _)| *digit == c).map(|(_, n)| n),
        }
        rest = super::skip_char(rest);
        if total > 10_000 {
            return None;
        }
    }
    (rest.len() < text.len()).then(|| (total.saturating_add(pending.unwrap_or(0)), rest))
}

/// Takes over what `line` says about the running time. The first one counts; another one that disagrees is reported.
pub(super) fn note(line: &str, at: usize, runtime: &mut Option<Runtime>, report: &mut Report) {
    let Some((length, range)) = find(line) else { return };
    let text = line.get(range.clone()).unwrap_or_default();
    let Some(known) = runtime else {
        *runtime = Some(Runtime { length, text: text.to_owned() });
        return;
    };
    if known.length != length {
        let place = Location::span(at.saturating_add(range.start)..at.saturating_add(range.end));
        let diagnostic = Diagnostic::new(codes::transcript::RUNTIME_DISAGREES, place);
        report.push(diagnostic.with("first", known.text.as_str()).with("second", text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_times_are_read_in_their_usual_spellings() {
        for (text, seconds) in [
            ("视频时长:5分59秒", 359),
            ("时长：1小时2分", 3720),
            ("片長約90分鐘", 5400),
            ("Duration: 5:59", 359),
            ("**Duration:** 1:00:05", 3605),
            ("Running time: 1h 02m", 3720),
            ("Run time 12 minutes 5 seconds", 725),
            ("Length: PT1H5S", 3605),
            ("meta PT5M59S end", 359),
            ("时长：０５：５９", 359),
            ("时长：５分５９秒", 359),
            ("视频时长：五分五十九秒", 359),
            ("片长：一小时二十分钟", 4800),
            ("片长一百零五分钟", 6300),
            ("时长：一个半小时", 5400),
            ("时长：五分半", 330),
            ("时长约两个小时", 7200),
            ("Length: 1 hr 2 min", 3720),
            ("Running time: 1 hour and 5 minutes", 3900),
            ("2023年5月12日 上午10:02|23分钟45秒", 1425),
            ("Fri, May 12, 2023 10:02AM • 23:45", 1425),
        ] {
            assert_eq!(find(text).map(|(length, _)| length), Some(TimeDelta::from_seconds(seconds)), "{text}");
        }
        for text in [
            "视频时长",
            "Duration: long",
            "length of 5 months",
            "PT",
            "a 5:59 train",
            "时长：0秒",
            "时长：很长",
            "春天 | 5:59",
            "2023-05-12 · 10:02",
            "时长：十之八九",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
