//! `zimu check`.

use super::batch;
use super::findings::{Reports, Telling};
use super::judging::Judging;
use super::outcome::{Cx, Outcome};
use super::search::Search;
use indicatif::ProgressBar;
use std::path::PathBuf;
use zimu::diag::render::Findings;
use zimu::host::Found;
use zimu::pipeline::{self, CheckOptions, Checked};
use zimu::{Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu check talk.srt
  zimu check --profile netflix-zh-hans talk.srt
  zimu check --profile webvtt --profile default web/*.vtt
  zimu check --profile netflix-en --media talk.mp4 --fps 25 --shots cuts.txt talk.srt
  zimu check --rule line-balance=off --rule gap=error talk.srt
  zimu check season1/ -o report.html -o findings.sarif --statistics
  git diff --name-only -- '*.srt' | zimu check --files-from - --format github

Without --profile a file is held against the standard of its format, if there is one, and the rules with our
own numbers for its language. `zimu profiles` and `zimu formats` list what --profile takes, `zimu rules`
the rules. What was looked at and is to stay is allowed by a comment in WebVTT, `NOTE zimu: allow RULE`
above the cue (`allow-all` for the file), or for any format in a file beside it: talk.srt.allow, with lines
of a cue's number (or *) and rules.

Findings go to standard output; the exit code is 1 if there are any, as --fail-on says. docs/check.md has the
formats of reports.";

/// Check caption files: the standard of their format, the rules of the place they go to
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP, visible_aliases = ["lint", "validate"])]
pub(super) struct Args {
    /// The captions: files (`-` is standard input), folders, or patterns in quotes
    #[arg(value_name = "FILE|FOLDER|PATTERN", required_unless_present = "files_from")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    judging: Judging,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    search: Search,
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    let reports = args.telling.reports(cx)?;
    let mut options = args.judging.options()?;
    options.place_fixes = reports.place_fixes();
    let found = args.search.find(&args.inputs)?;
    // One file is done before a bar could be looked at.
    let bar = if found.files.len() > 1 { batch::bar(found.files.len(), cx) } else { ProgressBar::hidden() };
    let judge = |file: &Found| {
        let judged = judge(file, &options, &reports);
        bar.inc(1);
        judged
    };
    let judged = pipeline::each_file(&found.files, args.search.jobs, judge);
    bar.finish_and_clear();
    let judged = judged?;
    let passed_over = judged.iter().filter(|file| file.is_none()).count();
    let failed = |file: &Found, error| Findings::failed(file.path.display().to_string(), error);
    let files = found
        .files
        .iter()
        .zip(judged)
        .filter_map(|(file, judged)| judged?.unwrap_or_else(|error| Some(failed(file, error))));
    let folders = found.errors.into_iter().map(|(folder, error)| Findings::failed(folder.display().to_string(), error));
    reports.told(files.chain(folders).collect(), passed_over, cx)
}

/// `None` if it is none of the files that the project names.
fn judge(file: &Found, options: &CheckOptions, reports: &Reports<'_>) -> Result<Option<Findings>> {
    let mut report = reports.report();
    let Some(options) = pipeline::options_for(&file.path, file.named, options)? else { return Ok(None) };
    let Checked { source, judges, cues } = pipeline::check(host::read(&file.path)?, &options, &mut report)?;
    Ok(Some(reports.findings(&source, report).held_against(judges, cues)))
}
