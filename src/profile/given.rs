//! Values of settings, as a profile's file or a command line gives them.

use super::{Length, Origin, Setting};
use crate::time::{Round, TimeDelta};
use std::ops::RangeInclusive;
use toml::de::DeValue;

/// A value as a profile's file gives it.
pub(super) struct Given<'a> {
    pub(super) value: &'a DeValue<'a>,
    pub(super) unit: Option<&'a str>,
    /// For lengths in frames: milliseconds where no frame rate is known.
    pub(super) or_ms: Option<&'a DeValue<'a>>,
    /// For lengths that are counted in whole frames: to which frame.
    pub(super) whole_frames: Option<&'a str>,
    pub(super) origin: Origin,
}

/// In the file, a limit that the base profile has and this one has not.
const NONE: &str = "none";
// Far outside of any use, so that a slip of the keyboard is refused and sums of limits cannot overflow.
pub(super) const LINE_RANGE: RangeInclusive<i64> = 1..=1000;
pub(super) const LINES_RANGE: RangeInclusive<i64> = 1..=20;
pub(super) const CPS_RANGE: RangeInclusive<f64> = 0.1..=1000.0;
pub(super) const WPM_RANGE: RangeInclusive<f64> = 1.0..=10_000.0;
pub(super) const BYTES_RANGE: RangeInclusive<i64> = 1..=1 << 40;
const LENGTH_RANGE_MS: RangeInclusive<f64> = 0.0..=3_600_000.0;
const FRAMES_RANGE: RangeInclusive<i64> = 0..=100_000;
const MOST_WORDS: usize = 100;

/// To which frame a length goes that is counted in whole ones.
const ROUNDS: &[(Round, &str)] = &[(Round::Up, "up"), (Round::Nearest, "nearest"), (Round::Down, "down")];

impl Given<'_> {
    pub(super) fn choice<T: Copy>(self, choices: &[(T, &str)]) -> Result<Setting<T>, String> {
        self.unit_is(None)?;
        let found = self.value.as_str().and_then(|name| choices.iter().find(|(_, known)| *known == name));
        let Some((value, _)) = found else {
            return Err(format!("must be {}", quoted(choices.iter().map(|(_, n)| *n))));
        };
        Ok(Setting { value: *value, origin: self.origin })
    }

    /// A choice that a place need not make.
    pub(super) fn maybe<T: Copy>(self, choices: &[(T, &str)]) -> Result<Option<Setting<T>>, String> {
        if self.is_none() { Ok(None) } else { self.choice(choices).map(Some) }
    }

    pub(super) fn yes_or_no(self) -> Result<Option<Setting<bool>>, String> {
        self.unit_is(None)?;
        if self.is_none() {
            return Ok(None);
        }
        let value = self.value.as_bool().ok_or("must be true or false")?;
        Ok(Some(Setting { value, origin: self.origin }))
    }

    pub(super) fn text(self) -> Result<Option<Setting<String>>, String> {
        self.unit_is(None)?;
        if self.is_none() {
            return Ok(None);
        }
        let value = self.value.as_str().filter(|text| (1..=100).contains(&text.trim().len()));
        let value = value.ok_or("must be text in quotes")?.trim().to_owned();
        Ok(Some(Setting { value, origin: self.origin }))
    }

    /// A list of words in small letters, or one text with commas; only `known` ones, if any are.
    pub(super) fn words(self, known: &[&str]) -> Result<Option<Setting<Vec<String>>>, String> {
        self.unit_is(None)?;
        if self.is_none() {
            return Ok(None);
        }
        let words: Option<Vec<&str>> = match self.value {
            DeValue::Array(array) => array.iter().take(MOST_WORDS).map(|word| word.get_ref().as_str()).collect(),
            value => value.as_str().map(|text| text.split(',').take(MOST_WORDS).collect()),
        };
        let words = words.ok_or("must be a list: [\"a\", \"b\"]")?;
        let clean = |word: &str| word.trim().trim_start_matches('.').to_lowercase();
        let words: Vec<String> = words.into_iter().map(clean).filter(|word| !word.is_empty()).collect();
        match words.iter().find(|word| !known.is_empty() && !known.contains(&word.as_str())) {
            Some(_) => Err(format!("must hold only {}", quoted(known.iter().copied()))),
            None => Ok(Some(Setting { value: words, origin: self.origin })),
        }
    }

    pub(super) fn bytes(self) -> Result<Option<Setting<u64>>, String> {
        self.unit_is(Some("bytes"))?;
        if self.is_none() {
            return Ok(None);
        }
        let value = integer(self.value, &BYTES_RANGE)?;
        Ok(Some(Setting { value, origin: self.origin }))
    }

    pub(super) fn count(self, unit: &str, range: RangeInclusive<i64>) -> Result<Option<Setting<u32>>, String> {
        self.unit_is(Some(unit))?;
        if self.is_none() {
            return Ok(None);
        }
        let value = integer(self.value, &range)?;
        Ok(Some(Setting { value, origin: self.origin }))
    }

    pub(super) fn rate(self, unit: &str, range: RangeInclusive<f64>) -> Result<Option<Setting<f64>>, String> {
        self.unit_is(Some(unit))?;
        if self.is_none() {
            return Ok(None);
        }
        let value = number(self.value, &range)?;
        Ok(Some(Setting { value, origin: self.origin }))
    }

    pub(super) fn length(self) -> Result<Option<Setting<Length>>, String> {
        if self.is_none() {
            return Ok(None);
        }
        if let (None, Some(text)) = (self.unit, self.value.as_str()) {
            let value = written(text).ok_or("must be a length: \"80 ms\", \"0.5 s\", \"2 frames\"")?;
            return Ok(Some(Setting { value, origin: self.origin }));
        }
        let value = match (self.unit, self.or_ms) {
            (Some("ms"), None) => Length::Time(time(self.value, 1.0)?),
            (Some("s"), None) => Length::Time(time(self.value, 1000.0)?),
            (Some("frames"), Some(otherwise)) => Length::Frames {
                frames: integer(self.value, &FRAMES_RANGE)?,
                otherwise: time(otherwise, 1.0).map_err(|what| format!("or_ms {what}"))?,
            },
            (Some("frames"), None) => {
                return Err("in frames needs `or_ms` too: its length where no frame rate is known".to_owned());
            }
            (Some("ms" | "s"), Some(_)) => return Err("has `or_ms`, which is for lengths in frames".to_owned()),
            _ => return Err("needs a unit: \"ms\", \"s\" or \"frames\"".to_owned()),
        };
        let value = match (self.whole_frames, value) {
            (None, value) => value,
            (Some(name), Length::Time(time)) => {
                let round = ROUNDS.iter().find(|(_, known)| *known == name);
                let (round, _) = round.ok_or("has `whole_frames`, which must be \"up\", \"nearest\" or \"down\"")?;
                Length::WholeFrames { time, round: *round }
            }
            (Some(_), _) => return Err("is in frames already, and has `whole_frames`".to_owned()),
        };
        Ok(Some(Setting { value, origin: self.origin }))
    }

    fn is_none(&self) -> bool {
        self.value.as_str() == Some(NONE)
    }

    fn unit_is(&self, expected: Option<&str>) -> Result<(), String> {
        if self.whole_frames.is_some() {
            return Err("has `whole_frames`, which is for lengths".to_owned());
        }
        match (self.unit, expected, self.or_ms) {
            (_, _, Some(_)) => Err("has `or_ms`, which is for lengths in frames".to_owned()),
            (Some(_), None, _) => Err("has no unit".to_owned()),
            (Some(unit), Some(expected), _) if unit != expected => Err(format!("is in \"{expected}\"")),
            _ => Ok(()),
        }
    }
}

/// `80 ms`, `0.5 s`, `2 frames` (without a frame rate: at 24 a second).
fn written(text: &str) -> Option<Length> {
    let text = text.trim();
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number: f64 = text.strip_suffix(unit)?.parse().ok().filter(|n| (0.0..=1e9).contains(n))?;
    let millis = |ms: f64| TimeDelta::from_seconds_f64(ms.round().min(*LENGTH_RANGE_MS.end()) / 1000.0);
    match unit.trim() {
        "ms" => Some(Length::Time(millis(number))),
        "s" => Some(Length::Time(millis(number * 1000.0))),
        "f" | "frame" | "frames" => {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the range has been checked")]
            let frames = number as u32;
            let whole = number.fract() == 0.0 && FRAMES_RANGE.contains(&i64::from(frames));
            whole.then(|| Length::Frames { frames, otherwise: millis(number * 1000.0 / 24.0) })
        }
        _ => None,
    }
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    names.join(" or ")
}

fn integer<T: TryFrom<i64>>(value: &DeValue<'_>, range: &RangeInclusive<i64>) -> Result<T, String> {
    let must = || format!("must be a whole number from {} to {}, or \"none\"", range.start(), range.end());
    let number = value.as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
    let number = number.filter(|n| range.contains(n)).ok_or_else(must)?;
    T::try_from(number).map_err(|_| must())
}

fn number(value: &DeValue<'_>, range: &RangeInclusive<f64>) -> Result<f64, String> {
    let text = match value {
        DeValue::Integer(n) if n.radix() == 10 => n.as_str(),
        DeValue::Float(n) => n.as_str(),
        _ => "",
    };
    let must = || format!("must be a number from {} to {}, or \"none\"", range.start(), range.end());
    text.parse().ok().filter(|n| range.contains(n)).ok_or_else(must)
}

/// A length whose unit is `unit_ms` milliseconds long, to the nearest millisecond.
fn time(value: &DeValue<'_>, unit_ms: f64) -> Result<TimeDelta, String> {
    let range = *LENGTH_RANGE_MS.start() / unit_ms..=*LENGTH_RANGE_MS.end() / unit_ms;
    let millis = (number(value, &range)? * unit_ms).round();
    #[expect(clippy::cast_possible_truncation, reason = "the range has been checked")]
    let millis = millis as i64;
    Ok(TimeDelta::from_millis(millis))
}
