//! How a command ends: data, words, one JSON envelope, an exit code.

use super::say;
use serde_json::{Value, json};
use std::error::Error as _;
use zimu::diag::{Lang, Report, render};
use zimu::pipeline::Outputs;
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
    pub(super) source: Option<Source>,
    /// What was noticed on the way in.
    pub(super) report: Report,
    /// Where results go; each has its own report.
    pub(super) outputs: Outputs,
    /// The summary says what the outputs lost, in a line each.
    pub(super) losses_in_brief: bool,
}

impl Cx {
    pub(super) fn new(command: &'static str, lang: Lang, json: bool) -> Self {
        let (report, outputs) = (Report::default(), Outputs::default());
        Self { command, json, lang, source: None, report, outputs, losses_in_brief: false }
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
        let (exit, words) = match result {
            Ok(outcome) => {
                match host::write_stdout(&outcome.data).and_then(|()| host::write_stdout(self.outputs.for_stdout())) {
                    Ok(()) => (0, outcome.lines.concat_lines()),
                    Err(error) => (error.kind().class().exit, self.error_words(&error)),
                }
            }
            Err(error) => (error.kind().class().exit, self.error_words(&error)),
        };
        host::write_stderr(&(self.noticed() + &words));
        exit
    }

    fn finish_json(&self, result: Result<Outcome>) -> u8 {
        let (error, summary) = match result {
            Ok(outcome) if outcome.data_is_json => return printed(&outcome.data),
            Ok(outcome) => (None, outcome.summary),
            Err(error) => (Some(error), Value::Null),
        };
        let exit = error.as_ref().map_or(0, |error| error.kind().class().exit);
        let envelope = json!({
            "zimu": 1,
            "command": self.command,
            "ok": error.is_none(),
            "exit": exit,
            "error": error.map(|error| self.error_json(&error)),
            "report": self.report_json(),
            "summary": summary,
        });
        let written = printed(format!("{envelope:#}\n").as_bytes());
        if exit == 0 { written } else { exit }
    }

    /// What was noticed in the data, for people.
    fn noticed(&self) -> String {
        let style = render::Style { lang: self.lang, color: host::environment::color_on_stderr() };
        let mut out = render::text(&self.report, self.source.as_ref(), &style);
        if !self.losses_in_brief {
            for output in self.outputs.iter() {
                let name = output.name();
                let summary = render::summary(&output.report, &style);
                out.extend(summary.lines().map(|line| format!("{name}: {line}\n")));
            }
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

    fn error_words(&self, error: &Error) -> String {
        let (message, remedy) = self.sentences(error);
        let mut lines = vec![say::ERROR.say(self.lang, &[("message", &message)])];
        lines.extend(remedy.map(|remedy| say::REMEDY.say(self.lang, &[("remedy", &remedy)])));
        lines.concat_lines()
    }

    fn error_json(&self, error: &Error) -> Value {
        let (message, remedy) = self.sentences(error);
        json!({ "kind": error.kind().class().name, "message": message, "remedy": remedy })
    }

    /// The sentence, with what caused it, and the remedy.
    fn sentences(&self, error: &Error) -> (String, Option<String>) {
        let (message, remedy) = match self.lang {
            Lang::En => (error.message(), error.remedy()),
            Lang::Zh => (error.chinese(), error.chinese_remedy()),
        };
        let cause = error.source().map_or(String::new(), |cause| format!(": {cause}"));
        (format!("{message}{cause}"), remedy.map(str::to_owned))
    }
}

trait ConcatLines {
    /// Each line with its end.
    fn concat_lines(&self) -> String;
}

impl ConcatLines for Vec<String> {
    fn concat_lines(&self) -> String {
        self.iter().map(|line| format!("{line}\n")).collect()
    }
}

/// Prints to standard output; gives the exit code.
fn printed(bytes: &[u8]) -> u8 {
    match host::write_stdout(bytes) {
        Ok(()) => 0,
        Err(_) => ErrorKind::Io.class().exit,
    }
}
