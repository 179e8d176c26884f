//! `{\an1}` to `{\an9}`: where a cue stands, as on a numeric keypad.

use crate::model::{Align, Line, LineAlign, Placement, Position, PositionAlign, WritingMode};

/// Half of the picture, in thousandths of a percent.
const MIDDLE: i64 = 50_000;

/// The placement of `\anN`; `None` unless `number` is 1 to 9.
pub(in crate::codec) fn from_keypad(number: u8) -> Option<Placement> {
    let (line, line_align) = match number {
        1..=3 => (Line::Auto, LineAlign::Start),
        4..=6 => (Line::Percent(MIDDLE), LineAlign::Center),
        7..=9 => (Line::Number(0), LineAlign::Start),
        _ => return None,
    };
    let align = match number % 3 {
        1 => Align::Left,
        2 => Align::Center,
        _ => Align::Right,
    };
    Some(Placement { line, line_align, align, ..Placement::default() })
}

/// The key nearest to a placement, and whether it says all of it but the region (which it never says).
pub(in crate::codec) fn to_keypad(placement: &Placement) -> (u8, bool) {
    let Placement { writing, line, line_align, position, position_align, size: _, align, region } = placement;
    let row = match (writing, line) {
        // Across vertical lines, `line` goes sideways: it says nothing about top or bottom.
        (WritingMode::VerticalRl | WritingMode::VerticalLr, _) | (_, Line::Auto) => 1,
        (_, Line::Number(line)) => {
            if *line >= 0 && *line < LINES_OF_A_HALF {
                7
            } else {
                1
            }
        }
        (_, Line::Percent(share)) => match third(*share, *line_align) {
            0 => 7,
            1 => 4,
            _ => 1,
        },
    };
    let column = match (align, position) {
        (Align::Left | Align::Start, Position::Auto) => 0,
        (Align::Right | Align::End, Position::Auto) => 2,
        (Align::Center, Position::Auto) => 1,
        (_, Position::Percent(share)) => match position_align {
            PositionAlign::LineLeft => third(*share, LineAlign::Start),
            PositionAlign::LineRight => third(*share, LineAlign::End),
            PositionAlign::Center | PositionAlign::Auto => third(*share, LineAlign::Center),
        },
    };
    let number: u8 = column.saturating_add(row);
    let said = Placement { region: region.clone(), ..from_keypad(number).unwrap_or_default() };
    (number, said == *placement)
}

/// Lines counted from the top that still mean the upper half; players show about 15 (CEA-608's rows).
const LINES_OF_A_HALF: i64 = 7_000;

/// Which third of the picture a box is in that is pinned by `edge` at `share`: 0, 1, 2. A box is taken to fill a third.
fn third(share: i64, edge: LineAlign) -> u8 {
    let (first, second) = match edge {
        LineAlign::Start => (17_000, 50_000),
        LineAlign::Center => (33_000, 67_000),
        LineAlign::End => (50_000, 83_000),
    };
    u8::from(share >= first).saturating_add(u8::from(share >= second))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nine_keys_come_back() {
        for number in 1..=9 {
            assert_eq!(to_keypad(&from_keypad(number).unwrap()), (number, true));
        }
        assert_eq!((from_keypad(0), from_keypad(10)), (None, None));
    }

    #[test]
    fn others_go_to_the_nearest_key_and_say_so() {
        let at = |line, align| Placement { line, align, ..Placement::default() };
        for (placement, number) in [
            (at(Line::Percent(5_000), Align::Center), 8),
            (at(Line::Percent(90_000), Align::Start), 1),
            (at(Line::Number(-1_000), Align::End), 3),
            (at(Line::Number(1_000), Align::Center), 8),
            (Placement { size: 40_000, ..Placement::default() }, 2),
            (Placement { position: Position::Percent(10_000), ..Placement::default() }, 1),
        ] {
            assert_eq!(to_keypad(&placement), (number, false), "{placement:?}");
        }
    }
}
