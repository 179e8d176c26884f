//! What a check takes from files beside the captions: what is allowed, when shots change, how long the media is.

use super::captions::{CaptionsOptions, captions};
use super::check::CheckOptions;
use super::project::in_project;
use crate::check::word_list;
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::host::{Input, STDIN, read};
use crate::source::decode;
use crate::time::{FrameRate, Time, Timecode};
use regex::Regex;
use std::path::{Path, PathBuf};

/// What is added to a caption file's name for the file that says what is allowed.
const ALLOW: &str = ".allow";

/// What the captions at `path` are held against: `options`, what their project ([`super::PROJECT_FILE`]) says where those are
/// silent, and what the file beside them (`talk.srt.allow`) allows. `None` if the project leaves them alone and they were
/// not `named`.
///
/// # Errors
/// Those of reading these files; [`ErrorKind::Usage`] if they name what does not exist.
pub fn options_for(path: &Path, named: bool, options: &CheckOptions) -> Result<Option<CheckOptions>> {
    if path == Path::new(STDIN) {
        return Ok(Some(options.clone()));
    }
    let Some(mut options) = in_project(path, named, options)? else { return Ok(None) };
    let mut beside = path.as_os_str().to_owned();
    beside.push(ALLOW);
    let beside = PathBuf::from(beside);
    if beside.is_file() {
        options.rules.allow.lines(&text(read(&beside)?)?)?;
    }
    Ok(Some(options))
}

/// When the media's sound ends.
///
/// # Errors
/// Those of reading the media; [`ErrorKind::Usage`] if its container does not say how long it is.
#[cfg(feature = "audio")]
pub fn media_end(path: &Path) -> Result<Time> {
    let media = super::media(path, &crate::audio::Options::default())?;
    media.duration.map(|duration| Time::ZERO + duration).ok_or_else(|| {
        Error::new(ErrorKind::Usage, format!("{} does not say how long it is", path.display()))
            .with_remedy("--duration says it")
            .with_chinese(format!("{} 没有注明时长", path.display()))
            .with_chinese_remedy("可用 --duration 指定")
    })
}

/// Times of shot changes from a list, a line each: a time (`0:01:02.5`, `62.5`), a time code (`00:01:02:12`), or, at a known
/// rate, a frame number. What stands after the first word of a line is not read, nor lines that begin with `#`.
///
/// # Errors
/// [`ErrorKind::Usage`] with the line that is none of these.
///
/// ```
/// use zimu::{host::Input, pipeline, time::{FrameRate, Time}};
/// let list = Input { name: "cuts.txt".into(), bytes: b"# cuts\n50\n00:00:03:00\n4.5\n".to_vec() };
/// let shots = pipeline::shots(list, FrameRate::new(25, 1)).unwrap();
/// assert_eq!(shots, [2000, 3000, 4500].map(Time::from_millis));
/// ```
pub fn shots(input: Input, rate: Option<FrameRate>) -> Result<Vec<Time>> {
    let name = input.name.clone();
    let text = text(input)?;
    let mut shots = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some(word) = line.split([' ', '\t', ',', ';']).next().map(str::trim).filter(|word| !word.is_empty()) else {
            continue;
        };
        if word.starts_with('#') {
            continue;
        }
        shots.push(shot(word, rate).ok_or_else(|| no_shot(&name, number.saturating_add(1), word))?);
    }
    shots.sort_unstable();
    Ok(shots)
}

fn shot(word: &str, rate: Option<FrameRate>) -> Option<Time> {
    if let (Ok(frame), Some(rate)) = (word.parse::<u32>(), rate) {
        return Some(Time::ZERO + rate.frames(frame));
    }
    // `0:01:02.5` would be a time code with dropped frames too.
    if word.contains(';') || word.matches(':').count() == 3 {
        return Some(Time::ZERO + Timecode::parse(word)?.offset(rate?)?);
    }
    // A bare number without a rate would be seconds to one reader and frames to another.
    let is_time = word.contains([':', '.']);
    is_time.then(|| crate::time::TimeDelta::parse(word)).flatten().map(|at| Time::ZERO + at)
}

fn no_shot(name: &str, line: usize, word: &str) -> Error {
    let shown: String = word.chars().take(40).collect();
    Error::new(ErrorKind::Usage, format!("{name}:{line}: `{shown}` is no time of a shot change"))
        .with_remedy("a line is a time such as 0:01:02.5, or with --fps a time code or a frame number")
        .with_chinese(format!("{name}:{line}：“{shown}”不是镜头切换的时间"))
        .with_chinese_remedy("每行为一个时间，如 0:01:02.5；指定 --fps 后也可为时间码或帧号")
}

/// When the cues of captions start, in order: a reference for [`crate::check`].
///
/// # Errors
/// Those of reading captions.
pub fn starts(input: Input) -> Result<Vec<Time>> {
    let captions = captions(input, &CaptionsOptions::default(), &mut Report::default())?;
    let mut starts: Vec<Time> = captions.track.cues.iter().map(|cue| cue.range.start).collect();
    starts.sort_unstable();
    Ok(starts)
}

/// The words of a list ([`crate::check::word_list`]).
///
/// # Errors
/// Those of decoding it; [`ErrorKind::Limit`] if it is too long.
pub fn words(input: Input) -> Result<Option<Regex>> {
    word_list(&text(input)?)
}

fn text(input: Input) -> Result<String> {
    Ok(decode(&input.name, input.bytes, None, &mut Report::default())?.text().to_owned())
}
