//! Times by the clock (`00:00:01,000`, `0:00:01.00`, `01:02.500`), printed in the manner of another.

use crate::time::{Round, Time};

/// How a format writes such times where the old one does not say.
#[derive(Clone, Copy, Debug)]
pub(in crate::codec) struct Clock {
    /// Least digits of the first number: hours, or minutes where the old time has no hours.
    pub(in crate::codec) first: usize,
    /// From an hour on there are hours, though the old time has none; else minutes go beyond 59.
    pub(in crate::codec) gets_hours: bool,
    /// What stands before the fraction.
    pub(in crate::codec) point: char,
    /// Digits of the fraction.
    pub(in crate::codec) digits: u32,
}

/// Most digits of a fraction: flicks are a little finer than nanoseconds.
const MOST_DIGITS: u32 = 9;

impl Clock {
    /// Prints `time`, or zero if it is before that, as `old` is printed: the same numbers with as many digits, the same
    /// separators. Fewer digits of a fraction than the format has become so many if they are needed. `None` if `old` is no
    /// such time.
    pub(in crate::codec) fn print(self, old: &str, time: Time) -> Option<String> {
        let old = old.trim().trim_start_matches('-');
        let (whole, mut point, mut fraction) = match old.rsplit_once([',', '.']) {
            Some((whole, fraction)) => (whole, old.chars().nth(whole.len())?, fraction),
            None => (old, self.point, ""),
        };
        let mut numbers: Vec<&str> = whole.split(':').map(|number| number.trim_start_matches('-')).collect();
        // Old rippers write a colon before the fraction.
        let colon = fraction.is_empty() && (numbers.len() == 4 || (numbers.len() == 3 && numbers.last()?.len() == 3));
        if colon {
            (point, fraction) = (':', numbers.pop()?);
        }
        let fraction = fraction.trim_start_matches('-');
        let all_digits = |text: &&str| text.bytes().all(|b| b.is_ascii_digit());
        if !(2..=3).contains(&numbers.len()) || !numbers.iter().chain([&fraction]).all(all_digits) {
            return None;
        }
        let digits = self.fraction_digits(u32::try_from(fraction.len()).ok()?, time)?;
        let per_second = 10i64.checked_pow(digits)?;
        let units = time.to_units(u32::try_from(per_second).ok()?, Round::Nearest).max(0);
        let (seconds, share) = (units.checked_div(per_second)?, units.checked_rem(per_second)?);
        let (minutes, seconds) = (seconds / 60, seconds % 60);
        let first = *numbers.first()?;
        // `10:00:00` does not say how nine hours are written.
        let width = if first.len() == 1 || first.starts_with('0') { first.len() } else { self.first };
        let mut out = match (numbers.len(), minutes / 60) {
            (2, hours) if hours == 0 || !self.gets_hours => format!("{minutes:0width$}:{seconds:02}"),
            (2, hours) => format!("{hours:02}:{:02}:{seconds:02}", minutes % 60),
            (_, hours) => format!("{hours:0width$}:{:02}:{seconds:02}", minutes % 60),
        };
        if digits > 0 {
            out.push(point);
            out.push_str(&format!("{share:0digits$}", digits = digits as usize));
        }
        Some(out)
    }

    /// As many as before, if they hold the time or are as many as the format has.
    fn fraction_digits(self, old: u32, time: Time) -> Option<u32> {
        let old = old.min(MOST_DIGITS);
        if old >= self.digits {
            return Some(old);
        }
        let per_second = 10u32.checked_pow(old)?;
        let units = time.to_units(per_second, Round::Nearest);
        let exact = Time::from_units(units, per_second) == Some(time) || time < Time::ZERO;
        Some(if exact { old } else { self.digits })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_printed_as_the_old_one_was() {
        let srt = Clock { first: 2, gets_hours: true, point: ',', digits: 3 };
        let ass = Clock { first: 1, gets_hours: true, point: '.', digits: 2 };
        let lrc = Clock { first: 2, gets_hours: false, point: '.', digits: 2 };
        for (clock, old, millis, new) in [
            (srt, "00:00:01,000", 3_723_045, "01:02:03,045"),
            (srt, "0:00:01.000", 3_723_045, "1:02:03.045"),
            (srt, "00:01.000", 3_723_045, "01:02:03.045"),
            (srt, "00:01:000", 62_045, "01:02:045"),
            (srt, "00:00:01:000", 62_045, "00:01:02:045"),
            (srt, "00:00:01", 62_000, "00:01:02"),
            (srt, "00:00:01", 62_045, "00:01:02,045"),
            (srt, "00:00:01,5", 62_500, "00:01:02,5"),
            (srt, "00:00:01,5", 62_045, "00:01:02,045"),
            (srt, "00:00:01,500000", 62_045, "00:01:02,045000"),
            (srt, "100:00:00,000", 62_045, "00:01:02,045"),
            (srt, "-00:00:01,000", 62_045, "00:01:02,045"),
            (srt, "00:00:-1,000", 62_045, "00:01:02,045"),
            (srt, "00:00:01,000", -62_045, "00:00:00,000"),
            (srt, "00:00:01,000", 360_000_000, "100:00:00,000"),
            (ass, "0:00:01.00", 62_045, "0:01:02.05"),
            (ass, "10:00:01.00", 62_040, "0:01:02.04"),
            (ass, "0:00:01.000", 62_045, "0:01:02.045"),
            (lrc, "00:01.00", 3_723_040, "62:03.04"),
            (lrc, "00:01.000", 3_723_045, "62:03.045"),
        ] {
            assert_eq!(clock.print(old, Time::from_millis(millis)).as_deref(), Some(new), "{old} → {millis}");
        }
        assert_eq!(srt.print("1s", Time::ZERO), None);
        assert_eq!(srt.print("", Time::ZERO), None);
    }
}
