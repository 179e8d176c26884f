//! What holds of every caption format: walks `FORMATS`.

use crate::{arbitrary, fuzz};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use zimu::codec::{self, FEATURES, FORMATS, Feature, Format, ReadOptions, WriteOptions};
use zimu::diag::{Lang, Report, codes};
use zimu::lang::LangTag;
use zimu::model::*;
use zimu::source::Source;
use zimu::time::{FrameRate, Round, Time, TimeRange, Timecode};

/// The fixtures of a format that is a text: path and text.
pub(crate) fn fixtures(format: &Format) -> Vec<(PathBuf, String)> {
    let text =
        |bytes: Vec<u8>| String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)).into_owned();
    fixture_bytes(format).into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
}

/// The fixtures of a format: path and content.
pub(crate) fn fixture_bytes(format: &Format) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = Path::new("fixtures").join(format.id);
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|e| format.extensions.iter().any(|known| *known == e)));
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read(&path).unwrap())).collect()
}

/// What `format` makes of a text, or of bytes; `None` if it refuses it.
pub(crate) fn read(format: &Format, content: impl AsRef<[u8]>) -> Option<(Track, Report)> {
    let mut report = Report::default();
    let track = (format.read)(&source(format, content.as_ref()), &ReadOptions::default(), &mut report).ok()?;
    Some((track, report))
}

/// Content as the reader of `format` takes it.
pub(crate) fn source(format: &Format, content: &[u8]) -> Source {
    if format.is_binary() {
        return Source::binary("test", content.to_vec());
    }
    Source::from_text("test", String::from_utf8_lossy(content))
}

/// Every format that is written.
pub(crate) fn written() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().copied().filter(|format| format.write.is_some())
}

/// What `format` writes for a track.
pub(crate) fn write(format: &Format, track: &Track) -> (Vec<u8>, Report) {
    let mut report = Report::default();
    let bytes = format.write(track, &WriteOptions::default(), &mut report).expect("every track can be written");
    (bytes, report)
}

/// Writes and reads; `None` if a loss was reported.
pub(crate) fn through(format: &Format, track: &Track) -> Option<(String, Track)> {
    let (bytes, report) = write(format, track);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (again, _) = read(format, &bytes).unwrap_or_else(|| panic!("{} refuses its own:\n{text}", format.id));
    report.is_empty().then_some((text, again))
}

/// 1,000 cases, and more in a long run, though not as many as a fuzzer's: they run on one core.
pub(crate) fn cases() -> ProptestConfig {
    let cases = u32::try_from(fuzz::rounds() / 2).unwrap_or(u32::MAX).min(20_000);
    let rng_seed = proptest::test_runner::RngSeed::Fixed(20_261_128);
    ProptestConfig { failure_persistence: None, rng_seed, ..ProptestConfig::with_cases(cases) }
}

#[test]
fn every_format_has_fixtures_and_recognises_them() {
    for format in FORMATS.iter().copied() {
        let fixtures = fixtures(format);
        assert!(!fixtures.is_empty(), "{} has no fixture in fixtures/{0}", format.id);
        for (path, text) in fixtures {
            let broken = path.file_name().unwrap().to_str().unwrap().starts_with("bad-");
            if !broken && !text.is_empty() && !format.is_binary() {
                assert_eq!(codec::probe(None, &text).map(|f| f.id), Some(format.id), "{}", path.display());
            }
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn nothing_is_lost_in_silence(track in arbitrary::track()) {
        for format in written() {
            if let Some((text, again)) = through(format, &track) {
                prop_assert!(again.same_content(&track), "{} loses silently\n{track:#?}\n{text}\n{again:#?}", format.id);
            }
        }
    }

    #[test]
    fn nothing_is_lost_in_silence_between_two_formats(track in arbitrary::track()) {
        for from in written() {
            let (bytes, _) = write(from, &track);
            let (first, _) = read(from, &bytes).unwrap();
            for to in written() {
                if let Some((text, again)) = through(to, &first) {
                    let pair = format!("{} to {}", from.id, to.id);
                    prop_assert!(again.same_content(&first), "{pair}\n{first:#?}\n{text}\n{again:#?}");
                }
            }
        }
    }

    #[test]
    fn every_cue_is_written_or_named(track in arbitrary::track()) {
        for format in written() {
            let (bytes, report) = write(format, &track);
            let (again, _) = read(format, &bytes).unwrap();
            let named = report.count(codes::loss::CUE) + report.count(codes::loss::CUE_JOINED);
            let named = usize::try_from(named).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            prop_assert_eq!(again.cues.len() + named, track.cues.len(), "{}\n{}", format.id, text);
        }
    }
}

/// The property above says nothing of tracks that are reported; enough must not be.
#[test]
fn random_tracks_are_often_written_without_a_loss() {
    let mut runner = TestRunner::deterministic();
    let tracks: Vec<Track> = (0..500).map(|_| arbitrary::track().new_tree(&mut runner).unwrap().current()).collect();
    for format in written() {
        // Each format counts in units of its own: milliseconds, frames, tenths of a second.
        let kept = |track: &&Track| {
            let tries = [(*track).clone(), on_frames(track), on_seconds(track), as_programme(track)];
            tries.iter().any(|track| through(format, track).is_some())
        };
        let lossless = tracks.iter().filter(kept).count();
        assert!(lossless > 100, "{}: only {lossless} of 500", format.id);
    }
}

#[test]
fn the_table_of_features_is_true() {
    for (feature, name, _) in FEATURES {
        // Some formats can say it only of whole lines, and some count frames.
        let track = only(*feature);
        let mut tracks = vec![track.clone(), whole(&track)];
        if *feature != Feature::ExactTimes {
            tracks.extend([on_frames(&track), on_frames(&whole(&track))]);
        }
        for format in written() {
            let comes_back = |track: &Track| through(format, track).is_some_and(|(_, again)| again.same_content(track));
            // Line 21 has one rate, and no times between its frames.
            let line_21 = format.id == "scc" && *feature != Feature::ExactTimes;
            let kept = tracks.iter().any(comes_back) || (line_21 && comes_back(&as_programme(&track)));
            assert_eq!(format.keeps.contains(feature), kept, "{} keeps {name}", format.id);
        }
    }
}

/// The track with times and rate that formats have which count frames.
fn on_frames(track: &Track) -> Track {
    let mut track = track.clone();
    let rate = *track.frame_rate.get_or_insert(FrameRate::new(25, 1).unwrap());
    for time in track.cues.iter_mut().flat_map(|cue| [&mut cue.range.start, &mut cue.range.end]) {
        let (num, den) = rate.ratio();
        let frame = i64::from(num) * time.to_millis(Round::Down) / (1000 * i64::from(den));
        *time = Time::ZERO + rate.frames(u32::try_from(frame.clamp(0, 1 << 30)).unwrap());
    }
    track
}

/// The track as captions of broadcasts are: at the rate of line 21 unless it has one, one after another on frames, in letters of
/// Europe.
pub(crate) fn as_programme(track: &Track) -> Track {
    let mut track = track.clone();
    let rate = *track.frame_rate.get_or_insert(FrameRate::parse("29.97").unwrap());
    for (i, cue) in track.cues.iter_mut().enumerate() {
        let frame = |seconds: u32| Time::ZERO + rate.frames(30 * seconds);
        let start = 4 * u32::try_from(i).unwrap() + 4;
        cue.range = TimeRange::new(frame(start), frame(start + 3));
        // As long as what stands there, for the sake of the marks.
        cue.text.plain = cue.text.plain.replace('字', "àx");
    }
    track
}

/// The track with times in whole seconds.
fn on_seconds(track: &Track) -> Track {
    let mut track = track.clone();
    for time in track.cues.iter_mut().flat_map(|cue| [&mut cue.range.start, &mut cue.range.end]) {
        *time = Time::from_millis(time.to_millis(Round::Down).clamp(0, 1 << 40) / 1000 * 1000);
    }
    track
}

/// The track with its marks over whole cues.
fn whole(track: &Track) -> Track {
    let mut track = track.clone();
    for cue in &mut track.cues {
        let len = cue.text.len();
        cue.text.marks.iter_mut().filter(|mark| !mark.range.is_empty()).for_each(|mark| mark.range = 0..len);
    }
    track
}

/// A track with this feature and nothing else.
fn only(feature: Feature) -> Track {
    let mut track = Track::default();
    let range = TimeRange::new(Time::from_millis(1_000), Time::from_millis(3_000));
    let mut cue = Cue::new(range, "one two");
    match feature {
        Feature::ExactTimes => cue.range.start = Time::from_units(1, 24).unwrap(),
        Feature::CueId => cue.id = Some("opening".into()),
        Feature::Placement => {
            cue.placement = Some(Box::new(Placement { line: Line::Number(0), ..Placement::default() }))
        }
        Feature::Evidence => cue.evidence = Some(Box::new(evidence(range))),
        Feature::Region => track.regions.push(region()),
        Feature::Note => track.notes.push(Note { before: 0, text: "checked".into() }),
        Feature::Header => track.header = Some("A talk".into()),
        Feature::FrameRate => track.frame_rate = FrameRate::parse("29.97"),
        Feature::StartTimecode => track.start_timecode = Timecode::parse("01:00:00:00"),
        Feature::TrackLang => track.lang = LangTag::parse("en"),
        Feature::Voice
        | Feature::Lang
        | Feature::Class
        | Feature::Bold
        | Feature::Italic
        | Feature::Underline
        | Feature::Strike
        | Feature::Color
        | Feature::Background
        | Feature::Font
        | Feature::Ruby
        | Feature::Gloss
        | Feature::Unsaid
        | Feature::Emphasis
        | Feature::Upright
        | Feature::Shown => cue.text.add(mark(feature)),
    }
    track.cues.push(cue);
    track
}

fn mark(feature: Feature) -> Mark {
    let yellow = Rgba { r: 255, g: 255, b: 0, a: 255 };
    let kind = match feature {
        Feature::Voice => MarkKind::Voice(Box::new(Voice { name: "Ann".into(), classes: vec![] })),
        Feature::Lang => MarkKind::Lang(LangTag::parse("fr").unwrap()),
        Feature::Class => MarkKind::Class("loud".into()),
        Feature::Bold => MarkKind::Bold,
        Feature::Italic => MarkKind::Italic,
        Feature::Underline => MarkKind::Underline,
        Feature::Strike => MarkKind::Strike,
        Feature::Color => MarkKind::Color(yellow),
        Feature::Background => MarkKind::Background(yellow),
        Feature::Font => MarkKind::Font(Box::new(Font { family: Some("Noto Sans".into()), size: None })),
        Feature::Ruby => MarkKind::Ruby(Box::new(Ruby { text: "reading".into() })),
        Feature::Gloss => {
            let (text, open, close) = ("gloss".into(), "(".into(), ")".into());
            MarkKind::Gloss(Box::new(Gloss { text, open, close, spoken: Spoken::Term }))
        }
        Feature::Unsaid => {
            let unsaid = Unsaid { text: "(laughs)".into(), reason: Reason::Direction };
            return Mark::new(3..3, MarkKind::Unsaid(Box::new(unsaid)));
        }
        Feature::Emphasis => MarkKind::Emphasis(Emphasis::Dot),
        Feature::Upright => MarkKind::Upright,
        Feature::Shown => return Mark::new(4..7, MarkKind::Shown(Time::from_millis(2_000))),
        _ => unreachable!("{feature:?} is no mark"),
    };
    Mark::new(0..if feature == Feature::Voice { 7 } else { 3 }, kind)
}

fn evidence(range: TimeRange) -> Evidence {
    let word = CueWord { text: "one".into(), range, how: Heard::Estimated, score: Some(0.5) };
    Evidence { confidence: Some(0.75), how: Some(Heard::Estimated), doubt: Some(Doubt::Noise), words: vec![word] }
}

fn region() -> Region {
    Region {
        id: "top".into(),
        width: 40_000,
        lines: 2,
        region_anchor: (0, 100_000),
        viewport_anchor: (10_000, 20_000),
        scroll_up: true,
    }
}

// The page has every format.
#[cfg(feature = "vobsub")]
#[test]
fn formats_page() {
    crate::golden::golden(Path::new("docs/formats.md"), &codec::support_page());
}

#[test]
fn ids_and_extensions_find_their_rows() {
    for format in FORMATS {
        assert_eq!(codec::by_id(format.id).unwrap().id, format.id);
        for extension in format.extensions {
            assert!(codec::by_extension(extension).is_ok());
        }
    }
    assert_eq!(codec::by_extension("vtx").err().unwrap().message(), "unknown extension `vtx`; did you mean `vtt`?");
}

/// What a report says, a line each, for golden files.
pub(crate) fn diagnostics(out: &mut String, when: &str, report: &Report, source: &Source) {
    for item in report.items() {
        let place = match (item.at.span, item.at.cue) {
            (Some(span), _) => format!("line {}", source.line_column(span.start).line),
            (None, Some(cue)) => format!("cue {}", cue + 1),
            (None, None) => "file".to_owned(),
        };
        let (severity, code) = (item.severity.name(), item.code.row().id);
        let _ = writeln!(out, "{when}: {place}: {severity} {code}: {}", item.message(Lang::En));
    }
}

/// A cue with all it has, for golden files; `placement` says as much of that as the format can have.
pub(crate) fn describe_cue(out: &mut String, cue: &Cue, placement: &dyn Fn(&Placement) -> String) {
    let mut line = |text: String| out.extend([text.as_str(), "\n"]);
    line(format!("{} to {} {:?}", cue.range.start, cue.range.end, cue.text.plain));
    cue.text.marks.iter().for_each(|mark| line(format!("  {:?} {:?}", mark.range, mark.kind)));
    cue.id.iter().for_each(|id| line(format!("  id {id:?}")));
    cue.placement.iter().for_each(|place| line(format!("  {}", placement(place))));
    cue.extras.iter().for_each(|extra| line(format!("  {} {:?}", extra.key, extra.value)));
}
