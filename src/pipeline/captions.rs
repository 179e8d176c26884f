//! Captions in, captions out.

use crate::codec::{self, Format, ReadOptions};
use crate::diag::{Code, Report, codes};
use crate::error::{Error, ErrorKind, Result};
use crate::host::Input;
use crate::model::Track;
use crate::source::{Encoding, Source, decode};

/// A caption file, read.
pub struct Captions {
    /// Its text.
    pub source: Source,
    /// Its format.
    pub format: &'static Format,
    /// Its cues.
    pub track: Track,
}

/// Reads captions: in the format the user named, or the one that the content shows.
///
/// # Errors
/// [`ErrorKind::Unreadable`] if no format is recognised; else those of the reader.
pub fn captions(
    input: Input,
    from: Option<&'static Format>,
    encoding: Option<Encoding>,
    report: &mut Report,
) -> Result<Captions> {
    let source = decode(&input.name, input.bytes, encoding, report)?;
    let format = match from {
        Some(format) => format,
        None => codec::probe(Some(source.name()), source.text()).ok_or_else(|| unknown(source.name()))?,
    };
    let track = (format.read)(&source, &ReadOptions::default(), report)?;
    Ok(Captions { source, format, track })
}

/// What says that a cue of the input is not in the output. A WebVTT block without a timing line is none of these: by the
/// standard it is no cue, and no player shows it.
static LOST_CUES: &[Code] = &[codes::parse::SRT_BAD_TIMING, codes::parse::ASS_BAD_EVENT, codes::loss::CUE];

/// Whether cues were lost on the way from reading to the outputs, as an error of the kind [`ErrorKind::Loss`].
pub fn lost_cues<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Option<Error> {
    let in_one = |report: &Report| LOST_CUES.iter().map(|code| report.count(*code)).fold(0, u64::saturating_add);
    let count = reports.into_iter().map(in_one).fold(0, u64::saturating_add);
    (count > 0).then(|| {
        Error::new(ErrorKind::Loss, format!("cues that were lost: {count}"))
            .with_remedy("the report names each; correct them in the input and write it again")
            .with_chinese(format!("丢失的字幕：{count} 条"))
            .with_chinese_remedy("报告列出了每一条；请在输入中改正后重新写出")
    })
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{name} is in no caption format that zimu knows"))
        .with_remedy("--from says which; an article is read by `zimu align` and `zimu transcript`")
        .with_chinese(format!("{name} 不是 zimu 认识的字幕格式"))
        .with_chinese_remedy("可用 --from 指定；文章请用 `zimu align` 或 `zimu transcript`")
}
