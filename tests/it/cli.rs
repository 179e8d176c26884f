//! The command line, as a person or a script meets it. Sessions stand in tests/cli/*.md, which is the manual too.

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const INTERVIEW: &str = "fixtures/article/interview--zh-glosses.txt";

/// Sessions: `TRYCMD=overwrite cargo test` rewrites what they print.
#[test]
fn sessions() {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/align.in/interview.txt");
    let fixture = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(INTERVIEW)).unwrap();
    assert!(fs::read(&manual).ok().as_ref() == Some(&fixture), "copy {INTERVIEW} to {}", manual.display());
    trycmd::TestCases::new()
        .env("NO_COLOR", "1")
        .env("LC_ALL", "C")
        .default_bin_path(env!("CARGO_BIN_EXE_zimu"))
        .case("tests/cli/*.md");
}

pub(crate) fn zimu(folder: &Path, args: &[&str], stdin: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zimu"));
    for variable in ["LC_MESSAGES", "LANG", "ZIMU_FFMPEG", "ZIMU_CHROMIUM"] {
        command.env_remove(variable);
    }
    command.env("LC_ALL", "C").current_dir(folder).args(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // A command that refuses its arguments may end before it reads.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const SRT: &[u8] = b"1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n";

#[test]
fn a_dash_is_standard_input_and_output() {
    let done = zimu(here(), &["convert", "-", "-o", "vtt:-"], SRT);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).starts_with("WEBVTT\n"), "{}", text(&done.stdout));
    let same = zimu(here(), &["convert", "-", "--to", "vtt"], SRT);
    assert_eq!(done.stdout, same.stdout);
}

#[test]
fn data_goes_to_standard_output_and_words_to_standard_error() {
    let done = zimu(here(), &["align", INTERVIEW], b"");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).starts_with("1\n00:00:0"), "{}", text(&done.stdout));
    assert!(text(&done.stderr).contains("times estimated"), "{}", text(&done.stderr));
    assert!(!text(&done.stderr).contains("-->"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_zimu"))
        .args(["convert", "-", "--to", "vtt"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(&SRT.repeat(5_000)).unwrap();
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0));
    assert!(!text(&done.stderr).contains("error"), "{}", text(&done.stderr));
}

#[test]
fn nothing_is_written_if_one_output_exists() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.srt"), SRT).unwrap();
    fs::write(folder.path().join("b.json"), "mine").unwrap();
    let done = zimu(folder.path(), &["convert", "in.srt", "-o", "a.vtt", "-o", "b.json"], b"");
    assert_eq!(done.status.code(), Some(4));
    assert!(!folder.path().join("a.vtt").exists());
    assert_eq!(fs::read(folder.path().join("b.json")).unwrap(), b"mine");
    let again = zimu(folder.path(), &["convert", "in.srt", "-o", "a.vtt", "-o", "b.json", "--overwrite"], b"");
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    assert_ne!(fs::read(folder.path().join("b.json")).unwrap(), b"mine");
}

#[test]
fn two_outputs_to_one_place_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let done = zimu(folder.path(), &["convert", "-", "-o", "a.vtt", "-o", "json:./a.vtt"], SRT);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("named twice"), "{}", text(&done.stderr));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// `--json` gives one object with these keys in this order, and nothing else, on standard output.
fn envelope(done: &Output) -> Value {
    let value: Value = serde_json::from_slice(&done.stdout).unwrap_or_else(|e| panic!("{e}: {}", text(&done.stdout)));
    let keys: Vec<&String> = value.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["zimu", "command", "ok", "exit", "error", "report", "summary"]);
    assert_eq!(value["exit"], done.status.code().unwrap());
    assert_eq!(value["ok"], done.status.success());
    assert_eq!(text(&done.stderr), "");
    value
}

#[test]
fn one_envelope_tells_success_and_failure() {
    let done = envelope(&zimu(here(), &["align", INTERVIEW, "--json"], b""));
    assert_eq!(done["command"], "align");
    assert_eq!(done["error"], Value::Null);
    assert_eq!(done["summary"]["turns"], 10);
    assert_eq!(done["summary"]["estimated"], true);
    let captions = done["summary"]["outputs"][0]["text"].as_str().unwrap();
    assert!(captions.starts_with("1\n00:00:"), "{captions}");

    let failed = envelope(&zimu(here(), &["info", "no.srt", "--json"], b""));
    assert_eq!((&failed["error"]["kind"], &failed["exit"]), (&Value::from("unreadable"), &Value::from(3)));
    let wrong = envelope(&zimu(here(), &["align", "--json", "--fpss", "25", INTERVIEW], b""));
    assert_eq!((&wrong["error"]["kind"], &wrong["exit"]), (&Value::from("usage"), &Value::from(2)));
    assert_eq!(wrong["command"], "align");
    assert!(wrong["error"]["remedy"].as_str().unwrap().contains("--fps"), "{wrong}");
}

#[test]
fn every_command_answers_in_json() {
    for args in [&["formats"][..], &["profiles"], &["profiles", "bbc"], &["doctor"], &["completions", "bash"]] {
        let mut args = args.to_vec();
        args.push("--json");
        let done = envelope(&zimu(here(), &args, b""));
        assert!(done["summary"].as_object().is_some_and(|summary| !summary.is_empty()), "{args:?}");
    }
}

#[test]
fn a_printed_transcript_goes_on_after_a_correction() {
    let folder = tempfile::tempdir().unwrap();
    let printed = zimu(here(), &["transcript", INTERVIEW, "--json"], b"");
    assert_eq!(printed.status.code(), Some(0), "{}", text(&printed.stderr));
    let edited = text(&printed.stdout).replace("林知夏", "林工");
    fs::write(folder.path().join("transcript.json"), edited).unwrap();
    let done = zimu(folder.path(), &["align", "transcript.json"], b"");
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("林工：") && !text(&done.stdout).contains("林知夏"), "{}", text(&done.stdout));
}

#[test]
fn a_saved_alignment_makes_the_same_captions_again() {
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("talk.json");
    let first = zimu(here(), &["align", INTERVIEW, "-o", "srt:-", "-o", json.to_str().unwrap()], b"");
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let again = zimu(folder.path(), &["align", "talk.json"], b"");
    assert_eq!(text(&again.stdout), text(&first.stdout));
    let other = zimu(folder.path(), &["align", "talk.json", "--profile", "mooc-zh"], b"");
    assert_ne!(text(&other.stdout), text(&first.stdout));
    let converted = zimu(folder.path(), &["convert", "talk.json", "--to", "srt"], b"");
    assert_eq!(text(&converted.stdout), text(&first.stdout));
    let retimed = zimu(folder.path(), &["align", "talk.json", "--duration", "2:00"], b"");
    assert_eq!(retimed.status.code(), Some(2));
}

#[test]
fn messages_follow_the_option_and_the_locale() {
    let by_option = zimu(here(), &["--messages", "zh", "info", "no.srt"], b"");
    assert!(text(&by_option.stderr).starts_with("错误：无法读取 no.srt"), "{}", text(&by_option.stderr));
    let mut command = Command::new(env!("CARGO_BIN_EXE_zimu"));
    let by_locale = command.env("LC_ALL", "zh_CN.UTF-8").args(["info", "no.srt"]).output().unwrap();
    assert_eq!(by_locale.stderr, by_option.stderr);
}

#[test]
fn the_speech_fills_what_start_and_end_leave() {
    let done = zimu(here(), &["align", INTERVIEW, "--start", "0:04", "--end", "1:12", "--json"], b"");
    let summary = &envelope(&done)["summary"];
    assert_eq!((summary["start"].as_f64(), summary["end"].as_f64()), (Some(4.0), Some(72.0)));
    for (start, end) in [("1:00", "0:30"), ("0:00", "1:15")] {
        let refused = zimu(here(), &["align", INTERVIEW, "--start", start, "--end", end], b"");
        assert_eq!(refused.status.code(), Some(2), "{start} {end}");
    }
}
