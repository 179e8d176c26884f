//! `zimu retime`.

use super::align::{encoding, frame_rate, write_it};
use super::convert::format;
use super::outcome::{Cx, Outcome};
use super::say;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use zimu::codec::Format;
use zimu::diag::{Report, render};
use zimu::edit::{BeforeZero, Factor, Mark, Retime, Retimed, Warp};
use zimu::host::{self, Target};
use zimu::pipeline::{self, CaptionsOptions};
use zimu::source::Encoding;
use zimu::time::{FrameRate, Time, TimeDelta};
use zimu::{Error, ErrorKind, Result};

const AFTER_HELP: &str = "\
Examples:
  zimu retime talk.srt --shift -1.5 -o moved.srt
  zimu retime film.ass --fps 23.976:25 --in-place
  zimu retime talk.vtt --sync 1=00:00:03.2 --sync 412=00:41:10 -o synced.vtt
  zimu retime talk.srt --shift 12.04 --from 00:20:00 -o after-the-break.srt
  zimu retime season1/*.srt --snap 25 -o snapped/

Only the bytes of times change: comments, styles, line ends, encoding and all else stay as they are. Times
inside cues (word times, karaoke) go along, start time codes stay. Formats that cannot be edited so are
written anew, and that is said.

The order is: stretched or laid through points, shifted, snapped. --sync takes a cue's number or a time, and
the time that it becomes; one point shifts, more stretch between them and go on evenly beyond the outer ones.
Without -o and --in-place the result of one file goes to standard output.";

/// Shift, stretch or synchronise captions: only times change
#[derive(clap::Args)]
#[command(after_help = AFTER_HELP)]
pub(super) struct Args {
    /// The files; `-` is standard input
    #[arg(value_name = "FILE", required = true)]
    inputs: Vec<PathBuf>,
    /// Write here; for several files a folder
    #[arg(short, long, value_name = "PATH|FOLDER", conflicts_with = "in_place")]
    output: Option<PathBuf>,
    /// Change the files themselves
    #[arg(long)]
    in_place: bool,
    /// Replace outputs that exist
    #[arg(long)]
    overwrite: bool,
    /// Do all but write
    #[arg(long)]
    dry_run: bool,
    /// Later by so much, or earlier: 1.5, -0:02, -250ms
    #[arg(help_heading = "Times", long, value_name = "±TIME", value_parser = delta, allow_hyphen_values = true)]
    shift: Option<TimeDelta>,
    /// Times so much, from zero on: 1.001, 25/24, 104%
    #[arg(help_heading = "Times", long, visible_alias = "stretch", value_name = "FACTOR", value_parser = factor, conflicts_with = "sync")]
    scale: Option<Factor>,
    /// From one frame rate to another, frame for frame: 23.976:25
    #[arg(help_heading = "Times", long, value_name = "FROM:TO", value_parser = rates, conflicts_with = "sync")]
    fps: Option<(FrameRate, FrameRate)>,
    /// This cue or time becomes that time: 12=00:01:02.5; repeatable
    #[arg(help_heading = "Times", long, value_name = "CUE|TIME=TIME", value_parser = point)]
    sync: Vec<(Mark, Time)>,
    /// To the nearest frame: 25, 29.97, 30000/1001
    #[arg(help_heading = "Times", long, value_name = "RATE", value_parser = frame_rate)]
    snap: Option<FrameRate>,
    /// Only from this cue on, or cues that start at this time or later
    #[arg(help_heading = "Times", long, value_name = "CUE|TIME", value_parser = mark)]
    from: Option<Mark>,
    /// Only to this cue, or cues that start before this time
    #[arg(help_heading = "Times", long, value_name = "CUE|TIME", value_parser = mark)]
    to: Option<Mark>,
    /// Times before zero become zero, and cues that lie all before it go away
    #[arg(help_heading = "Times", long)]
    cut_before_zero: bool,
    /// Format of the files [default: by content]
    #[arg(long, value_name = "ID", value_parser = format)]
    format: Option<&'static Format>,
    /// Encoding of the files, such as GB18030 [default: found]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// Frames a second, where a format counts frames and the file does not say
    #[arg(long, value_name = "RATE", value_parser = frame_rate)]
    file_fps: Option<FrameRate>,
}

/// A length with a sign.
fn delta(text: &str) -> Result<TimeDelta> {
    let (negative, length) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let length = length.replace(',', ".");
    let millis = length.strip_suffix("ms").map(|count| count.trim().parse().ok().map(TimeDelta::from_millis));
    let read = millis.unwrap_or_else(|| TimeDelta::parse(&length)).filter(|delta| *delta >= TimeDelta::ZERO);
    let read = read.ok_or_else(|| write_it("1.5, -0:02 or -250ms", "1.5、-0:02 或 -250ms"))?;
    Ok(if negative { -read } else { read })
}

/// A length without a sign: 40ms, 0.04.
pub(super) fn length_of(text: &str) -> Result<TimeDelta> {
    delta(text).ok().filter(|length| *length >= TimeDelta::ZERO).ok_or_else(|| write_it("40ms or 0.04", "40ms 或 0.04"))
}

fn time(text: &str) -> Result<Time> {
    delta(text).map(|delta| Time::ZERO + delta)
}

fn mark(text: &str) -> Result<Mark> {
    match text.parse() {
        Ok(number) => Ok(Mark::Cue(number)),
        Err(_) => time(text).map(Mark::Time),
    }
}

fn point(text: &str) -> Result<(Mark, Time)> {
    let wrong = || write_it("12=00:01:02.5 or 00:10:00=00:10:02", "12=00:01:02.5 或 00:10:00=00:10:02");
    let (from, to) = text.split_once('=').ok_or_else(wrong)?;
    Ok((mark(from)?, time(to)?))
}

fn factor(text: &str) -> Result<Factor> {
    Factor::parse(text).ok_or_else(|| write_it("1.001, 25/24 or 104%", "1.001、25/24 或 104%"))
}

fn rates(text: &str) -> Result<(FrameRate, FrameRate)> {
    let both = text.split_once(':').and_then(|(a, b)| Some((FrameRate::parse(a)?, FrameRate::parse(b)?)));
    both.ok_or_else(|| write_it("23.976:25", "23.976:25"))
}

impl Args {
    fn retime(&self, captions: &pipeline::Captions) -> Result<Retime> {
        let mut retime = Retime::default();
        let factor = self.fps.map_or(Factor::ONE, |(from, to)| Factor::of_rates(from, to));
        let factor = factor.then(self.scale.unwrap_or(Factor::ONE));
        let factor = factor.ok_or_else(|| write_it("fewer digits", "位数更少的数"))?;
        retime.warp = match self.sync.as_slice() {
            [] => Warp::scaled(factor),
            points => pipeline::sync(captions, points)?,
        };
        retime.warp = retime.warp.then_shifted(self.shift.unwrap_or_default());
        (retime.snap, retime.from, retime.to) = (self.snap, self.from, self.to);
        retime.before_zero = if self.cut_before_zero { BeforeZero::Cut } else { BeforeZero::Refuse };
        Ok(retime)
    }

    fn options(&self) -> CaptionsOptions {
        let mut options = CaptionsOptions::default();
        (options.from, options.encoding) = (self.format, self.encoding);
        options.read.frame_rate = self.file_fps;
        options
    }

    fn asks_nothing(&self) -> bool {
        let Self { shift, scale, fps, sync, snap, .. } = self;
        shift.is_none() && scale.is_none() && fps.is_none() && sync.is_empty() && snap.is_none()
    }

    /// Where each file goes, looked at before anything is read.
    fn targets(&self) -> Result<Vec<Target>> {
        let several = self.inputs.len() > 1;
        let mut targets: Vec<Target> = Vec::new();
        for input in &self.inputs {
            let folder = self.output.as_deref().filter(|path| several || path.is_dir());
            let path = match (&self.output, folder, input.file_name()) {
                _ if self.in_place => input.clone(),
                (_, Some(folder), Some(name)) => folder.join(name),
                (Some(path), ..) => path.clone(),
                (None, ..) if several && !self.dry_run => return Err(no_output()),
                (None, ..) => PathBuf::from("-"),
            };
            let stands = self.overwrite || self.in_place;
            let target = Target::new(&path, stands)?;
            if targets.iter().any(|other| other.same_place(&target)) {
                return Err(twice(&path));
            }
            targets.push(target);
        }
        Ok(targets)
    }
}

fn no_output() -> Error {
    Error::new(ErrorKind::Usage, "several files do not fit into standard output")
        .with_remedy("-o FOLDER, or --in-place")
        .with_chinese("多个文件无法写到标准输出")
        .with_chinese_remedy("请用 -o 文件夹 或 --in-place")
}

fn twice(path: &Path) -> Error {
    Error::new(ErrorKind::Usage, format!("two files would be written to {}", path.display()))
        .with_remedy("write them to different folders, or use --in-place")
        .with_chinese(format!("两个文件都要写到 {}", path.display()))
        .with_chinese_remedy("请分别写到不同的文件夹，或用 --in-place")
}

fn asks_nothing() -> Error {
    Error::new(ErrorKind::Usage, "it is not said how times change")
        .with_remedy("--shift, --scale, --fps, --sync or --snap")
        .with_chinese("没有说明怎样改时间")
        .with_chinese_remedy("请用 --shift、--scale、--fps、--sync 或 --snap")
}

pub(super) fn run(args: &Args, cx: &mut Cx) -> Result<Outcome> {
    if args.asks_nothing() {
        return Err(asks_nothing());
    }
    let targets = args.targets()?;
    let mut outcome = Outcome::default();
    let mut made = Vec::new();
    let mut files = Vec::new();
    for (input, target) in args.inputs.iter().zip(&targets) {
        let mut report = Report::default();
        let mut captions = pipeline::captions(host::read(input)?, &args.options(), &mut report)?;
        let retime = args.retime(&captions)?;
        let (bytes, retimed) = pipeline::retime(&mut captions, &retime, &mut report)?;
        let pipeline::Captions { source, format, track } = captions;
        let cues = track.cues.len();
        let style = render::Style { lang: cx.lang, color: host::environment::color_on_stderr() };
        outcome.lines.extend(render::text(&report, Some(&source), &style).lines().map(str::to_owned));
        let noticed = render::json(&report, Some(&source), cx.lang);
        outcome.lines.push(said(input, cues, &retimed, cx));
        // A file that stays as it is keeps its date, too.
        let writes = !(args.in_place && retimed.edits.is_empty());
        let name = if target.is_stdout() { "<stdout>".to_owned() } else { target.path().display().to_string() };
        files.push(file_json(input, &name, format, cues, &retimed, (noticed, target, &bytes)));
        made.push((target, bytes, writes));
    }
    outcome.summary = json!({ "files": files });
    if args.dry_run {
        outcome.lines.push(say::NOT_WRITTEN.say(cx.lang, &[]));
        return Ok(outcome);
    }
    made.retain(|(_, _, writes)| *writes);
    let files = made.iter().filter(|(target, ..)| !target.is_stdout());
    host::write_all(files.clone().map(|(target, bytes, _)| (*target, bytes.as_slice())))?;
    let written: Vec<String> = files.map(|(target, ..)| target.path().display().to_string()).collect();
    if !written.is_empty() {
        outcome.lines.push(say::WRITTEN.say(cx.lang, &[("list", &say::list(cx.lang, &written))]));
    }
    if let Some((_, bytes, _)) = made.into_iter().find(|(target, ..)| target.is_stdout()) {
        outcome.data = bytes;
    }
    Ok(outcome)
}

/// `talk.srt: cues 3 · moved 3 by 1.2 s`
fn said(input: &Path, cues: usize, retimed: &Retimed, cx: &Cx) -> String {
    let name = input.display();
    let (moved, removed) = (retimed.moved, retimed.removed);
    let mut line = match retimed.by {
        None => say::RETIMED_NOT.say(cx.lang, &[("name", &name), ("cues", &cues)]),
        Some((least, most)) => {
            let by = if least == most { signed(least) } else { format!("{} … {}", signed(least), signed(most)) };
            say::RETIMED.say(cx.lang, &[("name", &name), ("cues", &cues), ("moved", &moved), ("by", &by)])
        }
    };
    if removed > 0 {
        line.push_str(" · ");
        line.push_str(&say::N_CUT.say(cx.lang, &[("n", &removed)]));
    }
    line
}

fn signed(by: TimeDelta) -> String {
    if by > TimeDelta::ZERO { format!("+{by}") } else { by.to_string() }
}

fn file_json(
    input: &Path,
    output: &str,
    format: &Format,
    cues: usize,
    retimed: &Retimed,
    (noticed, target, bytes): (Vec<Value>, &Target, &[u8]),
) -> Value {
    let seconds = |delta: TimeDelta| delta.as_seconds_f64();
    let text = target.is_stdout().then(|| String::from_utf8_lossy(bytes).into_owned());
    json!({
        "file": input.display().to_string(), "output": output, "format": format.id, "cues": cues, "moved": retimed.moved,
        "removed": retimed.removed, "by": retimed.by.map(|(least, most)| [seconds(least), seconds(most)]),
        "report": noticed, "text": text,
    })
}
