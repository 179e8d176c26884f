//! Lines of events: their fields.

use super::columns::{Column, DEFAULT_STYLE, Kept};
use super::script::BLANK;
use super::{ID, key, timestamp};
use crate::codec::plain::same;
use crate::model::Extra;
use crate::time::{Round, Time, TimeRange};
use memchr::memchr;

/// What an event says before its text is understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Event<'a> {
    /// It is never shown.
    pub(super) comment: bool,
    pub(super) range: TimeRange,
    pub(super) style: &'a str,
    pub(super) name: &'a str,
    /// Fields that the model has no place for and that are not the usual.
    pub(super) kept: Vec<Extra>,
    pub(super) text: &'a str,
    /// All before the text.
    pub(super) fields: &'a str,
    /// The fields are spelled as we write them.
    pub(super) usual: bool,
    /// Other software may read other times.
    pub(super) odd: bool,
}

const DIALOGUE: &str = "Dialogue:";
const COMMENT: &str = "Comment:";

fn strip<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = line.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

/// The line is an event of the two kinds that have text.
pub(super) fn is_event(line: &str) -> bool {
    let line = line.trim_start_matches(BLANK);
    strip(line, DIALOGUE).or_else(|| strip(line, COMMENT)).is_some()
}

/// Reads a line; `None` if it lacks fields, or its times cannot be read.
pub(super) fn read<'a>(line: &'a str, columns: &[Column], zeros: bool) -> Option<Event<'a>> {
    let trimmed = line.trim_start_matches(BLANK);
    let (comment, mut rest) = match strip(trimmed, DIALOGUE) {
        Some(rest) => (false, rest),
        None => (true, strip(trimmed, COMMENT)?),
    };
    let head = if comment { "Comment: " } else { "Dialogue: " };
    let (mut usual, mut odd) = (line.starts_with(head), false);
    rest = rest.strip_prefix(' ').unwrap_or(rest);
    let (mut start, mut end, mut style, mut name) = (None, None, DEFAULT_STYLE, "");
    let mut kept = Vec::new();
    for column in columns.iter().filter(|column| **column != Column::Text) {
        let (verbatim, after) = rest.split_at_checked(memchr(b',', rest.as_bytes())?)?;
        rest = after.get(1..)?;
        let field = trimmed_field(verbatim);
        usual &= field.len() == verbatim.len();
        match column {
            Column::Start | Column::End => {
                let stamp = timestamp::read(verbatim)?;
                (usual, odd) = (usual && stamp.usual, odd || stamp.odd);
                *(if *column == Column::Start { &mut start } else { &mut end }) = Some(stamp.time);
            }
            Column::Name => name = field,
            // As we write it, or nothing where something usual stands: most fields of most files.
            Column::Kept(column) if same(field, usual_value(*column, zeros)) => {}
            Column::Kept(column) => {
                let zero = column.is_margin() && !field.is_empty() && field.bytes().all(|b| b == b'0');
                let unsaid = zero || field == column.usual || field.is_empty();
                if unsaid {
                    usual = false;
                } else {
                    kept.push(Extra { format: ID, key: column.key, value: field.to_owned() });
                }
                if column.key == key::STYLE && !field.is_empty() {
                    style = field;
                }
            }
            Column::Other(column) if !field.is_empty() => {
                kept.push(Extra { format: ID, key: key::COLUMN, value: format!("{column}={field}") });
            }
            Column::Other(_) | Column::Text => {}
        }
    }
    let fields = line.get(..line.len().saturating_sub(rest.len()))?;
    let range = TimeRange::new(start?, end?);
    Some(Event { comment, range, style, name, kept, text: rest, fields, usual, odd })
}

/// Without white space around it. Most fields begin and end with a letter or a digit.
fn trimmed_field(field: &str) -> &str {
    match field.as_bytes() {
        [] => field,
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => field,
        [only] if only.is_ascii_graphic() => field,
        _ => field.trim(),
    }
}

/// What a column holds where nothing is said.
pub(super) fn usual_value(column: Kept, zeros: bool) -> &'static str {
    if column.is_margin() && zeros { "0000" } else { column.usual }
}

/// The first margin of an event is `0000`: so are others of its file, when they are zero.
pub(super) fn has_zeros(line: &str, columns: &[Column]) -> bool {
    let margin = columns.iter().position(|column| matches!(column, Column::Kept(kept) if kept.is_margin()));
    margin.is_some_and(|index| line.split(',').nth(index).is_some_and(|field| field.trim() == "0000"))
}

/// Whether a value can stand in a field and is read as it is.
pub(super) fn fits(value: &str) -> bool {
    !value.contains([',', '\n', '\r']) && value.trim().len() == value.len()
}

/// What is written into the fields of an event.
pub(super) struct Fields<'a> {
    /// `Dialogue: ` or `Comment: `.
    pub(super) kind: &'a str,
    /// Start and end in centiseconds.
    pub(super) times: [u64; 2],
    pub(super) name: &'a str,
    pub(super) extras: &'a [Extra],
}

/// Writes all before the text.
pub(super) fn push_fields(out: &mut Vec<u8>, columns: &[Column], zeros: bool, fields: &Fields<'_>) {
    let Fields { kind, times: [start, end], name, extras } = fields;
    out.extend_from_slice(kind.as_bytes());
    for column in columns {
        match column {
            Column::Start => timestamp::push(out, *start),
            Column::End => timestamp::push(out, *end),
            Column::Name => out.extend_from_slice(name.as_bytes()),
            Column::Text => continue,
            Column::Kept(_) | Column::Other(_) => {
                let found = if extras.is_empty() { None } else { extras.iter().find(|extra| says(extra, column)) };
                let value = match (found, column) {
                    (Some(extra), Column::Kept(_)) => extra.value.as_str(),
                    (Some(extra), _) => extra.value.split_once('=').map_or("", |(_, value)| value),
                    (None, Column::Kept(column)) => usual_value(*column, zeros),
                    (None, _) => "",
                };
                out.extend_from_slice(value.as_bytes());
            }
        }
        out.push(b',');
    }
}

/// An event as a line of these columns.
pub(super) fn spelled(event: &Event<'_>, columns: &[Column], zeros: bool) -> String {
    let centis = |time: Time| u64::try_from(time.to_units(100, Round::Nearest)).unwrap_or(0);
    let times = [centis(event.range.start), centis(event.range.end)];
    let kind = if event.comment { "Comment: " } else { "Dialogue: " };
    let mut out = Vec::new();
    push_fields(&mut out, columns, zeros, &Fields { kind, times, name: event.name, extras: &event.kept });
    out.extend_from_slice(event.text.as_bytes());
    String::from_utf8_lossy(&out).into_owned()
}

/// Whether an extra holds what stands in a column, and can stand there.
pub(super) fn says(extra: &Extra, column: &Column) -> bool {
    extra.format == ID
        && fits(&extra.value)
        && match column {
            Column::Kept(column) => extra.key == column.key,
            Column::Other(name) => {
                extra.key == key::COLUMN && extra.value.split_once('=').is_some_and(|(found, _)| found == name)
            }
            Column::Start | Column::End | Column::Name | Column::Text => false,
        }
}
