//! `zimu info`.

use super::align::{encoding, frame_rate};
use super::convert::{Which, format};
use super::outcome::{Cx, Outcome};
use serde_json::{Value, json};
use std::path::PathBuf;
use zimu::codec::Format;
use zimu::diag::Lang;
use zimu::pipeline::{self, Captions, CaptionsOptions, Info};
use zimu::source::{Encoding, EncodingGuess};
use zimu::time::{FrameRate, TimeDelta};
use zimu::{Result, host};

const AFTER_HELP: &str = "\
Examples:
  zimu info talk.srt
  zimu info talk.vtt --json
  zimu info talk.mp4

Counts of overlaps and the like are facts of the file, not judgements: the exit code is 0.";

/// Show what is in a caption or media file: cues, times, speakers; tracks, codecs, delay
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The captions, or a media file; `-` is standard input, for captions
    #[arg(value_name = "FILE")]
    input: PathBuf,
    /// Format of the input [default: by content]
    #[arg(long, value_name = "ID", value_parser = format)]
    from: Option<&'static Format>,
    /// Encoding of the input, such as GB18030 [default: found]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// Frame rate, where the format counts frames and the file does not say: 25, 29.97, 30000/1001
    #[arg(long, value_name = "RATE", value_parser = frame_rate)]
    fps: Option<FrameRate>,
    #[command(flatten)]
    which: Which,
    /// Show this audio track of a media file, counted from 0 [default: the first that can be decoded]
    #[cfg(feature = "audio")]
    #[arg(long, value_name = "N", conflicts_with_all = ["from", "encoding"])]
    audio_track: Option<usize>,
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    #[cfg(feature = "audio")]
    if args.audio_track.is_some() || (args.from.is_none() && args.encoding.is_none() && pipeline::is_media(&args.input))
    {
        return super::media::run(&args.input, args.audio_track, cx);
    }
    let input = host::read(&args.input)?;
    let mut options = CaptionsOptions::default();
    (options.from, options.encoding, options.read.frame_rate) = (args.from, args.encoding, args.fps);
    args.which.set(&mut options.read);
    let Captions { source, format, track } = pipeline::captions(input, &options, &mut cx.report)?;
    let rows = rows(source.encoding(), format, &pipeline::info(&track));
    cx.keep_for_excerpts(source);
    Ok(shown(&rows, cx.lang))
}

/// Facts for people and for programs.
pub(super) fn shown(rows: &[Row], lang: Lang) -> Outcome {
    let text = rows.iter().map(|row| row.shown(lang)).collect();
    let summary = rows.iter().map(|row| (row.key.to_owned(), row.data.clone())).collect();
    Outcome::shown(text, Value::Object(summary))
}

/// One fact: its key in JSON, its titles, its value for programs and for people.
pub(super) struct Row {
    pub(super) key: &'static str,
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
    pub(super) data: Value,
    pub(super) text: String,
}

impl Row {
    fn shown(&self, lang: Lang) -> String {
        match lang {
            Lang::En => format!("{:<14}{}\n", self.en, self.text),
            Lang::Zh => format!("{}：{}\n", self.zh, self.text),
        }
    }
}

fn rows(guess: &EncodingGuess, format: &Format, info: &Info) -> Vec<Row> {
    let row = |key, en, zh, data: Value, text: String| Row { key, en, zh, data, text };
    let count = |key, en, zh, n: usize| row(key, en, zh, json!(n), n.to_string());
    let encoding = format!(
        "{} ({:.0} %){}",
        guess.encoding.name(),
        guess.confidence * 100.0,
        if guess.bom { ", BOM" } else { "" }
    );
    let extent = info.extent.map(|extent| (extent.start, extent.end));
    let times = extent.map_or("-".to_owned(), |(start, end)| format!("{start} – {end}"));
    let seconds = extent.map(|(start, end)| json!([start.as_seconds_f64(), end.as_seconds_f64()]));
    let exact = info.resolution == TimeDelta::ZERO;
    let widest = info.widest_line.as_chars();
    let heard = info.heard.iter().map(|(heard, n)| (heard.name().to_owned(), *n)).collect::<Vec<_>>();
    vec![
        row("format", "format", "格式", json!(format.id), format!("{} ({})", format.name, format.id)),
        row(
            "encoding",
            "encoding",
            "编码",
            json!({ "name": guess.encoding.name(), "confidence": guess.confidence, "bom": guess.bom }),
            encoding,
        ),
        count("cues", "cues", "字幕条数", info.cues),
        row("extent", "times", "时间", seconds.into(), times),
        row("shown", "shown", "显示总长", json!(info.shown.as_seconds_f64()), info.shown.to_string()),
        row(
            "resolution",
            "resolution",
            "时间精度",
            json!(info.resolution.as_seconds_f64()),
            if exact { "-".to_owned() } else { info.resolution.to_string() },
        ),
        row("languages", "languages", "语言", json!(info.languages), list(info.languages.iter().cloned())),
        row("speakers", "speakers", "说话人", counts(&info.speakers), list(info.speakers.iter().map(pair))),
        row("times_known", "times known", "时间来源", counts(&heard), list(heard.iter().map(pair))),
        row("widest_line", "widest line", "最长行", json!(widest), widest.to_string()),
        count("most_lines", "most lines", "最多行数", info.most_lines),
        count("overlaps", "overlaps", "重叠", info.overlaps),
        count("out_of_order", "out of order", "次序颠倒", info.out_of_order),
        count("reversed", "no duration", "时长不为正", info.reversed),
        count("empty", "empty", "空白", info.empty),
        count("notes", "notes", "注释", info.notes),
        count("regions", "regions", "区域", info.regions),
    ]
}

fn pair((name, count): &(String, usize)) -> String {
    format!("{name} {count}")
}

pub(super) fn list(items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { "-".to_owned() } else { items.join(", ") }
}

fn counts(pairs: &[(String, usize)]) -> Value {
    Value::Object(pairs.iter().map(|(name, count)| (name.clone(), json!(count))).collect())
}
