//! Tables, labels and tags of text programs: what the golden files do not show.

use crate::codecs::{read, write};
use std::fmt::Write as _;
use std::time::{Duration, Instant};
use zimu::codec::{self, Format, ReadOptions, by_id};
use zimu::diag::{Code, Report, codes};
use zimu::lang::LangTag;
use zimu::model::{Cue, Track};
use zimu::source::{Source, decode};
use zimu::time::{FrameRate, Time, TimeRange};

fn track(format: &str, text: &str) -> (Track, Report) {
    read(by_id(format).unwrap(), text).unwrap_or_else(|| panic!("{format} refuses {text}"))
}

/// Start and end in milliseconds, and the text.
fn cues(track: &Track) -> Vec<(i64, i64, &str)> {
    let millis = |time: Time| time.to_millis(zimu::time::Round::Nearest);
    track.cues.iter().map(|cue| (millis(cue.range.start), millis(cue.range.end), cue.text.plain.as_str())).collect()
}

fn probed(text: &str) -> Option<&'static str> {
    codec::probe(None, text).map(|format| format.id)
}

#[test]
fn spreadsheets_save_in_encodings_of_their_own() {
    let text = "Start\tEnd\tText\r\n0:00:01,5\t0:00:02\t\"Grüße, 字\"\r\n";
    let utf_16: Vec<u8> = [0xFEFFu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let utf_8 = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    for bytes in [utf_16, utf_8] {
        let source = decode("book.tsv", bytes, None, &mut Report::default()).unwrap();
        assert_eq!(codec::probe(Some("book.tsv"), source.text()).unwrap().id, "tsv");
        let (track, _) = track("tsv", source.text());
        assert_eq!(cues(&track), [(1500, 2000, "Grüße, 字")]);
    }
}

#[test]
fn whole_numbers_are_what_names_or_lengths_say() {
    for (text, start) in [
        ("start,end,text\n1,3,x\n", 1000),
        ("start,end,text\n1000,3000,x\n", 1000),
        ("start_ms,end_ms,text\n1,3,x\n", 1),
        ("start (s),end (s),text\n1000,3000,x\n", 1_000_000),
        ("start,end,text\n1000,3000.5,x\n", 1_000_000),
        ("start [frames],end,text\n50,75,x\n", 2000),
    ] {
        assert_eq!(cues(&track("csv", text).0)[0].0, start, "{text}");
    }
}

#[test]
fn the_frame_rate_that_is_asked_for_counts() {
    let mut options = ReadOptions::default();
    options.frame_rate = FrameRate::parse("50");
    let source = Source::from_text("a", "in,out,text\n00:00:01:25,00:00:02:00,x\n");
    let mut report = Report::default();
    let track = (codec::table::CSV.read)(&source, &options, &mut report).unwrap();
    assert_eq!(cues(&track), [(1500, 2000, "x")]);
    assert!(report.is_empty());
    // One slip in a long table is not what all others are read by.
    let mut text = "in,out,text\n".to_owned();
    (0..100).for_each(|i| writeln!(text, "00:00:{:02}:24,00:01:00:00,x", i % 60).unwrap());
    text.push_str("00:00:01:29,00:01:00:00,slip\n");
    let (track, report) = self::track("csv", &text);
    assert_eq!((track.frame_rate, report.count(codes::parse::BAD_LINE)), (FrameRate::new(25, 1), 1));
}

#[test]
fn tables_are_told_from_other_text() {
    for (text, id) in [
        ("start,end,text\n0,1,a\n", Some("csv")),
        ("开始;结束;字幕\n0:01;0:02;一\n", Some("csv")),
        ("text|start|end\na|1.0|2.0\n", Some("csv")),
        ("start\tend\ttext\n0\t1000\ta\n", Some("tsv")),
        ("1.000000\t2.000000\ta\n", Some("audacity")),
        ("[00:00:01]\nwhat was said\n", None),
        ("Start, text and end\n\nof a letter, as it were\n", None),
        ("name,address\nAnn,Here\n", None),
        ("1\n00:00:01,000 --> 00:00:02,000\nstart,text\n", Some("srt")),
        ("0:00:01.000,0:00:02.000\nsbv\n", Some("sbv")),
        ("00:00:01.00,00:00:02.00\nsubviewer\n", Some("subviewer")),
    ] {
        assert_eq!(probed(text), id, "{text}");
    }
}

#[test]
fn a_language_is_read_that_is_asked_for() {
    let text = std::fs::read_to_string("fixtures/sami/two-languages.smi").unwrap();
    let ask = |lang: &str| {
        let mut options = ReadOptions::default();
        options.lang = LangTag::parse(lang);
        let mut report = Report::default();
        let track = (codec::sami::FORMAT.read)(&Source::from_text("a", text.as_str()), &options, &mut report).unwrap();
        (track, report)
    };
    let (french, report) = ask("fr");
    assert_eq!(cues(&french), [(1000, 2000, "Bonjour."), (3500, 5000, "Ça va ?")]);
    assert_eq!(french.lang, LangTag::parse("fr-FR"));
    assert_eq!(report.count(codes::text::SAMI_OTHER), 1);
    let (other, report) = ask("ko");
    assert_eq!((other.lang, report.count(codes::text::SAMI_NO_LANGUAGE)), (LangTag::parse("en-US"), 1));
}

#[test]
fn old_korean_files_are_read() {
    let text = "<SAMI><BODY><SYNC Start=1000><P Class=KRCC>안녕하세요, 오늘은 무엇을 할까요?\r\n<SYNC Start=2000><P Class=KRCC>&nbsp;\r\n</BODY></SAMI>";
    let mut options = zimu::source::EncodeOptions::default();
    options.encoding = zimu::source::Encoding::parse("euc-kr").unwrap();
    let bytes = zimu::source::encode(text, &options, |_| panic!("all of it can be encoded"));
    let source = decode("old.smi", bytes, None, &mut Report::default()).unwrap();
    assert_eq!(cues(&track("sami", source.text()).0), [(1000, 2000, "안녕하세요, 오늘은 무엇을 할까요?")]);
}

/// Praat writes UTF-16 where a label is not ASCII.
#[test]
fn praat_writes_utf_16() {
    let text = std::fs::read_to_string("fixtures/textgrid/voices.TextGrid").unwrap().replace("I see.", "我明白。");
    let bytes: Vec<u8> = [0xFEFFu16].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
    let source = decode("a.TextGrid", bytes, None, &mut Report::default()).unwrap();
    assert_eq!(codec::probe(None, source.text()).unwrap().id, "textgrid");
    assert_eq!(track("textgrid", source.text()).0.cues.last().unwrap().text.plain, "我明白。");
}

#[test]
fn intervals_that_overlap_get_tiers_of_their_own() {
    let mut track = Track::default();
    for i in 0..4 {
        let range = TimeRange::new(Time::from_seconds(i), Time::from_seconds(i + 3));
        track.cues.push(Cue::new(range, format!("{i}")));
    }
    let (bytes, report) = write(&codec::textgrid::FORMAT, &track);
    assert!(report.is_empty(), "{report:?}");
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.matches("name = \"captions\"").count(), 3);
    assert!(self::track("textgrid", &text).0.same_content(&track));
}

/// Readers, writers and probes of a damaged or a long file cost in proportion to its size: 16 times as much takes nowhere near 256
/// times as long.
#[test]
fn cost_is_in_proportion() {
    let formats = [
        &codec::table::CSV,
        &codec::table::TSV,
        &codec::audacity::FORMAT,
        &codec::subviewer::FORMAT,
        &codec::sami::FORMAT,
        &codec::textgrid::FORMAT,
        &codec::lrc::FORMAT,
    ];
    const HEADS: [&str; 5] = [
        "start,end,speaker,text\n",
        "start\tend\ttext\n",
        "<SAMI><BODY><SYNC Start=1><P Class=A>",
        "\"ooTextFile\" \"TextGrid\" 0 1 <exists> 9999999 \"IntervalTier\" \"a\" 0 1 99999999 ",
        "[INFORMATION]\n",
    ];
    const PIECES: [&str; 18] = [
        "\"",
        "1,2,\"a\n",
        "1,2,\"a\",\"",
        "1\t2\t\"a\n",
        ",",
        "\n",
        "<",
        "<!--",
        "<i>",
        "</i>",
        "<P Class=B>x",
        "<SYNC Start=5>x",
        "&x",
        "0 1 \"a\" ",
        "\"\" ",
        "00:00:01.00,00:00:02.00\n",
        "[00:01.00]a\n",
        "[br]",
    ];
    let run = |format: &Format, text: &str| {
        (format.probe)(text);
        if let Some((track, _)) = read(format, text) {
            write(format, &track);
        }
    };
    for format in formats {
        for head in HEADS {
            for piece in PIECES {
                let time = |count: usize| {
                    let text = head.to_owned() + &piece.repeat(count);
                    let begun = Instant::now();
                    run(format, &text);
                    begun.elapsed()
                };
                let (short, long) = (time(500), time(8_000));
                let most = (short * 64).max(Duration::from_millis(1500));
                assert!(long < most, "{} {head:?} {piece:?}: {short:?}, {long:?}", format.id);
            }
        }
    }
}

#[test]
fn what_cannot_be_read_counts_as_lost() {
    let lost = |format: &str, text: &str, code: Code| {
        let (_, report) = track(format, text);
        assert!(report.count(code) > 0, "{format}");
        assert!(zimu::pipeline::lost_cues([&report]).is_some(), "{format}");
    };
    lost("csv", "start,end,text\nsoon,2,x\n1,2,y\n", codes::parse::BAD_LINE);
    lost("audacity", "1\t2\tx\nsoon\n", codes::parse::BAD_LINE);
    lost("lrc", "[00:01.00]x\nsoon\n", codes::parse::BAD_LINE);
    lost("mpl2", "[1][2]x\nsoon\n", codes::parse::BAD_LINE);
    lost("microdvd", "{1}{2}x\nsoon\n", codes::parse::BAD_LINE);
    lost("sami", "<SYNC Start=soon><P>x<SYNC Start=1><P>y", codes::parse::BAD_LINE);
    lost(
        "textgrid",
        "\"ooTextFile\" \"TextGrid\" 0 1 <exists> 1 \"IntervalTier\" \"a\" 0 1 1 1 0 \"x\"",
        codes::text::TEXTGRID_REVERSED,
    );
}

/// Names of columns may hold what separates columns elsewhere.
#[test]
fn names_of_other_columns_do_not_hide_the_row_of_names() {
    let mut track = Track::default();
    let mut cue = Cue::new(TimeRange::new(Time::from_seconds(1), Time::from_seconds(2)), "x");
    let extra = |value: &str| zimu::model::Extra { format: "csv", key: "cells", value: value.to_owned() };
    cue.extras = [extra(r#""a\tstart\tx": "1", "b\ttext\tc": "2""#)].into();
    track.cues.push(cue.clone());
    let (bytes, report) = write(&codec::table::CSV, &track);
    assert_eq!(
        (String::from_utf8(bytes).unwrap().as_str(), report.count(codes::loss::FOREIGN)),
        ("start,end,speaker,text\n1.000,2.000,,x\n", 1)
    );
    track.cues[0].extras = [extra(r#""a;b": "1", "c, d": "2""#)].into();
    let (bytes, report) = write(&codec::table::CSV, &track);
    assert!(report.is_empty());
    assert!(read(&codec::table::CSV, bytes).unwrap().0.same_content(&track));
}

/// A line of a text that would be read as a row, because of files that do not close their quotation marks.
#[test]
fn a_text_with_a_row_in_it_stays_one_cue() {
    let mut track = Track::default();
    track.cues.push(Cue::new(TimeRange::new(Time::from_seconds(1), Time::from_seconds(2)), "say\n1.5,2.5,,\"no\""));
    let (bytes, report) = write(&codec::table::CSV, &track);
    assert_eq!(report.count(codes::loss::MISREAD), 1);
    assert_eq!(read(&codec::table::CSV, bytes).unwrap().0.cues[0].text.plain, "say\n\u{2060}1.5,2.5,,\"no\"");
}

#[test]
fn a_block_of_subviewer_that_would_stand_alone_is_lost_by_name() {
    let (mut alone, _) = track("subviewer", "[AUTHOR]Ann\n00:00:01.00,00:00:02.00\nOne\n");
    alone.cues.clear();
    let (bytes, report) = write(&codec::subviewer::FORMAT, &alone);
    let (again, _) = track("subviewer", std::str::from_utf8(&bytes).unwrap());
    assert!(again.cues.is_empty() && alone.extras.len() == 1);
    assert_eq!(report.count(codes::loss::FOREIGN), 1);
}
