//! Whole folders at once: every file on its own, none of them stops the others, and after a kill the work goes on where it
//! was.

mod plan;
mod record;
mod summary;

pub use plan::{Plan, Shard};
pub use record::{Failure, Record, STATUSES, Status};
pub use summary::{Bad, Summary};

use super::captions::{Captions, CaptionsOptions, captions, lost_cues};
use super::convert::{DenyLoss, RenderOptions, render};
use super::each_file::{guarded, is_passed_over, pool};
use super::provenance::sha256;
use crate::diag::{Lang, Report, codes::loss};
use crate::error::{Error, Result};
use crate::host::{self, Journal, OutFolder, Stopwatch};
use plan::Job;
use rayon::prelude::*;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// How a batch works.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct BatchOptions {
    /// How each file is read.
    pub captions: CaptionsOptions,
    /// How each output is written.
    pub render: RenderOptions,
    /// Losses for which nothing is written of a file.
    pub deny: Option<DenyLoss>,
    /// Files at a time; 0 is one for each core.
    pub jobs: usize,
    /// Outputs that exist are replaced.
    pub overwrite: bool,
    /// Everything is done but writing.
    pub dry_run: bool,
    /// Where a line for each output is added.
    pub report: Option<PathBuf>,
    /// Go on with the work that [`BatchOptions::report`] tells of.
    pub resume: bool,
    /// Language of messages in the report.
    pub lang: Lang,
}

impl BatchOptions {
    /// What the outputs depend on, besides the input: records with another value are not trusted.
    fn fingerprint(&self) -> String {
        let CaptionsOptions { from, encoding, read } = &self.captions;
        let RenderOptions { write, text } = &self.render;
        let from = from.map_or("", |format| format.id);
        let all =
            format!("{} {from} {encoding:?} {read:?} {write:?} {text:?} {:?}", env!("CARGO_PKG_VERSION"), self.deny);
        sha256(all.as_bytes()).chars().take(16).collect()
    }
}

/// Converts every file of a plan. `each` hears of every output as it is done; `stop` ends the work between two files.
///
/// # Errors
/// Of the kinds usage, io and exists for what concerns the batch as a whole: the folder of
/// outputs, the report. What happens to single files is in the summary and the report.
pub fn batch(
    plan: &Plan,
    options: &BatchOptions,
    stop: &AtomicBool,
    each: &(dyn Fn(&Record) + Sync),
) -> Result<Summary> {
    for (format, _) in plan.jobs.iter().flat_map(|job| &job.outputs).take(64) {
        options.render.fits(format)?;
    }
    let run = options.fingerprint();
    let (journal, done) = journal(options, &run)?;
    let name = options.report.as_deref().map_or(run.clone(), |path| sha256(path.as_os_str().as_encoded_bytes()));
    let name: String = name.chars().take(8).collect();
    let out = (!options.dry_run).then(|| OutFolder::open(&plan.out, &name, options.overwrite)).transpose()?;
    let work =
        Work { plan, options, run, journal, done, out, each, summary: Mutex::default(), failed: Mutex::default() };
    pool(options.jobs)?.install(|| {
        plan.jobs.par_iter().for_each(|job| {
            if !stop.load(Ordering::Relaxed) && work.failed.lock().is_ok_and(|failed| failed.is_none()) {
                work.job(job);
            }
        });
    });
    let Work { summary, failed, .. } = work;
    if let Some(error) = failed.into_inner().ok().flatten() {
        return Err(error);
    }
    let mut summary = summary.into_inner().unwrap_or_default();
    summary.files = plan.len();
    summary.failed = summary.failed.saturating_add(plan.errors.len());
    summary.interrupted = stop.load(Ordering::Relaxed);
    summary.keep_worst();
    Ok(summary)
}

/// What an earlier run wrote, by output.
type Done = HashMap<String, Earlier>;

struct Earlier {
    input_hash: String,
    output_hash: String,
    cues_lost: bool,
}

fn journal(options: &BatchOptions, run: &str) -> Result<(Option<Journal>, Done)> {
    let mut done = Done::new();
    let Some(path) = options.report.as_deref().filter(|_| !options.dry_run) else { return Ok((None, done)) };
    if !options.resume {
        return Ok((Some(Journal::create(path, options.overwrite)?), done));
    }
    let journal = Journal::resume(path, |line| {
        let Ok(value) = serde_json::from_str::<serde_json::Value>(line) else { return };
        let text = |key: &str| value.get(key).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        let cues_lost = text("status") == Status::CuesLost.name();
        let written = cues_lost || text("status") == Status::Done.name();
        let (input_hash, output_hash) = (text("input_sha256"), text("output_sha256"));
        if written && text("run") == run {
            done.insert(text("output"), Earlier { input_hash, output_hash, cues_lost });
        } else {
            done.remove(&text("output"));
        }
    })?;
    Ok((Some(journal), done))
}

struct Work<'a> {
    plan: &'a Plan,
    options: &'a BatchOptions,
    run: String,
    journal: Option<Journal>,
    done: Done,
    out: Option<OutFolder>,
    each: &'a (dyn Fn(&Record) + Sync),
    summary: Mutex<Summary>,
    /// What ends the batch: the report cannot be written.
    failed: Mutex<Option<Error>>,
}

/// An output that is made.
struct Made {
    record: Record,
    place: PathBuf,
    bytes: Vec<u8>,
}

impl Work<'_> {
    /// A file, from reading it to its records. A panic is this file's failure alone.
    fn job(&self, job: &Job) {
        let watch = Stopwatch::start();
        let outputs = || job.outputs.iter().map(|(format, place)| self.record(job, format, place));
        let mut records: Vec<Record> = match guarded(|| self.make(job)) {
            Ok(made) => made.into_iter().map(|made| self.land(made)).collect(),
            Err(error) => {
                let status =
                    if is_passed_over(&job.input, job.named, &error) { Status::PassedOver } else { Status::Failed };
                let failed = |mut record: Record| {
                    record.fail(status, &error);
                    record
                };
                outputs().map(failed).collect()
            }
        };
        for record in &mut records {
            record.seconds = watch.seconds();
            self.tell(record);
        }
    }

    fn record(&self, job: &Job, format: &'static crate::codec::Format, place: &Path) -> Record {
        Record::new(&job.input, &self.plan.out.join(place), format)
    }

    /// Reads a file and makes those of its outputs that are not there yet.
    fn make(&self, job: &Job) -> Result<Vec<Made>> {
        let input = host::read(&job.input)?;
        let hash = self.journal.as_ref().map(|_| sha256(&input.bytes));
        let mut due = Vec::new();
        for output in &job.outputs {
            match (self.is_done(&output.1, hash.as_deref()), self.summary.lock()) {
                (Some(earlier), Ok(mut summary)) => summary.keep(earlier.cues_lost),
                _ => due.push(output),
            }
        }
        if due.is_empty() {
            return Ok(Vec::new());
        }
        let mut reading = Report::default();
        let captions = captions(input, &self.options.captions, &mut reading)?;
        let mut made = Vec::new();
        for (format, place) in due {
            let mut record = self.record(job, format, place);
            record.input_hash.clone_from(&hash);
            record.from = Some(captions.format);
            record.encoding = (!captions.format.is_binary()).then(|| captions.source.encoding().clone());
            record.cues_in = captions.track.cues.len();
            made.push(self.output(&captions, record, place, &reading));
        }
        // One denied output keeps all of a file's back: half of a delivery helps nobody.
        if let Some(denied) = made.iter().find_map(|one| one.record.failure.clone()) {
            for one in made.iter_mut().filter(|one| one.record.status < Status::Denied) {
                (one.record.status, one.record.failure) = (Status::Denied, Some(denied.clone()));
            }
        }
        Ok(made)
    }

    fn output(&self, captions: &Captions, mut record: Record, place: &Path, reading: &Report) -> Made {
        let mut writing = Report::default();
        let place = place.to_owned();
        let bytes = match render(&captions.track, record.to, &self.options.render, &mut writing) {
            Ok(bytes) => bytes,
            Err(error) => {
                record.fail(Status::Failed, &error);
                return Made { record, place, bytes: Vec::new() };
            }
        };
        record.count(reading, &writing);
        let lost = usize::try_from(writing.count(loss::CUE)).unwrap_or(usize::MAX);
        record.cues_out = record.cues_in.saturating_sub(lost);
        if lost_cues([reading, &writing]).is_some() {
            record.status = Status::CuesLost;
        }
        if let Some(error) = self.options.deny.as_ref().and_then(|deny| deny.judge([&writing])) {
            record.fail(Status::Denied, &error);
        }
        record.output_hash = self.journal.as_ref().map(|_| sha256(&bytes));
        Made { record, place, bytes }
    }

    /// An earlier run wrote this output from this input, and it is still what it was.
    fn is_done(&self, place: &Path, input_hash: Option<&str>) -> Option<&Earlier> {
        let earlier = self.done.get(&self.plan.out.join(place).display().to_string())?;
        let there = || self.out.as_ref().and_then(|out| out.read(place)).map(|bytes| sha256(&bytes));
        let same = input_hash == Some(&earlier.input_hash) && there().as_ref() == Some(&earlier.output_hash);
        same.then_some(earlier)
    }

    /// Writes an output, unless it is denied.
    fn land(&self, Made { mut record, place, bytes }: Made) -> Record {
        if record.status < Status::Denied {
            let landed = match &self.out {
                Some(out) => out.write(&place, &bytes),
                None => OutFolder::is_free(&self.plan.out, &place, self.options.overwrite),
            };
            if let Err(error) = landed {
                record.fail(Status::Failed, &error);
            }
        }
        if record.status >= Status::Denied {
            (record.output_hash, record.cues_out) = (None, 0);
        }
        record
    }

    /// Records an output: only now is it done.
    fn tell(&self, record: &Record) {
        if let Some(journal) = &self.journal
            && let Err(error) = journal.add(&record.json(&self.run, self.options.lang).to_string())
            && let Ok(mut failed) = self.failed.lock()
        {
            failed.get_or_insert(error);
        }
        if let Ok(mut summary) = self.summary.lock() {
            summary.add(record);
        }
        (self.each)(record);
    }
}
