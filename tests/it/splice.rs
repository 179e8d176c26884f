//! Editing in place: what the bytes mean afterwards, and that no other byte changes.

use crate::codecs::fixtures;
use crate::fuzz::{is_asked, rounds, watched};
use crate::mutate::{Rng, mutate};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use std::ops::Range;
use zimu::codec::{self, FORMATS, Format, ReadOptions};
use zimu::diag::{CueEdit, Edits, Lang, Report, codes};
use zimu::diff::{DiffOptions, diff};
use zimu::edit;
use zimu::model::{Mark, MarkKind, StyledText, Track};
use zimu::pipeline;
use zimu::source::{EncodeOptions, Encoding, Source, decode, encode};
use zimu::time::{Time, TimeDelta};

/// Formats that are edited in place.
fn spliced() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().copied().filter(|format| format.splice.is_some())
}

pub(crate) fn read(format: &Format, source: &Source) -> Option<Track> {
    (format.read)(source, &ReadOptions::default(), &mut Report::default()).ok()
}

/// The edited file; `None` if this one has to be written anew.
pub(crate) fn spliced_file(
    format: &Format,
    source: &Source,
    track: &Track,
    edits: &Edits,
) -> Option<(Vec<u8>, Report)> {
    let mut report = Report::in_full();
    let spliced = format.splice.unwrap()(source, track, &[edits])?.pop().unwrap();
    Some((spliced.into_bytes(format, source, track.frame_rate, &mut report), report))
}

pub(crate) fn splice(format: &Format, source: &Source, track: &Track, edits: &Edits) -> (Vec<u8>, Report) {
    spliced_file(format, source, track, edits).unwrap()
}

pub(crate) fn edits_of(list: &[CueEdit]) -> Edits {
    let mut edits = Edits::default();
    assert!(edits.add(list), "{list:?} contradict each other");
    edits
}

pub(crate) fn at(millis: i64) -> Time {
    Time::from_millis(millis)
}

pub(crate) fn start(cue: u32, millis: i64) -> CueEdit {
    CueEdit::Start { cue, to: at(millis) }
}

pub(crate) fn end(cue: u32, millis: i64) -> CueEdit {
    CueEdit::End { cue, to: at(millis) }
}

pub(crate) fn shown(cue: u32, nth: u32, millis: i64) -> CueEdit {
    CueEdit::Shown { cue, nth, to: at(millis) }
}

pub(crate) fn text(cue: u32, range: Range<u32>, with: &str) -> CueEdit {
    CueEdit::Replace { cue, range, with: with.into() }
}

pub(crate) fn remove(cue: u32) -> CueEdit {
    CueEdit::Remove { cue }
}

pub(crate) fn moved(cue: u32, before: u32) -> CueEdit {
    CueEdit::Move { cue, before }
}

pub(crate) fn merge(cue: u32, joint: &str) -> CueEdit {
    CueEdit::MergeNext { cue, joint: joint.into() }
}

pub(crate) fn cut(cue: u32, place: Range<u32>, end: i64, start: i64) -> CueEdit {
    CueEdit::Split { cue, at: place, end: at(end), start: at(start) }
}

/// An edit, drawn.
#[derive(Clone, Debug)]
struct Draw {
    kind: u8,
    cue: Index,
    places: [Index; 2],
    millis: i64,
    with: &'static str,
}

fn draws() -> impl Strategy<Value = Vec<Draw>> {
    let texts = select(&["", "x", "字", "a b", "\n", "\n\n", "<i>", "</i>", "&amp;", "{", "\\N", "-->", "1", " "][..]);
    let one = (0u8..10, any::<Index>(), any::<[Index; 2]>(), 0i64..7_200_000, texts);
    let one = one.prop_map(|(kind, cue, places, millis, with)| Draw { kind, cue, places, millis, with });
    prop::collection::vec(one, 1..6)
}

fn place(text: &StyledText, [a, b]: [Index; 2]) -> Range<u32> {
    let ends: Vec<usize> = (0..=text.plain.len()).filter(|at| text.plain.is_char_boundary(*at)).collect();
    let (a, b) = (*a.get(&ends) as u32, *b.get(&ends) as u32);
    a.min(b)..a.max(b)
}

fn edit_of(draw: &Draw, track: &Track) -> Option<CueEdit> {
    let cue = u32::try_from(draw.cue.index(track.cues.len().max(1))).unwrap();
    let of = track.cues.get(cue as usize)?;
    let with = draw.with.to_owned();
    Some(match draw.kind {
        0 => start(cue, draw.millis),
        1 => end(cue, draw.millis),
        2 => shown(cue, 0, draw.millis),
        3 | 4 => CueEdit::Replace { cue, range: place(&of.text, draw.places), with },
        5 => cut(cue, place(&of.text, draw.places), draw.millis, draw.millis + 40),
        6 => CueEdit::MergeNext { cue, joint: with },
        7 => remove(cue),
        8 => moved(cue, draw.places[0].index(track.cues.len()) as u32),
        _ => CueEdit::Renumber,
    })
}

/// Marks that say something, times apart.
fn saying(text: &StyledText) -> Vec<Mark> {
    let mut marks = text.marks.clone();
    marks.retain(|mark| !mark.range.is_empty() || matches!(mark.kind, MarkKind::Raw(_)));
    for mark in &mut marks {
        if let MarkKind::Shown(time) = &mut mark.kind {
            *time = Time::ZERO;
        }
    }
    marks.into()
}

/// Each time is the one that was asked for, as near as the format has it.
fn near(a: Time, b: Time, unit: TimeDelta) -> bool {
    (a - b.max(Time::ZERO)).flicks().abs() <= unit.flicks()
}

/// Reads what was spliced, and compares it with the same edits made on the track.
fn check(format: &Format, source: &Source, draws: &[Draw]) -> Result<(), TestCaseError> {
    let Some(track) = read(format, source) else { return Ok(()) };
    let list: Vec<CueEdit> = draws.iter().filter_map(|draw| edit_of(draw, &track)).collect();
    let mut edits = Edits::default();
    let list: Vec<CueEdit> = list.into_iter().filter(|edit| edits.add(std::slice::from_ref(edit))).collect();
    let Some((bytes, report)) = spliced_file(format, source, &track, &edits) else { return Ok(()) };
    let new = Source::from_text("spliced", String::from_utf8(bytes).unwrap());
    // What was refused is as if it had not been asked for.
    let has = |code, cue| report.items().iter().any(|item| item.code == code && item.at.cue == Some(cue));
    let cue_kept = |cue| has(codes::edit::CUE_KEPT, cue);
    let text_kept = |cue| has(codes::edit::TEXT_KEPT, cue);
    let made = list.iter().filter(|edit| match edit {
        CueEdit::Start { cue, .. } | CueEdit::End { cue, .. } => !cue_kept(*cue),
        CueEdit::Shown { cue, .. } | CueEdit::Replace { cue, .. } => !cue_kept(*cue) && !text_kept(*cue),
        CueEdit::Split { cue, .. } | CueEdit::MergeNext { cue, .. } => !cue_kept(*cue),
        CueEdit::Remove { cue } => !cue_kept(*cue),
        CueEdit::Move { cue, .. } => !has(codes::edit::PLACE_KEPT, *cue),
        _ => true,
    });
    let made: Vec<CueEdit> = made.cloned().collect();
    let wanted = edit::apply(&track, &edits_of(&made));
    let Some(got) = read(format, &new) else {
        prop_assert!(wanted.cues.is_empty(), "{list:?}: refused\n{}", new.text());
        return Ok(());
    };
    let texts = |track: &Track| -> Vec<String> { track.cues.iter().map(|cue| cue.text.plain.clone()).collect() };
    prop_assert_eq!(texts(&got), texts(&wanted), "{:?}\n{}", made, new.text());
    let restarted = got.start_timecode != track.start_timecode;
    for (index, (got, wanted)) in got.cues.iter().zip(&wanted.cues).enumerate() {
        let unit = track.resolution.max(TimeDelta::from_millis(1));
        let times = near(got.range.start, wanted.range.start, unit) && near(got.range.end, wanted.range.end, unit);
        // A length cannot say an end before the start.
        // Where a programme of time codes starts is known from its first one.
        let reversed = wanted.range.start < Time::ZERO || wanted.range.end < wanted.range.start;
        let untouched = reversed || restarted;
        // An end that is left out is that of the next cue.
        let written = wanted.origin.map_or("", |at| source.slice(at));
        let untouched = untouched || written.contains("{}") || written.contains("[]");
        prop_assert!(times || untouched, "{:?} {:?}\n{}", made, (index, got, wanted), new.text());
        prop_assert_eq!(saying(&got.text), saying(&wanted.text), "{:?} {}\n{}", made, index, new.text());
        prop_assert_eq!(&got.placement, &wanted.placement, "{:?} {}\n{}", made, index, new.text());
    }
    Ok(())
}

/// Damaged files too are edited, or their cues stay as they are: no panic, no hang, and the result is read again and compared.
#[test]
fn damaged_files_are_edited_or_refused() {
    for format in spliced().filter(|format| is_asked(format.id)) {
        let files: Vec<String> = fixtures(format).into_iter().map(|(_, text)| text).collect();
        watched(format.id, rounds() / 8, |seed| {
            let mut rng = Rng::new(seed);
            let (one, other) = (rng.pick(&files), rng.pick(&files));
            let source = Source::from_text("damaged", mutate(&mut rng, one, other));
            let Some(track) = read(format, &source) else { return };
            let mut edits = Edits::default();
            for (cue, index) in track.cues.iter().zip(0u32..) {
                let length = cue.text.len();
                let middle = (0..=length / 2).rev().find(|at| cue.text.plain.is_char_boundary(*at as usize)).unwrap();
                let edit = match rng.below(9) {
                    7 => moved(index, index / 2),
                    0 => start(index, rng.below(100_000) as i64),
                    1 => end(index, rng.below(100_000) as i64),
                    2 => shown(index, 0, rng.below(100_000) as i64),
                    3 => text(index, 0..middle, "x\n"),
                    4 => cut(index, middle..middle, 1000, 2000),
                    5 => merge(index, "\n"),
                    6 => remove(index),
                    _ => CueEdit::Renumber,
                };
                edits.add(&[edit]);
            }
            let Some((bytes, _)) = spliced_file(format, &source, &track, &edits) else { return };
            let new = Source::from_text("spliced", String::from_utf8(bytes).unwrap());
            if let Some(again) = read(format, &new) {
                diff(&track, &again, &DiffOptions::default());
            }
        });
    }
}

#[test]
fn what_is_spliced_means_what_was_asked() {
    for format in spliced() {
        for (path, content) in fixtures(format) {
            // A number at its end is the text of the last cue or is not, depending on the number of that; a region is late or
            // is not, depending on the cues before it.
            if ["number--cut-off.srt", "bad-block--late.vtt"].iter().any(|name| path.ends_with(name)) {
                continue;
            }
            let source = Source::from_text(path.display().to_string(), content);
            let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
                cases: 64,
                failure_persistence: None,
                ..ProptestConfig::default()
            });
            let result = runner.run(&draws(), |draws| check(format, &source, &draws));
            assert!(result.is_ok(), "{}: {}", path.display(), result.unwrap_err());
        }
    }
}

/// All cues, later by so much.
fn shifted(track: &Track, by: TimeDelta) -> Edits {
    let mut edits = Edits::default();
    for (cue, index) in track.cues.iter().zip(0u32..) {
        let inner = cue.text.shown().zip(0u32..);
        let inner = inner.map(|(time, nth)| CueEdit::Shown { cue: index, nth, to: time + by });
        let (start, end) = (cue.range.start + by, cue.range.end + by);
        let mut list = vec![CueEdit::Start { cue: index, to: start }, CueEdit::End { cue: index, to: end }];
        list.extend(inner);
        assert!(edits.add(&list));
    }
    edits
}

/// A text with its digits, and what stands between them in times, made alike.
fn masked(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }) {
        if !(c == '0' && out.ends_with('0')) {
            out.push(c);
        }
    }
    out
}

#[test]
fn a_shift_there_and_back_is_no_change_in_any_encoding() {
    for format in spliced() {
        for (path, content) in fixtures(format) {
            // Odd spellings come back in the usual one, a frame without a number as the next one, and hours that a time got stay.
            let odd = ["time--", "bad-timing--clamped", "hours--left-out", "scc/bad-lines"];
            if odd.iter().any(|odd| path.display().to_string().contains(odd)) {
                continue;
            }
            for encoding in ["utf-8", "utf-16le", "utf-16be", "utf-32", "gb18030"] {
                let encoding = Encoding::parse(encoding).unwrap();
                let mut options = EncodeOptions::default();
                (options.encoding, options.bom) = (encoding, true);
                let bytes = encode(&content, &options, |_| ());
                let there = |bytes: &[u8], times: i64| {
                    let mut quiet = Report::default();
                    let source = decode("x", bytes.to_vec(), Some(encoding), &mut quiet).unwrap();
                    let Some(track) = read(format, &source) else { return bytes.to_vec() };
                    // As many units of the file: nothing is rounded.
                    let unit = track.resolution.max(TimeDelta::from_millis(1));
                    let by = TimeDelta::from_flicks(unit.flicks() * times);
                    let Some((out, report)) = spliced_file(format, &source, &track, &shifted(&track, by)) else {
                        return bytes.to_vec();
                    };
                    assert!(report.is_empty(), "{}: {report:?}", path.display());
                    out
                };
                let away = there(&bytes, 6000);
                let name = (path.display(), encoding.name());
                assert!(there(&away, -6000) == bytes, "{name:?}\n{}", String::from_utf8_lossy(&there(&away, -6000)));
                if encoding == Encoding::UTF_8 {
                    let away = String::from_utf8(away).unwrap();
                    let away = away.trim_start_matches('\u{FEFF}');
                    assert_eq!(masked(away), masked(content.trim_start_matches('\u{FEFF}')), "{}", path.display());
                }
            }
        }
    }
}

#[test]
fn wrong_bytes_stay_and_what_is_put_in_is_encoded() {
    // 0xFF is no character of GB 18030; 0x81 0x30 and what follows is one of four bytes.
    let mut bytes = b"1\r\n00:00:01,000 --> 00:00:02,000\r\n\xC4\xE3\xFF\xBA\xC3\x81\x30\x81\x30 A\r\n".to_vec();
    let mut quiet = Report::default();
    let source = decode("x.srt", bytes.clone(), Encoding::parse("gb18030"), &mut quiet).unwrap();
    let format = codec::by_id("srt").unwrap();
    let track = read(format, &source).unwrap();
    let plain = &track.cues[0].text.plain;
    let last = plain.len() as u32;
    let (out, report) = splice(format, &source, &track, &edits_of(&[end(0, 2500), text(0, last - 1..last, "您")]));
    assert!(report.is_empty(), "{report:?}");
    bytes.truncate(bytes.len() - 3);
    bytes.extend(b"\xC4\xFA\r\n");
    let at = bytes.windows(3).position(|w| w == b"02,").unwrap();
    bytes[at..at + 6].copy_from_slice(b"02,500");
    assert_eq!(out, bytes);
}

#[test]
fn what_an_encoding_lacks_is_reported() {
    let mut quiet = Report::default();
    let content = b"1\n00:00:01,000 --> 00:00:02,000\ncaf\xE9\n".to_vec();
    let source = decode("x.srt", content, Encoding::parse("latin1"), &mut quiet).unwrap();
    let format = codec::by_id("srt").unwrap();
    let track = read(format, &source).unwrap();
    let (out, report) = splice(format, &source, &track, &edits_of(&[text(0, 0..3, "字")]));
    assert!(out.ends_with(b"\n?\xE9\n"), "{out:?}");
    let said = |report: &Report| -> Vec<String> {
        let items = report.items().iter().filter(|item| item.code == codes::loss::NOT_IN_ENCODING);
        items.map(|item| format!("{} {:?}: {}", item.severity.name(), item.at.cue, item.message(Lang::En))).collect()
    };
    let question_mark = "error Some(0): 字 (U+5B57) is not in windows-1252 and became `?` (line 3 of the output)";
    assert_eq!(said(&report), [question_mark]);
    // What has a plainer form is no loss, as `convert` says, too; lines are those of the output.
    let greek = Encoding::parse("iso-8859-7");
    let content = b"1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:03,000 --> 00:00:04,000\nb\n".to_vec();
    let source = decode("x.srt", content, greek, &mut quiet).unwrap();
    let track = read(format, &source).unwrap();
    let list = [text(0, 1..1, "\nc"), text(1, 1..1, "\u{2026}\u{5B57}")];
    let (out, report) = splice(format, &source, &track, &edits_of(&list));
    assert!(out.ends_with(b"\nb...?\n"), "{out:?}");
    let dots = "warning Some(1): \u{2026} (U+2026) is not in ISO-8859-7 and became `...` (line 8 of the output)";
    let question_mark = "error Some(1): \u{5B57} (U+5B57) is not in ISO-8859-7 and became `?` (line 8 of the output)";
    assert_eq!(said(&report), [dots, question_mark]);
    let mut options = pipeline::RenderOptions::default();
    options.text.encoding = greek.unwrap();
    let mut converted = Report::in_full();
    pipeline::render(&edit::apply(&track, &edits_of(&list)), format, &options, &mut converted).unwrap();
    assert_eq!(said(&converted), said(&report));
}
