//! Other times: exact where they can be, and only times change.

use crate::codecs::fixture_bytes;
use proptest::prelude::*;
use zimu::codec::{self, FORMATS, Format};
use zimu::diag::{Report, codes};
use zimu::edit::{BeforeZero, Factor, Mark, Retime, Warp};
use zimu::host::Input;
use zimu::model::{Cue, StyledText, Track};
use zimu::pipeline::{self, Captions, CaptionsOptions};
use zimu::time::{FrameRate, Round, Time, TimeDelta, TimeRange};

fn read(format: &'static Format, bytes: &[u8]) -> Option<Captions> {
    let mut options = CaptionsOptions::default();
    options.from = Some(format);
    options.read.frame_rate = FrameRate::parse("25");
    let input = Input { name: "x".into(), bytes: bytes.to_vec() };
    pipeline::captions(input, &options, &mut Report::default()).ok()
}

fn retime(captions: &mut Captions, retime: &Retime) -> (Vec<u8>, Report) {
    let mut report = Report::default();
    let (bytes, _) = pipeline::retime(captions, retime, &mut report).unwrap();
    (bytes, report)
}

fn of(warp: Warp) -> Retime {
    let mut retime = Retime::default();
    retime.warp = warp;
    retime
}

fn rate(text: &str) -> FrameRate {
    FrameRate::parse(text).unwrap()
}

/// In every format that is written, times go where they are sent, and nothing else changes.
#[test]
fn every_format_is_timed_anew() {
    // Not beyond the hour that a time code's programme starts at.
    let by = TimeDelta::from_seconds(1200);
    for format in FORMATS.iter().filter(|format| format.write.is_some()) {
        for (path, content) in fixture_bytes(format) {
            let name = path.display();
            let Some(mut captions) = read(format, &content) else { continue };
            if codec::native::kind(&captions.source) == Some(codec::native::Kind::Alignment) {
                assert!(pipeline::retime(&mut captions, &of(Warp::shifted(by)), &mut Report::default()).is_err());
                continue;
            }
            let before = captions.track.clone();
            let (bytes, report) = retime(&mut captions, &of(Warp::shifted(by)));
            let rewritten = report.count(codes::edit::REWRITTEN) > 0;
            // A file of a format that is edited in place may be one that cannot be.
            assert!(rewritten || format.splice.is_some(), "{name}");
            let Some(after) = read(format, &bytes) else {
                assert!(before.cues.is_empty(), "{name} is no longer read");
                continue;
            };
            if rewritten {
                continue;
            }
            assert_eq!(after.track.cues.len(), before.cues.len(), "{name}");
            for (old, new) in before.cues.iter().zip(&after.track.cues) {
                let near = |old: Time, new: Time| {
                    (old.max(Time::ZERO - by) + by - new).flicks().abs() <= before.resolution.flicks()
                };
                assert!(near(old.range.start, new.range.start) && near(old.range.end, new.range.end), "{name} {new:?}");
                assert_eq!(old.text.plain, new.text.plain, "{name}");
                assert_eq!((&old.id, &old.placement), (&new.id, &new.placement), "{name}");
                assert!(old.text.shown().zip(new.text.shown()).all(|(old, new)| near(old, new)), "{name}");
            }
        }
    }
}

#[test]
fn rates_are_exact() {
    // Frame 24,000 of 23.976: a thousand and one seconds. At 25: 960.
    let warp = Warp::scaled(Factor::of_rates(rate("23.976"), rate("25")));
    assert_eq!(warp.map(Time::from_seconds(1001)), Time::from_seconds(960));
    let back = Warp::scaled(Factor::of_rates(rate("25"), rate("23.976")));
    assert_eq!(back.map(Time::from_seconds(960)), Time::from_seconds(1001));
    assert_eq!(Factor::parse("25/24").map(Warp::scaled).unwrap().map(Time::from_seconds(24)), Time::from_seconds(25));
    assert_eq!(Factor::parse("104%").map(Warp::scaled).unwrap().map(Time::from_seconds(100)), Time::from_seconds(104));
    for bad in ["0", "-1", "", "1.", ".", "1/0", "x", "1.0000000000000000000001"] {
        assert_eq!(Factor::parse(bad).filter(|_| bad != "1."), None, "{bad}");
    }
}

fn track(ranges: &[(i64, i64)]) -> Track {
    let mut track = Track::default();
    let range = |(a, b): &(i64, i64)| TimeRange::new(Time::from_millis(*a), Time::from_millis(*b));
    track.cues = ranges.iter().map(|both| Cue::new(range(both), StyledText::from("x"))).collect();
    track
}

fn millis(track: &Track) -> Vec<(i64, i64)> {
    let of = |time: Time| time.to_millis(Round::Nearest);
    track.cues.iter().map(|cue| (of(cue.range.start), of(cue.range.end))).collect()
}

fn applied(track: &Track, retime: &Retime) -> Vec<(i64, i64)> {
    millis(&zimu::edit::apply(track, &retime.edits(track).unwrap().edits))
}

#[test]
fn only_what_lies_between_from_and_to_moves() {
    let track = track(&[(0, 900), (1000, 1900), (2000, 2900), (3000, 3900)]);
    let mut retime = of(Warp::shifted(TimeDelta::from_millis(50)));
    (retime.from, retime.to) = (Some(Mark::Cue(2)), Some(Mark::Time(Time::from_millis(3000))));
    assert_eq!(applied(&track, &retime), [(0, 900), (1050, 1950), (2050, 2950), (3000, 3900)]);
    (retime.from, retime.to) = (Some(Mark::Time(Time::from_millis(1001))), Some(Mark::Cue(3)));
    assert_eq!(applied(&track, &retime), [(0, 900), (1000, 1900), (2050, 2950), (3000, 3900)]);
    (retime.from, retime.to) = (Some(Mark::Cue(5)), None);
    assert!(retime.edits(&track).is_err());
}

#[test]
fn before_zero_is_refused_or_cut() {
    let track = track(&[(0, 900), (1000, 1900), (2000, 2900)]);
    let mut retime = of(Warp::shifted(TimeDelta::from_millis(-1200)));
    let error = retime.edits(&track).unwrap_err();
    assert!(error.message().contains("cue 1"), "{error}");
    retime.before_zero = BeforeZero::Cut;
    assert_eq!(applied(&track, &retime), [(0, 700), (800, 1700)]);
    assert_eq!(retime.edits(&track).unwrap().removed, 1);
}

#[test]
fn a_snapped_cue_keeps_a_frame() {
    let track = track(&[(1010, 1025), (1021, 1059)]);
    let mut retime = of(Warp::default());
    retime.snap = Some(rate("25"));
    assert_eq!(applied(&track, &retime), [(1000, 1040), (1040, 1080)]);
}

proptest! {
    #[test]
    fn points_are_met_and_order_is_kept(points in prop::collection::btree_map(0i64..10_000_000, 1i64..100_000, 1..6), times in prop::collection::vec(0i64..20_000_000, 2)) {
        let mut to = 0;
        let points: Vec<(Time, Time)> = points.into_iter().map(|(from, step)| {
            to += step;
            (Time::from_millis(from), Time::from_millis(to))
        }).collect();
        let warp = Warp::through(points.clone()).unwrap();
        for (from, to) in points {
            prop_assert_eq!(warp.map(from), to);
        }
        let (a, b) = (Time::from_millis(times[0].min(times[1])), Time::from_millis(times[0].max(times[1])));
        prop_assert!(warp.map(a) <= warp.map(b));
    }

    #[test]
    fn snapping_twice_is_snapping_once(flicks in 0i64..1 << 50, rate in prop::sample::select(vec!["23.976", "24", "25", "29.97", "30", "59.94"])) {
        let rate = FrameRate::parse(rate).unwrap();
        let once = rate.nearest_frame(Time::from_flicks(flicks));
        prop_assert_eq!(rate.nearest_frame(once), once);
        prop_assert!((once - Time::from_flicks(flicks)).flicks().abs() <= rate.frames(1).flicks() / 2 + 1);
        // Milliseconds are fine enough to find the frame again.
        prop_assert_eq!(rate.nearest_frame(Time::from_millis(once.to_millis(Round::Nearest))), once);
    }
}
