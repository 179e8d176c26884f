//! How a command ends: data, words, one JSON envelope, an exit code.

use super::say;
use serde_json::{Value, json};
use std::error::Error as _;
use zimu::diag::{Lang, Report, render};
use zimu::pipeline::{self, Outputs};
use zimu::source::Source;
use zimu::{Error, ErrorKind, Result, host};

/// What a command made.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    /// For standard output, unless the outputs hold it.
    pub(super) data: Vec<u8>,
    /// With `--json` the data is the answer, already JSON.
    pub(super) data_is_json: bool,
    /// For people, on standard error.
    pub(super) lines: Vec<String>,
    /// For programs.
    pub(super) summary: Value,
    /// What went wrong although there is a result.
    pub(super) error: Option<Error>,
}

impl Outcome {
    /// Text for standard output, and the same for programs.
    pub(super) fn shown(text: String, summary: Value) -> Self {
        Self { data: text.into_bytes(), summary, ..Self::default() }
    }
}

/// What a command works in, and what was noticed so far: a failure shows it too.
pub(super) struct Cx {
    command: &'static str,
    json: bool,
    /// Language of messages.
    pub(super) lang: Lang,
    /// The input, for excerpts.
    source: Option<Source>,
    /// What was noticed on the way in.
    pub(super) report: Report,
    /// Where results go; each has its own report.
    pub(super) outputs: Outputs,
}

impl Cx {
    pub(super) fn new(command: &'static str, lang: Lang, json: bool) -> Self {
        let (report, outputs) = (Report::default(), Outputs::default());
        Self { command, json, lang, source: None, report, outputs }
    }

    /// Keeps the input if anything was noticed in it; a large one is not held in memory for nothing.
    pub(super) fn keep_for_excerpts(&mut self, source: Source) {
        self.source = (!self.report.is_empty()).then_some(source);
    }

    /// The input, if it was kept.
    pub(super) fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    /// How diagnostics look on standard output.
    pub(super) fn data_style(&self) -> render::Style {
        render::Style { lang: self.lang, color: host::environment::color_on_stdout() }
    }

    /// `--json` was asked for.
    pub(super) fn json(&self) -> bool {
        self.json
    }

    /// Tells how it ended; gives the exit code.
    pub(super) fn finish(self, result: Result<Outcome>) -> u8 {
        if self.json {
            return self.finish_json(result);
        }
        let result = result.and_then(|outcome| {
            host::write_stdout(&outcome.data)?;
            host::write_stdout(self.outputs.for_stdout())?;
            Ok(outcome)
        });
        let (outcome, error) = parted(result);
        let lines = outcome.lines.iter().map(|line| format!("{line}\n"));
        let words: String = lines.chain(error.as_ref().map(|error| self.error_words(error))).collect();
        host::write_stderr(&(self.noticed() + &harmless(&words)));
        error.map_or(0, |error| error.kind().class().exit)
    }

    fn finish_json(&self, result: Result<Outcome>) -> u8 {
        let (outcome, error) = parted(result);
        let exit = error.as_ref().map_or(0, |error| error.kind().class().exit);
        if outcome.data_is_json {
            let written = printed(&outcome.data);
            return if exit == 0 { written } else { exit };
        }
        let envelope = json!({
            "zimu": 1,
            "command": self.command,
            "ok": error.is_none(),
            "exit": exit,
            "error": error.map(|error| self.error_json(&error)),
            "report": self.report_json(),
            "summary": self.with_counts(outcome.summary),
        });
        let written = printed(format!("{envelope:#}\n").as_bytes());
        if exit == 0 { written } else { exit }
    }

    /// That cues were lost on the way, if any were.
    pub(super) fn lost_cues(&self) -> Option<Error> {
        let outputs = self.outputs.iter().map(|output| &output.report);
        pipeline::lost_cues(outputs.chain(std::iter::once(&self.report)))
    }

    /// What was noticed in the data, for people.
    fn noticed(&self) -> String {
        let style = render::Style { lang: self.lang, color: host::environment::color_on_stderr() };
        let mut out = render::text(&self.report, self.source.as_ref(), &style);
        for output in self.outputs.iter() {
            let name = output.name();
            let summary = render::summary(&output.report, &style);
            out.extend(summary.lines().map(|line| format!("{name}: {line}\n")));
        }
        out
    }

    fn report_json(&self) -> Vec<Value> {
        let mut items = render::json(&self.report, self.source.as_ref(), self.lang);
        for output in self.outputs.iter() {
            for mut item in render::json(&output.report, None, self.lang) {
                if let Value::Object(fields) = &mut item {
                    fields.insert("output".to_owned(), Value::String(output.name()));
                }
                items.push(item);
            }
        }
        items
    }

    /// Adds how often each code was reported: the report itself keeps the first thousand.
    fn with_counts(&self, mut summary: Value) -> Value {
        if let (Value::Object(fields), false) = (&mut summary, self.report.is_empty()) {
            fields.insert("report_counts".to_owned(), render::counts(&self.report));
        }
        summary
    }

    fn error_words(&self, error: &Error) -> String {
        let (message, remedy) = self.sentences(error);
        let remedy = remedy.map(|remedy| say::REMEDY.say(self.lang, &[("remedy", &remedy)]) + "\n");
        say::ERROR.say(self.lang, &[("message", &message)]) + "\n" + &remedy.unwrap_or_default()
    }

    fn error_json(&self, error: &Error) -> Value {
        let (message, remedy) = self.sentences(error);
        json!({ "kind": error.kind().class().name, "message": message, "remedy": remedy })
    }

    /// The sentence, with what caused it, and the remedy.
    pub(super) fn sentences(&self, error: &Error) -> (String, Option<String>) {
        let (message, remedy) = match self.lang {
            Lang::En => (error.message(), error.remedy()),
            Lang::Zh => (error.chinese(), error.chinese_remedy()),
        };
        let cause = error.source().map_or(String::new(), |cause| format!(": {cause}"));
        (format!("{message}{cause}"), remedy.map(str::to_owned))
    }
}

/// The result, empty if there is none, and what went wrong.
fn parted(result: Result<Outcome>) -> (Outcome, Option<Error>) {
    match result {
        Ok(mut outcome) => {
            let error = outcome.error.take();
            (outcome, error)
        }
        Err(error) => (Outcome::default(), Some(error)),
    }
}

/// Names from files and paths cannot steer the terminal.
fn harmless(words: &str) -> String {
    words.chars().map(|c| if c.is_control() && c != '\n' { '\u{FFFD}' } else { c }).collect()
}

/// Prints to standard output; gives the exit code.
fn printed(bytes: &[u8]) -> u8 {
    match host::write_stdout(bytes) {
        Ok(()) => 0,
        Err(_) => ErrorKind::Io.class().exit,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_steer_the_terminal() {
        assert_eq!(harmless("written: a\u{1b}[2J.srt\n"), "written: a\u{FFFD}[2J.srt\n");
    }
}
