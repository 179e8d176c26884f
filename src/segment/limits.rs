//! The profile's numbers as the search and the fit need them, with our own aims where a profile states nothing.

use super::Options;
use crate::measure::{Ruler, Width, text_width, words};
use crate::profile::{Length, Profile, Punctuation, Setting, Spacing};
use crate::time::{Round, TimeDelta};

/// Where a profile states no line length: 42 columns, 21 Han characters. An aim of ours, never reported as a rule.
const AIM_LINE_COLUMNS: u32 = 42;
/// Where a profile states no number of lines.
const AIM_LINES: u32 = 2;
/// No cue gets more lines than these, whatever a profile allows: it would hide the picture.
const MOST_LINES: u32 = 4;
/// Where a profile states no greatest duration.
const AIM_MAX_DURATION: TimeDelta = TimeDelta::from_seconds(7);
/// Where a profile does not say how long a cue may stand after its last word (Netflix Timing Guidelines: half a second).
const AIM_LINGER: TimeDelta = TimeDelta::from_millis(500);

/// Limits, in the units of the search. Times are whole milliseconds, so that every format can write them.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    pub(super) line_ruler: Ruler,
    pub(super) speed_ruler: Ruler,
    /// Greatest width of a line, in halves.
    pub(super) line: u32,
    pub(super) lines: usize,
    pub(super) max_cps: Option<f64>,
    pub(super) max_wpm: Option<f64>,
    pub(super) min_ms: i64,
    pub(super) max_ms: i64,
    pub(super) gap_ms: i64,
    pub(super) chain_below_ms: i64,
    pub(super) linger_ms: i64,
    /// Which of them the profile states; only those are reported.
    pub(super) stated: Stated,
    pub(super) look: Look,
}

/// What the profile states.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stated {
    pub(super) line: bool,
    pub(super) max_duration: bool,
}

/// What becomes of punctuation and spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) punctuation: Punctuation,
    pub(super) spacing: Spacing,
}

impl Limits {
    pub(super) fn new(profile: &Profile, options: &Options) -> Self {
        let ms = |setting: &Option<Setting<Length>>, round: Round| {
            setting.as_ref().map(|s| s.value.at(options.frame_rate).to_millis(round).max(0))
        };
        let stated = Stated { line: profile.max_line.is_some(), max_duration: profile.max_duration.is_some() };
        let line_ruler = if stated.line { profile.line_ruler.value } else { Ruler::Columns };
        let line = profile.max_line.as_ref().map_or(AIM_LINE_COLUMNS, |s| s.value.max(1));
        let lines = profile.max_lines.as_ref().map_or(AIM_LINES, |s| s.value.max(1));
        Self {
            line_ruler,
            speed_ruler: profile.speed_ruler.value,
            line: Width::chars(line).as_halves(),
            lines: lines.min(MOST_LINES) as usize,
            max_cps: profile.max_cps.as_ref().map(|s| s.value).filter(|cps| *cps > 0.0),
            max_wpm: profile.max_wpm.as_ref().map(|s| s.value).filter(|wpm| *wpm > 0.0),
            min_ms: ms(&profile.min_duration, Round::Up).unwrap_or(0),
            max_ms: ms(&profile.max_duration, Round::Down).unwrap_or(AIM_MAX_DURATION.to_millis(Round::Down)),
            gap_ms: ms(&profile.min_gap, Round::Up).unwrap_or(0),
            chain_below_ms: ms(&profile.chain_below, Round::Up).unwrap_or(0),
            linger_ms: ms(&profile.max_linger, Round::Down).unwrap_or(AIM_LINGER.to_millis(Round::Down)),
            stated,
            look: Look {
                punctuation: options.punctuation.unwrap_or(profile.punctuation.value),
                spacing: options.spacing.unwrap_or(profile.spacing.value),
            },
        }
    }

    /// How long a cue of this text must stand, in milliseconds.
    pub(super) fn needs_ms(&self, text: &str) -> i64 {
        self.reading_ms(text_width(text, self.speed_ruler).as_halves()).max(self.words_ms(text)).max(self.min_ms)
    }

    /// How long its words must stand where words are counted; rounded up.
    #[expect(clippy::cast_possible_truncation, reason = "a cue's words are few")]
    fn words_ms(&self, text: &str) -> i64 {
        let words = self.max_wpm.and_then(|wpm| Some((wpm, words(text)?)));
        words.map_or(0, |(wpm, words)| (f64::from(words) * 60_000.0 / wpm - 1e-6).ceil() as i64)
    }

    /// How long `halves` of text must stand to be read in time, in milliseconds; rounded up.
    #[expect(clippy::cast_possible_truncation, reason = "a cue's text is far below 2^53 characters")]
    pub(super) fn reading_ms(&self, halves: u32) -> i64 {
        self.max_cps.map_or(0, |cps| (f64::from(halves) * 500.0 / cps - 1e-6).ceil() as i64)
    }
}
