//! Timestamps: WebVTT §6.3 "collect a WebVTT timestamp", and their writing.

use crate::codec::clock;
use crate::time::{FLICKS_PER_SECOND, Time, TimeRange};
use std::ops::Range;

const FLICKS_PER_MILLI: i64 = FLICKS_PER_SECOND / 1000;

/// The last millisecond that a [`Time`] holds: what is later becomes this.
pub(super) const LATEST: Time = Time::from_millis(Time::MAX.flicks() / FLICKS_PER_MILLI);

/// From here on a timestamp needs hours.
pub(super) const HOUR: Time = Time::from_seconds(3600);

/// Bytes of `00:00:00.000 --> 00:00:00.000`.
const USUAL_LENGTH: usize = 29;

/// A place in a line that is read character by character.
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { bytes: text.as_bytes(), at: 0 }
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    fn at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn is(&self, byte: u8) -> bool {
        self.bytes.get(self.at) == Some(&byte)
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        self.is(byte).then(|| self.at = self.at.saturating_add(1))
    }

    fn skip_whitespace(&mut self) {
        while self.bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at = self.at.saturating_add(1);
        }
    }

    /// A run of digits: how many, and their value (saturating).
    fn digits(&mut self) -> (usize, u64) {
        let (start, mut value) = (self.at, 0u64);
        while let Some(digit) = self.bytes.get(self.at).filter(|b| b.is_ascii_digit()) {
            value = value.saturating_mul(10).saturating_add(u64::from(digit.wrapping_sub(b'0')));
            self.at = self.at.saturating_add(1);
        }
        (self.at.saturating_sub(start), value)
    }

    fn exactly(&mut self, count: usize) -> Option<u64> {
        let (digits, value) = self.digits();
        (digits == count).then_some(value)
    }

    /// Collects a timestamp. Hours have any number of digits and may be left out; no time is later than [`LATEST`].
    pub(super) fn timestamp(&mut self) -> Option<Time> {
        let (count, first) = self.digits();
        if count == 0 {
            return None;
        }
        let hours_expected = count != 2 || first > 59;
        self.take(b':')?;
        let second = self.exactly(2)?;
        let (hours, minutes, seconds) = if hours_expected || self.is(b':') {
            self.take(b':')?;
            (first, second, self.exactly(2)?)
        } else {
            (0, first, second)
        };
        self.take(b'.')?;
        let millis = self.exactly(3)?;
        if minutes > 59 || seconds > 59 {
            return None;
        }
        let total = hours
            .saturating_mul(3_600_000)
            .saturating_add(minutes.saturating_mul(60_000))
            .saturating_add(seconds.saturating_mul(1000))
            .saturating_add(millis);
        Some(Time::from_millis(i64::try_from(total).unwrap_or(i64::MAX)).min(LATEST))
    }

    /// Collects `start --> end`; what follows are settings.
    pub(super) fn timings(&mut self) -> Option<TimeRange> {
        if let Some(range) = self.usual_timings() {
            return Some(range);
        }
        self.skip_whitespace();
        let start = self.timestamp()?;
        self.skip_whitespace();
        self.take(b'-')?;
        self.take(b'-')?;
        self.take(b'>')?;
        self.skip_whitespace();
        Some(TimeRange::new(start, self.timestamp()?))
    }
}

impl Cursor<'_> {
    /// What was read as `times` has hours only where there are any.
    pub(super) fn is_bare(&self, times: TimeRange) -> bool {
        let hours = [times.start, times.end].into_iter().filter(|time| *time >= HOUR).count();
        // The usual spelling has hours in any case.
        let colons = || self.bytes.get(..self.at).unwrap_or_default().iter().filter(|b| **b == b':').count();
        hours == 2 || (self.at != USUAL_LENGTH && colons() == hours.saturating_add(2))
    }

    /// The usual spelling, `00:00:01.000 --> 00:00:02.500`, by its fixed places.
    fn usual_timings(&mut self) -> Option<TimeRange> {
        let (line, after) = self.bytes.split_first_chunk::<USUAL_LENGTH>()?;
        let (start, rest) = line.split_first_chunk::<12>()?;
        let (arrow, end) = rest.split_first_chunk::<5>()?;
        let ((start, b'.'), (end, b'.')) = (clock::read(start)?, clock::read(end.first_chunk()?)?) else { return None };
        if arrow != b" --> " || after.first().is_some_and(u8::is_ascii_digit) {
            return None;
        }
        self.at = line.len();
        Some(TimeRange::new(Time::from_millis(start), Time::from_millis(end)))
    }
}

/// Where the two times of a timing line stand in it.
pub(super) fn places(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let mut cursor = Cursor::new(line);
    cursor.skip_whitespace();
    let start = cursor.position();
    cursor.timestamp()?;
    let start = start..cursor.position();
    cursor.skip_whitespace();
    b"-->".iter().try_for_each(|byte| cursor.take(*byte))?;
    cursor.skip_whitespace();
    let end = cursor.position();
    cursor.timestamp()?;
    Some((start, end..cursor.position()))
}

/// A timestamp that fills the whole of `text`, as inside `<…>`.
pub(super) fn whole(text: &str) -> Option<Time> {
    let mut cursor = Cursor::new(text);
    let time = cursor.timestamp()?;
    cursor.at_end().then_some(time)
}

/// The nearest millisecond that can be written (never negative), and whether it is the time itself.
pub(super) fn millis(time: Time) -> (u64, bool) {
    // Same as `to_millis(Round::Nearest)`, without 128-bit arithmetic: times are bounded to ±2⁶², so nothing overflows.
    let shifted = time.flicks().saturating_add(FLICKS_PER_MILLI / 2);
    let nearest = shifted.div_euclid(FLICKS_PER_MILLI);
    let millis = u64::try_from(nearest).unwrap_or(0);
    (millis, i64::try_from(millis).is_ok_and(|ms| ms.saturating_mul(FLICKS_PER_MILLI) == time.flicks()))
}

/// Writes `MM:SS.mmm` below an hour, and `HH:MM:SS.mmm` from there on.
pub(super) fn push_bare(out: &mut String, millis: u64) {
    let start = out.len();
    push(out, millis);
    if millis < 3_600_000 {
        out.replace_range(start..start.saturating_add("00:".len()), "");
    }
}

/// Writes `HH:MM:SS.mmm`. Hours are written unless the file left them out: many readers that are not browsers ask for
/// them.
pub(super) fn push(out: &mut String, millis: u64) {
    let hours = millis / 3_600_000;
    if hours > 99 {
        out.push_str(&(hours / 100).to_string());
    }
    out.push_str(std::str::from_utf8(&clock::write(millis, b'.')).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_timestamp_is_read_as_the_standard_reads_it() {
        let read = |text| whole(text).map(|t| t.to_millis(crate::time::Round::Down));
        assert_eq!(read("00:01.500"), Some(1500));
        assert_eq!(read("100:00:01.500"), Some(360_001_500));
        assert_eq!(read("61:00:00.000"), Some(219_600_000));
        for bad in
            ["61:00.000", "1:00.000", "00:60.000", "00:00.5", "00:00,500", "00:00.5000", "00.000", "", "00:00.000 "]
        {
            assert_eq!(read(bad), None, "{bad}");
        }
    }

    #[test]
    fn hours_without_end_are_held_to_the_bounds() {
        assert_eq!(whole("99999999999999999999999:00:00.000"), Some(LATEST));
        assert!(millis(LATEST).1);
    }

    proptest! {
        #[test]
        fn the_fast_path_agrees_with_the_full_one(line in "[0-9]{2}:[0-6][0-9]:[0-6][0-9][.,:][0-9]{3} --> 00:00:0[0-9].[0-9]{3}[ 0x]?") {
            let read = |line: &str| {
                let mut cursor = Cursor::new(line);
                cursor.timings().map(|range| (range, line.len() - cursor.position()))
            };
            // The fast path asks for no space before it.
            prop_assert_eq!(read(&line), read(&format!(" {line}")));
        }

        #[test]
        fn what_is_written_is_read(ms in 0u64..6_000_000_000) {
            let mut out = String::new();
            push(&mut out, ms);
            prop_assert_eq!(whole(&out), Some(Time::from_millis(ms as i64)));
            prop_assert_eq!(millis(Time::from_millis(ms as i64)), (ms, true));
        }

        #[test]
        fn the_nearest_millisecond_is_written(flicks in 0i64..1 << 62) {
            let time = Time::from_flicks(flicks);
            prop_assert_eq!(millis(time).0 as i64, time.to_millis(crate::time::Round::Nearest));
        }
    }
}
