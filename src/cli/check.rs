//! `zimu check`.

use super::align::encoding;
use super::outcome::{Cx, Outcome};
use super::say;
use serde_json::{Value, json};
use std::path::PathBuf;
use zimu::codec::Conformance;
use zimu::diag::{Report, Severity, render};
use zimu::pipeline::{self, Checked};
use zimu::source::Encoding;
use zimu::{Error, ErrorKind, Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu check talk.vtt
  zimu check --profile webvtt web/*.vtt
  zimu check --profile srt talk.srt --json

A file is held against the standard of its format: what it asks of authors, which is more than players
need. Findings go to standard output, each with its clause; the exit code is 1 if there are any.";

/// Check caption files against the standard of their format
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP, visible_aliases = ["lint", "validate"])]
pub(super) struct Args {
    /// The files; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    inputs: Vec<PathBuf>,
    /// The standard [default: that of the file's format]
    #[arg(short, long, value_name = "ID", value_parser = standard)]
    profile: Option<&'static Conformance>,
    /// Encoding of the files, such as GB18030 [default: found]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
}

fn standard(id: &str) -> Result<&'static Conformance> {
    Conformance::by_id(id)
}

/// What was found in all files.
#[derive(Default)]
struct Found {
    text: String,
    items: Vec<Value>,
    files: Vec<Value>,
    findings: u64,
    bad: usize,
    /// Why a file could not be judged: the first is the command's error.
    error: Option<Error>,
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    let mut found = Found::default();
    for path in &args.inputs {
        let mut report = Report::default();
        let input = host::read(path);
        let checked = input.and_then(|input| pipeline::check(input, args.profile, args.encoding, &mut report));
        match checked {
            Ok(checked) => found.add(&checked, &report, cx),
            Err(error) if args.inputs.len() == 1 => return Err(error),
            Err(error) => found.refuse(path.display().to_string(), error, cx),
        }
    }
    let files = args.inputs.len();
    let lines =
        vec![say::CHECKED.say(cx.lang, &[("files", &files), ("findings", &found.findings), ("bad", &found.bad)])];
    let summary = json!({ "files": found.files, "findings": found.findings });
    let error = found.error.or_else(|| (found.findings > 0).then(|| findings(found.findings)));
    let data = found.text.into_bytes();
    Ok(Outcome { data, lines, summary, error, items: found.items, ..Outcome::default() })
}

impl Found {
    fn add(&mut self, Checked { source, standard }: &Checked, report: &Report, cx: &Cx) {
        let breaches = report.counts().filter(|(code, _)| report.worst_of(*code) >= Some(Severity::Warning));
        let findings = breaches.map(|(_, count)| count).fold(0, u64::saturating_add);
        self.findings = self.findings.saturating_add(findings);
        self.bad = self.bad.saturating_add(usize::from(findings > 0));
        self.text.push_str(&render::text(report, Some(source), &cx.data_style()));
        self.items.extend(render::json(report, Some(source), cx.lang));
        self.files.push(json!({
            "file": source.name(), "profile": standard.id, "findings": findings, "counts": render::counts(report),
        }));
    }

    fn refuse(&mut self, name: String, error: Error, cx: &Cx) {
        self.bad = self.bad.saturating_add(1);
        let (message, _) = cx.sentences(&error);
        self.text.push_str(&(say::ERROR.say(cx.lang, &[("message", &message)]) + "\n"));
        self.files.push(json!({ "file": name, "error": { "kind": error.kind().class().name, "message": message } }));
        self.error.get_or_insert(error);
    }
}

fn findings(count: u64) -> Error {
    Error::new(ErrorKind::Findings, format!("findings: {count}")).with_chinese(format!("发现 {count} 处问题"))
}
