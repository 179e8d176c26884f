//! Formats of services and recognisers: what is made of each fixture.

use crate::codecs::{fixture_bytes, read, write};
use crate::golden::golden;
use std::fmt::Write as _;
use zimu::codec::{self, Format, ReadOptions, native};
use zimu::diag::{Lang, Report};
use zimu::model::{Cue, Heard, MarkKind};
use zimu::source::Source;
use zimu::time::{Round, Time};

const FORMATS: [&Format; 5] = [
    &codec::sbv::FORMAT,
    &codec::whisper::FORMAT,
    &codec::timedtext::JSON3,
    &codec::timedtext::SRV3,
    &codec::bcc::FORMAT,
];

#[test]
fn fixtures_read_as_expected() {
    for format in FORMATS {
        for (path, bytes) in fixture_bytes(format) {
            golden(&path.with_extension("golden"), &description(format, &String::from_utf8(bytes).unwrap()));
        }
    }
}

/// A text as it is understood: diagnostics, the track in the native format, and the file written from it.
fn description(format: &Format, text: &str) -> String {
    let source = Source::from_text("fixture", text);
    let mut report = Report::default();
    let track = match (format.read)(&source, &ReadOptions::default(), &mut report) {
        Ok(track) => track,
        Err(error) => return format!("refused: {} / {}\n", error.message(), error.chinese()),
    };
    let mut out = diagnostics(&report, &source);
    out.push_str(&String::from_utf8(write(&native::FORMAT, &track).0).unwrap());
    if format.write.is_some() {
        let (bytes, losses) = write(format, &track);
        out.extend(["---- written\n", &diagnostics(&losses, &source)]);
        let written = String::from_utf8(bytes).unwrap();
        let (again, _) = read(format, &written).unwrap();
        let same = if again.same_content(&track) { "the same" } else { "not the same" };
        let _ = write!(out, "---- reads back {same}\n{written}");
    }
    out
}

fn diagnostics(report: &Report, source: &Source) -> String {
    let mut out = String::new();
    for item in report.items() {
        let place = item.at.span.map_or("file".to_owned(), |span| {
            let place = source.line_column(span.start);
            format!("{}:{}", place.line, place.column)
        });
        let _ = writeln!(out, "{place}: {} {}: {}", item.severity.name(), item.code.row().id, item.message(Lang::En));
    }
    out
}
