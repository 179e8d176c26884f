//! Time codes: hours, minutes, seconds and frames, with or without dropped numbers (SMPTE ST 12-1).

use super::{FLICKS_PER_SECOND, FrameRate, Round, TimeDelta};
use std::fmt;

/// A time code: the label of a frame. Which instant it is depends on the frame rate.
///
/// In drop-frame counting (ST 12-1 §5.2.2) the first frame numbers of each minute are left out, except in each tenth
/// minute: two at 29.97, four at 59.94. No frame is dropped, only numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timecode {
    /// Hours.
    pub hours: u32,
    /// Minutes, 0 to 59.
    pub minutes: u32,
    /// Seconds, 0 to 59.
    pub seconds: u32,
    /// Frames, below the nominal rate.
    pub frames: u32,
    /// Numbers are dropped.
    pub drop: bool,
}

impl Timecode {
    /// Reads `01:00:00:00`; `;` (or `.`) before the frames means dropped numbers. Nothing else may stand around it. Whether the
    /// frames fit the rate is for [`Timecode::offset`] to say.
    ///
    /// ```
    /// use zimu::time::Timecode;
    /// let code = Timecode::parse("00:59:59;29").unwrap();
    /// assert!(code.drop);
    /// assert_eq!(code.to_string(), "00:59:59;29");
    /// assert_eq!(Timecode::parse("00:60:00:00"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let at = text.rfind([':', ';', '.', ','])?;
        let drop = !text.get(at..)?.starts_with(':');
        let mut fields = [0u32; 4];
        let mut parts = text.get(..at)?.split([':', ';']).chain([text.get(at.checked_add(1)?..)?]);
        for field in &mut fields {
            let part = parts.next().filter(|part| (1..=3).contains(&part.len()))?;
            *field = part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok())??;
        }
        let [hours, minutes, seconds, frames] = fields;
        (parts.next().is_none() && minutes < 60 && seconds < 60).then_some(Self {
            hours,
            minutes,
            seconds,
            frames,
            drop,
        })
    }

    /// How many frames after `00:00:00:00` this frame is; `None` if there is no such frame at this rate (a frame number too
    /// high, or a dropped one).
    pub fn frame(self, rate: FrameRate) -> Option<u64> {
        let nominal = u64::from(rate.nominal());
        if u64::from(self.frames) >= nominal {
            return None;
        }
        let minutes = u64::from(self.hours).checked_mul(60)?.checked_add(u64::from(self.minutes))?;
        let seconds = minutes.checked_mul(60)?.checked_add(u64::from(self.seconds))?;
        let count = seconds.checked_mul(nominal)?.checked_add(u64::from(self.frames))?;
        if !self.drop {
            return Some(count);
        }
        let dropped = dropped_a_minute(rate)?;
        if self.seconds == 0 && u64::from(self.frames) < dropped && !self.minutes.is_multiple_of(10) {
            return None;
        }
        let gone = minutes.checked_sub(minutes.checked_div(10)?)?.checked_mul(dropped)?;
        count.checked_sub(gone)
    }

    /// The code of frame number `frame`. `drop` is honoured only at rates that have it.
    pub fn of_frame(frame: u64, rate: FrameRate, drop: bool) -> Self {
        let nominal = u64::from(rate.nominal()).max(1);
        let dropped = if drop { dropped_a_minute(rate) } else { None };
        let number = dropped.map_or(frame, |dropped| renumber(frame, nominal, dropped));
        let part = |unit: u64, of: u64| -> u32 {
            let value = number.checked_div(unit).unwrap_or(0).checked_rem(of.max(1)).unwrap_or(0);
            u32::try_from(value).unwrap_or(u32::MAX)
        };
        let second = nominal;
        let (minute, hour) = (second.saturating_mul(60), second.saturating_mul(3600));
        Self {
            hours: part(hour, u64::from(u32::MAX)),
            minutes: part(minute, 60),
            seconds: part(second, 60),
            frames: part(1, nominal),
            drop: dropped.is_some(),
        }
    }

    /// How long after `00:00:00:00` the frame begins; `None` as for [`Timecode::frame`].
    ///
    /// ```
    /// use zimu::time::{FrameRate, TimeDelta, Timecode};
    /// let code = Timecode::parse("00:00:01:12").unwrap();
    /// assert_eq!(code.offset(FrameRate::parse("25").unwrap()), Some(TimeDelta::from_millis(1480)));
    /// ```
    pub fn offset(self, rate: FrameRate) -> Option<TimeDelta> {
        let (num, den) = rate.ratio();
        let flicks =
            i128::from(self.frame(rate)?).checked_mul(i128::from(FLICKS_PER_SECOND))?.checked_mul(i128::from(den))?;
        i64::try_from(Round::Nearest.divide(flicks, i128::from(num))).ok().map(TimeDelta::from_flicks)
    }

    /// The code of the frame at `offset` after `00:00:00:00`, and whether that was exact. Negative offsets become zero.
    pub fn at(offset: TimeDelta, rate: FrameRate, drop: bool, round: Round) -> (Self, bool) {
        let (num, den) = rate.ratio();
        let count = i128::from(offset.flicks()).saturating_mul(i128::from(num));
        let unit = i128::from(FLICKS_PER_SECOND).saturating_mul(i128::from(den));
        let frame = u64::try_from(round.divide(count, unit)).unwrap_or(0);
        let code = Self::of_frame(frame, rate, drop);
        // A frame's start is kept to the nearest flick, so that is what exact means.
        (code, code.offset(rate) == Some(offset))
    }
}

/// Frame numbers left out at the start of a minute: two of 30, four of 60; `None` where drop-frame is not defined.
fn dropped_a_minute(rate: FrameRate) -> Option<u64> {
    match (rate.nominal(), rate.ratio()) {
        (30, (_, den)) if den != 1 => Some(2),
        (60, (_, den)) if den != 1 => Some(4),
        _ => None,
    }
}

/// The number that drop-frame counting gives to a frame.
fn renumber(frame: u64, nominal: u64, dropped: u64) -> u64 {
    let minute = nominal.saturating_mul(60).saturating_sub(dropped).max(1);
    let ten = minute.saturating_mul(10).saturating_add(dropped);
    let (tens, rest) = (frame.checked_div(ten).unwrap_or(0), frame.checked_rem(ten).unwrap_or(0));
    // The first minute of ten is whole; each further one lost its first numbers.
    let further = rest.saturating_sub(dropped).checked_div(minute).unwrap_or(0);
    frame.saturating_add(dropped.saturating_mul(tens.saturating_mul(9).saturating_add(further)))
}

impl fmt::Display for Timecode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { hours, minutes, seconds, frames, drop } = self;
        let mark = if *drop { ';' } else { ':' };
        write!(f, "{hours:02}:{minutes:02}:{seconds:02}{mark}{frames:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> FrameRate {
        FrameRate::parse(text).unwrap()
    }

    #[test]
    fn drop_frame_numbers_skip_and_come_back() {
        let rate = rate("29.97");
        for (text, frame) in [
            ("00:00:59;29", 1799),
            ("00:01:00;02", 1800),
            ("00:09:59;29", 17_981),
            ("00:10:00;00", 17_982),
            ("01:00:00;00", 107_892),
        ] {
            let code = Timecode::parse(text).unwrap();
            assert_eq!(code.frame(rate), Some(frame), "{text}");
            assert_eq!(Timecode::of_frame(frame, rate, true), code, "{text}");
        }
        assert_eq!(Timecode::parse("00:01:00;01").unwrap().frame(rate), None);
    }

    #[test]
    fn every_frame_of_a_while_has_one_code() {
        for (name, drop) in [("29.97", true), ("29.97", false), ("59.94", true), ("25", false), ("23.976", false)] {
            let rate = rate(name);
            let mut last = None;
            for frame in (0..40_000).chain(107_000..109_000) {
                let code = Timecode::of_frame(frame, rate, drop);
                assert_eq!(code.frame(rate), Some(frame), "{code}");
                assert!(last < Some(code) || frame == 107_000);
                last = Some(code);
                let offset = code.offset(rate).unwrap();
                assert_eq!(Timecode::at(offset, rate, drop, Round::Nearest), (code, true));
            }
        }
    }

    #[test]
    fn an_hour_of_drop_frame_code_is_nearly_an_hour() {
        let code = Timecode::parse("01:00:00;00").unwrap();
        let off = code.offset(rate("29.97")).unwrap().to_millis(Round::Nearest) - 3_600_000;
        assert_eq!(off, -4);
    }

    #[test]
    fn what_is_no_code_is_none() {
        for text in
            ["", ":", "1:2:3", "00:00:00:", "00:00:60:00", "a:0:0:0", "0:0:0:0:0", "00:00:00:1234", "99999999999:0:0:0"]
        {
            assert_eq!(Timecode::parse(text), None, "{text}");
        }
        assert_eq!(Timecode::parse("00:00:00:25").unwrap().frame(rate("25")), None);
    }
}
