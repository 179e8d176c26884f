//! One line for each finding.

use super::escape::escaped;
use super::{Run, error_sentence, sentence};
use std::fmt::Write as _;

/// `file:line:column: severity[code] sentence (cue 12, 00:01:02.345)`: what editors and `grep -n` readers understand. Severities
/// are in English whatever the language of the sentences; what has no place in the text stands at 1:1.
pub(super) fn render(run: &Run<'_>) -> String {
    let mut out = String::new();
    for file in run.files {
        let name = escaped(&file.file);
        // Writing to a String cannot fail.
        if let Some(error) = &file.error {
            let (kind, sentence) = (error.kind().class().name, escaped(&error_sentence(error, run.style.lang)));
            let _ = writeln!(out, "{name}:1:1: error[{kind}] {sentence}");
        }
        for (diagnostic, located) in file.items() {
            let (line, column) = located.place.map_or((1, 1), |place| (place.start.line, place.start.column));
            let (severity, code) = (diagnostic.severity.name(), diagnostic.code);
            let sentence = sentence(diagnostic, run.style.lang);
            let _ = writeln!(out, "{name}:{line}:{column}: {severity}[{code:?}] {sentence}");
        }
    }
    out
}
