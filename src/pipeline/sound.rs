//! A media file → its sound.

use crate::audio::{self, Media, Options};
use crate::diag::Report;
use crate::error::Result;
use crate::host;
use std::path::Path;

/// What is in a media file, without decoding it (`-` is standard input).
///
/// # Errors
/// The file cannot be read, or is no media file.
pub fn media(path: &Path, options: &Options) -> Result<Media> {
    let (name, stream) = host::open(path)?;
    audio::look(Box::new(stream), &name, options)
}

/// The sound of a media file (`-` is standard input): 16 kHz mono on the presentation timeline, in chunks
/// ([`audio::decode`]).
///
/// # Errors
/// The file cannot be read or decoded; what `sink` returns.
pub fn sound(
    path: &Path,
    options: &Options,
    report: &mut Report,
    sink: &mut dyn FnMut(&[f32]) -> Result<()>,
) -> Result<Media> {
    let (name, stream) = host::open(path)?;
    audio::decode(Box::new(stream), &name, options, report, sink)
}
