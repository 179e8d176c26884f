//! `zimu diff`.

use super::align::{encoding, frame_rate};
use super::choice::{self, Choices};
use super::outcome::{Cx, Outcome};
use super::retime::length_of;
use std::path::PathBuf;
use zimu::diff::{DiffOptions, render};
use zimu::pipeline::{self, CaptionsOptions};
use zimu::source::Encoding;
use zimu::time::{FrameRate, TimeDelta};
use zimu::{Error, ErrorKind, Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu diff old.srt new.srt
  zimu diff draft.srt final.vtt --tolerance 40ms
  zimu diff old.srt new.srt --format html > changes.html
  zimu diff talk.vtt talk.srt --ignore speaker,placement
  git config difftool.zimu.cmd 'zimu diff \"$LOCAL\" \"$REMOTE\"' && git difftool -y -t zimu HEAD~1 -- '*.srt'

Cues are matched by their text, then by time: a cue that moved, was timed anew, worded anew, split or merged
is said to be so. What happened to all cues, or to many in a row, is said once. The files may be in
different formats; of two that have not the same features, --ignore leaves out what one of them cannot say.

Differences go to standard output; the exit code is 1 if there are any, 0 if there are none.";

#[derive(Clone, Copy, PartialEq)]
enum Look {
    Text,
    Json,
    Html,
}

static LOOKS: Choices<Look> = &[
    (Look::Text, "text", "For a terminal; without colours what is gone stands in [-…-], what is new in {+…+}"),
    (Look::Json, "json", "For programs"),
    (Look::Html, "html", "A page for a browser"),
];

/// What need not be compared.
#[derive(Clone, Copy, PartialEq)]
enum Aspect {
    Speaker,
    Style,
    Placement,
}

static ASPECTS: Choices<Aspect> = &[
    (Aspect::Speaker, "speaker", "Who speaks: WebVTT's voices and the like"),
    (Aspect::Style, "style", "Bold, italic, colours, fonts, classes, languages, ruby"),
    (Aspect::Placement, "placement", "Where cues stand: lines, alignment, regions"),
];

/// Compare two caption files: what was moved, re-timed, re-worded, split, merged, added, removed, styled or placed otherwise
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The file before; `-` is standard input
    #[arg(value_name = "A")]
    a: PathBuf,
    /// The file after
    #[arg(value_name = "B")]
    b: PathBuf,
    /// Times that differ by no more are the same
    #[arg(long, value_name = "TIME", default_value = "10ms", value_parser = length_of)]
    tolerance: TimeDelta,
    /// Leave these out of the comparison
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = choice::of(ASPECTS))]
    ignore: Vec<Aspect>,
    /// How differences are shown
    #[arg(long, value_name = "FORM", default_value = "text", value_parser = choice::of(LOOKS))]
    format: Look,
    /// Encoding of the files, such as GB18030 [default: found]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// Frames a second, where a format counts frames and the file does not say
    #[arg(long, value_name = "RATE", value_parser = frame_rate)]
    fps: Option<FrameRate>,
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    let mut read = CaptionsOptions::default();
    (read.encoding, read.read.frame_rate) = (args.encoding, args.fps);
    let mut options = DiffOptions::default();
    options.tolerance = args.tolerance;
    let compared = |aspect| !args.ignore.contains(&aspect);
    (options.speaker, options.style) = (compared(Aspect::Speaker), compared(Aspect::Style));
    options.placement = compared(Aspect::Placement);
    let (a, b) = (host::read(&args.a)?, host::read(&args.b)?);
    let (name_a, name_b) = (a.name.clone(), b.name.clone());
    let diff = pipeline::diff_files(a, b, &read, &options)?;
    let names = render::Names { a: &name_a, b: &name_b };
    let summary = render::json(&diff, names);
    let data = match args.format {
        Look::Text => render::text(&diff, names, &cx.data_style()),
        Look::Json => format!("{summary:#}\n"),
        Look::Html => render::html(&diff, names, cx.lang),
    };
    let error = (!diff.is_empty()).then(|| differ(diff.changes.len()));
    let lines = vec![render::summary(&diff, cx.lang)];
    Ok(Outcome { data: data.into_bytes(), lines, summary, error, ..Outcome::default() })
}

fn differ(count: usize) -> Error {
    Error::new(ErrorKind::Findings, format!("differences: {count}")).with_chinese(format!("有 {count} 处差异"))
}
