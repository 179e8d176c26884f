//! A memory of captions: 15 rows of 32 columns (47 CFR 15.119(d)).

use crate::codec::runs;
use crate::model::{MarkKind, Rgba, StyledText};
use cea608_types::tables::Color;

/// Rows of the screen.
pub(super) const HEIGHT: usize = 15;
/// Columns of a row.
pub(super) const WIDTH: usize = 32;

/// How a character looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) color: Color,
    pub(super) italic: bool,
    pub(super) underline: bool,
}

impl Look {
    pub(super) const PLAIN: Self = Self { color: Color::White, italic: false, underline: false };

    /// What both have.
    fn both(self, other: Self) -> Self {
        let color = if self.color == other.color { self.color } else { Color::White };
        Self { color, italic: self.italic && other.italic, underline: self.underline && other.underline }
    }
}

/// The colours of CTA-608-E besides white, which is the usual one.
pub(super) const COLORS: &[(Color, Rgba)] = &[
    (Color::Green, rgb(0, 255, 0)),
    (Color::Blue, rgb(0, 0, 255)),
    (Color::Cyan, rgb(0, 255, 255)),
    (Color::Red, rgb(255, 0, 0)),
    (Color::Yellow, rgb(255, 255, 0)),
    (Color::Magenta, rgb(255, 0, 255)),
];

const fn rgb(r: u8, g: u8, b: u8) -> Rgba {
    Rgba { r, g, b, a: u8::MAX }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing was written here.
    Empty,
    /// A mid-row code stands here: a space.
    Gap,
    Char(char, Look),
}

/// Where a line stands, and how wide it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) row: usize,
    pub(super) column: usize,
    pub(super) width: usize,
}

/// A memory.
pub(super) struct Screen {
    cells: [[Cell; WIDTH]; HEIGHT],
    used: bool,
}

impl Screen {
    pub(super) fn new() -> Self {
        Self { cells: [[Cell::Empty; WIDTH]; HEIGHT], used: false }
    }

    /// Something was written.
    pub(super) fn is_used(&self) -> bool {
        self.used
    }

    pub(super) fn clear(&mut self) {
        if self.used {
            *self = Self::new();
        }
    }

    pub(super) fn set(&mut self, row: usize, column: usize, cell: Cell) {
        if let Some(place) = self.cells.get_mut(row).and_then(|row| row.get_mut(column)) {
            *place = cell;
            self.used = true;
        }
    }

    /// Deletes from a column to the end of the row.
    pub(super) fn clear_row(&mut self, row: usize, column: usize) {
        let cells = self.cells.get_mut(row).and_then(|row| row.get_mut(column..)).unwrap_or_default();
        cells.fill(Cell::Empty);
    }

    /// Its lines as a text, and where they stand; `None` if there is nothing to see.
    pub(super) fn text(&self) -> Option<(StyledText, Vec<Shape>)> {
        if !self.used {
            return None;
        }
        let (mut shapes, mut chars) = (Vec::new(), Vec::<(char, Look)>::new());
        for (row, cells) in self.cells.iter().enumerate() {
            let seen = |cell: &Cell| matches!(cell, Cell::Char(c, _) if *c != ' ');
            let Some((first, last)) = cells.iter().position(seen).zip(cells.iter().rposition(seen)) else { continue };
            let cells = cells.get(first..=last).unwrap_or_default();
            if !shapes.is_empty() {
                chars.push(between('\n', &chars, cells));
            }
            for (i, cell) in cells.iter().enumerate() {
                chars.push(match cell {
                    Cell::Char(c, look) => (*c, *look),
                    Cell::Empty | Cell::Gap => between(' ', &chars, cells.get(i..).unwrap_or_default()),
                });
            }
            shapes.push(Shape { row, column: first, width: cells.len() });
        }
        (!shapes.is_empty()).then(|| (styled(&chars), shapes))
    }
}

/// A space has what the characters around it have in common.
fn between(c: char, before: &[(char, Look)], after: &[Cell]) -> (char, Look) {
    let next = after.iter().find_map(|cell| match cell {
        Cell::Char(_, look) => Some(*look),
        Cell::Empty | Cell::Gap => None,
    });
    let last = before.last().map_or(Look::PLAIN, |(_, look)| *look);
    (c, last.both(next.unwrap_or(Look::PLAIN)))
}

/// The characters as a text with marks.
fn styled(chars: &[(char, Look)]) -> StyledText {
    runs::styled(chars.iter().map(|(c, look)| {
        let color = COLORS.iter().find(|(color, _)| *color == look.color).map(|(_, rgba)| MarkKind::Color(*rgba));
        (*c, [color, look.italic.then_some(MarkKind::Italic), look.underline.then_some(MarkKind::Underline)])
    }))
}
