//! SCC: what is made of each fixture, and when captions are sent.

use crate::arbitrary;
use crate::codecs::{as_programme, cases, fixture_bytes, read, through, write};
use crate::golden::golden;
use crate::services::description;
use proptest::prelude::*;
use zimu::codec::{ReadOptions, WriteOptions, scc::FORMAT};
use zimu::diag::{Report, codes};
use zimu::model::*;
use zimu::source::Source;
use zimu::time::{FrameRate, Time, TimeDelta, TimeRange, Timecode};

#[test]
fn fixtures_read_as_expected() {
    for (path, bytes) in fixture_bytes(&FORMAT) {
        golden(&path.with_extension("golden"), &description(&FORMAT, &String::from_utf8(bytes).unwrap()));
    }
}

fn rate() -> FrameRate {
    FrameRate::parse("29.97").unwrap()
}

fn frames(count: u32) -> Time {
    Time::ZERO + rate().frames(count)
}

/// A track of captions at these frames.
fn track(cues: &[(u32, u32, &str)]) -> Track {
    let mut track = Track::default();
    track.frame_rate = Some(rate());
    let cue = |(start, end, text): &(u32, u32, &str)| Cue::new(TimeRange::new(frames(*start), frames(*end)), *text);
    track.cues = cues.iter().map(cue).collect();
    track
}

fn again(track: &Track) -> (Track, Report) {
    let (bytes, report) = write(&FORMAT, track);
    (read(&FORMAT, bytes).unwrap().0, report)
}

/// Every distance of three captions: those with time enough come back to the frame, the rest is named with its frames.
#[test]
fn captions_appear_on_their_frames_or_are_named() {
    for gap in 0..40 {
        for length in 1..40 {
            let first = 200;
            let second = first + length + gap;
            let track =
                track(&[(first, first + length, "First"), (second, second + 30, "Second"), (900, 950, "Third")]);
            let (again, report) = again(&track);
            if report.is_empty() {
                assert!(again.same_content(&track), "gap {gap} length {length}");
                continue;
            }
            assert_eq!(again.cues.len(), 3);
            // The words of the second: 10 of codes, 4 of text (an indent has a tab), and the first's two to show it.
            let late = report.count(codes::loss::LATE);
            assert_eq!((report.total(), late), (1, 1), "gap {gap} length {length}: {:?}", report.items());
            let by = again.cues[1].range.start - track.cues[1].range.start;
            let named = &report.items()[0].args;
            assert!((1..20).any(|n| by == rate().frames(n) && named[0].1 == u64::from(n).into()), "{named:?} {by:?}");
            assert_eq!(again.cues[0].range, track.cues[0].range);
            assert!(length + gap < 20, "gap {gap} length {length} is time enough");
        }
    }
}

#[test]
fn the_start_time_code_is_written_and_read() {
    for (code, drop) in [("01:00:00:00", false), ("10:00:00;00", true)] {
        let mut track = track(&[(0, 60, "At once"), (100, 160, "Later")]);
        track.start_timecode = Timecode::parse(code);
        let (bytes, report) = write(&FORMAT, &track);
        assert!(report.is_empty(), "{:?}", report.items());
        let text = String::from_utf8(bytes).unwrap();
        // Sent ahead of the hour.
        let ahead = if code.starts_with('0') { "00:59:59" } else { "09:59:59" };
        assert!(text.contains(&format!("\n{ahead}{}", if drop { ';' } else { ':' })), "{text}");
        assert!(read(&FORMAT, text).unwrap().0.same_content(&track));
    }
    // What is asked for goes before the track's own.
    let mut options = WriteOptions::default();
    options.start_timecode = Timecode::parse("02:00:00;00");
    let bytes = FORMAT.write(&track(&[(30, 60, "x")]), &options, &mut Report::default()).unwrap();
    assert_eq!(read(&FORMAT, bytes).unwrap().0.start_timecode, options.start_timecode);
    // A start that nothing says is named.
    let mut odd = track(&[(100_000, 110_000, "x")]);
    odd.start_timecode = Timecode::parse("01:30:00;00");
    assert_eq!(again(&odd).1.count(codes::loss::START_GUESSED), 1);
}

#[test]
fn thirty_frames_are_thirty_frames() {
    let text =
        "Scenarist_SCC V1.0\n\n00:00:10:00\t942f 942f\n\n00:00:01:00\t9420 94ae 9470 c1c2 942f\n\n00:00:02:00\t942c\n";
    let mut options = ReadOptions::default();
    options.frame_rate = FrameRate::new(30, 1);
    let source = Source::from_text("x.scc", text);
    let track = (FORMAT.read)(&source, &options, &mut Report::default()).unwrap();
    assert_eq!(track.cues[0].range.end, Time::from_seconds(2));
    assert_eq!(track.cues[0].range.start, Time::from_seconds(1) + TimeDelta::from_units(4, 30).unwrap());
}

#[test]
fn long_lines_are_broken_and_rows_beyond_four_are_named() {
    let long = "Twelve words are far too many for one row of this screen, aren’t they? ".repeat(2);
    let (read, report) = again(&track(&[(300, 400, long.trim())]));
    let lines: Vec<&str> = read.cues[0].text.plain.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(lines.iter().all(|line| line.chars().count() <= 32), "{lines:?}");
    assert_eq!((report.count(codes::loss::WRAPPED), report.count(codes::loss::ROWS_CUT)), (1, 1));
    // Not a word is cut in silence: what is read and what is named are the text.
    let named = format!("{:?}", report.items());
    assert!(long.split(' ').all(|word| read.cues[0].text.plain.contains(word) || named.contains(word)), "{named}");
}

#[test]
fn letters_without_a_code_are_named() {
    let (read, report) = again(&track(&[(300, 400, "Škoda… 字")]));
    assert_eq!(read.cues[0].text.plain, "Skoda... ?");
    assert_eq!((report.count(codes::loss::LETTERS_REPLACED), report.count(codes::loss::LETTERS_LOST)), (1, 1));
}

#[test]
fn overlapping_cues_are_named() {
    let (read, report) = again(&track(&[(300, 500, "One"), (400, 450, "Two")]));
    assert_eq!(report.count(codes::loss::CUT_SHORT), 1);
    assert_eq!(read.cues[0].range.end, frames(400));
    assert_eq!(read.cues[1].range, TimeRange::new(frames(400), frames(450)));
}

/// The table of the file: odd parity, every control code twice.
#[test]
fn words_have_odd_parity() {
    let (bytes, _) = write(&FORMAT, &track(&[(300, 400, "Ça va ñ ¡sí! ♪"), (600, 640, "Ok")]));
    let text = String::from_utf8(bytes).unwrap();
    let words: Vec<u16> = text
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(_, words)| words.split(' ').map(|word| u16::from_str_radix(word, 16).unwrap()))
        .collect();
    assert!(words.iter().flat_map(|word| word.to_be_bytes()).all(|b| b.count_ones() % 2 == 1));
    let mut i = 0;
    while i < words.len() {
        if matches!(words[i].to_be_bytes()[0] & 0x7F, 0x10..=0x1F) {
            assert_eq!(words.get(i + 1), Some(&words[i]), "{:04x}\n{text}", words[i]);
            i += 1;
        }
        i += 1;
    }
}

proptest! {
    #![proptest_config(cases())]

    /// The property that holds of every format, for tracks that line 21 can mostly hold.
    #[test]
    fn nothing_of_a_programme_is_lost_in_silence(track in arbitrary::track()) {
        let track = as_programme(&track);
        if let Some((text, again)) = through(&FORMAT, &track) {
            prop_assert!(again.same_content(&track), "{track:#?}\n{text}\n{again:#?}");
        }
    }
}
