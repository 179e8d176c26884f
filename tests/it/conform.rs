//! What standards ask of authors: each fixture's name says what must be found in it, and nothing else may be.

use std::path::{Path, PathBuf};
use zimu::codec::{CONFORMANCE, Conformance, FORMATS, ReadOptions, WriteOptions};
use zimu::diag::Report;
use zimu::host::Input;
use zimu::pipeline::{self, CheckOptions, Judge};

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn stem(path: &Path) -> &str {
    path.file_stem().unwrap().to_str().unwrap()
}

/// The codes that are found in bytes, once each.
fn found(standard: &'static Conformance, bytes: Vec<u8>) -> Vec<&'static str> {
    let mut report = Report::default();
    let input = Input { name: "fixture".into(), bytes };
    let mut options = CheckOptions::default();
    options.judges.push(Judge::Standard(standard));
    pipeline::check(input, &options, &mut report).unwrap();
    report.counts().map(|(code, _)| code.row().id).filter(|id| id.starts_with("conform/")).collect()
}

/// `bad-<code>--<case>` has one finding, `conform/<family>/<code>`; `good-<case>` has none.
fn fixtures_say_what_they_are(id: &str, family: &str) {
    let standard = Conformance::by_id(id).unwrap();
    let mut seen = Vec::new();
    for path in files(&format!("conform/{id}")) {
        let codes = found(standard, std::fs::read(&path).unwrap());
        let name = stem(&path);
        let Some(rest) = name.strip_prefix("bad-") else {
            assert!(name.starts_with("good-") && codes.is_empty(), "{name}: {codes:?}");
            continue;
        };
        let code = format!("conform/{family}/{}", rest.split("--").next().unwrap());
        assert_eq!(codes, [code.as_str()], "{name}");
        seen.push(code);
    }
    for code in zimu::diag::codes::all().filter(|code| code.row().id.starts_with(&format!("conform/{family}/"))) {
        assert!(seen.iter().any(|seen| seen == code.row().id), "no fixture shows {code:?}");
    }
}

#[test]
fn webvtt_is_judged_as_the_fixtures_say() {
    fixtures_say_what_they_are("webvtt", "vtt");
}

#[test]
fn subrip_is_judged_as_the_fixtures_say() {
    fixtures_say_what_they_are("srt", "srt");
}

/// Of the reader's fixtures: bad to readers is bad to authors, but for limits that only readers have.
#[test]
fn what_readers_complain_of_is_found_too() {
    let only_readers = ["bad-tag--deep", "bad-timing--clamped"];
    let standard = Conformance::by_id("webvtt").unwrap();
    for path in files("vtt").iter().filter(|path| path.extension().is_some_and(|e| e == "vtt")) {
        let name = stem(path);
        let clean = found(standard, std::fs::read(path).unwrap()).is_empty();
        if name.starts_with("bad-") {
            assert_eq!(clean, only_readers.contains(&name), "{name}");
        }
    }
}

/// What we write passes: a track whose times are in order, with everything that WebVTT and SubRip keep.
#[test]
fn what_is_written_passes() {
    for (format, id) in [("vtt", "webvtt"), ("srt", "srt")] {
        let row = zimu::codec::by_id(format).unwrap();
        let standard = Conformance::by_id(id).unwrap();
        for path in files(&format!("conform/{id}")).iter().filter(|path| stem(path).starts_with("good-")) {
            let mut report = Report::default();
            let text = std::fs::read_to_string(path).unwrap();
            let source = zimu::source::decode("a", text.into_bytes(), None, &mut report).unwrap();
            let track = (row.read)(&source, &ReadOptions::default(), &mut report).unwrap();
            let written = row.write(&track, &WriteOptions::default(), &mut report).unwrap();
            assert_eq!(found(standard, written), [""; 0], "{}", path.display());
        }
    }
}

#[test]
fn each_standard_is_of_a_format_and_has_its_own_id() {
    let mut ids: Vec<_> = CONFORMANCE.iter().map(|standard| standard.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), CONFORMANCE.len());
    for standard in CONFORMANCE {
        assert!(FORMATS.iter().any(|format| format.id == standard.format), "{}", standard.id);
    }
}

/// Runs of what is wrong take time in proportion: 200 kB of each would take minutes if every place looked at all the rest.
#[test]
fn judging_is_linear() {
    let head = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n";
    for run in
        ["&a", "&", "<", "<b>", "</b>", "<b ", "<c.a>", "<0>", "&amp;", "<ruby><rt>", "a\n\n", "-->\n", "NOTE\n\n"]
    {
        let text = format!("{head}{}\n", run.repeat(200_000 / run.len()));
        found(Conformance::by_id("webvtt").unwrap(), text.into_bytes());
    }
    for run in ["1\n", "-->", "1 --> 2\n", "1\n00:00:01,000 --> 00:00:02,000\n", "\n", "x\n\n"] {
        found(Conformance::by_id("srt").unwrap(), run.repeat(200_000 / run.len()).into_bytes());
    }
}

/// What is found in a file by standards and rules together, with the cue it is in.
fn both(name: &str, text: &str, judges: &[&str]) -> Vec<(&'static str, u32)> {
    let mut report = Report::default();
    let input = Input { name: name.into(), bytes: text.as_bytes().to_vec() };
    let mut options = CheckOptions::default();
    options.judges = judges.iter().map(|name| Judge::by_name(name).unwrap()).collect();
    pipeline::check(input, &options, &mut report).unwrap();
    report.items().iter().map(|item| (item.code.row().id, item.at.cue.map_or(0, |cue| cue + 1))).collect()
}

#[test]
fn what_a_standard_says_is_said_once() {
    let srt = "1\n00:00:05,000 --> 00:00:07,000\nLater.\n\n2\n00:00:01,000 --> 00:00:03,000\nSooner.\n";
    assert_eq!(both("a.srt", srt, &[]), [("conform/srt/order", 2)]);
    let rules = both("a.srt", srt, &["default-any"]);
    assert!(rules.contains(&("rule/order", 2)), "nobody asked for the standard: {rules:?}");

    // A start that is no time makes a cue without a duration; another one has none of itself, which no standard forbids.
    let ttml = |attributes: &str| {
        format!(
            "<tt xmlns=\"http://www.w3.org/ns/ttml\" {attributes} xml:lang=\"en\"><body><div>\n<p begin=\"one\" end=\"3s\">Three.</p>\n\
             <p begin=\"5s\" end=\"5s\">Five.</p>\n</div></body></tt>\n"
        )
    };
    let imsc = "xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" ttp:contentProfiles=\"http://www.w3.org/ns/ttml/profile/imsc1.1/text\"";
    let found = both("a.ttml", &ttml(imsc), &["imsc-1.1-text", "default-any"]);
    assert_eq!(found, [("conform/ttml/value", 0), ("rule/duration", 2)]);
    // In another dialect of the same reader, too, that says `parse/ttml/bad-time` where no standard is asked.
    let old = ttml("").replace("http://www.w3.org/ns/ttml\"", "http://www.w3.org/2006/10/ttaf1\"");
    let ids = |judges: &[&str]| -> Vec<&str> { both("a.dfxp", &old, judges).into_iter().map(|(id, _)| id).collect() };
    assert!(ids(&["default-any"]).contains(&"parse/ttml/bad-time"), "{:?}", ids(&["default-any"]));
    let found = ids(&["imsc-1.1-text", "default-any"]);
    assert!(!found.iter().any(|id| id.starts_with("parse/")), "{found:?}");
}
