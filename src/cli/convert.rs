//! `zimu convert`.

use super::align::{encoding, frame_rate, language, outputs_json, write_it, written};
use super::outcome::{Cx, Outcome};
use super::{batch, choice, say};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;
use zimu::codec::{self, Format, ReadOptions, WriteOptions};
use zimu::diag::{Report, render};
use zimu::host::Journal;
use zimu::lang::LangTag;
use zimu::model::Labels;
use zimu::pipeline::{self, Captions, CaptionsOptions, DenyLoss, Outputs, RenderOptions};
use zimu::source::{Encoding, Eol};
use zimu::time::{FrameRate, Timecode};
use zimu::{Error, Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu convert talk.srt -o talk.vtt
  zimu convert talk.vtt -o talk.srt --labels always
  zimu convert talk.vtt -o talk.srt --out-encoding gb18030 --eol crlf
  zimu convert talk.vtt -o talk.srt --deny-loss=ruby,voice
  curl -s https://example.org/talk.vtt | zimu convert - --to srt > talk.srt
  zimu convert season1/ --to vtt,srt -o web/ --report web.jsonl
  zimu convert 'season1/**/*.zh.srt' --to vtt -o web/ --dry-run
  zimu convert --files-from list.txt --to vtt -o web/ --report web.jsonl --resume

One file: without -o the result goes to standard output, in the format that --to names. What the format
cannot hold is reported. If whole cues are lost, the rest is written and the exit code is 5.

Many files, or a folder: -o is a folder, below which the tree of the inputs is kept. One bad file does not
stop the others; exit code 8 says that some failed. docs/batch.md has the details.";

/// Convert captions to another format: a file, or whole folders
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP, next_display_order = 1)]
pub(super) struct Args {
    /// The captions: a file (`-` is standard input), many, folders, or patterns in quotes
    #[arg(value_name = "FILE|FOLDER|PATTERN", required_unless_present = "files_from")]
    pub(super) inputs: Vec<PathBuf>,
    /// Write here, in the format of the extension; ID:PATH names the format; may be repeated; `-` is standard output; for many inputs, a folder
    #[arg(short, long, value_name = "PATH|ID:PATH|FOLDER")]
    pub(super) output: Vec<String>,
    /// Format of the input [default: by content]
    #[arg(long, value_name = "ID", value_parser = format)]
    from: Option<&'static Format>,
    /// Format of the output, or several [default: by extension]
    #[arg(long, value_name = "ID,…", value_parser = format, value_delimiter = ',')]
    pub(super) to: Vec<&'static Format>,
    /// Where speakers' names are shown
    #[arg(long, value_name = "WHEN", default_value = "auto", value_parser = choice::of(choice::LABELS))]
    labels: Labels,
    /// Replace outputs that exist
    #[arg(long)]
    pub(super) overwrite: bool,
    /// Do all but write
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Write nothing if something is lost (exit code 1), or kept otherwise too, for the listed codes
    #[arg(long, value_name = "CODE,…", num_args = 0..=1, require_equals = true, default_missing_value = "", value_parser = DenyLoss::parse)]
    deny_loss: Option<DenyLoss>,
    /// Write all that was noticed here, a line of JSON each; with many inputs a line for each output
    #[arg(long, value_name = "FILE.jsonl", conflicts_with = "dry_run")]
    pub(super) report: Option<PathBuf>,
    /// Encoding of the input, such as GB18030 [default: found]
    #[arg(help_heading = "Text", long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    #[command(flatten)]
    which: Which,
    /// Encoding of the output [default: UTF-8]
    #[arg(help_heading = "Text", long, value_name = "NAME", value_parser = encoding)]
    out_encoding: Option<Encoding>,
    /// Begin the output with a byte order mark
    #[arg(help_heading = "Text", long)]
    bom: bool,
    /// Line ends of the output [default: the format's]
    #[arg(help_heading = "Text", long, value_name = "END", value_parser = choice::of(choice::EOLS))]
    eol: Option<Eol>,
    /// Frame rate, where a format counts frames and the file does not say: 25, 29.97, 30000/1001
    #[arg(help_heading = "Times", long, value_name = "RATE", value_parser = frame_rate)]
    fps: Option<FrameRate>,
    /// Time code of the first instant, in formats with time codes: 01:00:00:00, 00:59:58;12
    #[arg(help_heading = "Times", long, value_name = "CODE", value_parser = timecode)]
    start_timecode: Option<Timecode>,
    #[command(flatten)]
    pub(super) batch: batch::Many,
}

/// Which captions of a file that has several.
#[derive(clap::Args)]
pub(super) struct Which {
    /// Language to read where a file has several, as SAMI and VobSub may: ko, zh-Hans [default: the one with the most captions, or that the file names]
    #[arg(help_heading = "Text", long, value_name = "TAG", value_parser = language)]
    language: Option<LangTag>,
    /// Subtitle track to read where a file numbers several, as VobSub does, counted from 0 [default: the one that the file names]
    #[arg(help_heading = "Text", long, value_name = "N", conflicts_with = "language")]
    subtitle_track: Option<u32>,
}

impl Which {
    pub(super) fn set(&self, options: &mut ReadOptions) {
        options.lang = self.language.clone();
        options.subtitle_track = self.subtitle_track;
    }
}

impl Args {
    pub(super) fn captions(&self) -> CaptionsOptions {
        let mut options = CaptionsOptions::default();
        options.from = self.from;
        options.encoding = self.encoding;
        options.read.frame_rate = self.fps;
        self.which.set(&mut options.read);
        options
    }

    pub(super) fn render(&self) -> RenderOptions {
        let mut options = RenderOptions::default();
        options.write = WriteOptions::default();
        options.write.labels = self.labels;
        options.write.frame_rate = self.fps;
        options.write.start_timecode = self.start_timecode;
        options.text.encoding = self.out_encoding.unwrap_or(options.text.encoding);
        options.text.bom = self.bom;
        options.text.eol = self.eol;
        options
    }

    pub(super) fn deny(&self) -> Option<&DenyLoss> {
        self.deny_loss.as_ref()
    }
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    if args.batch.is_batch(args) {
        return batch::run(args, cx);
    }
    let specs = if args.output.is_empty() { vec!["-"] } else { args.output.iter().map(String::as_str).collect() };
    cx.outputs = Outputs::new(specs, args.to.first().copied(), None, args.overwrite)?;
    let journal = args.report.as_ref().map(|path| Journal::create(path, args.overwrite)).transpose()?;
    if journal.is_some() {
        cx.report = Report::in_full();
        cx.outputs.report_in_full();
    }
    let input = args.inputs.first().map_or_else(|| host::read("-".as_ref()), |path| host::read(path))?;
    let Captions { source, format, track } = pipeline::captions(input, &args.captions(), &mut cx.report)?;
    let render = args.render();
    let name = source.name().to_owned();
    // Before anything is written: a large input is not held beside its output for nothing.
    cx.keep_for_excerpts(source);
    let make =
        |format, to: &mut dyn Write, report: &mut Report| pipeline::render_to(&track, format, &render, to, report);
    if args.dry_run {
        cx.outputs.rehearse(make)?
    } else {
        cx.outputs.make(make)?
    }
    let denied = args.deny_loss.as_ref().and_then(|deny| deny.judge(cx.outputs.iter().map(|output| &output.report)));
    if let Some(journal) = journal {
        say_all(&journal, cx, &name)?;
    }
    if let Some(denied) = denied {
        cx.outputs.discard();
        return Err(denied);
    }
    let cues = track.cues.len();
    let mut lines = vec![say::CONVERTED.say(cx.lang, &[("cues", &cues), ("from", &format.name)])];
    if args.dry_run {
        lines.push(say::NOT_WRITTEN.say(cx.lang, &[]));
    } else {
        cx.outputs.commit()?;
        lines.extend(written(cx));
    }
    let summary = json!({ "cues": cues, "from": format.id, "outputs": outputs_json(cx) });
    let error = cx.lost_cues();
    // The process is about to end: freeing a million cues one by one takes time, and the system takes all of it at once.
    std::mem::forget(track);
    Ok(Outcome { lines, summary, error, ..Outcome::default() })
}

/// Everything that was noticed, a line each: first in reading, then for each output, and how often each code was met.
fn say_all(journal: &Journal, cx: &Cx, source: &str) -> Result<()> {
    let add = |items: Vec<Value>, report: &Report, output: Option<String>| -> Result<()> {
        for mut item in items {
            if let (Value::Object(fields), Some(output)) = (&mut item, &output) {
                fields.insert("output".to_owned(), output.as_str().into());
            }
            journal.add(&item.to_string())?;
        }
        let counts = json!({ "file": source, "output": output, "counts": render::counts(report) });
        journal.add(&counts.to_string())
    };
    add(render::json(&cx.report, cx.source(), cx.lang), &cx.report, None)?;
    cx.outputs
        .iter()
        .try_for_each(|output| add(render::json(&output.report, None, cx.lang), &output.report, Some(output.name())))
}

/// A format by its id.
pub(super) fn format(id: &str) -> Result<&'static Format, Error> {
    codec::by_id(id)
}

fn timecode(text: &str) -> Result<Timecode> {
    Timecode::parse(text)
        .ok_or_else(|| write_it("01:00:00:00, or 01:00:00;00 for drop-frame", "01:00:00:00；丢帧写作 01:00:00;00"))
}
