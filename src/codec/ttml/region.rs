//! Regions: rectangles of the picture, and the placements that they mean to others.
//!
//! A wide region at the bottom (or top) of the picture with its text at its lower (upper) edge is what other formats call
//! "the bottom": its exact rectangle travels as a leftover, and the placement is the plain one. Other rectangles become
//! exact percentages.

use super::namespace::Ns;
use super::style::{self, Decl};
use crate::model::{Align, Line, LineAlign, Placement, Position, PositionAlign, WritingMode};

/// Thousandths of a percent.
const FULL: i64 = 100_000;
/// Margins that are written: 10 % on each side, the safe title area of SMPTE RP 218.
const SAFE: (i64, i64) = (10_000, 80_000);
/// A region whose text is within a quarter of the edge is at that edge.
const NEAR_EDGE: i64 = 25_000;
/// A region is wide from half of the picture on, and centred within a percent.
const WIDE: i64 = 50_000;
const CENTRED: i64 = 1_000;

/// Where the lines stand in a region (`tts:displayAlign`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Display {
    #[default]
    Before,
    Center,
    After,
}

const DISPLAYS: &[(Display, &str)] =
    &[(Display::Before, "before"), (Display::Center, "center"), (Display::After, "after")];

/// `tts:writingMode`; the words for the same come first as they are written. Right to left is horizontal here.
const WRITINGS: &[(WritingMode, &str)] = &[
    (WritingMode::Horizontal, "lrtb"),
    (WritingMode::VerticalRl, "tbrl"),
    (WritingMode::VerticalLr, "tblr"),
    (WritingMode::Horizontal, "rltb"),
    (WritingMode::Horizontal, "lr"),
    (WritingMode::Horizontal, "rl"),
    (WritingMode::VerticalRl, "tb"),
];

/// What lengths are relative to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Canvas {
    /// Pixels, if `tts:extent` says so.
    pub(super) pixels: Option<(f64, f64)>,
    /// Cells: TTML1 §6.2.1, 32 by 15 unless said otherwise.
    pub(super) cells: (f64, f64),
}

impl Default for Canvas {
    fn default() -> Self {
        Self { pixels: None, cells: (32.0, 15.0) }
    }
}

impl Canvas {
    /// A length along the width or height as a share of it.
    fn share(&self, text: &str, vertical: bool) -> Option<i64> {
        let at = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-')))?;
        let (number, unit) = text.split_at_checked(at)?;
        let number: f64 = number.parse().ok()?;
        let pick = |(x, y): (f64, f64)| if vertical { y } else { x };
        let percent = match (unit, self.pixels) {
            ("%", _) => number,
            ("px", Some(pixels)) => number / pick(pixels) * 100.0,
            ("c", _) => number / pick(self.cells) * 100.0,
            ("rw", _) if !vertical => number,
            ("rh", _) if vertical => number,
            ("rw", Some((x, y))) => number * x / y,
            ("rh", Some((x, y))) => number * y / x,
            _ => return None,
        };
        // A cast of a float saturates.
        percent.is_finite().then_some((percent * 1000.0).round() as i64)
    }

    fn pair(&self, text: &str) -> Option<(i64, i64)> {
        let (x, y) = text.trim().split_once(|c: char| c.is_ascii_whitespace())?;
        Some((self.share(x, false)?, self.share(y.trim(), true)?))
    }
}

/// What a region says about the place of its text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Region {
    pub(super) x: (i64, i64),
    pub(super) y: (i64, i64),
    pub(super) display: Display,
    pub(super) align: Option<Align>,
    pub(super) writing: WritingMode,
}

impl Region {
    /// Takes the place out of properties; what is left is not about it. `bad` hears of values that are none.
    pub(super) fn read(decls: &[Decl<'_>], canvas: &Canvas, mut bad: impl FnMut(&Decl<'_>)) -> Self {
        let mut region = Self {
            x: (0, FULL),
            y: (0, FULL),
            display: Display::default(),
            align: None,
            writing: WritingMode::default(),
        };
        let get = |name: &str| decls.iter().find(|decl| decl.ns == Ns::Style && decl.local == name);
        if let Some(decl) = get("extent") {
            match canvas.pair(&decl.value) {
                Some((w, h)) => (region.x.1, region.y.1) = (w.max(0), h.max(0)),
                None if decl.value.trim() == "auto" => {}
                None => bad(decl),
            }
        }
        if let Some(decl) = get("position") {
            match position(&decl.value, canvas, (region.x.1, region.y.1)) {
                Some((x, y)) => (region.x.0, region.y.0) = (x, y),
                None => bad(decl),
            }
        } else if let Some(decl) = get("origin") {
            match canvas.pair(&decl.value) {
                Some((x, y)) => (region.x.0, region.y.0) = (x, y),
                None if decl.value.trim() == "auto" => {}
                None => bad(decl),
            }
        }
        if let Some(decl) = get("displayAlign") {
            match DISPLAYS.iter().find(|(_, word)| *word == decl.value.trim()) {
                Some((display, _)) => region.display = *display,
                None => bad(decl),
            }
        }
        if let Some(decl) = get("writingMode") {
            match WRITINGS.iter().find(|(_, word)| *word == decl.value.trim()) {
                Some((writing, _)) => region.writing = *writing,
                None => bad(decl),
            }
        }
        region.align = get("textAlign").and_then(|decl| style::align(&decl.value));
        region
    }

    /// The property is one of those that say where text stands.
    pub(super) fn is_place(decl: &Decl<'_>) -> bool {
        let names = ["extent", "origin", "position", "displayAlign", "writingMode", "textAlign"];
        decl.ns == Ns::Style && names.contains(&decl.local)
    }

    /// The region that is written for a placement.
    pub(super) fn of(placement: &Placement) -> Self {
        let Placement { writing, line, line_align, position, position_align, size, align, region: _ } = placement;
        let size = (*size).clamp(1_000, FULL);
        let along = match (position, size) {
            (Position::Auto, FULL) => SAFE,
            (position, size) => {
                let edge = match (position_align, align) {
                    (PositionAlign::LineLeft, _) | (PositionAlign::Auto, Align::Left | Align::Start) => 0,
                    (PositionAlign::Center, _) | (PositionAlign::Auto, Align::Center) => size / 2,
                    (PositionAlign::LineRight, _) | (PositionAlign::Auto, Align::Right | Align::End) => size,
                };
                let at = match (position, align) {
                    (Position::Percent(at), _) => *at,
                    (Position::Auto, Align::Left | Align::Start) => 0,
                    (Position::Auto, Align::Center) => FULL / 2,
                    (Position::Auto, Align::Right | Align::End) => FULL,
                };
                (at.saturating_sub(edge).clamp(0, FULL.saturating_sub(size)), size)
            }
        };
        let rl = *writing == WritingMode::VerticalRl;
        let (first, last) = if rl { (Display::After, Display::Before) } else { (Display::Before, Display::After) };
        let (across, display) = match (line, line_align) {
            (Line::Auto, _) => (SAFE, Display::After),
            (Line::Number(line), _) => (SAFE, if *line < 0 { Display::After } else { Display::Before }),
            (Line::Percent(at), LineAlign::Start) => {
                let at = (*at).clamp(0, FULL.saturating_sub(1_000));
                ((at, FULL.saturating_sub(at)), first)
            }
            (Line::Percent(at), LineAlign::End) => ((0, (*at).clamp(1_000, FULL)), last),
            (Line::Percent(at), LineAlign::Center) if *at == FULL / 2 => (SAFE, Display::Center),
            (Line::Percent(at), LineAlign::Center) => {
                let at = (*at).clamp(500, FULL.saturating_sub(500));
                let half = at.min(FULL.saturating_sub(at));
                ((at.saturating_sub(half), half.saturating_mul(2)), Display::Center)
            }
        };
        let (x, y) = if *writing == WritingMode::Horizontal { (along, across) } else { (across, along) };
        Self { x, y, display, align: Some(*align), writing: *writing }
    }

    /// What it means to others, with the alignment that its text has.
    pub(super) fn placement(&self, align: Align) -> Placement {
        let horizontal = self.writing == WritingMode::Horizontal;
        let (across, along) = if horizontal { (self.y, self.x) } else { (self.x, self.y) };
        let centre = |(at, size): (i64, i64)| at.saturating_add(size / 2);
        let end = |(at, size): (i64, i64)| at.saturating_add(size);
        let centred = |part| (centre(part).saturating_sub(FULL / 2)).abs() <= CENTRED;
        let (size, position, position_align) = match align {
            _ if along.1 >= WIDE && centred(along) => (FULL, Position::Auto, PositionAlign::Auto),
            Align::Left | Align::Start => (along.1, Position::Percent(along.0), PositionAlign::LineLeft),
            Align::Center => (along.1, Position::Percent(centre(along)), PositionAlign::Center),
            Align::Right | Align::End => (along.1, Position::Percent(end(along)), PositionAlign::LineRight),
        };
        // The first edge is the top, or the left; text of vertical lines from the right begins at the last.
        let at_first = (self.display == Display::Before) != (self.writing == WritingMode::VerticalRl);
        // A rectangle that reaches to the far edge is how an exact line is written.
        let (near, exact) = if at_first {
            (across.0 <= NEAR_EDGE, across.0 > 0 && end(across) == FULL)
        } else {
            (end(across) >= FULL.saturating_sub(NEAR_EDGE), across.0 == 0 && across.1 < FULL)
        };
        let plain = if self.display == Display::Before { Line::Number(0) } else { Line::Auto };
        let (line, line_align) = match self.display {
            Display::Center if centred(across) => (Line::Percent(FULL / 2), LineAlign::Center),
            Display::Center => (Line::Percent(centre(across)), LineAlign::Center),
            Display::Before | Display::After if near && !exact => (plain, LineAlign::Start),
            Display::Before | Display::After if at_first => (Line::Percent(across.0), LineAlign::Start),
            Display::Before | Display::After => (Line::Percent(end(across)), LineAlign::End),
        };
        let writing = self.writing;
        Placement { writing, line, line_align, position, position_align, size, align, region: None }
    }

    /// Its attributes but the id, in the order that they are always written in.
    pub(super) fn attributes(&self) -> String {
        let percent = |a: i64, b: i64| format!("{}% {}%", decimal(a), decimal(b));
        let mut out = format!(
            "tts:origin=\"{}\" tts:extent=\"{}\" tts:displayAlign=\"{}\"",
            percent(self.x.0, self.y.0),
            percent(self.x.1, self.y.1),
            word(DISPLAYS, &self.display),
        );
        if let Some(align) = &self.align {
            out.extend([" tts:textAlign=\"", word(style::ALIGNS, align), "\""]);
        }
        if self.writing != WritingMode::Horizontal {
            out.extend([" tts:writingMode=\"", word(WRITINGS, &self.writing), "\""]);
        }
        out
    }

    /// The name of a region that is written for a placement.
    pub(super) fn name(&self) -> &'static str {
        match self.display {
            Display::Before => "top",
            Display::Center => "middle",
            Display::After => "bottom",
        }
    }
}

/// The first word for a value.
fn word<T: PartialEq>(rows: &[(T, &'static str)], value: &T) -> &'static str {
    rows.iter().find(|(v, _)| v == value).map_or("", |(_, word)| word)
}

/// `33.333` of 33,333.
pub(super) fn decimal(thousandths: i64) -> String {
    let (sign, size) = (if thousandths < 0 { "-" } else { "" }, thousandths.unsigned_abs());
    let text = format!("{sign}{}.{:03}", size / 1000, size % 1000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `tts:position` (TTML2 §10.2.33): as in CSS, a percentage is of what the region leaves free.
fn position(text: &str, canvas: &Canvas, (w, h): (i64, i64)) -> Option<(i64, i64)> {
    let free = (FULL.saturating_sub(w), FULL.saturating_sub(h));
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    let keyword = |word: &str| match word {
        "left" => Some((false, 0)),
        "right" => Some((false, FULL)),
        "top" => Some((true, 0)),
        "bottom" => Some((true, FULL)),
        _ => None,
    };
    let part = |share: i64, free: i64| free.saturating_mul(share) / FULL;
    let offset = |text: &str, vertical: bool| {
        let share = canvas.share(text, vertical)?;
        let free = if vertical { free.1 } else { free.0 };
        Some(if text.ends_with('%') { part(share, free) } else { share })
    };
    let (mut x, mut y) = (part(FULL / 2, free.0), part(FULL / 2, free.1));
    let mut set = |vertical: bool, at: i64| if vertical { y = at } else { x = at };
    let free_of = |vertical: bool| if vertical { free.1 } else { free.0 };
    match words.as_slice() {
        [edge_x, by_x, edge_y, by_y] => {
            for (edge, by) in [(edge_x, by_x), (edge_y, by_y)] {
                let (vertical, share) = keyword(edge)?;
                let by = offset(by, vertical)?;
                set(vertical, if share == 0 { by } else { free_of(vertical).saturating_sub(by) });
            }
        }
        [first, rest @ ..] if rest.len() <= 1 => {
            for (index, word) in [Some(first), rest.first()].into_iter().flatten().enumerate() {
                match keyword(word) {
                    Some((vertical, share)) => set(vertical, part(share, free_of(vertical))),
                    None if *word == "center" => {}
                    None => set(index == 1, offset(word, index == 1)?),
                }
            }
        }
        _ => return None,
    }
    Some((x, y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nine_places_come_back() {
        for writing in [WritingMode::Horizontal, WritingMode::VerticalRl, WritingMode::VerticalLr] {
            for (line, line_align) in [
                (Line::Auto, LineAlign::Start),
                (Line::Number(0), LineAlign::Start),
                (Line::Percent(50_000), LineAlign::Center),
                (Line::Percent(30_000), LineAlign::Start),
                (Line::Percent(70_500), LineAlign::End),
            ] {
                for align in [Align::Left, Align::Center, Align::Right, Align::Start, Align::End] {
                    let placement = Placement { writing, line, line_align, align, ..Placement::default() };
                    assert_eq!(Region::of(&placement).placement(align), placement);
                }
            }
        }
    }

    #[test]
    fn positions_are_of_what_is_free() {
        let canvas = Canvas { pixels: Some((640.0, 480.0)), ..Canvas::default() };
        for (text, x, y) in [
            ("center", 10_000, 40_000),
            ("right bottom", 20_000, 80_000),
            ("bottom left", 0, 80_000),
            ("50% 100%", 10_000, 80_000),
            ("right 10% bottom 64px", 18_000, 66_667),
        ] {
            assert_eq!(position(text, &canvas, (80_000, 20_000)), Some((x, y)), "{text}");
        }
    }
}
