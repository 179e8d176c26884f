//! What conversion must keep because other converters lose it: one test for each line of that list. Nothing is lost without
//! being named.

use crate::codecs::{read, write};
use std::collections::BTreeSet;
use zimu::codec::{self, FORMATS, Format};
use zimu::diag::{Lang, Report, codes};
use zimu::model::{MarkKind, Track};
use zimu::pipeline;
use zimu::time::{Time, TimeRange};

fn format(id: &str) -> &'static Format {
    codec::by_id(id).unwrap()
}

fn track(id: &str, text: &str) -> Track {
    read(format(id), text).unwrap().0
}

/// A text in another format, and what was said of it.
fn converted(text: &str, from: &str, to: &str) -> (String, Report) {
    let (bytes, report) = write(format(to), &track(from, text));
    (String::from_utf8_lossy(&bytes).into_owned(), report)
}

fn said(report: &Report) -> BTreeSet<&'static str> {
    report.counts().map(|(code, _)| code.row().id).collect()
}

const STYLED: &str = "\
WEBVTT

STYLE
::cue(.loud) { color: red }

REGION
id:fred
lines:3

00:01.000 --> 00:02.000
First

00:02.000 --> 00:03.000 region:fred
<c.loud>Second</c>

00:04.000 --> 00:05.000
Third
";

/// STYLE and REGION blocks cost no cue, in whatever format.
#[test]
fn a_file_with_styles_and_regions_keeps_its_cues() {
    let captions = track("vtt", STYLED);
    for format in FORMATS.iter().copied().filter(|format| format.write.is_some()) {
        let (bytes, report) = write(format, &captions);
        let (again, _) = read(format, &bytes).unwrap();
        let shown: Vec<&str> = again.cues.iter().map(|cue| cue.text.plain.as_str()).collect();
        assert_eq!(shown, ["First", "Second", "Third"], "{}", format.id);
        assert_eq!(report.count(codes::loss::CUE), 0);
        let (styles, region) = (report.count(codes::loss::FOREIGN) > 0, report.count(codes::loss::REGION) > 0);
        let whole = ["vtt", "json"].contains(&format.id);
        assert_eq!((styles, region), (!whole, !whole), "{}: {report:?}", format.id);
    }
}

const SPOKEN: &str = "\
WEBVTT

1
00:01.000 --> 00:02.000
One

not a number
00:02.000 --> 00:04.000
<v Ann><ruby>汉字<rt>hànzì</rt></ruby> <c.loud>loud</c> <lang fr>mot</lang> <00:03.000>late
";

/// Voice, ruby, class, language, word times; the id is nobody's text.
#[test]
fn what_webvtt_says_is_kept_or_named() {
    let (srt, report) = converted(SPOKEN, "vtt", "srt");
    let text =
        "1\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:02,000 --> 00:00:04,000\nAnn: 汉字(hànzì) loud mot late\n";
    assert_eq!(srt, text);
    let named = ["class", "cue-id", "inner-time", "lang", "ruby", "voice"].map(|code| format!("loss/{code}"));
    assert!(named.iter().all(|code| said(&report).contains(code.as_str())), "{:?}", said(&report));
    let (ass, _) = converted(SPOKEN, "vtt", "ass");
    assert!(ass.contains("Default,Ann,0,0,0,,{\\k100}汉字(hànzì) loud mot {\\k100}late"), "{ass}");
    let (ttml, report) = converted(SPOKEN, "vtt", "ttml");
    for part in [
        "tts:ruby=\"base\">汉字</span><span tts:ruby=\"text\">hànzì</span>",
        "<span xml:lang=\"fr\">mot</span>",
        ">Ann<",
    ] {
        assert!(ttml.contains(part), "{part}\n{ttml}");
    }
    assert!(!said(&report).contains("loss/ruby") && said(&report).contains("loss/class"));
    let (lrc, _) = converted(SPOKEN, "vtt", "lrc");
    assert!(lrc.contains("[00:02.00]Ann: 汉字(hànzì) loud mot <00:03.00>late\n"), "{lrc}");
}

/// `{\an8}` is a place, not a text.
#[test]
fn a_place_in_subrip_is_a_place_elsewhere() {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}On top\n";
    for (to, place) in [("vtt", "line:0\nOn top\n"), ("ttml", "tts:displayAlign=\"before\""), ("ass", "{\\an8}On top")]
    {
        let (out, report) = converted(srt, "srt", to);
        assert!(out.contains(place) && (to == "ass" || !out.contains("an8")), "{to}: {out}");
        assert!(report.is_empty(), "{to}: {report:?}");
        let (again, _) = read(format(to), &out).unwrap();
        assert_eq!(again.cues[0].text.plain, "On top");
        assert!(again.cues[0].placement.is_some());
    }
}

/// `&` and `<` are escaped, tags are not.
#[test]
fn text_is_escaped_and_tags_are_tags() {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nR&D: 1 < 2 <i>or</i> <b>not</b>\n";
    for (to, line) in [
        ("vtt", "\nR&amp;D: 1 &lt; 2 <i>or</i> <b>not</b>\n"),
        (
            "ttml",
            ">R&amp;D: 1 &lt; 2 <span tts:fontStyle=\"italic\">or</span> <span tts:fontWeight=\"bold\">not</span><",
        ),
        ("ass", ",R&D: 1 < 2 {\\i1}or{\\i0} {\\b1}not"),
        ("sami", "R&amp;D: 1 &lt; 2 <i>or</i> <b>not</b>"),
    ] {
        let (out, report) = converted(srt, "srt", to);
        assert!(out.contains(line), "{to}: {out}");
        assert!(report.is_empty(), "{to}: {report:?}");
        assert_eq!(track(to, &out).cues[0].text, track("srt", srt).cues[0].text, "{to}");
    }
}

const SCRIPT: &str = "\
[Script Info]
ScriptType: v4.00+
PlayResX: 640
PlayResY: 360

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,0,2,10,10,10,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,Nobody shows this
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8}One\\Ntwo
Dialogue: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,{\\pos(320,20)\\c&H0000FF&}Red
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0 100 100{\\p0}
";

/// Breaks are breaks, tags do not leak, drawings and comments are no cues, places and colours go along.
#[test]
fn scripts_lose_neither_looks_nor_gain_text() {
    let (srt, report) = converted(SCRIPT, "ass", "srt");
    let first = "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}One\ntwo\n\n2\n00:00:02,000 --> 00:00:03,000\n";
    assert!(srt.starts_with(first), "{srt}");
    assert!(srt.ends_with("<font color=\"#ff0000\">Red</font>\n"), "{srt}");
    assert!(said(&report).contains("loss/note") && said(&report).contains("loss/foreign"), "{report:?}");
    let (vtt, report) = converted(SCRIPT, "ass", "vtt");
    assert!(vtt.contains("00:00:01.000 --> 00:00:02.000 line:0\nOne\ntwo\n"), "{vtt}");
    assert!(vtt.contains("NOTE Nobody shows this\n") && vtt.contains("<c.red>Red</c>"), "{vtt}");
    let drawing = report.items().iter().any(|item| item.message(Lang::En).starts_with("`drawing` of the format ass"));
    assert!(drawing, "{report:?}");
    for out in [srt, vtt] {
        for leak in ["\\N", "\\pos", "{\\c", "m 0 0", "{\\p"] {
            assert!(!out.contains(leak), "{leak}: {out}");
        }
    }
    let ttml = track("ttml", &converted(SCRIPT, "ass", "ttml").0);
    let color = ttml.cues[1].text.marks.iter().find_map(|mark| match mark.kind {
        MarkKind::Color(color) => Some((color.r, color.g, color.b)),
        _ => None,
    });
    assert_eq!((ttml.cues.len(), color), (2, Some((255, 0, 0))));
}

/// Each form of a time in TTML, exactly.
#[test]
fn every_form_of_a_time_is_exact() {
    let document = |begin: &str, end: &str| {
        format!(
            "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:ttp=\"http://www.w3.org/ns/ttml#parameter\" ttp:frameRate=\"25\" \
             ttp:tickRate=\"10\" xml:lang=\"\"><body><div><p begin=\"{begin}\" end=\"{end}\">x</p></div></body></tt>"
        )
    };
    for (begin, end, millis) in [
        ("00:00:03.5", "00:00:04.25", (3500, 4250)),
        ("100f", "150f", (4000, 6000)),
        ("00:00:01:12", "00:00:02:00", (1480, 2000)),
        ("35t", "4s", (3500, 4000)),
        ("0.001h", "0.1m", (3600, 6000)),
        ("250ms", "1.5s", (250, 1500)),
    ] {
        let range = track("ttml", &document(begin, end)).cues[0].range;
        assert_eq!(range, TimeRange::new(Time::from_millis(millis.0), Time::from_millis(millis.1)), "{begin} {end}");
    }
}

/// A cue that is not written is named, and the whole is a failure.
#[test]
fn a_dropped_cue_is_named_and_a_failure() {
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nGood\n\n2\n00:00:03,000 --> 00:00:04,000\n风浪很大\n";
    let (bytes, report) = write(format("stl"), &track("srt", srt));
    assert_eq!(read(format("stl"), &bytes).unwrap().0.cues.len(), 1);
    let lost: Vec<_> = report.items().iter().filter(|item| item.code == codes::loss::CUE).collect();
    assert_eq!(lost.iter().map(|item| item.at.cue).collect::<Vec<_>>(), [Some(1)]);
    let error = pipeline::lost_cues([&report]).unwrap();
    assert_eq!(error.kind(), zimu::ErrorKind::Loss);
    assert!(pipeline::lost_cues([&converted(srt, "srt", "vtt").1]).is_none());
}
