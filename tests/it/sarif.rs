//! Fixes as SARIF tells them: whoever carries them out by lines and columns gets what we make.

use crate::codecs::fixtures;
use serde_json::Value;
use zimu::codec::{self, FORMATS, Format};
use zimu::diag::render::{Findings, ReportFormat, Run};
use zimu::diag::{Edits, Report};
use zimu::host::Input;
use zimu::pipeline::{self, Captions, CaptionsOptions, CheckOptions, Judge};
use zimu::source::{EncodeOptions, Encoding, Eol, encode};
use zimu::time::FrameRate;

fn options(format: &'static Format, profile: Option<&str>) -> CheckOptions {
    let mut options = CheckOptions::default();
    (options.from, options.place_fixes) = (Some(format), true);
    options.judges = profile.iter().map(|name| Judge::by_name(name).unwrap()).collect();
    options.set = if profile.is_some() { vec![("max_line".to_owned(), "20".to_owned())] } else { Vec::new() };
    options.rules.frame_rate = FrameRate::new(25, 1);
    options
}

/// The results of a file, and the fixes of the same findings in the same order.
fn results(input: &dyn Fn() -> Input, options: &CheckOptions) -> Option<(Vec<Value>, Vec<Option<Edits>>)> {
    let judged = || {
        let mut report = Report::in_full();
        let checked = pipeline::check(input(), options, &mut report).ok()?;
        Some((checked.source, report))
    };
    let (source, report) = judged()?;
    let findings = [Findings::new(&source, report)];
    let log: Value =
        serde_json::from_str(&(ReportFormat::by_id("sarif").unwrap().render)(&Run::new(&findings))).unwrap();
    let (_, report) = judged()?;
    let mut items: Vec<_> = report.items().to_vec();
    items.sort_by_key(|item| item.at.span.map(|span| span.start));
    let edits = items.iter().map(|item| {
        item.fix.as_ref().map(|fix| {
            let mut edits = Edits::default();
            assert!(edits.add(&fix.edits));
            edits
        })
    });
    Some((log["runs"][0]["results"].as_array().unwrap().clone(), edits.collect()))
}

/// Where each line begins; CRLF, LF and CR end lines.
fn lines(text: &str) -> Vec<usize> {
    let mut lines = vec![0];
    for (at, c) in text.char_indices() {
        if c == '\n' || (c == '\r' && !text[at + 1..].starts_with('\n')) {
            lines.push(at + 1);
        }
    }
    lines
}

/// The offset of a line and a column in characters, both from 1.
fn offset(text: &str, lines: &[usize], line: &Value, column: &Value) -> usize {
    let start = lines[line.as_u64().unwrap() as usize - 1];
    let column = column.as_u64().unwrap() as usize - 1;
    start + text[start..].char_indices().nth(column).map_or(text.len() - start, |(at, _)| at)
}

/// The text with a fix carried out, last stretch first.
fn applied(text: &str, fix: &Value) -> String {
    let lines = lines(text);
    let [change] = fix["artifactChanges"].as_array().unwrap().as_slice() else { panic!("{fix}") };
    let mut out = text.to_owned();
    let mut before = text.len();
    for replacement in change["replacements"].as_array().unwrap().iter().rev() {
        let region = &replacement["deletedRegion"];
        let start = offset(text, &lines, &region["startLine"], &region["startColumn"]);
        let end = offset(text, &lines, &region["endLine"], &region["endColumn"]);
        assert!(start <= end && end <= before, "in order and apart: {fix}");
        before = start;
        out.replace_range(start..end, replacement["insertedContent"]["text"].as_str().unwrap_or_default());
    }
    out
}

fn captions(input: Input, format: &'static Format, encoding: Encoding) -> Captions {
    let mut options = CaptionsOptions::default();
    (options.from, options.encoding) = (Some(format), Some(encoding));
    options.read.frame_rate = FrameRate::new(25, 1);
    pipeline::captions(input, &options, &mut Report::default()).unwrap()
}

/// Every fix of every fixture, in several encodings.
#[test]
fn fixes_by_line_and_column_are_those_that_we_make() {
    let mut told = 0;
    for format in FORMATS.iter().copied().filter(|format| format.splice.is_some()) {
        let mut files = fixtures(format);
        let more = std::fs::read_dir("fixtures/fix").unwrap().map(|entry| entry.unwrap().path());
        let ours =
            more.filter(|path| path.extension().is_some_and(|e| format.extensions.iter().any(|known| *known == e)));
        files.extend(ours.map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())));
        for (path, content) in files {
            for (encoding, eol) in [("utf-8", None), ("utf-16le", Some(Eol::CrLf)), ("gb18030", Some(Eol::Lf))] {
                let mut encoded = EncodeOptions::default();
                (encoded.encoding, encoded.eol) = (Encoding::parse(encoding).unwrap(), eol);
                encoded.bom = encoding.starts_with("utf-16");
                let bytes = encode(&content, &encoded, |_| ());
                let input = || Input { name: path.display().to_string(), bytes: bytes.clone() };
                for profile in [None, Some("netflix-en"), Some("netflix-zh-hans")] {
                    let mut options = options(format, profile);
                    options.encoding = Some(encoded.encoding);
                    let Some((results, edits)) = results(&input, &options) else { continue };
                    assert_eq!(results.len(), edits.len());
                    for (result, edits) in results.iter().zip(edits) {
                        told += check(&input, format, result, edits, &encoded);
                    }
                }
            }
        }
    }
    assert!(told > 300, "{told}");
}

/// How many fixes the result tells.
fn check(
    input: &dyn Fn() -> Input,
    format: &'static Format,
    result: &Value,
    edits: Option<Edits>,
    encoded: &EncodeOptions,
) -> usize {
    let Some(edits) = edits else {
        assert_eq!(result.get("fixes"), None, "{result}");
        return 0;
    };
    let captions = captions(input(), format, encoded.encoding);
    let mut report = Report::default();
    // A format that is always UTF-8 cannot be written anew in another encoding.
    let Ok(ours) = pipeline::splice(&captions, &edits, &mut report) else {
        assert_eq!(result.get("fixes"), None, "{result}");
        return 0;
    };
    let Some(fixes) = result.get("fixes") else {
        // Only what cannot be done in place is not told.
        let bad = captions.source.text().contains('\u{FFFD}');
        assert!(!report.is_empty() || ours == input().bytes || bad, "{}: {result}", captions.source.name());
        return 0;
    };
    let [fix] = fixes.as_array().unwrap().as_slice() else { panic!("{fixes}") };
    assert!(!fix["description"]["text"].as_str().unwrap().is_empty());
    let location = &result["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(&fix["artifactChanges"][0]["artifactLocation"], location);
    let mut again = *encoded;
    again.eol = None;
    let theirs = encode(&applied(captions.source.text(), fix), &again, |_| ());
    let both = || format!("{}\n----\n{}", String::from_utf8_lossy(&theirs), String::from_utf8_lossy(&ours));
    let bad = captions.source.text().contains('\u{FFFD}');
    assert!(theirs == ours || bad, "{} {fix}\n{}", captions.source.name(), both());
    1
}

/// Of a file with one thing to mend, `fix` and whoever reads our report make the same.
#[test]
fn what_a_report_proposes_is_what_fix_does() {
    for (id, text) in [
        ("srt", "1\n00:00:01,000 --> 00:00:03,000\nTwo  spaces.\n"),
        ("srt", "1\n00:00:05,000 --> 00:00:07,000\nLater.\n\n2\n00:00:01,000 --> 00:00:03,000\nSooner.\n"),
        (
            "srt",
            "1\n00:00:01,000 --> 00:00:03,000\nOne.\n\n3\n00:00:05,000 --> 00:00:07,000\nTwo.\n\n4\n00:00:08,000 --> 00:00:09,500\nThree.\n",
        ),
        ("vtt", "WEBVTT\n\n00:05.000 --> 00:07.000\nLater.\n\nNOTE with it\n\n00:01.000 --> 00:03.000\nSooner.\n"),
        ("sbv", "0:00:01.000,0:00:03.000\nIs it so ?\n"),
    ] {
        let format = codec::by_id(id).unwrap();
        let input = || Input { name: format!("talk.{id}"), bytes: text.as_bytes().to_vec() };
        let options = options(format, None);
        let (results, _) = results(&input, &options).unwrap();
        let fixes: Vec<&Value> = results.iter().filter_map(|result| result.get("fixes")).collect();
        let [fix] = fixes.as_slice() else { panic!("{fixes:?}") };
        let fixed = pipeline::fix(input(), &options, false, &mut Report::default()).unwrap();
        assert!(!fixed.same && fixed.left.is_empty(), "{text}: {:?}", fixed.left);
        assert_eq!(String::from_utf8(fixed.bytes).unwrap(), applied(text, &fix[0]));
    }
}
