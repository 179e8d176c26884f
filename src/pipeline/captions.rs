//! Captions in, captions out.

use crate::codec::{self, Format, ReadOptions};
use crate::diag::{Code, Report, codes};
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "vobsub")]
use crate::host;
use crate::host::Input;
use crate::model::Track;
use crate::source::{Encoding, Source, Span, decode};
use crate::time::Time;
#[cfg(feature = "vobsub")]
use std::path::Path;

/// A caption file, read.
pub struct Captions {
    /// Its text.
    pub source: Source,
    /// Its format.
    pub format: &'static Format,
    /// Its cues.
    pub track: Track,
}

/// How to read captions.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct CaptionsOptions {
    /// The format; `None` finds it by content, with the file name's extension as a hint.
    pub from: Option<&'static Format>,
    /// The encoding; `None` finds it.
    pub encoding: Option<Encoding>,
    /// For the reader.
    pub read: ReadOptions,
}

/// Reads captions: in the format the user named, or the one that the content shows. Bytes that were no text are reported
/// with the cue that they stand in.
///
/// # Errors
/// [`ErrorKind::Unreadable`] if no format is recognised; else those of the reader.
pub fn captions(input: Input, options: &CaptionsOptions, report: &mut Report) -> Result<Captions> {
    let (source, found) = open(input, options.from, options.encoding, report)?;
    let format = match options.from.or(found) {
        Some(format) => format,
        None => recognise(&source)?,
    };
    let track = read(&source, format, options, report)?;
    if report.count(codes::parse::BAD_BYTES) > 0 {
        report.locate(|span| cue_at(&track, span));
    }
    Ok(Captions { source, format, track })
}

/// Reads a track; an index of pictures with the file beside it that holds them.
fn read(source: &Source, format: &'static Format, options: &CaptionsOptions, report: &mut Report) -> Result<Track> {
    #[cfg(feature = "vobsub")]
    if std::ptr::eq(format, &codec::vobsub::INDEX) {
        let pictures = host::read_beside(Path::new(source.name()), codec::vobsub::PICTURES.extensions)?;
        return codec::vobsub::read_with(source, pictures.as_deref(), &options.read, report);
    }
    (format.read)(source, &options.read, report)
}

/// Bytes as the source that readers take: decoded text, or, for a format that is no text, the bytes themselves, with the
/// format that they showed.
pub(super) fn open(
    input: Input,
    from: Option<&'static Format>,
    encoding: Option<Encoding>,
    report: &mut Report,
) -> Result<(Source, Option<&'static Format>)> {
    let binary = match from {
        Some(format) => Some(format).filter(|format| format.is_binary()),
        None if encoding.is_some() => None,
        None => codec::probe_bytes(&input.name, &input.bytes),
    };
    match binary {
        Some(format) => Ok((Source::binary(input.name, input.bytes), Some(format))),
        None => Ok((decode(&input.name, input.bytes, encoding, report)?, None)),
    }
}

/// The format that a text shows.
pub(super) fn recognise(source: &Source) -> Result<&'static Format> {
    codec::probe(Some(source.name()), source.text()).ok_or_else(|| unknown(source.name()))
}

/// The cue that was made of the place at `span`, and when it begins. Cues stand in the order of the file.
pub(super) fn cue_at(track: &Track, span: Span) -> Option<(u32, Time)> {
    let after = track.cues.partition_point(|cue| cue.origin.is_none_or(|origin| origin.start <= span.start));
    let index = after.checked_sub(1)?;
    let cue = track.cues.get(index).filter(|cue| cue.origin.is_some_and(|origin| span.start < origin.end))?;
    Some((u32::try_from(index).ok()?, cue.range.start))
}

/// What says that a cue of the input is not in the output. A WebVTT block without a timing line is none of these: by the
/// standard it is no cue, and no player shows it.
static LOST_CUES: &[Code] = &[
    codes::parse::SRT_BAD_TIMING,
    codes::parse::ASS_BAD_EVENT,
    codes::vobsub::PICTURE,
    codes::vobsub::BAD_TIME,
    codes::parse::BAD_LINE,
    codes::text::TEXTGRID_REVERSED,
    codes::loss::CUE,
];

/// Whether cues were lost on the way from reading to the outputs, as an error of the kind [`ErrorKind::Loss`].
pub fn lost_cues<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Option<Error> {
    let (mut count, mut pictures) = (0u64, false);
    for report in reports {
        count = LOST_CUES.iter().map(|code| report.count(*code)).fold(count, u64::saturating_add);
        pictures |= report.count(codes::vobsub::PICTURE) > 0;
    }
    let (remedy, chinese_remedy) = match pictures {
        true => (
            "a program that recognises characters reads pictures; the times are good",
            "图像需用文字识别程序读取；时间可以使用",
        ),
        false => (
            "the report names each; correct them in the input and write it again",
            "报告列出了每一条；请在输入中改正后重新写出",
        ),
    };
    (count > 0).then(|| {
        Error::new(ErrorKind::Loss, format!("cues that were lost: {count}"))
            .with_remedy(remedy)
            .with_chinese(format!("丢失的字幕：{count} 条"))
            .with_chinese_remedy(chinese_remedy)
    })
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{name} is in no caption format that zimu knows"))
        .with_remedy("--from says which; an article is read by `zimu align` and `zimu transcript`")
        .with_chinese(format!("{name} 不是 zimu 认识的字幕格式"))
        .with_chinese_remedy("可用 --from 指定；文章请用 `zimu align` 或 `zimu transcript`")
}
