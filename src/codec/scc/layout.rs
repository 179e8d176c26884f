//! Where captions stand: rows and columns of the screen, and placements.

use super::screen::{HEIGHT, Shape, WIDTH};
use crate::model::{Align, Line, LineAlign, Placement, Position};

/// The screen fills the safe title area: from 10 % to 90 % of the picture (47 CFR 15.119(n)(12)).
const EDGE: i64 = 10_000;
/// Height of a row and half the width of a column, in thousandths of a percent.
const ROW: i64 = 80_000 / HEIGHT as i64;
const HALF_COLUMN: i64 = 80_000 / (2 * WIDTH as i64);
/// Rows of the upper half are counted from the top, others from the bottom.
const UPPER: usize = 7;

/// The placement of lines that stand so. It is the nearest; [`arrange`] shows whether it says all.
pub(super) fn placement(shapes: &[Shape]) -> Option<Placement> {
    let (first, last) = (shapes.first()?, shapes.last()?);
    let thousandths = |n: usize| i64::try_from(n).unwrap_or(0).saturating_mul(1000);
    let line = match (first.row, last.row.saturating_add(1)) {
        (_, HEIGHT) => Line::Auto,
        (row, _) if row < UPPER => Line::Number(thousandths(row)),
        (row, _) => Line::Number(thousandths(row).saturating_sub(thousandths(HEIGHT))),
    };
    let (align, position) = across(first, shapes);
    let placement = Placement { line, align, position, ..Placement::default() };
    (placement != Placement::default()).then_some(placement)
}

fn across(first: &Shape, shapes: &[Shape]) -> (Align, Position) {
    let percent = |half_columns: usize| {
        let columns = i64::try_from(half_columns).unwrap_or(0);
        Position::Percent(columns.saturating_mul(HALF_COLUMN).saturating_add(EDGE))
    };
    let same = |of: fn(&Shape) -> usize| shapes.iter().all(|shape| of(shape) == of(first));
    let right = |shape: &Shape| shape.column.saturating_add(shape.width);
    let twice_center = |shape: &Shape| shape.column.saturating_add(right(shape));
    if shapes.iter().all(|shape| shape.column == WIDTH.saturating_sub(shape.width) / 2) {
        (Align::Center, Position::Auto)
    } else if same(|shape| shape.column) {
        let position = if first.column == 0 { Position::Auto } else { percent(first.column.saturating_mul(2)) };
        (Align::Left, position)
    } else if same(|shape| shape.column.saturating_add(shape.width)) {
        let edge = right(first);
        let position = if edge == WIDTH { Position::Auto } else { percent(edge.saturating_mul(2)) };
        (Align::Right, position)
    } else {
        let center = shapes.iter().map(twice_center).max().unwrap_or(WIDTH);
        let position = if center.abs_diff(WIDTH) <= 1 { Position::Auto } else { percent(center) };
        (Align::Center, position)
    }
}

/// Where lines of these widths stand by a placement: as near to it as the screen allows.
pub(super) fn arrange(placement: Option<&Placement>, widths: &[usize]) -> Vec<Shape> {
    let usual = Placement::default();
    let placement = placement.unwrap_or(&usual);
    let height = widths.len();
    let last = HEIGHT.saturating_sub(height);
    let first = match placement.line {
        Line::Auto => last,
        Line::Number(n) => {
            let row = n.div_euclid(1000);
            let row = if row < 0 { row.saturating_add(15) } else { row };
            usize::try_from(row).unwrap_or(0)
        }
        Line::Percent(y) => {
            let row = y.saturating_sub(EDGE).saturating_add(ROW / 2).div_euclid(ROW);
            let row = usize::try_from(row).unwrap_or(0);
            match placement.line_align {
                LineAlign::Start => row,
                LineAlign::Center => row.saturating_sub(height / 2),
                LineAlign::End => row.saturating_sub(height),
            }
        }
    };
    let first = first.min(last);
    let place = |(i, width): (usize, &usize)| {
        let column = column(placement, *width).min(WIDTH.saturating_sub(*width));
        Shape { row: first.saturating_add(i), column, width: *width }
    };
    widths.iter().enumerate().map(place).collect()
}

fn column(placement: &Placement, width: usize) -> usize {
    let at = match placement.position {
        Position::Auto => None,
        Position::Percent(x) => {
            let half_columns = x.saturating_sub(EDGE).saturating_add(HALF_COLUMN / 2).div_euclid(HALF_COLUMN);
            Some(usize::try_from(half_columns).unwrap_or(0))
        }
    };
    match placement.align {
        Align::Left | Align::Start => at.unwrap_or(0).div_ceil(2),
        Align::Right | Align::End => at.map_or(WIDTH, |at| at / 2).saturating_sub(width),
        Align::Center => at.unwrap_or(WIDTH).saturating_sub(width) / 2,
    }
}

/// Rows and columns as text: `13:4 15:8`.
pub(super) fn spell(shapes: &[Shape]) -> String {
    let place = |shape: &Shape| format!("{}:{}", shape.row.saturating_add(1), shape.column);
    shapes.iter().map(place).collect::<Vec<_>>().join(" ")
}

/// The same read, for lines of these widths; `None` if it does not fit them.
pub(super) fn parse(text: &str, widths: &[usize]) -> Option<Vec<Shape>> {
    let places: Vec<&str> = text.split(' ').collect();
    if places.len() != widths.len() {
        return None;
    }
    let mut shapes: Vec<Shape> = Vec::with_capacity(widths.len());
    for (place, width) in places.iter().zip(widths) {
        let (row, column) = place.split_once(':')?;
        let row = row.parse::<usize>().ok()?.checked_sub(1).filter(|row| *row < HEIGHT)?;
        let column = column.parse::<usize>().ok().filter(|column| column.saturating_add(*width) <= WIDTH)?;
        if shapes.last().is_some_and(|last| last.row >= row) {
            return None;
        }
        shapes.push(Shape { row, column, width: *width });
    }
    (spell(&shapes) == text).then_some(shapes)
}
