//! Decoded blocks, each with its time → one stream without holes.

use super::resample::{Resampler, Sink};
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::error::Result;
use crate::time::{Round, Time, TimeDelta, TimeRange};

/// A block this near to where the last one ended follows it. Matroska rounds times to milliseconds and browsers' recorders jitter
/// by some; a lost packet is 20 ms or more.
const TOLERANCE: TimeDelta = TimeDelta::from_millis(15);

/// A jump of times longer than this is taken for an error in them, and not for silence.
const LONGEST_GAP: TimeDelta = TimeDelta::from_seconds(3600);

/// Silence in all: hostile times could ask for years of it.
const MOST_SILENCE: TimeDelta = TimeDelta::from_seconds(6 * 3600);

/// A step back longer than this is a clock that began anew; less is an overlap, of which the earlier sound is kept.
const LONGEST_OVERLAP: TimeDelta = TimeDelta::from_seconds(1);

/// Puts blocks onto the timeline.
pub(super) struct Place {
    resampler: Resampler,
    rate: u32,
    /// Where the next sample goes, in samples from media time 0.
    next: i64,
    /// The end of the range.
    end: i64,
    /// Added to the blocks' times, after a jump that was not believed.
    shift: i64,
    begun: bool,
    /// A stream behind another begins.
    rejoins: bool,
    /// Samples of silence that may still be put in.
    silence_left: i64,
    /// Media time of the first sample put out.
    start: Time,
}

impl Place {
    pub(super) fn new(rate: u32, range: Option<TimeRange>) -> Result<Self> {
        let start = range.map_or(Time::ZERO, |range| range.start.max(Time::ZERO));
        let end = range.map_or(i64::MAX, |range| range.end.to_units(rate, Round::Nearest));
        let next = start.to_units(rate, Round::Nearest);
        let silence_left = MOST_SILENCE.to_units(rate, Round::Nearest);
        Ok(Self {
            resampler: Resampler::new(rate)?,
            rate,
            next,
            end,
            shift: 0,
            begun: false,
            rejoins: false,
            silence_left,
            start,
        })
    }

    pub(super) fn rate(&self) -> u32 {
        self.rate
    }

    /// Media time of what comes next.
    pub(super) fn time(&self) -> Time {
        Time::from_units(self.next, self.rate).unwrap_or_default()
    }

    /// The range is full.
    pub(super) fn is_full(&self) -> bool {
        self.next >= self.end
    }

    /// Where a block at `position` would go.
    pub(super) fn shifted(&self, position: i64) -> i64 {
        position.saturating_add(self.shift)
    }

    /// Another stream follows what was placed.
    pub(super) fn restart(&mut self) {
        self.rejoins = true;
    }

    /// Places samples that are to be heard at `position`.
    pub(super) fn block(&mut self, position: i64, samples: &[f32], report: &mut Report, sink: Sink) -> Result<()> {
        if samples.is_empty() {
            // What was decoded only for what follows says nothing about time.
            return Ok(());
        }
        let ahead = self.shifted(position).saturating_sub(self.next);
        let limit = |delta: TimeDelta| delta.to_units(self.rate, Round::Nearest);
        let (gap, overlap, tolerance) = (limit(LONGEST_GAP), limit(LONGEST_OVERLAP), limit(TOLERANCE));
        let mut skipped = 0;
        if ahead > gap.min(self.silence_left) || (self.begun && ahead < overlap.saturating_neg()) {
            self.shift = self.shift.saturating_sub(ahead);
            report.push_with(codes::audio::TIMES_JUMP, self.here(), |d| d.with("by", self.length(ahead)));
        } else if ahead > 0 && (ahead > tolerance || !self.begun) {
            if self.begun {
                report.push_with(codes::audio::GAP, self.here(), |d| d.with("length", self.length(ahead)));
            }
            self.silence(ahead, sink)?;
        } else if ahead < 0 && (ahead < tolerance.saturating_neg() || !self.begun || self.rejoins) {
            skipped = usize::try_from(ahead.unsigned_abs()).unwrap_or(usize::MAX);
        }
        let samples = samples.get(skipped..).unwrap_or_default();
        if samples.is_empty() {
            return Ok(());
        }
        (self.begun, self.rejoins) = (true, false);
        let room = usize::try_from(self.end.saturating_sub(self.next)).unwrap_or(0);
        let samples = samples.get(..room.min(samples.len())).unwrap_or_default();
        self.next = self.next.saturating_add(i64::try_from(samples.len()).unwrap_or(i64::MAX));
        self.resampler.push(samples, sink)
    }

    fn silence(&mut self, count: i64, sink: Sink) -> Result<()> {
        let count = count.min(self.end.saturating_sub(self.next)).max(0);
        self.next = self.next.saturating_add(count);
        self.silence_left = self.silence_left.saturating_sub(count);
        self.resampler.silence(count.unsigned_abs(), sink)
    }

    /// Ends the stream; gives its end in media time.
    pub(super) fn finish(mut self, sink: Sink) -> Result<Time> {
        let given = i64::try_from(self.resampler.finish(sink)?).unwrap_or(i64::MAX);
        Ok(self.start + TimeDelta::from_units(given, super::SAMPLE_RATE).unwrap_or(TimeDelta::MAX))
    }

    fn length(&self, samples: i64) -> TimeDelta {
        TimeDelta::from_units(samples, self.rate).unwrap_or(if samples < 0 { TimeDelta::MIN } else { TimeDelta::MAX })
    }

    fn here(&self) -> Location {
        Location { time: Some(self.time()), ..Location::FILE }
    }
}

/// A packet, or more, could not be decoded.
pub(super) fn damaged(at: Time, reason: &str) -> Diagnostic {
    Diagnostic::new(codes::audio::DAMAGED, Location { time: Some(at), ..Location::FILE }).with("reason", reason)
}
