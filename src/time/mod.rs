//! Exact time: instants, differences and ranges in integer *flicks*.
//!
//! One flick is 1/705,600,000 s. Flicks divide milliseconds, centiseconds, 24 to 120 frames a second, the
//! 1001-rates, 90 kHz and the audio rates exactly, so a time is rounded only when a format is too coarse for it,
//! and then by a named [`Round`].
//!
//! All values are bounded to ±2⁶² flicks (about 207 years); the operators saturate there and never panic.

mod duration;
mod frame_rate;
mod timecode;

use std::fmt;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

pub use frame_rate::FrameRate;
pub use timecode::Timecode;

/// Flicks in one second (Facebook/Oculus "flicks", 2018).
pub const FLICKS_PER_SECOND: i64 = 705_600_000;
const FLICKS_PER_MILLI: i64 = FLICKS_PER_SECOND / 1000;
const BOUND: i64 = 1 << 62;

/// How a time is brought to a coarser unit. Every such conversion names one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Round {
    /// To the nearest unit; halves go up (towards later).
    Nearest,
    /// To the unit at or before.
    Down,
    /// To the unit at or after.
    Up,
}

impl Round {
    /// Divides, rounding as the name says. `unit` must be positive; anything else gives 0.
    ///
    /// ```
    /// use zimu::time::Round;
    /// assert_eq!(Round::Nearest.divide(-15, 10), -1);
    /// assert_eq!(Round::Down.divide(-11, 10), -2);
    /// assert_eq!(Round::Up.divide(11, 10), 2);
    /// ```
    pub fn divide(self, value: i128, unit: i128) -> i128 {
        if unit <= 0 {
            return 0;
        }
        let shifted = match self {
            Round::Nearest => value.saturating_add(unit.wrapping_div(2)),
            Round::Down => value,
            Round::Up => value.saturating_add(unit.saturating_sub(1)),
        };
        // Nearly every value of use fits in half as many bits, in which dividing takes a tenth of the time.
        match (i64::try_from(shifted), i64::try_from(unit)) {
            (Ok(shifted), Ok(unit)) => shifted.checked_div_euclid(unit).unwrap_or(0).into(),
            _ => shifted.checked_div_euclid(unit).unwrap_or(0),
        }
    }
}

macro_rules! flicks {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// Zero.
            pub const ZERO: Self = Self(0);
            /// The latest value, 2⁶² flicks.
            pub const MAX: Self = Self(BOUND);
            /// The earliest value, −2⁶² flicks.
            pub const MIN: Self = Self(-BOUND);

            /// From flicks, clamped to the bounds.
            pub const fn from_flicks(flicks: i64) -> Self {
                if flicks > BOUND { Self(BOUND) } else if flicks < -BOUND { Self(-BOUND) } else { Self(flicks) }
            }

            /// From milliseconds, clamped to the bounds.
            pub const fn from_millis(millis: i64) -> Self {
                Self::from_flicks(millis.saturating_mul(FLICKS_PER_MILLI))
            }

            /// From whole seconds, clamped to the bounds.
            pub const fn from_seconds(seconds: i64) -> Self {
                Self::from_flicks(seconds.saturating_mul(FLICKS_PER_SECOND))
            }

            /// From seconds as a float, to the nearest flick; NaN is zero.
            #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
            pub fn from_seconds_f64(seconds: f64) -> Self {
                Self::from_flicks((seconds * FLICKS_PER_SECOND as f64).round() as i64)
            }

            /// `count` units of `1/per_second` s, to the nearest flick. `None` if `per_second` is zero or the
            /// result is out of bounds.
            ///
            /// ```
            /// use zimu::time::TimeDelta;
            /// assert_eq!(TimeDelta::from_units(1_500, 1_000), Some(TimeDelta::from_millis(1_500)));
            /// assert_eq!(TimeDelta::from_units(1, 0), None);
            /// ```
            pub fn from_units(count: i64, per_second: u32) -> Option<Self> {
                if per_second == 0 {
                    return None;
                }
                let product = i128::from(count).checked_mul(i128::from(FLICKS_PER_SECOND))?;
                let flicks = i64::try_from(Round::Nearest.divide(product, i128::from(per_second))).ok()?;
                (-BOUND..=BOUND).contains(&flicks).then_some(Self(flicks))
            }

            /// In flicks.
            pub const fn flicks(self) -> i64 {
                self.0
            }

            /// In units of `1/per_second` s; zero if `per_second` is zero.
            pub fn to_units(self, per_second: u32, round: Round) -> i64 {
                let product = i128::from(self.0).saturating_mul(i128::from(per_second));
                i64::try_from(round.divide(product, i128::from(FLICKS_PER_SECOND))).unwrap_or(i64::MAX)
            }

            /// In milliseconds.
            ///
            /// ```
            /// use zimu::time::{Round, Time};
            /// assert_eq!(Time::from_units(1, 24).unwrap().to_millis(Round::Nearest), 42);
            /// assert_eq!(Time::from_units(1, 24).unwrap().to_millis(Round::Down), 41);
            /// ```
            pub fn to_millis(self, round: Round) -> i64 {
                self.to_units(1000, round)
            }

            /// In seconds, as near as a float gets.
            #[allow(clippy::cast_precision_loss)]
            pub fn as_seconds_f64(self) -> f64 {
                self.0 as f64 / FLICKS_PER_SECOND as f64
            }
        }
    };
}

flicks! {
    /// An instant of the media, from its start. May be negative: files are.
    Time
}
flicks! {
    /// A difference of two instants: a shift, a length, a gap. May be negative.
    TimeDelta
}

/// `start` to `end`; may be reversed, because files hold such ranges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct TimeRange {
    /// When it begins.
    pub start: Time,
    /// When it is over (exclusive).
    pub end: Time,
}

impl TimeRange {
    /// From `start` to `end`.
    pub const fn new(start: Time, end: Time) -> Self {
        Self { start, end }
    }

    /// `end - start`; negative if reversed.
    pub fn duration(self) -> TimeDelta {
        self.end - self.start
    }
}

impl TimeDelta {
    /// The share `numerator/denominator` of it, rounded; zero if the denominator is zero.
    pub fn scale(self, numerator: i64, denominator: i64, round: Round) -> Self {
        let product = i128::from(self.0).saturating_mul(i128::from(numerator));
        Self::from_flicks(i64::try_from(round.divide(product, i128::from(denominator))).unwrap_or(0))
    }
}

impl Sub for Time {
    type Output = TimeDelta;
    fn sub(self, other: Time) -> TimeDelta {
        TimeDelta::from_flicks(self.0.saturating_sub(other.0))
    }
}

impl Add<TimeDelta> for Time {
    type Output = Time;
    fn add(self, delta: TimeDelta) -> Time {
        Time::from_flicks(self.0.saturating_add(delta.0))
    }
}

impl Sub<TimeDelta> for Time {
    type Output = Time;
    fn sub(self, delta: TimeDelta) -> Time {
        Time::from_flicks(self.0.saturating_sub(delta.0))
    }
}

impl AddAssign<TimeDelta> for Time {
    fn add_assign(&mut self, delta: TimeDelta) {
        *self = *self + delta;
    }
}

impl Add for TimeDelta {
    type Output = TimeDelta;
    fn add(self, other: TimeDelta) -> TimeDelta {
        TimeDelta::from_flicks(self.0.saturating_add(other.0))
    }
}

impl Sub for TimeDelta {
    type Output = TimeDelta;
    fn sub(self, other: TimeDelta) -> TimeDelta {
        TimeDelta::from_flicks(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for TimeDelta {
    fn add_assign(&mut self, other: TimeDelta) {
        *self = *self + other;
    }
}

impl SubAssign for TimeDelta {
    fn sub_assign(&mut self, other: TimeDelta) {
        *self = *self - other;
    }
}

impl TimeDelta {
    /// Without its sign.
    ///
    /// ```
    /// use zimu::time::TimeDelta;
    /// assert_eq!(TimeDelta::from_millis(-40).abs(), TimeDelta::from_millis(40));
    /// ```
    #[must_use]
    pub fn abs(self) -> Self {
        if self < Self::ZERO { -self } else { self }
    }
}

impl Neg for TimeDelta {
    type Output = TimeDelta;
    fn neg(self) -> TimeDelta {
        TimeDelta::from_flicks(self.0.saturating_neg())
    }
}

impl fmt::Display for Time {
    /// `00:01:02.345`, to the nearest millisecond; hours grow as needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.to_millis(Round::Nearest);
        let (sign, ms) = (if millis < 0 { "-" } else { "" }, millis.unsigned_abs());
        let (h, m, s) = (ms / 3_600_000, ms / 60_000 % 60, ms / 1000 % 60);
        write!(f, "{sign}{h:02}:{m:02}:{s:02}.{:03}", ms % 1000)
    }
}

impl fmt::Display for TimeDelta {
    /// `1.25 s`: seconds to the nearest millisecond, no more digits than needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let millis = self.to_millis(Round::Nearest);
        let (sign, ms) = (if millis < 0 { "-" } else { "" }, millis.unsigned_abs());
        let fraction = format!("{:03}", ms % 1000);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{} s", ms / 1000),
            digits => write!(f, "{sign}{}.{digits} s", ms / 1000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn operators_saturate_at_the_bounds() {
        assert_eq!(Time::MAX + TimeDelta::MAX, Time::MAX);
        assert_eq!(Time::MIN - TimeDelta::MAX, Time::MIN);
        assert_eq!(Time::MAX - Time::MIN, TimeDelta::MAX);
        assert_eq!(-TimeDelta::MIN, TimeDelta::MAX);
    }

    #[test]
    fn a_time_prints_to_the_millisecond() {
        assert_eq!(Time::from_millis(3_723_004).to_string(), "01:02:03.004");
        assert_eq!(Time::from_millis(-40).to_string(), "-00:00:00.040");
        assert_eq!(TimeDelta::from_millis(-1_250).to_string(), "-1.25 s");
    }

    proptest! {
        #[test]
        fn finer_units_come_back_identical(count in -100_000_000_000i64..100_000_000_000, unit in prop::sample::select(vec![1_000u32, 100, 24, 25, 30, 60, 90_000, 48_000, 44_100, 16_000, 1_000_000, 10_000_000])) {
            let time = Time::from_units(count, unit).unwrap();
            prop_assert_eq!(time.to_units(unit, Round::Nearest), count);
        }

        #[test]
        fn rounding_never_strays_a_unit(flicks in any::<i64>()) {
            let time = Time::from_flicks(flicks);
            let (down, up) = (time.to_millis(Round::Down), time.to_millis(Round::Up));
            prop_assert!(down <= up && up - down <= 1);
            prop_assert!((down..=up).contains(&time.to_millis(Round::Nearest)));
        }
    }
}
