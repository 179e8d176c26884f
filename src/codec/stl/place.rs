//! The row of the first line (VP) and the justification (JC), as a placement and back.

use super::plan::Room;
use crate::model::{Align, Line, LineAlign, Placement};

/// Rows from the edge of the screen in which a subtitle is at the bottom (an eighth, where rows are fine), or at the top.
const NEAR_BOTTOM: u8 = 3;
const NEAR_TOP: u8 = 2;
/// The whole height, in thousandths of a percent.
const WHOLE: i64 = 100_000;

/// The placement of a subtitle that begins in `row` and takes `height` rows of `rows`.
pub(super) fn placement(row: u8, height: u8, justification: u8, rows: u8) -> Option<Placement> {
    let past = row.saturating_add(height);
    let line = if past > rows.saturating_sub(NEAR_BOTTOM.max(rows / 8)) {
        Line::Auto
    } else if row <= NEAR_TOP {
        Line::Number(0)
    } else {
        // Rows fill the picture; the first is 0 or 1.
        let share = i64::from(row).saturating_mul(WHOLE).checked_div(i64::from(rows));
        Line::Percent(share.unwrap_or(0).min(WHOLE))
    };
    let align = match justification {
        1 => Align::Left,
        3 => Align::Right,
        _ => Align::Center,
    };
    let placement = Placement { line, align, ..Placement::default() };
    (placement != Placement::default()).then_some(placement)
}

/// Row and justification for `lines` lines; [`placement`] says whether they say it all.
pub(super) fn place(placement: Option<&Placement>, lines: usize, room: Room) -> (u8, u8) {
    let line_height = i64::from(room.line_height());
    let height = i64::try_from(lines.max(1)).unwrap_or(1).saturating_mul(line_height);
    let rows = i64::from(room.rows);
    let bottom = rows.saturating_sub(height).saturating_add(1).max(1);
    let Some(placement) = placement else { return (row(bottom), CENTER) };
    let first = match placement.line {
        Line::Auto => bottom,
        Line::Number(n) => {
            let lines = n.div_euclid(1000);
            let from = if lines < 0 { rows } else { 0 };
            from.saturating_add(lines.saturating_mul(line_height)).saturating_add(1)
        }
        Line::Percent(y) => {
            let at = y.saturating_mul(rows).saturating_add(WHOLE / 2).div_euclid(WHOLE);
            match placement.line_align {
                LineAlign::Start => at,
                LineAlign::Center => at.saturating_sub(height / 2),
                LineAlign::End => at.saturating_sub(height),
            }
        }
    };
    let justification = match placement.align {
        Align::Left | Align::Start => 1,
        Align::Center => CENTER,
        Align::Right | Align::End => 3,
    };
    (row(first.clamp(1, bottom)), justification)
}

const CENTER: u8 = 2;

fn row(n: i64) -> u8 {
    u8::try_from(n).unwrap_or(1)
}
