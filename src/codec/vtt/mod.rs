//! WebVTT.

use super::{Format, ReadOptions, WriteOptions};
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::model::Track;
use crate::source::Source;

/// WebVTT.
pub static FORMAT: Format = Format {
    id: "vtt",
    name: "WebVTT",
    spec: "",
    extensions: &["vtt"],
    mime: "text/vtt",
    keeps: &[],
    probe: |_| 0,
    read,
    write,
};

fn read(_source: &Source, _options: &ReadOptions, _report: &mut Report) -> Result<Track> {
    Err(Error::new(ErrorKind::Internal, "not begun"))
}

fn write(_track: &Track, _options: &WriteOptions, _report: &mut Report) -> Result<Vec<u8>> {
    Err(Error::new(ErrorKind::Internal, "not begun"))
}

/// What a browser makes of a cue; `None` if the cue did not come from WebVTT.
pub(crate) fn browser_view(_cue: &crate::model::Cue) -> Option<serde_json::Value> {
    None
}
