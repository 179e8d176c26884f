//! The check stage alone, by rules that need no dictionary: `cargo bench --bench check`. Counted are the bytes of the cues'
//! text; reading the file is not part of it.
#![allow(clippy::expect_used, clippy::arithmetic_side_effects, clippy::indexing_slicing)]

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use zimu::check::{self, Options};
use zimu::diag::Report;
use zimu::model::{Cue, Track};
use zimu::profile;
use zimu::time::{FrameRate, Time, TimeDelta, TimeRange};

fn main() {
    divan::main();
}

const CUES: i64 = 50_000;

/// Profile and texts: plain, as most captions are; two lines in every fourth cue would need the dictionary that judges
/// breaks, and are left out.
const KINDS: &[(&str, &str, &[&str])] = &[
    (
        "ascii",
        "netflix-en",
        &[
            "The kettle is on, and so is the radio.",
            "Most of the neighbours were asleep.",
            "What did she say about it then?",
            "We could walk there on Sunday, you know.",
        ],
    ),
    (
        "cjk",
        "netflix-zh-hans",
        &[
            "水开了 收音机也开着 都听见了",
            "那天夜里邻居们都睡了",
            "她后来是怎么说的呢 你还记得吗？",
            "星期天可以走过去看看那座老房子",
        ],
    ),
    (
        "cjk-marks",
        "default-zh",
        &["水开了，收音机也开着。", "那天夜里，邻居们都睡了。", "她后来是怎么说的呢？", "星期天，可以走过去看看。"],
    ),
];

fn track(texts: &[&str]) -> Track {
    let mut track = Track::default();
    for i in 0..CUES {
        let start = Time::from_millis(i * 6_000);
        let text = texts[usize::try_from(i).expect("positive") % texts.len()];
        track.cues.push(Cue::new(TimeRange::new(start, start + TimeDelta::from_millis(4_000)), text));
    }
    track
}

fn names() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(name, ..)| *name)
}

#[divan::bench(args = names())]
fn checking(bencher: Bencher, kind: &str) {
    let (_, id, texts) = KINDS.iter().find(|(name, ..)| *name == kind).expect("one of them");
    let (track, profile) = (track(texts), profile::builtin(id).expect("it is there"));
    let bytes: usize = track.cues.iter().map(|cue| cue.text.plain.len()).sum();
    let mut options = Options::default();
    options.frame_rate = FrameRate::new(25, 1);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let mut report = Report::default();
        check::check(black_box(&track), None, &profile, &options, &mut report);
        assert!(report.is_empty(), "{:?}", report.items().first());
    });
}
