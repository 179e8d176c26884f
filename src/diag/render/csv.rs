//! A run as comma-separated values: RFC 4180, with a header, in UTF-8 without a mark.

use super::escape::escaped;
use super::{Run, error_sentence};

/// The columns.
const HEADER: [&str; 11] =
    ["file", "line", "column", "end_line", "end_column", "cue", "time", "severity", "code", "message", "excerpt"];

/// A row for each finding. Text that a spreadsheet would take for a formula begins with an apostrophe (OWASP, "CSV
/// Injection").
pub(super) fn render(run: &Run<'_>) -> String {
    let mut out = row(&HEADER.map(str::to_owned));
    for file in run.files {
        let name = text(&file.file);
        if let Some(error) = &file.error {
            let mut cells: [String; 11] = Default::default();
            let kind = error.kind().class().name;
            let message = text(&escaped(&error_sentence(error, run.style.lang)));
            let [file, .., severity, code, said, _] = &mut cells;
            (*file, *severity, *code, *said) = (name.clone(), "error".to_owned(), kind.to_owned(), message);
            out.push_str(&row(&cells));
        }
        for (diagnostic, located) in file.items() {
            let number = |value: Option<u32>| value.map_or(String::new(), |value| value.to_string());
            let (start, end) = (located.place.map(|place| place.start), located.place.map(|place| place.end));
            let time = diagnostic.at.time.map_or(String::new(), |time| text(&time.to_string()));
            let excerpt = located.excerpt.as_ref().map_or("", |excerpt| excerpt.line.as_str());
            out.push_str(&row(&[
                name.clone(),
                number(start.map(|at| at.line)),
                number(start.map(|at| at.column)),
                number(end.map(|at| at.line)),
                number(end.map(|at| at.column)),
                number(diagnostic.at.cue.map(|cue| cue.saturating_add(1))),
                time,
                diagnostic.severity.name().to_owned(),
                diagnostic.code.row().id.to_owned(),
                text(&escaped(&diagnostic.message(run.style.lang))),
                text(&escaped(excerpt)),
            ]));
        }
    }
    out
}

/// What spreadsheets would compute is only shown. Full-width signs count too: some programs fold them.
fn text(text: &str) -> String {
    let formula =
        text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{text}") } else { text.to_owned() }
}

/// A record (§2): fields with a comma, a quote or a line end are quoted, quotes are doubled.
fn row(cells: &[String; 11]) -> String {
    let field = |cell: &String| {
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.clone() }
    };
    cells.iter().map(field).collect::<Vec<_>>().join(",") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_compute_nothing() {
        for bad in ["=1+1", "+1", "-1", "@x", "\tx", "  =1", "＝1"] {
            assert_eq!(text(bad), format!("'{bad}"));
        }
        assert_eq!(text("a=1"), "a=1");
    }
}
