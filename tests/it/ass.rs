//! ASS and SSA: what is made of each fixture, and what is written again.

use crate::codecs::{describe_cue, diagnostics, fixtures, read, write};
use crate::golden::golden;
use std::fmt::Write as _;
use std::path::Path;
use zimu::codec::{self, Format, ReadOptions, WriteOptions};
use zimu::diag::{Lang, Report, codes};
use zimu::model::*;
use zimu::source::Source;
use zimu::time::{Round, Time, TimeDelta, TimeRange};

const ROWS: [&Format; 2] = [&codec::ass::ASS, &codec::ass::SSA];

#[test]
fn fixtures_read_as_expected() {
    for (path, text) in ROWS.into_iter().flat_map(fixtures) {
        golden(&path.with_extension("expected"), &description(format_of(&path), &text));
    }
}

/// Also where the head is made anew for another dialect, and lines of the file stand below it.
#[test]
fn no_event_is_lost_in_the_other_dialect() {
    for (path, text) in ROWS.into_iter().flat_map(fixtures) {
        let Some((track, _)) = read(format_of(&path), &text) else { continue };
        for format in ROWS {
            let (written, _) = write(format, &track);
            let written = String::from_utf8(written).unwrap();
            let (again, _) = read(format, &written).unwrap();
            let texts = |track: &Track| track.cues.iter().map(|cue| cue.text.plain.clone()).collect::<Vec<_>>();
            assert_eq!(texts(&again), texts(&track), "{} as {}\n{written}", path.display(), format.id);
        }
    }
}

fn format_of(path: &Path) -> &'static Format {
    codec::by_extension(path.extension().unwrap().to_str().unwrap()).unwrap()
}

/// A text as it is understood: what stands around the cues, the cues, diagnostics, and whether it is written as it was.
fn description(format: &Format, text: &str) -> String {
    let source = Source::from_text("fixture", text);
    let mut report = Report::default();
    let track = match (format.read)(&source, &ReadOptions::default(), &mut report) {
        Ok(track) => track,
        Err(error) => return format!("refused: {error}\n"),
    };
    let mut out = String::new();
    for (name, value) in [("title", &track.header), ("language", &track.lang.as_ref().map(ToString::to_string))] {
        value.iter().for_each(|value| out.extend([name, " ", value, "\n"]));
    }
    for extra in track.extras.iter().filter(|extra| extra.key != "script-info-and-styles") {
        let _ = writeln!(out, "{} {:?}", extra.key, extra.value);
    }
    track.notes.iter().for_each(|note| out.push_str(&format!("note before {}: {:?}\n", note.before, note.text)));
    for cue in &track.cues {
        describe_cue(&mut out, cue, &|place| {
            let Placement { line, line_align, position, position_align, align, .. } = place;
            format!("{line:?} {line_align:?} {position:?} {position_align:?} {align:?}")
        });
    }
    diagnostics(&mut out, "reading", &report, &source);
    let (bytes, losses) = write(format, &track);
    diagnostics(&mut out, "writing", &losses, &source);
    let written = String::from_utf8(bytes).unwrap();
    if written != text.replace("\r\n", "\n") {
        let _ = write!(out, "---- written\n{written}");
    }
    out
}

/// Fixtures that lack what every file that we write has, or have columns of two kinds.
const COMPLETED: &[&str] =
    &["section--only-events.ass", "empty.ass", "bad-not-ass.ass", "events--second-section-other-columns.ass"];

#[test]
fn a_file_that_was_not_changed_is_written_as_it_was() {
    let mut same = 0;
    for (path, text) in ROWS.into_iter().flat_map(fixtures) {
        if COMPLETED.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let (track, _) = read(format_of(&path), &text).unwrap();
        let (bytes, report) = write(format_of(&path), &track);
        assert_eq!(String::from_utf8(bytes).unwrap(), text.replace("\r\n", "\n"), "{}", path.display());
        assert!(report.is_empty(), "{}: {:?}", path.display(), report.items());
        same += 1;
    }
    assert!(same > 15);
}

fn fixture(name: &str) -> Track {
    let path = Path::new("fixtures").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    read(format_of(&path), &text).unwrap().0
}

fn track(text: StyledText) -> Track {
    let mut track = Track::default();
    track.cues.push(Cue::new(TimeRange::new(Time::ZERO, Time::from_seconds(1)), text));
    track
}

fn written(format: &Format, track: &Track) -> (String, Report) {
    let (bytes, report) = write(format, track);
    (String::from_utf8(bytes).unwrap(), report)
}

/// The text of the last event that is written.
fn last_text(track: &Track) -> (String, Report) {
    let (file, report) = written(&codec::ass::ASS, track);
    let line = file.lines().last().unwrap();
    (line.splitn(10, ',').nth(9).unwrap().to_owned(), report)
}

#[test]
fn nothing_leaks_into_subrip_and_webvtt() {
    let text = std::fs::read_to_string("fixtures/ass/aegisub--everything.ass").unwrap();
    let (track, said) = read(&codec::ass::ASS, &text).unwrap();
    assert_eq!(said.count(codes::parse::ASS_DRAWING), 1);
    for format in [&codec::srt::FORMAT, &codec::vtt::FORMAT] {
        let (file, report) = written(format, &track);
        for leak in ["\\N", "\\n", "\\h", "\\pos", "\\fad", "\\k", "m 0 0", "{\\p", "Dialogue"] {
            assert!(!file.contains(leak), "{}: {leak}\n{file}", format.id);
        }
        let comment = file.contains("styles for the host");
        assert_eq!(comment, format.id == "vtt", "a comment is a note, or lost:\n{file}");
        assert_eq!(report.count(codes::loss::NOTE), u64::from(format.id == "srt"));
        let drawing = |item: &zimu::diag::Diagnostic| item.message(Lang::En).starts_with("`drawing` of the format ass");
        assert!(report.items().iter().any(drawing), "{:?}", report.items());
        assert_eq!(read(format, &file).unwrap().0.cues.len(), 4, "{file}");
    }
    let (srt, _) = written(&codec::srt::FORMAT, &track);
    assert!(srt.contains("{\\an8}<i>A sign</i>\n"), "{srt}");
    let (vtt, _) = written(&codec::vtt::FORMAT, &track);
    assert!(vtt.contains("<v Ann>line\nbreak\u{A0}and\nmore"), "{vtt}");
    assert!(vtt.contains("la<00:00:05.200>la<00:00:05.600>laa"), "{vtt}");
}

#[test]
fn styles_and_tags_of_subrip_become_override_tags() {
    for (srt, ass) in [
        ("<i>a</i> <b>b</b>", "{\\i1}a{\\i0} {\\b1}b"),
        ("<u>a</u><s>b</s>c", "{\\u1}a{\\u0\\s1}b{\\s0}c"),
        ("<font color=\"#ffff00\">a</font>b", "{\\c&H00FFFF&}a{\\c}b"),
        ("<font face=\"Noto Sans\" size=\"24\">a</font>b", "{\\fnNoto Sans\\fs24}a{\\fn\\fs}b"),
        (
            "<font color=\"#ff0000\">a<font color=\"#0000ff\">b</font>c</font>",
            "{\\c&H0000FF&}a{\\c&HFF0000&}b{\\c&H0000FF&}c",
        ),
        ("{\\an8}top", "{\\an8}top"),
        ("a\nb", "a\\Nb"),
    ] {
        let (track, _) = read(&codec::srt::FORMAT, format!("1\n00:00:01,000 --> 00:00:02,000\n{srt}\n")).unwrap();
        assert_eq!(last_text(&track).0, ass, "{srt}");
    }
}

#[test]
fn text_that_would_be_misread_is_written_otherwise_and_said() {
    use codes::loss::{BRACES, MISREAD};
    for (text, shown, code) in [
        ("{\\i1}x", "｛\\i1｝x", BRACES),
        ("a {b} c", "a ｛b｝ c", BRACES),
        ("C:\\New", "C:\\\u{2060}New", MISREAD),
        ("\\home", "\\\u{2060}home", MISREAD),
        ("\\}", "\\\u{2060}}", MISREAD),
    ] {
        let (out, report) = last_text(&track(text.into()));
        assert_eq!((out.as_str(), report.count(code), report.total()), (shown, 1, 1), "{text}");
    }
    for text in ["a { b", "a } b", "C:\\temp", "\\", "a, b", "<i>x</i>", "&amp;"] {
        let (out, report) = last_text(&track(text.into()));
        assert_eq!((out.as_str(), report.total()), (text, 0), "{text}");
    }
    let mut text = StyledText::from("a\\b");
    text.add(Mark::new(2..3, MarkKind::Bold));
    let (out, report) = last_text(&track(text));
    assert_eq!((out.as_str(), report.is_empty()), ("a\\\u{2060}{\\b1}b", false));
}

#[test]
fn readings_and_glosses_stand_in_brackets() {
    let mut text = StyledText::from("从idea到字幕");
    let gloss = Gloss { text: "点子".into(), open: "（".into(), close: "）".into(), spoken: Spoken::Term };
    text.add(Mark::new(3..7, MarkKind::Gloss(Box::new(gloss))));
    text.add(Mark::new(3..7, MarkKind::Italic));
    text.add(Mark::new(10..16, MarkKind::Ruby(Box::new(Ruby { text: "zìmù".into() }))));
    let (out, report) = last_text(&track(text));
    assert_eq!(out, "从{\\i1}idea（点子）{\\i0}到字幕(zìmù)");
    assert_eq!((report.count(codes::loss::GLOSS), report.count(codes::loss::RUBY), report.total()), (1, 1, 2));
}

#[test]
fn speakers_are_in_the_name_field() {
    let voice = |name: &str| MarkKind::Voice(Box::new(Voice { name: name.into(), classes: vec![] }));
    let mut text = StyledText::from("Hi");
    text.add(Mark::new(0..2, voice("Smith, Ann")));
    let (file, report) = written(&codec::ass::ASS, &track(text.clone()));
    assert!(file.ends_with(",Default,Smith; Ann,0,0,0,,Hi\n"), "{file}");
    assert_eq!((report.count(codes::loss::FIELD_CHANGED), report.total()), (1, 1));
    let mut options = WriteOptions::default();
    options.labels = Labels::Always;
    let bytes = codec::ass::ASS.write(&track(text), &options, &mut Report::default()).unwrap();
    assert!(String::from_utf8(bytes).unwrap().ends_with(",Smith; Ann,0,0,0,,Smith, Ann: Hi\n"));
    // Two in one cue: a field has room for one name.
    let mut two = StyledText::from("Hi\nHello");
    two.add(Mark::new(0..2, voice("Ann")));
    two.add(Mark::new(3..8, voice("Bo")));
    let (out, report) = last_text(&track(two));
    assert_eq!((out.as_str(), report.count(codes::loss::VOICE)), ("Ann: Hi\\NBo: Hello", 1));
}

#[test]
fn times_are_rounded_once_and_said_once() {
    let mut track = track("a".into());
    for millis in [1_234, 2_345] {
        track.cues.push(Cue::new(TimeRange::new(Time::from_millis(millis), Time::from_seconds(3)), "b"));
    }
    let (file, report) = written(&codec::ass::ASS, &track);
    assert!(file.contains("0:00:01.23,0:00:03.00") && file.contains("0:00:02.35,0:00:03.00"), "{file}");
    assert_eq!((report.count(codes::loss::TIME_ROUNDED), report.total()), (1, 1));
}

#[test]
fn a_shifted_cue_keeps_its_own_spelling() {
    let mut track = fixture("ass/karaoke.ass");
    let later = TimeDelta::from_millis(1_000);
    for cue in &mut track.cues {
        cue.range = TimeRange::new(cue.range.start + later, cue.range.end + later);
        for mark in &mut cue.text.marks {
            if let MarkKind::Shown(time) = &mut mark.kind {
                *time += later;
            }
        }
    }
    let (file, report) = written(&codec::ass::ASS, &track);
    assert!(
        file.contains("0:00:02.00,0:00:04.00,Default,,0,0,0,,{\\k25}{\\k50}late {\\kf50}sweep{\\ko75}\n"),
        "{file}"
    );
    assert!(report.is_empty(), "{:?}", report.items());
}

#[test]
fn a_changed_cue_is_written_anew_and_keeps_the_rest() {
    let mut track = fixture("ass/aegisub--everything.ass");
    let sign = &mut track.cues[1];
    sign.text.marks.retain(|mark| mark.kind != MarkKind::Italic);
    let (file, report) = written(&codec::ass::ASS, &track);
    assert!(file.contains("Dialogue: 2,0:00:01.00,0:00:03.00,Sign,,0,0,30,,{\\fad(150,150)}A sign\n"), "{file}");
    assert_eq!((report.count(codes::loss::RESPELLED), report.total()), (1, 1), "{:?}", report.items());
    // What a style says and the cue no longer does is said by tags.
    track.cues[2].text.marks.retain(|mark| mark.kind != MarkKind::Italic);
    track.cues[1].placement = None;
    let (file, report) = written(&codec::ass::ASS, &track);
    assert!(file.contains(",Slant,,0,0,0,,{\\k20\\i0}la{\\k40}la{\\k80}laa\n"), "{file}");
    assert!(file.contains(",Sign,,0,0,30,,{\\an2\\fad(150,150)}A sign\n"), "{file}");
    assert_eq!(report.count(codes::loss::PLACEMENT), 1, "{:?}", report.items());
}

#[test]
fn the_dialects_are_converted_into_each_other() {
    let old = fixture("ssa/styles--numbers.ssa");
    let (file, report) = written(&codec::ass::ASS, &old);
    assert!(file.contains("ScriptType: v4.00+\n") && file.contains("[V4+ Styles]\n"), "{file}");
    assert!(
        file.contains(
            "Style: Top,Arial,28,&H0000FFFF,&H0000FFFF,&H00000000,&H00000000,-1,0,0,0,100,100,0,0,1,2,1,8,20,20,20,0\n"
        ),
        "{file}"
    );
    assert!(file.contains("Style: Boxed,Arial,28,&H00000008,&H0000FFFF,&H00404040,"), "{file}");
    assert_eq!(report.count(codes::loss::STYLES_CONVERTED), 1);
    let (new, _) = read(&codec::ass::ASS, &file).unwrap();
    let said =
        |track: &Track| -> Vec<_> { track.cues.iter().map(|cue| (cue.text.clone(), cue.placement.clone())).collect() };
    assert_eq!(said(&new), said(&old));
    let (file, report) = written(&codec::ass::SSA, &fixture("ass/style--resolved.ass"));
    assert!(file.contains("Style: Loud,Noto Serif,60,65535,255,0,0,-1,0,1,3,1,2,40,40,40,0,1\n"), "{file}");
    assert!(
        file.contains("Style: Sign,Source Han Sans,60,16777215,255,4202512,0,0,0,3,3,1,6,40,40,40,0,1\n"),
        "{file}"
    );
    assert_eq!(report.count(codes::loss::STYLE_COLUMN), 6, "{:?}", report.items());
}

#[test]
fn colours_of_ffmpeg_scripts_and_hidden_text_have_their_opacity() {
    let yellow = Rgba { r: 255, g: 255, b: 0, a: 127 };
    let mut text = StyledText::from("ab");
    text.add(Mark::new(0..1, MarkKind::Color(yellow)));
    let (out, report) = last_text(&track(text));
    assert_eq!((out.as_str(), report.total()), ("{\\c&H00FFFF&\\1a&H80&}a{\\c\\1a}b", 0));
}

/// Linear on what invites otherwise: each takes a fraction of a second in a debug build.
#[test]
fn large_odd_inputs_take_no_longer_than_others() {
    let head = "[Script Info]\n[Events]\n";
    let event = |text: String| format!("{head}Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{text}\n");
    let many = 200_000;
    for text in [
        event("{".repeat(many)),
        event("{}".repeat(many)),
        event("{\\b1".repeat(many)),
        event("{\\i1}a{\\b1}".repeat(many / 4)),
        event("\\N".repeat(many)),
        event(format!("{{{}}}", "\\t(".repeat(many))),
        event(format!("{{{}}}x", "\\c&HFF&".repeat(many / 4))),
        event("\\{".repeat(many)),
        event("{\\p1}m 0 0 ".repeat(many / 8)),
        format!("{head}{}", "Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,x\n;\n".repeat(many / 16)),
        format!("{head}{}", "[".repeat(many)),
        format!("{head}{}", "Dialogue:\n".repeat(many / 8)),
    ] {
        let began = std::time::Instant::now();
        let (track, _) = read(&codec::ass::ASS, &text).unwrap();
        let (bytes, _) = write(&codec::ass::ASS, &track);
        assert!(read(&codec::ass::ASS, &bytes).is_some());
        let start: String = text.chars().skip(head.len()).take(60).collect();
        assert!(began.elapsed().as_secs() < 20, "{:?}: {start}", began.elapsed());
    }
}

/// Times of events as others read them: start and end in milliseconds.
fn our_times(text: &str) -> Vec<(i64, i64)> {
    let (track, _) = read(&codec::ass::ASS, text).unwrap();
    let millis = |time: Time| time.to_millis(Round::Nearest);
    track.cues.iter().map(|cue| (millis(cue.range.start), millis(cue.range.end))).collect()
}

/// Files that others read as well: their times are spelled as usual, every dialogue is a cue.
const COMMON: &[&str] =
    &["plain", "style--resolved", "override--understood", "placement", "karaoke", "fields--kept", "newline--crlf"];

#[test]
fn another_reader_finds_the_same_times() {
    for name in COMMON {
        let text = std::fs::read_to_string(format!("fixtures/ass/{name}.ass")).unwrap();
        let other = subparse::parse_str(subparse::SubtitleFormat::SubStationAlpha, &text, 25.0).unwrap();
        let entries = other.get_subtitle_entries().unwrap();
        let theirs: Vec<_> =
            entries.iter().map(|entry| (entry.timespan.start.msecs(), entry.timespan.end.msecs())).collect();
        assert_eq!(our_times(&text), theirs, "{name}");
    }
}

/// ffmpeg reads the fixtures, and what we write; where it is not installed there is nothing to compare.
#[test]
fn ffmpeg_finds_the_same_times() {
    let folder = tempfile::tempdir().unwrap();
    for name in COMMON {
        let text = std::fs::read_to_string(format!("fixtures/ass/{name}.ass")).unwrap();
        let (track, _) = read(&codec::ass::ASS, &text).unwrap();
        let path = folder.path().join("again.ass");
        std::fs::write(&path, write(&codec::ass::ASS, &track).0).unwrap();
        let run = std::process::Command::new("ffmpeg")
            .args(["-v", "error", "-i"])
            .arg(&path)
            .args(["-f", "srt", "-"])
            .stdin(std::process::Stdio::null())
            .output();
        let Ok(run) = run else { return };
        let srt = String::from_utf8(run.stdout).unwrap();
        let (theirs, _) = read(&codec::srt::FORMAT, &srt).unwrap_or_else(|| panic!("{name}: {srt}"));
        let millis = |time: Time| time.to_millis(Round::Nearest);
        let mut ours = our_times(&text);
        ours.sort_unstable();
        let theirs: Vec<_> = theirs.cues.iter().map(|cue| (millis(cue.range.start), millis(cue.range.end))).collect();
        assert_eq!(ours, theirs, "{name}");
    }
}
