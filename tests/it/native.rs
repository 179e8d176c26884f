//! The native format: nothing is lost, edits by hand survive, and what is wrong is said with its place.

use crate::native_values::{any_alignment, any_track};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use zimu::codec::native::{self, Kind};
use zimu::codec::{FORMATS, ReadOptions, WriteOptions};
use zimu::diag::{Lang, Report, Severity, codes, render};
use zimu::model::*;
use zimu::source::Source;
use zimu::time::TimeRange;
use zimu::{ErrorKind, Result};

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn write(track: &Track) -> String {
    text(native::FORMAT.write(track, &WriteOptions::default(), &mut Report::default()).unwrap())
}

fn read(json: &str, report: &mut Report) -> Result<Track> {
    (native::FORMAT.read)(&Source::from_text("t.json", json), &ReadOptions::default(), report)
}

/// A file read and written again, whatever it holds.
fn again(source: &Source, report: &mut Report) -> Result<String> {
    match native::kind(source) {
        Some(Kind::Transcript) => native::read_transcript(source, report).map(|t| text(native::write_transcript(&t))),
        Some(Kind::Alignment) => {
            let alignment = native::read_alignment(source, report)?;
            let track = (native::FORMAT.read)(source, &ReadOptions::default(), report).ok();
            Ok(text(native::write_alignment(&alignment, track.as_ref())))
        }
        Some(Kind::Track) | None => {
            (native::FORMAT.read)(source, &ReadOptions::default(), report).map(|track| write(&track))
        }
    }
}

fn transcript(json: &str, report: &mut Report) -> Transcript {
    native::read_transcript(&Source::from_text("t.json", json), report).unwrap()
}

/// What reading says of each fixture, and what is written of it, stand beside it in a `.golden` file.
#[test]
fn fixtures_read_as_their_golden_files_say() {
    let mut differing = Vec::new();
    let mut paths: Vec<_> = fs::read_dir("fixtures/json").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = Source::from_text(&*name, fs::read_to_string(path).unwrap());
        let mut report = Report::default();
        let mut golden = String::new();
        let written = again(&source, &mut report);
        golden.push_str(&render::text(&report, Some(&source), &render::Style::default()));
        match &written {
            Ok(written) if written == source.text() => golden.push_str("(written as it was)\n"),
            Ok(written) => golden.push_str(written),
            Err(error) => writeln!(golden, "error: {error}").unwrap(),
        }
        assert!(name.starts_with("bad-") || written.is_ok(), "{name}: {golden}");
        if !same_as_file(&path.with_extension("golden"), &golden) {
            differing.push(name);
        }
    }
    assert!(differing.is_empty(), "{differing:?} differ from their .golden files; BLESS=1 rewrites them");
}

/// Compares with a file, or writes it under `BLESS=1`.
fn same_as_file(path: &Path, content: &str) -> bool {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, content).unwrap();
    }
    fs::read_to_string(path).unwrap_or_default() == content
}

/// Every key of extras that a codec uses must be known to the native format.
#[test]
fn fixtures_of_every_format_survive() {
    for format in FORMATS {
        let Ok(folder) = fs::read_dir(format!("fixtures/{}", format.id)) else { continue };
        for path in folder.map(|entry| entry.unwrap().path()) {
            let (Ok(content), mut report) = (fs::read_to_string(&path), Report::default()) else { continue };
            let source = Source::from_text(path.to_string_lossy(), content);
            let Ok(track) = (format.read)(&source, &ReadOptions::default(), &mut report) else { continue };
            let mut report = Report::default();
            let back = read(&write(&track), &mut report).unwrap();
            assert!(
                report.worst() < Some(Severity::Error) && back.same_content(&track),
                "{}: {report:?}",
                path.display()
            );
        }
    }
}

#[test]
fn an_alignment_is_a_track_too() {
    let json = fs::read_to_string("fixtures/json/alignment--with-cues.json").unwrap();
    let track = read(&json, &mut Report::default()).unwrap();
    assert_eq!(track.cues.len(), 1);
    assert_eq!(track.notes.len(), 1);
    assert_eq!(track.cues[0].text.voice(), Some("周"));
    let without = fs::read_to_string("fixtures/json/alignment--without-cues.json").unwrap();
    let error = read(&without, &mut Report::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    assert!(error.remedy().unwrap().contains("zimu align t.json"), "{error}");
}

#[test]
fn a_part_can_be_silenced_and_said_again() {
    let original = fs::read_to_string("fixtures/json/transcript--as-written.json").unwrap();
    let utterance = r#"{"kind": "utterance", "turn": 0"#;
    let mut report = Report::default();
    let silenced = transcript(&original.replace(utterance, r#"{"kind": "unspoken", "turn": 0"#), &mut report);
    assert_eq!(silenced.parts[2].kind, PartKind::Unspoken(Reason::Asked));
    assert_eq!(silenced.parts[2].source, "你先做了一个demo(演示)？\n");
    let said = transcript(&original, &mut report);
    assert_eq!(said.glosses(), 2);
    assert!(report.is_empty(), "{report:?}");
}

#[test]
fn sources_put_together_are_the_article() {
    let original = fs::read_to_string("fixtures/json/transcript--as-written.json").unwrap();
    let transcript = transcript(&original, &mut Report::default());
    let article: String = transcript.parts.iter().map(|part| part.source.as_str()).collect();
    let expected = "做一个 demo 有多难\n\n林：你先做了一个demo(演示)？\n周：demo不难（笑），demo（演示）**之后**才难。\n没有了。\n";
    assert_eq!(article, expected);
}

#[test]
fn glosses_follow_their_terms() {
    let part = |text: &str| {
        let glosses = r#"[{"term": "idea", "gloss": "点子", "at": 10}, {"term": "paper", "gloss": "论文"}]"#;
        let json = format!(
            r#"{{"zimu": 1, "kind": "transcript", "parts": [
                {{"kind": "utterance", "text": "{text}", "glosses": {glosses}}}]}}"#
        );
        let mut report = Report::default();
        let read = transcript(&json, &mut report);
        let (_, utterance) = read.utterances().next().unwrap();
        let at: Vec<usize> =
            utterance.text.marks.iter().map(|m| utterance.text.plain[..m.bytes().start].chars().count()).collect();
        (at, report.count(codes::parse::JSON_GLOSS_LOST))
    };
    assert_eq!(part("idea 有了，又一个 idea，再写 paper"), (vec![12, 20], 0));
    assert_eq!(part("又一个idea，再写paper"), (vec![3, 10], 0));
    assert_eq!(part("paper 在前，idea 在后"), (vec![9], 1));
    assert_eq!(part("什么都没有"), (vec![], 2));
}

#[test]
fn hostile_files_end_soon_and_without_panic() {
    let deep_list = format!(r#"{{"zimu": 1, "kind": "track", "cues": {}"#, "[".repeat(200_000));
    let deep_unknown = format!(r#"{{"zimu": 1, "kind": "track", "cues": [], "x": {}"#, r#"{"x":"#.repeat(200_000));
    let deep_derived = format!(
        r#"{{"zimu": 1, "kind": "track", "cues": [{{"start": 0, "end": 1, "text": "", "vtt": {}"#,
        "[".repeat(200_000)
    );
    let no_head = format!(r#"{{"x": {}"#, "[".repeat(200_000));
    for json in [deep_list, deep_unknown, deep_derived, no_head, "{".into(), "".into(), "\"zimu".into()] {
        assert_eq!(read(&json, &mut Report::default()).unwrap_err().kind(), ErrorKind::Unreadable);
    }
    // Quadratic readings of any of these would not end.
    let marks = r#"{"from": 0, "to": 1, "kind": "bold"},"#.repeat(100_000);
    let json = format!(
        r#"{{"zimu": 1, "kind": "track", "cues": [{{"start": 0, "end": 1, "text": "{}", "marks": [{}]}}]}}"#,
        "字".repeat(100_000),
        marks.trim_end_matches(',')
    );
    assert_eq!(read(&json, &mut Report::default()).unwrap().cues[0].text.marks.len(), 100_000);
    let unknown = (0..50_000).fold(String::new(), |s, i| s + &format!(r#""x{i}": 1,"#));
    let mut report = Report::default();
    read(&format!(r#"{{"zimu": 1, "kind": "track", {unknown} "cues": []}}"#), &mut report).unwrap();
    assert_eq!(report.count(codes::parse::JSON_UNKNOWN_FIELD), 50_000);
    let glosses = r#"{"term": "无", "gloss": "x"},"#.repeat(50_000);
    let (said, glosses) = ("说".repeat(100_000), glosses.trim_end_matches(','));
    let json = format!(
        r#"{{"zimu": 1, "kind": "transcript", "parts": [{{"kind": "utterance", "text": "{said}", "glosses": [{glosses}]}}]}}"#
    );
    let mut report = Report::default();
    transcript(&json, &mut report);
    assert_eq!(report.count(codes::parse::JSON_GLOSS_LOST), 50_000);
}

#[test]
fn what_json_cannot_hold_is_reported() {
    let mut cue = Cue::new(TimeRange::default(), "a");
    cue.evidence = Some(Box::new(Evidence { confidence: Some(f32::NAN), ..Evidence::default() }));
    let mut reading = StyledText::from("b");
    for _ in 0..60 {
        let mut outer = StyledText::from("b");
        outer.add(Mark::new(0..1, MarkKind::Ruby(Box::new(Ruby { text: reading }))));
        reading = outer;
    }
    let mut track = Track::default();
    track.cues = vec![cue, Cue::new(TimeRange::default(), "")];
    track.cues[1].text = reading;
    let mut report = Report::default();
    let json = text(native::FORMAT.write(&track, &WriteOptions::default(), &mut report).unwrap());
    assert_eq!(report.count(codes::loss::NOT_FINITE), 1);
    assert_eq!(report.count(codes::loss::TOO_DEEP), 1);
    assert_eq!(read(&json, &mut Report::default()).unwrap().cues.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_track_comes_back(track in any_track()) {
        let mut report = Report::default();
        let json = write(&track);
        let back = read(&json, &mut report).unwrap();
        prop_assert!(report.is_empty(), "{:?}\n{}", report, json);
        prop_assert_eq!((back.resolution, back.format), (track.resolution, track.format));
        prop_assert!(back.same_content(&track), "{}\n{:#?}\n{:#?}", json, back, track);
        prop_assert_eq!(write(&back), json);
    }

    #[test]
    fn every_alignment_comes_back(alignment in any_alignment(), track in any_track()) {
        let mut report = Report::default();
        let json = text(native::write_alignment(&alignment, Some(&track)));
        let source = Source::from_text("t.json", json.clone());
        let back = native::read_alignment(&source, &mut report).unwrap();
        prop_assert!(report.is_empty(), "{:?}\n{}", report, json);
        prop_assert_eq!(&back, &alignment, "{}", json);
        let cues = (native::FORMAT.read)(&source, &ReadOptions::default(), &mut report).unwrap().cues;
        prop_assert_eq!(cues.len(), track.cues.len());
        let json = text(native::write_transcript(&alignment.transcript));
        prop_assert_eq!(transcript(&json, &mut report), alignment.transcript, "{}", json);
        prop_assert!(report.is_empty(), "{:?}\n{}", report, json);
    }

    #[test]
    fn broken_files_never_panic(track in any_track(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}\",:0-9eE.\\\\-]{0,3}", cut in 0usize..4) {
        let mut json = write(&track);
        let start = (0..=at.index(json.len())).rev().find(|i| json.is_char_boundary(*i)).unwrap();
        let end = (start + cut..).find(|i| *i >= json.len() || json.is_char_boundary(*i)).unwrap().min(json.len());
        json.replace_range(start..end.max(start), &with);
        let mut report = Report::default();
        let source = Source::from_text("t.json", json);
        let _ = again(&source, &mut report);
        render::text(&report, Some(&source), &render::Style { lang: Lang::Zh, color: true });
    }
}
