//! Sound: decoded onto the timeline that ffmpeg plays.

use crate::{mutate, program};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;
use zimu::audio::{self, Delay, Media, Options, SAMPLE_RATE};
use zimu::diag::{Report, codes};
use zimu::time::{Time, TimeDelta, TimeRange};
use zimu::{Error, ErrorKind, pipeline};

/// Bursts of noise of 20 ms, every 0.37 s, each another: correlation finds where they are to the sample.
pub(crate) fn bursts(rate: u32, channels: usize, seconds: f32) -> Vec<f32> {
    let mut rng = mutate::Rng::new(7);
    let mut noise = vec![0f32; (seconds * 48_000.0) as usize];
    for start in (4_800..noise.len()).step_by(17_760) {
        for (i, sample) in noise[start..].iter_mut().take(960).enumerate() {
            let fade = (-(i as f32) / 240.0).exp();
            *sample = fade * ((rng.below(2001) as f32) / 1000.0 - 1.0) * 0.7;
        }
    }
    // Of low pitch, so that every codec keeps it: a mean of eight.
    let smooth: Vec<f32> = (0..noise.len()).map(|i| noise[i.saturating_sub(7)..=i].iter().sum::<f32>() / 3.0).collect();
    let length = (seconds * rate as f32) as usize;
    let at = |i: usize| smooth[(i as u64 * 48_000 / u64::from(rate)) as usize];
    (0..length).flat_map(|i| std::iter::repeat_n(at(i), channels)).collect()
}

pub(crate) fn wav(rate: u32, channels: u16, samples: &[f32]) -> Vec<u8> {
    let data: Vec<u8> = samples.iter().flat_map(|s| ((s * 32767.0) as i16).to_le_bytes()).collect();
    let mut out = b"RIFF".to_vec();
    out.extend((36 + data.len() as u32).to_le_bytes());
    out.extend(b"WAVEfmt \x10\0\0\0\x01\0");
    out.extend(channels.to_le_bytes());
    out.extend(rate.to_le_bytes());
    out.extend((rate * u32::from(channels) * 2).to_le_bytes());
    out.extend((channels * 2).to_le_bytes());
    out.extend(16u16.to_le_bytes());
    out.extend(b"data");
    out.extend((data.len() as u32).to_le_bytes());
    out.extend(data);
    out
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/media").join(name)
}

/// Decodes bytes; gives also how many samples came out, of which the first million are kept.
pub(crate) fn decoded_bytes(bytes: Vec<u8>, options: &Options) -> (Vec<f32>, u64, Result<Media, Error>, Report) {
    let (mut samples, mut count, mut report) = (Vec::new(), 0, Report::default());
    let media = audio::decode(Box::new(Cursor::new(bytes)), "bytes", options, &mut report, &mut |chunk| {
        count += chunk.len() as u64;
        samples.extend(chunk.iter().take(1_000_000usize.saturating_sub(samples.len())));
        Ok(())
    });
    (samples, count, media, report)
}

/// The bursts as our resampler sees them.
pub(crate) fn original() -> Vec<f32> {
    decoded_bytes(wav(48_000, 1, &bursts(48_000, 1, 1.5)), &Options::default()).0
}

pub(crate) fn decoded(path: &Path, options: &Options) -> (Vec<f32>, Media, Report) {
    let (mut samples, mut report) = (Vec::new(), Report::default());
    let media = pipeline::sound(path, options, &mut report, &mut |chunk| {
        samples.extend_from_slice(chunk);
        Ok(())
    });
    (samples, media.unwrap(), report)
}

/// How much later `heard` is than `expected`, in samples: the lag of the greatest correlation.
pub(crate) fn lag(heard: &[f32], expected: &[f32]) -> (i64, f64) {
    let second = |s: &[f32]| s[..32_000.min(s.len())].to_vec();
    let (heard, expected) = (&second(heard), &second(expected));
    let energy = |s: &[f32]| s.iter().map(|x| f64::from(*x).powi(2)).sum::<f64>();
    let scale = (energy(heard) * energy(expected)).sqrt();
    let score = |lag: i64| {
        let (a, b) = (lag.max(0) as usize, (-lag).max(0) as usize);
        let product: f64 = heard[a.min(heard.len())..]
            .iter()
            .zip(&expected[b.min(expected.len())..])
            .map(|(x, y)| f64::from(*x) * f64::from(*y))
            .sum();
        product / scale
    };
    (-600..=600).map(|lag| (lag, score(lag))).max_by(|a, b| a.1.total_cmp(&b.1)).unwrap()
}

/// On the file's own timeline; MP3 has none, and counts from the first sample that is heard.
fn ffmpeg_plays(ffmpeg: &Path, file: &Path) -> Vec<f32> {
    let counted: &[&str] = if file.extension().is_some_and(|e| e == "mp3") { &[] } else { &["-copyts"] };
    let output = Command::new(ffmpeg)
        .args(["-v", "error"])
        .args(counted)
        .arg("-i")
        .arg(file)
        .args(["-map", "0:a:0", "-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", "16000", "-f", "f32le", "-"])
        .output()
        .unwrap();
    output.stdout.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect()
}

/// Name of the file, and what ffmpeg makes it with from 48 kHz stereo.
const MADE: &[(&str, &[&str])] = &[
    ("aac.mp4", &["-c:a", "aac", "-b:a", "128k"]),
    ("aac.m4a", &["-c:a", "aac", "-b:a", "64k", "-ar", "44100", "-ac", "1"]),
    ("aac.mkv", &["-c:a", "aac"]),
    ("aac.aac", &["-c:a", "aac", "-f", "adts"]),
    ("fragmented.mp4", &["-c:a", "aac", "-movflags", "frag_keyframe+empty_moov", "-frag_duration", "500000"]),
    ("mp3.mp3", &["-c:a", "libmp3lame"]),
    ("mp3-no-header.mp3", &["-c:a", "libmp3lame", "-write_xing", "0"]),
    ("mp3.mkv", &["-c:a", "libmp3lame"]),
    ("mp3.mp4", &["-c:a", "libmp3lame"]),
    ("opus.webm", &["-c:a", "libopus"]),
    ("opus.ogg", &["-c:a", "libopus"]),
    ("opus.mp4", &["-c:a", "libopus"]),
    ("vorbis.ogg", &["-c:a", "libvorbis"]),
    ("vorbis.webm", &["-c:a", "libvorbis"]),
    ("flac.flac", &["-c:a", "flac"]),
    ("flac.ogg", &["-c:a", "flac"]),
    ("flac.mp4", &["-c:a", "flac", "-strict", "-2"]),
    ("alac.m4a", &["-c:a", "alac"]),
    ("alac.caf", &["-c:a", "alac"]),
    ("pcm.mov", &["-c:a", "pcm_s16le"]),
    ("pcm.aiff", &["-c:a", "pcm_s16be"]),
    ("stereo.wav", &["-c:a", "pcm_s16le"]),
    ("mono.wav", &["-c:a", "pcm_s16le", "-ar", "44100", "-ac", "1"]),
];

pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn what_ffmpeg_plays_at_a_time_is_what_comes_out_there() {
    let Some(ffmpeg) = program::find("ffmpeg") else { return };
    let folder = folder("audio");
    let source = folder.join("source.wav");
    std::fs::write(&source, wav(48_000, 2, &bursts(48_000, 2, 2.5))).unwrap();
    let original = decoded(&source, &Options::default()).0;
    let mut wrong = Vec::new();
    for (name, arguments) in MADE {
        let file = folder.join(name);
        let made =
            Command::new(&ffmpeg).args(["-v", "error", "-y", "-i"]).arg(&source).args(*arguments).arg(&file).status();
        assert!(made.unwrap().success(), "{name}");
        let (heard, media, report) = decoded(&file, &Options::default());
        let expected = ffmpeg_plays(&ffmpeg, &file);
        let (late, score) = lag(&heard, &expected);
        let milliseconds = late as f64 * 1000.0 / f64::from(SAMPLE_RATE);
        let line = format!(
            "{name:<18} {milliseconds:+.3} ms r={score:.4}, {} of the source, {} vs {} samples, delay {:?} {:?}, {:?}",
            lag(&heard, &original).0,
            heard.len(),
            expected.len(),
            media.delay,
            media.delay_from,
            report.counts().collect::<Vec<_>>()
        );
        eprintln!("{line}");
        if milliseconds.abs() > 1.0 || score < 0.95 {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Fixtures, how much later than the bursts they are heard (samples), and how the encoder's delay is known.
const FIXTURES: &[(&str, i64, Delay)] = &[
    ("bursts--edit-list.m4a", 0, Delay::EditList),
    // The encoder's 1,024 samples at 48 kHz are still there, as in ffmpeg and Chromium.
    ("bursts--no-delay-field.aac", 341, Delay::Unknown),
    ("bursts--fragments.mp4", 341, Delay::Unknown),
    ("bursts--lame-header.mp3", 0, Delay::Lame),
    ("bursts--codec-delay.webm", 0, Delay::CodecDelay),
    ("bursts--pre-skip.ogg", 0, Delay::PreSkip),
    ("bursts--opus.mp4", 0, Delay::EditList),
    ("bursts--granules.ogg", 0, Delay::Granule),
    ("bursts--flac.flac", 0, Delay::None),
    ("bursts--alac.m4a", 0, Delay::None),
    ("bursts--telephone.wav", 0, Delay::None),
    ("bursts--late-by-half-a-second.m4a", 8_000, Delay::EditList),
    ("bursts--two-tracks.mka", 0, Delay::None),
    ("bursts--itunsmpb.m4a", 0, Delay::ITunes),
];

#[test]
fn every_delay_is_trimmed_where_it_is_known() {
    let original = original();
    for (name, late, from) in FIXTURES {
        let (heard, media, report) = decoded(&fixture(name), &Options::default());
        let skipped = heard.get(*late as usize..).unwrap_or_default();
        let (lag, score) = lag(skipped, &original);
        eprintln!("{name}: {lag} r={score:.3}");
        // A millisecond is 16 samples.
        assert!(lag.abs() <= 16 && score > 0.85, "{name}: {lag} samples, r={score}");
        assert_eq!(media.delay_from, *from, "{name}");
        assert!(report.is_empty(), "{name}: {report:?}");
        assert_eq!(media.duration, TimeDelta::from_units(heard.len() as i64, SAMPLE_RATE), "{name}");
        if *late == 0 {
            // WebM's last packet is whole: its padding is told by an element that the demuxer keeps to itself.
            let padding = if name.ends_with(".webm") { 320 } else { 0 };
            assert!((24_000..=24_000 + padding).contains(&heard.len()), "{name}: {} samples", heard.len());
        }
    }
}

#[test]
fn a_gap_in_the_times_is_silence() {
    let (heard, _, report) = decoded(&fixture("bursts--gap-of-half-a-second.webm"), &Options::default());
    assert_eq!(report.count(codes::audio::GAP), 1);
    let original = original();
    assert!(lag(&heard[..11_000], &original[..11_000]).0.abs() <= 16);
    // What was at 0.8 s and later is half a second later.
    assert!(lag(&heard[20_800..], &original[12_800..]).0.abs() <= 16);
    assert!(heard[11_600..19_000].iter().all(|sample| sample.abs() < 0.01));
}

#[test]
fn a_range_is_the_same_sound_as_in_the_whole() {
    for (name, ..) in FIXTURES {
        let whole = decoded(&fixture(name), &Options::default()).0;
        let range = TimeRange::new(Time::from_millis(800), Time::from_millis(1_200));
        let part = decoded(&fixture(name), &Options::default().with_range(Some(range))).0;
        let expected = &whole[12_800..19_200.min(whole.len())];
        assert_eq!(part.len(), expected.len(), "{name}");
        let (lag, score) = lag(&part, expected);
        // Matroska's times are whole milliseconds: where decoding begins anew, it begins so near.
        assert!(lag.abs() <= 16 && score > 0.98, "{name}: {lag} r={score}");
    }
}

#[test]
fn a_track_is_asked_for_by_its_number() {
    let path = fixture("bursts--two-tracks.mka");
    let media = pipeline::media(&path, &Options::default().with_track(Some(1))).unwrap();
    let languages: Vec<_> = media.tracks.iter().map(|track| track.language.as_deref()).collect();
    assert_eq!((media.track, languages), (1, vec![Some("deu"), Some("zho")]));
    let error = pipeline::media(&path, &Options::default().with_track(Some(2))).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(error.chinese().contains("音轨"));
}

#[test]
fn what_is_cut_off_or_damaged_is_heard_as_far_as_it_goes() {
    for (name, ..) in FIXTURES {
        // MP4 made in one go has its tables at the end.
        if name.ends_with(".m4a") || *name == "bursts--opus.mp4" {
            continue;
        }
        let bytes = std::fs::read(fixture(name)).unwrap();
        // Behind the headers of Vorbis, which take most of so short a file.
        let half = bytes[..bytes.len() * 9 / 10].to_vec();
        let (_, count, media, _) = decoded_bytes(half, &Options::default());
        let media = media.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(count > 4_000, "{name}: {count} samples, {media:?}");
    }
    let mut bytes = std::fs::read(fixture("bursts--edit-list.m4a")).unwrap();
    let data = bytes.windows(4).position(|kind| kind == b"mdat").unwrap();
    bytes[data + 600..data + 700].fill(0x5A);
    let (samples, _, media, report) = decoded_bytes(bytes, &Options::default());
    assert!(media.is_ok() && report.count(codes::audio::DAMAGED) > 0, "{report:?}");
    assert_eq!(samples.len(), 24_000);
}

#[test]
fn what_ffmpeg_alone_can_decode_is_given_to_it_and_said() {
    let codec = |name: &str| pipeline::media(&fixture(name), &Options::default()).map(|media| media.by);
    if program::find("ffmpeg").is_none() {
        let error = codec("bursts--transport-stream.ts").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingProgram);
        return;
    }
    let original = original();
    for (name, late) in [("bursts--ac3.mp4", 0), ("bursts--transport-stream.ts", 341)] {
        let (heard, media, report) = decoded(&fixture(name), &Options::default());
        let (lag, score) = lag(&heard[late as usize..], &original);
        assert!(lag.abs() <= 16 && score > 0.9, "{name}: {lag} samples, r={score}");
        assert_eq!((media.by, report.count(codes::audio::BY_PROGRAM)), (Some("ffmpeg"), 1), "{name}");
    }
}

/// What a recorder leaves that lost power: the sound, and not where it lies.
#[test]
fn an_mp4_file_without_its_index_says_so() {
    let whole = std::fs::read(fixture("bursts--edit-list.m4a")).unwrap();
    let index = whole.windows(4).position(|kind| kind == b"moov").unwrap() - 4;
    let data = whole.windows(4).position(|kind| kind == b"mdat").unwrap() - 4;
    assert!(data < index, "the fixture has its index at the end");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.m4a");
    for end in [index, index - 500, data + 8] {
        std::fs::write(&path, &whole[..end]).unwrap();
        let error = pipeline::media(&path, &Options::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreadable);
        assert!(error.message().contains("moov"), "{error}");
    }
    std::fs::write(&path, &whole).unwrap();
    assert!(pipeline::media(&path, &Options::default()).is_ok());
}

#[test]
fn what_is_no_media_is_refused() {
    for bytes in [Vec::new(), b"WEBVTT\n\n".to_vec(), vec![0; 5_000], b"RIFF\xff\xff\xff\xffWAVE".to_vec()] {
        let error = decoded_bytes(bytes, &Options::default()).2.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreadable, "{error}");
    }
}

/// The share of frames that are taken for speech.
fn spoken(ffmpeg: &Path, graph: &str) -> Option<f64> {
    let arguments = ["-v", "error", "-f", "lavfi", "-i", graph, "-ac", "1", "-ar", "16000", "-f", "f32le", "-"];
    let output = Command::new(ffmpeg).args(arguments).output().unwrap();
    let samples: Vec<f32> = output.stdout.chunks_exact(4).map(|b| f32::from_le_bytes(b.try_into().unwrap())).collect();
    let (mut activity, mut heard) = (audio::VoiceActivity::default(), Vec::new());
    samples.chunks(1_000).for_each(|chunk| activity.push(chunk, &mut heard));
    assert_eq!(heard.len(), samples.len() / audio::VOICE_FRAME);
    let voiced = heard.iter().filter(|probability| **probability > 0.5).count();
    (samples.len() > 16_000).then(|| voiced as f64 / heard.len() as f64)
}

#[test]
fn voices_are_told_from_noise() {
    let Some(ffmpeg) = program::find("ffmpeg") else { return };
    let speech = "flite=voice=slt:text=We talked for an hour about the small words that carry a large meaning";
    let noise = "anoisesrc=d=5:c=pink:a=0.3:r=16000:seed=3";
    // An ffmpeg without flite says nothing.
    let shares = [speech, noise].map(|graph| spoken(&ffmpeg, graph));
    assert!(shares[0].is_none_or(|share| share > 0.6), "{shares:?}");
    assert!(shares[1].unwrap() < 0.1, "{shares:?}");
}

/// `bytes` with some changed where they stand, often in the heads: sizes and offsets stay as they are.
fn overwritten(rng: &mut mutate::Rng, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=rng.below(8) {
        let span = if rng.below(2) == 0 { bytes.len().min(1200) } else { bytes.len() };
        let from = if rng.below(2) == 0 { bytes.len() - span } else { 0 };
        let at = from + rng.below(span);
        let value = *rng.pick(&[0, 1, 0x7F, 0x80, 0xFF, 0x5A]);
        bytes.iter_mut().skip(at).take(1 + rng.below(4)).for_each(|byte| *byte = value);
    }
    bytes
}

/// So many damaged files of each fixture in `cargo test`; `ZIMU_FUZZ` asks for more.
const DAMAGED: usize = 200;

#[test]
fn damaged_media_end_in_time_and_in_little_memory() {
    let count = std::env::var("ZIMU_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(DAMAGED);
    let mut slowest = (0.0, String::new());
    let names: Vec<&str> = FIXTURES.iter().map(|(name, ..)| *name).collect();
    for (number, name) in names.iter().enumerate() {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let other = std::fs::read(fixture(names[(number + 1) % names.len()])).unwrap();
        let mut rng = mutate::Rng::new(number as u64);
        for round in 0..count {
            let damaged = match round % 2 {
                0 => mutate::mutate_bytes(&mut rng, &bytes, &other),
                _ => overwritten(&mut rng, &bytes),
            };
            let begin = Instant::now();
            let (_, samples, ..) = decoded_bytes(damaged, &Options::default());
            let seconds = begin.elapsed().as_secs_f64();
            if seconds > slowest.0 {
                slowest = (seconds, format!("{name} {round}"));
            }
            assert!(seconds < 20.0, "{name}, round {round}: {seconds} s");
            assert!(samples < 16_000 * 3600 * 8, "{name}, round {round}: {samples} samples");
        }
    }
    eprintln!("slowest: {slowest:?}");
}
