//! `zimu convert`.

use super::align::{encoding, outputs_json, written};
use super::choice;
use super::outcome::{Cx, Outcome};
use super::say;
use serde_json::json;
use std::path::PathBuf;
use zimu::codec::{self, Format, WriteOptions};
use zimu::model::Labels;
use zimu::pipeline::{self, Captions, Outputs};
use zimu::source::Encoding;
use zimu::{Error, Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu convert talk.srt -o talk.vtt
  zimu convert talk.vtt -o talk.srt --labels always
  zimu convert talk.vtt --to json
  curl -s https://example.org/talk.vtt | zimu convert - --to srt > talk.srt

Without -o the result goes to standard output, in the format that --to names. What the format
cannot hold is reported. If whole cues are lost, the rest is written and the exit code is 5.";

/// Convert captions to another format
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The captions; `-` is standard input
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// Write here, in the format of the extension; ID:PATH names the format; may be repeated; `-` is standard output
    #[arg(short, long, value_name = "PATH|ID:PATH")]
    output: Vec<String>,
    /// Format of the input [default: by content]
    #[arg(long, value_name = "ID", value_parser = format)]
    from: Option<&'static Format>,
    /// Format of the output [default: by extension]
    #[arg(long, value_name = "ID", value_parser = format)]
    to: Option<&'static Format>,
    /// Where speakers' names are shown
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = choice::of(choice::LABELS))]
    labels: Labels,
    /// Encoding of the input, such as GB18030 [default: found]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// Replace outputs that exist
    #[arg(long)]
    overwrite: bool,
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    let specs = if args.output.is_empty() { vec!["-"] } else { args.output.iter().map(String::as_str).collect() };
    cx.outputs = Outputs::new(specs, args.to, None, args.overwrite)?;
    let input = host::read(&args.input)?;
    let Captions { source, format, track } = pipeline::captions(input, args.from, args.encoding, &mut cx.report)?;
    cx.keep_for_excerpts(source);
    let mut options = WriteOptions::default();
    options.labels = args.labels;
    cx.outputs.write(|format, report| format.write(&track, &options, report))?;
    let cues = track.cues.len();
    let mut lines = vec![say::CONVERTED.say(cx.lang, &[("cues", &cues), ("from", &format.name)])];
    lines.extend(written(cx));
    let summary = json!({ "cues": cues, "from": format.id, "outputs": outputs_json(cx) });
    let error = cx.lost_cues();
    // The process is about to end: freeing a million cues one by one takes time, and the system takes all of it at once.
    std::mem::forget(track);
    Ok(Outcome { lines, summary, error, ..Outcome::default() })
}

/// A format by its id.
pub(super) fn format(id: &str) -> Result<&'static Format, Error> {
    codec::by_id(id)
}
