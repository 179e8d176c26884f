//! Frame rates as ratios.

use super::{FLICKS_PER_SECOND, Round, Time, TimeDelta};
use std::fmt;

/// Frames a second as an exact ratio: 30000/1001, not 29.97.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FrameRate {
    num: u32,
    den: u32,
}

/// The 1001-rates as people write them. SMPTE ST 12-1 §5.2: the NTSC family is N × 1000/1001.
const DECIMAL_NAMES: &[(&str, u32)] =
    &[("23.976", 24), ("23.98", 24), ("29.97", 30), ("47.952", 48), ("59.94", 60), ("119.88", 120)];

impl FrameRate {
    /// `num/den` frames a second, in lowest terms; `None` unless it lies in 1 to 1000.
    #[expect(clippy::arithmetic_side_effects, reason = "the divisor is not zero where it divides")]
    pub const fn new(num: u32, den: u32) -> Option<Self> {
        if den == 0 || num < den || num as u64 > (den as u64).saturating_mul(1000) {
            return None;
        }
        let (mut divisor, mut rest) = (num, den);
        while rest != 0 {
            (divisor, rest) = (rest, divisor % rest);
        }
        Some(Self { num: num / divisor, den: den / divisor })
    }

    /// Reads `25`, `29.97`, `30000/1001`. The decimal names of the NTSC rates mean the exact ratio.
    ///
    /// ```
    /// use zimu::time::FrameRate;
    /// assert_eq!(FrameRate::parse("29.97"), FrameRate::new(30_000, 1001));
    /// assert_eq!(FrameRate::parse("12.5"), FrameRate::new(12_500, 1000));
    /// assert_eq!(FrameRate::parse("25.000"), FrameRate::new(25, 1));
    /// assert_eq!(FrameRate::parse("23.976024"), FrameRate::new(24_000, 1001));
    /// assert_eq!(FrameRate::parse("0"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((_, base)) = DECIMAL_NAMES.iter().find(|(name, _)| *name == text) {
            return Self::new(base.checked_mul(1000)?, 1001);
        }
        if let Some((num, den)) = text.split_once('/') {
            return Self::new(num.parse().ok()?, den.parse().ok()?);
        }
        let Some((whole, digits)) = text.split_once('.') else { return Self::new(text.parse().ok()?, 1) };
        // Programs print up to nine digits of a rate: 23.976024 is 24000/1001, 25.000000 is 25.
        if digits.len() > 9 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let millionths: u32 = format!("{digits:0<6}").get(..6)?.parse().ok()?;
        let exact = u64::from(whole.parse::<u32>().ok()?).checked_mul(1_000_000)?.checked_add(u64::from(millionths))?;
        let near = |base: u32| {
            let rate = u64::from(base).saturating_mul(1_000_000_000).div_euclid(1001);
            rate.abs_diff(exact) <= 10
        };
        match DECIMAL_NAMES.iter().find(|(_, base)| digits.len() > 3 && near(*base)) {
            Some((_, base)) => Self::new(base.checked_mul(1000)?, 1001),
            None => Self::new(u32::try_from(exact.checked_div(1000)?).ok()?, 1000),
        }
    }

    /// Numerator and denominator.
    pub const fn ratio(self) -> (u32, u32) {
        (self.num, self.den)
    }

    /// Frames that a second of time code counts: 30 at 29.97.
    pub const fn nominal(self) -> u32 {
        self.num.div_ceil(self.den)
    }

    /// The length of `count` frames, to the nearest flick (exact for every usual rate).
    pub fn frames(self, count: u32) -> TimeDelta {
        let flicks =
            i128::from(count).saturating_mul(i128::from(FLICKS_PER_SECOND)).saturating_mul(i128::from(self.den));
        let rounded = Round::Nearest.divide(flicks, i128::from(self.num));
        TimeDelta::from_flicks(i64::try_from(rounded).unwrap_or(i64::MAX))
    }

    /// The beginning of the frame that begins nearest to `time`.
    ///
    /// ```
    /// use zimu::time::{FrameRate, Round, Time};
    /// let rate = FrameRate::parse("25").unwrap();
    /// assert_eq!(rate.nearest_frame(Time::from_millis(1021)), Time::from_millis(1040));
    /// ```
    pub fn nearest_frame(self, time: Time) -> Time {
        let (num, den) = (i128::from(self.num), i128::from(self.den).saturating_mul(FLICKS_PER_SECOND.into()));
        let frame = Round::Nearest.divide(i128::from(time.flicks()).saturating_mul(num), den);
        let flicks = Round::Nearest.divide(frame.saturating_mul(den), num);
        Time::from_flicks(i64::try_from(flicks).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for FrameRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 { write!(f, "{}", self.num) } else { write!(f, "{}/{}", self.num, self.den) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_rates_are_exact_in_flicks() {
        for (rate, flicks) in [("24", 29_400_000), ("23.976", 29_429_400), ("29.97", 23_543_520), ("59.94", 11_771_760)]
        {
            assert_eq!(FrameRate::parse(rate).unwrap().frames(1).flicks(), flicks);
        }
    }
}
