//! Timing lines: `0:00:01.000,0:00:02.000`.

use crate::codec::clock;
use crate::codec::native::decimal;
use crate::codec::srt::lines::BLANK;
use crate::time::{FLICKS_PER_SECOND, Time, TimeRange};
use std::ops::Range;

/// Reads a timing line; `None` if it is none.
pub(super) fn timing(line: &str) -> Option<TimeRange> {
    let line = line.trim_matches(BLANK);
    if !line.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        return None;
    }
    let (start, end) = line.split_once(',')?;
    Some(TimeRange::new(time(start.trim_matches([' ', '\t']))?, time(end.trim_matches([' ', '\t']))?))
}

/// Where the two times of a timing line stand in it.
pub(super) fn places(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let (start, end) = line.split_once(',')?;
    let place = |from: usize, text: &str| {
        let inner = text.trim_matches(BLANK);
        let from = from.saturating_add(text.len().saturating_sub(text.trim_start_matches(BLANK).len()));
        from..from.saturating_add(inner.len())
    };
    Some((place(0, start), place(start.len().saturating_add(1), end)))
}

/// Of digits and marks as a timing line is, whether or not it can be read.
pub(super) fn looks_like_timing(line: &str) -> bool {
    let line = line.trim_matches(BLANK);
    line.contains(',')
        && line.contains(':')
        && line.bytes().all(|b| matches!(b, b'0'..=b'9' | b':' | b'.' | b',' | b'-' | b' ' | b'\t'))
}

/// `[[h:]m:]s[.fraction]`, exactly; at least one colon, and nothing bounds the hours.
pub(super) fn time(text: &str) -> Option<Time> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (before, seconds) = text.rsplit_once(':')?;
    let mut units = 0i64;
    for part in before.split(':') {
        // Nine digits: no hour of any file comes near.
        if part.is_empty() || part.len() > 9 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        units = units.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    if before.split(':').count() > 2 || !seconds.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return None;
    }
    let flicks = decimal::parse(seconds.trim_end_matches('.'), FLICKS_PER_SECOND)?;
    let flicks = units.checked_mul(60)?.checked_mul(FLICKS_PER_SECOND)?.checked_add(flicks)?;
    Some(Time::from_flicks(if negative { flicks.saturating_neg() } else { flicks }))
}

/// Appends `h:mm:ss.mmm`; hours grow as needed.
pub(super) fn push_time(out: &mut Vec<u8>, millis: u64) {
    let clock = clock::write(millis, b'.');
    out.extend_from_slice((millis / 3_600_000).to_string().as_bytes());
    out.extend_from_slice(clock.get(2..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_exact() {
        let start = |text: &str| timing(&format!("{text},9:00:00.000")).map(|range| range.start);
        for (text, time) in [
            ("0:00:01.500", Time::from_millis(1_500)),
            ("00:00:01.5", Time::from_millis(1_500)),
            ("1:30.250", Time::from_millis(90_250)),
            ("100:00:00", Time::from_seconds(360_000)),
            ("-0:00:01.000", Time::from_millis(-1_000)),
        ] {
            assert_eq!(start(text), Some(time), "{text}");
            let mut out = Vec::new();
            push_time(&mut out, u64::try_from(time.to_millis(crate::time::Round::Nearest)).unwrap_or(0));
            assert!(start(std::str::from_utf8(&out).unwrap()).is_some());
        }
        for text in ["", "1", "1.5", "0:00:01;500", "a:00:01", "1:2:3:4", "0:00:1.2.3", "9999999999:00:00"] {
            assert_eq!(start(text), None, "{text}");
        }
    }
}
