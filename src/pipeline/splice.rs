//! Edits of a file: in its bytes where its format can, else written anew.

use super::{Captions, RenderOptions, render};
use crate::diag::{Diagnostic, Edits, Location, Report, codes};
use crate::edit;
use crate::error::Result;
use crate::source::{EncodeOptions, Eol};

/// The bytes of the captions' file with these edits made: only the bytes concerned change. A format that cannot do that is
/// read and written anew, in its encoding and with its line ends, and the report says so.
///
/// # Errors
/// Those of the format's writer, where the file is written anew.
pub fn splice(captions: &Captions, edits: &Edits, report: &mut Report) -> Result<Vec<u8>> {
    let Captions { source, format, track } = captions;
    if let Some(splice) = format.splice {
        return splice(source, track, edits, report);
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
