//! What was found in many files: in which form, where to, and whether it fails the command.

use super::choice;
use super::outcome::{Cx, Outcome};
use super::say::{self, Sentence};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use std::path::Path;
use zimu::check::RULES;
use zimu::diag::render::{self, Findings, Manual, REPORT_FORMATS, ReportFormat, Run, TEXT};
use zimu::diag::{Code, Lang, Report, Severity};
use zimu::host::{STDIN, Target};
use zimu::source::Source;
use zimu::{Error, ErrorKind, Result, host};

/// How findings are told.
#[derive(clap::Args)]
pub(super) struct Telling {
    /// Form of the report [default: by the extension of --output, otherwise text]
    #[arg(help_heading = "Report", long, value_name = "FORMAT", value_parser = format())]
    format: Option<&'static ReportFormat>,
    /// Write the report here instead of to standard output; FORMAT:PATH names its form; may be repeated
    #[arg(help_heading = "Report", short, long, value_name = "PATH|FORMAT:PATH")]
    output: Vec<String>,
    /// Replace a report that exists
    #[arg(help_heading = "Report", long)]
    overwrite: bool,
    /// Show also how often each code was met, and in how many files
    #[arg(help_heading = "Report", long)]
    statistics: bool,
    /// Tell every finding, up to a million of a file [default: ten of a code in text, a thousand of a file elsewhere]
    #[arg(help_heading = "Report", long)]
    all: bool,
    /// Exit with 1 from this severity on
    #[arg(help_heading = "Report", long, value_name = "LEVEL", default_value = "warning", value_parser = choice::of(choice::FAIL_ON))]
    fail_on: FailOn,
}

/// `None` is never.
type FailOn = Option<Severity>;

/// The names of the formats, and what they are for.
fn format() -> impl TypedValueParser<Value = &'static ReportFormat> {
    let values = REPORT_FORMATS.iter().map(|format| PossibleValue::new(format.id).help(format.about));
    PossibleValuesParser::new(values).try_map(|id| ReportFormat::by_id(&id))
}

/// Where reports go; looked at before any work is done.
pub(super) struct Reports<'a> {
    telling: &'a Telling,
    targets: Vec<(&'static ReportFormat, Target)>,
    json: bool,
}

impl Telling {
    /// Looks at the outputs.
    pub(super) fn reports(&self, cx: &Cx) -> Result<Reports<'_>> {
        let mut targets: Vec<(&'static ReportFormat, Target)> = Vec::new();
        for spec in &self.output {
            let (format, path) = self.format_and_path(spec);
            let target = Target::new(Path::new(path), self.overwrite)?;
            if targets.iter().any(|(_, other)| other.same_place(&target)) {
                return Err(twice(path));
            }
            targets.push((format, target));
        }
        // Without --json and --output the report is what the command prints.
        if targets.is_empty() && (self.format.is_some() || !cx.json()) {
            targets.push((self.format.unwrap_or(&TEXT), Target::new(Path::new(STDIN), false)?));
        }
        let printed = targets.iter().find(|(_, target)| target.is_stdout());
        match printed {
            Some((format, _)) if cx.json() && format.id != "json" => Err(two_answers(format)),
            _ => Ok(Reports { telling: self, targets, json: cx.json() }),
        }
    }

    /// `PATH` or `FORMAT:PATH`. Anything else before a colon (`C:\report.html`) belongs to the path.
    fn format_and_path<'s>(&self, spec: &'s str) -> (&'static ReportFormat, &'s str) {
        if let Some((id, path)) = spec.split_once(':').filter(|(_, path)| !path.is_empty())
            && let Ok(format) = ReportFormat::by_id(id)
        {
            return (format, path);
        }
        let extension = Path::new(spec).extension().and_then(|extension| extension.to_str());
        let by_extension = || extension.and_then(ReportFormat::by_extension);
        (self.format.or_else(by_extension).unwrap_or(&TEXT), spec)
    }
}

impl Reports<'_> {
    /// An empty report, which keeps as much as is going to be told.
    pub(super) fn report(&self) -> Report {
        if self.telling.all { Report::in_full() } else { Report::default() }
    }

    /// What was found in a file, as much of it as is going to be told.
    pub(super) fn findings(&self, source: &Source, report: Report) -> Findings {
        if self.telling.all || self.json || !self.only_text() {
            return Findings::new(source, report);
        }
        Findings::first_of_each(source, report, render::SHOWN_PER_CODE)
    }

    /// Whether one of the reports tells programs what fixes replace.
    pub(super) fn place_fixes(&self) -> bool {
        self.targets.iter().any(|(format, _)| format.tells_fixes)
    }

    fn only_text(&self) -> bool {
        self.targets.iter().all(|(format, _)| format.id == TEXT.id)
    }

    /// Writes the reports.
    ///
    /// # Errors
    /// If the only file could not be judged: there is nothing to tell but that.
    pub(super) fn told(&self, mut files: Vec<Findings>, passed_over: usize, cx: &Cx) -> Result<Outcome> {
        if self.only_text() && files.len() == 1 && files.iter().any(|file| file.error().is_some()) {
            return Err(files.swap_remove(0).into_error().unwrap_or_else(|| found(1)));
        }
        let fail_on = self.telling.fail_on.unwrap_or(Severity::Warning);
        let mut run = Run::new(&files);
        run.style = cx.data_style();
        (run.fail_on, run.all, run.statistics) = (fail_on, self.telling.all, self.telling.statistics);
        run.manual = Some(manual);
        let failing = if self.telling.fail_on.is_some() { run.at_least(fail_on) } else { 0 };
        let unreadable = files.iter().find_map(Findings::error).map(told_again);
        let error = unreadable.or_else(|| (failing > 0).then(|| found(failing)));
        run.error = error.as_ref();

        let mut outcome = Outcome { lines: self.lines(&run, passed_over, cx.lang), ..Outcome::default() };
        let mut written: Vec<(&Target, String)> = Vec::new();
        for (format, target) in &self.targets {
            run.style.color = cx.data_style().color && target.is_stdout();
            let report = (format.render)(&run);
            if target.is_stdout() {
                outcome.data = report.into_bytes();
            } else {
                written.push((target, report));
            }
        }
        host::write_all(written.iter().map(|(target, report)| (*target, report.as_bytes())))?;
        if self.json {
            let json = ReportFormat::by_id("json")?;
            (outcome.data, outcome.data_is_json) = ((json.render)(&run).into_bytes(), true);
        }
        outcome.error = error;
        Ok(outcome)
    }

    /// For people, on standard error: the counts, which files are the worst, where the reports are.
    fn lines(&self, run: &Run<'_>, passed_over: usize, lang: Lang) -> Vec<String> {
        let mut lines = Vec::new();
        if self.telling.statistics
            && !self.targets.iter().any(|(format, target)| format.id == TEXT.id && target.is_stdout())
        {
            lines.extend(render::statistics(run).lines().map(str::to_owned));
        }
        lines.extend(worst(run, lang));
        if !self.only_text() && run.not_listed() > 0 {
            lines.push(say::NOT_LISTED.say(lang, &[("n", &run.not_listed())]));
        }
        let (files, bad, findings) = (run.files.len(), run.bad_files(), run.findings());
        let counts = [say::CHECKED.say(lang, &[("files", &files), ("findings", &findings), ("bad", &bad)])];
        let passed_over = (passed_over > 0).then(|| say::N_PASSED_OVER.say(lang, &[("n", &passed_over)]));
        let counts: Vec<String> =
            counts.into_iter().chain(severities(|s| run.of_severity(s), lang)).chain(passed_over).collect();
        lines.push(counts.join(" · "));
        let paths = self.targets.iter().filter(|(_, target)| !target.is_stdout());
        let paths: Vec<String> = paths.map(|(_, target)| target.path().display().to_string()).collect();
        if !paths.is_empty() {
            lines.push(say::WRITTEN.say(lang, &[("list", &say::list(lang, &paths))]));
        }
        lines
    }
}

/// A line for each of the worst files, if there are several.
fn worst(run: &Run<'_>, lang: Lang) -> Vec<String> {
    /// With the counts, a screen.
    const SHOWN: usize = 10;
    let files = run.worst_first();
    let bad: Vec<&&Findings> = files.iter().filter(|file| file.error().is_some() || file.worst().is_some()).collect();
    if bad.len() < 2 {
        return Vec::new();
    }
    let mut lines: Vec<String> = bad
        .iter()
        .take(SHOWN)
        .map(|file| {
            let counts = match file.error() {
                Some(error) => error.kind().class().name.to_owned(),
                None => {
                    severities(|severity| file.report().of_severity(severity), lang).collect::<Vec<_>>().join(" · ")
                }
            };
            format!("{}: {counts}", one_line(file.file()))
        })
        .collect();
    let more = bad.len().saturating_sub(SHOWN);
    if more > 0 {
        lines.push(say::N_MORE_FILES.say(lang, &[("n", &more)]));
    }
    lines
}

/// `errors 5`, `warnings 2`, as far as there are any.
fn severities(count: impl Fn(Severity) -> u64, lang: Lang) -> impl Iterator<Item = String> {
    const NAMES: [(Severity, &Sentence); 3] =
        [(Severity::Error, &say::N_ERRORS), (Severity::Warning, &say::N_WARNINGS), (Severity::Note, &say::N_NOTES)];
    NAMES.into_iter().filter_map(move |(severity, sentence)| {
        let count = count(severity);
        (count > 0).then(|| sentence.say(lang, &[("n", &count)]))
    })
}

/// What a file is called cannot begin a line of its own: in a workflow, that might be an order to the runner.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// The manual of a rule.
fn manual(code: Code, lang: Lang) -> Option<Manual> {
    let rule = RULES.iter().find(|rule| rule.code == code)?;
    let title = if lang == Lang::En { rule.title() } else { rule.zh };
    Some(Manual { title: title.to_owned(), markdown: rule.manual() })
}

fn found(count: u64) -> Error {
    Error::new(ErrorKind::Findings, format!("findings: {count}")).with_chinese(format!("发现 {count} 处问题"))
}

/// The error of a file as that of the command; the first is in the report.
fn told_again(error: &Error) -> Error {
    let again = Error::new(error.kind(), one_line(error.message())).with_chinese(one_line(error.chinese()));
    match (error.remedy(), error.chinese_remedy()) {
        (Some(remedy), Some(chinese)) => again.with_remedy(remedy).with_chinese_remedy(chinese),
        _ => again,
    }
}

fn twice(path: &str) -> Error {
    Error::new(ErrorKind::Usage, format!("{path} is named twice as an output"))
        .with_remedy("give each report a path of its own")
        .with_chinese(format!("输出 {path} 重复"))
        .with_chinese_remedy("请给每份报告单独的路径")
}

fn two_answers(format: &ReportFormat) -> Error {
    let id = format.id;
    Error::new(ErrorKind::Usage, format!("--json and a report as {id} cannot both go to standard output"))
        .with_remedy(format!("write the report to a file: -o {id}:PATH"))
        .with_chinese(format!("--json 与 {id} 报告不能同时写到标准输出"))
        .with_chinese_remedy(format!("请把报告写入文件：-o {id}:PATH"))
}
