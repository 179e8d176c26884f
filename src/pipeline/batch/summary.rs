//! A batch in a few lines: counts, the worst files first.

use super::record::{Failure, Record, Status};
use crate::diag::{Code, Severity};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// How many of the worst files are kept by name.
const WORST: usize = 10;

/// A file that did not go well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// How it ended.
    pub status: Status,
    /// Cues that are lost.
    pub cues_lost: usize,
    /// Things that are lost.
    pub losses: u64,
    /// The input.
    pub input: PathBuf,
    /// Where it was to go.
    pub output: PathBuf,
    /// Why it is not written.
    pub failure: Option<Failure>,
}

/// What a batch did.
#[derive(Clone, Debug, Default)]
pub struct Summary {
    /// Files that were to be converted.
    pub files: usize,
    /// Outputs that were written.
    pub written: usize,
    /// Outputs that an earlier run had written, as their hashes say.
    pub kept: usize,
    /// Outputs of files that are no captions and that nobody named.
    pub passed_over: usize,
    /// Outputs without all cues.
    pub cues_lost: usize,
    /// Outputs not written for their losses.
    pub denied: usize,
    /// Outputs that failed.
    pub failed: usize,
    /// Cues that were read, once for each output.
    pub cues_in: usize,
    /// Cues that were written.
    pub cues_out: usize,
    /// Losses by code: how many, in how many outputs.
    pub losses: BTreeMap<Code, (u64, u64)>,
    /// The worst outputs, worst first.
    pub worst: Vec<Bad>,
    /// It was stopped before its end.
    pub interrupted: bool,
}

impl Summary {
    /// Takes an output in.
    pub(super) fn add(&mut self, record: &Record) {
        let count = match record.status {
            Status::Done => &mut self.written,
            Status::PassedOver => &mut self.passed_over,
            Status::CuesLost => {
                self.written = self.written.saturating_add(1);
                &mut self.cues_lost
            }
            Status::Denied => &mut self.denied,
            Status::Failed => &mut self.failed,
        };
        *count = count.saturating_add(1);
        self.cues_in = self.cues_in.saturating_add(record.cues_in);
        self.cues_out = self.cues_out.saturating_add(record.cues_out);
        let mut lost = 0u64;
        for (code, count) in record.counts.iter().filter(|(code, _)| code.family() == "loss") {
            let (sum, outputs) = self.losses.entry(*code).or_insert((0, 0));
            *sum = sum.saturating_add(*count);
            *outputs = outputs.saturating_add(1);
            if code.row().severity == Severity::Error {
                lost = lost.saturating_add(*count);
            }
        }
        if record.status != Status::PassedOver && (record.status != Status::Done || lost > 0) {
            self.worst.push(Bad {
                status: record.status,
                cues_lost: record.cues_in.saturating_sub(record.cues_out),
                losses: lost,
                input: record.input.clone(),
                output: record.output.clone(),
                failure: record.failure.clone(),
            });
            // Now and then is enough: what is kept stays bounded.
            if self.worst.len() >= WORST.saturating_mul(10) {
                self.keep_worst();
            }
        }
    }

    /// An output that an earlier run wrote is what it was.
    pub(super) fn keep(&mut self, cues_lost: bool) {
        self.kept = self.kept.saturating_add(1);
        self.cues_lost = self.cues_lost.saturating_add(usize::from(cues_lost));
    }

    /// Puts the worst first and forgets the rest.
    pub(super) fn keep_worst(&mut self) {
        self.worst.sort_by(|a, b| {
            let badness = |bad: &Bad| (bad.status, bad.cues_lost, bad.losses);
            badness(b).cmp(&badness(a)).then_with(|| (&a.input, &a.output).cmp(&(&b.input, &b.output)))
        });
        self.worst.truncate(WORST);
    }
}
