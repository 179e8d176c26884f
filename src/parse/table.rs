//! Dialogue in tables: a speaker column, a text column, perhaps a time column.

use super::columns::{self, Column};
use super::markdown::Writer;
use super::{Document, Omitted};
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::error::{Error, ErrorKind, Result};
use crate::source::Source;

/// Which column holds what.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    speaker: Option<usize>,
    text: usize,
    time: Option<usize>,
}

/// The columns that a header row names; `None` unless it names a speaker and a text column.
pub(super) fn header(row: &[String]) -> Option<Columns> {
    let find = |column| columns::find(row.iter().map(String::as_str), column);
    Some(Columns { speaker: Some(find(Column::Speaker)?), text: find(Column::Text)?, time: find(Column::Start) })
}

/// What separates the columns, if this is a table: by its name (.csv, .tsv) or by its first line.
pub(super) fn delimiter(name: &str, text: &str) -> Option<u8> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let split = |delimiter: char| -> Vec<String> {
        first.split(delimiter).take(100).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
    };
    let by_header = [(b'\t', '\t'), (b',', ','), (b';', ';')].into_iter().find(|(_, c)| header(&split(*c)).is_some());
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    by_header.map(|(byte, _)| byte).or(match extension.as_deref() {
        Some("tsv" | "tab") => Some(b'\t'),
        // Where a comma is the decimal mark, spreadsheets save "csv" with semicolons.
        Some("csv") if first.matches(';').count() > first.matches(',').count() => Some(b';'),
        Some("csv") => Some(b','),
        _ => None,
    })
}

pub(super) fn read(source: &Source, delimiter: u8, report: &mut Report) -> Result<Document> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(source.text().as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            Error::new(ErrorKind::Unreadable, format!("{} is not a table", source.name()))
                .with_cause(error)
                .with_chinese(format!("{} 不是表格", source.name()))
        })?;
        rows.push(record.iter().map(|cell| cell.trim().to_owned()).collect());
    }
    rows.retain(|row| row.iter().any(|cell| !cell.is_empty()));
    let (columns, body) = match rows.split_first() {
        Some((first, body)) if header(first).is_some() => (header(first), body),
        _ => (None, rows.as_slice()),
    };
    let columns = columns.unwrap_or_else(|| {
        report.push(Diagnostic::new(codes::parse::TABLE_WITHOUT_HEADER, Location::FILE));
        by_place(body)
    });
    let mut writer = Writer::default();
    let mut dialogue = Dialogue::default();
    body.iter().for_each(|row| dialogue.row(row, columns, &mut writer));
    let source = Source::new(source.name(), writer.finish(), source.encoding().clone());
    Ok(Document { source, speakers: dialogue.speakers, omitted: dialogue.omitted.0 })
}

/// Without a header: the text is last, the speaker before it, and a column of times at the front.
fn by_place(rows: &[Vec<String>]) -> Columns {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let text = width.saturating_sub(1);
    let times = rows.iter().filter(|row| row.first().is_some_and(|cell| clock(cell).is_some())).count();
    let time = (width > 2 && times.saturating_mul(2) > rows.len()).then_some(0);
    Columns { speaker: text.checked_sub(1), text, time }
}

/// Without a header, inside a document: dialogue only if a few short names recur in the column before the last one.
fn recurring(rows: &[Vec<String>]) -> Option<Columns> {
    let columns = by_place(rows);
    let speaker = columns.speaker?;
    let width = columns.text.saturating_add(1);
    let even =
        rows.iter().all(|row| row.len() == width) && width == usize::from(columns.time.is_some()).saturating_add(2);
    let names: Vec<&str> = rows.iter().filter_map(|row| row.get(speaker)).map(|name| name.trim()).collect();
    let named = names.iter().filter(|name| !name.is_empty()).count();
    let name_like = |name: &&str| name.chars().count() <= 24 && !name.starts_with(|c: char| c.is_ascii_digit());
    let distinct: std::collections::HashSet<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    let few = named >= 4 && named.saturating_mul(2) >= rows.len() && distinct.len().saturating_mul(2) <= named;
    (even && few && distinct.iter().all(name_like)).then_some(columns)
}

/// Rows of a table inside a document: dialogue if its header says so, otherwise a line for each row.
pub(super) fn write_rows(rows: &[Vec<String>], writer: &mut Writer, omitted: &mut Omitted) {
    let with_header = rows.split_first().and_then(|(first, body)| Some((header(first)?, body)));
    if let Some((columns, body)) = with_header.or_else(|| Some((recurring(rows)?, rows))) {
        let mut dialogue = Dialogue { omitted: std::mem::take(omitted), ..Dialogue::default() };
        body.iter().for_each(|row| dialogue.row(row, columns, writer));
        // Its speakers are not all there are: the paragraphs around it may have others.
        *omitted = dialogue.omitted;
        return;
    }
    for row in rows {
        let cells: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        writer.text(&cells.join("\t"), false);
        writer.end_paragraph(0);
    }
}

#[derive(Default)]
struct Dialogue {
    speakers: Vec<String>,
    omitted: Omitted,
}

impl Dialogue {
    /// `00:01:23 Name: text`; without a speaker `[00:01:23] text`.
    fn row(&mut self, row: &[String], columns: Columns, writer: &mut Writer) {
        let cell = |column: Option<usize>| column.and_then(|at| row.get(at)).map_or("", |cell| cell.trim());
        let (speaker, text) = (cell(columns.speaker), cell(Some(columns.text)));
        let time = clock(cell(columns.time));
        let used = [columns.speaker, Some(columns.text), columns.time];
        let others = (0..row.len()).filter(|at| !used.contains(&Some(*at)) && !cell(Some(*at)).is_empty()).count();
        self.omitted.add("cell of another column", others as u64);
        if time.is_none() && !cell(columns.time).is_empty() {
            self.omitted.add("time that is none", 1);
        }
        if text.is_empty() {
            self.omitted.add("row without text", 1);
            return;
        }
        let label = speaker.trim_end_matches([':', '：']).trim().replace(['\r', '\n'], " ");
        let front = match (&time, label.is_empty()) {
            (None, true) => String::new(),
            (Some(time), true) => format!("[{time}] "),
            (None, false) => crate::model::Voice::label(&label),
            (Some(time), false) => format!("{time} {}", crate::model::Voice::label(&label)),
        };
        if !label.is_empty() && !self.speakers.contains(&label) {
            self.speakers.push(label);
        }
        writer.text(&front, false);
        writer.text(&text.replace("\r\n", "\n").replace('\r', "\n"), false);
        writer.end_paragraph(0);
    }
}

/// A time as `hh:mm:ss` with milliseconds if there are any: clock times as they are, numbers as seconds.
fn clock(cell: &str) -> Option<String> {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | ',');
    if cell.is_empty()
        || cell.len() > 16
        || !cell.chars().all(digits)
        || !cell.starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    if cell.contains(':') {
        return (cell.matches(':').count() <= 2 && !cell.ends_with(':')).then(|| cell.replace(',', "."));
    }
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let (seconds, digits) = (whole.parse::<u64>().ok()?, format!("{fraction:0<3}"));
    let millis: u64 = digits.get(..3)?.parse().ok()?;
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let tail = if millis == 0 { String::new() } else { format!(".{millis:03}") };
    Some(format!("{h:02}:{m:02}:{s:02}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_clock_times_or_seconds() {
        for (cell, expected) in [
            ("00:01:23", Some("00:01:23")),
            ("1:23", Some("1:23")),
            ("00:01:23,500", Some("00:01:23.500")),
            ("83.5", Some("00:01:23.500")),
            ("83", Some("00:01:23")),
            ("soon", None),
            ("", None),
            ("1:2:3:4:5", None),
            (".5", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(clock(cell).as_deref(), expected, "{cell}");
        }
    }
}
