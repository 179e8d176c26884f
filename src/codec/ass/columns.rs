//! The columns of events: what the file's own `Format` line says, in any order.

use super::script::BLANK;
use super::{Dialect, key};

/// A column of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Start,
    End,
    Name,
    Text,
    /// One that the model has no place for.
    Kept(Kept),
    /// One that no specification names.
    Other(String),
}

/// A column that is kept as an extra where it is not the usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// Key of the extra.
    pub(super) key: &'static str,
    /// What it usually holds.
    pub(super) usual: &'static str,
}

impl Kept {
    /// It is a margin: zero may be written as `0000`.
    pub(super) fn is_margin(self) -> bool {
        matches!(self.key, key::MARGIN_L | key::MARGIN_R | key::MARGIN_V)
    }
}

const fn kept(key: &'static str, usual: &'static str) -> Column {
    Column::Kept(Kept { key, usual })
}

/// The name of a style that is not named.
pub(super) const DEFAULT_STYLE: &str = "Default";

/// Names as `Format` lines spell them.
const NAMES: &[(&str, Column)] = &[
    ("Layer", kept(key::LAYER, "0")),
    ("Marked", kept(key::MARKED, "Marked=0")),
    ("Start", Column::Start),
    ("End", Column::End),
    ("Style", kept(key::STYLE, DEFAULT_STYLE)),
    ("Name", Column::Name),
    // Aegisub's name for it.
    ("Actor", Column::Name),
    ("MarginL", kept(key::MARGIN_L, "0")),
    ("MarginR", kept(key::MARGIN_R, "0")),
    ("MarginV", kept(key::MARGIN_V, "0")),
    ("Effect", kept(key::EFFECT, "")),
    ("Text", Column::Text),
];

/// The `Format` line of events that each dialect writes.
pub(super) fn usual_line(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Ass => "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
        Dialect::Ssa => "Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text",
    }
}

/// What a `Format` line lists, if this is one.
pub(super) fn format_line(line: &str) -> Option<&str> {
    let (word, list) = line.trim_start_matches(BLANK).split_once(':')?;
    word.trim_end().eq_ignore_ascii_case("Format").then_some(list)
}

/// The columns of a `Format` line, given without `Format:`. `Text` is always the last that is read: it may hold commas.
pub(super) fn columns(list: &str) -> Vec<Column> {
    let named = list.split(',').map(str::trim).map(|name| {
        let known = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        known.map_or_else(|| Column::Other(name.to_owned()), |(_, column)| column.clone())
    });
    let mut columns: Vec<Column> = named.filter(|column| *column != Column::Text).collect();
    columns.push(Column::Text);
    columns
}

/// The columns that a dialect has where its file says nothing.
pub(super) fn usual(dialect: Dialect) -> Vec<Column> {
    columns(usual_line(dialect).trim_start_matches("Format:"))
}
