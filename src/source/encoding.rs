//! Which encoding bytes are in, and the text they hold.

use super::Source;
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};

/// A text encoding: UTF-8, UTF-16, UTF-32 or one of the WHATWG legacy encodings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(encoding_rs::UTF_8);

    /// Its name (`GB18030`, `UTF-16LE`).
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// The encoding an input was read as, and how that is known.
#[derive(Clone, Debug, PartialEq)]
pub struct EncodingGuess {
    /// The encoding.
    pub encoding: Encoding,
    /// 0 to 1: 1 for a byte order mark, valid UTF-8, or the user's word.
    pub confidence: f32,
    /// It began with a byte order mark.
    pub bom: bool,
}

impl EncodingGuess {
    /// Certain UTF-8 without a byte order mark.
    pub fn utf8() -> Self {
        Self { encoding: Encoding::UTF_8, confidence: 1.0, bom: false }
    }
}

/// Decodes `bytes`: in the encoding the user named, or the one that is found.
pub fn decode(name: &str, bytes: Vec<u8>, _forced: Option<Encoding>, _report: &mut Report) -> Result<Source> {
    let text = String::from_utf8(bytes)
        .map_err(|error| Error::new(ErrorKind::Unreadable, format!("{name} is not UTF-8")).with_cause(error))?;
    Ok(Source::new(name, text, EncodingGuess::utf8()))
}
