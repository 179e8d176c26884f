//! Where times go: stretched, laid through fixed points, shifted; exactly.

use crate::error::{Error, ErrorKind, Result};
use crate::time::{FrameRate, Round, Time, TimeDelta};

/// An exact factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factor {
    num: i64,
    den: i64,
}

impl Factor {
    /// No change.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// The factor by which times change where a programme of `from` frames a second is played at `to`: frame for frame.
    ///
    /// ```
    /// use zimu::edit::{Factor, Warp};
    /// use zimu::time::{FrameRate, Time};
    /// let rates = Factor::of_rates(FrameRate::parse("23.976").unwrap(), FrameRate::parse("25").unwrap());
    /// let warp = Warp::scaled(rates);
    /// assert_eq!(warp.map(Time::from_units(24_000, 25).unwrap()).flicks(), Time::from_units(24_000 * 24_000, 25 * 25_025).unwrap().flicks());
    /// ```
    pub fn of_rates(from: FrameRate, to: FrameRate) -> Self {
        let ((a, b), (c, d)) = (from.ratio(), to.ratio());
        // Four numbers below 2³²: products fit.
        let product = |x: u32, y: u32| i64::try_from(u64::from(x).saturating_mul(y.into())).unwrap_or(i64::MAX);
        Self { num: product(a, d), den: product(b, c) }
    }

    /// Reads `1.001`, `25/24`, `104%`; `None` if it is not above zero, or has more digits than 64 bits hold.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(percent) = text.strip_suffix('%') {
            let Self { num, den } = Self::parse(percent)?;
            return Some(Self { num, den: den.checked_mul(100)? });
        }
        if let Some((num, den)) = text.split_once('/') {
            let (num, den) = (Self::parse(num)?, Self::parse(den)?);
            return Some(Self { num: num.num.checked_mul(den.den)?, den: num.den.checked_mul(den.num)? });
        }
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let digits = [whole, fraction].concat();
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let den = 10i64.checked_pow(u32::try_from(fraction.len()).ok()?)?;
        digits.parse().ok().filter(|num| *num > 0).map(|num| Self { num, den })
    }

    /// One after the other; `None` if the numbers grow beyond 64 bits.
    pub fn then(self, other: Self) -> Option<Self> {
        Some(Self { num: self.num.checked_mul(other.num)?, den: self.den.checked_mul(other.den)? })
    }
}

/// What becomes of each time: stretched from zero on or laid through points, then shifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warp {
    factor: Factor,
    /// By the time they have; at least two, or none.
    points: Vec<(Time, Time)>,
    shift: TimeDelta,
}

impl Default for Warp {
    /// Nothing changes.
    fn default() -> Self {
        Self { factor: Factor::ONE, points: Vec::new(), shift: TimeDelta::ZERO }
    }
}

impl Warp {
    /// Later by `by`, earlier if it is negative.
    pub fn shifted(by: TimeDelta) -> Self {
        Self { shift: by, ..Self::default() }
    }

    /// Times the factor, from zero on.
    pub fn scaled(factor: Factor) -> Self {
        Self { factor, ..Self::default() }
    }

    /// Through points: each first time becomes its second, times between and beyond them go along evenly. One point is a
    /// shift.
    ///
    /// # Errors
    /// [`ErrorKind::Usage`] if there is no point, two points have one time, or order is lost.
    ///
    /// ```
    /// use zimu::edit::Warp;
    /// use zimu::time::Time;
    /// let s = Time::from_seconds;
    /// let warp = Warp::through(vec![(s(10), s(11)), (s(20), s(31))]).unwrap();
    /// assert_eq!((warp.map(s(15)), warp.map(s(0)), warp.map(s(30))), (s(21), s(-9), s(51)));
    /// assert!(Warp::through(vec![(s(10), s(11)), (s(20), s(5))]).is_err());
    /// ```
    pub fn through(mut points: Vec<(Time, Time)>) -> Result<Self> {
        points.sort_unstable();
        let out_of_order = points.windows(2).find_map(|pair| match pair {
            [(a, b), (c, d)] if a >= c || b >= d => Some((*c, *d)),
            _ => None,
        });
        if let Some((from, to)) = out_of_order {
            return Err(Error::new(ErrorKind::Usage, format!("the point {from} = {to} goes back behind another"))
                .with_remedy("each point must be later than the one before, on both sides of the =")
                .with_chinese(format!("对齐点 {from} = {to} 倒退到了另一点之前"))
                .with_chinese_remedy("等号两边的时间都必须逐点递增"));
        }
        match points.as_slice() {
            [] => Err(Error::new(ErrorKind::Usage, "no point to go through was given").with_chinese("没有给出对齐点")),
            [(from, to)] => Ok(Self::shifted(*to - *from)),
            _ => Ok(Self { points, ..Self::default() }),
        }
    }

    /// And then shifted.
    #[must_use]
    pub fn then_shifted(mut self, by: TimeDelta) -> Self {
        self.shift += by;
        self
    }

    /// What a time becomes, to the nearest flick.
    pub fn map(&self, time: Time) -> Time {
        let warped = if self.points.is_empty() { self.scale(time) } else { self.between(time) };
        warped + self.shift
    }

    fn scale(&self, time: Time) -> Time {
        let Factor { num, den } = self.factor;
        Time::ZERO + (time - Time::ZERO).scale(num, den, Round::Nearest)
    }

    fn between(&self, time: Time) -> Time {
        let after = self.points.partition_point(|(from, _)| *from <= time);
        // The first and the last stretch go on beyond their points.
        let second = after.clamp(1, self.points.len().saturating_sub(1).max(1));
        let (Some((a, b)), Some((c, d))) = (self.points.get(second.saturating_sub(1)), self.points.get(second)) else {
            return time;
        };
        *b + (time - *a).scale((*d - *b).flicks(), (*c - *a).flicks(), Round::Nearest)
    }
}
