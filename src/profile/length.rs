//! Lengths of time as guidelines state them.

use crate::time::{FLICKS_PER_SECOND, FrameRate, Round, TimeDelta};

/// A length of time, in milliseconds or in frames of whatever rate the media has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Length {
    /// A fixed time.
    Time(TimeDelta),
    /// So many frames; where no rate is known, the stated time stands in.
    Frames {
        /// How many.
        frames: u32,
        /// Without a frame rate.
        otherwise: TimeDelta,
    },
    /// A time that is counted in whole frames: 5/6 s are 20 frames at 23.976 and 24, 21 at 25, 25 at 29.97 and 30; half a
    /// second to the nearest frame is 12 at 24 and 13 at 25. Where no rate is known it is the time.
    WholeFrames {
        /// The time.
        time: TimeDelta,
        /// To which frame.
        round: Round,
    },
}

impl Length {
    /// The time it means at `rate`.
    ///
    /// ```
    /// use zimu::profile::Length;
    /// use zimu::time::{FrameRate, Round, TimeDelta};
    /// let gap = Length::Frames { frames: 2, otherwise: TimeDelta::from_millis(83) };
    /// assert_eq!(gap.at(FrameRate::new(25, 1)), TimeDelta::from_millis(80));
    /// assert_eq!(gap.at(None), TimeDelta::from_millis(83));
    /// let least = Length::WholeFrames { time: TimeDelta::from_millis(833), round: Round::Up };
    /// assert_eq!(least.at(FrameRate::new(25, 1)), TimeDelta::from_millis(840));
    /// ```
    pub fn at(self, rate: Option<FrameRate>) -> TimeDelta {
        match (self, rate) {
            (Length::Time(time), _) | (Length::WholeFrames { time, .. }, None) => time,
            (Length::Frames { otherwise, .. }, None) => otherwise,
            (Length::Frames { frames, .. }, Some(rate)) => rate.frames(frames),
            (Length::WholeFrames { .. }, Some(rate)) => rate.frames(self.frames(rate)),
        }
    }

    /// How many frames it is at `rate`; a fixed time to the nearest frame.
    ///
    /// ```
    /// use zimu::profile::Length;
    /// use zimu::time::{FrameRate, Round, TimeDelta};
    /// let half = Length::WholeFrames { time: TimeDelta::from_millis(500), round: Round::Nearest };
    /// let at = |rate| half.frames(FrameRate::parse(rate).unwrap());
    /// assert_eq!(["23.976", "24", "25", "29.97", "60"].map(at), [12, 12, 13, 15, 30]);
    /// ```
    pub fn frames(self, rate: FrameRate) -> u32 {
        match self {
            Length::Time(time) => count(time, rate, Round::Nearest),
            Length::Frames { frames, .. } => frames,
            Length::WholeFrames { time, round } => count(time, rate, round),
        }
    }
}

/// The frames in `time`, exactly.
fn count(time: TimeDelta, rate: FrameRate, round: Round) -> u32 {
    let (num, den) = rate.ratio();
    let flicks = i128::from(time.flicks()).saturating_mul(i128::from(num));
    let frames = round.divide(flicks, i128::from(FLICKS_PER_SECOND).saturating_mul(i128::from(den)));
    u32::try_from(frames).unwrap_or(if frames < 0 { 0 } else { u32::MAX })
}
