//! Formats whose text stands in rows of a fixed number of columns: lines are broken at spaces, and what that changes is said.

use super::plain::{Pen, shorten};
use crate::diag::codes::loss;

/// A character and its look.
pub(in crate::codec) type Cell<L> = (char, L);

/// What was done to lines so that they fit.
#[derive(Default)]
pub(in crate::codec) struct Squeezed {
    /// Lines were longer than a row.
    pub(in crate::codec) wrapped: bool,
    /// Changes of look had to take a column of their own.
    pub(in crate::codec) spaced: bool,
    /// How many lines were blank.
    pub(in crate::codec) blank: u64,
    /// There were spaces at the edge of a line.
    pub(in crate::codec) edges: bool,
    /// What has no row.
    pub(in crate::codec) cut: String,
}

impl Squeezed {
    /// Reports it; blank lines only if something is `shown` beside them.
    pub(in crate::codec) fn say(&self, shown: bool, pen: &mut Pen<'_>) {
        let Self { wrapped, spaced, blank, edges, cut } = self;
        if *blank > 0 && shown {
            pen.loss(loss::BLANK_LINE, "count", *blank);
        }
        for (is, code) in [(wrapped, loss::WRAPPED), (spaced, loss::STYLE_SPACE), (edges, loss::EDGE_SPACE)] {
            if *is {
                pen.lost(code);
            }
        }
        if !cut.is_empty() {
            pen.loss(loss::ROWS_CUT, "text", shorten(cut.trim()));
        }
    }

    /// The part of a line that is to be placed; `None` if the line is blank.
    pub(in crate::codec) fn trim<'a, L>(&mut self, line: &'a [Cell<L>]) -> Option<&'a [Cell<L>]> {
        let trimmed = trim(line);
        if trimmed.is_empty() {
            self.blank = self.blank.saturating_add(1);
            return None;
        }
        self.edges |= trimmed.len() < line.len();
        Some(trimmed)
    }

    /// There was no row for this part.
    pub(in crate::codec) fn cut<L>(&mut self, part: &[Cell<L>]) {
        self.cut.extend(part.iter().map(|(c, _)| *c).chain([' ']));
    }
}

/// A row as a format writes it.
pub(in crate::codec) trait Row {
    /// Columns it takes, those of its codes too.
    fn columns(&self) -> usize;
}

/// As much of a line as fits into `columns`, cut at a space where there is one; what is left of the line; and the row that
/// `compose` makes of the part.
pub(in crate::codec) fn broken<L, R: Row>(
    line: &[Cell<L>],
    columns: usize,
    compose: impl Fn(&[Cell<L>]) -> R,
) -> (&[Cell<L>], &[Cell<L>], R) {
    // Changes of look take columns, too: then fewer characters fit.
    let mut most = columns;
    loop {
        let (part, after) = break_line(line, most);
        let row = compose(part);
        if row.columns() <= columns || most <= 1 {
            return (part, trim(after), row);
        }
        most = most.saturating_sub(row.columns().saturating_sub(columns).max(1)).max(1);
    }
}

fn break_line<L>(line: &[Cell<L>], most: usize) -> (&[Cell<L>], &[Cell<L>]) {
    if line.len() <= most {
        return (line, &[]);
    }
    let head = line.get(..most.saturating_add(1)).unwrap_or(line);
    let at = head.iter().rposition(|(c, _)| *c == ' ').filter(|at| *at > 0).unwrap_or(most);
    let (head, tail) = line.split_at_checked(at).unwrap_or((line, &[]));
    (trim(head), tail)
}

fn trim<L>(line: &[Cell<L>]) -> &[Cell<L>] {
    let seen = |(c, _): &Cell<L>| *c != ' ';
    let (first, last) = (line.iter().position(seen), line.iter().rposition(seen));
    first.zip(last).and_then(|(first, last)| line.get(first..=last)).unwrap_or_default()
}
