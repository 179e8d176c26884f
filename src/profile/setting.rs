//! The settings a profile has: one row each, walked by the loader, by `zimu profiles` and by docs/profiles.md.

use super::{Length, Origin, PUNCTUATIONS, Profile, SPACINGS, Setting};
use crate::diag::Lang;
use crate::measure::RULERS;
use crate::time::TimeDelta;
use std::fmt::Write;
use std::ops::RangeInclusive;
use toml::de::DeValue;

/// One setting.
pub(super) struct Row {
    /// Its key in TOML.
    pub(super) key: &'static str,
    /// What it is, in English.
    pub(super) en: &'static str,
    /// The same in Chinese.
    pub(super) zh: &'static str,
    /// Puts a value into a profile; the error says what the value must be.
    pub(super) set: fn(&mut Profile, Given<'_>) -> Result<(), String>,
    /// The value for people, and where it comes from; `None` if the profile has none.
    pub(super) show: fn(&Profile, Lang) -> Option<(String, &Origin)>,
}

/// A value as a profile's file gives it.
pub(super) struct Given<'a> {
    pub(super) value: &'a DeValue<'a>,
    pub(super) unit: Option<&'a str>,
    /// For lengths in frames: milliseconds where no frame rate is known.
    pub(super) or_ms: Option<&'a DeValue<'a>>,
    pub(super) origin: Origin,
}

/// In the file, a limit that the base profile has and this one has not.
const NONE: &str = "none";
// Far outside of any use, so that a slip of the keyboard is refused and sums of limits cannot overflow.
const LINE_RANGE: RangeInclusive<i64> = 1..=1000;
const LINES_RANGE: RangeInclusive<i64> = 1..=20;
const CPS_RANGE: RangeInclusive<f64> = 0.1..=1000.0;
const LENGTH_RANGE_MS: RangeInclusive<f64> = 0.0..=3_600_000.0;
const FRAMES_RANGE: RangeInclusive<i64> = 0..=100_000;

pub(super) static ROWS: &[Row] = &[
    Row {
        key: "max_line",
        en: "longest line",
        zh: "每行最长",
        set: |p, given| given.count("characters", LINE_RANGE).map(|v| p.max_line = v),
        show: |p, lang| shown(&p.max_line, |n| format!("{n} {}", word(lang, "characters", "字"))),
    },
    Row {
        key: "line_ruler",
        en: "how a line is counted",
        zh: "行长计法",
        set: |p, given| given.choice(RULERS).map(|v| p.line_ruler = v),
        show: |p, _| named(&p.line_ruler, RULERS),
    },
    Row {
        key: "max_lines",
        en: "most lines",
        zh: "最多行数",
        set: |p, given| given.count("lines", LINES_RANGE).map(|v| p.max_lines = v),
        show: |p, lang| shown(&p.max_lines, |n| format!("{n} {}", word(lang, "lines", "行"))),
    },
    Row {
        key: "max_cps",
        en: "fastest reading",
        zh: "阅读速度上限",
        set: |p, given| given.rate("characters/s", CPS_RANGE).map(|v| p.max_cps = v),
        show: |p, lang| shown(&p.max_cps, |n| format!("{n} {}", word(lang, "characters a second", "字/秒"))),
    },
    Row {
        key: "speed_ruler",
        en: "how reading is counted",
        zh: "阅读速度计法",
        set: |p, given| given.choice(RULERS).map(|v| p.speed_ruler = v),
        show: |p, _| named(&p.speed_ruler, RULERS),
    },
    Row {
        key: "min_duration",
        en: "shortest cue",
        zh: "最短时长",
        set: |p, given| given.length().map(|v| p.min_duration = v),
        show: |p, lang| shown(&p.min_duration, |n| length(n, lang)),
    },
    Row {
        key: "max_duration",
        en: "longest cue",
        zh: "最长时长",
        set: |p, given| given.length().map(|v| p.max_duration = v),
        show: |p, lang| shown(&p.max_duration, |n| length(n, lang)),
    },
    Row {
        key: "min_gap",
        en: "least gap",
        zh: "最小间隔",
        set: |p, given| given.length().map(|v| p.min_gap = v),
        show: |p, lang| shown(&p.min_gap, |n| length(n, lang)),
    },
    Row {
        key: "chain_below",
        en: "gaps closed to the least gap if below",
        zh: "短于此的间隔收至最小间隔",
        set: |p, given| given.length().map(|v| p.chain_below = v),
        show: |p, lang| shown(&p.chain_below, |n| length(n, lang)),
    },
    Row {
        key: "max_linger",
        en: "longest stay after the last word",
        zh: "话音落后最多停留",
        set: |p, given| given.length().map(|v| p.max_linger = v),
        show: |p, lang| shown(&p.max_linger, |n| length(n, lang)),
    },
    Row {
        key: "punctuation",
        en: "Chinese punctuation",
        zh: "中文标点",
        set: |p, given| given.choice(PUNCTUATIONS).map(|v| p.punctuation = v),
        show: |p, _| named(&p.punctuation, PUNCTUATIONS),
    },
    Row {
        key: "spacing",
        en: "space between Han and Latin",
        zh: "中西文间空格",
        set: |p, given| given.choice(SPACINGS).map(|v| p.spacing = v),
        show: |p, _| named(&p.spacing, SPACINGS),
    },
];

impl Given<'_> {
    fn choice<T: Copy>(self, choices: &[(T, &str)]) -> Result<Setting<T>, String> {
        self.unit_is(None)?;
        let found = self.value.as_str().and_then(|name| choices.iter().find(|(_, known)| *known == name));
        let Some((value, _)) = found else {
            let names: Vec<String> = choices.iter().map(|(_, name)| format!("\"{name}\"")).collect();
            return Err(format!("must be {}", names.join(" or ")));
        };
        Ok(Setting { value: *value, origin: self.origin })
    }

    fn count(self, unit: &str, range: RangeInclusive<i64>) -> Result<Option<Setting<u32>>, String> {
        self.unit_is(Some(unit))?;
        if self.is_none() {
            return Ok(None);
        }
        let value = whole(self.value, &range)?;
        Ok(Some(Setting { value, origin: self.origin }))
    }

    fn rate(self, unit: &str, range: RangeInclusive<f64>) -> Result<Option<Setting<f64>>, String> {
        self.unit_is(Some(unit))?;
        if self.is_none() {
            return Ok(None);
        }
        let value = number(self.value, &range)?;
        Ok(Some(Setting { value, origin: self.origin }))
    }

    fn length(self) -> Result<Option<Setting<Length>>, String> {
        if self.is_none() {
            return Ok(None);
        }
        let value = match (self.unit, self.or_ms) {
            (Some("ms"), None) => Length::Time(time(self.value, 1.0)?),
            (Some("s"), None) => Length::Time(time(self.value, 1000.0)?),
            (Some("frames"), Some(otherwise)) => Length::Frames {
                frames: whole(self.value, &FRAMES_RANGE)?,
                otherwise: time(otherwise, 1.0).map_err(|what| format!("or_ms {what}"))?,
            },
            (Some("frames"), None) => {
                return Err("in frames needs `or_ms` too: its length where no frame rate is known".to_owned());
            }
            (Some("ms" | "s"), Some(_)) => return Err("has `or_ms`, which is for lengths in frames".to_owned()),
            _ => return Err("needs a unit: \"ms\", \"s\" or \"frames\"".to_owned()),
        };
        Ok(Some(Setting { value, origin: self.origin }))
    }

    fn is_none(&self) -> bool {
        self.value.as_str() == Some(NONE)
    }

    fn unit_is(&self, expected: Option<&str>) -> Result<(), String> {
        match (self.unit, expected, self.or_ms) {
            (_, _, Some(_)) => Err("has `or_ms`, which is for lengths in frames".to_owned()),
            (Some(_), None, _) => Err("has no unit".to_owned()),
            (Some(unit), Some(expected), _) if unit != expected => Err(format!("is in \"{expected}\"")),
            _ => Ok(()),
        }
    }
}

fn whole(value: &DeValue<'_>, range: &RangeInclusive<i64>) -> Result<u32, String> {
    let must = || format!("must be a whole number from {} to {}, or \"none\"", range.start(), range.end());
    let number = value.as_integer().and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
    let number = number.filter(|n| range.contains(n)).ok_or_else(must)?;
    u32::try_from(number).map_err(|_| must())
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

fn shown<T: Copy>(setting: &Option<Setting<T>>, show: impl Fn(T) -> String) -> Option<(String, &Origin)> {
    setting.as_ref().map(|setting| (show(setting.value), &setting.origin))
}

fn named<'p, T: Copy + PartialEq>(setting: &'p Setting<T>, names: &[(T, &str)]) -> Option<(String, &'p Origin)> {
    let (_, name) = names.iter().find(|(value, _)| *value == setting.value)?;
    Some(((*name).to_owned(), &setting.origin))
}

fn length(length: Length, lang: Lang) -> String {
    match length {
        Length::Time(time) => time.to_string(),
        Length::Frames { frames, otherwise } => {
            let mut out = format!("{frames} {}", word(lang, "frames", "帧"));
            let _ = match lang {
                Lang::En => write!(out, ", {otherwise} without a frame rate"),
                Lang::Zh => write!(out, "，无帧率时为 {otherwise}"),
            };
            out
        }
    }
}

fn word(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}
