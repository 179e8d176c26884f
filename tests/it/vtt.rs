//! WebVTT: what is made of each fixture, what is written again, and that nothing is lost on the way.

use crate::codecs::{describe_cue, fixtures};
use proptest::prelude::*;
use std::fmt::Write as _;
use std::path::Path;
use zimu::codec::vtt::FORMAT;
use zimu::codec::{ReadOptions, WriteOptions};
use zimu::diag::{Lang, Report, Severity, codes::loss};
use zimu::lang::LangTag;
use zimu::model::*;
use zimu::source::Source;
use zimu::time::{Time, TimeRange};

fn read(text: &str) -> zimu::Result<(Track, Report)> {
    let mut report = Report::default();
    let track = (FORMAT.read)(&Source::from_text("fixture", text), &ReadOptions::default(), &mut report)?;
    Ok((track, report))
}

fn write_with(track: &Track, labels: Labels) -> (String, Report) {
    let mut options = WriteOptions::default();
    options.labels = labels;
    let mut report = Report::default();
    let bytes = FORMAT.write(track, &options, &mut report).unwrap();
    (String::from_utf8(bytes).unwrap(), report)
}

fn write(track: &Track) -> (String, Report) {
    write_with(track, Labels::Auto)
}

#[test]
fn fixtures_read_as_expected() {
    for (path, text) in fixtures(&FORMAT) {
        golden(&path.with_extension("expected"), &description(&text));
    }
}

/// Holds `actual` against the file.
fn golden(path: &Path, actual: &str) {
    if std::env::var_os("BLESS").is_some() {
        return std::fs::write(path, actual).unwrap();
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(expected, actual, "{}; `BLESS=1 cargo test` rewrites it", path.display());
}

/// A text as it is understood: the track, diagnostics, and the file written from it.
fn description(text: &str) -> String {
    let source = Source::from_text("fixture", text);
    let (track, report) = match read(text) {
        Ok(read) => read,
        Err(error) => return format!("refused: {error}\n"),
    };
    let mut out = String::new();
    around(&mut out, &track);
    track.cues.iter().for_each(|cue| describe_cue(&mut out, cue, &|placement| format!("{placement:?}")));
    diagnostics(&mut out, "reading", &report, &source);
    let (written, losses) = write(&track);
    diagnostics(&mut out, "writing", &losses, &source);
    let same = if read(&written).unwrap().0.same_content(&track) { "the same" } else { "not the same" };
    let _ = writeln!(out, "---- written; reads back {same}");
    out.push_str(if written == text { "(the same bytes)\n" } else { &written });
    out
}

fn around(out: &mut String, track: &Track) {
    for (name, value) in [("header", &track.header), ("lang", &track.lang.as_ref().map(ToString::to_string))] {
        if let Some(value) = value {
            let _ = writeln!(out, "{name} {value:?}");
        }
    }
    for region in &track.regions {
        let _ = writeln!(out, "{region:?}");
    }
    for extra in &track.extras {
        let _ = writeln!(out, "{} {:?}", extra.key, extra.value);
    }
    for note in &track.notes {
        let _ = writeln!(out, "note before cue {} {:?}", note.before + 1, note.text);
    }
}

fn diagnostics(out: &mut String, when: &str, report: &Report, source: &Source) {
    for item in report.items() {
        let place = item.at.span.map_or("file".to_owned(), |span| {
            let at = source.line_column(span.start);
            format!("{}:{}", at.line, at.column)
        });
        let (severity, code) = (item.severity.name(), item.code.row().id);
        let _ = writeln!(out, "{when}: {place}: {severity} {code}: {}", item.message(Lang::En));
    }
}

/// Files that keep to the syntax come back byte for byte, except those named `loose-`, which leave out hours or differ in
/// blank lines, line ends or spaces.
#[test]
fn conforming_files_come_back_byte_for_byte() {
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut count = 0;
    for (path, text) in fixtures(&FORMAT) {
        if !name(&path).starts_with("bad-") && !name(&path).starts_with("loose-") {
            let (track, report) = read(&text).unwrap();
            assert!(report.is_empty(), "{}: {:?}", path.display(), report.items());
            assert_eq!(write(&track).0, text, "{}", path.display());
            count += 1;
        }
    }
    assert!(count >= 20);
}

#[test]
fn whatever_was_read_is_written_without_loss() {
    for (path, text) in fixtures(&FORMAT) {
        let Ok((track, _)) = read(&text) else { continue };
        let (written, losses) = write(&track);
        assert!(losses.is_empty(), "{}: {:?}", path.display(), losses.items());
        assert!(read(&written).unwrap().0.same_content(&track), "{}", path.display());
    }
}

fn track(text: StyledText) -> Track {
    let mut track = Track::default();
    track.cues.push(Cue::new(TimeRange::new(Time::ZERO, Time::from_seconds(1)), text));
    track
}

fn payload(text: StyledText, labels: Labels) -> (String, Report) {
    let (file, report) = write_with(&track(text), labels);
    let payload = file.strip_prefix("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n").unwrap();
    (payload.strip_suffix('\n').unwrap_or(payload).to_owned(), report)
}

fn marked(plain: &str, marks: &[(std::ops::Range<u32>, MarkKind)]) -> StyledText {
    let mut text = StyledText::from(plain);
    marks.iter().for_each(|(range, kind)| text.add(Mark::new(range.clone(), kind.clone())));
    text
}

fn voice(name: &str) -> MarkKind {
    MarkKind::Voice(Box::new(Voice { name: name.into(), classes: vec![] }))
}

fn ruby(text: &str) -> MarkKind {
    MarkKind::Ruby(Box::new(Ruby { text: text.into() }))
}

#[test]
fn speakers_are_always_voices_and_labelled_when_asked() {
    let text = |name| marked("Yes.", &[(0..4, voice(name))]);
    let mut dialogue = track(text("Ann"));
    dialogue.cues.extend([text("Ann"), text("主持人")].map(|t| Cue::new(TimeRange::default(), t)));
    let voices = |labels| -> Vec<String> {
        let (file, report) = write_with(&dialogue, labels);
        assert!(report.is_empty());
        file.lines().filter(|line| line.starts_with("<v")).map(str::to_owned).collect()
    };
    let plain = ["<v Ann>Yes.", "<v Ann>Yes.", "<v 主持人>Yes."];
    assert_eq!(voices(Labels::Auto), plain);
    assert_eq!(voices(Labels::Never), plain);
    assert_eq!(voices(Labels::OnChange), ["<v Ann>Ann: Yes.", "<v Ann>Yes.", "<v 主持人>主持人：Yes."]);
    assert_eq!(voices(Labels::Always), ["<v Ann>Ann: Yes.", "<v Ann>Ann: Yes.", "<v 主持人>主持人：Yes."]);
}

#[test]
fn a_kept_payload_gives_way_to_labels_and_edits() {
    let (mut track, _) = read("WEBVTT\n\n00:00:00.000 --> 00:00:01.000\n<v Ann>Yes.</v>\n").unwrap();
    assert!(write(&track).0.ends_with("<v Ann>Yes.</v>\n"));
    assert!(write_with(&track, Labels::Always).0.ends_with("<v Ann>Ann: Yes.\n"));
    track.cues[0].text.plain = "No!!".into();
    let (file, report) = write(&track);
    assert!(file.ends_with("<v Ann>No!!\n"));
    assert_eq!(report.items()[0].code, loss::RESPELLED);
}

#[test]
fn overlapping_marks_are_cut_so_that_tags_nest() {
    let text = marked("abcdef", &[(0..4, MarkKind::Bold), (2..6, MarkKind::Italic)]);
    let (written, report) = payload(text, Labels::Auto);
    assert_eq!(written, "<b>ab</b><i><b>cd</b>ef</i>");
    assert_eq!(report.items()[0].code, loss::MARKS_CUT);
    let readings = marked("abcdef", &[(0..4, ruby("x")), (2..6, ruby("y"))]);
    let (written, report) = payload(readings, Labels::Auto);
    assert_eq!(written, "<ruby>abcd<rt>x</rt></ruby>ef(y)");
    assert_eq!(report.items()[0].code, loss::RUBY);
}

#[test]
fn a_gloss_is_shown_as_written() {
    let gloss = Gloss { text: "点子".into(), open: "(".into(), close: ")".into(), spoken: Spoken::Term };
    let text = marked("从idea到产品", &[(0..16, voice("A")), (3..7, MarkKind::Gloss(Box::new(gloss)))]);
    let (written, report) = payload(text, Labels::Auto);
    assert_eq!(written, "<v A>从idea(点子)到产品");
    assert_eq!((report.items()[0].code, report.items()[0].severity), (loss::GLOSS, Severity::Warning));
}

#[test]
fn what_webvtt_has_no_word_for_is_named() {
    let unsaid = Unsaid { text: "(笑)".into(), reason: Reason::Direction };
    let marks = [
        (MarkKind::Strike, loss::STRIKE),
        (MarkKind::Color(Rgba { r: 1, g: 2, b: 3, a: 255 }), loss::COLOR),
        (MarkKind::Background(Rgba { r: 255, g: 0, b: 0, a: 9 }), loss::BACKGROUND),
        (MarkKind::Font(Box::default()), loss::FONT),
        (MarkKind::Unsaid(Box::new(unsaid)), loss::UNSAID),
        (MarkKind::Emphasis(Emphasis::Dot), loss::EMPHASIS),
        (MarkKind::Upright, loss::UPRIGHT),
        (MarkKind::Raw(Box::new(Extra { format: "srt", key: "tag", value: "{\\x}".into() })), loss::FOREIGN),
    ];
    for (kind, code) in marks {
        let (written, report) = payload(marked("ab", &[(0..2, kind)]), Labels::Auto);
        assert_eq!((written.as_str(), report.items()[0].code, report.total()), ("ab", code, 1));
        assert_eq!(report.items()[0].severity, Severity::Error);
    }
}

#[test]
fn losses_outside_the_text_are_named() {
    let mut track = track("x".into());
    track.lang = LangTag::parse("zh");
    track.header = Some("two\n\nparagraphs".into());
    track.notes.push(Note { before: 0, text: "a --> b\n\nc".into() });
    track.cues[0].id = Some("a --> b".into());
    track.cues[0].range = TimeRange::new(Time::from_millis(-1), Time::from_units(1, 24).unwrap());
    track.cues[0].evidence = Some(Box::default());
    track.cues[0].placement = Some(Box::new(Placement { region: Some("nowhere".into()), ..Placement::default() }));
    let (file, report) = write(&track);
    assert_eq!(file, "WEBVTT two paragraphs\n\nNOTE\na -- > b\nc\n\n00:00:00.000 --> 00:00:00.042 region:nowhere\nx\n");
    let codes: Vec<_> = report.items().iter().map(|item| item.code).collect();
    let expected = [
        loss::HEADER_CHANGED,
        loss::TRACK_LANG,
        loss::NOTE_CHANGED,
        loss::CUE_ID,
        loss::NEGATIVE_TIME,
        loss::TIME_ROUNDED,
        loss::PLACEMENT,
        loss::EVIDENCE,
    ];
    assert_eq!(codes, expected);
}

#[test]
fn cost_grows_with_the_input() {
    let cue = "00:01.000 --> 00:02.000\n";
    for (name, text) in [
        ("open brackets", "<".repeat(300_000)),
        ("references", "&a".repeat(100_000)),
        ("nested tags", "<c.a>".repeat(50_000) + "x" + &"</c>".repeat(50_000)),
        ("readings", format!("<ruby>{}", "<b>x</b><rt>y</rt>".repeat(20_000))),
        ("crossing tags", "<b><i>x</b>y</i>".repeat(20_000)),
        ("timestamps", "<00:01.000>x".repeat(30_000)),
    ] {
        let started = std::time::Instant::now();
        let (mut track, _) = read(&format!("WEBVTT\n\n{cue}{text}\n")).unwrap();
        write(&track);
        track.cues[0].extras.clear();
        write(&track);
        assert!(started.elapsed().as_secs() < 20, "{name}");
    }
}

/// Damaged fixtures: no panic, and what was made of them comes back.
#[test]
fn damaged_files_are_read_and_written() {
    let fixtures: Vec<String> = fixtures(&FORMAT).into_iter().map(|(_, text)| text).collect();
    let tokens =
        ["-->", "<", ">", "&", "\n", "\n\n", "\r", "\0", "<v A>", "<ruby>", "<rt>", "</c>", "<00:01.000>", "STYLE\n"];
    let mut state = 0x9E37_79B9_7F4A_7C15u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % bound.max(1)
    };
    for round in 0..2_000 {
        let mut text: Vec<char> = fixtures[below(fixtures.len())].chars().collect();
        for _ in 0..=below(5) {
            let at = below(text.len() + 1);
            let end = (at + below(20)).min(text.len());
            match below(3) {
                0 => drop(text.drain(at..end)),
                1 => drop(text.splice(at..at, tokens[below(tokens.len())].chars())),
                _ => {
                    let piece = text[at..end].to_vec();
                    text.splice(at..at, piece);
                }
            }
        }
        let text: String = text.into_iter().collect();
        let Ok((track, _)) = read(&text) else { continue };
        let (written, losses) = write(&track);
        assert!(losses.is_empty(), "round {round}: {:?}\n{text}", losses.items());
        let again = read(&written).unwrap().0;
        assert!(again.same_content(&track), "round {round}:\n{text}\n----\n{written}\n{track:#?}\n{again:#?}");
    }
}

fn any_kind() -> impl Strategy<Value = MarkKind> {
    let name = "[a-z字&<>]{1,3}( [a-z]{1,2})?";
    prop_oneof![
        Just(MarkKind::Bold),
        Just(MarkKind::Italic),
        Just(MarkKind::Underline),
        "[a-c字_-]{1,3}".prop_map(|class| MarkKind::Class(class.into())),
        Just(MarkKind::Lang(LangTag::parse("pt-BR").unwrap())),
        (name, prop::collection::vec("[a-c]{1,2}", 0..2))
            .prop_map(|(name, classes)| MarkKind::Voice(Box::new(Voice { name, classes }))),
        Just(MarkKind::Color(Rgba { r: 0, g: 255, b: 255, a: 255 })),
        (0i64..99_999).prop_map(|ms| MarkKind::Shown(Time::from_millis(ms))),
        "[a-c<&]{0,3}".prop_map(|text| ruby(&text)),
    ]
}

fn any_text() -> impl Strategy<Value = StyledText> {
    let mark = (any::<(prop::sample::Index, prop::sample::Index)>(), any_kind());
    ("[a-c &<>字\n-]{0,8}", prop::collection::vec(mark, 0..5)).prop_map(|(plain, marks)| {
        let mut places: Vec<u32> = plain.char_indices().map(|(at, _)| at as u32).collect();
        places.push(plain.len() as u32);
        let mut text = StyledText::from(plain);
        for ((a, b), kind) in marks {
            let (a, b) = (*a.get(&places), *b.get(&places));
            let end = if matches!(kind, MarkKind::Shown(_)) { text.len() } else { a.max(b) };
            text.add(Mark::new(a.min(b)..end, kind));
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn a_text_written_without_a_word_reads_back_the_same(text in any_text()) {
        let track = track(text);
        let (file, report) = write(&track);
        let again = read(&file).unwrap().0;
        prop_assert_eq!(again.cues.len(), 1);
        if report.is_empty() {
            prop_assert!(again.same_content(&track), "{}\n{:#?}\n{:#?}", file, track.cues[0].text, again.cues[0]);
        }
        // Whatever the writer made of it, a second round changes nothing.
        let (second, report) = write(&again);
        prop_assert!(report.is_empty(), "{:?}", report.items());
        prop_assert_eq!(second, file);
    }
}
