//! `zimu fix`.

use super::align::write_it;
use super::judging::Judging;
use super::outcome::{Cx, Outcome};
use super::say;
use serde_json::json;
use similar::TextDiff;
use std::path::{Path, PathBuf};
use zimu::diag::{Report, Severity, render};
use zimu::host::{self, Target};
use zimu::pipeline::{self, CheckOptions, Fixed};
use zimu::{Error, ErrorKind, Result};

const AFTER_HELP: &str = "\
Examples:
  zimu fix talk.srt -o fixed.srt
  zimu fix --diff talk.srt
  zimu fix --in-place --profile netflix-zh-hans season1/*.srt
  zimu fix --unsafe --profile netflix-en --fps 25 talk.vtt -o fixed.vtt

Safe fixes leave meaning and timing as they are: spaces, numbering, the form of marks, times that are less than half a
frame off. --unsafe also moves times and breaks lines anew. A fix that would make any other finding is not made, fixing
twice changes nothing, and only the bytes concerned change. What is left is listed; the exit code is 1 if there is any.";

/// Mend what `check` finds, changing only the bytes concerned
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The captions; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    inputs: Vec<PathBuf>,
    /// Write it there; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE", conflicts_with = "in_place")]
    output: Option<PathBuf>,
    /// Replace the files themselves
    #[arg(long)]
    in_place: bool,
    /// Replace an output that exists
    #[arg(long)]
    overwrite: bool,
    /// Also move times and break lines anew
    #[arg(long = "unsafe")]
    all: bool,
    /// Show what would change, as a unified diff; nothing is written without -o or --in-place
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    judging: Judging,
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    if args.inputs.len() > 1 && !args.in_place && !args.diff {
        return Err(write_it("one file, or --in-place", "一个文件，或加上 --in-place"));
    }
    let options = args.judging.options()?;
    let mut outcome = Outcome::default();
    let (mut files, mut writes) = (Vec::new(), Vec::new());
    let (mut left, mut mended) = (0u64, 0u64);
    for path in &args.inputs {
        let fixed = one(path, args, &options, &mut cx.report)?;
        if args.diff {
            outcome.data.extend_from_slice(diff(path, &fixed).as_bytes());
        }
        let text = render::text(&fixed.left, Some(&fixed.after.source), &cx.data_style());
        outcome.lines.extend((!text.is_empty()).then(|| text.trim_end().to_owned()));
        for (code, (before, after)) in &fixed.counts {
            mended = mended.saturating_add(before.saturating_sub(*after));
            let counted = fixed.left.worst_of(*code) >= Some(Severity::Warning);
            left = left.saturating_add(if counted { *after } else { 0 });
        }
        let counts =
            fixed.counts.iter().map(|(code, (before, after))| (code.row().id.to_owned(), json!([before, after])));
        files.push(json!({
            "file": path.display().to_string(), "changed": !fixed.same, "counts": counts.collect::<serde_json::Map<_, _>>(),
        }));
        if let Some(target) = target(path, args)?.filter(|_| !args.in_place || !fixed.same) {
            writes.push((target, fixed.bytes));
        }
    }
    let (shown, written): (Vec<_>, Vec<_>) = writes.iter().partition(|(target, _)| target.is_stdout());
    shown.iter().for_each(|(_, bytes)| outcome.data.extend_from_slice(bytes));
    host::write_all(written.iter().map(|(target, bytes)| (target, bytes.as_slice())))?;
    outcome.lines.push(say::FIXED.say(cx.lang, &[("files", &files.len()), ("mended", &mended), ("left", &left)]));
    outcome.summary = json!({ "files": files, "mended": mended, "left": left });
    outcome.error = (left > 0).then(|| left_over(left));
    Ok(outcome)
}

fn one(path: &Path, args: &Args, options: &CheckOptions, report: &mut Report) -> Result<Fixed> {
    let options = pipeline::options_for(path, true, options)?.unwrap_or_default();
    pipeline::fix(host::read(path)?, &options, args.all, report)
}

/// Where the result of a file goes; `None` if only the difference is asked for.
fn target(path: &Path, args: &Args) -> Result<Option<Target>> {
    match &args.output {
        _ if args.in_place => Target::new(path, true).map(Some),
        Some(output) => Target::new(output, args.overwrite).map(Some),
        None if args.diff => Ok(None),
        None => Target::new(Path::new(host::STDIN), false).map(Some),
    }
}

/// The texts of both as a unified diff, as `patch` takes it.
fn diff(path: &Path, fixed: &Fixed) -> String {
    let (before, after) = (fixed.before.source.text(), fixed.after.source.text());
    let name = path.display().to_string();
    let name = name.trim_start_matches('/');
    TextDiff::from_lines(before, after).unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

fn left_over(count: u64) -> Error {
    Error::new(ErrorKind::Findings, format!("findings that are left: {count}"))
        .with_chinese(format!("仍有 {count} 处问题"))
}
