//! `zimu convert` over many files.

use super::convert;
use super::outcome::{Cx, Outcome};
use super::say;
use super::search::{self, Search};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Map, Value, json};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use zimu::diag::Lang;
use zimu::pipeline::{self, Bad, BatchOptions, Failure, Plan, Record, Shard, Status, Summary};
use zimu::{Error, ErrorKind, Result, host};

/// What only many files need.
#[derive(clap::Args)]
pub(super) struct Many {
    #[command(flatten)]
    search: Search,
    /// Convert only the I-th of N parts; the same file is always in the same part
    #[arg(help_heading = "Many files", long, value_name = "I/N", value_parser = shard)]
    shard: Option<Shard>,
    /// Go on with what an earlier run left, as its --report tells
    #[arg(help_heading = "Many files", long, requires = "report")]
    resume: bool,
}

impl Many {
    /// Many files are meant: a list, a folder, a pattern, more than one input or format, a folder for the result.
    pub(super) fn is_batch(&self, args: &convert::Args) -> bool {
        let asked = self.search.is_asked() || self.shard.is_some() || self.resume;
        let into_folder = matches!(args.output.as_slice(), [one] if one.ends_with('/') || Path::new(one).is_dir());
        let many = args.inputs.len() != 1 || args.inputs.iter().any(|path| search::stands_for_many(path));
        asked || into_folder || many || args.to.len() > 1
    }
}

pub(super) fn run(args: &convert::Args, cx: &mut Cx) -> Result<Outcome> {
    let [out] = args.output.as_slice() else { return Err(one_folder()) };
    if args.to.is_empty() {
        return Err(which_format());
    }
    if out == host::STDIN || args.inputs.iter().any(|path| path.as_os_str() == host::STDIN) {
        return Err(one_folder());
    }
    let batch = &args.batch;
    let (inputs, find) = (batch.search.inputs(&args.inputs)?, batch.search.options());
    let plan = Plan::new(&inputs, &find, &args.to, Path::new(out), batch.shard)?;
    let mut options = BatchOptions::default();
    options.captions = args.captions();
    options.render = args.render();
    options.deny = args.deny().cloned();
    options.jobs = batch.search.jobs;
    (options.overwrite, options.dry_run, options.resume) = (args.overwrite, args.dry_run, batch.resume);
    options.report = args.report.clone();
    options.lang = cx.lang;
    let planned = Mutex::new(Vec::new());
    let bar = bar(plan.len(), cx);
    let each = |record: &Record| {
        bar.inc(1);
        if options.dry_run
            && let Ok(mut lines) = planned.lock()
        {
            lines.push(planned_line(record, cx.lang));
        }
    };
    let summary = pipeline::batch(&plan, &options, stop()?, &each);
    bar.finish_and_clear();
    let summary = summary?;
    let mut planned = planned.into_inner().unwrap_or_default();
    planned.sort();
    let lines = lines(&summary, &plan, args, cx);
    let data = planned.concat().into_bytes();
    Ok(Outcome { data, lines, summary: data_of(&summary), error: error(&summary), ..Outcome::default() })
}

/// The flag that Ctrl-C sets: what is being written is finished, nothing more is begun.
fn stop() -> Result<&'static AtomicBool> {
    static STOP: AtomicBool = AtomicBool::new(false);
    ctrlc::set_handler(|| STOP.store(true, Ordering::Relaxed)).map_err(|cause| {
        Error::new(ErrorKind::Io, "cannot listen for Ctrl-C").with_chinese("无法监听 Ctrl-C").with_cause(cause)
    })?;
    Ok(&STOP)
}

/// On a terminal; elsewhere it draws nothing.
pub(super) fn bar(files: usize, cx: &Cx) -> ProgressBar {
    let target = if cx.json() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(files as u64), target);
    match ProgressStyle::with_template("{wide_bar} {pos}/{len} {per_sec} {eta}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

fn planned_line(record: &Record, lang: Lang) -> String {
    let (from, to) = (record.input.display(), record.output.display());
    match &record.failure {
        Some(failure) => format!("{from} → {to}: {}\n", words(failure, lang)),
        None => format!("{from} → {to}\n"),
    }
}

fn words(failure: &Failure, lang: Lang) -> &str {
    if lang == Lang::Zh { &failure.chinese } else { &failure.message }
}

/// A screen at most: what went wrong, worst first; what was lost; the counts.
fn lines(summary: &Summary, plan: &Plan, args: &convert::Args, cx: &Cx) -> Vec<String> {
    let lang = cx.lang;
    let mut lines: Vec<String> = plan.errors().iter().map(|error| cx.sentences(error).0).collect();
    lines.extend(summary.worst.iter().map(|bad| bad_line(bad, lang)));
    // A file that cannot be read is one line, however many outputs it was to have.
    lines.dedup();
    let mut losses: Vec<_> = summary.losses.iter().collect();
    losses.sort_by_key(|(code, (count, _))| (std::cmp::Reverse(code.row().severity), std::cmp::Reverse(*count)));
    let mut list: Vec<String> = losses
        .iter()
        .take(8)
        .map(|(code, (count, outputs))| {
            let name = code.row().id.trim_start_matches("loss/");
            say::LOSS.say(lang, &[("code", &name), ("count", count), ("files", outputs)])
        })
        .collect();
    if losses.len() > list.len() {
        list.push("…".to_owned());
    }
    if !list.is_empty() {
        lines.push(say::LOSSES.say(lang, &[("list", &list.join("; "))]));
    }
    lines
        .push(say::BATCH.say(lang, &[("files", &summary.files), ("in", &summary.cues_in), ("out", &summary.cues_out)]));
    let counts = [
        (if args.dry_run { &say::N_WOULD_WRITE } else { &say::N_WRITTEN }, summary.written),
        (&say::N_KEPT, summary.kept),
        (&say::N_PASSED_OVER, summary.passed_over),
        (&say::N_CUES_LOST, summary.cues_lost),
        (&say::N_DENIED, summary.denied),
        (&say::N_FAILED, summary.failed),
    ];
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let counts: Vec<String> = counts.map(|(sentence, count)| sentence.say(lang, &[("n", &count)])).collect();
    lines.push(counts.join(" · "));
    if let Some(report) = &args.report {
        lines.push(say::REPORT.say(lang, &[("path", &report.display())]));
    }
    lines
}

fn bad_line(bad: &Bad, lang: Lang) -> String {
    let input = bad.input.display();
    match (&bad.failure, bad.status) {
        (Some(failure), _) if words(failure, lang).contains(&input.to_string()) => words(failure, lang).to_owned(),
        (Some(failure), _) => format!("{input}: {}", words(failure, lang)),
        (None, Status::CuesLost) => {
            format!("{input}: {}", say::N_CUES_LOST_OF.say(lang, &[("n", &bad.cues_lost.max(1))]))
        }
        (None, _) => format!("{input}: {}", say::N_LOST.say(lang, &[("n", &bad.losses)])),
    }
}

fn data_of(summary: &Summary) -> Value {
    let losses: Map<String, Value> = summary
        .losses
        .iter()
        .map(|(code, (count, outputs))| (code.row().id.to_owned(), json!({ "count": count, "outputs": outputs })))
        .collect();
    let worst: Vec<Value> = summary
        .worst
        .iter()
        .map(|bad| {
            json!({
                "input": bad.input.display().to_string(), "output": bad.output.display().to_string(),
                "status": bad.status.name(), "cues_lost": bad.cues_lost, "losses": bad.losses,
                "error": bad.failure.as_ref().map(|failure| json!({
                    "kind": failure.kind.class().name, "message": failure.message,
                })),
            })
        })
        .collect();
    json!({
        "files": summary.files, "written": summary.written, "kept": summary.kept, "passed_over": summary.passed_over,
        "cues_lost": summary.cues_lost, "denied": summary.denied, "failed": summary.failed,
        "cues_in": summary.cues_in, "cues_out": summary.cues_out, "losses": losses, "worst": worst,
        "interrupted": summary.interrupted,
    })
}

/// The exit code, the most serious first.
fn error(summary: &Summary) -> Option<Error> {
    let Summary { interrupted, failed, denied, cues_lost, .. } = summary;
    let counted = |kind, en: &str, zh: &str, count: &usize| {
        Some(Error::new(kind, format!("{en}: {count}")).with_chinese(format!("{zh}：{count}")))
    };
    if *interrupted {
        let error = Error::new(ErrorKind::Interrupted, "interrupted before the end").with_chinese("已中断，尚未完成");
        return Some(
            error.with_remedy("--report with --resume goes on").with_chinese_remedy("用 --report 加 --resume 可继续"),
        );
    }
    if *failed > 0 {
        return counted(ErrorKind::Batch, "outputs that failed", "失败的输出", failed);
    }
    if *denied > 0 {
        return counted(ErrorKind::Findings, "outputs not written for their losses", "因损失而未写出的输出", denied);
    }
    if *cues_lost > 0 {
        return counted(ErrorKind::Loss, "outputs without all cues", "缺少字幕的输出", cues_lost);
    }
    None
}

fn one_folder() -> Error {
    Error::new(ErrorKind::Usage, "many files go into one folder")
        .with_remedy("name it: -o web/; standard input and output are for one file")
        .with_chinese("多个文件须写入同一个文件夹")
        .with_chinese_remedy("请指定：-o web/；标准输入输出只用于单个文件")
}

fn which_format() -> Error {
    Error::new(ErrorKind::Usage, "many files need --to, the format to write")
        .with_remedy("name one or several: --to vtt,srt")
        .with_chinese("转换多个文件须用 --to 指定格式")
        .with_chinese_remedy("可指定一种或多种：--to vtt,srt")
}

fn shard(text: &str) -> Result<Shard> {
    Shard::parse(text).ok_or_else(|| super::align::write_it("2/5: the second of five parts", "2/5，即五份中的第二份"))
}
