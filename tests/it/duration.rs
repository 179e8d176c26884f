//! Estimated times: every syllable once, in order, the extent filled, anchors exact.

use crate::golden;
use crate::lexicon::transcript;
use proptest::prelude::*;
use std::fmt::Write as _;
use zimu::align::duration::{estimate, natural_length};
use zimu::diag::{Code, Report, codes::align as codes};
use zimu::lexicon::pronounce;
use zimu::model::*;
use zimu::time::{Round, Time, TimeDelta, TimeRange};

fn seconds(start: i64, end: i64) -> TimeRange {
    TimeRange::new(Time::from_seconds(start), Time::from_seconds(end))
}

fn anchor(part: u32, at: u32, millis: i64) -> Anchor {
    Anchor { part, at, time: Time::from_millis(millis) }
}

fn timed(texts: &[(u32, &str)], anchors: Vec<Anchor>, extent: TimeRange) -> (Alignment, Report) {
    let mut transcript = transcript(texts);
    transcript.anchors = anchors;
    let said = pronounce(&transcript);
    let mut report = Report::default();
    let alignment = estimate(transcript, &said, extent, &mut report).unwrap();
    holds(&alignment, &said, extent);
    (alignment, report)
}

/// What holds of every estimate.
fn holds(alignment: &Alignment, said: &Pronunciation, extent: TimeRange) {
    assert_eq!(alignment.extent, extent);
    assert_eq!(alignment.words.len(), said.words.len());
    let mut clock = extent.start;
    for (timing, word) in alignment.words.iter().zip(&said.words) {
        assert_eq!((&timing.word, timing.boundary), (&word.at, word.boundary));
        let range = timing.range.unwrap();
        assert!(clock <= range.start && range.start < range.end && range.end <= extent.end, "{timing:?}");
        assert_eq!(timing.units.len(), word.units.len());
        let mut inside = range.start;
        for (unit, spoken) in timing.units.iter().zip(&word.units) {
            assert_eq!(*unit.sound, *spoken.reading.to_string());
            assert!(unit.range.start == inside && inside < unit.range.end, "{timing:?}");
            inside = unit.range.end;
        }
        assert_eq!(inside, range.end);
        clock = range.end;
    }
    if let Some(last) = alignment.words.last() {
        assert_eq!(last.range.unwrap().end, extent.end);
    }
}

fn start(alignment: &Alignment, word: usize) -> Time {
    alignment.words[word].range.unwrap().start
}

fn codes(report: &Report) -> Vec<Code> {
    report.items().iter().map(|item| item.code).collect()
}

#[test]
fn a_conversation_is_timed_as_the_fixture_says() {
    let text = golden::read("duration/conversation--anchored.txt");
    let lines: Vec<&str> = text.lines().collect();
    let texts: Vec<(u32, &str)> = lines.iter().enumerate().map(|(i, line)| (i as u32, *line)).collect();
    let (alignment, report) = timed(&texts, vec![anchor(2, 0, 10_000)], seconds(1, 22));
    golden::remake("duration/conversation--anchored.times.txt", |_| {
        let mut out = String::new();
        for word in &alignment.words {
            let range = word.range.unwrap();
            let sounds: Vec<&str> = word.units.iter().map(|unit| &*unit.sound).collect();
            let ms = |time: Time| time.to_millis(Round::Nearest);
            writeln!(out, "{:>6} {:>6} {} {}", ms(range.start), ms(range.end), word.how.name(), sounds.join("."))
                .unwrap();
        }
        out
    });
    assert!(report.is_empty(), "{report:?}");
}

#[test]
fn pauses_follow_punctuation_and_turns() {
    let (alignment, _) = timed(&[(0, "他来了，我走。你说、好"), (1, "是")], vec![], seconds(0, 3));
    let gap = |word: usize| start(&alignment, word + 1) - alignment.words[word].range.unwrap().end;
    assert_eq!(gap(0), TimeDelta::ZERO);
    assert!(TimeDelta::ZERO < gap(6) && gap(6) < gap(2), "、 is shorter than ，");
    assert!(gap(2) < gap(4) && gap(4) < gap(7), "， then 。 then a turn");
}

#[test]
fn a_word_at_an_anchor_begins_exactly_there() {
    let texts = [(0, "今天天气很好。"), (1, "明天可能下雨。"), (0, "那就带伞。")];
    let (alignment, report) = timed(&texts, vec![anchor(1, 0, 2_345), anchor(2, 6, 5_000)], seconds(0, 7));
    assert!(report.is_empty(), "{report:?}");
    assert_eq!((start(&alignment, 6), alignment.words[6].how), (Time::from_millis(2_345), Heard::Anchored));
    assert_eq!((start(&alignment, 14), alignment.words[14].how), (Time::from_millis(5_000), Heard::Anchored));
    let anchored = alignment.words.iter().filter(|word| word.how == Heard::Anchored).count();
    assert_eq!(anchored, 2, "the others are estimated");
}

#[test]
fn an_anchor_in_the_punctuation_means_the_next_word() {
    let (alignment, _) = timed(&[(0, "好。“对”")], vec![anchor(0, 3, 500)], seconds(0, 1));
    assert_eq!(start(&alignment, 1), Time::from_millis(500));
}

#[test]
fn anchors_that_do_not_fit_are_reported_and_the_others_kept() {
    let texts = [(0, "一二三四五"), (0, "六七八九十"), (0, "一二三四五"), (0, "六七八九十")];
    let anchors =
        vec![anchor(0, 0, -1), anchor(1, 0, 9_000), anchor(2, 0, 3_000), anchor(3, 0, 4_000), anchor(3, 99, 4_500)];
    let (alignment, report) = timed(&texts, anchors, seconds(0, 6));
    assert_eq!(codes(&report), [codes::ANCHOR_OUTSIDE, codes::ANCHOR_OUTSIDE, codes::ANCHOR_WITHOUT_WORD]);
    assert_eq!(start(&alignment, 10), Time::from_seconds(3));

    let wrong = vec![anchor(1, 0, 5_500), anchor(2, 0, 3_000), anchor(3, 0, 4_000)];
    let (alignment, report) = timed(&texts, wrong, seconds(0, 6));
    assert_eq!(codes(&report), [codes::ANCHOR_OUT_OF_ORDER], "the one that is out of line, not the two after it");
    assert_eq!(start(&alignment, 15), Time::from_seconds(4));
}

#[test]
fn a_rate_that_nobody_talks_at_is_reported() {
    let text = "我们今天谈一谈城市里的树和人。".repeat(4);
    for (end, expected) in [(14, vec![]), (4, vec![codes::RATE_IMPLAUSIBLE])] {
        assert_eq!(codes(&timed(&[(0, &text)], vec![], seconds(0, end)).1), expected, "{end} s");
    }
    let slow = codes(&timed(&[(0, &text)], vec![], seconds(0, 120)).1);
    assert_eq!(slow, [codes::RATE_IMPLAUSIBLE, codes::PAUSES_STRETCHED]);
    // One stretch is hurried although the whole is not.
    let texts = [(0, text.as_str()), (1, text.as_str())];
    let (_, report) = timed(&texts, vec![anchor(1, 0, 3_000)], seconds(0, 18));
    assert_eq!(codes(&report), [codes::RATE_IMPLAUSIBLE]);
    assert_eq!(report.items()[0].at.time, Some(Time::ZERO));
}

#[test]
fn with_far_too_much_time_pauses_grow_and_speech_stays_speech() {
    let (alignment, report) = timed(&[(0, "我来了。你好吗？"), (1, "好。")], vec![], seconds(0, 60));
    assert!(codes(&report).contains(&codes::PAUSES_STRETCHED));
    let longest = alignment.words.iter().map(|word| word.range.unwrap().duration()).max().unwrap();
    assert!(longest < TimeDelta::from_millis(700), "{longest}");
}

#[test]
fn an_extent_without_room_is_refused() {
    let transcript = transcript(&[(0, "好的")]);
    let said = pronounce(&transcript);
    let tiny = TimeRange::new(Time::ZERO, Time::from_flicks(1));
    for extent in [seconds(5, 5), seconds(6, 5), tiny] {
        let error = estimate(transcript.clone(), &said, extent, &mut Report::default()).unwrap_err();
        assert_eq!(error.kind(), zimu::ErrorKind::Usage, "{extent:?}");
    }
    let barely = TimeRange::new(Time::ZERO, Time::from_flicks(2));
    let alignment = estimate(transcript, &said, barely, &mut Report::default()).unwrap();
    holds(&alignment, &said, barely);
}

#[test]
fn nothing_said_takes_no_time() {
    assert_eq!(natural_length(&Pronunciation::default()), TimeDelta::ZERO);
    let (alignment, report) = timed(&[(0, "……")], vec![], seconds(0, 5));
    assert!(alignment.words.is_empty() && report.is_empty());
}

#[test]
fn the_natural_length_is_that_of_ordinary_talk() {
    let said = pronounce(&transcript(&[(0, &"城市里的树让夏天凉快了许多，大家都喜欢。".repeat(20))]));
    let syllables = said.words.iter().map(|word| word.units.len()).sum::<usize>() as f64;
    let rate = syllables / natural_length(&said).as_seconds_f64();
    assert!((3.5..5.5).contains(&rate), "{rate}");
}

fn texts() -> impl Strategy<Value = Vec<(u32, String)>> {
    let text = prop_oneof!["[一-龥，。、]{0,12}", "[a-zA-Z ,.]{0,16}", "[0-9A-Z%.年]{0,8}"];
    prop::collection::vec((0u32..3, text), 0..6)
}

fn borrowed(texts: &[(u32, String)]) -> Vec<(u32, &str)> {
    texts.iter().map(|(turn, text)| (*turn, text.as_str())).collect()
}

proptest! {
    #[test]
    fn any_words_fill_any_extent(texts in texts(), from in -5_000i64..5_000, length in 1i64..2_000_000, flicks in 0i64..705_600) {
        let start = Time::from_millis(from);
        let extent = TimeRange::new(start, start + TimeDelta::from_millis(length) + TimeDelta::from_flicks(flicks));
        timed(&borrowed(&texts), vec![], extent);
    }

    #[test]
    fn anchors_that_are_kept_are_exact(texts in texts(), anchors in prop::collection::vec((0u32..7, 0u32..20, -1_000i64..30_000), 0..6)) {
        let anchors: Vec<Anchor> = anchors.into_iter().map(|(part, at, ms)| anchor(part, at, ms)).collect();
        let given: Vec<Time> = anchors.iter().map(|anchor| anchor.time).collect();
        let (alignment, report) = timed(&borrowed(&texts), anchors, seconds(0, 25));
        let kept: Vec<&WordTiming> = alignment.words.iter().filter(|word| word.how == Heard::Anchored).collect();
        for word in &kept {
            prop_assert!(given.contains(&word.range.unwrap().start));
        }
        let refused = [codes::ANCHOR_OUTSIDE, codes::ANCHOR_WITHOUT_WORD, codes::ANCHOR_OUT_OF_ORDER].map(|code| report.count(code));
        prop_assert!(kept.len() as u64 + refused.iter().sum::<u64>() <= given.len() as u64);
    }

    #[test]
    fn a_longer_extent_makes_no_word_shorter(texts in texts(), length in 100i64..100_000, factor in 1i64..20) {
        let (short, _) = timed(&borrowed(&texts), vec![], TimeRange::new(Time::ZERO, Time::from_millis(length)));
        let (long, _) = timed(&borrowed(&texts), vec![], TimeRange::new(Time::ZERO, Time::from_millis(length * factor)));
        for (a, b) in short.words.iter().zip(&long.words) {
            // A millisecond for the scale's own grain.
            prop_assert!(a.range.unwrap().duration() <= b.range.unwrap().duration() + TimeDelta::from_millis(1));
        }
    }

    #[test]
    fn the_longest_extents_do_not_overflow(texts in texts(), flicks in 1i64 << 40..i64::MAX) {
        timed(&borrowed(&texts), vec![], TimeRange::new(Time::MIN, Time::MIN + TimeDelta::from_flicks(flicks)));
    }
}

/// Recordings with known times, as `make.py` of the shared corpus writes them, in the folder that `ZIMU_CORPUS` names.
#[test]
fn clauses_of_real_recordings_start_about_where_they_are_heard() {
    let Some(folder) = std::env::var_os("ZIMU_CORPUS").map(std::path::PathBuf::from) else {
        eprintln!("skipped: ZIMU_CORPUS names no folder of recordings");
        return;
    };
    for name in ["talk-natural", "talk-clean"] {
        let read = |kind: &str| std::fs::read_to_string(folder.join(format!("{name}.{kind}"))).unwrap();
        let reference: serde_json::Value = serde_json::from_str(&read("ref.json")).unwrap();
        let article = read("txt");
        let mut errors = clause_errors(&reference, &article);
        errors.sort_by(f64::total_cmp);
        let (median, p95) = (errors[errors.len() / 2], errors[errors.len() * 95 / 100]);
        eprintln!("{name}: median {median:.2} s, p95 {p95:.2} s over {} clauses", errors.len());
        assert!(median < 3.0 && p95 < 6.0, "{name}: {median} {p95}");
    }
}

fn clause_errors(reference: &serde_json::Value, article: &str) -> Vec<f64> {
    let speakers: Vec<&str> =
        reference["speakers"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    let said = |line: &'_ str| {
        let label = speakers.iter().find(|name| line.starts_with(**name))?;
        Some(line[label.len()..].trim_start_matches([':', '：']).to_owned())
    };
    let turns: Vec<(u32, String)> =
        article.lines().filter_map(said).zip(0..).map(|(text, turn)| (turn, text)).collect();
    let end = Time::from_seconds_f64(reference["duration"].as_f64().unwrap());
    let (alignment, _) = timed(&borrowed(&turns), vec![], TimeRange::new(Time::ZERO, end));
    let (mut part, mut from) = (0, 0);
    let clauses = reference["clauses"].as_array().unwrap().iter().filter(|clause| clause["spoken"] == true);
    let error = |clause: &serde_json::Value| {
        let text = clause["text"].as_str().unwrap();
        let at = loop {
            match turns[part].1[from..].find(text) {
                Some(at) => break from + at,
                None => (part, from) = (part + 1, 0),
            }
        };
        from = at + text.len();
        let here = |word: &&WordTiming| word.word.part as usize == part && word.word.range.end as usize > at;
        let word = alignment.words.iter().find(here).unwrap();
        (word.range.unwrap().start.as_seconds_f64() - clause["start"].as_f64().unwrap()).abs()
    };
    clauses.map(error).collect()
}
