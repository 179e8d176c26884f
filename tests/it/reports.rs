//! Formats of reports: what each makes of one small run, that none loses or doubles a finding, that nothing in names and
//! texts breaks out of its place.

use crate::golden;
use proptest::prelude::*;
use serde_json::Value;
use std::path::Path;
use zimu::diag::render::{Findings, REPORT_FORMATS, ReportFormat, Run};
use zimu::diag::{Diagnostic, Lang, Location, Report, Severity, codes};
use zimu::host::Input;
use zimu::pipeline::{self, CheckOptions, Judge};
use zimu::source::Source;
use zimu::time::Time;
use zimu::{Error, ErrorKind};

/// The run that the golden files show: two files with findings, one without, one that is not there.
fn small_run() -> Vec<Findings> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/report");
    let judge = |name: &str, standard: &str| {
        let mut report = Report::default();
        let input = Input { name: format!("my talks/{name}"), bytes: std::fs::read(folder.join(name)).unwrap() };
        let mut options = CheckOptions::default();
        options.judges = vec![Judge::by_name(standard).unwrap()];
        let checked = pipeline::check(input, &options, &mut report).unwrap();
        let guessed = Diagnostic::new(codes::parse::ENCODING_GUESSED, Location::FILE);
        report.push(guessed.with("encoding", "Big5").with("confidence", 0.9));
        Findings::new(&checked.source, report).held_against(checked.judges, checked.cues)
    };
    let fine = Findings::new(&Source::from_text("my talks/fine.vtt", ""), Report::default());
    let fine = fine.held_against(vec!["webvtt".to_owned(), "default".to_owned()], Some(1));
    vec![judge("talk.vtt", "webvtt"), fine, judge("numbers.srt", "srt"), Findings::failed("no.srt", unreadable())]
}

fn unreadable() -> Error {
    Error::new(ErrorKind::Unreadable, "cannot read no.srt: no such file or directory").with_chinese("无法读取 no.srt")
}

fn run(findings: &[Findings]) -> Run<'_> {
    let mut run = Run::new(findings);
    (run.all, run.statistics) = (true, true);
    run
}

#[test]
fn each_format_as_it_was_looked_at() {
    let findings = small_run();
    let error = unreadable();
    for format in REPORT_FORMATS {
        let extension = format.extensions.first().unwrap_or(&"log");
        let mut run = run(&findings);
        run.error = Some(&error);
        golden::check(&format!("fixtures/report/{}.expected.{extension}", format.id), &(format.render)(&run));
    }
    let mut run = run(&findings);
    run.style.lang = Lang::Zh;
    let page = ReportFormat::by_id("html").unwrap();
    golden::check("fixtures/report/html-zh.expected.html", &(page.render)(&run));
}

/// The sentences of the findings, as a program that reads the format gets them.
fn sentences(format: &str, report: &str) -> Vec<String> {
    let json = || serde_json::from_str::<Value>(report).unwrap();
    let texts = |items: &Value, path: &str| -> Vec<String> {
        items.as_array().unwrap().iter().map(|item| item.pointer(path).unwrap().as_str().unwrap().to_owned()).collect()
    };
    match format {
        "text" => report.lines().filter(|line| line.contains("[parse/bad-bytes]: ")).map(str::to_owned).collect(),
        "concise" => report.lines().map(str::to_owned).collect(),
        "json" => texts(&json()["report"], "/message"),
        "sarif" => texts(&json()["runs"][0]["results"], "/message/text"),
        "github" => {
            let command = |line: &str| {
                let (properties, data) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
                assert!(properties.starts_with("error file="), "{line}");
                data.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
            };
            report.lines().map(command).collect()
        }
        "junit" => {
            let document = roxmltree::Document::parse(report).unwrap();
            let failures = document.descendants().filter(|node| node.has_tag_name("failure"));
            failures.flat_map(|node| node.text().unwrap().lines().map(str::to_owned).collect::<Vec<_>>()).collect()
        }
        "csv" => {
            let mut reader = csv::Reader::from_reader(report.as_bytes());
            let message = reader.headers().unwrap().iter().position(|head| head == "message").unwrap();
            reader.records().map(|row| row.unwrap()[message].to_owned()).collect()
        }
        "html" => {
            let page = scraper::Html::parse_document(report);
            let select = |selector| page.select(&scraper::Selector::parse(selector).unwrap()).collect::<Vec<_>>();
            let sentences = select("main > section > article > p > bdi");
            assert_eq!(select("article").len(), sentences.len());
            sentences.iter().map(|element| element.text().collect()).collect()
        }
        other => panic!("how does a program read {other}?"),
    }
}

/// What breaks out of something, put together at random.
fn hostile(most: usize) -> impl Strategy<Value = String> {
    let pieces = [
        "::",
        "::error file=x::y",
        "\n",
        "\r",
        "\u{1b}[2J",
        "\"",
        "'",
        ",",
        ";",
        "<",
        ">",
        "&",
        "&lt;",
        "]]>",
        "-->",
        "<!--",
        "</script>",
        "</pre>",
        "=1+1",
        "+",
        "-",
        "@",
        "%",
        "%0A",
        "%25",
        "\u{0}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{feff}",
        "\u{ffff}",
        "字",
        "🙂",
        "é",
        " ",
        "\t",
        "a",
        "\\",
        "{",
        "}",
        "`",
        "|",
        "/",
    ];
    proptest::collection::vec(proptest::sample::select(pieces.to_vec()), 0..most).prop_map(|pieces| pieces.concat())
}

type Hostile = (String, String, Vec<(String, Option<(usize, usize)>)>);

fn hostile_file() -> impl Strategy<Value = Hostile> {
    let finding = (hostile(6), proptest::option::of((0..90usize, 0..30usize)));
    (hostile(6), hostile(30), proptest::collection::vec(finding, 0..14))
}

/// A file with findings, each known by its number in `⟦⟧`.
fn judged((name, text, found): &Hostile, next: &mut usize) -> Findings {
    let mut report = Report::default();
    for (words, span) in found {
        let span = span.map(|(start, length)| zimu::source::Span::new(start..start + length));
        let at = Location { span, cue: span.map(|span| span.start), time: span.map(|_| Time::from_seconds(-3)) };
        let words = format!("{words}⟦{next}⟧");
        report.push(Diagnostic::new(codes::parse::BAD_BYTES, at).with("count", 2u64).with("encoding", words));
        *next += 1;
    }
    Findings::new(&Source::from_text(name.as_str(), text.as_str()), report)
}

/// The numbers that stand in a text.
fn numbers(text: &str) -> Vec<usize> {
    text.split('⟦').skip(1).filter_map(|rest| rest.split('⟧').next()?.parse().ok()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 60 } else { 500 }))]

    #[test]
    fn every_finding_occurs_once_in_every_format(files in proptest::collection::vec(hostile_file(), 0..4), zh: bool) {
        let mut count = 0;
        let findings: Vec<Findings> = files.iter().map(|file| judged(file, &mut count)).collect();
        let mut run = run(&findings);
        run.style.lang = if zh { Lang::Zh } else { Lang::En };
        for format in REPORT_FORMATS {
            let report = (format.render)(&run);
            let sentences = sentences(format.id, &report);
            let mut found: Vec<usize> = sentences.iter().flat_map(|sentence| numbers(sentence)).collect();
            found.sort_unstable();
            prop_assert_eq!(sentences.len(), count, "{}: {}", format.id, report);
            prop_assert_eq!(found, (0..count).collect::<Vec<_>>(), "{}: {}", format.id, report);
        }
    }

    /// Formats that people meet in a terminal or a browser hold no control characters but line ends.
    #[test]
    fn nothing_steers_a_terminal(file in hostile_file()) {
        let findings = [judged(&file, &mut 0)];
        for id in ["text", "concise", "junit", "html"] {
            let report = (ReportFormat::by_id(id).unwrap().render)(&run(&findings));
            prop_assert!(!report.contains(|c: char| c.is_control() && c != '\n'), "{}: {:?}", id, report);
            prop_assert!(!report.contains(['\u{202e}', '\u{2028}']), "{}: {:?}", id, report);
        }
    }

    /// The parts of SARIF 2.1.0 that its readers rely on, whatever was found.
    #[test]
    fn sarif_hangs_together(files in proptest::collection::vec(hostile_file(), 1..3)) {
        let mut count = 0;
        let findings: Vec<Findings> = files.iter().map(|file| judged(file, &mut count)).collect();
        let log: Value = serde_json::from_str(&(ReportFormat::by_id("sarif").unwrap().render)(&run(&findings))).unwrap();
        hangs_together(&log);
    }
}

fn hangs_together(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!((&run["tool"]["driver"]["name"], &run["columnKind"]), (&"zimu".into(), &"unicodeCodePoints".into()));
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    let mut unique = ids.clone();
    unique.dedup();
    assert_eq!(ids, unique);
    let mut prints = std::collections::HashSet::new();
    for result in run["results"].as_array().unwrap() {
        assert_eq!(result["ruleId"], ids[result["ruleIndex"].as_u64().unwrap() as usize]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let location = &result["locations"][0];
        let uri = location["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        assert!(uri.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/%:".contains(c)), "{uri}");
        if let Some(region) = location["physicalLocation"].get("region") {
            let [start_line, start_column, end_line, end_column] =
                ["startLine", "startColumn", "endLine", "endColumn"].map(|key| region[key].as_u64().unwrap());
            assert!(start_line >= 1 && start_column >= 1 && end_column >= 1, "{region}");
            assert!((end_line, end_column) >= (start_line, start_column), "{region}");
        }
        if let Some(cue) = result["properties"].get("cue") {
            assert_eq!(location["logicalLocations"][0]["name"], cue.to_string());
        }
        assert!(prints.insert((uri, result["partialFingerprints"]["zimuFinding/v1"].as_str().unwrap())));
    }
    let invocation = &run["invocations"][0];
    assert!(invocation["executionSuccessful"].is_boolean() && invocation["exitCode"].is_u64());
}

#[test]
fn sarif_tells_what_could_not_be_judged() {
    let findings = small_run();
    let error = unreadable();
    let mut run = run(&findings);
    run.error = Some(&error);
    let log: Value = serde_json::from_str(&(ReportFormat::by_id("sarif").unwrap().render)(&run)).unwrap();
    hangs_together(&log);
    let invocation = &log["runs"][0]["invocations"][0];
    assert_eq!((&invocation["executionSuccessful"], &invocation["exitCode"]), (&false.into(), &3.into()));
    assert_eq!(invocation["toolExecutionNotifications"][0]["descriptor"]["id"], "unreadable");
}

#[test]
fn junit_counts_what_it_holds_and_follows_fail_on() {
    let findings = small_run();
    for (fail_on, failures) in [(Severity::Error, 7), (Severity::Note, 9)] {
        let mut run = run(&findings);
        run.fail_on = fail_on;
        let report = (ReportFormat::by_id("junit").unwrap().render)(&run);
        let document = roxmltree::Document::parse(&report).unwrap();
        let count = |tag: &str| document.descendants().filter(|node| node.has_tag_name(tag)).count();
        assert_eq!((count("testsuite"), count("failure"), count("error")), (4, failures, 1), "{report}");
        let root = document.root_element();
        for (attribute, tag) in [("tests", "testcase"), ("failures", "failure"), ("errors", "error")] {
            assert_eq!(root.attribute(attribute), Some(count(tag).to_string().as_str()), "{attribute}");
        }
        // Whatever does not fail is still said.
        assert_eq!(count("system-out") + failures, 9);
    }
}

#[test]
fn the_worst_files_come_first() {
    let judged = |name: &str, found: &[Severity]| {
        let mut report = Report::default();
        for severity in found {
            let diagnostic = Diagnostic::new(codes::parse::BAD_BYTES, Location::FILE).with("count", 1u64);
            report.push(Diagnostic { severity: *severity, ..diagnostic });
        }
        Findings::new(&Source::from_text(name, ""), report)
    };
    use Severity::{Error as E, Note as N, Warning as W};
    let findings = [
        judged("clean", &[]),
        judged("notes", &[N, N, N, N, N]),
        judged("warnings", &[W, W, W]),
        judged("one error", &[E, W]),
        judged("more warnings", &[W, W, W, W]),
        judged("two errors", &[E, E]),
        Findings::failed("unreadable", unreadable()),
        judged("another error", &[E, W]),
    ];
    let order: Vec<&str> = Run::new(&findings).worst_first().iter().map(|file| file.file()).collect();
    let expected =
        ["unreadable", "two errors", "one error", "another error", "more warnings", "warnings", "notes", "clean"];
    assert_eq!(order, expected);
}

/// What is beyond the thousand that a report keeps is counted wherever a count can stand.
#[test]
fn what_is_not_listed_is_counted() {
    let mut report = Report::default();
    (0..1500).for_each(|_| report.push(Diagnostic::new(codes::loss::RUBY, Location::FILE).with("text", "x")));
    let findings = [Findings::new(&Source::from_text("a.srt", ""), report)];
    assert_eq!(findings[0].not_listed(), 500);
    for (id, expected) in [
        ("text", "… and 500 more of loss/ruby in a.srt"),
        ("json", "\"loss/ruby\": 1500"),
        ("sarif", "findings that are not listed: 500"),
        ("github", "findings that are not listed: 500"),
        ("junit", "… +500"),
        ("html", "findings that are not listed: 500"),
    ] {
        let report = (ReportFormat::by_id(id).unwrap().render)(&run(&findings));
        assert!(report.contains(expected), "{id}");
    }
}

#[test]
fn the_page_needs_nothing_else() {
    let page = (ReportFormat::by_id("html").unwrap().render)(&run(&small_run()));
    for needs in ["<script", "<link", "<img", "src=", "http:", "https:", "url(", "@import", "javascript:"] {
        assert!(!page.contains(needs), "{needs}");
    }
}

/// docs/check.md lists the formats as the table has them.
#[test]
fn the_manual_lists_every_format() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/check.md");
    let manual = std::fs::read_to_string(&path).unwrap();
    let (start, end) = ("<!-- formats -->\n", "<!-- /formats -->\n");
    let (before, rest) = manual.split_once(start).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let mut table = String::from("| format | extensions | |\n|---|---|---|\n");
    for format in REPORT_FORMATS {
        let extensions: Vec<String> = format.extensions.iter().map(|extension| format!("`.{extension}`")).collect();
        table.push_str(&format!("| `{}` | {} | {} |\n", format.id, extensions.join(" "), format.about));
    }
    golden::golden(&path, &format!("{before}{start}{table}{end}{after}"));
}

#[test]
fn ids_and_extensions_are_unique() {
    let mut all: Vec<&str> = REPORT_FORMATS.iter().flat_map(|format| format.extensions).copied().collect();
    all.extend(REPORT_FORMATS.iter().map(|format| format.id).filter(|id| ReportFormat::by_extension(id).is_none()));
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), count);
    for format in REPORT_FORMATS {
        assert_eq!(ReportFormat::by_id(format.id).unwrap().id, format.id);
    }
}

/// `--json`, `--format json` and a file hold the same document, and the number of threads does not show.
#[cfg(feature = "cli")]
#[test]
fn the_same_document_however_it_is_asked_for() {
    use crate::cli::{text, zimu};
    let folder = tempfile::tempdir().unwrap();
    for number in 0..40 {
        let name = folder.path().join(format!("{number:02}.srt"));
        std::fs::write(name, format!("{number}\n00:00:01,000 --> 00:00:02,000\nOne\n")).unwrap();
    }
    let check = |args: &[&str]| zimu(folder.path(), &[&["check", "."], args].concat(), b"");
    let json = check(&["--json"]);
    assert_eq!((json.status.code(), text(&json.stderr)), (Some(1), ""));
    for args in [&["--format", "json", "-j", "1"][..], &["--format", "json", "-j", "7"], &["-o", "json:-"]] {
        let done = check(args);
        assert_eq!((done.status.code(), text(&done.stdout)), (Some(1), text(&json.stdout)), "{args:?}");
    }
    let page = check(&["-o", "report.html", "--json"]);
    assert_eq!(text(&page.stdout), text(&json.stdout));
    // What is no captions, and was not named, is passed over.
    std::fs::write(folder.path().join("package.json"), r#"{"name": "web"}"#).unwrap();
    let file = check(&["-o", "report.json"]);
    let said = text(&file.stderr);
    assert!(said.contains("files 40 · with findings 39 · findings 39 · errors 39 · no captions 1\n"), "{said}");
    assert_eq!(std::fs::read(folder.path().join("report.json")).unwrap(), json.stdout);
}
