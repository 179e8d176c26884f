//! Annotations for a workflow on GitHub: "Workflow commands for GitHub Actions", `error`, `warning`, `notice`.

use super::escape::plain_path;
use super::{Run, error_sentence, sentence};
use crate::diag::{Lang, Severity};
use std::fmt::Write as _;

/// `::error file=talk.vtt,line=4,endLine=4,col=31,endColumn=43,title=conform/vtt/setting::…`. Columns are given for places
/// within one line: GitHub takes them only there.
pub(super) fn render(run: &Run<'_>) -> String {
    let (mut out, lang) = (String::new(), run.style.lang);
    for file in run.files {
        let name = property(&plain_path(&file.file));
        // Writing to a String cannot fail.
        if let Some(error) = &file.error {
            let (kind, sentence) = (error.kind().class().name, data(&error_sentence(error, lang)));
            let _ = writeln!(out, "::error file={name},title={kind}::{sentence}");
        }
        for (diagnostic, located) in file.items() {
            let _ = write!(out, "::{} file={name}", command(diagnostic.severity));
            if let Some(place) = located.place {
                let _ = write!(out, ",line={},endLine={}", place.start.line, place.end.line);
                if place.start.line == place.end.line {
                    let _ = write!(out, ",col={},endColumn={}", place.start.column, place.end.column);
                }
            }
            let title = property(diagnostic.code.row().id);
            let _ = writeln!(out, ",title={title}::{}", data(&sentence(diagnostic, lang)));
        }
        let more = file.not_listed();
        if more > 0 {
            let _ = match lang {
                Lang::En => writeln!(out, "::notice file={name}::findings that are not listed: {more}"),
                Lang::Zh => writeln!(out, "::notice file={name}::另有 {more} 处问题未列出"),
            };
        }
    }
    out
}

fn command(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "notice",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// The text after `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value between the commas.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_can_end_a_command_early() {
        assert_eq!(property("a,b::c\r\n%.srt"), "a%2Cb%3A%3Ac%0D%0A%25.srt");
        assert_eq!(data("a, b: 100%\n::error::x"), "a, b: 100%25%0A::error::x");
    }
}
