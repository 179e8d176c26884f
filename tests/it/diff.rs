//! What changed between two files, as a person would say it.

use crate::golden::golden;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use zimu::diag::{CueEdit, Edits, Lang, render::Style};
use zimu::diff::{ChangeKind, Diff, DiffOptions, diff, render};
use zimu::edit;
use zimu::host::Input;
use zimu::model::{Cue, Track};
use zimu::pipeline::{self, CaptionsOptions};
use zimu::time::{Time, TimeDelta, TimeRange};

/// The pairs of fixtures: `name.a.…` and `name.b.…`.
fn pairs() -> Vec<(PathBuf, PathBuf)> {
    let mut paths: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in std::fs::read_dir("fixtures/diff").unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if path.extension().is_some_and(|e| e != "expected" && e != "html") {
            paths.entry(name.split('.').next().unwrap().to_owned()).or_default().push(path);
        }
    }
    let pair = |mut both: Vec<PathBuf>| {
        both.sort_by_key(|path| path.to_str().unwrap().contains(".b."));
        let [a, b] = both.try_into().unwrap();
        (a, b)
    };
    paths.into_values().map(pair).collect()
}

fn of_files(a: &Path, b: &Path) -> Diff {
    let input = |path: &Path| Input { name: path.display().to_string(), bytes: std::fs::read(path).unwrap() };
    pipeline::diff_files(input(a), input(b), &CaptionsOptions::default(), &DiffOptions::default()).unwrap()
}

#[test]
fn fixtures_differ_as_expected() {
    for (a, b) in pairs() {
        let names = render::Names { a: "a", b: "b" };
        let mut out = String::new();
        for (from, to, lang) in [(&a, &b, Lang::En), (&b, &a, Lang::Zh)] {
            let found = of_files(from, to);
            out.push_str(&render::text(&found, names, &Style { lang, color: false }));
            out.push_str(&format!("{}\n\n", render::summary(&found, lang)));
        }
        out.push_str(&format!("{:#}\n", render::json(&of_files(&a, &b), names)));
        let stem = a.to_str().unwrap().split(".a.").next().unwrap().to_owned();
        golden(Path::new(&format!("{stem}.expected")), &out);
        if stem.ends_with("everything") {
            let page = render::html(&of_files(&a, &b), render::Names { a: "<a>", b: "b" }, Lang::En);
            golden(Path::new(&format!("{stem}.html")), &page);
        }
    }
}

#[test]
fn a_terminal_sees_colours_and_no_controls() {
    let cue = |text: &str| Cue::new(TimeRange::new(Time::ZERO, Time::from_seconds(1)), text);
    let (mut a, mut b) = (Track::default(), Track::default());
    (a.cues, b.cues) = (vec![cue("one \u{1b}[2J two")], vec![cue("one \u{1b}[2J three")]);
    let found = diff(&a, &b, &DiffOptions::default());
    let out = render::text(&found, render::Names { a: "a", b: "b" }, &Style { lang: Lang::En, color: true });
    assert!(out.contains("\u{1b}[31mtwo\u{1b}[0m\u{1b}[32mthree\u{1b}[0m"), "{out:?}");
    assert!(!out.contains("\u{1b}[2J"), "{out:?}");
}

/// Tracks of few words, so that texts repeat.
fn tracks() -> impl Strategy<Value = Track> {
    let word = prop::sample::select(&["one", "two", "三", "four five", "六七", "", "yes"][..]);
    let cue = (prop::collection::vec(word, 1..4), 0i64..3000, 1i64..4000);
    prop::collection::vec(cue, 0..40).prop_map(|cues| {
        let mut track = Track::default();
        let mut now = 0;
        for (words, gap, length) in cues {
            let range = TimeRange::new(Time::from_millis(now + gap), Time::from_millis(now + gap + length));
            now += gap + length;
            track.cues.push(Cue::new(range, words.join(" ")));
        }
        track
    })
}

fn found(a: &Track, b: &Track) -> Diff {
    diff(a, b, &DiffOptions::default())
}

fn shifted(track: &Track, by: TimeDelta) -> Track {
    let mut track = track.clone();
    track.cues.iter_mut().for_each(|cue| cue.range = TimeRange::new(cue.range.start + by, cue.range.end + by));
    track
}

proptest! {
    #[test]
    fn a_file_is_the_same_as_itself(track in tracks(), jitter in -10i64..=10) {
        prop_assert!(found(&track, &track).is_empty());
        prop_assert!(found(&track, &shifted(&track, TimeDelta::from_millis(jitter))).is_empty());
    }

    #[test]
    fn a_shift_of_all_is_one_statement(track in tracks(), by in 11i64..100_000, back in any::<bool>()) {
        prop_assume!(track.cues.len() > 1);
        let by = TimeDelta::from_millis(if back { -by } else { by });
        let changes = found(&track, &shifted(&track, by)).changes;
        prop_assert_eq!(changes.len(), 1, "{:?}", changes);
        prop_assert_eq!(&changes[0].kind, &ChangeKind::Shifted { by, all: true });
    }

    #[test]
    fn every_cue_is_accounted_for(a in tracks(), b in tracks()) {
        let found = found(&a, &b);
        let mut count = a.cues.len();
        for change in &found.changes {
            let times = matches!(change.kind, ChangeKind::Shifted { .. } | ChangeKind::Stretched { .. } | ChangeKind::Moved { .. } | ChangeKind::Retimed { .. });
            if !times {
                prop_assert!(change.a.end <= a.cues.len() && change.b.end <= b.cues.len());
                count = count + change.b.len() - change.a.len();
            }
        }
        // What was carried is in both files.
        prop_assert_eq!(count, b.cues.len(), "{:?}", found);
    }

    #[test]
    fn what_is_edited_is_found(count in 3usize..30, removed in any::<prop::sample::Index>(), reworded in any::<prop::sample::Index>(), moved in any::<prop::sample::Index>()) {
        let mut track = Track::default();
        for n in 0..count {
            let start = Time::from_seconds(n as i64 * 5);
            track.cues.push(Cue::new(TimeRange::new(start, start + TimeDelta::from_seconds(3)), format!("This is number {n} of them")));
        }
        let (removed, reworded, moved) = (removed.index(count) as u32, reworded.index(count) as u32, moved.index(count) as u32);
        let mut edits = Edits::default();
        edits.add(&[CueEdit::Remove { cue: removed }]);
        let words = edits.add(&[CueEdit::Replace { cue: reworded, range: 0..4, with: "That".into() }]);
        let start = track.cues[moved as usize].range.start;
        let times = edits.add(&[CueEdit::Start { cue: moved, to: start + TimeDelta::from_millis(500) }]);
        let counts = found(&track, &edit::apply(&track, &edits)).counts();
        let count = |name| counts.iter().find(|(kind, _)| *kind == name).map_or(0, |(_, n)| *n);
        prop_assert_eq!((count("removed"), count("re-worded"), count("re-timed")), (1, usize::from(words), usize::from(times)), "{:?}", counts);
        prop_assert_eq!(counts.len(), 1 + usize::from(words) + usize::from(times));
    }
}

/// Each aspect is left out where it is not asked for, and alone where the others are not.
#[test]
fn looks_are_compared_as_far_as_asked() {
    let read = |name: &str| {
        let input = Input { name: name.to_owned(), bytes: std::fs::read(name).unwrap() };
        pipeline::captions(input, &CaptionsOptions::default(), &mut Default::default()).unwrap().track
    };
    let (a, b) = (read("fixtures/diff/look.a.vtt"), read("fixtures/diff/look.b.vtt"));
    let kinds = |asked: [bool; 3]| {
        let mut options = DiffOptions::default();
        [options.speaker, options.style, options.placement] = asked;
        let found = diff(&a, &b, &options).counts();
        ["speaker", "styled", "placed"].map(|name| found.iter().any(|(kind, _)| *kind == name))
    };
    for asked in [[true; 3], [false; 3], [true, false, false], [false, true, false], [false, false, true]] {
        assert_eq!(kinds(asked), asked);
    }
}

#[test]
fn long_files_that_repeat_themselves_take_no_long() {
    let track = |text: &dyn Fn(i64) -> String| {
        let mut track = Track::default();
        for n in 0..20_000 {
            let start = Time::from_seconds(n);
            track.cues.push(Cue::new(TimeRange::new(start, start + TimeDelta::from_millis(900)), text(n)));
        }
        track
    };
    let (same, two) = (track(&|_| "嗯。".into()), track(&|n| if n % 2 == 0 { "嗯。".into() } else { "好。".into() }));
    let (unique, other) = (track(&|n| format!("a {n}")), track(&|n| format!("b {}", n * 7)));
    let began = std::time::Instant::now();
    for (a, b) in [(&same, &two), (&two, &same), (&same, &unique), (&unique, &other), (&unique, &same)] {
        assert!(!found(a, b).is_empty());
    }
    assert!(began.elapsed().as_secs() < 60, "{:?}", began.elapsed());
}
