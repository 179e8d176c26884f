//! Edits of a file: in its bytes where its format can, else written anew.

use super::{Captions, RenderOptions, render};
use crate::diag::{Diagnostic, Edits, Location, Report, codes};
use crate::error::{Error, ErrorKind, Result};
use crate::source::{EncodeOptions, Eol};
use crate::{codec, edit};

/// The bytes of the captions' file with these edits made: only the bytes concerned change. A format that cannot do that is
/// read and written anew, in its encoding and with its line ends, and the report says so.
///
/// # Errors
/// Those of the format's writer, where the file is written anew; [`ErrorKind::Usage`] for an alignment, whose cues are made from
/// it.
pub fn splice(captions: &Captions, edits: &Edits, report: &mut Report) -> Result<Vec<u8>> {
    let Captions { source, format, track } = captions;
    if let Some(splice) = format.splice
        && let Some(spliced) = splice(source, track, &[edits]).and_then(|mut spliced| spliced.pop())
    {
        return Ok(spliced.into_bytes(format, source, track.frame_rate, report));
    }
    if codec::native::kind(source) == Some(codec::native::Kind::Alignment) {
        return Err(alignment(source.name()));
    }
    report.push(Diagnostic::new(codes::edit::REWRITTEN, Location::FILE).with("format", format.name));
    let mut options = RenderOptions::default();
    let guess = source.encoding();
    options.text = EncodeOptions::default();
    (options.text.encoding, options.text.bom) = (guess.encoding, guess.bom);
    options.text.eol = source.text().contains("\r\n").then_some(Eol::CrLf);
    (options.write.frame_rate, options.write.start_timecode) = (track.frame_rate, track.start_timecode);
    render(&edit::apply(track, edits), format, &options, report)
}

fn alignment(name: &str) -> Error {
    let line = format!("`zimu align {name} -o NAME.srt`");
    Error::new(ErrorKind::Usage, format!("{name} is an alignment: its cues are made from it, not edited"))
        .with_remedy(format!("{line} makes captions, which can be edited"))
        .with_chinese(format!("{name} 是对齐结果：其中的字幕由它生成，不能编辑"))
        .with_chinese_remedy(format!("请先用 {line} 生成字幕再编辑"))
}
