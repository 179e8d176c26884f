//! Frame rates as ratios.

use super::{FLICKS_PER_SECOND, Round, TimeDelta};
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
    /// `num/den` frames a second; `None` unless it lies in 1 to 1000.
    pub const fn new(num: u32, den: u32) -> Option<Self> {
        if den == 0 || num < den || num as u64 > (den as u64).saturating_mul(1000) {
            None
        } else {
            Some(Self { num, den })
        }
    }

    /// Reads `25`, `29.97`, `30000/1001`. The decimal names of the NTSC rates mean the exact ratio.
    ///
    /// ```
    /// use zimu::time::FrameRate;
    /// assert_eq!(FrameRate::parse("29.97"), FrameRate::new(30_000, 1001));
    /// assert_eq!(FrameRate::parse("12.5"), FrameRate::new(12_500, 1000));
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
        match text.split_once('.') {
            None => Self::new(text.parse().ok()?, 1),
            Some((whole, digits)) if digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()) => {
                let thousandths: u32 = format!("{digits:0<3}").parse().ok()?;
                Self::new(whole.parse::<u32>().ok()?.checked_mul(1000)?.checked_add(thousandths)?, 1000)
            }
            Some(_) => None,
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
