//! TTML: what is made of each fixture, and what is written again; the public suites.

use crate::codecs::{describe_cue, fixtures, read, write};
use crate::golden::golden;
use std::fmt::Write as _;
use zimu::codec::{Format, ReadOptions, ttml};
use zimu::diag::{Lang, Report};
use zimu::model::*;
use zimu::source::Source;

const ROWS: [&Format; 6] = [&ttml::FORMAT, &ttml::DFXP, &ttml::NETFLIX, &ttml::EBU_TT_D, &ttml::SMPTE_TT, &ttml::ITT];

#[test]
fn fixtures_read_as_expected() {
    for format in ROWS {
        for (path, text) in fixtures(format) {
            golden(&path.with_extension("expected"), &description(format, &text));
        }
    }
}

/// A text as it is understood: cues, what stands around them, diagnostics, and the file written from it.
fn description(format: &Format, text: &str) -> String {
    let source = Source::from_text("fixture", text);
    let mut report = Report::default();
    let track = match (format.read)(&source, &ReadOptions::default(), &mut report) {
        Ok(track) => track,
        Err(error) => return format!("refused: {error}\n"),
    };
    let mut out = String::new();
    let Track { lang, frame_rate, start_timecode, header, notes, extras, cues, resolution, .. } = &track;
    let lang = lang.as_ref().map_or("-", |lang| lang.as_str());
    let rate = frame_rate.map_or("-".into(), |rate| rate.to_string());
    let start = start_timecode.map_or("-".into(), |code| code.to_string());
    let _ = writeln!(out, "lang {lang}, resolution {resolution}, frame rate {rate}, start {start}, header {header:?}");
    for note in notes {
        let _ = writeln!(out, "note before {}: {:?}", note.before, note.text);
    }
    for extra in extras {
        let _ = writeln!(out, "{} {:?}", extra.key, extra.value);
    }
    for cue in cues {
        describe_cue(&mut out, cue, &|p| {
            let across = format!("{:?} {:?} {:?}", p.writing, p.line, p.line_align);
            format!("{across}, {:?} {:?} size {} {:?}", p.position, p.position_align, p.size, p.align)
        });
    }
    diagnostics(&mut out, "reading", &report, &source);
    let (bytes, losses) = write(format, &track);
    diagnostics(&mut out, "writing", &losses, &source);
    let written = String::from_utf8(bytes).unwrap();
    let (again, _) = read(format, &written).unwrap();
    let same = if again.same_content(&track) { "the same" } else { "not the same" };
    let _ = write!(out, "---- written; reads back {same}\n{written}");
    out
}

fn diagnostics(out: &mut String, when: &str, report: &Report, source: &Source) {
    for item in report.items() {
        let place = match (item.at.span, item.at.cue) {
            (Some(span), _) => format!("line {}", source.line_column(span.start).line),
            (None, Some(cue)) => format!("cue {}", cue + 1),
            (None, None) => "file".to_owned(),
        };
        let (severity, code) = (item.severity.name(), item.code.row().id);
        let _ = writeln!(out, "{when}: {place}: {severity} {code}: {}", item.message(Lang::En));
    }
}
