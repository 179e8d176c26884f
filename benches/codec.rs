//! Reading and writing a made-up document of 10,000 cues, for every caption format: `cargo bench --bench codec`.
#![allow(clippy::expect_used, clippy::arithmetic_side_effects)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::fmt::Write as _;
use zimu::codec::{FORMATS, Format, ReadOptions, WriteOptions, srt};
use zimu::diag::Report;
use zimu::model::Track;
use zimu::source::Source;

fn main() {
    divan::main();
}

const CUES: u32 = 10_000;

/// Plain lines in two scripts, a tag in every seventh cue, a placement in every fiftieth.
fn document() -> String {
    let mut text = String::new();
    for n in 0..CUES {
        let (minute, second) = (n / 20 % 60, n * 3 % 60);
        let (hour, line) =
            (n / 1200, if n % 2 == 0 { "The kettle is on, and so is the radio." } else { "水开了，收音机也开着。" });
        let (open, close) = if n % 7 == 0 { ("<i>", "</i>") } else { ("", "") };
        let place = if n % 50 == 0 { "{\\an8}" } else { "" };
        let times = format!("{hour:02}:{minute:02}:{second:02},000 --> {hour:02}:{minute:02}:{second:02},960");
        let _ = write!(text, "{}\n{times}\n{place}{open}{line}{close}\nSecond line {n}\n\n", n + 1);
    }
    text
}

fn read(format: &Format, source: &Source) -> Track {
    (format.read)(source, &ReadOptions::default(), &mut Report::default()).expect("what was written is read")
}

fn write(format: &Format, track: &Track) -> Vec<u8> {
    format.write(track, &WriteOptions::default(), &mut Report::default()).expect("every track can be written")
}

fn track() -> Track {
    read(&srt::FORMAT, &Source::from_text("bench", document()))
}

fn ids() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|format| format.id)
}

fn format(id: &str) -> &'static Format {
    FORMATS.iter().find(|format| format.id == id).expect("an id of the table")
}

#[divan::bench(args = ids())]
fn reading(bencher: Bencher, id: &str) {
    let text = String::from_utf8(write(format(id), &track())).expect("captions are written in UTF-8");
    let source = Source::from_text("bench", text);
    let bytes = BytesCount::of_str(source.text());
    bencher.counter(bytes).bench_local(|| read(format(id), black_box(&source)));
}

#[divan::bench(args = ids())]
fn writing(bencher: Bencher, id: &str) {
    let track = track();
    let bytes = BytesCount::new(write(format(id), &track).len());
    bencher.counter(bytes).bench_local(|| write(format(id), black_box(&track)));
}
