//! A media file → its sound: by our decoders, or where they cannot, by an installed ffmpeg.

use crate::audio::{self, Media, Options, SAMPLE_RATE};
use crate::codec;
use crate::diag::{Diagnostic, Location, Report, codes};
use crate::error::{Error, ErrorKind, Result};
use crate::host::{self, Piped, Program};
use crate::time::{Round, Time, TimeDelta, TimeRange};
use std::ffi::OsStr;
use std::io::{Read, Seek};
use std::path::Path;

/// The program that decodes what we cannot.
const FFMPEG: &str = "ffmpeg";

/// Where chunks of sound go.
type Sink<'a> = &'a mut dyn FnMut(&[f32]) -> Result<()>;

/// Whether a file begins as a media file does (`false` for standard input, for captions in a container of media, and for
/// what cannot be read).
pub fn is_media(path: &Path) -> bool {
    let begins = |name: &str, head: &[u8]| audio::sniff(head).is_some() && codec::probe_bytes(name, head).is_none();
    path.as_os_str() != host::STDIN
        && host::open(path).is_ok_and(|(name, mut stream)| head(&mut stream).is_some_and(|head| begins(&name, &head)))
}

/// What is in a media file, without decoding it (`-` is standard input).
///
/// # Errors
/// The file cannot be read, or is no media file that zimu knows; [`ErrorKind::MissingProgram`] if another program is needed
/// even for that, and not installed.
pub fn media(path: &Path, options: &Options) -> Result<Media> {
    match opened(path, options)? {
        Found::Ours(opened) => Ok(opened.media().clone()),
        Found::Other(media) => Ok(media),
    }
}

/// The sound of a media file (`-` is standard input): 16 kHz mono on the presentation timeline, in chunks
/// ([`audio::decode`]). What our decoders cannot do goes to an installed ffmpeg, which is reported.
///
/// # Errors
/// The file cannot be read or decoded; [`ErrorKind::MissingProgram`] if ffmpeg is needed and not installed; what `sink`
/// returns.
pub fn sound(path: &Path, options: &Options, report: &mut Report, sink: Sink) -> Result<Media> {
    match opened(path, options)? {
        Found::Ours(opened) if opened.media().is_decodable() => opened.decode(report, sink),
        Found::Ours(opened) => {
            let media = opened.media().clone();
            let codec = media.tracks.get(media.track).map_or(String::new(), |track| track.codec.clone());
            // Our timeline of these containers is the file's own.
            by_ffmpeg(path, options, media, &codec, true, report, sink)
        }
        Found::Other(media) => {
            let what = media.container.clone();
            by_ffmpeg(path, options, media, &what, false, report, sink)
        }
    }
}

enum Found {
    Ours(Box<audio::Opened>),
    Other(Media),
}

/// Opens a media file; what is no container of ours may be one of ffmpeg's.
fn opened(path: &Path, options: &Options) -> Result<Found> {
    let (name, mut stream) = host::open(path)?;
    let seen = head(&mut stream).as_deref().and_then(audio::sniff);
    if let Some(error) = audio::without_index(&mut stream, &name) {
        return Err(error);
    }
    let failure = match seen {
        Some((_, false)) => None,
        _ => match audio::open(Box::new(stream), &name, options) {
            Ok(opened) => return Ok(Found::Ours(Box::new(opened))),
            Err(error) if error.kind() != ErrorKind::Unreadable => return Err(error),
            Err(error) => Some(error),
        },
    };
    match (seen, failure, ffmpeg_of()) {
        (None, Some(failure), None) => Err(failure),
        (_, _, None) => Err(missing(&name, seen.map_or("", |(container, _)| container))),
        (_, _, Some(_)) => {
            let container = seen.map_or("unknown", |(container, _)| container);
            Ok(Found::Other(Media::of_program(container, options.track.unwrap_or(0), FFMPEG)))
        }
    }
}

/// The beginning of a stream, which is put back to its start; none if that cannot be done.
fn head(stream: &mut (impl Read + Seek)) -> Option<Vec<u8>> {
    stream.rewind().ok()?;
    let mut head = Vec::new();
    let read = stream.by_ref().take(audio::HEAD as u64).read_to_end(&mut head);
    stream.rewind().ok()?;
    read.is_ok().then_some(head)
}

fn ffmpeg_of() -> Option<std::path::PathBuf> {
    Program::by_id(FFMPEG).and_then(Program::find)
}

/// Lets ffmpeg decode; `absolute` keeps the times of the file as they are, otherwise they count from its start (the clocks of
/// broadcasts begin anywhere).
fn by_ffmpeg(
    path: &Path,
    options: &Options,
    mut media: Media,
    what: &str,
    absolute: bool,
    report: &mut Report,
    sink: Sink,
) -> Result<Media> {
    let name = path.display().to_string();
    if path.as_os_str() == host::STDIN {
        return Err(only_files(what));
    }
    let program = ffmpeg_of().ok_or_else(|| missing(&name, what))?;
    let note = Diagnostic::new(codes::audio::BY_PROGRAM, Location::FILE);
    report.push(note.with("what", what).with("program", FFMPEG));
    let track = media.track;
    let mut running = started(&program, path, track, absolute)?;
    let mut place = Part::new(options.range);
    let mut buffer = vec![0; 1 << 15];
    let mut kept = 0;
    let whole = loop {
        let room = buffer.get_mut(kept..).unwrap_or_default();
        let count = match running.read(room) {
            Ok(0) => break true,
            Ok(count) => kept.saturating_add(count),
            Err(error) if error.kind() == std::io::ErrorKind::TimedOut => return Err(silent(&name)),
            Err(_) => break true,
        };
        let (bytes, odd) = buffer.get(..count).unwrap_or_default().as_chunks::<2>();
        let samples: Vec<f32> = bytes.iter().map(|two| f32::from(i16::from_le_bytes(*two)) / 32768.0).collect();
        let odd = odd.first().copied();
        kept = usize::from(odd.is_some());
        if let (Some(odd), Some(first)) = (odd, buffer.first_mut()) {
            *first = odd;
        }
        place.push(&samples, sink)?;
        if place.is_full() {
            break false;
        }
    };
    if whole {
        let ended = running.finish()?;
        let reason = ended.stderr.lines().next().unwrap_or_default().trim();
        if place.seen == 0 {
            return Err(undecoded(&name, reason));
        }
        if !ended.success {
            let failed = Diagnostic::new(codes::audio::PROGRAM_FAILED, Location::FILE);
            report.push(failed.with("program", FFMPEG).with("reason", reason));
        }
    }
    media.duration = TimeDelta::from_units(i64::try_from(place.seen).unwrap_or(i64::MAX), SAMPLE_RATE);
    media.by = Some(FFMPEG);
    Ok(media)
}

fn started(program: &Path, path: &Path, track: usize, absolute: bool) -> Result<Piped> {
    // As a file, whatever its name looks like; a playlist in it shall not reach the net.
    let mut input = std::ffi::OsString::from("file:");
    input.push(path);
    let map = format!("0:a:{track}");
    let mut arguments: Vec<&OsStr> =
        ["-nostdin", "-v", "error", "-protocol_whitelist", "file"].map(OsStr::new).to_vec();
    if absolute {
        arguments.push(OsStr::new("-copyts"));
    }
    arguments.extend([OsStr::new("-i"), &input, OsStr::new("-map"), OsStr::new(&map)]);
    // Gaps and a late start become silence; what is before 0 is dropped.
    let output = ["-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", "16000", "-f", "s16le", "pipe:1"];
    arguments.extend(output.map(OsStr::new));
    Piped::start(program, &arguments, host::PATIENCE)
}

/// Counts samples, and passes on those of a range.
struct Part {
    seen: u64,
    from: u64,
    to: u64,
}

impl Part {
    fn new(range: Option<TimeRange>) -> Self {
        let at = |time: Time| time.to_units(SAMPLE_RATE, Round::Nearest).max(0).unsigned_abs();
        Self {
            seen: 0,
            from: range.map_or(0, |range| at(range.start)),
            to: range.map_or(u64::MAX, |range| at(range.end)),
        }
    }

    fn is_full(&self) -> bool {
        self.seen >= self.to
    }

    fn push(&mut self, samples: &[f32], sink: Sink) -> Result<()> {
        let here = |at: u64| usize::try_from(at.saturating_sub(self.seen)).unwrap_or(usize::MAX).min(samples.len());
        let (from, to) = (here(self.from), here(self.to));
        self.seen = self.seen.saturating_add(to as u64);
        match samples.get(from..to) {
            Some(part) if !part.is_empty() => sink(part),
            _ => Ok(()),
        }
    }
}

fn missing(name: &str, what: &str) -> Error {
    Error::new(ErrorKind::MissingProgram, format!("zimu cannot decode the sound of {name} ({what}) itself"))
        .with_remedy(
            "install ffmpeg, or name it in ZIMU_FFMPEG; or convert the sound to WAV, FLAC, AAC or Opus elsewhere",
        )
        .with_chinese(format!("zimu 自身无法解码 {name} 的声音（{what}）"))
        .with_chinese_remedy("请安装 ffmpeg，或用 ZIMU_FFMPEG 指明其位置；也可先在别处转换为 WAV、FLAC、AAC 或 Opus")
}

fn only_files(what: &str) -> Error {
    Error::new(ErrorKind::Unreadable, format!("zimu cannot decode {what} itself, and ffmpeg is only given files"))
        .with_remedy("save standard input to a file")
        .with_chinese(format!("zimu 自身无法解码 {what}，而 ffmpeg 只能读取文件"))
        .with_chinese_remedy("请先把标准输入存为文件")
}

/// It waits for something that never comes: a pipe, a drive, a fault of its own.
fn silent(name: &str) -> Error {
    let seconds = host::PATIENCE.as_secs();
    Error::new(ErrorKind::Unreadable, format!("ffmpeg decoded nothing of {name} for {seconds} s and was ended"))
        .with_remedy("try `ffmpeg -i FILE out.wav` yourself, and give zimu the result")
        .with_chinese(format!("ffmpeg 在 {seconds} 秒内未能从 {name} 解码出任何内容，已将其终止"))
        .with_chinese_remedy("请自行运行 `ffmpeg -i 文件 out.wav`，再把结果交给 zimu")
}

fn undecoded(name: &str, reason: &str) -> Error {
    let reason: String = reason.chars().take(200).collect();
    Error::new(ErrorKind::Unreadable, format!("ffmpeg finds no sound in {name}: {reason}"))
        .with_chinese(format!("ffmpeg 未能从 {name} 中得到声音：{reason}"))
}
