//! Every reader against damaged files: no panic, no hang, and what it made of them can be written and read again.

use crate::codecs::{fixtures, read, write};
use crate::mutate::{Rng, mutate};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use zimu::codec::FORMATS;

/// Longest time for one input of at most 64 KiB, in a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// How many inputs for each format: `ZIMU_FUZZ=1000000 cargo test --release fuzz` for a long run.
pub(crate) fn rounds() -> u64 {
    std::env::var("ZIMU_FUZZ").ok().and_then(|count| count.parse().ok()).unwrap_or(2_000)
}

/// Runs `round` for each seed, and ends the process with the seed's number if one hangs.
pub(crate) fn watched(name: &str, rounds: u64, mut round: impl FnMut(u64)) {
    let (seed, done) = (AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut seen = (u64::MAX, Instant::now());
            while done.load(Ordering::Relaxed) == 0 {
                std::thread::sleep(Duration::from_millis(50));
                let now = seed.load(Ordering::Relaxed);
                if now != seen.0 {
                    seen = (now, Instant::now());
                } else if seen.1.elapsed() > PATIENCE {
                    eprintln!("fuzz {name}: seed {now} takes more than {PATIENCE:?}");
                    std::process::exit(1);
                }
            }
        });
        // Without this a failing round would leave the watcher running, and the scope waiting for it.
        let stop = Stop(&done);
        for number in 0..rounds {
            seed.store(number, Ordering::Relaxed);
            round(number);
        }
        drop(stop);
    });
}

struct Stop<'a>(&'a AtomicU64);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(1, Ordering::Relaxed);
    }
}

#[test]
fn damaged_files_are_read_and_written() {
    for format in FORMATS.iter().copied() {
        let texts: Vec<String> = fixtures(format).into_iter().map(|(_, text)| text).collect();
        watched(format.id, rounds(), |seed| {
            let mut rng = Rng::new(seed);
            let (one, other) = (rng.pick(&texts), rng.pick(&texts));
            let text = mutate(&mut rng, one, other);
            let Some((track, _)) = read(format, &text) else { return };
            let (bytes, _) = write(format, &track);
            let written = String::from_utf8(bytes).expect("captions are written in UTF-8");
            let (again, _) = read(format, &written)
                .unwrap_or_else(|| panic!("{} seed {seed}: what was written is refused:\n{written}", format.id));
            assert_eq!(again.cues.len(), track.cues.len(), "{} seed {seed}:\n{text}\n----\n{written}", format.id);
        });
    }
}
