//! `zimu check`.

use super::align::encoding;
use super::findings::Telling;
use super::outcome::{Cx, Outcome};
use super::search::Search;
use std::path::PathBuf;
use zimu::codec::Conformance;
use zimu::diag::render::Findings;
use zimu::host::Found;
use zimu::pipeline;
use zimu::source::Encoding;
use zimu::{Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu check talk.vtt
  zimu check --profile webvtt web/*.vtt
  zimu check season1/ --format concise
  zimu check season1/ -o report.html -o findings.sarif --statistics
  git diff --name-only -- '*.srt' | zimu check --files-from - --format github

A file is held against the standard of its format: what it asks of authors, which is more than players
need. Findings go to standard output, each with its clause; the exit code is 1 if there are any, as
--fail-on says. docs/check.md has the formats of reports.";

/// Check caption files against the standard of their format
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP, visible_aliases = ["lint", "validate"])]
pub(super) struct Args {
    /// The captions: files (`-` is standard input), folders, or patterns in quotes
    #[arg(value_name = "FILE|FOLDER|PATTERN", required_unless_present = "files_from")]
    inputs: Vec<PathBuf>,
    /// The standard [default: that of the file's format]
    #[arg(short, long, value_name = "ID", value_parser = standard)]
    profile: Option<&'static Conformance>,
    /// Encoding of the files, such as GB18030 [default: found]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    search: Search,
}

fn standard(id: &str) -> Result<&'static Conformance> {
    Conformance::by_id(id)
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    let reports = args.telling.reports(cx)?;
    let found = args.search.find(&args.inputs)?;
    let judge = |file: &Found| {
        let mut report = reports.report();
        let checked = pipeline::check(host::read(&file.path)?, args.profile, args.encoding, &mut report)?;
        Ok(reports.findings(&checked.source, report).held_against(checked.standard.id))
    };
    let judged = pipeline::each_file(&found.files, args.search.jobs, judge)?;
    let passed_over = judged.iter().filter(|file| file.is_none()).count();
    let failed = |file: &Found, error| Findings::failed(file.path.display().to_string(), error);
    let files = found
        .files
        .iter()
        .zip(judged)
        .filter_map(|(file, judged)| judged.map(|judged| judged.unwrap_or_else(|error| failed(file, error))));
    let folders = found.errors.into_iter().map(|(folder, error)| Findings::failed(folder.display().to_string(), error));
    reports.told(files.chain(folders).collect(), passed_over, cx)
}
