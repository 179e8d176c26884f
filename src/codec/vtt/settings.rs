//! Cue settings: WebVTT §6.3 "parse the WebVTT cue settings", and their writing.

use crate::model::{Align, Decimal, Line, LineAlign, Placement, Position, PositionAlign, Thousandths, WritingMode};
use std::fmt::Write as _;

/// Settings as the standard's parser leaves them, numbers as exact as a browser's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Settings {
    pub(super) writing: WritingMode,
    pub(super) snap_to_lines: bool,
    /// `None` is auto.
    pub(super) line: Option<f64>,
    pub(super) line_align: LineAlign,
    /// `None` is auto.
    pub(super) position: Option<f64>,
    pub(super) position_align: PositionAlign,
    pub(super) size: f64,
    pub(super) align: Align,
    pub(super) region: Option<String>,
}

const FULL_SIZE: f64 = 100.0;

impl Default for Settings {
    fn default() -> Self {
        Self {
            writing: WritingMode::default(),
            snap_to_lines: true,
            line: None,
            line_align: LineAlign::default(),
            position: None,
            position_align: PositionAlign::default(),
            size: FULL_SIZE,
            align: Align::default(),
            region: None,
        }
    }
}

/// What the rules pass over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SettingSlip<'a> {
    /// No known name, or a value that the name does not take.
    Bad(&'a str),
    /// No region has this id.
    NoRegion(&'a str),
    /// This setting takes the cue out of its region.
    LeavesRegion(&'a str),
}

/// The words that keyword settings take. Reading and writing walk the same rows.
pub(super) const WRITINGS: &[(WritingMode, &str)] =
    &[(WritingMode::Horizontal, ""), (WritingMode::VerticalRl, "rl"), (WritingMode::VerticalLr, "lr")];
pub(super) const LINE_ALIGNS: &[(LineAlign, &str)] =
    &[(LineAlign::Start, "start"), (LineAlign::Center, "center"), (LineAlign::End, "end")];
pub(super) const POSITION_ALIGNS: &[(PositionAlign, &str)] = &[
    (PositionAlign::Auto, "auto"),
    (PositionAlign::LineLeft, "line-left"),
    (PositionAlign::Center, "center"),
    (PositionAlign::LineRight, "line-right"),
];
pub(super) const ALIGNS: &[(Align, &str)] = &[
    (Align::Start, "start"),
    (Align::Center, "center"),
    (Align::End, "end"),
    (Align::Left, "left"),
    (Align::Right, "right"),
];

/// The word of a value.
pub(super) fn word<T: PartialEq>(rows: &[(T, &'static str)], value: &T) -> &'static str {
    rows.iter().find(|(v, _)| v == value).map_or("", |(_, word)| word)
}

fn value<T: Copy>(rows: &[(T, &str)], word: &str) -> Option<T> {
    rows.iter().find(|(_, w)| *w == word).map(|(value, _)| *value)
}

/// Splits `name:value`; `None` if either is empty.
pub(super) fn pair(setting: &str) -> Option<(&str, &str)> {
    setting.split_once(':').filter(|(name, value)| !name.is_empty() && !value.is_empty())
}

/// Reads settings. `None` if not one of them says anything.
pub(super) fn parse(
    input: &str,
    is_region: impl Fn(&str) -> bool,
    mut slip: impl FnMut(SettingSlip<'_>),
) -> Option<Settings> {
    let (mut settings, mut any) = (Settings::default(), false);
    for setting in input.split_ascii_whitespace() {
        let had_region = settings.region.is_some();
        match pair(setting) {
            Some(("region", id)) if !is_region(id) => {
                settings.region = None;
                slip(SettingSlip::NoRegion(id));
            }
            Some((name, value)) if settings.set(name, value).is_some() => any = true,
            _ => slip(SettingSlip::Bad(setting)),
        }
        if had_region && settings.region.is_none() {
            slip(SettingSlip::LeavesRegion(setting));
        }
    }
    any.then_some(settings)
}

impl Settings {
    fn set(&mut self, name: &str, text: &str) -> Option<()> {
        match name {
            "region" => self.region = Some(text.to_owned()),
            "vertical" => {
                self.writing = value(WRITINGS, text)?;
                self.region = None;
            }
            "line" => self.set_line(text)?,
            "position" => {
                let (number, align) = split_align(text, POSITION_ALIGNS)?;
                // `auto` is no word of the syntax, only of the API.
                self.position_align = match align {
                    Some(PositionAlign::Auto) => return None,
                    Some(align) => align,
                    None => self.position_align,
                };
                self.position = Some(percentage(number)?);
            }
            "size" => {
                self.size = percentage(text)?;
                if self.size != FULL_SIZE {
                    self.region = None;
                }
            }
            "align" => self.align = value(ALIGNS, text)?,
            _ => return None,
        }
        Some(())
    }

    fn set_line(&mut self, text: &str) -> Option<()> {
        let (number, align) = split_align(text, LINE_ALIGNS)?;
        let is_percentage = number.ends_with('%');
        self.line = Some(if is_percentage { percentage(number)? } else { line_number(number)? });
        self.line_align = align.unwrap_or(self.line_align);
        self.snap_to_lines = !is_percentage;
        self.region = None;
        Some(())
    }
}

/// `number` or `number,align`. A word that is no alignment fails the whole setting.
fn split_align<'a, T: Copy>(text: &'a str, rows: &[(T, &str)]) -> Option<(&'a str, Option<T>)> {
    match text.split_once(',') {
        None => Some((text, None)),
        Some((number, word)) => Some((number, Some(value(rows, word)?))),
    }
}

/// Digits, and a fraction if there is a point.
fn decimal(text: &str) -> Option<f64> {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(w, f)| (w, Some(f)));
    if !digits(whole) || !fraction.is_none_or(digits) {
        return None;
    }
    // HTML: a number that rounds to 2^1024 is an error.
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// WebVTT §6.2 "parse a percentage string".
pub(super) fn percentage(text: &str) -> Option<f64> {
    decimal(text.strip_suffix('%')?).filter(|number| (0.0..=100.0).contains(number))
}

fn line_number(text: &str) -> Option<f64> {
    match text.strip_prefix('-') {
        // HTML's numbers have no negative zero.
        Some(positive) => decimal(positive).map(|number| if number == 0.0 { 0.0 } else { -number }),
        None => decimal(text),
    }
}

/// In thousandths, as the model holds numbers. A cast of a float saturates.
pub(super) fn thousandths(number: f64) -> Thousandths {
    (number * 1000.0).round() as Thousandths
}

fn number(thousandths: Thousandths) -> f64 {
    thousandths as f64 / 1000.0
}

impl From<&Settings> for Placement {
    fn from(settings: &Settings) -> Self {
        let Settings { writing, snap_to_lines, line, line_align, position, position_align, size, align, region } =
            settings;
        Self {
            writing: *writing,
            line: match line.map(thousandths) {
                None => Line::Auto,
                Some(n) if *snap_to_lines => Line::Number(n),
                Some(n) => Line::Percent(n),
            },
            line_align: *line_align,
            position: position.map_or(Position::Auto, |n| Position::Percent(thousandths(n))),
            position_align: *position_align,
            size: thousandths(*size),
            align: *align,
            region: region.clone(),
        }
    }
}

impl From<&Placement> for Settings {
    fn from(placement: &Placement) -> Self {
        let Placement { writing, line, line_align, position, position_align, size, align, region } = placement;
        Self {
            writing: *writing,
            snap_to_lines: !matches!(line, Line::Percent(_)),
            line: match line {
                Line::Auto => None,
                Line::Number(n) | Line::Percent(n) => Some(number(*n)),
            },
            line_align: *line_align,
            position: match position {
                Position::Auto => None,
                Position::Percent(n) => Some(number(*n)),
            },
            position_align: *position_align,
            size: number(*size),
            align: *align,
            region: region.clone(),
        }
    }
}

/// Writes a placement: only what is not the default, the region last, because other settings take a cue out of it. A
/// placement that is all default says so (`align:center`). It takes the place of what `out` held.
pub(super) fn write(out: &mut String, placement: &Placement) {
    let Placement { writing, line, line_align, position, position_align, size, align, region } = placement;
    out.clear();
    if *writing != WritingMode::Horizontal {
        push(out, "vertical", word(WRITINGS, writing));
    }
    if let Line::Number(n) | Line::Percent(n) = line {
        push(out, "line", "");
        push_decimal(out, *n);
        out.push_str(if matches!(line, Line::Percent(_)) { "%" } else { "" });
        push_align(out, *line_align != LineAlign::Start, word(LINE_ALIGNS, line_align));
    }
    if let Position::Percent(n) = position {
        push(out, "position", "");
        push_decimal(out, *n);
        out.push('%');
        push_align(out, *position_align != PositionAlign::Auto, word(POSITION_ALIGNS, position_align));
    }
    if *size != thousandths(FULL_SIZE) {
        push(out, "size", "");
        push_decimal(out, *size);
        out.push('%');
    }
    if *align != Align::Center || *placement == Placement::default() {
        push(out, "align", word(ALIGNS, align));
    }
    if let Some(id) = region {
        push(out, "region", id);
    }
}

fn push(out: &mut String, name: &str, value: &str) {
    let gap = if out.is_empty() { "" } else { " " };
    out.extend([gap, name, ":", value]);
}

fn push_align(out: &mut String, differs: bool, word: &str) {
    if differs {
        out.extend([",", word]);
    }
}

fn push_decimal(out: &mut String, thousandths: Thousandths) {
    // Writing to a string cannot fail.
    let _ = write!(out, "{}", Decimal(thousandths));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(input: &str) -> Settings {
        parse(input, |id| id == "r", |_| ()).unwrap_or_default()
    }

    #[test]
    fn a_bad_value_leaves_the_setting_alone() {
        for bad in ["line:5.", "line:.5", "line:1%%", "line:--1", "line:1e2", "line:10%,middle", "line:-1%", "line:"] {
            assert_eq!(read(bad), Settings::default(), "{bad}");
        }
        for bad in
            ["position:50", "position:50%,auto", "position:101%", "size:-1%", "align:middle", "vertical:tb", ":x"]
        {
            assert_eq!(read(bad), Settings::default(), "{bad}");
        }
        assert_eq!(read("line:-0").line.map(f64::is_sign_negative), Some(false));
    }

    #[test]
    fn some_settings_take_a_cue_out_of_its_region() {
        assert_eq!(read("region:r size:100% align:left").region.as_deref(), Some("r"));
        for out in ["line:0", "size:99%", "vertical:rl", "region:unknown"] {
            assert_eq!(read(&format!("region:r {out}")).region, None, "{out}");
            assert_eq!(read(&format!("{out} region:r")).region.as_deref(), Some("r"), "{out}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for text in [
            "align:center",
            "vertical:rl line:-1 position:12.5%,line-left size:33.333% align:start",
            "line:84.67%,end position:50%,center region:r",
        ] {
            let mut out = "what was there".to_owned();
            write(&mut out, &Placement::from(&read(text)));
            assert_eq!(out, text);
        }
    }
}
