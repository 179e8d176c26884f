//! `zimu check`.

use super::align::{encoding, frame_rate, length};
use super::findings::Telling;
use super::outcome::{Cx, Outcome};
use super::search::Search;
use std::path::PathBuf;
use zimu::check::{Level, Rule};
use zimu::diag::render::Findings;
use zimu::host::Found;
use zimu::pipeline::{self, CheckOptions, Checked, Judge};
use zimu::source::Encoding;
use zimu::time::{FrameRate, Time, TimeDelta};
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
    /// A profile, a profile's file, or the standard of a format; repeatable [default: see below]
    #[arg(short, long, value_name = "NAME|FILE.toml")]
    profile: Vec<String>,
    /// How bad findings of a rule are: off, note, warning, error; repeatable
    #[arg(long, value_name = "RULE=LEVEL", value_parser = level)]
    rule: Vec<(&'static Rule, Level)>,
    /// The media, whose length captions must not exceed
    #[cfg(feature = "audio")]
    #[arg(long, value_name = "FILE", conflicts_with = "duration")]
    media: Option<PathBuf>,
    /// The length of the media, such as 5:59
    #[arg(long, value_name = "TIME", value_parser = length)]
    duration: Option<TimeDelta>,
    /// Frames a second of the media, such as 25 or 29.97
    #[arg(long, value_name = "RATE", value_parser = frame_rate)]
    fps: Option<FrameRate>,
    /// When shots change: one time or frame number (with --fps) a line
    #[arg(long, value_name = "FILE")]
    shots: Option<PathBuf>,
    /// Encoding of the files, such as GB18030 [default: found]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    search: Search,
}

fn level(text: &str) -> Result<(&'static Rule, Level)> {
    let (rule, level) = text.split_once('=').unwrap_or((text, ""));
    Ok((Rule::by_id(rule)?, Level::parse(level)?))
}

impl Args {
    fn options(&self) -> Result<CheckOptions> {
        let mut options = CheckOptions::default();
        options.judges = self.profile.iter().map(|name| Judge::by_name(name)).collect::<Result<_>>()?;
        options.levels.clone_from(&self.rule);
        (options.encoding, options.frame_rate) = (self.encoding, self.fps);
        options.media_end = self.duration.map(|duration| Time::ZERO + duration);
        #[cfg(feature = "audio")]
        if let Some(media) = &self.media {
            options.media_end = Some(pipeline::media_end(media)?);
        }
        if let Some(shots) = &self.shots {
            options.shots = pipeline::shots(host::read(shots)?, self.fps)?;
        }
        Ok(options)
    }
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    let reports = args.telling.reports(cx)?;
    let options = args.options()?;
    let found = args.search.find(&args.inputs)?;
    let judge = |file: &Found| {
        let mut report = reports.report();
        let Checked { source, judges, cues } = pipeline::check_file(&file.path, &options, &mut report)?;
        Ok(reports.findings(&source, report).held_against(judges, cues))
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
