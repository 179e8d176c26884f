//! LRC: which lines make a cue, and what comes back of what was written.

use crate::codecs::{read, write};
use zimu::codec::by_id;
use zimu::diag::{Report, codes::loss};
use zimu::model::{Cue, Track};
use zimu::time::{Time, TimeRange};

fn cues(text: &str) -> Vec<(Time, Time, String)> {
    let (track, _) = read(by_id("lrc").unwrap(), text).unwrap();
    track.cues.into_iter().map(|cue| (cue.range.start, cue.range.end, cue.text.plain)).collect()
}

fn cue(start: Time, end: Time, text: &str) -> Cue {
    Cue::new(TimeRange::new(start, end), text.to_owned())
}

/// Writes and reads again: the texts, and what was said.
fn round(cues: Vec<Cue>) -> (Vec<String>, Report) {
    let format = by_id("lrc").unwrap();
    let mut track = Track::default();
    track.cues = cues;
    let (bytes, report) = write(format, &track);
    let (again, _) = read(format, bytes).expect("what was written is read");
    (again.cues.into_iter().map(|cue| cue.text.plain).collect(), report)
}

#[test]
fn a_translation_joins_a_line_with_word_times() {
    let second = Time::from_millis;
    let expected = [(second(1000), second(2000), "I asked\n我问".to_owned())];
    assert_eq!(cues("[00:01.00]<00:01.00>I <00:01.50>asked<00:02.00>\n[00:01.00]我问\n[00:04.00]\n"), expected);
}

#[test]
fn lines_of_one_time_are_one_cue_whatever_stands_between() {
    let texts = |text: &str| cues(text).into_iter().map(|(_, end, text)| (end, text)).collect::<Vec<_>>();
    let expected = [(Time::from_millis(3000), "a\nb".to_owned())];
    assert_eq!(texts("[00:01.00]a\n[00:01.00]\n[00:01.00]b\n[00:03.00]\n"), expected);
    assert_eq!(texts("[00:01.00]a\n[00:03.00]\n[00:01.00]b\n"), expected);
}

#[test]
fn far_times_are_read_again() {
    let hours = |hours: i64| Time::from_seconds(hours * 3600);
    let (texts, report) =
        round(vec![cue(hours(20_000), hours(20_001), "far"), cue(hours(1_000_000), hours(1_000_001), "off")]);
    assert_eq!(texts, ["far", "off"]);
    assert!(report.is_empty(), "{report:?}");
}

#[test]
fn a_cue_that_shows_nothing_is_named() {
    let at = |second: i64| Time::from_seconds(second);
    for nothing in ["", " ", "\u{FEFF}", "\u{FEFF}\t\n\u{3000}\u{FEFF}"] {
        let (texts, report) = round(vec![cue(at(1), at(2), nothing), cue(at(3), at(4), "b\u{FEFF}")]);
        assert_eq!(texts, ["b"], "{nothing:?}");
        assert_eq!((report.count(loss::CUE), report.count(loss::EDGE_SPACE) > 0), (1, true), "{nothing:?}");
    }
}

#[test]
fn cues_of_one_time_are_joined_and_named() {
    let at = |second: i64| Time::from_seconds(second);
    let all = vec![cue(at(5), at(6), "a"), cue(at(3), at(4), "b"), cue(at(5), at(7), "c")];
    let (texts, report) = round(all);
    assert_eq!(texts, ["b", "a\nc"]);
    assert_eq!((report.count(loss::CUE_JOINED), report.count(loss::ORDER)), (1, 1));
}

#[test]
fn a_time_inside_a_line_is_text() {
    let at = |second: i64| Time::from_seconds(second);
    let (texts, report) = round(vec![cue(at(1), at(2), "at [00:03.00] sharp"), cue(at(4), at(5), " [00:03.00]x")]);
    assert_eq!(texts, ["at [00:03.00] sharp", "[\u{2060}00:03.00]x"]);
    assert_eq!(report.count(loss::MISREAD), 1);
}
