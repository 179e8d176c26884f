//! TTML: what is made of each fixture, and what is written again; the public suites.

use crate::codecs::{describe_cue, diagnostics, fixtures, read, write};
use crate::golden::golden;
use std::fmt::Write as _;
use zimu::codec::{Conformance, Format, ReadOptions, WriteOptions, ttml};
use zimu::diag::{Lang, Report, codes};
use zimu::model::*;
use zimu::source::Source;
use zimu::time::{FrameRate, Time, TimeRange};

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

/// The documents in a folder of a public suite, which is not part of this repository; none if the variable names none.
fn suite(variable: &str, keep: impl Fn(&str) -> bool) -> Vec<(String, Vec<u8>)> {
    let Some(folder) = std::env::var_os(variable) else {
        eprintln!("skipped: {variable} names no folder with the suite");
        return Vec::new();
    };
    let (mut folders, mut found) = (vec![std::path::PathBuf::from(folder)], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.to_str().unwrap().to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if keep(&name) {
                found.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no document below {variable}");
    found
}

/// A document's text as the command line finds it.
fn decoded(name: &str, bytes: &[u8]) -> Source {
    zimu::source::decode(name, bytes.to_vec(), None, &mut Report::default()).unwrap()
}

/// `ZIMU_IMSC`: w3c/imsc-tests, or a folder of it.
#[test]
fn documents_of_the_imsc_tests_are_read() {
    let mut wrong = Vec::new();
    for (name, bytes) in suite("ZIMU_IMSC", |name| name.ends_with(".ttml")) {
        let source = decoded(&name, &bytes);
        let mut report = Report::default();
        let Ok(track) = (ttml::FORMAT.read)(&source, &ReadOptions::default(), &mut report) else {
            wrong.push(format!("{name}: refused"));
            continue;
        };
        // Images are no text; and some texts of the suite say that they must not appear.
        let expected = [codes::parse::TTML_IMAGE, codes::parse::TTML_NEVER_SHOWN];
        let errors = report.items().iter().filter(|item| item.severity == zimu::diag::Severity::Error);
        let errors = errors.filter(|item| !expected.contains(&item.code));
        wrong.extend(errors.map(|item| format!("{name}: {}", item.message(Lang::En))));
        for format in ROWS {
            let (bytes, losses) = write(format, &track);
            let (again, _) = read(format, &bytes).unwrap();
            if losses.is_empty() && !again.same_content(&track) {
                wrong.push(format!("{name}: {} loses in silence", format.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}:\n{}", wrong.len(), wrong.join("\n"));
}

/// How many breaches of a standard a document has.
fn breaches(standard: &Conformance, source: &Source) -> Report {
    let mut report = Report::default();
    (standard.check)(source, &mut report);
    report
}

/// `ZIMU_TTT`: the documents of skynav/ttt for IMSC 1.1 and 1.0, in their folders `imsc11` and `imsc10`.
#[test]
fn documents_of_the_timed_text_toolkit_are_judged() {
    let mut wrong = Vec::new();
    let mut counts = [[0; 2]; 4];
    for (name, bytes) in suite("ZIMU_TTT", |name| name.ends_with(".xml") && name.contains("/imsc1")) {
        let (standard, row) =
            if name.contains("/imsc10/") { (&ttml::IMSC_1_0_1_TEXT, 2) } else { (&ttml::IMSC_1_1_TEXT, 0) };
        if name.contains("/image/") || name.contains("-image-profile") {
            continue;
        }
        let file = name.rsplit('/').next().unwrap();
        let valid = file.contains("-valid-");
        let report = breaches(standard, &decoded(&name, &bytes));
        counts[row + usize::from(!valid)][usize::from(report.is_empty() == valid)] += 1;
        if report.is_empty() != valid {
            let said: Vec<_> = report.items().iter().map(|item| item.message(Lang::En)).collect();
            wrong.push(format!("{file}: {}", said.join("; ")));
        }
    }
    eprintln!("wrong, right: IMSC 1.1 valid, invalid, 1.0.1 valid, invalid: {counts:?}\n{}", wrong.join("\n"));
    let [valid, invalid, ..] = counts;
    if valid[1] > 0 {
        assert!(valid == [0, 44] && invalid[1] > 95, "{}", wrong.join("\n"));
    }
}

/// What is written follows the profile that it says it follows.
#[test]
fn written_documents_conform() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    for _ in 0..300 {
        let track = proptest::strategy::Strategy::new_tree(&crate::arbitrary::track(), &mut runner).unwrap();
        let track = proptest::strategy::ValueTree::current(&track);
        for (format, standard) in
            [(&ttml::FORMAT, &ttml::IMSC_1_1_TEXT), (&ttml::EBU_TT_D, &ttml::EBU_TT_D_CONFORMANCE)]
        {
            let text = String::from_utf8(write(format, &track).0).unwrap();
            let report = breaches(standard, &Source::from_text("written", text.clone()));
            // EBU-TT-D must have a region and a style: there are none without a cue.
            let known =
                |item: &zimu::diag::Diagnostic| track.cues.is_empty() && item.code == codes::conform_ttml::REQUIRED;
            let first = report.items().iter().find(|item| !known(item));
            assert!(first.is_none(), "{}: {}\n{text}", format.id, first.unwrap().message(Lang::En));
        }
    }
}

#[test]
fn text_of_ebu_tt_d_has_times_of_its_paragraph_or_of_its_span() {
    let document = std::fs::read_to_string("fixtures/ebu-tt-d/plain.xml").unwrap();
    let p = " begin=\"00:00:01.000\" end=\"00:00:03.000\"";
    let required = |text: &str| {
        let report = breaches(&ttml::EBU_TT_D_CONFORMANCE, &Source::from_text("x", text));
        (report.count(codes::conform_ttml::REQUIRED), report.total())
    };
    assert_eq!(required(&document), (0, 0));
    assert_eq!(required(&document.replace(p, "")), (2, 2));
    let on_spans = document.replace(p, "").replace("<tt:span", &format!("<tt:span{p}"));
    assert_eq!(required(&on_spans), (0, 0));
}

#[test]
fn ebu_tt_d_is_narrower_than_imsc() {
    let document = std::fs::read_to_string("fixtures/ebu-tt-d/plain.xml").unwrap();
    let found = |from: &str, to: &str| {
        assert!(document.contains(from), "{from}");
        let report = breaches(&ttml::EBU_TT_D_CONFORMANCE, &Source::from_text("x", document.replace(from, to)));
        report.items().iter().map(|item| item.code.row().id.trim_start_matches("conform/ttml/")).collect::<Vec<_>>()
    };
    assert_eq!(found("#ffff00", "#FFFF00FF"), [""; 0]);
    assert_eq!(found("#ffff00", "yellow"), ["value"]);
    assert_eq!(found("fontSize=\"100%\"", "fontSize=\"1c\""), ["value"]);
    assert_eq!(found("tts:textAlign=\"center\"", "tts:displayAlign=\"after\""), ["attribute"]);
    assert_eq!(found("tts:origin=\"14% 60%\" ", ""), ["required"]);
    assert_eq!(found("tt:div style=\"default\"", "tt:div style=\"default\" region=\"bottom\""), ["attribute"]);
    assert_eq!(found("region=\"bottom\">", "region=\"bottom\" tts:color=\"#ffffff\">"), ["attribute"]);
    let body = document.find("  <tt:body>").unwrap();
    assert_eq!(found(&document[body..], "</tt:tt>"), [""; 0]);
}

#[test]
fn frames_are_written_where_a_rate_is_asked() {
    let mut track = Track::default();
    track.cues.push(Cue::new(TimeRange::new(Time::from_millis(1_480), Time::from_millis(2_010)), "x"));
    let written = |rate: &str, format: &Format| {
        let mut options = WriteOptions::default();
        options.frame_rate = FrameRate::parse(rate);
        let mut report = Report::default();
        let text = String::from_utf8(format.write(&track, &options, &mut report).unwrap()).unwrap();
        let p = text.lines().find(|line| line.starts_with("<p")).unwrap();
        (p.split(" region").next().unwrap().to_owned(), report.count(codes::loss::TIME_ROUNDED))
    };
    let at_25 = "<p begin=\"00:00:01:12\" end=\"00:00:02:00\"".to_owned();
    assert_eq!(written("25", &ttml::FORMAT), (at_25.clone(), 1));
    assert_eq!(written("25", &ttml::ITT), (at_25, 1));
    assert_eq!(written("29.97", &ttml::FORMAT), ("<p begin=\"44f\" end=\"60f\"".to_owned(), 1));
    assert_eq!(written("", &ttml::FORMAT).0, "<p begin=\"00:00:01.480\" end=\"00:00:02.010\"");
}

#[test]
fn what_grows_without_end_is_refused() {
    let tt = "<tt xmlns=\"http://www.w3.org/ns/ttml\" xml:lang=\"\"><body><div>";
    let many: String = (0..300).map(|i| format!(" a{i}=''")).collect();
    for text in [
        format!("<!DOCTYPE tt [<!ENTITY a 'b'>]>{tt}</div></body></tt>"),
        format!("{tt}{}", "<div>".repeat(100_000)),
        format!("{tt}<p{many}/></div></body></tt>"),
        format!("{tt}<p a='{}'/></div></body></tt>", "x".repeat(1 << 21)),
    ] {
        let source = Source::from_text("bomb", text);
        let error = (ttml::FORMAT.read)(&source, &ReadOptions::default(), &mut Report::default()).err().unwrap();
        assert_eq!(error.kind(), zimu::ErrorKind::Limit);
    }
}
