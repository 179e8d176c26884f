//! Where a cue stands: `\an` and `\pos` on the script's canvas.

use super::Dialect;
use super::script::Canvas;
use super::style::{Style, to_legacy};
use crate::codec::srt::placement::{from_keypad, to_keypad};
use crate::model::{Align, Line, LineAlign, Placement, Position, PositionAlign, WritingMode};

/// The whole width or height, in thousandths of a percent.
const WHOLE: f64 = 100_000.0;

/// The placement of an event whose style and first tags these are. The bottom centre, where cues stand anyway, is none unless a
/// tag says it.
pub(super) fn placement(
    keypad: Option<u8>,
    at: Option<(f64, f64)>,
    style: &Style,
    canvas: Canvas,
) -> Option<Placement> {
    let key = keypad.unwrap_or(style.alignment);
    let Some((x, y)) = at else {
        return from_keypad(key).filter(|_| keypad.is_some() || key != 2);
    };
    let share = |n: f64, of: f64| (n / of * WHOLE).round() as i64;
    let (row, column) = (key.saturating_sub(1) / 3, key.saturating_sub(1) % 3);
    let line_align = [LineAlign::End, LineAlign::Center, LineAlign::Start];
    let position_align = [PositionAlign::LineLeft, PositionAlign::Center, PositionAlign::LineRight];
    let align = [Align::Left, Align::Center, Align::Right];
    Some(Placement {
        line: Line::Percent(share(y, canvas.height)),
        line_align: line_align.get(usize::from(row)).copied().unwrap_or_default(),
        position: Position::Percent(share(x, canvas.width)),
        position_align: position_align.get(usize::from(column)).copied().unwrap_or_default(),
        align: align.get(usize::from(column)).copied().unwrap_or_default(),
        ..Placement::default()
    })
}

/// The tags that say a placement, and whether they say all of it but the region.
pub(super) fn tags(placement: Option<&Placement>, style: &Style, canvas: Canvas, dialect: Dialect) -> (String, bool) {
    let own = self::placement(None, None, style, canvas);
    let Some(wanted) = placement else {
        return if own.is_none() { (String::new(), true) } else { (keypad_tag(2, dialect), false) };
    };
    let wanted = &Placement { region: None, ..wanted.clone() };
    if own.as_ref() == Some(wanted) {
        return (String::new(), true);
    }
    let (key, exact) = to_keypad(wanted);
    if exact {
        return (keypad_tag(key, dialect), true);
    }
    let Some((key, (x, y))) = position(wanted) else { return (keypad_tag(key, dialect), false) };
    let mut tags = keypad_tag(key, dialect);
    let (x, y) = (pixels(x, canvas.width), pixels(y, canvas.height));
    tags.push_str(&format!("\\pos({x},{y})"));
    let number = |text: &str| text.parse().unwrap_or_default();
    let said = self::placement(Some(key), Some((number(&x), number(&y))), style, canvas);
    let exact = said.as_ref() == Some(wanted);
    (tags, exact)
}

fn keypad_tag(key: u8, dialect: Dialect) -> String {
    match dialect {
        Dialect::Ass => format!("\\an{key}"),
        Dialect::Ssa => format!("\\a{}", to_legacy(key)),
    }
}

/// Where the outermost lines of a player stand, and how far lines are apart: 15 lines fill nine tenths (CEA-608's safe area).
const MARGIN: i64 = 5_000;
const LINE_STEP: i64 = 6_000;
/// Where text stands that is aligned to a side of the picture and to nothing else.
const SIDE: i64 = 3_000;

/// The key and the point, in thousandths of a percent, of a placement that no key alone says; `None` if its line is only to be
/// found by a key.
fn position(wanted: &Placement) -> Option<(u8, (i64, i64))> {
    let Placement { writing, line, line_align, position, position_align, size: _, align, region: _ } = wanted;
    if *writing != WritingMode::Horizontal {
        return None;
    }
    let column: u8 = match (position_align, align) {
        (PositionAlign::LineLeft, _) | (PositionAlign::Auto, Align::Left | Align::Start) => 0,
        (PositionAlign::LineRight, _) | (PositionAlign::Auto, Align::Right | Align::End) => 2,
        (PositionAlign::Center, _) | (PositionAlign::Auto, Align::Center) => 1,
    };
    let whole = WHOLE as i64;
    let x = match (position, column) {
        (Position::Percent(share), _) => *share,
        (Position::Auto, 0) => SIDE,
        (Position::Auto, 1) => whole / 2,
        (Position::Auto, _) => whole.saturating_sub(SIDE),
    };
    let bottom = whole.saturating_sub(MARGIN);
    // Lines are counted in thousandths.
    let step = |lines: i64| lines.saturating_mul(LINE_STEP) / 1000;
    let (row, y): (u8, i64) = match (line, position) {
        (Line::Percent(share), _) => match line_align {
            LineAlign::Start => (6, *share),
            LineAlign::Center => (3, *share),
            LineAlign::End => (0, *share),
        },
        (Line::Auto | Line::Number(_), Position::Auto) => return None,
        (Line::Auto, Position::Percent(_)) => (0, bottom),
        (Line::Number(n), Position::Percent(_)) if *n >= 0 => (6, MARGIN.saturating_add(step(*n)).min(bottom)),
        (Line::Number(n), Position::Percent(_)) => (0, bottom.saturating_add(step(n.saturating_add(1000))).max(MARGIN)),
    };
    Some((row.saturating_add(column).saturating_add(1), (x, y)))
}

/// A share in pixels of the canvas, with no more digits than needed: three find every thousandth of a percent again.
fn pixels(share: i64, size: f64) -> String {
    let exact = share as f64 * size / WHOLE;
    let back = |text: &str| text.parse::<f64>().is_ok_and(|pixels| (pixels * WHOLE / size).round() == share as f64);
    let shorter = (0..3usize).map(|digits| format!("{exact:.digits$}")).find(|text| back(text));
    shorter.unwrap_or_else(|| format!("{exact:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANVAS: Canvas = Canvas { width: 1920.0, height: 1080.0 };

    fn both(keypad: Option<u8>, at: Option<(f64, f64)>) -> (String, bool) {
        let style = Style::default();
        tags(placement(keypad, at, &style, CANVAS).as_ref(), &style, CANVAS, Dialect::Ass)
    }

    #[test]
    fn tags_come_back() {
        assert_eq!(both(None, None), (String::new(), true));
        assert_eq!(both(Some(8), None), ("\\an8".into(), true));
        assert_eq!(both(None, Some((960.0, 200.0))), ("\\an2\\pos(960,200)".into(), true));
        assert_eq!(both(Some(7), Some((12.5, -3.0))), ("\\an7\\pos(12.5,-3)".into(), true));
    }

    #[test]
    fn a_style_says_it_already() {
        let top = Style { alignment: 8, ..Style::default() };
        let said = placement(None, None, &top, CANVAS);
        assert_eq!(said, from_keypad(8));
        assert_eq!(tags(said.as_ref(), &top, CANVAS, Dialect::Ass), (String::new(), true));
        assert_eq!(tags(None, &top, CANVAS, Dialect::Ass), ("\\an2".into(), false));
        assert_eq!(tags(from_keypad(5).as_ref(), &top, CANVAS, Dialect::Ssa), ("\\a10".into(), true));
    }
}
