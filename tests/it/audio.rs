//! Sound: decoded onto the timeline that ffmpeg plays.

use crate::{mutate, program};
use std::path::{Path, PathBuf};
use std::process::Command;
use zimu::audio::{Media, Options, SAMPLE_RATE};
use zimu::diag::Report;
use zimu::pipeline;

/// Bursts of noise of 20 ms, every 0.37 s, each another: correlation finds where they are to the sample.
fn bursts(rate: u32, channels: usize, seconds: u32) -> Vec<f32> {
    let mut rng = mutate::Rng::new(7);
    let mut noise = vec![0f32; (seconds * 48_000) as usize];
    for start in (4_800..noise.len()).step_by(17_760) {
        for (i, sample) in noise[start..].iter_mut().take(960).enumerate() {
            let fade = (-(i as f32) / 240.0).exp();
            *sample = fade * ((rng.below(2001) as f32) / 1000.0 - 1.0) * 0.7;
        }
    }
    // Of low pitch, so that every codec keeps it: a mean of eight.
    let smooth: Vec<f32> = (0..noise.len()).map(|i| noise[i.saturating_sub(7)..=i].iter().sum::<f32>() / 3.0).collect();
    let length = (seconds * rate) as usize;
    let at = |i: usize| smooth[(i as u64 * 48_000 / u64::from(rate)) as usize];
    (0..length).flat_map(|i| std::iter::repeat_n(at(i), channels)).collect()
}

fn wav(rate: u32, channels: u16, samples: &[f32]) -> Vec<u8> {
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

fn decoded(path: &Path, options: &Options) -> (Vec<f32>, Media, Report) {
    let (mut samples, mut report) = (Vec::new(), Report::default());
    let media = pipeline::sound(path, options, &mut report, &mut |chunk| {
        samples.extend_from_slice(chunk);
        Ok(())
    });
    (samples, media.unwrap(), report)
}

/// How much later `heard` is than `expected`, in samples: the lag of the greatest correlation.
fn lag(heard: &[f32], expected: &[f32]) -> (i64, f64) {
    let second = |s: &[f32]| s[8_000.min(s.len())..40_000.min(s.len())].to_vec();
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

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn what_ffmpeg_plays_at_a_time_is_what_comes_out_there() {
    let Some(ffmpeg) = program::find("ffmpeg") else { return };
    let folder = folder("audio");
    let source = folder.join("source.wav");
    std::fs::write(&source, wav(48_000, 2, &bursts(48_000, 2, 4))).unwrap();
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
