//! What became of one output of a batch: a line of its report.

use crate::codec::Format;
use crate::diag::{Code, Lang, Report};
use crate::error::{Error, ErrorKind};
use crate::source::EncodingGuess;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Written, with all cues.
    Done,
    /// Not captions: passed over, for nobody named it.
    PassedOver,
    /// Written, but without all cues.
    CuesLost,
    /// Not written: losses that are denied.
    Denied,
    /// Not written.
    Failed,
}

/// Each status with its name in reports.
pub static STATUSES: &[(Status, &str)] = &[
    (Status::Done, "done"),
    (Status::PassedOver, "passed-over"),
    (Status::CuesLost, "cues-lost"),
    (Status::Denied, "denied"),
    (Status::Failed, "failed"),
];

impl Status {
    /// Its name.
    pub fn name(self) -> &'static str {
        STATUSES.iter().find(|(status, _)| *status == self).map_or("", |(_, name)| name)
    }
}

/// An error's words, for every output that it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind of error it was.
    pub kind: ErrorKind,
    /// In English.
    pub message: String,
    /// In Chinese.
    pub chinese: String,
}

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let cause = std::error::Error::source(error).map_or(String::new(), |cause| format!(": {cause}"));
        Self {
            kind: error.kind(),
            message: format!("{}{cause}", error.message()),
            chinese: format!("{}{cause}", error.chinese()),
        }
    }
}

/// What became of one output.
pub struct Record {
    /// The input.
    pub input: PathBuf,
    /// SHA-256 of its bytes, if there is a report to stand in.
    pub input_hash: Option<String>,
    /// Where the output goes.
    pub output: PathBuf,
    /// SHA-256 of its bytes.
    pub output_hash: Option<String>,
    /// The format that was found.
    pub from: Option<&'static Format>,
    /// The format that is written.
    pub to: &'static Format,
    /// The encoding that was found.
    pub encoding: Option<EncodingGuess>,
    /// Cues that were read.
    pub cues_in: usize,
    /// Cues that were written.
    pub cues_out: usize,
    /// How it ended.
    pub status: Status,
    /// Codes of what was noticed in reading and writing, and how often.
    pub counts: Vec<(Code, u64)>,
    /// Why it is not written.
    pub failure: Option<Failure>,
    /// What it took to read the input and write its outputs.
    pub seconds: f64,
}

impl Record {
    /// One about an output of which nothing is known yet.
    pub fn new(input: &Path, output: &Path, to: &'static Format) -> Self {
        Self {
            input: input.to_owned(),
            input_hash: None,
            output: output.to_owned(),
            output_hash: None,
            from: None,
            to,
            encoding: None,
            cues_in: 0,
            cues_out: 0,
            status: Status::Done,
            counts: Vec::new(),
            failure: None,
            seconds: 0.0,
        }
    }

    /// Takes over what reading and writing noticed.
    pub fn count(&mut self, reading: &Report, writing: &Report) {
        let mut counts: std::collections::BTreeMap<Code, u64> = reading.counts().collect();
        for (code, count) in writing.counts() {
            let sum = counts.entry(code).or_insert(0);
            *sum = sum.saturating_add(count);
        }
        self.counts = counts.into_iter().collect();
    }

    /// It did not get written.
    pub fn fail(&mut self, status: Status, error: &Error) {
        self.status = status;
        self.failure = Some(Failure::from(error));
    }

    /// As an object of JSON. `run` says with which options; a resumed batch trusts only records of the same.
    pub fn json(&self, run: &str, lang: Lang) -> Value {
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
        put("zimu", 1.into());
        put("status", self.status.name().into());
        put("input", self.input.display().to_string().into());
        put("input_sha256", self.input_hash.clone().into());
        put("output", self.output.display().to_string().into());
        put("output_sha256", self.output_hash.clone().into());
        put("from", self.from.map(|format| format.id).into());
        put("to", self.to.id.into());
        let guess = self.encoding.as_ref();
        put("encoding", guess.map(|guess| guess.encoding.name()).into());
        put("confidence", guess.map(|guess| (f64::from(guess.confidence) * 1000.0).round() / 1000.0).into());
        put("bom", guess.map(|guess| guess.bom).into());
        put("cues_in", self.cues_in.into());
        put("cues_out", self.cues_out.into());
        let of_family = |loss: bool| -> Value {
            let rows = self.counts.iter().filter(|(code, _)| (code.family() == "loss") == loss);
            rows.map(|(code, count)| (code.row().id.to_owned(), Value::from(*count))).collect::<Map<_, _>>().into()
        };
        put("losses", of_family(true));
        put("noticed", of_family(false));
        let error = self.failure.as_ref().map(|failure| {
            let message = if lang == Lang::Zh { &failure.chinese } else { &failure.message };
            json!({ "kind": failure.kind.class().name, "message": message })
        });
        put("error", error.into());
        put("seconds", ((self.seconds * 1e6).round() / 1e6).into());
        put("run", run.into());
        out.into()
    }
}
