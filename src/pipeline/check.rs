//! A document held against the standard of its format.

use super::captions::{open, recognise};
use crate::codec::Conformance;
use crate::diag::Report;
use crate::error::Result;
use crate::host::Input;
use crate::source::{Encoding, Source};

/// A document that was judged.
pub struct Checked {
    /// Its text.
    pub source: Source,
    /// What it was held against.
    pub standard: &'static Conformance,
}

/// Judges a document: by the standard that is named, or the first one there is for its format. What was found, on the way
/// in too, is in the report.
///
/// # Errors
/// [`crate::ErrorKind::Unreadable`] if it is no text, or no format is recognised; [`crate::ErrorKind::Usage`] if there is
/// no standard for its format.
pub fn check(
    input: Input,
    standard: Option<&'static Conformance>,
    encoding: Option<Encoding>,
    report: &mut Report,
) -> Result<Checked> {
    let (source, found) = open(input, None, encoding, report)?;
    let standard = match (standard, found) {
        (Some(standard), _) => standard,
        (None, Some(format)) => Conformance::of(format)?,
        (None, None) => Conformance::of(recognise(&source)?)?,
    };
    (standard.check)(&source, report);
    Ok(Checked { source, standard })
}
