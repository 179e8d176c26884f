//! Formats of services, recognisers and players: what is made of each fixture.

use crate::codecs::{fixture_bytes, read, write};
use crate::golden::golden;
use std::fmt::Write as _;
use zimu::codec::{self, Format, ReadOptions, native};
use zimu::diag::{Lang, Report};
use zimu::model::Track;
use zimu::source::Source;
use zimu::time::{FLICKS_PER_SECOND, Time};

const FORMATS: [&Format; 14] = [
    &codec::sbv::FORMAT,
    &codec::whisper::FORMAT,
    &codec::timedtext::JSON3,
    &codec::timedtext::SRV3,
    &codec::bcc::FORMAT,
    &codec::lrc::FORMAT,
    &codec::microdvd::FORMAT,
    &codec::mpl2::FORMAT,
    &codec::table::CSV,
    &codec::table::TSV,
    &codec::audacity::FORMAT,
    &codec::subviewer::FORMAT,
    &codec::sami::FORMAT,
    &codec::textgrid::FORMAT,
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
pub(crate) fn description(format: &Format, text: &str) -> String {
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

fn track(format: &Format, text: &str) -> Track {
    read(format, text).unwrap_or_else(|| panic!("{} refuses {text}", format.id)).0
}

/// No float is on the way: far out, one would be off by more than a flick.
#[test]
fn times_are_read_to_the_digit() {
    let far = Time::from_flicks(4_000_000_000 * FLICKS_PER_SECOND + FLICKS_PER_SECOND / 8);
    let whisper = r#"{"segments": [{"start": 4000000000.125, "end": 4000000001, "text": "x"}]}"#;
    let bcc = r#"{"body": [{"from": 4000000000.125, "to": 4000000001, "content": "x"}]}"#;
    let json3 = r#"{"events": [{"tStartMs": 4000000000125, "dDurationMs": 875, "segs": [{"utf8": "x"}]}]}"#;
    let sbv = "1111111:06:40.125,1111111:06:41\nx";
    for (format, text) in [
        (&codec::whisper::FORMAT, whisper),
        (&codec::bcc::FORMAT, bcc),
        (&codec::timedtext::JSON3, json3),
        (&codec::sbv::FORMAT, sbv),
    ] {
        assert_eq!(track(format, text).cues[0].range.start, far, "{}", format.id);
    }
}

#[test]
fn depth_and_length_cost_no_more_than_their_size() {
    let deep = "[".repeat(200_000);
    let nested =
        format!(r#"{{"segments": [{{"start": 0, "end": 1, "text": "x", "tokens": {deep}{}}}]}}"#, "]".repeat(200_000));
    assert_eq!(track(&codec::whisper::FORMAT, &nested).cues.len(), 1);
    let words = r#"{"word": "no", "start": 0, "end": 1},"#.repeat(50_000);
    let long = format!(
        r#"{{"segments": [{{"start": 0, "end": 1, "text": "{}", "words": [{}]}}]}}"#,
        "yes ".repeat(100_000),
        words.trim_end_matches(',')
    );
    // None of them is in the text: they are one, for all of it.
    assert_eq!(track(&codec::whisper::FORMAT, &long).cues[0].evidence.as_ref().unwrap().words.len(), 1);
    for format in FORMATS {
        for text in [&deep, &"{\"a\":".repeat(100_000), &"<p>".repeat(100_000)] {
            read(format, text);
            (format.probe)(text);
        }
    }
}

#[test]
fn kinds_of_json_are_told_apart_by_content() {
    for (text, id) in [
        (r#"{"zimu": 1, "kind": "track", "cues": []}"#, "json"),
        (r#"{"text": "x", "segments": [{"start": 0, "end": 1, "text": "x"}], "language": "en"}"#, "whisper"),
        (r#"{"events": [{"tStartMs": 0, "dDurationMs": 1, "segs": []}]}"#, "json3"),
        (r#"{"body": [{"from": 0, "to": 1, "content": "x"}]}"#, "bcc"),
    ] {
        assert_eq!(codec::probe(Some("captions.json"), text).unwrap().id, id);
        for other in FORMATS.iter().filter(|format| format.id != id) {
            assert_eq!((other.probe)(text), 0, "{} takes {text}", other.id);
        }
    }
}

#[test]
fn a_json_file_is_written_in_the_native_format() {
    assert_eq!(codec::by_extension("json").unwrap().id, "json");
    assert_eq!(codec::probe(Some("new.json"), "").unwrap().id, "json");
}

#[test]
fn words_that_would_be_timing_lines_are_guarded() {
    let mut said = Track::default();
    said.cues.push(track(&codec::sbv::FORMAT, "0:00:01.000,0:00:02.000\nx").cues[0].clone());
    said.cues[0].text = "0:00:03.000,0:00:04.000".into();
    let (bytes, report) = write(&codec::sbv::FORMAT, &said);
    assert_eq!(report.count(zimu::diag::codes::loss::MISREAD), 1);
    assert_eq!(track(&codec::sbv::FORMAT, std::str::from_utf8(&bytes).unwrap()).cues.len(), 1);
}
