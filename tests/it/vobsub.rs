//! VobSub: what is made of each fixture, alone and with its pictures. The pictures are made here.

use crate::codecs::{diagnostics, fixture_bytes, fixtures};
use crate::golden::golden;
use std::fmt::Write as _;
use std::path::Path;
use zimu::codec::{ReadOptions, vobsub};
use zimu::diag::{Report, codes};
use zimu::model::Track;
use zimu::pipeline::{self, CaptionsOptions};
use zimu::source::Source;
use zimu::time::{Time, TimeDelta};

/// A picture of 8 by 2 points that is shown from `start` on (in units of 1024/90000 s), until `stop`.
fn picture(start: u16, stop: Option<u16>) -> Vec<u8> {
    // Two lines of one colour each, to their ends.
    let lines = [0x00, 0x01, 0x00, 0x02];
    let control = 4 + lines.len() as u16;
    let first_length = 4 + 1 + 3 + 3 + 7 + 5 + 1;
    let second = if stop.is_some() { control + first_length } else { control };
    let mut out = vec![0, 0];
    out.extend(control.to_be_bytes());
    out.extend(lines);
    out.extend(start.to_be_bytes());
    out.extend(second.to_be_bytes());
    out.extend([0x01, 0x03, 0x32, 0x10, 0x04, 0xFF, 0xF0, 0x05, 0x00, 0x00, 0x07, 0x00, 0x00, 0x01]);
    out.extend([0x06, 0x00, 0x04, 0x00, 0x06, 0xFF]);
    if let Some(stop) = stop {
        out.extend(stop.to_be_bytes());
        out.extend(second.to_be_bytes());
        out.extend([0x02, 0xFF]);
    }
    let length = u16::try_from(out.len()).unwrap().to_be_bytes();
    out[..2].copy_from_slice(&length);
    out
}

/// A pack of 2048 bytes with one picture of a stream, at so many ticks of 90 kHz.
fn pack(stream: u8, ticks: u64, picture: &[u8]) -> Vec<u8> {
    // System clock 0; the time stamp of the picture counts.
    let mut out = vec![0, 0, 1, 0xBA, 0x44, 0, 4, 0, 4, 1, 0, 0, 3, 0xF8];
    let stamp = [
        0x21 | (ticks >> 29 & 0x0E) as u8,
        (ticks >> 22) as u8,
        1 | (ticks >> 14 & 0xFE) as u8,
        (ticks >> 7) as u8,
        1 | (ticks << 1 & 0xFE) as u8,
    ];
    out.extend([0, 0, 1, 0xBD]);
    out.extend(u16::try_from(3 + 5 + 1 + picture.len()).unwrap().to_be_bytes());
    out.extend([0x81, 0x80, 5]);
    out.extend(stamp);
    out.push(stream);
    out.extend(picture);
    let padding = 2048 - out.len() - 6;
    out.extend([0, 0, 1, 0xBE]);
    out.extend(u16::try_from(padding).unwrap().to_be_bytes());
    out.resize(2048, 0xFF);
    out
}

fn millis(ms: u64) -> u64 {
    ms * 90
}

/// The files that the indexes of the fixtures point into.
fn made() -> Vec<(&'static str, Vec<u8>)> {
    let (three_seconds, five_hundred) = (picture(0, Some(264)), picture(0, Some(500)));
    let two_languages = [
        pack(0x20, millis(1_000), &three_seconds),
        pack(0x21, millis(1_000), &three_seconds),
        pack(0x20, millis(5_000), &picture(88, Some(352))),
        pack(0x21, millis(5_000), &picture(0, None)),
        pack(0x20, millis(20_000), &five_hundred),
        pack(0x20, millis(40_000), &picture(0, None)),
        pack(0x20, millis(60_000), &picture(0, Some(2000))),
        pack(0x20, millis(62_000), &picture(0, None)),
    ]
    .concat();
    let mut damaged = two_languages.clone();
    // The control sequence of the first points behind the picture; the third pack is no pack any more.
    damaged[14 + 6 + 3 + 5 + 1 + 2] = 0x7F;
    damaged[2 * 2048 + 3] = 0;
    damaged.truncate(5 * 2048 + 40);
    vec![("two-languages", two_languages), ("bad-pictures", damaged)]
}

#[test]
fn the_fixtures_are_those_made_here() {
    for (name, bytes) in made() {
        for folder in ["vobsub", "vobsub-sub"] {
            let path = Path::new("fixtures").join(folder).join(name).with_extension("sub");
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&path, &bytes).unwrap();
            }
            assert!(std::fs::read(&path).unwrap() == bytes, "{}", path.display());
        }
    }
}

#[test]
fn fixtures_read_as_expected() {
    for (path, text) in fixtures(&vobsub::INDEX) {
        let source = Source::from_text("fixture", text);
        let mut out =
            described("alone", &source, |report| vobsub::read_with(&source, None, &ReadOptions::default(), report));
        if let Ok(pictures) = std::fs::read(path.with_extension("sub")) {
            out += "\n";
            out += &described("with pictures", &source, |report| {
                vobsub::read_with(&source, Some(&pictures), &ReadOptions::default(), report)
            });
        }
        golden(&path.with_extension("golden"), &out);
    }
    for (path, bytes) in fixture_bytes(&vobsub::PICTURES) {
        let source = Source::binary("fixture", bytes);
        let read = |report: &mut Report| (vobsub::PICTURES.read)(&source, &ReadOptions::default(), report);
        golden(&path.with_extension("golden"), &described("alone", &source, read));
    }
}

fn described(when: &str, source: &Source, read: impl Fn(&mut Report) -> zimu::Result<Track>) -> String {
    let (mut report, mut out) = (Report::default(), String::new());
    match read(&mut report) {
        Ok(track) => {
            let lang = track.lang.as_ref().map_or("-", |lang| lang.as_str());
            let _ = writeln!(out, "{when}: language {lang}");
            for cue in &track.cues {
                let place = &cue.extras[0].value;
                let _ = writeln!(out, "{} to {} {:?} at {place}", cue.range.start, cue.range.end, cue.text.plain);
            }
            diagnostics(&mut out, when, &report, source);
        }
        Err(error) => {
            let _ = writeln!(out, "refused: {} / {}", error.message(), error.chinese());
        }
    }
    out
}

fn asked(lang: Option<&str>, track: Option<u32>) -> ReadOptions {
    let mut options = ReadOptions::default();
    (options.lang, options.subtitle_track) = (lang.and_then(zimu::lang::LangTag::parse), track);
    options
}

/// Starts in milliseconds, and what was said of the choice.
fn chosen(read: impl FnOnce(&mut Report) -> zimu::Result<Track>) -> (Vec<i64>, Vec<(&'static str, String)>) {
    let mut report = Report::default();
    let track = read(&mut report).unwrap();
    let about = [codes::vobsub::OTHER_LANGUAGES, codes::vobsub::NO_LANGUAGE];
    let said = report.items().iter().filter(|item| about.contains(&item.code));
    let said = said.map(|item| (item.code.row().id, item.message(zimu::diag::Lang::En))).collect();
    (track.cues.iter().map(|cue| cue.range.start.to_units(1000, zimu::time::Round::Nearest)).collect(), said)
}

/// Of an index with several tracks the one asked for is read, by number or by language, and the others are named.
#[test]
fn the_track_asked_for_is_read() {
    let text = std::fs::read_to_string("fixtures/vobsub/four-tracks--numbers-with-a-gap.idx").unwrap();
    let source = Source::from_text("x", text);
    let read = |options: ReadOptions| chosen(|report| vobsub::read_with(&source, None, &options, report));
    let others = |read: &str, others: &str| {
        let said = format!("the file has several subtitle tracks: {read} is read, and not {others}");
        ("parse/vobsub/other-languages", said + "; --subtitle-track or --language names the one to read")
    };
    let (first, second) =
        (others("#2 zh", "#0 en (1), #5 pt-BR (2), #6 -- (1)"), others("#6 --", "#0 en (1), #2 zh (1), #5 pt-BR (2)"));
    // `langidx` names the second; #7 has no pictures and is none.
    assert_eq!(read(asked(None, None)), (vec![2000], vec![first.clone()]));
    assert_eq!(read(asked(None, Some(6))), (vec![6000], vec![second]));
    assert_eq!(read(asked(Some("en"), None)).0, [1000]);
    assert_eq!(read(asked(Some("pt-BR"), None)).0, [5000, 5500]);
    assert_eq!(read(asked(Some("pt"), None)).0, [5000, 5500]);
    assert_eq!(read(asked(Some("zh-Hant"), None)), (vec![2000], vec![first.clone()]));
    let (starts, said) = read(asked(Some("ko"), None));
    assert_eq!(starts, [2000]);
    let missing = "the file does not say that any of its subtitle tracks is in ko; #2 zh is read".to_owned();
    assert_eq!(said, [("parse/vobsub/no-language", missing), first]);
    for missing in [1, 7] {
        let mut report = Report::default();
        let error = vobsub::read_with(&source, None, &asked(None, Some(missing)), &mut report).unwrap_err();
        assert_eq!(error.message(), format!("there is no subtitle track {missing}"));
        assert_eq!(error.remedy(), Some("the file has #0 en, #2 zh, #5 pt-BR, #6 --"));
    }
}

/// The pictures alone know numbers, and no languages.
#[test]
fn the_track_of_pictures_asked_for_is_read() {
    let source = Source::binary("x", made().swap_remove(0).1);
    let read = |options: ReadOptions| chosen(|report| (vobsub::PICTURES.read)(&source, &options, report));
    let said = |(starts, said): (Vec<i64>, Vec<(&'static str, String)>)| {
        (starts, said.into_iter().map(|(id, _)| id).collect())
    };
    let all = vec![1000, 6001, 20_000, 40_000, 60_000, 62_000];
    let (other, none) = ("parse/vobsub/other-languages", "parse/vobsub/no-language");
    assert_eq!(said(read(asked(None, None))), (all.clone(), vec![other]));
    assert_eq!(said(read(asked(None, Some(1)))), (vec![1000, 5000], vec![other]));
    assert_eq!(said(read(asked(Some("de"), None))), (all, vec![none, other]));
    assert!((vobsub::PICTURES.read)(&source, &asked(None, Some(2)), &mut Report::default()).is_err());
}

/// However many an index lists, what is said of them is short.
#[test]
fn many_tracks_are_counted() {
    let track = |i: usize| format!("id: en, index: {i}\ntimestamp: 00:00:01:000, filepos: 000000000\n");
    let text = "# VobSub index file, v7\n".to_owned() + &(0..1000).map(track).collect::<String>();
    let source = Source::from_text("x", text);
    let (_, said) = chosen(|report| vobsub::read_with(&source, None, &asked(None, Some(999)), report));
    assert!(said[0].1.contains("#31 en (1) … +967;"), "{said:?}");
}

/// The file beside the index is found, and an unreadable caption is a failure of the whole.
#[test]
fn the_pictures_beside_an_index_are_read() {
    let input = zimu::host::read(Path::new("fixtures/vobsub/two-languages.idx")).unwrap();
    let mut report = Report::default();
    let captions = pipeline::captions(input, &CaptionsOptions::default(), &mut report).unwrap();
    assert_eq!(captions.format.id, "vobsub");
    let first = &captions.track.cues[0];
    // 264 units of 1024/90000 s.
    assert_eq!(first.range.end, Time::from_millis(1_000) + TimeDelta::from_flicks(264 * 1024 * 7840));
    assert_eq!(report.count(codes::vobsub::PICTURE), captions.track.cues.len() as u64);
    assert!(pipeline::lost_cues([&report]).is_some());
}

/// Every byte of a pack damaged one after another, and every length of it: no panic leaves the fence.
#[test]
fn damaged_pictures_are_read_or_refused() {
    let whole = made().swap_remove(0).1;
    let mut packs = whole[..2 * 2048].to_vec();
    let read = |bytes: &[u8]| {
        let source = Source::binary("damaged", bytes.to_vec());
        let _ = (vobsub::PICTURES.read)(&source, &ReadOptions::default(), &mut Report::default());
    };
    for i in (0..80).chain(2048..2048 + 80) {
        let before = packs[i];
        for value in [0, 1, 0x7F, 0x80, 0xFE, 0xFF] {
            packs[i] = value;
            read(&packs);
        }
        packs[i] = before;
    }
    (0..100).chain(2040..2148).for_each(|length| read(&whole[..length]));
}

/// A file of lines for one place, or of places back and forth, is no reason to take a picture apart again and again.
#[test]
fn one_picture_is_taken_apart_once() {
    let bytes = made().swap_remove(0).1;
    let line =
        |i: usize| format!("timestamp: 00:00:01:000, filepos: {:09x}\n", if i.is_multiple_of(2) { 0 } else { 2048 });
    let text = "# VobSub index file, v7\nid: en, index: 0\n".to_owned() + &(0..50_000).map(line).collect::<String>();
    let start = std::time::Instant::now();
    let mut report = Report::default();
    vobsub::read_with(&Source::from_text("x", text), Some(&bytes), &ReadOptions::default(), &mut report).unwrap();
    assert_eq!(report.count(codes::vobsub::NO_END), 1);
    assert!(start.elapsed().as_secs() < 20);
}
