//! Every reader against damaged files: no panic, no hang, and what it made of them can be written and read again.

use crate::codecs::{fixture_bytes, fixtures, read, write};
use crate::mutate::{Rng, mutate, mutate_bytes};
use crate::parse::zipped;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};
use zimu::codec::{CONFORMANCE, FORMATS, native};
use zimu::diag::{Report, codes};
use zimu::transcript::Options;
use zimu::{lexicon, parse, transcript};

/// Longest time for one input of at most 64 KiB, in a debug build on a busy machine; `ZIMU_FUZZ_PATIENCE` names other seconds,
/// for a run that gets what others leave.
fn patience() -> Duration {
    let named = std::env::var("ZIMU_FUZZ_PATIENCE").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(named.unwrap_or(10))
}

/// How many inputs for each reader: `ZIMU_FUZZ=1000000 cargo test --release fuzz` for a long run.
pub(crate) fn rounds() -> u64 {
    std::env::var("ZIMU_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000)
}

/// Whether this format or standard is asked for: `ZIMU_FUZZ_ONLY=ass,scc` for these alone.
pub(crate) fn is_asked(id: &str) -> bool {
    std::env::var("ZIMU_FUZZ_ONLY").map_or(true, |only| only.split(',').any(|one| one == id))
}

/// Runs `round` for each seed, on all cores, and ends the process with the seed's number if one hangs.
/// `ZIMU_FUZZ_SEED=N` runs one alone, as long as it takes.
pub(crate) fn watched(name: &str, rounds: u64, round: impl Fn(u64) + Sync) {
    if let Some(seed) = std::env::var("ZIMU_FUZZ_SEED").ok().and_then(|seed| seed.parse().ok()) {
        return round(seed);
    }
    let next = AtomicU64::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let seeds: Vec<AtomicU64> = (0..threads).map(|_| AtomicU64::new(0)).collect();
    thread::scope(|scope| {
        for seed in &seeds {
            scope.spawn(|| {
                let lane = Lane { name, seed, next: &next, rounds };
                while let Some(number) = lane.next() {
                    round(number);
                }
            });
        }
        watch(name, &seeds);
    });
}

/// One thread's seeds.
struct Lane<'a> {
    name: &'a str,
    seed: &'a AtomicU64,
    next: &'a AtomicU64,
    rounds: u64,
}

const DONE: u64 = u64::MAX;

impl Lane<'_> {
    fn next(&self) -> Option<u64> {
        let number = Some(self.next.fetch_add(1, Ordering::Relaxed)).filter(|number| *number < self.rounds);
        self.seed.store(number.unwrap_or(DONE), Ordering::Relaxed);
        number
    }
}

impl Drop for Lane<'_> {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("fuzz {}: seed {}", self.name, self.seed.load(Ordering::Relaxed));
            self.next.store(self.rounds, Ordering::Relaxed);
        }
        self.seed.store(DONE, Ordering::Relaxed);
    }
}

/// Returns when all threads are done.
fn watch(name: &str, seeds: &[AtomicU64]) {
    let patience = patience();
    let mut seen: Vec<(u64, Instant)> = seeds.iter().map(|_| (DONE, Instant::now())).collect();
    while seeds.iter().any(|seed| seed.load(Ordering::Relaxed) != DONE) {
        thread::sleep(Duration::from_millis(20));
        for (seen, seed) in seen.iter_mut().zip(seeds) {
            let now = seed.load(Ordering::Relaxed);
            if now != seen.0 {
                *seen = (now, Instant::now());
            } else if now != DONE && seen.1.elapsed() > patience {
                eprintln!("fuzz {name}: seed {now} takes more than {patience:?}");
                std::process::exit(1);
            }
        }
    }
}

#[test]
fn damaged_files_are_read_and_written() {
    for format in FORMATS.iter().copied().filter(|format| is_asked(format.id)) {
        // Of a format that is no text, bytes; of others, what is decoded of them.
        let files: Vec<Vec<u8>> = match format.is_binary() {
            true => fixture_bytes(format).into_iter().map(|(_, bytes)| bytes).collect(),
            false => fixtures(format).into_iter().map(|(_, text)| text.into_bytes()).collect(),
        };
        watched(format.id, rounds(), |seed| {
            let mut rng = Rng::new(seed);
            let (one, other) = (rng.pick(&files), rng.pick(&files));
            let damaged = mutate_bytes(&mut rng, one, other);
            let Some((track, _)) = read(format, &damaged) else { return };
            // What is only read goes on in the native format.
            let format = if format.write.is_some() { format } else { &native::FORMAT };
            let (bytes, report) = write(format, &track);
            let joined = usize::try_from(report.count(codes::loss::CUE_JOINED)).unwrap();
            assert!(format.is_binary() || std::str::from_utf8(&bytes).is_ok(), "captions are written in UTF-8");
            let both = || {
                let shown = |bytes| String::from_utf8_lossy(bytes).into_owned();
                format!("{} seed {seed}:\n{}\n----\n{}", format.id, shown(&damaged), shown(&bytes))
            };
            let (again, _) = read(format, &bytes).unwrap_or_else(|| panic!("what was written is refused: {}", both()));
            assert_eq!(again.cues.len() + joined, track.cues.len(), "{}", both());
        });
    }
}

/// Judges of conformance see what readers see, and more of it.
#[test]
fn damaged_files_are_judged() {
    for standard in CONFORMANCE.iter().copied().filter(|standard| is_asked(standard.id)) {
        let format = zimu::codec::by_id(standard.format).unwrap();
        let texts: Vec<String> = fixtures(format).into_iter().map(|(_, text)| text).collect();
        watched(standard.id, rounds(), |seed| {
            let mut rng = Rng::new(seed);
            let (one, other) = (rng.pick(&texts), rng.pick(&texts));
            let source = zimu::source::Source::from_text("damaged", mutate(&mut rng, one, other));
            let mut report = Report::default();
            (standard.check)(&source, &mut report);
            let length = source.text().len();
            let inside = |at: &zimu::source::Span| at.start <= at.end && at.end as usize <= length;
            assert!(report.items().iter().filter_map(|item| item.at.span.as_ref()).all(inside), "seed {seed}");
        });
    }
}

/// The fixtures of articles in a folder: names and bytes.
fn articles(folder: &str, extensions: &[&str]) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(Path::new("fixtures").join(folder)).unwrap();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| extensions.iter().any(|known| *known == e)));
    paths.sort();
    assert!(!paths.is_empty(), "{folder} has no fixtures");
    paths.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect()
}

/// What is made of an article: if anything, its parts are its text, and it can be pronounced.
fn understood(name: &str, bytes: Vec<u8>) {
    let mut report = Report::default();
    let Ok(document) = parse::document(name, bytes, None, &mut report) else { return };
    let Ok(transcript) = transcript::read(&document, &Options::default(), &mut report) else { return };
    let parts: String = transcript.parts.iter().map(|part| part.source.as_str()).collect();
    assert!(parts == document.source.text(), "the parts are not the text:\n{parts}");
    lexicon::pronounce(&transcript);
}

#[test]
fn damaged_articles_are_understood_or_refused() {
    for (folder, extensions) in
        [("article", &["txt", "md"][..]), ("article-html", &["html"]), ("table", &["csv", "tsv", "txt"])]
    {
        let files = articles(folder, extensions);
        watched(folder, rounds(), |seed| {
            let mut rng = Rng::new(seed);
            let ((name, one), (_, other)) = (rng.pick(&files), rng.pick(&files));
            understood(name, mutate_bytes(&mut rng, one, other));
        });
    }
}

/// Half of them damaged as XML inside a sound container, half as a file.
#[test]
fn damaged_docx_files_are_understood_or_refused() {
    let files = articles("article-docx", &["xml"]);
    let part = |name: &str| &files.iter().find(|(path, _)| path.contains(name)).unwrap().1;
    let (body, styles) = (part("document"), part("styles"));
    let docx = |body: &[u8], styles: &[u8]| zipped(&[("word/document.xml", body), ("word/styles.xml", styles)]);
    let whole = docx(body, styles);
    watched("article-docx", rounds(), |seed| {
        let mut rng = Rng::new(seed);
        let bytes = match rng.below(4) {
            0 => docx(body, &mutate_bytes(&mut rng, styles, body)),
            1 => docx(&mutate_bytes(&mut rng, body, styles), styles),
            _ => mutate_bytes(&mut rng, &whole, &whole),
        };
        understood("damaged.docx", bytes);
    });
}
