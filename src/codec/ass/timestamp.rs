//! `H:MM:SS.cc`.

use crate::codec::clock::two;
use crate::time::{FLICKS_PER_SECOND, Round, Time, TimeDelta};

/// Flicks in a centisecond.
const UNIT: i64 = FLICKS_PER_SECOND / 100;

/// Most digits of one number: hours to the bound of [`Time`], nanoseconds.
const MOST_DIGITS: usize = 9;

/// A time that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) time: Time,
    /// It is spelled as we write it.
    pub(super) usual: bool,
    /// Other software may read another time from this spelling.
    pub(super) odd: bool,
}

/// Reads a time. Taken besides the usual spelling: hours of several digits, a sign, `:` or `,` before the fraction, any number of
/// digits in it. They are read as the decimal fraction that they look like; renderers that take them for a count of
/// centiseconds disagree unless there are two, so that is noted.
pub(super) fn read(text: &str) -> Option<Stamp> {
    if let Some(time) = usual(text.as_bytes()) {
        return Some(Stamp { time, usual: true, odd: false });
    }
    let (negative, rest) = text.trim().strip_prefix('-').map_or((false, text.trim()), |rest| (true, rest));
    let mut parts = rest.splitn(3, ':');
    let (hours, minutes, rest) = (number(parts.next()?)?, number(parts.next()?)?, parts.next()?);
    let (seconds, fraction) = rest.split_once(['.', ',', ':']).unwrap_or((rest, ""));
    let (seconds, share) = (number(seconds)?, decimal(fraction)?);
    let whole = hours.saturating_mul(3600).saturating_add(minutes.saturating_mul(60)).saturating_add(seconds);
    let time = Time::from_seconds(whole) + share;
    let time = if negative { Time::ZERO - (time - Time::ZERO) } else { time };
    let mut written = Vec::new();
    push(&mut written, nearest(time).units);
    let odd = fraction.len() != 2 || minutes > 59 || seconds > 59 || negative;
    Some(Stamp { time, usual: written == text.as_bytes(), odd })
}

/// `H:MM:SS.cc` by its places, with one or two digits of hours.
fn usual(text: &[u8]) -> Option<Time> {
    let (tens, text) = match text {
        [tens @ b'1'..=b'9', rest @ ..] if text.len() == 11 => (*tens, rest),
        _ => (b'0', text),
    };
    let [h, b':', m1, m2, b':', s1, s2, b'.', c1, c2] = *text.first_chunk::<10>()? else { return None };
    let digits = [h, m1, m2, s1, s2, c1, c2];
    if text.len() != 10 || m1 > b'5' || s1 > b'5' || digits.iter().fold(false, |bad, b| bad | !b.is_ascii_digit()) {
        return None;
    }
    let n = |b: u8| i64::from(b.wrapping_sub(b'0'));
    #[expect(clippy::arithmetic_side_effects, reason = "eight decimal digits make at most 36,000,000")]
    let units =
        (((n(tens) * 10 + n(h)) * 60 + n(m1) * 10 + n(m2)) * 60 + n(s1) * 10 + n(s2)) * 100 + n(c1) * 10 + n(c2);
    Some(Time::from_flicks(units.saturating_mul(UNIT)))
}

fn number(text: &str) -> Option<i64> {
    let text = text.trim();
    let fits = (1..=MOST_DIGITS).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if fits { text.parse().ok() } else { None }
}

/// The decimal fraction `0.digits` of a second.
fn decimal(digits: &str) -> Option<TimeDelta> {
    if digits.is_empty() {
        return Some(TimeDelta::ZERO);
    }
    TimeDelta::from_units(number(digits)?, 10u32.checked_pow(u32::try_from(digits.len()).ok()?)?)
}

/// A time in whole centiseconds from zero on, and what that changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    pub(super) units: u64,
    /// It was between two centiseconds.
    pub(super) rounded: bool,
    /// It was before zero.
    pub(super) clamped: bool,
}

/// The nearest that can be written.
pub(super) fn nearest(time: Time) -> Written {
    let units = time.to_units(100, Round::Nearest);
    Written { units: u64::try_from(units).unwrap_or(0), rounded: time.flicks() % UNIT != 0, clamped: time < Time::ZERO }
}

/// The time of so many centiseconds.
pub(super) fn time_of(units: u64) -> Time {
    Time::from_flicks(i64::try_from(units).unwrap_or(i64::MAX).saturating_mul(UNIT))
}

/// Writes centiseconds.
pub(super) fn push(out: &mut Vec<u8>, units: u64) {
    let (seconds, cents) = (units / 100, units % 100);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    if hours < 10 {
        let [_, digit] = two(hours);
        out.push(digit);
    } else {
        out.extend_from_slice(hours.to_string().as_bytes());
    }
    let ([m1, m2], [s1, s2], [c1, c2]) = (two(minutes), two(seconds), two(cents));
    out.extend_from_slice(&[b':', m1, m2, b':', s1, s2, b'.', c1, c2]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn millis(text: &str) -> Option<(i64, bool, bool)> {
        read(text).map(|stamp| (stamp.time.to_millis(Round::Nearest), stamp.usual, stamp.odd))
    }

    #[test]
    fn the_spellings_of_a_time() {
        for (text, millis_, usual, odd) in [
            ("0:00:01.50", 1500, true, false),
            ("99:59:59.99", 359_999_990, true, false),
            ("09:00:00.00", 32_400_000, false, false),
            ("10:00:01.50", 36_001_500, true, false),
            ("00:00:01.50", 1500, false, false),
            ("0:00:01.5", 1500, false, true),
            ("0:00:01.500", 1500, false, true),
            ("0:00:01.505", 1505, false, true),
            ("0:00:01:50", 1500, false, false),
            ("0:00:01", 1000, false, true),
            ("0:00:75.00", 75_000, false, true),
            ("-0:00:01.50", -1500, false, true),
            (" 0:00:01.50 ", 1500, false, false),
        ] {
            assert_eq!(millis(text), Some((millis_, usual, odd)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time() {
        for text in ["", "1", "0:01.50", "0:00:1x.00", "a:bb:cc.dd", "1234567890:00:00.00", "0:00:01.0000000000"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_written_time_reads_back(units in 0u64..360_000_000_000) {
            let mut out = Vec::new();
            push(&mut out, units);
            let stamp = read(std::str::from_utf8(&out).unwrap()).unwrap();
            prop_assert_eq!(stamp, Stamp { time: time_of(units), usual: true, odd: false });
            prop_assert_eq!(nearest(stamp.time), Written { units, rounded: false, clamped: false });
        }
    }
}
