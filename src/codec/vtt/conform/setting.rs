//! Cue settings (§4.4) and region settings (§4.3).

use super::Judge;
use crate::codec::vtt::settings::{self, SettingSlip, pair, percentage};
use crate::diag::codes::conform as codes;
use crate::diag::{Code, Diagnostic, Location};
use crate::source::Span;
use std::ops::Range;

/// Names that may stand once each. Their places in the lists are the bits of what was seen.
const CUE_SETTINGS: &[&str] = &["vertical", "line", "position", "size", "align", "region"];
const REGION_SETTINGS: &[&str] = &["id", "width", "lines", "regionanchor", "viewportanchor", "scroll"];

/// Remembers which names stood already.
struct Once(&'static [&'static str], u8);

impl Once {
    /// It stood before.
    fn again(&mut self, name: &str) -> bool {
        let Some(place) = self.0.iter().position(|known| *known == name) else { return false };
        let bit = 1u8.checked_shl(u32::try_from(place).unwrap_or(0)).unwrap_or(0);
        let again = self.1 & bit != 0;
        self.1 |= bit;
        again
    }
}

impl<'a> Judge<'a, '_> {
    pub(super) fn settings(&mut self, range: Range<usize>, at: Location) {
        let mut once = Once(CUE_SETTINGS, 0);
        let (mut region, mut leaves) = (None, None);
        for (setting, range) in words(self.blocks.text.raw(range.clone()), range.start) {
            let at = Location { span: Some(Span::new(range)), ..at };
            let Some((name, value)) = pair(setting).filter(|_| is_setting(setting)) else {
                self.say(codes::VTT_SETTING, at, setting);
                continue;
            };
            if once.again(name) {
                self.named(codes::VTT_SETTING_TWICE, at, name);
            }
            match name {
                "region" => region = Some((value, at)),
                "vertical" | "line" | "size" => leaves = Some((name, at)),
                _ => {}
            }
        }
        let Some((id, at)) = region else { return };
        if !self.regions.contains(id) {
            self.report.push_with(codes::VTT_NO_REGION, at, |d| d.with("id", id));
        } else if let Some((name, at)) = leaves {
            self.named(codes::VTT_LEAVES_REGION, at, name);
        }
    }

    pub(super) fn region(&mut self, block: Range<usize>) {
        let mut once = Once(REGION_SETTINGS, 0);
        let mut id = None;
        for (setting, range) in words(self.blocks.text.raw(block.clone()), block.start) {
            let at = Location::span(range);
            let Some((name, value)) = pair(setting).filter(|(name, value)| is_region_setting(name, value)) else {
                self.say(codes::VTT_REGION_SETTING, at, setting);
                continue;
            };
            if once.again(name) {
                self.named(codes::VTT_REGION_SETTING_TWICE, at, name);
            }
            if name == "id" {
                id = Some((value, at));
            }
        }
        match id {
            None => self.push(codes::VTT_REGION_NO_ID, Location::span(block)),
            Some((id, at)) if !self.regions.insert(id) => {
                self.report.push(Diagnostic::new(codes::VTT_REGION_ID, at).with("id", id));
            }
            Some(_) => {}
        }
    }

    fn named(&mut self, code: Code, at: Location, name: &str) {
        self.report.push_with(code, at, |diagnostic| diagnostic.with("name", name));
    }
}

/// The settings of a list, each with its place.
fn words(text: &str, start: usize) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = start;
    text.split([' ', '\t', '\n', '\r']).filter_map(move |word| {
        let range = at..at.saturating_add(word.len());
        at = range.end.saturating_add(1);
        (!word.is_empty()).then_some((word, range))
    })
}

/// What players take, but a line number is whole (§4.4).
fn is_setting(setting: &str) -> bool {
    let mut good = true;
    settings::parse(setting, |_| true, |slip| good &= !matches!(slip, SettingSlip::Bad(_)));
    let whole = |value: &str| value.ends_with('%') || !value.contains('.');
    let line = setting.strip_prefix("line:").and_then(|value| value.split(',').next());
    good && line.is_none_or(whole)
}

fn is_region_setting(name: &str, value: &str) -> bool {
    let anchor =
        |value: &str| value.split_once(',').is_some_and(|(x, y)| percentage(x).is_some() && percentage(y).is_some());
    match name {
        "id" => true,
        "width" => percentage(value).is_some(),
        "lines" => value.bytes().all(|b| b.is_ascii_digit()),
        "regionanchor" | "viewportanchor" => anchor(value),
        "scroll" => value == "up",
        _ => false,
    }
}
