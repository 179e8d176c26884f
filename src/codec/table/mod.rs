//! Timed cues in tables (`.csv`, `.tsv`): a row a cue, as spreadsheets, recognisers and editing programs write them. The quoting is
//! that of RFC 4180. Which column holds what, the first row says, in any order, in English or Chinese (`parse::columns`). What is
//! decided where the RFC and programs say nothing:
//!
//! * Commas, semicolons, tabs and bars separate; the row of names tells which. It may stand below others (`sep=;`, a title).
//! * Times are clock times, seconds or milliseconds, or time codes with frames. Whole numbers are milliseconds if the cues would
//!   otherwise be minutes long (Whisper), and that is reported; `start (s)` or `start_ms` says it.
//! * Without an end, and without a duration, a cue ends where the next one begins.
//! * A quoted cell that is never closed ends with its line, where rows follow: one stray `"` does not swallow the file.
//! * Columns of other names come back; those that count rows or repeat times are only a manner of writing.
//! * Times are written as seconds with a fraction: no spreadsheet shows them as a time of day, or saves them with fewer digits.
//! * Texts, names and ids that begin with `=`, `+`, `-` or `@` would be run as formulas by spreadsheets: an apostrophe is put in
//!   front, which the reader takes away again. Other columns come back as they were.
//! * White space around a text or a name is not kept.

mod cell;
mod layout;
mod other;
mod quote;
mod read;
mod rows;
mod scale;
mod write;

use super::{Feature, Format, Leftover, Write};

/// CSV.
pub static CSV: Format = Format {
    id: ID,
    name: "CSV",
    spec: "RFC 4180, with a row of names",
    extensions: &["csv"],
    mime: "text/csv",
    keeps: KEEPS,
    leftovers: &[
        Leftover::content(CELLS),
        Leftover::content(ABOVE),
        Leftover::spelling(DERIVED),
        Leftover::spelling(COLUMNS),
        Leftover::spelling(DELIMITER),
    ],
    probe: |text| layout::probe(text, |delimiter| delimiter != b'\t'),
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(|track, options, report| write::write(track, options, b',', report))),
    splice: None,
};

/// TSV. Its leftovers are those of [`CSV`], so that either row writes what the other read.
pub static TSV: Format = Format {
    id: "tsv",
    name: "TSV",
    spec: "as CSV, with tabs",
    extensions: &["tsv", "tab"],
    mime: "text/tab-separated-values",
    keeps: KEEPS,
    leftovers: &[],
    probe: |text| layout::probe(text, |delimiter| delimiter == b'\t'),
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(|track, options, report| write::write(track, options, b'\t', report))),
    splice: None,
};

const KEEPS: &[Feature] = &[Feature::ExactTimes, Feature::CueId, Feature::Voice];

/// The id that marks the leftovers of both rows.
const ID: &str = "csv";
/// Cells of columns that only the table knows: `"scene": "3", "note": "check"`.
const CELLS: &str = "cells";
/// Cells of columns that count rows, or say how long a cue is beside its end.
const DERIVED: &str = "derived";
/// Names of these columns, where the order of the cells does not tell it.
const COLUMNS: &str = "columns";
/// What stands above the row of names.
const ABOVE: &str = "above";
/// What separates columns in a `.csv`, if no comma.
const DELIMITER: &str = "delimiter";
