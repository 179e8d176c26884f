//! SubRip: what is made of each fixture, and what is written again.

use crate::codecs::{describe_cue, diagnostics, fixtures, read, write};
use crate::golden::golden;
use std::fmt::Write as _;
use zimu::codec::{self, ReadOptions, WriteOptions};
use zimu::diag::{Report, Severity, codes};
use zimu::model::*;
use zimu::source::Source;
use zimu::time::{Time, TimeRange};

#[test]
fn fixtures_read_as_expected() {
    for (path, text) in fixtures(&codec::srt::FORMAT) {
        golden(&path.with_extension("expected"), &description(&text));
    }
}

/// A text as it is understood: cues, diagnostics, and the file written from it.
fn description(text: &str) -> String {
    let source = Source::from_text("fixture", text);
    let mut report = Report::default();
    let track = match (codec::srt::FORMAT.read)(&source, &ReadOptions::default(), &mut report) {
        Ok(track) => track,
        Err(error) => return format!("refused: {error}\n"),
    };
    let mut out = String::new();
    for cue in &track.cues {
        describe_cue(&mut out, cue, &|placement| {
            format!("{:?} {:?} {:?}", placement.line, placement.line_align, placement.align)
        });
    }
    diagnostics(&mut out, "reading", &report, &source);
    let (bytes, losses) = write(&codec::srt::FORMAT, &track);
    diagnostics(&mut out, "writing", &losses, &source);
    let written = String::from_utf8(bytes).unwrap();
    let (again, _) = read(&codec::srt::FORMAT, &written).unwrap();
    let same = if again.same_content(&track) { "the same" } else { "not the same" };
    let _ = write!(out, "---- written; reads back {same}\n{written}");
    out
}

fn track(text: StyledText) -> Track {
    let mut track = Track::default();
    track.cues.push(Cue::new(TimeRange::new(Time::ZERO, Time::from_seconds(1)), text));
    track
}

fn said_by(name: &str, text: &str) -> StyledText {
    let mut text = StyledText::from(text);
    let voice = Voice { name: name.into(), classes: vec![] };
    text.add(Mark::new(0..text.len(), MarkKind::Voice(Box::new(voice))));
    text
}

fn written(track: &Track, labels: Labels) -> (String, Report) {
    let mut options = WriteOptions::default();
    options.labels = labels;
    let mut report = Report::default();
    let bytes = codec::srt::FORMAT.write(track, &options, &mut report).unwrap();
    (String::from_utf8(bytes).unwrap(), report)
}

#[test]
fn speakers_are_named_as_asked() {
    let mut dialogue = track(said_by("主持人", "你好"));
    for (name, text) in [("主持人", "请坐"), ("Ann", "Thanks")] {
        let range = dialogue.cues[0].range;
        dialogue.cues.push(Cue::new(range, said_by(name, text)));
    }
    let texts = |labels| {
        let (file, report) = written(&dialogue, labels);
        let texts: Vec<String> = file.split("\n\n").map(|cue| cue.lines().nth(2).unwrap().to_owned()).collect();
        (texts.join("|"), report.items()[0].severity, report.count(codes::loss::VOICE))
    };
    assert_eq!(texts(Labels::Auto), ("主持人：你好|请坐|Ann: Thanks".into(), Severity::Warning, 1));
    assert_eq!(texts(Labels::OnChange), texts(Labels::Auto));
    assert_eq!(texts(Labels::Always), ("主持人：你好|主持人：请坐|Ann: Thanks".into(), Severity::Warning, 1));
    assert_eq!(texts(Labels::Never), ("你好|请坐|Thanks".into(), Severity::Error, 1));
}

#[test]
fn glosses_and_readings_stand_in_brackets() {
    let mut text = StyledText::from("从idea到字幕");
    let gloss = Gloss { text: "点子".into(), open: "（".into(), close: "）".into(), spoken: Spoken::Term };
    text.add(Mark::new(3..7, MarkKind::Gloss(Box::new(gloss))));
    text.add(Mark::new(3..7, MarkKind::Italic));
    text.add(Mark::new(10..16, MarkKind::Ruby(Box::new(Ruby { text: "zìmù".into() }))));
    let (file, report) = written(&track(text), Labels::Auto);
    assert!(file.contains("\n从<i>idea</i>（点子）到字幕(zìmù)\n"), "{file}");
    assert_eq!((report.count(codes::loss::GLOSS), report.count(codes::loss::RUBY), report.total()), (1, 1, 2));
}

#[test]
fn text_that_would_be_misread_is_guarded_and_said() {
    for (text, shown) in [
        ("<i>x", "<\u{2060}i>x"),
        ("a</b>", "a<\u{2060}/b>"),
        ("{\\an8}x", "{\u{2060}\\an8}x"),
        ("<c>x</c>", "<\u{2060}c>x<\u{2060}/c>"),
        ("a\n00:00:01,000 --> 00:00:02,000", "a\n00:00:01,000 --\u{2060}> 00:00:02,000"),
        ("3 --> 4", "3 --\u{2060}> 4"),
    ] {
        let (file, report) = written(&track(text.into()), Labels::Auto);
        assert_eq!(file, format!("1\n00:00:00,000 --> 00:00:01,000\n{shown}\n"));
        assert_eq!((report.count(codes::loss::MISREAD), report.total()), (1, 1), "{text}");
    }
}

#[test]
fn text_that_is_only_text_is_left_alone() {
    for text in ["1 < 2 & 3", "<love>", "a --> b", "42", "{x}", "--", "&lt;i&gt;", "a\n42\nb", "  two spaces "] {
        let (file, report) = written(&track(text.into()), Labels::Auto);
        assert_eq!(file, format!("1\n00:00:00,000 --> 00:00:01,000\n{text}\n"));
        assert!(report.is_empty(), "{text}");
    }
}

#[test]
fn blank_lines_would_end_the_cue_and_are_left_out() {
    for (text, shown, count) in [("a\n\nb", "a\nb\n", 1u64), ("\n a\n \n", " a\n", 3), ("\n", "", 2)] {
        let (file, report) = written(&track(text.into()), Labels::Auto);
        assert_eq!(file, format!("1\n00:00:00,000 --> 00:00:01,000\n{shown}"));
        assert_eq!(report.count(codes::loss::BLANK_LINE), 1);
        assert_eq!(report.items()[0].args, [("count", count.into())]);
    }
}

#[test]
fn times_are_rounded_to_the_nearest_millisecond_and_said_once() {
    let mut film = track("x".into());
    film.cues[0].range = TimeRange::new(Time::from_units(1, 24).unwrap(), Time::from_units(-1, 24).unwrap());
    film.cues.push(film.cues[0].clone());
    let (file, report) = written(&film, Labels::Auto);
    assert!(file.starts_with("1\n00:00:00,042 --> 00:00:00,000\nx\n\n2\n"), "{file}");
    assert_eq!((report.count(codes::loss::TIME_ROUNDED), report.count(codes::loss::NEGATIVE_TIME)), (1, 2));
}
