//! Articles to transcripts: fixtures with dumps, hostile inputs, properties.

use proptest::prelude::*;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use zimu::diag::{Report, Severity};
use zimu::model::{MarkKind, PartKind, Reason, Spoken, Transcript};
use zimu::parse::Document;
use zimu::source::Source;
use zimu::time::TimeDelta;
use zimu::transcript::{Options, describe, read};

fn document(text: &str) -> Document {
    Document { source: Source::from_text("article", text), speakers: Vec::new(), omitted: Vec::new() }
}

fn understood(text: &str, options: &Options) -> (Transcript, Report) {
    let mut report = Report::default();
    let transcript = read(&document(text), options, &mut report).unwrap();
    holds(&transcript, text);
    (transcript, report)
}

/// What is true of every transcript: the parts are the text, marks lie within it, glosses are not part of it.
fn holds(transcript: &Transcript, text: &str) {
    let whole: String = transcript.parts.iter().map(|part| part.source.as_str()).collect();
    assert!(whole == text, "the parts are not the text");
    assert!(transcript.parts.iter().all(|part| !part.source.is_empty()));
    for (_, utterance) in transcript.utterances() {
        let plain = &utterance.text.plain;
        assert_eq!(plain.trim(), plain);
        assert!(!plain.is_empty() && !plain.contains('\n'));
        let mut floor = 0;
        for mark in &utterance.text.marks {
            assert!(plain.get(mark.bytes()).is_some(), "{mark:?} in {plain:?}");
            if let MarkKind::Gloss(_) = &mark.kind {
                assert!(mark.range.start >= floor && !mark.range.is_empty(), "{mark:?} in {plain:?}");
                floor = mark.range.end;
            }
        }
    }
    assert!(transcript.anchors.windows(2).all(|pair| pair[0].time < pair[1].time));
    for anchor in &transcript.anchors {
        let plain = &transcript.utterance(anchor.part).unwrap().text.plain;
        assert!(plain.is_char_boundary(anchor.at as usize));
    }
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/article").join(name)
}

/// One line a part (layout left out), then anchors, running time and the report.
fn dump(transcript: &Transcript, report: &Report) -> String {
    let mut out = String::new();
    for part in &transcript.parts {
        match &part.kind {
            PartKind::Unspoken(Reason::Layout) => {}
            PartKind::Unspoken(reason) => writeln!(out, "{} | {}", reason.name(), part.source.trim()).unwrap(),
            PartKind::Utterance(utterance) => {
                let speaker = transcript.speaker_of(utterance).unwrap_or("-");
                writeln!(out, "{} {speaker} | {}", utterance.turn, marked(&utterance.text)).unwrap();
            }
        }
    }
    for anchor in &transcript.anchors {
        writeln!(out, "anchor | {} part {} at {}", anchor.time, anchor.part, anchor.at).unwrap();
    }
    for speaker in &transcript.speakers {
        writeln!(out, "speaker | {} = {}", speaker.name, speaker.labels.join(" / ")).unwrap();
    }
    let runtime = transcript.runtime.as_ref().map_or("-".to_owned(), |runtime| runtime.length.to_string());
    writeln!(out, "runtime | {runtime}").unwrap();
    writeln!(out, "lang | {}", transcript.lang.as_ref().map_or("-", |lang| lang.as_str())).unwrap();
    for item in report.items() {
        writeln!(out, "{} | {}", item.code.row().id, item.message(zimu::diag::Lang::En)).unwrap();
    }
    out
}

/// The text with `{term=gloss}` and `{-(laughs)}`.
fn marked(text: &zimu::model::StyledText) -> String {
    let mut out = String::new();
    let mut at = 0;
    for mark in &text.marks {
        out.push_str(&text.plain[at..mark.range.start as usize]);
        at = mark.range.end as usize;
        match &mark.kind {
            MarkKind::Gloss(gloss) => write!(out, "{{{}={}}}", &text.plain[mark.bytes()], gloss.text).unwrap(),
            MarkKind::Unsaid(unsaid) => write!(out, "{{-{}}}", unsaid.text).unwrap(),
            other => panic!("{other:?}"),
        }
    }
    out + &text.plain[at..]
}

#[test]
fn fixtures_are_understood_as_their_dumps_say() {
    let mut seen = 0;
    for entry in std::fs::read_dir(path("")).unwrap() {
        let file = entry.unwrap().path();
        if !matches!(file.extension().and_then(|e| e.to_str()), Some("txt" | "md")) {
            continue;
        }
        seen += 1;
        let text = std::fs::read_to_string(&file).unwrap();
        let (transcript, report) = understood(&text, &Options::default());
        let found = dump(&transcript, &report);
        let golden = file.with_extension("dump");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&golden, &found).unwrap();
        }
        let expected = std::fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(found, expected, "{}", file.display());
    }
    assert!(seen >= 0);
}

/// The main job: a real interview, not part of this repository.
#[test]
fn the_article_is_understood() {
    let Some(file) = std::env::var_os("ZIMU_ARTICLE") else {
        eprintln!("skipped: ZIMU_ARTICLE names no article");
        return;
    };
    let text = std::fs::read_to_string(file).unwrap();
    let (transcript, report) = understood(&text, &Options::default());
    eprintln!("{}\n{}", describe(&transcript, zimu::diag::Lang::Zh), dump(&transcript, &report));
    assert_eq!(transcript.turns(), 22);
    let by = |speaker| transcript.utterances().filter(|(_, u)| u.speaker == Some(speaker)).count();
    assert_eq!((by(0), by(1)), (11, 11));
    let names: Vec<_> = transcript.speakers.iter().map(|s| s.name.as_str()).collect();
    assert_eq!(names, ["主持人", "戴国浩"]);
    assert_eq!(transcript.runtime.as_ref().map(|r| r.length), Some(TimeDelta::from_seconds(359)));
    let marks = transcript.utterances().flat_map(|(_, u)| u.text.marks.iter().map(move |m| &u.text.plain[m.bytes()]));
    assert_eq!(marks.collect::<Vec<_>>(), ["idea", "paper", "demo", "products", "industry"]);
    let unspoken = transcript.parts.iter().filter_map(|part| match part.kind {
        PartKind::Unspoken(Reason::Layout | Reason::Label) | PartKind::Utterance(_) => None,
        PartKind::Unspoken(reason) => Some(reason),
    });
    let (lead, credit) = (Reason::Lead, Reason::Credit);
    assert_eq!(unspoken.collect::<Vec<_>>(), [Reason::Headline, lead, lead, Reason::Metadata, credit, credit]);
    assert_eq!(report.worst(), None);
}
