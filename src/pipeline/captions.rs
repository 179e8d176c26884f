//! Captions in, captions out.

use crate::codec::{self, Format, ReadOptions};
use crate::diag::Report;
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

fn unknown(name: &str) -> Error {
    Error::new(ErrorKind::Unreadable, format!("{name} is in no caption format that zimu knows"))
        .with_remedy("--from says which; an article is read by `zimu align` and `zimu transcript`")
        .with_chinese(format!("{name} 不是 zimu 认识的字幕格式"))
        .with_chinese_remedy("可用 --from 指定；文章请用 `zimu align` 或 `zimu transcript`")
}
