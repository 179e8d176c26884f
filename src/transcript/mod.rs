//! Articles to transcripts: who says what, and what nobody says.

pub mod glossary;

use crate::diag::Report;
use crate::error::Result;
use crate::lang::LangTag;
use crate::model::{Spoken, Transcript};
use crate::parse::Document;
use regex::Regex;

/// What the user knows better than the reader.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Language of the speech; guessed from the text if `None`.
    pub lang: Option<LangTag>,
    /// The speakers' labels, exactly; found by form and recurrence if empty.
    pub speakers: Vec<String>,
    /// Labels and the names to show instead.
    pub rename: Vec<(String, String)>,
    /// Paragraphs that match are spoken.
    pub spoken: Vec<Regex>,
    /// Paragraphs or passages that match are not.
    pub not_spoken: Vec<Regex>,
    /// Which half of a gloss is said.
    pub gloss: Spoken,
}

/// Understands an article.
pub fn read(_document: &Document, _options: &Options, _report: &mut Report) -> Result<Transcript> {
    Ok(Transcript::default())
}
