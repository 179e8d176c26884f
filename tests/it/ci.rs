//! The pre-commit hook and the GitHub Action that stand at the root: their scripts run as a service would run them.

use crate::cli::text;
use std::path::Path;
use std::process::{Command, Output};
use zimu::codec::FORMATS;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Extensions that more files have than captions: a hook that is given every file of a repository leaves them alone.
const VAGUE: &[&str] = &["xml", "json", "jsonl", "sub", "stl", "csv", "tsv", "tab"];

#[test]
fn the_hook_takes_every_extension_of_captions() {
    let hooks = read(".pre-commit-hooks.yaml");
    let pattern = hooks.lines().find_map(|line| line.trim().strip_prefix("files: &captions ")).unwrap();
    let pattern = regex::Regex::new(pattern).unwrap();
    for extension in FORMATS.iter().flat_map(|format| format.extensions) {
        let taken = pattern.is_match(&format!("web/talk.{extension}"));
        assert_eq!(taken, !VAGUE.contains(extension), "{extension}");
    }
    assert!(pattern.is_match("TALK.SRT") && !pattern.is_match("talk.srt.allow") && !pattern.is_match("vtt"));
}

/// The lines of a step's script: the block below `run: |` after the step's name.
fn script(step: &str) -> String {
    let action = read("action.yml");
    let (_, rest) = action.split_once(&format!("- name: {step}\n")).unwrap();
    let (before, block) = rest.split_once("      run: |\n").unwrap();
    assert!(!before.contains("- name:"), "{step} has no script");
    let lines = block.lines().take_while(|line| line.is_empty() || line.starts_with("        "));
    lines.map(|line| line.strip_prefix("        ").unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// Runs the step that checks in a folder, as the service does: inputs are variables, `zimu` is on the path.
fn step(folder: &Path, inputs: &[(&str, &str)]) -> Output {
    let bin = Path::new(env!("CARGO_BIN_EXE_zimu")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    let defaults =
        [("FILES", "."), ("PROFILE", ""), ("FAIL_ON", "warning"), ("FORMAT", "github"), ("OUTPUT", ""), ("ARGS", "")];
    let mut command = Command::new("bash");
    command.args(["--noprofile", "--norc", "-eo", "pipefail", "-c", &script("Check")]).current_dir(folder);
    command.env("PATH", path).env("LC_ALL", "C");
    for (name, value) in defaults.iter().chain(inputs) {
        command.env(format!("ZIMU_{name}"), value);
    }
    command.output().unwrap()
}

#[test]
fn the_action_checks_what_its_inputs_say() {
    let folder = tempfile::tempdir().unwrap();
    let bad = "2\n00:00:01,000 --> 00:00:02,000\nOne\n";
    for name in ["a b.srt", "c.srt", "$(touch hacked).srt", "-o.srt"] {
        std::fs::write(folder.path().join(name), bad).unwrap();
    }
    let all = step(folder.path(), &[("PROFILE", "srt\n")]);
    assert_eq!((all.status.code(), text(&all.stdout).lines().count()), (Some(1), 4), "{}", text(&all.stderr));
    assert!(text(&all.stdout).contains("::error file=a b.srt,line=1,"), "{}", text(&all.stdout));

    let inputs = [
        ("FILES", "a b.srt\n\n$(touch hacked).srt\n-o.srt\n"),
        ("PROFILE", "srt\ndefault"),
        ("FAIL_ON", "never"),
        ("FORMAT", "concise"),
        ("OUTPUT", "findings.sarif\njunit:my checks.xml\n"),
        ("ARGS", "--statistics   --messages zh"),
    ];
    let some = step(folder.path(), &inputs);
    assert_eq!((some.status.code(), text(&some.stdout).lines().count()), (Some(0), 3), "{}", text(&some.stderr));
    assert!(text(&some.stderr).contains("文件 3 个"), "{}", text(&some.stderr));
    let log = std::fs::read_to_string(folder.path().join("findings.sarif")).unwrap();
    assert!(log.contains("a%20b.srt") && !log.contains("c.srt\""), "{log}");
    assert!(folder.path().join("my checks.xml").exists() && !folder.path().join("hacked").exists());
}

/// Every input is used, and what is used is an input.
#[test]
fn the_action_declares_its_inputs() {
    let action = read("action.yml");
    let (head, steps) = action.split_once("\nruns:\n").unwrap();
    let (_, inputs) = head.split_once("\ninputs:\n").unwrap();
    let names = inputs.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let mut declared: Vec<&str> = names.map(|line| line.trim().trim_end_matches(':')).collect();
    let mut used: Vec<&str> = steps.split("${{ inputs.").skip(1).filter_map(|rest| rest.split(" }}").next()).collect();
    declared.sort_unstable();
    used.sort_unstable();
    assert_eq!(declared, used);
}
