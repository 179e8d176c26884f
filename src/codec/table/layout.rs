//! Where the row of names stands, what separates columns, and which column holds what.

use super::cell::{Cell, time};
use super::other::is_derived;
use super::rows::{Rows, Shape};
use crate::parse::columns::{self, Column, Unit};
use std::borrow::Cow;
use std::collections::HashSet;

/// What separates columns, the surest first.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];
/// The row of names stands among so many lines: above it are a title, `sep=;`, the names of programs.
const SEARCHED: usize = 20;
/// A row of names is no longer than this; more is text.
const LONGEST_ROW: usize = 1 << 14;

/// A table, understood.
#[derive(Debug)]
pub(super) struct Layout {
    pub(super) delimiter: u8,
    /// Where the row of names begins; what stands before it is no part of the table.
    pub(super) names_at: usize,
    /// Where the rows begin.
    pub(super) body: usize,
    pub(super) columns: Columns,
    /// Names of all columns, none of them twice.
    pub(super) names: Vec<String>,
    /// There is a row of names.
    pub(super) named: bool,
}

/// What is done with a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Its cells are understood.
    Known,
    /// They are kept as they are.
    Other,
    /// They are kept as a manner of writing: they count rows, or repeat times.
    Derived,
}

/// Which column holds what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    pub(super) start: usize,
    pub(super) end: Option<usize>,
    pub(super) duration: Option<usize>,
    pub(super) text: usize,
    pub(super) speaker: Option<usize>,
    pub(super) id: Option<usize>,
    /// Units of the first two, and of the duration.
    pub(super) units: [Option<Unit>; 3],
}

impl Layout {
    /// What is done with each of its columns.
    pub(super) fn roles(&self) -> Vec<Role> {
        let Columns { start, end, duration, text, speaker, id, units: _ } = self.columns;
        let known = [Some(start), end.or(duration), Some(text), speaker, id];
        let role = |(at, name): (usize, &String)| match known.contains(&Some(at)) {
            true => Role::Known,
            false if is_derived(name) => Role::Derived,
            false => Role::Other,
        };
        self.names.iter().enumerate().map(role).collect()
    }

    pub(super) fn shape(&self) -> Shape {
        Shape { width: self.names.len(), start: self.columns.start }
    }
}

/// What the text is as a table of cues: by its names, else by two columns of times with a text behind them.
pub(super) fn find(text: &str) -> Option<Layout> {
    by_names(text).or_else(|| by_place(text))
}

/// The lines among which the row of names stands, and where each begins.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.split_inclusive(['\n', '\r']).scan(0usize, |at, line| {
        let start = *at;
        *at = start.saturating_add(line.len());
        Some((start, line))
    });
    lines.filter(|(_, line)| !line.trim().is_empty()).take(SEARCHED)
}

fn by_names(text: &str) -> Option<Layout> {
    for (at, line) in lines(text).filter(|(_, line)| line.len() <= LONGEST_ROW) {
        for delimiter in DELIMITERS {
            let mut cells = Vec::new();
            Rows::new(line, 0, delimiter, None).next(&mut cells);
            if let Some(columns) = named(&cells) {
                let end = at.saturating_add(line.len());
                // `\r\n` is one line end.
                let crlf = line.ends_with('\r') && text.as_bytes().get(end) == Some(&b'\n');
                let body = end.saturating_add(usize::from(crlf));
                return Some(Layout { delimiter, names_at: at, body, columns, names: names(&cells), named: true });
            }
        }
    }
    None
}

/// The columns that a row names: it must name a start and a text.
fn named(cells: &[Cow<'_, str>]) -> Option<Columns> {
    let find = |column| columns::find(cells.iter().map(|cell| &**cell), column);
    let unit = |at: Option<usize>| at.and_then(|at| cells.get(at)).and_then(|cell| columns::named(cell)?.unit);
    let (start, text) = (find(Column::Start)?, find(Column::Text)?);
    let (end, duration) = (find(Column::End), find(Column::Duration));
    let units = [unit(Some(start)), unit(end), unit(duration)];
    Some(Columns { start, end, duration, text, speaker: find(Column::Speaker), id: find(Column::Id), units })
}

/// Names of columns as they are kept: without space around them, and none twice.
fn names(cells: &[Cow<'_, str>]) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::new();
    let unique = |(at, cell): (usize, &Cow<'_, str>)| {
        let name = cell.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let mut name = if name.is_empty() { unnamed(at) } else { name.to_owned() };
        while !taken.insert(name.clone()) {
            name = format!("{name} {}", at.saturating_add(1));
        }
        name
    };
    cells.iter().enumerate().map(unique).collect()
}

/// The name of a column without one.
pub(super) fn unnamed(at: usize) -> String {
    format!("column {}", at.saturating_add(1))
}

fn by_place(text: &str) -> Option<Layout> {
    let (at, line) = lines(text).next().filter(|(_, line)| line.len() <= LONGEST_ROW)?;
    DELIMITERS.into_iter().find_map(|delimiter| {
        let mut cells = Vec::new();
        Rows::new(line, 0, delimiter, None).next(&mut cells);
        let sure = |cell: &Cow<'_, str>| matches!(time(cell), Some(Cell::Clock(_) | Cell::Number(_) | Cell::Code(_)));
        let start = cells.windows(2).position(|pair| pair.iter().all(sure))?;
        let text = cells.len().checked_sub(1).filter(|text| *text > start.saturating_add(1))?;
        let end = Some(start.saturating_add(1));
        let columns = Columns { start, end, duration: None, text, speaker: None, id: None, units: [None; 3] };
        let names = (0..cells.len()).map(unnamed).collect();
        Some(Layout { delimiter, names_at: at, body: at, columns, names, named: false })
    })
}

/// A row of names with a text, a start and an end is a sure sign if a row with times follows, and without an end a likely one.
pub(super) fn probe(text: &str, delimiter: impl Fn(u8) -> bool) -> u8 {
    let Some(layout) = find(text).filter(|layout| delimiter(layout.delimiter)) else { return 0 };
    let Columns { start, end, duration, .. } = layout.columns;
    let (mut rows, mut cells) = (Rows::new(text, layout.body, layout.delimiter, Some(layout.shape())), Vec::new());
    let blank = |cells: &[Cow<'_, str>]| cells.iter().all(|cell| cell.trim().is_empty());
    let first =
        std::iter::from_fn(|| rows.next(&mut cells).map(|_| cells.clone())).take(SEARCHED).find(|row| !blank(row));
    let timed = first.is_none_or(|row| row.get(start).is_some_and(|cell| time(cell).is_some()));
    match (timed, layout.named, end.or(duration)) {
        (true, true, Some(_)) => 230,
        (true, true, None) => 150,
        (true, false, _) => 60,
        (false, ..) => 0,
    }
}
