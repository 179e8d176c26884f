//! Lines with times.

use crate::codec::srt::lines::BLANK;
use crate::time::{Time, TimeRange};
use std::fmt::Write as _;

/// `00:00:41.00,00:00:44.40`; `None` for another line.
pub(super) fn timing(line: &str) -> Option<TimeRange> {
    let line = line.trim_matches(BLANK);
    // Nothing longer is one, and a text of commas costs no more than its size.
    if line.len() > 48 || !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let halves =
        line.match_indices(',').filter_map(|(at, _)| Some((line.get(..at)?, line.get(at.saturating_add(1)..)?)));
    halves.into_iter().find_map(|(start, end)| Some(TimeRange::new(time(start)?, time(end)?)))
}

/// `h:mm:ss`, then hundredths behind a point, a comma or a colon.
fn time(text: &str) -> Option<Time> {
    let mut parts = text.trim_matches([' ', '\t']).splitn(3, ':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let (seconds, fraction) = seconds.split_once(['.', ',', ':'])?;
    let number = |digits: &str, most: usize| {
        let fits = (1..=most).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| digits.parse::<i64>().ok()).flatten()
    };
    let millis = number(&format!("{fraction:0<3}"), 3)?;
    // Nine digits: no hour of any file comes near.
    clock(number(hours, 9)?, number(minutes, 2)?, number(seconds, 2)?, millis)
}

fn clock(hours: i64, minutes: i64, seconds: i64, millis: i64) -> Option<Time> {
    let minutes = hours.checked_mul(60)?.checked_add(minutes)?;
    let seconds = minutes.checked_mul(60)?.checked_add(seconds)?;
    Some(Time::from_millis(seconds.checked_mul(1000)?.checked_add(millis)?))
}

/// `[00:00:41]`, as version 1 has it.
pub(super) fn instant(line: &str) -> Option<Time> {
    let inside = line.trim_matches(BLANK).strip_prefix('[')?.strip_suffix(']')?;
    let mut parts = inside.split(':').map(|part| {
        let fits = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| part.parse::<i64>().ok()).flatten()
    });
    let time = clock(parts.next()??, parts.next()??, parts.next()??, 0);
    time.filter(|_| parts.next().is_none())
}

/// Appends `00:00:41.00`; hours grow as needed.
pub(super) fn push(out: &mut String, hundredths: u64) {
    let (seconds, fraction) = (hundredths / 100, hundredths % 100);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    // Writing to a string cannot fail.
    let _ = write!(out, "{hours:02}:{minutes:02}:{seconds:02}.{fraction:02}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_programs_write_them() {
        for (line, start, end) in [
            ("00:00:41.00,00:00:44.40", 41_000, 44_400),
            (" 0:00:01.5,0:00:02.25 ", 1_500, 2_250),
            ("00:00:01:05,00:00:02:00", 1_050, 2_000),
            ("00:00:01,05,00:00:02,00", 1_050, 2_000),
            ("100:00:00.00,100:00:00.125", 360_000_000, 360_000_125),
        ] {
            let range = TimeRange::new(Time::from_millis(start), Time::from_millis(end));
            assert_eq!(timing(line), Some(range), "{line}");
        }
        for line in ["", "00:00:41.00", "00:00:41,00:00:44", "0:0:0.0000,0:0:1.0", "[00:00:01]", &"1,".repeat(1000)] {
            assert_eq!(timing(line), None, "{line}");
        }
        assert_eq!(instant("[00:02:14]"), Some(Time::from_seconds(134)));
        for line in ["[00:02]", "[a:0:0]", "[0:0:0:0]", "00:02:14", "[BEGIN]"] {
            assert_eq!(instant(line), None, "{line}");
        }
    }
}
