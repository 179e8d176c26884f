//! Timing lines: `00:00:01,000 --> 00:00:02,500`, and the ways real files spell them.

use super::lines::BLANK;
use crate::codec::clock;
use crate::time::{Time, TimeDelta, TimeRange};
use std::ops::Range;

/// A timing line, read.
pub(super) struct Timing<'a> {
    /// The times in it.
    pub(super) range: TimeRange,
    /// What stands after them, trimmed: `X1:100 X2:200 Y1:300 Y2:400`.
    pub(super) after: &'a str,
    /// Other software may read another time from this spelling.
    pub(super) odd: bool,
}

/// Reads a timing line. Taken besides the usual spelling (whose mess each is, is said where it is taken): white space or
/// a stray byte order mark before it, none or any around the arrow, text after the times.
pub(super) fn timing(line: &str) -> Option<Timing<'_>> {
    if let Some((range, after)) = usual(line) {
        return Some(Timing { range, after, odd: false });
    }
    let (start, rest) = timestamp(trim_start(line))?;
    // SubRip itself needs one space on each side; hand-made and OCR files have none, several, or tabs.
    let rest = trim_start(trim_start(rest).strip_prefix("-->")?);
    let (end, after) = timestamp(rest)?;
    if !(after.is_empty() || after.starts_with([' ', '\t'])) {
        return None;
    }
    let range = TimeRange::new(start.time, end.time);
    Some(Timing { range, after: after.trim_matches(BLANK), odd: start.odd || end.odd })
}

/// Where the two times of a timing line stand in it.
pub(super) fn places(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let place = |at: &str, rest: &str| line.len().saturating_sub(at.len())..line.len().saturating_sub(rest.len());
    let start = trim_start(line);
    let (_, rest) = timestamp(start)?;
    let end = trim_start(trim_start(rest).strip_prefix("-->")?);
    let (_, after) = timestamp(end)?;
    Some((place(start, rest), place(end, after)))
}

/// The time of a text that holds nothing else.
pub(super) fn time(text: &str) -> Option<Time> {
    timestamp(text).filter(|(_, rest)| rest.is_empty()).map(|(stamp, _)| stamp.time)
}

/// A line that was meant as a timing line, whether or not it can be read: an arrow after something that begins as a time
/// does. The writer keeps such a line out of the text.
pub(super) fn looks_like_timing(line: &str) -> bool {
    let line = trim_start(line);
    let line = line.strip_prefix('-').unwrap_or(line);
    line.starts_with(|c: char| c.is_ascii_digit()) && line.contains("-->")
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(BLANK)
}

/// The usual spelling, `00:00:01,000 --> 00:00:02,500`, by its fixed places.
fn usual(line: &str) -> Option<(TimeRange, &str)> {
    let bytes = line.as_bytes().first_chunk::<29>()?;
    let (start, rest) = bytes.split_first_chunk::<12>()?;
    let (arrow, end) = rest.split_first_chunk::<5>()?;
    if arrow != b" --> " {
        return None;
    }
    let after = line.get(29..)?;
    if !(after.is_empty() || after.starts_with([' ', '\t'])) {
        return None;
    }
    let range = TimeRange::new(usual_time(start)?, usual_time(end.first_chunk()?)?);
    Some((range, after.trim_matches(BLANK)))
}

/// `00:00:01,000`, or with a point (files converted from WebVTT and by ffmpeg's users).
fn usual_time(text: &[u8; 12]) -> Option<Time> {
    let (millis, point) = clock::read(text)?;
    matches!(point, b',' | b'.').then(|| Time::from_millis(millis))
}

struct Timestamp {
    time: Time,
    odd: bool,
}

/// Most digits of one number of a timestamp: hours to the bound of [`Time`], nanoseconds.
const MOST_DIGITS: usize = 9;

/// Reads a timestamp at the start of `text` and returns what follows it. Taken:
/// * hours of one digit (`0:00:01,000`: YouTube downloaders), of more than two, or none (`00:01.000`: WebVTT renamed);
/// * `.` or `:` before the fraction (OCR; old DVD rippers), or no fraction at all (caption websites);
/// * one or two digits of fraction, read as the decimal fraction that they look like: `,5` is half a second. Tools that
///   drop trailing zeros mean that; players that read the number as milliseconds (5 ms) disagree, so it is noted;
/// * more than three digits (speech recognisers): kept exactly;
/// * minutes and seconds over 59 (hand-shifted files): added up, noted;
/// * a minus sign before all of it or before one number (`00:00:-03,000`; files shifted too far): a negative time.
fn timestamp(text: &str) -> Option<(Timestamp, &str)> {
    let (negative, mut rest) = minus(text);
    let mut minus_inside = false;
    let mut numbers: [&str; 4] = [""; 4];
    let mut count = 0usize;
    for slot in &mut numbers {
        (*slot, rest) = digits(rest)?;
        count = count.saturating_add(1);
        match rest.strip_prefix(':') {
            Some(more) if minus(more).1.starts_with(|c: char| c.is_ascii_digit()) => {
                minus_inside |= minus(more).0;
                rest = minus(more).1;
            }
            _ => break,
        }
    }
    let mut fraction = "";
    if let Some(more) = rest.strip_prefix([',', '.']) {
        rest = more;
        let (minus, more) = minus(more);
        if let Some(found) = digits(more) {
            (fraction, rest) = found;
            minus_inside |= minus;
        }
    }
    let [a, b, c, d] = numbers;
    let (hours, minutes, seconds, fraction) = match count {
        4 if fraction.is_empty() => (a, b, c, d),
        3 if fraction.is_empty() && c.len() == 3 => ("", a, b, c),
        3 => (a, b, c, fraction),
        2 => ("", a, b, fraction),
        _ => return None,
    };
    let (m, s) = (number(minutes)?, number(seconds)?);
    let whole = number(hours)?.saturating_mul(3600).saturating_add(m.saturating_mul(60)).saturating_add(s);
    let time = Time::from_seconds(whole) + decimal(fraction)?;
    let time = if negative || minus_inside { Time::ZERO - (time - Time::ZERO) } else { time };
    let odd = minus_inside || m > 59 || s > 59 || matches!(fraction.len(), 1 | 2);
    Some((Timestamp { time, odd }, rest))
}

/// Whether a minus sign stands at the start, and what follows it.
fn minus(text: &str) -> (bool, &str) {
    text.strip_prefix('-').map_or((false, text), |rest| (true, rest))
}

/// The digits at the start, at least one and at most [`MOST_DIGITS`], and what follows them.
fn digits(text: &str) -> Option<(&str, &str)> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=MOST_DIGITS).contains(&end).then(|| text.split_at_checked(end)).flatten()
}

fn number(digits: &str) -> Option<i64> {
    if digits.is_empty() { Some(0) } else { digits.parse().ok() }
}

/// The decimal fraction `0.digits` of a second.
fn decimal(digits: &str) -> Option<TimeDelta> {
    let per_second = 10u32.checked_pow(u32::try_from(digits.len()).ok()?)?;
    TimeDelta::from_units(number(digits)?, per_second)
}

/// Appends `HH:MM:SS,mmm`; hours grow as needed.
pub(super) fn push_time(out: &mut Vec<u8>, millis: u64) {
    let hours = millis / 3_600_000;
    if hours > 99 {
        push_number(out, hours / 100);
    }
    out.extend_from_slice(&clock::write(millis, b','));
}

/// Appends a number in decimal digits.
pub(super) fn push_number(out: &mut Vec<u8>, number: u64) {
    let mut digits = [b'0'; 20];
    let mut rest = number;
    let mut used = 0usize;
    for digit in digits.iter_mut().rev() {
        [_, *digit] = clock::two(rest % 10);
        rest /= 10;
        used = used.saturating_add(1);
        if rest == 0 {
            break;
        }
    }
    out.extend_from_slice(digits.get(digits.len().saturating_sub(used)..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Round;
    use proptest::prelude::*;

    fn start_millis(text: &str) -> Option<i64> {
        timing(&format!("{text} --> 99:00:00,000")).map(|t| t.range.start.to_millis(Round::Nearest))
    }

    #[test]
    fn the_spellings_of_a_time() {
        for (text, millis) in [
            ("00:00:01,500", 1500),
            ("00:00:01.500", 1500),
            ("00:00:01:500", 1500),
            ("0:00:01,500", 1500),
            ("100:00:01,500", 360_001_500),
            ("00:01,500", 1500),
            ("00:01:500", 1500),
            ("00:00:01", 1000),
            ("00:00:01,", 1000),
            ("00:00:01,5", 1500),
            ("00:00:01,05", 1050),
            ("00:00:01,5004", 1500),
            ("00:00:75,000", 75_000),
            ("-00:00:01,500", -1500),
            ("00:00:-01,500", -1500),
            ("00:00:01,-500", -1500),
            (" \u{FEFF}00:00:01,500", 1500),
        ] {
            assert_eq!(start_millis(text), Some(millis), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in ["", "1", "00:00:01,500x", "00:--:01", "00:00:00:00:01", "1234567890:00:00,000", "ab:cd:ef,ghi"] {
            assert_eq!(start_millis(text), None, "{text}");
        }
        assert!(timing("00:00:01,-->00:00:02,").is_some());
        assert!(timing("00:00:01,000 -> 00:00:02,000").is_none());
        assert!(timing("00:00:01,000 --> 00:00:02,000x").is_none());
        assert!(looks_like_timing("00:00:0l,000 --> 00:00:02,000"));
        assert!(!looks_like_timing("see --> there"));
    }

    #[test]
    fn odd_spellings_are_marked() {
        for (line, odd) in [
            ("00:00:01,5 --> 00:00:02,000", true),
            ("00:00:01,500 --> 00:61:02,000", true),
            ("0:00:01.500-->0:00:02", false),
        ] {
            assert_eq!(timing(line).unwrap().odd, odd, "{line}");
        }
    }

    proptest! {
        #[test]
        fn a_written_time_reads_back(millis in 0u64..3_600_000_000_000) {
            let mut line = Vec::new();
            push_time(&mut line, millis);
            let text = String::from_utf8(line).unwrap();
            prop_assert_eq!(start_millis(&text), Some(i64::try_from(millis).unwrap()));
        }

        #[test]
        fn the_fast_path_agrees_with_the_full_one(line in "[0-9]{2}:[0-7][0-9]:[0-7][0-9][,.:][0-9]{3} --> 00:00:0[0-9],[0-9]{3}( X1:2)?") {
            if let Some((range, after)) = usual(&line) {
                let (start, rest) = timestamp(&line).unwrap();
                let (end, rest) = timestamp(rest.strip_prefix(" --> ").unwrap()).unwrap();
                prop_assert_eq!(TimeRange::new(start.time, end.time), range);
                prop_assert_eq!(rest.trim(), after);
            }
        }
    }
}
