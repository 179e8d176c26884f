//! Regions: WebVTT §6.2 "collect WebVTT region settings", and their writing.

use super::settings::{pair, percentage, thousandths};
use crate::model::{Decimal, Region};

/// A region as the standard's parser leaves it, numbers as exact as a browser's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct RegionSettings {
    pub(super) id: String,
    pub(super) width: f64,
    pub(super) lines: f64,
    pub(super) region_anchor: (f64, f64),
    pub(super) viewport_anchor: (f64, f64),
    pub(super) scroll_up: bool,
}

/// Reads the lines of a REGION block. `bad` hears each setting that says nothing.
pub(super) fn parse(input: &str, mut bad: impl FnMut(&str)) -> RegionSettings {
    let mut region = RegionSettings {
        id: String::new(),
        width: 100.0,
        lines: 3.0,
        region_anchor: (0.0, 100.0),
        viewport_anchor: (0.0, 100.0),
        scroll_up: false,
    };
    for setting in input.split_ascii_whitespace() {
        if pair(setting).and_then(|(name, value)| region.set(name, value)).is_none() {
            bad(setting);
        }
    }
    region
}

impl RegionSettings {
    fn set(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "id" => value.clone_into(&mut self.id),
            "width" => self.width = percentage(value)?,
            "lines" if value.bytes().all(|b| b.is_ascii_digit()) => self.lines = value.parse().ok()?,
            "regionanchor" => self.region_anchor = anchor(value)?,
            "viewportanchor" => self.viewport_anchor = anchor(value)?,
            "scroll" if value == "up" => self.scroll_up = true,
            _ => return None,
        }
        Some(())
    }
}

fn anchor(value: &str) -> Option<(f64, f64)> {
    let (x, y) = value.split_once(',')?;
    Some((percentage(x)?, percentage(y)?))
}

impl From<&RegionSettings> for Region {
    fn from(region: &RegionSettings) -> Self {
        let pair = |(x, y): (f64, f64)| (thousandths(x), thousandths(y));
        Self {
            id: region.id.clone(),
            width: thousandths(region.width),
            // A cast of a float saturates.
            lines: region.lines as u32,
            region_anchor: pair(region.region_anchor),
            viewport_anchor: pair(region.viewport_anchor),
            scroll_up: region.scroll_up,
        }
    }
}

/// Writes the lines of a REGION block, without the last line end.
pub(super) fn write(region: &Region) -> String {
    let Region { id, width, lines, region_anchor, viewport_anchor, scroll_up } = region;
    let percent = |(x, y): &(i64, i64)| format!("{}%,{}%", Decimal(*x), Decimal(*y));
    let id = if id.is_empty() { String::new() } else { format!("id:{id}\n") };
    format!(
        "{id}width:{}%\nlines:{lines}\nregionanchor:{}\nviewportanchor:{}{}",
        Decimal(*width),
        percent(region_anchor),
        percent(viewport_anchor),
        if *scroll_up { "\nscroll:up" } else { "" },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let text = "id:fred\nwidth:40%\nlines:2\nregionanchor:0%,100%\nviewportanchor:10.5%,90%\nscroll:up";
        let mut bad = 0;
        assert_eq!(write(&Region::from(&parse(text, |_| bad += 1))), text);
        assert_eq!(bad, 0);
    }

    #[test]
    fn a_bad_setting_leaves_the_default() {
        let mut bad = Vec::new();
        let region = parse("lines:3.5 width:101% regionanchor:1% scroll:down id:", |s| bad.push(s.to_owned()));
        assert_eq!(region, parse("", |_| ()));
        assert_eq!(bad.len(), 5);
    }
}
