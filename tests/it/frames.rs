//! Frames in files that count milliseconds, hundredths or frames: a limit that is kept to the frame is never found broken,
//! one that is missed by a frame always is.

use zimu::check::{self, Options};
use zimu::codec::{self, ReadOptions, WriteOptions};
use zimu::diag::{Code, Report, codes::rule};
use zimu::model::{Cue, Track};
use zimu::profile::{self, Profile};
use zimu::source::Source;
use zimu::time::{FrameRate, Time, TimeDelta, TimeRange};

/// Rates, and the least number of frames of a cue at Netflix: 5/6 s.
const RATES: &[(&str, u32)] =
    &[("23.976", 20), ("24", 20), ("25", 21), ("29.97", 25), ("30", 25), ("50", 42), ("59.94", 50), ("60", 50)];
/// Milliseconds, milliseconds, hundredths, frames.
const FORMATS: [&str; 4] = ["srt", "vtt", "ass", "microdvd"];
const CUES: u32 = 500;
/// An hour and a day of film: where roundings differ most from those at the start.
const OFFSETS: [u32; 3] = [0, 86_399, 2_073_613];

/// Cues of `length` frames and `gap` frames between them. From cue to cue the length grows by 0 to 6 frames where `vary`, so
/// that every fraction of a millisecond occurs.
struct Film {
    rate: FrameRate,
    length: u32,
    gap: u32,
    vary: bool,
    offset: u32,
    /// How many thirds of a frame every time is off.
    thirds: i64,
}

impl Film {
    fn track(&self) -> Track {
        let mut track = Track::default();
        let mut at = self.offset;
        let off = TimeDelta::from_flicks(self.rate.frames(1).flicks() / 3 * self.thirds);
        let time = |frame| Time::ZERO + self.rate.frames(frame) + off;
        for n in 0..CUES {
            let end = at + self.length + if self.vary { n * n % 7 } else { 0 };
            track.cues.push(Cue::new(TimeRange::new(time(at), time(end)), if n % 2 == 0 { "one" } else { "two" }));
            at = end + self.gap;
        }
        track
    }

    /// Written and read again.
    fn file(&self, format: &str) -> Track {
        let format = codec::by_id(format).unwrap();
        let mut write = WriteOptions::default();
        write.frame_rate = Some(self.rate);
        let bytes = format.write(&self.track(), &write, &mut Report::default()).unwrap();
        let mut read = ReadOptions::default();
        read.frame_rate = Some(self.rate);
        let source = Source::from_text("film", String::from_utf8(bytes).unwrap());
        (format.read)(&source, &read, &mut Report::default()).unwrap()
    }
}

fn each(mut judge: impl FnMut(FrameRate, u32, &str, u32)) {
    for (name, least) in RATES {
        let rate = FrameRate::parse(name).unwrap();
        for format in FORMATS {
            for offset in OFFSETS {
                judge(rate, *least, format, offset);
            }
        }
    }
}

fn netflix() -> Profile {
    let mut profile = profile::builtin("netflix-en").unwrap();
    profile.set("snap_to_frames", "true").unwrap();
    profile
}

fn count(track: &Track, rate: Option<FrameRate>, profile: &Profile, shots: &[Time], code: Code) -> u64 {
    let mut options = Options::default();
    (options.frame_rate, options.shots) = (rate, shots.to_vec());
    let mut report = Report::default();
    check::check(track, None, profile, &options, &mut report);
    report.count(code)
}

#[test]
fn two_frames_are_a_gap_and_one_is_none() {
    let profile = netflix();
    each(|rate, _, format, offset| {
        let film = |gap| Film { rate, length: 60, gap, vary: true, offset, thirds: 0 }.file(format);
        let found = |gap, code| count(&film(gap), Some(rate), &profile, &[], code);
        let pairs = u64::from(CUES) - 1;
        let what = format!("{rate} {format} from frame {offset}");
        assert_eq!(found(2, rule::GAP), 0, "two frames: {what}");
        assert_eq!(found(2, rule::CHAIN), 0, "two frames: {what}");
        assert_eq!(found(1, rule::GAP), pairs, "one frame: {what}");
        assert_eq!(found(1, rule::OVERLAP), 0, "one frame: {what}");
        assert_eq!(found(3, rule::GAP), 0, "three frames: {what}");
        assert_eq!(found(3, rule::CHAIN), pairs, "three frames: {what}");
        // Half a second is a gap that is meant; a frame less is not, where the file can tell the two apart.
        let half = profile::Length::WholeFrames { time: TimeDelta::from_millis(500), round: zimu::time::Round::Up }
            .frames(rate);
        assert_eq!(found(half, rule::CHAIN), 0, "half a second: {what}");
        let told_apart = rate.frames(half - 1) + TimeDelta::from_millis(20) < TimeDelta::from_millis(500);
        assert!(!told_apart || found(half - 1, rule::CHAIN) == pairs, "half a second less a frame: {what}");
    });
}

#[test]
fn the_least_number_of_frames_is_enough_and_one_fewer_is_not() {
    let profile = netflix();
    each(|rate, least, format, offset| {
        let film = |length| Film { rate, length, gap: 3, vary: false, offset, thirds: 0 }.file(format);
        let what = format!("{rate} {format} from frame {offset}");
        let (enough, few) = (film(least), film(least - 1));
        for known in [Some(rate), enough.frame_rate] {
            assert_eq!(
                count(&enough, known, &profile, &[], rule::MIN_DURATION),
                0,
                "{least} frames: {what}, {known:?}"
            );
            let found = count(&few, known, &profile, &[], rule::MIN_DURATION);
            assert_eq!(found, u64::from(CUES), "{} frames: {what}, {known:?}", least - 1);
        }
    });
}

#[test]
fn the_greatest_number_of_frames_is_not_too_much_and_one_more_is() {
    let profile = netflix();
    each(|rate, _, format, offset| {
        let most = profile.max_duration.as_ref().unwrap().value.frames(rate);
        let film = |length| Film { rate, length, gap: 2, vary: false, offset, thirds: 0 }.file(format);
        let what = format!("{rate} {format} from frame {offset}");
        assert_eq!(count(&film(most), Some(rate), &profile, &[], rule::MAX_DURATION), 0, "{what}");
        // Hundredths tell two times apart that differ by more than two of them: a frame at 59.94 is less.
        if format != "ass" || rate.frames(1) > TimeDelta::from_millis(20) {
            assert_eq!(
                count(&film(most + 1), Some(rate), &profile, &[], rule::MAX_DURATION),
                u64::from(CUES),
                "{what}"
            );
        }
    });
}

/// Without a rate the profile's milliseconds count: two frames at 24 pass, a frame never does.
#[test]
fn without_a_rate_one_frame_is_no_gap() {
    let profile = netflix();
    for (name, _) in RATES {
        let rate = FrameRate::parse(name).unwrap();
        let film = |gap| Film { rate, length: 60, gap, vary: true, offset: 86_399, thirds: 0 }.file("srt");
        assert_eq!(count(&film(1), None, &profile, &[], rule::GAP), u64::from(CUES) - 1, "{rate}");
        if rate.nominal() == 24 {
            assert_eq!(count(&film(2), None, &profile, &[], rule::GAP), 0, "{rate}");
            assert_eq!(count(&film(2), None, &profile, &[], rule::CHAIN), 0, "{rate}");
        }
    }
}

#[test]
fn every_frame_is_a_frame_and_a_third_more_is_none() {
    let profile = netflix();
    each(|rate, _, format, offset| {
        let film = |thirds| Film { rate, length: 33, gap: 2, vary: true, offset, thirds }.file(format);
        let what = format!("{rate} {format} from frame {offset}");
        assert_eq!(count(&film(0), Some(rate), &profile, &[], rule::OFF_FRAME), 0, "{what}");
        // Hundredths cannot say a third of a frame, and what counts frames holds no other times.
        if matches!(format, "srt" | "vtt") {
            assert_eq!(count(&film(1), Some(rate), &profile, &[], rule::OFF_FRAME), 2 * u64::from(CUES), "{what}");
        }
    });
}

#[test]
fn two_frames_before_a_shot_change_are_right_and_one_and_three_are_not() {
    let profile = netflix();
    each(|rate, _, format, offset| {
        // Gaps of three seconds, and a change in the middle of each or near one of its ends.
        let film = Film { rate, length: 60, gap: 3 * rate.nominal(), vary: true, offset, thirds: 0 };
        let (exact, track) = (film.track(), film.file(format));
        let what = format!("{rate} {format} from frame {offset}");
        let (starts, ends) = (exact.cues.iter().map(|c| c.range.start), exact.cues.iter().map(|c| c.range.end));
        let after = |times: &mut dyn Iterator<Item = Time>, frames: i64| -> Vec<Time> {
            times.map(|time| time + TimeDelta::from_flicks(rate.frames(1).flicks() * frames)).collect()
        };
        let all = u64::from(CUES);
        for (frames, expected) in [(2, 0), (1, all), (3, all), (0, all)] {
            let shots = after(&mut ends.clone(), frames);
            assert_eq!(count(&track, Some(rate), &profile, &shots, rule::SHOT_END), expected, "{frames}: {what}");
        }
        for (frames, expected) in [(0, 0), (1, all), (-1, all)] {
            let shots: Vec<Time> = after(&mut starts.clone(), frames);
            assert_eq!(count(&track, Some(rate), &profile, &shots, rule::SHOT_START), expected, "{frames}: {what}");
        }
    });
}
