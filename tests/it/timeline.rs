//! Media whose sound does not simply begin at 0 and go on: edit lists, chained recordings, delays that only a comment or a decoder knows.

use crate::audio::{bursts, decoded, fixture, folder, lag, original, wav};
use crate::program;
use std::process::Command;
use zimu::audio::{Delay, Options, SAMPLE_RATE};
use zimu::diag::{Lang, Report, codes};
use zimu::time::{Time, TimeRange};
use zimu::{ErrorKind, pipeline};

/// Whether `heard` from second `at` on is the bursts from second `from` on, for so many seconds: within 1 ms.
fn is_said(heard: &[f32], original: &[f32], (at, from, seconds): (f64, f64, f64)) {
    let part = |samples: &[f32], start: f64| {
        let start = (start * f64::from(SAMPLE_RATE)).round() as usize;
        samples[start..start + (seconds * f64::from(SAMPLE_RATE)) as usize].to_vec()
    };
    let (late, score) = lag(&part(heard, at), &part(original, from));
    assert!(late.abs() <= 16 && score > 0.85, "{at}: {late} samples, r={score}");
}

#[test]
fn pieces_of_an_edit_list_are_heard_where_it_puts_them() {
    let (heard, media, report) = decoded(&fixture("bursts--four-edits.m4a"), &Options::default());
    let original = original();
    for piece in [(0.0, 0.75, 0.5), (0.5, 0.0, 0.6), (1.4, 0.3, 0.4)] {
        is_said(&heard, &original, piece);
    }
    assert!(heard[17_700..22_300].iter().all(|sample| sample.abs() < 0.01), "silence where the list has none");
    assert_eq!((heard.len(), media.delay_from), (28_800, Delay::EditList));
    assert_eq!((report.count(codes::audio::PIECES), report.count(codes::audio::GAP)), (1, 1), "{report:?}");
    assert!(report.items().iter().any(|item| item.message(Lang::En).contains("0.3 s")));
    // Part of it is the same sound.
    let range = TimeRange::new(Time::from_millis(1_450), Time::from_millis(1_750));
    let part = decoded(&fixture("bursts--four-edits.m4a"), &Options::default().with_range(Some(range))).0;
    assert_eq!(part.len(), 4_800);
    is_said(&part, &heard, (0.0, 1.45, 0.3));
}

#[test]
fn an_empty_edit_and_a_cut_are_silence_and_a_later_start_in_the_track() {
    let (heard, _, report) = decoded(&fixture("bursts--empty-edit-and-cut.m4a"), &Options::default());
    is_said(&heard, &original(), (0.25, 0.2, 1.0));
    assert!(heard[..3_900].iter().all(|sample| sample.abs() < 0.01));
    assert_eq!((heard.len(), report.is_empty()), (20_000, true), "{report:?}");
}

#[test]
fn the_comment_of_apples_encoders_tells_the_delay() {
    let (heard, media, report) = decoded(&fixture("bursts--itunsmpb.m4a"), &Options::default());
    is_said(&heard, &original(), (0.0, 0.0, 1.4));
    assert_eq!((media.delay_from, report.is_empty()), (Delay::ITunes, true));
    // It counts samples, also where the track counts something else: here 24,000 units a second.
    let mut bytes = std::fs::read(fixture("bursts--itunsmpb.m4a")).unwrap();
    let mdhd = bytes.windows(4).position(|kind| kind == b"mdhd").unwrap() + 4;
    assert_eq!(bytes[mdhd + 12..mdhd + 16], 48_000u32.to_be_bytes());
    bytes[mdhd + 12..mdhd + 16].copy_from_slice(&24_000u32.to_be_bytes());
    let stts = bytes.windows(4).position(|kind| kind == b"stts").unwrap() + 12;
    assert_eq!(bytes[stts + 4..stts + 8], 1_024u32.to_be_bytes());
    bytes[stts + 4..stts + 8].copy_from_slice(&512u32.to_be_bytes());
    let path = folder("timeline").join("other-clock.m4a");
    std::fs::write(&path, bytes).unwrap();
    is_said(&decoded(&path, &Options::default()).0, &original(), (0.0, 0.0, 1.3));
}

#[test]
fn all_recordings_of_a_chain_are_heard() {
    for codec in ["flac", "vorbis", "opus"] {
        let path = fixture(&format!("bursts--chained-{codec}.ogg"));
        let (heard, _, report) = decoded(&path, &Options::default());
        assert_eq!(heard.len(), 24_000, "{codec}");
        let original = original();
        for piece in [(0.0, 0.0, 0.7), (0.76, 0.76, 0.7)] {
            is_said(&heard, &original, piece);
        }
        let said: Vec<_> = report.items().iter().map(|item| (item.code, item.at.time)).collect();
        assert_eq!(said, [(codes::audio::CHAINED, Some(Time::from_millis(750)))], "{codec}");
        // A part of the second one, though nothing of the first is decoded for it.
        let range = TimeRange::new(Time::from_millis(1_950), Time::from_millis(2_250));
        let long = folder("timeline").join(format!("chained-{codec}.ogg"));
        std::fs::write(&long, std::fs::read(&path).unwrap().repeat(2)).unwrap();
        let part = decoded(&long, &Options::default().with_range(Some(range))).0;
        assert_eq!(part.len(), 4_800, "{codec}");
        is_said(&part, &original, (0.0, 0.45, 0.3));
    }
}

#[test]
fn a_chain_of_two_codecs_says_what_is_left_out() {
    let links =
        ["flac.ogg", "vorbis.ogg"].map(|name| std::fs::read(fixture(&format!("bursts--chained-{name}"))).unwrap());
    let path = folder("timeline").join("two-codecs.ogg");
    std::fs::write(&path, links.concat()).unwrap();
    let (heard, _, report) = decoded(&path, &Options::default());
    assert_eq!(heard.len(), 24_000);
    assert_eq!(report.count(codes::audio::CHAIN_ENDS), 1, "{report:?}");
}

/// What says that a file is HE-AAC: the configuration, what is behind it, the packets alone. All are late by SBR's 962 samples, and
/// the last one by its encoder's delay, of which it says nothing.
const HE_AAC: &[(&str, i64)] =
    &[("bursts--he-aac.m4a", 321), ("bursts--he-aac-compatible.m4a", 321), ("bursts--he-aac-unsaid.aac", 1_003)];

#[test]
fn he_aac_is_given_to_ffmpeg() {
    for (name, _) in HE_AAC {
        let media = pipeline::media(&fixture(name), &Options::default()).unwrap();
        assert_eq!((media.tracks[0].codec.as_str(), media.is_decodable()), ("he-aac", false), "{name}");
    }
    if program::find("ffmpeg").is_none() {
        return;
    }
    let original = original();
    for (name, late) in HE_AAC {
        let (heard, media, report) = decoded(&fixture(name), &Options::default());
        let (lag, score) = lag(&heard[*late as usize..], &original);
        assert!(lag.abs() <= 16 && score > 0.9, "{name}: {lag} samples, r={score}");
        assert_eq!((media.by, report.count(codes::audio::BY_PROGRAM)), (Some("ffmpeg"), 1), "{name}");
        assert!(report.items()[0].message(Lang::En).contains("he-aac"), "{name}");
    }
}

#[test]
fn aac_of_a_low_rate_is_no_he_aac() {
    let Some(ffmpeg) = program::find("ffmpeg") else { return };
    let folder = folder("timeline");
    let source = folder.join("source.wav");
    std::fs::write(&source, wav(48_000, 1, &bursts(48_000, 1, 10.0))).unwrap();
    for (name, rate) in [("low.m4a", "24000"), ("low.aac", "22050"), ("lower.mkv", "16000")] {
        let file = folder.join(name);
        let mut make = Command::new(&ffmpeg);
        make.args(["-v", "error", "-y", "-i"]).arg(&source).args(["-c:a", "aac", "-ar", rate]).arg(&file);
        assert!(make.status().unwrap().success());
        let media = pipeline::media(&file, &Options::default()).unwrap();
        assert_eq!((media.tracks[0].codec.as_str(), media.is_decodable()), ("aac", true), "{name}");
        assert!(decoded(&file, &Options::default()).0.len() >= 160_000, "packets that were looked at are heard");
    }
}

/// Another run of this test program is given a variable that names no ffmpeg.
const ELSEWHERE: &str = "ZIMU_FFMPEG";

#[test]
fn without_ffmpeg_he_aac_is_an_error_with_a_remedy() {
    let mut again = Command::new(std::env::current_exe().unwrap());
    again.args(["--exact", "--ignored", "timeline::where_ffmpeg_is_not"]).env(ELSEWHERE, "/nowhere/ffmpeg");
    let output = again.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert!(String::from_utf8_lossy(&output.stdout).contains("1 passed"));
}

#[test]
#[ignore = "run by the test above, which hides ffmpeg"]
fn where_ffmpeg_is_not() {
    if std::env::var_os(ELSEWHERE).is_none() {
        return;
    }
    for (name, _) in HE_AAC {
        let error =
            pipeline::sound(&fixture(name), &Options::default(), &mut Report::default(), &mut |_| Ok(())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingProgram, "{name}");
        assert!(error.message().contains("he-aac") && error.remedy().unwrap().contains("ffmpeg"), "{error}");
        assert!(error.chinese().contains("he-aac"));
    }
}
