//! A run as text for a terminal.

use super::escape::escaped;
use super::text::{SHOWN_PER_CODE, not_shown, shown};
use super::{Run, error_sentence, severity_name};
use crate::diag::Lang;
use std::fmt::Write as _;

/// The files with findings, the worst first, each finding with the line it is about.
pub(super) fn render(run: &Run<'_>) -> String {
    let mut out = String::new();
    let (lang, most) = (run.style.lang, if run.all { usize::MAX } else { SHOWN_PER_CODE });
    for file in run.worst_first() {
        let name = escaped(&file.file);
        // Writing to a String cannot fail.
        if let Some(error) = &file.error {
            let sentence = escaped(&error_sentence(error, lang));
            let _ = match lang {
                Lang::En => writeln!(out, "error: {sentence}"),
                Lang::Zh => writeln!(out, "错误：{sentence}"),
            };
        }
        let (text, shown) = shown(file.items(), Some(&file.file), most, &run.style);
        out.push_str(&text);
        for (code, more) in not_shown(&file.report, &shown) {
            let _ = match lang {
                Lang::En => writeln!(out, "… and {more} more of {code:?} in {name}"),
                Lang::Zh => writeln!(out, "…… {name} 中 {code:?} 还有 {more} 条"),
            };
        }
    }
    if run.statistics {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&statistics(run));
    }
    out
}

/// How often each code was met, in how many files, and its part of all, as a table of lines.
pub fn statistics(run: &Run<'_>) -> String {
    let heads = match run.style.lang {
        Lang::En => ["count", "files", "share", "code"],
        Lang::Zh => ["次数", "文件", "占比", "代码"],
    };
    let rows: Vec<[String; 4]> = std::iter::once(heads.map(str::to_owned))
        .chain(run.statistics().iter().map(|tally| {
            let severity = severity_name(tally.severity, run.style.lang);
            let share = format!("{:.1}%", tally.share * 100.0);
            [tally.count.to_string(), tally.files.to_string(), share, format!("{severity} {:?}", tally.code)]
        }))
        .collect();
    let columns = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max();
    let widths: Vec<usize> = (0..3).map(|column| width(column).unwrap_or(0)).collect();
    let mut out = String::new();
    for [numbers @ .., code] in &rows {
        for (cell, width) in numbers.iter().zip(&widths) {
            out.extend(std::iter::repeat_n(' ', width.saturating_sub(columns(cell))));
            out.push_str(cell);
            out.push_str("  ");
        }
        out.push_str(code);
        out.push('\n');
    }
    out
}
