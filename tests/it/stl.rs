//! EBU STL: what is made of each fixture, and what is written.

use crate::codecs::{fixture_bytes, read};
use crate::golden::golden;
use std::fmt::Write as _;
use zimu::codec::{ReadOptions, WriteOptions, native, stl::FORMAT};
use zimu::diag::{Lang, Report, codes};
use zimu::lang::LangTag;
use zimu::model::*;
use zimu::source::Source;
use zimu::time::{FrameRate, Time, TimeRange, Timecode};

#[test]
fn fixtures_read_as_expected() {
    for (path, bytes) in fixture_bytes(&FORMAT) {
        golden(&path.with_extension("golden"), &description(bytes));
    }
}

/// Diagnostics, and the track in the native format.
fn description(bytes: Vec<u8>) -> String {
    let mut report = Report::default();
    let track = match (FORMAT.read)(&Source::binary("fixture", bytes), &ReadOptions::default(), &mut report) {
        Ok(track) => track,
        Err(error) => return format!("refused: {} / {}\n", error.message(), error.chinese()),
    };
    let mut out = String::new();
    for item in report.items() {
        let place = item.at.span.map_or("file".to_owned(), |span| format!("byte {}", span.start));
        let _ = writeln!(out, "{place}: {} {}: {}", item.severity.name(), item.code.row().id, item.message(Lang::En));
    }
    let native = native::FORMAT.write(&track, &WriteOptions::default(), &mut Report::default()).unwrap();
    out.push_str(&String::from_utf8(native).unwrap());
    out
}

/// Bytes of a whole file damaged one after another, and every length of it.
#[test]
fn damaged_files_are_read_or_refused() {
    let read = |bytes: &[u8]| {
        let source = Source::binary("damaged", bytes.to_vec());
        let _ = (FORMAT.read)(&source, &ReadOptions::default(), &mut Report::default());
    };
    for (_, bytes) in fixture_bytes(&FORMAT) {
        for i in 0..bytes.len() {
            let mut damaged = bytes.clone();
            for value in [0, 0x8A, 0xC8, 0xFF] {
                damaged[i] = value;
                read(&damaged);
            }
        }
        (0..bytes.len()).step_by(7).for_each(|length| read(&bytes[..length]));
    }
}

/// A file that was read is written as it was, block by block; but for blocks that were reported.
#[test]
fn fixtures_come_back_byte_by_byte() {
    for (path, bytes) in fixture_bytes(&FORMAT) {
        if path.file_name().unwrap().to_str().unwrap().starts_with("bad-") {
            continue;
        }
        let (track, _) = read(&FORMAT, &bytes).unwrap();
        let (written, report) = write(&track, &WriteOptions::default());
        assert!(report.is_empty(), "{}: {report:?}", path.display());
        let mut blocks = bytes[1024..].chunks(128).zip(written[1024..].chunks(128));
        // Times and places of a comment say nothing.
        assert!(blocks.all(|(a, b)| a == b || (a[15] == 1 && a[16..] == b[16..])), "{}", path.display());
        assert_eq!(written.len(), bytes.len());
        // The general block too, but for the time codes of the programme, which were guessed, and a country of three letters.
        for field in [0..236, 238..256, 272..1024] {
            let text = |bytes: &[u8]| String::from_utf8_lossy(&bytes[field.clone()]).into_owned();
            assert_eq!(text(&written), text(&bytes), "{} {field:?}", path.display());
        }
    }
}

/// A block: number, extension number, comment flag, text.
fn block(number: u16, extension: u8, comment: u8, text: &[u8]) -> Vec<u8> {
    let [low, high] = number.to_le_bytes();
    let mut out = vec![0, low, high, extension, 0, 10, 0, 1, 0, 10, 0, 3, 0, 20, 2, comment];
    out.extend(text);
    out.resize(128, 0x8F);
    out
}

/// A file of these blocks.
fn file(blocks: &[Vec<u8>]) -> Vec<u8> {
    let (mut out, _) = write(&Track::default(), &WriteOptions::default());
    out[238..243].copy_from_slice(format!("{:05}", blocks.len()).as_bytes());
    out[256..264].copy_from_slice(b"10000000");
    out.extend(blocks.concat());
    out
}

fn user_data(extras: &[Extra]) -> Vec<&str> {
    let of = extras.iter().filter(|extra| (extra.format, extra.key) == ("stl", "user-data"));
    of.map(|extra| extra.value.split(' ').next().unwrap()).collect()
}

#[test]
fn user_data_belongs_to_its_subtitle_and_comes_back_where_it_stood() {
    // Comments are written at the programme's start.
    let mut comment = block(2, 0xFF, 1, b"a comment");
    comment[5..15].copy_from_slice(&[10, 0, 0, 0, 10, 0, 0, 0, 0, 0]);
    let blocks = [
        block(0, 0xFE, 0, b"before the first"),
        block(0, 0xFF, 0, b"one"),
        block(0, 0xFE, 0, b"after it \x8F and \x8A"),
        block(0, 0xFE, 0, b""),
        block(9, 0xFE, 0, b"of another number"),
        block(1, 0xFE, 0, b"before the second"),
        block(1, 0x00, 0, &[b'x'; 112]),
        block(1, 0xFE, 0, &[0xFF; 112]),
        block(1, 0xFF, 0, b"two"),
        comment,
        block(7, 0xFE, 0, b"at the end"),
    ];
    let bytes = file(&blocks);
    let (track, report) = read(&FORMAT, &bytes).unwrap();
    assert_eq!(report.total(), 0, "{report:?}");
    let of: Vec<_> = track.cues.iter().map(|cue| user_data(&cue.extras)).collect();
    assert_eq!(of, [vec!["before", "after", "after"], vec!["before+8", "before", "1"]]);
    assert_eq!(user_data(&track.extras), ["7"]);
    let (written, report) = write(&track, &WriteOptions::default());
    assert!(report.is_empty(), "{report:?}");
    let shown =
        |bytes: &[u8]| bytes[1024..].chunks(128).map(|b| String::from_utf8_lossy(b).into_owned()).collect::<Vec<_>>();
    assert_eq!(shown(&written), shown(&bytes));
    assert_eq!(&written[238..248], b"0001100002", "blocks and subtitles");
    // Others cannot keep it, and say so.
    let mut report = Report::default();
    zimu::codec::vtt::FORMAT.write(&track, &WriteOptions::default(), &mut report).unwrap();
    let lost =
        report.items().iter().filter(|item| item.code == codes::loss::FOREIGN).map(|item| item.message(Lang::En));
    assert!(
        lost.into_iter().any(|said| said.starts_with("`user-data` of the format stl") && said.contains("7×")),
        "{report:?}"
    );
}

/// What stood inside a text goes if the text is in one block now, and that is said; a block that would be taken for the one of
/// another subtitle, too.
#[test]
fn user_data_without_a_place_is_reported() {
    let bytes = file(&[
        block(0, 0x00, 0, &[b'x'; 112]),
        block(0, 0xFE, 0, b"inside"),
        block(0, 0xFF, 0, b"one"),
        block(9, 0xFE, 0, b"of the ninth"),
        block(1, 0xFF, 0, b"two"),
    ]);
    let (mut track, _) = read(&FORMAT, &bytes).unwrap();
    track.cues[0].text = "short".into();
    let (written, report) = write(&track, &WriteOptions::default());
    assert_eq!(report.count(codes::loss::FOREIGN), 1, "{report:?}");
    assert_eq!(written[1024..].len(), 3 * 128);

    let before = Extra { format: "stl", key: "user-data", value: "before-1 00000a0001000a000300140200".into() };
    track.cues[1].extras = [before].into_iter().collect();
    let (_, report) = write(&track, &WriteOptions::default());
    let lost = report.items().iter().find(|item| item.code == codes::loss::FOREIGN).unwrap();
    assert!(lost.message(Lang::En).contains("(2×"), "{report:?}");
}

/// Of a comment the text is a note; what else it had is said.
#[test]
fn comments_are_notes() {
    let mut timed = block(1, 0xFF, 1, b"a time of its own");
    timed[5..13].copy_from_slice(&[10, 0, 1, 0, 10, 0, 3, 0]);
    let mut plain = block(2, 0xFF, 1, b"plain");
    plain[5..13].copy_from_slice(&[10, 0, 0, 0, 10, 0, 0, 0]);
    let mut slanted = plain.clone();
    slanted[16..22].copy_from_slice(b"\x80slant");
    let (track, report) = read(&FORMAT, file(&[block(0, 0xFF, 0, b"one"), timed, plain, slanted])).unwrap();
    let notes: Vec<&str> = track.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["a time of its own", "plain", "slant"]);
    let said: Vec<_> = report.items().iter().map(|item| item.message(Lang::En)).collect();
    assert_eq!(said, ["of comments the text is kept, not their looks, groups and time codes (2)"]);
}

fn write(track: &Track, options: &WriteOptions) -> (Vec<u8>, Report) {
    let mut report = Report::default();
    let bytes = FORMAT.write(track, options, &mut report).unwrap();
    (bytes, report)
}

/// A track of these texts, one after another, at 25 frames a second.
fn texts(texts: &[&str]) -> Track {
    let mut track = Track::default();
    track.frame_rate = FrameRate::new(25, 1);
    for (text, second) in texts.iter().zip((2..).step_by(4)) {
        let range = TimeRange::new(Time::from_seconds(second), Time::from_seconds(second + 3));
        track.cues.push(Cue::new(range, *text));
    }
    track
}

/// The text fields of a file, without unused space.
fn fields(bytes: &[u8]) -> Vec<Vec<u8>> {
    let used = |block: &[u8]| block[16..].iter().copied().filter(|b| *b != 0x8F).collect();
    bytes[1024..].chunks(128).map(used).collect()
}

#[test]
fn letters_are_those_of_one_table() {
    let (bytes, report) = write(&texts(&["Š, é, ø – $5"]), &WriteOptions::default());
    assert_eq!(&bytes[12..14], b"00");
    assert_eq!(fields(&bytes), [b"\x0D\x0B\x0B\xCFS, \xC2e, \xF9 - \xA45\x0A\x0A"]);
    assert_eq!((report.count(codes::loss::LETTERS_REPLACED), report.total()), (1, 1));
    let (bytes, report) = write(&texts(&["Привет, Ann", "мир"]), &WriteOptions::default());
    assert_eq!((&bytes[12..14], report.total()), (&b"01"[..], 0));
    let (again, _) = read(&FORMAT, &bytes).unwrap();
    assert_eq!(again.cues[0].text.plain, "Привет, Ann");
}

#[test]
fn a_script_without_a_table_is_refused_cue_by_cue_and_said_once() {
    let (bytes, report) = write(&texts(&["风浪很大", "Bonjour 你好", "Salut"]), &WriteOptions::default());
    let counts = [codes::loss::CUE, codes::loss::SCRIPT, codes::loss::LETTERS_LOST].map(|code| report.count(code));
    assert_eq!(counts, [1, 1, 2]);
    let (again, _) = read(&FORMAT, &bytes).unwrap();
    let shown: Vec<&str> = again.cues.iter().map(|cue| cue.text.plain.as_str()).collect();
    assert_eq!(shown, ["Bonjour ??", "Salut"]);
}

#[test]
fn long_lines_are_broken_and_long_texts_go_into_further_blocks() {
    let line = "thirty-seven letters stand in one row";
    assert_eq!(line.len(), 37);
    let (_, report) = write(&texts(&[line]), &WriteOptions::default());
    assert!(report.is_empty(), "{report:?}");
    let four = [line; 4].join("\n");
    let (bytes, report) = write(&texts(&[&four, &format!("{line} and more")]), &WriteOptions::default());
    assert_eq!((report.count(codes::loss::WRAPPED), report.total()), (1, 1));
    let blocks: Vec<_> = bytes[1024..].chunks(128).map(|block| (block[1], block[3], block[13])).collect();
    // Number, extension block, row: four lines of two rows begin in row 16.
    assert_eq!(blocks, [(0, 0, 16), (0, 0xFF, 16), (1, 0xFF, 20)]);
    let (again, _) = read(&FORMAT, &bytes).unwrap();
    assert_eq!(again.cues[0].text.plain, four);
    let many = ["x"; 14].join("\n");
    let (_, report) = write(&texts(&[&many]), &WriteOptions::default());
    assert_eq!(report.count(codes::loss::ROWS_CUT), 1);
}

#[test]
fn colours_take_the_place_of_spaces() {
    let yellow = MarkKind::Color(Rgba { r: 255, g: 255, b: 0, a: 255 });
    let mut track = texts(&["one two"]);
    track.cues[0].text.add(Mark::new(4..7, yellow.clone()));
    let (bytes, report) = write(&track, &WriteOptions::default());
    assert_eq!(fields(&bytes), [b"\x0D\x0B\x0Bone \x03two\x0A\x0A"]);
    assert!(report.is_empty(), "{report:?}");
    track.cues[0].text.marks[0].range = 5..7;
    let (_, report) = write(&track, &WriteOptions::default());
    assert_eq!((report.count(codes::loss::STYLE_SPACE), report.total()), (1, 1));
    // Italics make open subtitles.
    track.cues[0].text.marks = [Mark::new(0..3, MarkKind::Italic)].into();
    let (bytes, report) = write(&track, &WriteOptions::default());
    assert_eq!((bytes[11], fields(&bytes), report.total()), (b'0', vec![b"\x80one\x81 two".to_vec()], 0));
}

#[test]
fn times_are_frames_of_the_programme() {
    let mut track = texts(&["a"]);
    track.start_timecode = Timecode::parse("10:00:00:00");
    track.lang = LangTag::parse("fr");
    track.header = Some("Été".into());
    let (bytes, report) = write(&track, &WriteOptions::default());
    assert!(report.is_empty(), "{report:?}");
    assert_eq!((&bytes[3..11], &bytes[14..16], &bytes[256..264]), (&b"STL25.01"[..], &b"0F"[..], &b"10000000"[..]));
    assert_eq!(bytes[1024 + 5..1024 + 13], [10, 0, 2, 0, 10, 0, 5, 0]);
    let mut options = WriteOptions::default();
    options.start_timecode = Timecode::parse("01:00:00:00");
    options.frame_rate = FrameRate::parse("29.97");
    let (bytes, _) = write(&track, &options);
    // 2 s are 59.94 frames.
    assert_eq!((&bytes[3..11], bytes[1024 + 5..1024 + 9].to_vec()), (&b"STL30.01"[..], vec![1, 0, 2, 0]));
    let (again, _) = read(&FORMAT, &bytes).unwrap();
    assert_eq!(again.start_timecode, options.start_timecode);
    track.cues[0].range.end = Time::from_seconds(15 * 3600);
    let (_, report) = write(&track, &WriteOptions::default());
    assert_eq!(report.count(codes::loss::CUE), 1, "there is no code for the next day");
}
