//! `diff`: what changed between two files.

use super::{CaptionsOptions, captions};
use crate::diag::Report;
use crate::diff::{Diff, DiffOptions, diff};
use crate::error::Result;
use crate::host::Input;
use crate::model::Track;

/// What changed from the captions of one file to those of another, in whatever formats they are. An empty file has no cues:
/// version control compares a new file with that.
///
/// # Errors
/// Those of [`captions`].
pub fn diff_files(a: Input, b: Input, read: &CaptionsOptions, options: &DiffOptions) -> Result<Diff> {
    let track = |input: Input| -> Result<Track> {
        if input.bytes.is_empty() {
            return Ok(Track::default());
        }
        captions(input, read, &mut Report::default()).map(|captions| captions.track)
    };
    Ok(diff(&track(a)?, &track(b)?, options))
}
