//! Named times (`--anchor`, times in the article) on recorded sound.

use serde_json::Value;
use std::path::{Path, PathBuf};
use zimu::diag::{Report, codes};
use zimu::host::Input;
use zimu::pipeline::{self, AlignOptions, Aligned, GivenAnchor, Listen};
use zimu::time::{Round, Time};

/// When the three times begin at which the sentence is said, and when what the text has besides does (`fixtures/talk/lake.py`).
const WATER: [i64; 3] = [6_319, 15_344, 24_273];
const MILL: i64 = 400;
const GONE: i64 = 27_531;

/// The text has the sentence once, and nothing of what is said between.
const ARTICLE: &str = "Back to the lake\n\nRunning time: 34 seconds\n\n\
    Berg: Every summer my grandmother took us up to the lake, and on the way she told us about the mill.\n\
    Berg: The water was cold and the stones were round.\n\
    Berg: Years later I went back alone, and the mill was gone.\n";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/talk").join(name)
}

fn anchor(millis: i64, words: &str) -> GivenAnchor {
    GivenAnchor { time: Time::from_millis(millis), words: words.to_owned() }
}

fn aligned(media: &Path, article: &str, anchors: &[GivenAnchor]) -> (Aligned, Report) {
    let mut report = Report::default();
    let mut options = AlignOptions::default();
    options.listen = Some(Listen::to(media));
    options.anchors = anchors.to_vec();
    let input = Input { name: "article.txt".to_owned(), bytes: article.as_bytes().to_vec() };
    (pipeline::align(input, &options, &mut report).unwrap(), report)
}

/// When these words begin, in milliseconds, and how likely that is.
fn start(aligned: &Aligned, words: &str) -> Option<(i64, f32)> {
    let transcript = &aligned.alignment.transcript;
    let (part, at) = transcript
        .utterances()
        .find_map(|(part, utterance)| utterance.text.plain.find(words).map(|at| (part as u32, at as u32)))?;
    let word = aligned.alignment.words.iter().find(|word| word.word.part == part && word.word.range.start == at)?;
    Some(((word.range?.start - Time::ZERO).to_millis(Round::Nearest), word.start_p?))
}

fn near(found: Option<(i64, f32)>, millis: i64, within: i64) {
    assert!(found.is_some_and(|(at, _)| (at - millis).abs() <= within), "{found:?}, not {millis}");
}

#[test]
fn a_named_time_says_which_of_several_is_meant() {
    for wanted in WATER {
        // A full second, as people write it.
        let anchors = [anchor(wanted / 1000 * 1000, "The water")];
        let (aligned, report) = aligned(&fixture("lake--en.ogg"), ARTICLE, &anchors);
        near(start(&aligned, "The water"), wanted, 60);
        near(start(&aligned, "Every summer"), MILL, 60);
        near(start(&aligned, "Years later"), GONE, 60);
        let used = [codes::align::ANCHOR_WITHOUT_ROOM, codes::align::ANCHOR_OUTSIDE, codes::align::ANCHOR_OUT_OF_ORDER];
        assert!(used.iter().all(|code| report.count(*code) == 0), "{report:?}");
    }
}

#[test]
fn a_time_in_the_article_is_a_named_time() {
    let wanted = WATER[1];
    let article = ARTICLE.replace("Berg: The water", &format!("[00:00:{}] Berg: The water", wanted / 1000));
    let (aligned, _) = aligned(&fixture("lake--en.ogg"), &article, &[]);
    assert_eq!(aligned.alignment.transcript.anchors.len(), 1);
    near(start(&aligned, "The water"), wanted, 60);
}

#[test]
fn a_wrong_time_is_believed_and_doubted() {
    // In the middle of the boat.
    let wrong = WATER[1] - 3_000;
    let (aligned, _) = aligned(&fixture("lake--en.ogg"), ARTICLE, &[anchor(wrong, "The water")]);
    let found = start(&aligned, "The water");
    near(found, wrong, 1_550);
    assert!(found.unwrap().1 < 0.9, "{found:?}");
    // What no time is named for stays where it is.
    near(start(&aligned, "Years later"), GONE, 60);
}

#[test]
fn times_between_which_nothing_fits_are_named_and_left() {
    let anchors = [anchor(31_000, "Every summer"), anchor(31_020, "The water"), anchor(31_040, "Years later")];
    let (aligned, report) = aligned(&fixture("lake--en.ogg"), ARTICLE, &anchors);
    assert_eq!(report.count(codes::align::ANCHOR_WITHOUT_ROOM), 3, "{report:?}");
    near(start(&aligned, "Every summer"), MILL, 60);
    near(start(&aligned, "Years later"), GONE, 60);
}

/// A folder with recordings and their references (`talk-clean.flac`, `.ref.json`: real Mandarin of two speakers, joined, with the
/// true start of each clause).
const RECORDINGS: &str = "ZIMU_RECORDINGS";

/// So much of a recording is listened to: unoptimised code takes its time.
const SECONDS: f64 = 60.0;

#[test]
fn real_speech_begins_where_its_named_times_allow() {
    let Some(folder) = std::env::var_os(RECORDINGS).map(PathBuf::from) else {
        eprintln!("skipped: {RECORDINGS} names no folder of recordings");
        return;
    };
    let media = folder.join("talk-clean.flac");
    let reference: Value = serde_json::from_slice(&std::fs::read(folder.join("talk-clean.ref.json")).unwrap()).unwrap();
    let clauses: Vec<(i64, &str)> = reference["clauses"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|clause| clause["end"].as_f64().is_some_and(|end| end < SECONDS))
        .map(|clause| ((clause["start"].as_f64().unwrap() * 1000.0) as i64, clause["text"].as_str().unwrap()))
        .collect();
    assert!(clauses.len() > 12);
    let article = clauses.chunks(2).enumerate().fold("标题\n\n".to_owned(), |article, (turn, pair)| {
        let said: Vec<&str> = pair.iter().map(|(_, text)| *text).collect();
        article + ["甲", "乙"][turn % 2] + "：" + &said.join("，") + "。\n"
    });
    let from = |anchors: &[GivenAnchor]| {
        let mut options = AlignOptions::default();
        options.listen = Some(Listen::to(&media));
        options.end = Some(Time::from_millis((SECONDS * 1000.0) as i64));
        options.anchors = anchors.to_vec();
        let input = Input { name: "article.txt".to_owned(), bytes: article.as_bytes().to_vec() };
        pipeline::align(input, &options, &mut Report::default()).unwrap()
    };
    // Every third clause, to the second.
    let anchors: Vec<_> = clauses.iter().step_by(3).map(|(at, text)| anchor(at / 1000 * 1000, text)).collect();
    let (free, held) = (from(&[]), from(&anchors));
    let good = |aligned: &Aligned| {
        let starts = clauses.iter().filter_map(|(at, text)| start(aligned, text).map(|found| (found.0 - at).abs()));
        starts.filter(|error| *error <= 50).count()
    };
    eprintln!("{} of {} within 50 ms, {} with named times", good(&free), clauses.len(), good(&held));
    assert!(good(&held) >= good(&free) && good(&held) * 100 >= clauses.len() * 93);
    // A clause that is named 20 s late is shown there, and doubted; what is far before it is not moved.
    let third = clauses.len() / 3;
    let (at, text) = clauses[third];
    let wrong = from(&[anchor(at + 20_000, text)]);
    let found = start(&wrong, text);
    near(found, at + 20_000, 1_550);
    assert!(found.unwrap().1 < 0.9, "{found:?}");
    near(start(&wrong, clauses[0].1), clauses[0].0, 100);
}
