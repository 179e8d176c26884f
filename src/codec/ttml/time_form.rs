//! Time expressions in the form of others: by the clock, with frames, as a count of a unit.

use super::time::{Clock, TimeBase};
use crate::codec::splice;
use crate::time::{FLICKS_PER_SECOND, Round, Time, TimeDelta, Timecode};

/// A time, as long after zero, in the form of `old`.
pub(super) fn print(old: &str, time: TimeDelta, clock: &Clock) -> Option<String> {
    let (old, time) = (old.trim(), time.max(TimeDelta::ZERO));
    match old.split([':', ';']).count() {
        1 => count(old, time, clock),
        3 => by_clock(old, time),
        4 if !old.contains('.') => frames(old, time, clock),
        _ => None,
    }
}

/// A length, in the form of `old`; with frames only where frames are no labels.
pub(super) fn print_length(old: &str, length: TimeDelta, clock: &Clock) -> Option<String> {
    let labels = clock.base == TimeBase::Smpte && old.contains(':');
    if labels || length < TimeDelta::ZERO { None } else { print(old, length, clock) }
}

fn by_clock(old: &str, time: TimeDelta) -> Option<String> {
    splice::Clock { first: 2, gets_hours: true, point: '.', digits: 3 }.print(old, Time::ZERO + time)
}

/// `hh:mm:ss:ff`
fn frames(old: &str, time: TimeDelta, clock: &Clock) -> Option<String> {
    let before_frames = old.chars().rev().find(|c| matches!(c, ':' | ';'))?;
    let code = if clock.base == TimeBase::Smpte {
        Timecode::at(time, clock.rate, clock.drop, Round::Nearest).0
    } else {
        // Frames are counted anew in each second.
        let (num, den) = clock.rate.ratio();
        let whole = i128::from(time.flicks()).checked_div(FLICKS_PER_SECOND.into())?;
        let rest = i128::from(time.flicks()).checked_rem(FLICKS_PER_SECOND.into())?;
        let second = i128::from(FLICKS_PER_SECOND).checked_mul(den.into())?;
        let frame = Round::Nearest.divide(rest.checked_mul(num.into())?, second);
        let over = frame >= i128::from(clock.rate.nominal());
        let (whole, frame) = if over { (whole.checked_add(1)?, 0) } else { (whole, frame) };
        let part = |n: i128| u32::try_from(n).ok();
        let (minutes, seconds) = (whole.checked_div(60)?, whole.checked_rem(60)?);
        let (hours, minutes) = (minutes.checked_div(60)?, minutes.checked_rem(60)?);
        Timecode {
            hours: part(hours)?,
            minutes: part(minutes)?,
            seconds: part(seconds)?,
            frames: part(frame)?,
            drop: false,
        }
    };
    let Timecode { hours, minutes, seconds, frames, drop: _ } = code;
    Some(format!("{hours:02}:{minutes:02}:{seconds:02}{before_frames}{frames:02}"))
}

/// `3.5s`, `100f`, `20000000t`: with as many digits as before, or as many as say it to the millisecond.
fn count(old: &str, time: TimeDelta, clock: &Clock) -> Option<String> {
    let (number, metric) = old.split_at_checked(old.find(|c: char| !c.is_ascii_digit() && c != '.')?)?;
    let (num, den) = clock.rate.ratio();
    let second = i128::from(FLICKS_PER_SECOND);
    // Flicks a unit, as a ratio, and digits that are fine enough.
    let (up, down, most) = match metric {
        "h" => (second.checked_mul(3600)?, 1, 7),
        "m" => (second.checked_mul(60)?, 1, 5),
        "s" => (second, 1, 3),
        "ms" => (second, 1000, 0),
        "f" => (second.checked_mul(den.into())?, i128::from(num), 0),
        "t" => (second, i128::from(clock.ticks), 0),
        _ => return None,
    };
    let digits = |digits: u32| -> Option<(i128, i128, bool)> {
        let scale = 10i128.checked_pow(digits)?;
        let value = Round::Nearest.divide(i128::from(time.flicks()).checked_mul(down)?.checked_mul(scale)?, up);
        let exact = value.checked_mul(up)? == i128::from(time.flicks()).checked_mul(down)?.checked_mul(scale)?;
        Some((value, scale, exact))
    };
    let old_digits =
        number.split_once('.').map_or(0, |(_, fraction)| u32::try_from(fraction.len()).unwrap_or(9).min(9));
    let (value, scale, exact) = digits(old_digits)?;
    let (value, scale, width) = if exact || old_digits >= most {
        (value, scale, old_digits)
    } else {
        let (value, scale, _) = digits(most)?;
        (value, scale, most)
    };
    let (whole, fraction) = (value.checked_div(scale)?, value.checked_rem(scale)?);
    Some(match width {
        0 => format!("{whole}{metric}"),
        _ => format!("{whole}.{fraction:0width$}{metric}", width = width as usize),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::FrameRate;

    #[test]
    fn each_form_stays() {
        let clock = Clock { rate: FrameRate::new(25, 1).unwrap(), ticks: 10_000_000, ..Clock::default() };
        let smpte = Clock { base: TimeBase::Smpte, rate: FrameRate::parse("29.97").unwrap(), drop: true, ..clock };
        for (clock, old, millis, new) in [
            (&clock, "00:00:01.5", 62_500, "00:01:02.5"),
            (&clock, "00:00:01.5", 62_540, "00:01:02.540"),
            (&clock, "00:00:01", 62_000, "00:01:02"),
            (&clock, "00:00:01:12", 62_480, "00:01:02:12"),
            (&clock, "00:00:01:12", 62_990, "00:01:03:00"),
            (&clock, "1.5s", 62_540, "62.540s"),
            (&clock, "1s", 62_000, "62s"),
            (&clock, "100f", 62_480, "1562f"),
            (&clock, "20000000t", 62_480, "624800000t"),
            (&clock, "400ms", 62_480, "62480ms"),
            (&clock, "1.5m", 90_000, "1.5m"),
            (&smpte, "01:00:00;00", 3_599_996, "01:00:00;00"),
        ] {
            assert_eq!(print(old, TimeDelta::from_millis(millis), clock).as_deref(), Some(new), "{old} {millis}");
        }
        assert_eq!(print("x", TimeDelta::ZERO, &clock), None);
    }
}
