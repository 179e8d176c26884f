//! `zimu check`.

use super::align::{encoding, frame_rate, length};
use super::outcome::{Cx, Outcome};
use super::say;
use serde_json::{Value, json};
use std::path::PathBuf;
use zimu::check::{Level, Rule};
use zimu::diag::{Report, Severity, render};
use zimu::pipeline::{self, CheckOptions, Checked, Judge};
use zimu::source::Encoding;
use zimu::time::{FrameRate, Time, TimeDelta};
use zimu::{Error, ErrorKind, Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu check talk.srt
  zimu check --profile netflix-zh-hans talk.srt
  zimu check --profile webvtt --profile default web/*.vtt
  zimu check --profile netflix-en --media talk.mp4 --fps 25 --shots cuts.txt talk.srt
  zimu check --rule line-balance=off --rule gap=error talk.srt

Without --profile a file is held against the standard of its format, if there is one, and the rules with our
own numbers for its language. `zimu profiles` and `zimu formats` list what --profile takes, `zimu rules`
the rules. What was looked at and is to stay is allowed by a comment in WebVTT, `NOTE zimu: allow RULE`
above the cue (`allow-all` for the file), or for any format in a file beside it: talk.srt.allow, with lines
of a cue's number (or *) and rules.

Findings go to standard output; the exit code is 1 if there are any.";

/// Check caption files: the standard of their format, the rules of the place they go to
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP, visible_aliases = ["lint", "validate"])]
pub(super) struct Args {
    /// The files; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
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
    let options = args.options()?;
    for path in &args.inputs {
        let mut report = Report::default();
        let checked = pipeline::check_file(path, &options, &mut report);
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
    fn add(&mut self, Checked { source, judges, cues }: &Checked, report: &Report, cx: &Cx) {
        let breaches = report.counts().filter(|(code, _)| report.worst_of(*code) >= Some(Severity::Warning));
        let findings = breaches.map(|(_, count)| count).fold(0, u64::saturating_add);
        self.findings = self.findings.saturating_add(findings);
        self.bad = self.bad.saturating_add(usize::from(findings > 0));
        self.text.push_str(&render::text(report, Some(source), &cx.data_style()));
        self.items.extend(render::json(report, Some(source), cx.lang));
        self.files.push(json!({
            "file": source.name(), "profiles": judges, "cues": cues, "findings": findings, "counts": render::counts(report),
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
