//! Where cues stand, in the vocabulary of WebVTT: `"line": -1`, `"line": "85%"`.

use super::context::Cx;
use super::decimal::parse;
use super::field::{Derived, Named, Names, Text, Unknown};
use crate::codec::vtt;
use crate::model::{
    Align, Line, LineAlign, Placement, Position, PositionAlign, Region, Thousandths, Track, WritingMode,
};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;

/// Where a cue stands. What is absent is as WebVTT has it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PlacementJson<'a> {
    /// Writing direction.
    #[serde(borrow, skip_serializing_if = "Option::is_none")]
    writing: Option<Named<'a, WritingMode>>,
    /// A line number (-1 is the bottom one), or a share of the height.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<Offset>,
    /// Which edge of the box `line` is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    line_align: Option<Named<'a, LineAlign>>,
    /// A share of the width.
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<Percent>,
    /// Which edge of the box `position` is of.
    #[serde(skip_serializing_if = "Option::is_none")]
    position_align: Option<Named<'a, PositionAlign>>,
    /// Length of the lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Percent>,
    /// Alignment of the text in the box.
    #[serde(skip_serializing_if = "Option::is_none")]
    align: Option<Named<'a, Align>>,
    /// Id of a region.
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Text<'a>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl<'a> PlacementJson<'a> {
    pub(super) fn write(placement: &'a Placement) -> Self {
        let Placement { writing, line, line_align, position, position_align, size, align, region } = placement;
        Self {
            writing: Named::unless_default(*writing),
            line: match line {
                Line::Auto => None,
                Line::Number(n) => Some(Offset::Number(*n)),
                Line::Percent(share) => Some(Offset::Percent(Percent(*share))),
            },
            line_align: Named::unless_default(*line_align),
            position: match position {
                Position::Auto => None,
                Position::Percent(share) => Some(Percent(*share)),
            },
            position_align: Named::unless_default(*position_align),
            size: (*size != Placement::default().size).then_some(Percent(*size)),
            align: Named::unless_default(*align),
            region: region.as_deref().map(Text::new),
            unknown: Unknown::default(),
        }
    }

    pub(super) fn read(self, cx: &mut Cx<'_>) -> Placement {
        cx.unknown(&self.unknown);
        Placement {
            writing: cx.named("writing", self.writing).unwrap_or_default(),
            line: match self.line {
                None => Line::Auto,
                Some(Offset::Number(n)) => Line::Number(n),
                Some(Offset::Percent(share)) => Line::Percent(share.0),
            },
            line_align: cx.named("line_align", self.line_align).unwrap_or_default(),
            position: self.position.map_or(Position::Auto, |share| Position::Percent(share.0)),
            position_align: cx.named("position_align", self.position_align).unwrap_or_default(),
            size: self.size.map_or(Placement::default().size, |share| share.0),
            align: cx.named("align", self.align).unwrap_or_default(),
            region: self.region.map(Text::into_string),
        }
    }
}

/// A region that cues may stand in.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct RegionJson<'a> {
    /// Its id.
    #[serde(borrow)]
    id: Text<'a>,
    /// Share of the video's width.
    width: Percent,
    /// How many lines high.
    lines: u32,
    /// The point of the region that is pinned: x, y.
    region_anchor: (Percent, Percent),
    /// The point of the video it is pinned to: x, y.
    viewport_anchor: (Percent, Percent),
    /// New cues push older ones up.
    #[serde(default, skip_serializing_if = "is_false")]
    scroll_up: bool,
    /// What a browser makes of it, if it came from WebVTT: written for other programs, ignored when reading.
    #[serde(default, skip_serializing_if = "Derived::is_none")]
    vtt: Derived<serde_json::Value>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_false(value: &bool) -> bool {
    !value
}

impl<'a> RegionJson<'a> {
    /// To be written, as a region of `track`.
    pub(super) fn write(region: &'a Region, track: &Track) -> Self {
        let Region { id, width, lines, region_anchor, viewport_anchor, scroll_up } = region;
        let point = |(x, y): (Thousandths, Thousandths)| (Percent(x), Percent(y));
        Self {
            id: Text::new(id),
            width: Percent(*width),
            lines: *lines,
            region_anchor: point(*region_anchor),
            viewport_anchor: point(*viewport_anchor),
            scroll_up: *scroll_up,
            vtt: Derived::new(vtt::browser_region(track, region)),
            unknown: Unknown::default(),
        }
    }

    pub(super) fn read(self, cx: &mut Cx<'_>) -> Region {
        cx.unknown(&self.unknown);
        let point = |(x, y): (Percent, Percent)| (x.0, y.0);
        Region {
            id: self.id.into_string(),
            width: self.width.0,
            lines: self.lines,
            region_anchor: point(self.region_anchor),
            viewport_anchor: point(self.viewport_anchor),
            scroll_up: self.scroll_up,
        }
    }
}

/// `"85.5%"`: thousandths of a percent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Percent(Thousandths);

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}%", decimal(self.0)))
    }
}

impl<'de> Deserialize<'de> for Percent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        percent(Text::deserialize(deserializer)?.as_str())
    }
}

fn percent<E: serde::de::Error>(text: &str) -> Result<Percent, E> {
    let share = text.strip_suffix('%').and_then(|number| parse(number, 1000));
    share.map(Percent).ok_or_else(|| E::custom("expected a percentage such as \"85%\""))
}

/// The line setting: `-1`, `"85%"`.
#[derive(Clone, Copy, Debug)]
pub(super) enum Offset {
    Number(Thousandths),
    Percent(Percent),
}

impl Serialize for Offset {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Offset::Percent(share) => share.serialize(serializer),
            Offset::Number(n) => {
                RawValue::from_string(decimal(*n)).map_err(serde::ser::Error::custom)?.serialize(serializer)
            }
        }
    }
}

impl<'de> Deserialize<'de> for Offset {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        if raw.starts_with('"') {
            return percent(raw.trim_matches('"')).map(Offset::Percent);
        }
        super::decimal::number(raw, "of a line, or a percentage such as \"85%\"")?;
        parse(raw, 1000).map(Offset::Number).ok_or_else(|| D::Error::custom("the line number is too large"))
    }
}

/// Thousandths as a decimal number without idle digits.
fn decimal(thousandths: Thousandths) -> String {
    let (sign, magnitude) = (if thousandths < 0 { "-" } else { "" }, thousandths.unsigned_abs());
    let (whole, fraction) = (magnitude.div_euclid(1000), magnitude.rem_euclid(1000));
    let text = format!("{sign}{whole}.{fraction:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

macro_rules! names {
    ($($type:ident: $($variant:ident = $name:literal),*;)*) => { $(
        impl Names for $type {
            fn names() -> &'static [(Self, &'static str)] {
                &[$((Self::$variant, $name)),*]
            }
        }
    )* };
}

names! {
    WritingMode: Horizontal = "horizontal", VerticalRl = "vertical-rl", VerticalLr = "vertical-lr";
    LineAlign: Start = "start", Center = "center", End = "end";
    PositionAlign: Auto = "auto", LineLeft = "line-left", Center = "center", LineRight = "line-right";
    Align: Center = "center", Start = "start", End = "end", Left = "left", Right = "right";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousandths_have_no_idle_digits() {
        for (n, text) in [(0, "0"), (-1000, "-1"), (50_500, "50.5"), (-1, "-0.001"), (i64::MAX, "9223372036854775.807")]
        {
            assert_eq!(decimal(n), text);
            assert_eq!(parse(text, 1000), Some(n));
        }
    }
}
