//! The native format: nothing is lost, edits by hand survive, and what is wrong is said with its place.

use proptest::prelude::*;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use zimu::codec::native::{self, Kind};
use zimu::codec::{FORMATS, ReadOptions, WriteOptions};
use zimu::diag::{Lang, Report, Severity, codes, render};
use zimu::lang::LangTag;
use zimu::model::*;
use zimu::source::Source;
use zimu::time::{Time, TimeDelta, TimeRange};
use zimu::{ErrorKind, Result};

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn write(track: &Track) -> String {
    text((native::FORMAT.write)(track, &WriteOptions::default(), &mut Report::default()).unwrap())
}

fn read(json: &str, report: &mut Report) -> Result<Track> {
    (native::FORMAT.read)(&Source::from_text("t.json", json), &ReadOptions::default(), report)
}

/// A file read and written again, whatever it holds.
fn again(source: &Source, report: &mut Report) -> Result<String> {
    match native::kind(source) {
        Some(Kind::Transcript) => native::read_transcript(source, report).map(|t| text(native::write_transcript(&t))),
        Some(Kind::Alignment) => {
            let alignment = native::read_alignment(source, report)?;
            let track = (native::FORMAT.read)(source, &ReadOptions::default(), report).ok();
            Ok(text(native::write_alignment(&alignment, track.as_ref())))
        }
        Some(Kind::Track) | None => {
            (native::FORMAT.read)(source, &ReadOptions::default(), report).map(|track| write(&track))
        }
    }
}

fn transcript(json: &str, report: &mut Report) -> Transcript {
    native::read_transcript(&Source::from_text("t.json", json), report).unwrap()
}

/// What reading says of each fixture, and what is written of it, stand beside it in a `.golden` file.
#[test]
fn fixtures_read_as_their_golden_files_say() {
    let mut differing = Vec::new();
    let mut paths: Vec<_> = fs::read_dir("fixtures/json").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|e| e == "json")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let source = Source::from_text(&*name, fs::read_to_string(path).unwrap());
        let mut report = Report::default();
        let mut golden = String::new();
        let written = again(&source, &mut report);
        golden.push_str(&render::text(&report, Some(&source), &render::Style::default()));
        match &written {
            Ok(written) if written == source.text() => golden.push_str("(written as it was)\n"),
            Ok(written) => golden.push_str(written),
            Err(error) => writeln!(golden, "error: {error}").unwrap(),
        }
        assert!(name.starts_with("bad-") || written.is_ok(), "{name}: {golden}");
        if !same_as_file(&path.with_extension("golden"), &golden) {
            differing.push(name);
        }
    }
    assert!(differing.is_empty(), "{differing:?} differ from their .golden files; BLESS=1 rewrites them");
}

/// Compares with a file, or writes it under `BLESS=1`.
fn same_as_file(path: &Path, content: &str) -> bool {
    if std::env::var_os("BLESS").is_some() {
        fs::write(path, content).unwrap();
    }
    fs::read_to_string(path).unwrap_or_default() == content
}

/// Every key of extras that a codec uses must be known to the native format.
#[test]
fn fixtures_of_every_format_survive() {
    for format in FORMATS {
        let Ok(folder) = fs::read_dir(format!("fixtures/{}", format.id)) else { continue };
        for path in folder.map(|entry| entry.unwrap().path()) {
            let (Ok(content), mut report) = (fs::read_to_string(&path), Report::default()) else { continue };
            let source = Source::from_text(path.to_string_lossy(), content);
            let Ok(track) = (format.read)(&source, &ReadOptions::default(), &mut report) else { continue };
            let mut report = Report::default();
            let back = read(&write(&track), &mut report).unwrap();
            assert!(
                report.worst() < Some(Severity::Error) && back.same_content(&track),
                "{}: {report:?}",
                path.display()
            );
        }
    }
}

#[test]
fn an_alignment_is_a_track_too() {
    let json = fs::read_to_string("fixtures/json/alignment--with-cues.json").unwrap();
    let track = read(&json, &mut Report::default()).unwrap();
    assert_eq!(track.cues.len(), 1);
    assert_eq!(track.notes.len(), 1);
    assert_eq!(track.cues[0].text.voice(), Some("周"));
    let without = fs::read_to_string("fixtures/json/alignment--without-cues.json").unwrap();
    let error = read(&without, &mut Report::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unreadable);
    assert!(error.remedy().unwrap().contains("zimu align t.json"), "{error}");
}

#[test]
fn a_part_can_be_silenced_and_said_again() {
    let original = fs::read_to_string("fixtures/json/transcript--as-written.json").unwrap();
    let utterance = r#"{"kind": "utterance", "turn": 0"#;
    let mut report = Report::default();
    let silenced = transcript(&original.replace(utterance, r#"{"kind": "unspoken", "turn": 0"#), &mut report);
    assert_eq!(silenced.parts[2].kind, PartKind::Unspoken(Reason::Asked));
    assert_eq!(silenced.parts[2].source, "你先做了一个demo(演示)？\n");
    let said = transcript(&original, &mut report);
    assert_eq!(said.glosses(), 2);
    assert!(report.is_empty(), "{report:?}");
}

#[test]
fn sources_put_together_are_the_article() {
    let original = fs::read_to_string("fixtures/json/transcript--as-written.json").unwrap();
    let transcript = transcript(&original, &mut Report::default());
    let article: String = transcript.parts.iter().map(|part| part.source.as_str()).collect();
    let expected = "做一个 demo 有多难\n\n林：你先做了一个demo(演示)？\n周：demo不难（笑），demo（演示）**之后**才难。\n没有了。\n";
    assert_eq!(article, expected);
}

#[test]
fn glosses_follow_their_terms() {
    let part = |text: &str| {
        let glosses = r#"[{"term": "idea", "gloss": "点子", "at": 10}, {"term": "paper", "gloss": "论文"}]"#;
        let json = format!(
            r#"{{"zimu": 1, "kind": "transcript", "parts": [
                {{"kind": "utterance", "text": "{text}", "glosses": {glosses}}}]}}"#
        );
        let mut report = Report::default();
        let read = transcript(&json, &mut report);
        let (_, utterance) = read.utterances().next().unwrap();
        let at: Vec<usize> =
            utterance.text.marks.iter().map(|m| utterance.text.plain[..m.bytes().start].chars().count()).collect();
        (at, report.count(codes::parse::JSON_GLOSS_LOST))
    };
    assert_eq!(part("idea 有了，又一个 idea，再写 paper"), (vec![12, 20], 0));
    assert_eq!(part("又一个idea，再写paper"), (vec![3, 10], 0));
    assert_eq!(part("paper 在前，idea 在后"), (vec![9], 1));
    assert_eq!(part("什么都没有"), (vec![], 2));
}

#[test]
fn hostile_files_end_soon_and_without_panic() {
    let deep_list = format!(r#"{{"zimu": 1, "kind": "track", "cues": {}"#, "[".repeat(200_000));
    let deep_unknown = format!(r#"{{"zimu": 1, "kind": "track", "cues": [], "x": {}"#, r#"{"x":"#.repeat(200_000));
    let deep_derived = format!(
        r#"{{"zimu": 1, "kind": "track", "cues": [{{"start": 0, "end": 1, "text": "", "vtt": {}"#,
        "[".repeat(200_000)
    );
    let no_head = format!(r#"{{"x": {}"#, "[".repeat(200_000));
    for json in [deep_list, deep_unknown, deep_derived, no_head, "{".into(), "".into(), "\"zimu".into()] {
        assert_eq!(read(&json, &mut Report::default()).unwrap_err().kind(), ErrorKind::Unreadable);
    }
    // Quadratic readings of any of these would not end.
    let marks = r#"{"from": 0, "to": 1, "kind": "bold"},"#.repeat(100_000);
    let json = format!(
        r#"{{"zimu": 1, "kind": "track", "cues": [{{"start": 0, "end": 1, "text": "{}", "marks": [{}]}}]}}"#,
        "字".repeat(100_000),
        marks.trim_end_matches(',')
    );
    assert_eq!(read(&json, &mut Report::default()).unwrap().cues[0].text.marks.len(), 100_000);
    let unknown = (0..50_000).fold(String::new(), |s, i| s + &format!(r#""x{i}": 1,"#));
    let mut report = Report::default();
    read(&format!(r#"{{"zimu": 1, "kind": "track", {unknown} "cues": []}}"#), &mut report).unwrap();
    assert_eq!(report.count(codes::parse::JSON_UNKNOWN_FIELD), 50_000);
    let glosses = r#"{"term": "无", "gloss": "x"},"#.repeat(50_000);
    let (said, glosses) = ("说".repeat(100_000), glosses.trim_end_matches(','));
    let json = format!(
        r#"{{"zimu": 1, "kind": "transcript", "parts": [{{"kind": "utterance", "text": "{said}", "glosses": [{glosses}]}}]}}"#
    );
    let mut report = Report::default();
    transcript(&json, &mut report);
    assert_eq!(report.count(codes::parse::JSON_GLOSS_LOST), 50_000);
}

#[test]
fn what_json_cannot_hold_is_reported() {
    let mut cue = Cue::new(TimeRange::default(), "a");
    cue.evidence = Some(Box::new(Evidence { confidence: Some(f32::NAN), ..Evidence::default() }));
    let mut reading = StyledText::from("b");
    for _ in 0..60 {
        let mut outer = StyledText::from("b");
        outer.add(Mark::new(0..1, MarkKind::Ruby(Box::new(Ruby { text: reading }))));
        reading = outer;
    }
    let mut track = Track::default();
    track.cues = vec![cue, Cue::new(TimeRange::default(), "")];
    track.cues[1].text = reading;
    let mut report = Report::default();
    let json = text((native::FORMAT.write)(&track, &WriteOptions::default(), &mut report).unwrap());
    assert_eq!(report.count(codes::loss::NOT_FINITE), 1);
    assert_eq!(report.count(codes::loss::TOO_DEEP), 1);
    assert_eq!(read(&json, &mut Report::default()).unwrap().cues.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_track_comes_back(track in any_track()) {
        let mut report = Report::default();
        let json = write(&track);
        let back = read(&json, &mut report).unwrap();
        prop_assert!(report.is_empty(), "{:?}\n{}", report, json);
        prop_assert_eq!((back.resolution, back.format), (track.resolution, track.format));
        prop_assert!(back.same_content(&track), "{}\n{:#?}\n{:#?}", json, back, track);
        prop_assert_eq!(write(&back), json);
    }

    #[test]
    fn every_alignment_comes_back(alignment in any_alignment(), track in any_track()) {
        let mut report = Report::default();
        let json = text(native::write_alignment(&alignment, Some(&track)));
        let source = Source::from_text("t.json", json.clone());
        let back = native::read_alignment(&source, &mut report).unwrap();
        prop_assert!(report.is_empty(), "{:?}\n{}", report, json);
        prop_assert_eq!(&back, &alignment, "{}", json);
        let cues = (native::FORMAT.read)(&source, &ReadOptions::default(), &mut report).unwrap().cues;
        prop_assert_eq!(cues.len(), track.cues.len());
        let json = text(native::write_transcript(&alignment.transcript));
        prop_assert_eq!(transcript(&json, &mut report), alignment.transcript, "{}", json);
        prop_assert!(report.is_empty(), "{:?}\n{}", report, json);
    }

    #[test]
    fn broken_files_never_panic(track in any_track(), at in any::<prop::sample::Index>(), with in "[\\[\\]{}\",:0-9eE.\\\\-]{0,3}", cut in 0usize..4) {
        let mut json = write(&track);
        let start = (0..=at.index(json.len())).rev().find(|i| json.is_char_boundary(*i)).unwrap();
        let end = (start + cut..).find(|i| *i >= json.len() || json.is_char_boundary(*i)).unwrap().min(json.len());
        json.replace_range(start..end.max(start), &with);
        let mut report = Report::default();
        let source = Source::from_text("t.json", json);
        let _ = again(&source, &mut report);
        render::text(&report, Some(&source), &render::Style { lang: Lang::Zh, color: true });
    }
}

fn any_time() -> impl Strategy<Value = Time> {
    prop_oneof![
        (-10_000_000i64..10_000_000).prop_map(Time::from_millis),
        any::<i64>().prop_map(Time::from_flicks),
        (0i64..100_000).prop_map(|frames| Time::from_units(frames * 1001, 24_000).unwrap()),
    ]
}

fn any_range() -> impl Strategy<Value = TimeRange> {
    (any_time(), any_time()).prop_map(|(start, end)| TimeRange::new(start, end))
}

fn any_share() -> impl Strategy<Value = f32> {
    prop_oneof![0.0f32..=1.0, Just(0.1), Just(f32::MIN_POSITIVE)]
}

fn any_text() -> impl Strategy<Value = String> {
    "[ab字幕é😀 \"\\\\/\n<&\u{0}\u{7f}\u{2028}:：]{0,8}"
}

fn any_lang() -> impl Strategy<Value = LangTag> {
    prop::sample::select(vec!["zh-Hans", "en", "pt-BR", "x-1-ab"]).prop_map(|tag| LangTag::parse(tag).unwrap())
}

fn any_extra() -> impl Strategy<Value = Extra> {
    let keys = prop::sample::select(vec!["payload", "settings", "style", "coordinates"]);
    let formats = prop::sample::select(FORMATS.iter().map(|format| format.id).collect::<Vec<_>>());
    (formats, keys, any_text()).prop_map(|(format, key, value)| Extra { format, key, value })
}

/// Any kind of mark; readings have marks of their own, three deep.
fn any_kind() -> BoxedStrategy<MarkKind> {
    let ruby = |inner| styled(inner).prop_map(|text| MarkKind::Ruby(Box::new(Ruby { text })));
    (0..3).fold(any_plain_kind(), |kind, _| prop_oneof![12 => any_plain_kind(), 1 => ruby(kind)].boxed())
}

fn any_plain_kind() -> BoxedStrategy<MarkKind> {
    let rgba = any::<[u8; 4]>().prop_map(|[r, g, b, a]| Rgba { r, g, b, a });
    let opaque = any::<[u8; 3]>().prop_map(|[r, g, b]| Rgba { r, g, b, a: 255 });
    let font = (prop::option::of(any_text()), prop::option::of(any_text()));
    let voice = (any_text(), prop::collection::vec(any_text(), 0..2));
    let gloss = (any_text(), any_text(), any_text(), prop::bool::ANY);
    let unsaid = (any_text(), prop::sample::select(REASONS));
    prop_oneof![
        voice.prop_map(|(name, classes)| MarkKind::Voice(Box::new(Voice { name, classes }))),
        any_lang().prop_map(MarkKind::Lang),
        any_text().prop_map(|name| MarkKind::Class(name.into())),
        Just(MarkKind::Bold),
        Just(MarkKind::Italic),
        Just(MarkKind::Underline),
        Just(MarkKind::Strike),
        rgba.prop_map(MarkKind::Color),
        opaque.prop_map(MarkKind::Background),
        font.prop_map(|(family, size)| MarkKind::Font(Box::new(Font { family, size }))),
        gloss.prop_map(|(text, open, close, said)| {
            let spoken = if said { Spoken::Gloss } else { Spoken::Term };
            MarkKind::Gloss(Box::new(Gloss { text, open, close, spoken }))
        }),
        unsaid.prop_map(|(text, (reason, _))| MarkKind::Unsaid(Box::new(Unsaid { text, reason }))),
        prop::sample::select(vec![Emphasis::Auto, Emphasis::Dot, Emphasis::Circle, Emphasis::Sesame])
            .prop_map(MarkKind::Emphasis),
        Just(MarkKind::Upright),
        any_time().prop_map(MarkKind::Shown),
        any_extra().prop_map(|extra| MarkKind::Raw(Box::new(extra))),
    ]
    .boxed()
}

fn styled(kinds: impl Strategy<Value = MarkKind> + 'static) -> impl Strategy<Value = StyledText> {
    let mark = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), prop::bool::ANY, kinds);
    (any_text(), prop::collection::vec(mark, 0..5)).prop_map(|(plain, marks)| {
        let places: Vec<u32> = plain.char_indices().map(|(i, _)| i as u32).chain([plain.len() as u32]).collect();
        let mut text = StyledText::from(plain);
        for (a, b, whole, kind) in marks {
            let (a, b) = (*a.get(&places), *b.get(&places));
            let range = if whole { 0..text.len() } else { a.min(b)..a.max(b) };
            text.add(Mark::new(range, kind));
        }
        text
    })
}

fn any_placement() -> impl Strategy<Value = Placement> {
    let number = prop_oneof![-5_000i64..105_000, any::<i64>()];
    let line =
        prop_oneof![Just(Line::Auto), number.clone().prop_map(Line::Number), number.clone().prop_map(Line::Percent)];
    let position = prop_oneof![Just(Position::Auto), number.clone().prop_map(Position::Percent)];
    use prop::sample::select;
    (
        select(vec![WritingMode::Horizontal, WritingMode::VerticalRl, WritingMode::VerticalLr]),
        line,
        select(vec![LineAlign::Start, LineAlign::Center, LineAlign::End]),
        position,
        select(vec![PositionAlign::Auto, PositionAlign::LineLeft, PositionAlign::Center, PositionAlign::LineRight]),
        prop_oneof![Just(100_000), number],
        select(vec![Align::Center, Align::Start, Align::End, Align::Left, Align::Right]),
        prop::option::of(any_text()),
    )
        .prop_map(|(writing, line, line_align, position, position_align, size, align, region)| Placement {
            writing,
            line,
            line_align,
            position,
            position_align,
            size,
            align,
            region,
        })
}

fn any_heard() -> impl Strategy<Value = Heard> {
    prop::sample::select(HEARD).prop_map(|(heard, _)| heard)
}

fn any_evidence() -> impl Strategy<Value = Evidence> {
    let word = (any_text(), any_range(), any_heard(), prop::option::of(any_share()));
    let word = word.prop_map(|(text, range, how, score)| CueWord { text, range, how, score });
    (prop::option::of(any_share()), prop::option::of(any_heard()), prop::collection::vec(word, 0..3))
        .prop_map(|(confidence, how, words)| Evidence { confidence, how, words })
}

fn any_cue() -> impl Strategy<Value = Cue> {
    (
        any_range(),
        styled(any_kind()),
        prop::option::of(any_text()),
        prop::option::of(any_placement()),
        prop::collection::vec(any_extra(), 0..2),
        prop::option::of(any_evidence()),
    )
        .prop_map(|(range, text, id, placement, extras, evidence)| {
            let mut cue = Cue::new(range, "");
            cue.text = text;
            cue.id = id.map(Into::into);
            cue.placement = placement.map(Box::new);
            cue.extras = extras.into();
            cue.evidence = evidence.map(Box::new);
            cue
        })
}

fn any_region() -> impl Strategy<Value = Region> {
    (any_text(), any::<i64>(), any::<u32>(), any::<(i64, i64)>(), any::<(i64, i64)>(), any::<bool>()).prop_map(
        |(id, width, lines, region_anchor, viewport_anchor, scroll_up)| Region {
            id,
            width,
            lines,
            region_anchor,
            viewport_anchor,
            scroll_up,
        },
    )
}

fn any_track() -> impl Strategy<Value = Track> {
    use prop::collection::vec;
    let note = (any::<u32>(), any_text()).prop_map(|(before, text)| Note { before, text });
    let formats = FORMATS.iter().map(|format| format.id).collect::<Vec<_>>();
    (
        prop::option::of(prop::sample::select(formats)),
        prop::option::of(any_lang()),
        (0i64..1_000_000_000).prop_map(TimeDelta::from_flicks),
        prop::option::of(any_text()),
        vec(any_region(), 0..2),
        vec(note, 0..2),
        vec(any_extra(), 0..2),
        vec(any_cue(), 0..4),
    )
        .prop_map(|(format, lang, resolution, header, regions, notes, extras, cues)| {
            let mut track = Track::default();
            (track.format, track.lang, track.resolution, track.header) = (format, lang, resolution, header);
            (track.regions, track.notes, track.extras, track.cues) = (regions, notes, extras, cues);
            track
        })
}

/// Transcripts as readers make them: speakers have names of their own, a turn has one speaker.
fn any_transcript() -> impl Strategy<Value = Transcript> {
    let utterance = (
        styled(any_kind()),
        any::<bool>(),
        any::<bool>(),
        any_text(),
        prop::option::of((any::<prop::sample::Index>(), any_time())),
    );
    let part = prop_oneof![
        utterance.prop_map(Ok),
        (any_text(), prop::sample::select(REASONS)).prop_map(|(source, (reason, _))| Err((source, reason))),
    ];
    let runtime = (0i64..1_000_000_000, any_text())
        .prop_map(|(flicks, text)| Runtime { length: TimeDelta::from_flicks(flicks), text });
    (prop::option::of(any_lang()), prop::option::of(runtime), prop::collection::vec(part, 0..5)).prop_map(
        |(lang, runtime, parts)| {
            let speakers = ["林", "周"].map(|name| Speaker { name: name.into(), labels: vec![format!("{name}：")] });
            let mut all = Transcript { lang, runtime, speakers: speakers.into(), ..Transcript::default() };
            let mut turn = 0;
            for (index, part) in parts.into_iter().enumerate() {
                let (text, next, verbatim, source, anchor) = match part {
                    Ok(utterance) => utterance,
                    Err((source, reason)) => {
                        all.parts.push(Part { source, kind: PartKind::Unspoken(reason) });
                        continue;
                    }
                };
                turn += u32::from(next);
                if let Some((at, time)) = anchor {
                    let places: Vec<_> = text.plain.char_indices().map(|(i, _)| i).chain([text.plain.len()]).collect();
                    all.anchors.push(Anchor { part: index as u32, at: *at.get(&places) as u32, time });
                }
                let source = if verbatim { text.plain.clone() } else { source };
                let utterance = Utterance { turn, speaker: [None, Some(0), Some(1)][turn as usize % 3], text };
                all.parts.push(Part { source, kind: PartKind::Utterance(utterance) });
            }
            all
        },
    )
}

fn any_alignment() -> impl Strategy<Value = Alignment> {
    use Boundary::*;
    let boundaries = prop::sample::select(vec![None, Word, Weak, Comma, Semicolon, Sentence, Paragraph, Turn]);
    let unit = (any_text(), any_range()).prop_map(|(sound, range)| UnitTiming { sound: sound.into(), range });
    let word = (prop::option::of(any_range()), any_heard(), prop::collection::vec(unit, 0..3), boundaries);
    (any_transcript(), any_range(), prop::collection::vec(word, 0..12)).prop_map(|(transcript, extent, words)| {
        // Each character of an utterance is a word, as far as there are any.
        let places = transcript.utterances().flat_map(|(part, utterance)| {
            let chars = utterance.text.plain.char_indices();
            chars.map(move |(i, c)| WordRef { part: part as u32, range: i as u32..(i + c.len_utf8()) as u32 })
        });
        let timed = places.zip(words).map(|(word, (range, how, units, boundary))| {
            let how = if range.is_some() { how } else { Heard::Missing };
            WordTiming { word, range, how, units, boundary }
        });
        let words = timed.collect();
        Alignment { transcript, extent, words }
    })
}
