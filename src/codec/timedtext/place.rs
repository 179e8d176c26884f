//! Where a window stands (`wp`), and how its lines run (`ws`).

use crate::codec::json::{self, Unread};
use crate::model::{Align, Line, LineAlign, Placement, Position, PositionAlign, WritingMode};

/// A position: which point of the box is put where.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    /// 0 to 8, in rows from the top left (`ap`).
    anchor: i64,
    /// Percent from the left (`ah`) and from the top (`av`).
    at: (i64, i64),
}

impl Default for Point {
    /// The bottom centre.
    fn default() -> Self {
        Self { anchor: 7, at: (50, 100) }
    }
}

/// The mode in which lines move up.
const ROLL_UP: i64 = 2;

/// A style of windows.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Style {
    align: Align,
    writing: WritingMode,
    /// Direction of printing and of scrolling (`pd`, `sd`).
    directions: (i64, i64),
    /// Lines move up as new ones come (`mh`).
    pub(super) rolls: bool,
}

impl Point {
    /// Takes an attribute under its short name.
    pub(super) fn set(&mut self, name: &str, value: &str, unread: &mut Unread) {
        let number = json::integer(value);
        match name {
            "ap" => self.anchor = number.filter(|n| (0..=8).contains(n)).unwrap_or(self.anchor),
            "ah" => self.at.0 = number.unwrap_or(self.at.0),
            "av" => self.at.1 = number.unwrap_or(self.at.1),
            // Rows and columns of the window: its text is already in lines.
            "id" | "wp" | "rc" | "cc" => {}
            _ => unread.add(name),
        }
    }
}

impl Style {
    /// Takes an attribute under its short name.
    pub(super) fn set(&mut self, name: &str, value: &str, unread: &mut Unread) {
        let number = json::integer(value).unwrap_or_default();
        match name {
            "ju" => {
                self.align = match number {
                    0 => Align::Left,
                    1 => Align::Right,
                    _ => Align::Center,
                }
            }
            "pd" => self.directions.0 = number,
            "sd" => self.directions.1 = number,
            "mh" => self.rolls = number == ROLL_UP,
            "id" | "ws" => {}
            _ => unread.add(name),
        }
        self.writing = match self.directions {
            (2, 0) => WritingMode::VerticalRl,
            (2, 1) => WritingMode::VerticalLr,
            _ => WritingMode::Horizontal,
        };
    }
}

/// The placement of captions at this point, in this style; `None` if that is where they stand anyway.
pub(super) fn placement(point: Option<Point>, style: Option<Style>) -> Option<Placement> {
    let (point, style) = (point.unwrap_or_default(), style.unwrap_or_default());
    if point == Point::default() && style.align == Align::Center && style.writing == WritingMode::Horizontal {
        return None;
    }
    // The player moves everything in from the edges: 0.96 x + 2, here in thousandths of a percent.
    let inside = |percent: i64| percent.clamp(0, 100).saturating_mul(960).saturating_add(2_000);
    let (x, y) = (inside(point.at.0), inside(point.at.1));
    let (column, row) = (point.anchor % 3, point.anchor / 3);
    let (line, across, position, along) = match style.writing {
        WritingMode::Horizontal => (y, row, x, column),
        WritingMode::VerticalRl | WritingMode::VerticalLr => (x, column, y, row),
    };
    Some(Placement {
        writing: style.writing,
        line: Line::Percent(line),
        line_align: match across {
            0 => LineAlign::Start,
            1 => LineAlign::Center,
            _ => LineAlign::End,
        },
        position: Position::Percent(position),
        position_align: match along {
            0 => PositionAlign::LineLeft,
            1 => PositionAlign::Center,
            _ => PositionAlign::LineRight,
        },
        align: style.align,
        ..Placement::default()
    })
}
