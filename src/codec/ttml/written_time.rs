//! Times as they are written.

use super::cue::full_hour;
use super::dialect::{Codes, Dialect};
use super::time::{self, Clock, TimeBase};
use crate::codec::{WriteOptions, clock};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Location, Report};
use crate::model::Cue;
use crate::time::{FLICKS_PER_SECOND, FrameRate, Round, Time, TimeDelta, Timecode};
use std::fmt::Write as _;

/// The rate of a dialect that counts frames, where nobody says one: that of European television.
const ASSUMED_RATE: &str = "25";

/// How times are written.
pub(super) struct Written {
    pub(super) rate: Option<FrameRate>,
    /// Every time is brought to a frame.
    pub(super) to_frames: bool,
    /// Time codes, counted from here.
    pub(super) codes: Option<TimeDelta>,
    pub(super) drop: bool,
    /// `ebuttm:documentStartOfProgramme`, where a reader would not find it by itself.
    pub(super) start: Option<Timecode>,
}

impl Written {
    pub(super) fn new(
        rate: Option<FrameRate>,
        start: Option<Timecode>,
        options: &WriteOptions,
        dialect: &Dialect,
        cues: &[Cue],
        report: &mut Report,
    ) -> Self {
        let (asked, start) = (options.frame_rate, options.start_timecode.or(start));
        let lost = |report: &mut Report, rate: Option<FrameRate>, start| crate::codec::timing_lost(rate, start, report);
        let fits = |rate: &FrameRate| time::rate_attributes(*rate).is_some();
        let mut written = Self { rate: None, to_frames: false, codes: None, drop: false, start: None };
        let usable = asked.or(rate).filter(|rate| dialect.frames && fits(rate));
        if usable.is_none() || (rate.is_some() && usable != rate) {
            lost(report, rate, None);
        }
        written.rate = usable;
        if dialect.codes == Codes::Always && usable.is_none() {
            written.rate = FrameRate::parse(ASSUMED_RATE);
            report.push(Diagnostic::new(loss::FRAME_RATE_ASSUMED, Location::FILE).with("rate", ASSUMED_RATE));
        }
        written.to_frames = asked.is_some() && usable.is_some();
        let needs_codes = match dialect.codes {
            Codes::Never => false,
            Codes::WithStart => start.is_some(),
            Codes::Always => true,
        };
        let Some(rate) = written.rate.filter(|_| needs_codes) else {
            lost(report, None, start);
            return written;
        };
        let code = start.unwrap_or_default();
        let again = code.offset(rate).map(|offset| (offset, Timecode::at(offset, rate, code.drop, Round::Nearest).0));
        let Some((offset, _)) = again.filter(|(_, again)| *again == code) else {
            lost(report, None, start);
            if dialect.codes == Codes::Always {
                written.codes = Some(TimeDelta::ZERO);
            }
            return written;
        };
        written.codes = Some(offset);
        written.drop = code.drop;
        if start == Some(Timecode::default()) {
            lost(report, None, start);
        }
        let first = cues.iter().map(|cue| cue.range.start.max(Time::ZERO)).min().unwrap_or_default();
        let (first, _) = Timecode::at(offset + (first - Time::ZERO), rate, code.drop, Round::Nearest);
        let clock = Clock { base: TimeBase::Smpte, rate, drop: code.drop, ..Clock::default() };
        let found = first.offset(rate).map(|first| full_hour(first, &clock));
        if found != Some(code) || (cues.is_empty() && start.is_some()) {
            written.start = Some(code);
        }
        written
    }

    /// The attributes of `tt`.
    pub(super) fn attributes(&self) -> String {
        let mut out = String::new();
        if self.codes.is_some() {
            let mode = if self.drop { "dropNTSC" } else { "nonDrop" };
            let _ = write!(out, " ttp:timeBase=\"smpte\" ttp:dropMode=\"{mode}\"");
        }
        if let Some((nominal, factor)) = self.rate.and_then(time::rate_attributes) {
            let _ = write!(out, " ttp:frameRate=\"{nominal}\"");
            if let Some((up, down)) = factor {
                let _ = write!(out, " ttp:frameRateMultiplier=\"{up} {down}\"");
            }
        }
        out
    }

    /// The name of the unit that times were rounded to.
    pub(super) fn unit(&self) -> String {
        self.rate.map_or("1 ms".into(), |rate| format!("frames at {rate} a second"))
    }

    /// Writes a time of the media; whether that was exact.
    pub(super) fn time(&self, out: &mut String, time: TimeDelta) -> bool {
        let (Some(start), Some(rate)) = (self.codes, self.rate) else { return self.media(out, time) };
        let (code, _) = Timecode::at(start + time, rate, self.drop, Round::Nearest);
        let Timecode { hours, minutes, seconds, frames, drop: _ } = code;
        let _ = write!(out, "{hours:02}:{minutes:02}:{seconds:02}:{frames:02}");
        code.offset(rate).is_some_and(|offset| offset - start == time)
    }

    /// Writes how long after another time; whether that was exact.
    pub(super) fn offset(&self, out: &mut String, after: TimeDelta) -> bool {
        match (self.codes, self.rate) {
            (Some(_), Some(rate)) => frames(out, after, rate),
            _ => self.media(out, after),
        }
    }

    pub(super) fn media(&self, out: &mut String, time: TimeDelta) -> bool {
        let millis = time.to_millis(Round::Nearest);
        let exact = TimeDelta::from_millis(millis) == time;
        if self.to_frames
            && let Some(rate) = self.rate
        {
            return frames(out, time, rate);
        }
        let hours = millis / 3_600_000;
        if exact && (0..100).contains(&hours) {
            let text = clock::write(millis.unsigned_abs(), b'.');
            out.push_str(std::str::from_utf8(&text).unwrap_or_default());
            return true;
        }
        if !exact && let Some(rate) = self.rate {
            let before = out.len();
            if frames(out, time, rate) {
                return true;
            }
            out.truncate(before);
        }
        fraction(out, time);
        true
    }
}

/// Writes a time in frames; whether that was exact. Only where a second is a whole number of frames do clock times name them.
pub(super) fn frames(out: &mut String, time: TimeDelta, rate: FrameRate) -> bool {
    let (num, den) = rate.ratio();
    let unit = i128::from(FLICKS_PER_SECOND).saturating_mul(den.into());
    let count = Round::Nearest.divide(i128::from(time.flicks()).saturating_mul(num.into()), unit);
    let back = Round::Nearest.divide(count.saturating_mul(unit), num.into());
    if den == 1 {
        let per_second = i128::from(num).max(1);
        let seconds = Round::Down.divide(count, per_second);
        let frame = count.saturating_sub(seconds.saturating_mul(per_second));
        let _ = write!(out, "{:02}:{:02}:{:02}:{frame:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    } else {
        let _ = write!(out, "{count}f");
    }
    back == i128::from(time.flicks())
}

/// Writes a time with as many digits as say it exactly: ten are always enough, for they are finer than a flick.
pub(super) fn fraction(out: &mut String, time: TimeDelta) {
    let flicks = time.flicks().max(0);
    let (seconds, rest) = (flicks / FLICKS_PER_SECOND, i128::from(flicks % FLICKS_PER_SECOND));
    let second = i128::from(FLICKS_PER_SECOND);
    let _ = write!(out, "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    for digits in 3..=10u32 {
        let scale = 10i128.saturating_pow(digits);
        let value = Round::Nearest.divide(rest.saturating_mul(scale), second);
        if Round::Nearest.divide(value.saturating_mul(second), scale) == rest && value < scale {
            let _ = write!(out, ".{value:0width$}", width = digits as usize);
            return;
        }
    }
}
