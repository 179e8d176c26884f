//! Files that are written block by block are those that are written whole.

use crate::arbitrary;
use crate::codecs::{write, written};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use std::io::{self, Write};
use zimu::codec::{Format, WriteOptions};
use zimu::diag::{Lang, Report, render};
use zimu::model::Track;

/// A track with a little of everything, long enough for some blocks; what stands in front of one has to say something of
/// its last cues.
fn long(runner: &mut TestRunner) -> Track {
    let mut next = || arbitrary::track().new_tree(runner).expect("a track").current();
    let mut track = next();
    while track.cues.len() < 3_500 {
        let more = next().cues;
        track.cues.extend(more.iter().cycle().take(more.len() * 40).cloned());
    }
    track
}

fn noticed(report: &Report) -> String {
    format!("{:?} {}", render::json(report, None, Lang::En), render::counts(report))
}

fn to(format: &Format, track: &Track, place: &mut dyn Write) -> (io::Result<()>, Report) {
    let mut report = Report::default();
    let done = format.write_to(track, &WriteOptions::default(), place, &mut report);
    (done.expect("every track can be written"), report)
}

#[test]
fn blocks_make_the_same_file_and_the_same_report() {
    let (track, mut passed) = (long(&mut TestRunner::deterministic()), 0);
    for format in written() {
        let (whole, reported) = write(format, &track);
        let mut place = Counting::default();
        let (done, report) = to(format, &track, &mut place);
        done.expect("memory takes all");
        assert!(place.bytes == whole, "{}", format.id);
        assert_eq!(noticed(&report), noticed(&reported), "{}", format.id);
        passed += usize::from(place.calls > 1);
    }
    assert!(passed >= 6, "only {passed} were written in blocks");
}

#[derive(Default)]
struct Counting {
    bytes: Vec<u8>,
    calls: usize,
}

impl Write for Counting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.calls += usize::from(!bytes.is_empty());
        self.bytes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A disk with room for a little.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_wherever_it_is_met() {
    let track = long(&mut TestRunner::deterministic());
    for format in written() {
        let whole = write(format, &track).0.len();
        for room in [0, whole - 1] {
            let (done, _) = to(format, &track, &mut Full(room));
            assert_eq!(done.map_err(|error| error.kind()), Err(io::ErrorKind::StorageFull), "{} {room}", format.id);
        }
    }
}
