//! Articles to transcripts: who says what, and what nobody says.
//!
//! ```text
//! text ─line─▶ lines ─front─▶ forms ─cast─▶ speakers ─outline─▶ roles ─assemble─▶ parts
//!                      └ label, hint   └ score       └ credit, rule      ├ speech ─ markup, bracket, gloss, term
//!                                                                        └ anchor, runtime
//! ```
//!
//! Form is judged line by line; what it means is decided over the whole article. The parts, put together, are the text
//! that was read, to the last byte. Without any labels everything is one unnamed speaker's speech, with a warning.

mod amount;
mod anchor;
mod assemble;
mod bracket;
mod cast;
mod credit;
mod describe;
mod front;
mod gloss;
pub mod glossary;
mod hint;
mod initialism;
mod label;
mod line;
mod markup;
mod name;
mod outline;
mod question;
mod rule;
mod runtime;
mod score;
mod sentence;
mod speech;
mod term;
mod vocabulary;

pub use describe::{describe, reason_words};

use crate::diag::{Diagnostic, Location, Report, codes};
use crate::error::{Error, ErrorKind, Result};
use crate::lang::{self, LangTag};
use crate::model::{Spoken, Transcript};
use crate::parse::Document;
use regex::Regex;
use std::ops::Range;

/// What the user knows better than the reader.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Language of the speech; guessed from the text if `None`.
    pub lang: Option<LangTag>,
    /// The speakers' labels, exactly; found by form and recurrence if empty. Case, width, spaces and a role in brackets
    /// do not count.
    pub speakers: Vec<String>,
    /// Labels and the names to show instead. Labels that get the same name become one speaker.
    pub rename: Vec<(String, String)>,
    /// Lines that match anywhere are spoken, whatever they look like.
    pub spoken: Vec<Regex>,
    /// Passages that match are not; a line that is covered whole is left out with its label.
    pub not_spoken: Vec<Regex>,
    /// Which half of a gloss is said.
    pub gloss: Spoken,
}

/// Understands an article. Whatever is doubtful is in the report; nothing is left out of the parts.
///
/// # Errors
/// [`ErrorKind::Unreadable`] if there is nothing but white space.
///
/// ```
/// use zimu::diag::Report;
/// use zimu::parse;
/// use zimu::transcript::{self, Options};
/// let text = "Ann: Where did the idea(点子) come from?\nBen: From you.\nAnn: (laughs) No.\nBen: Yes!\n";
/// let mut report = Report::default();
/// let document = parse::document("talk.txt", text.into(), None, &mut report)?;
/// let transcript = transcript::read(&document, &Options::default(), &mut report)?;
/// assert_eq!((transcript.turns(), transcript.speakers.len(), transcript.glosses()), (4, 2, 1));
/// assert_eq!(transcript.parts.iter().map(|part| part.source.as_str()).collect::<String>(), text);
/// # Ok::<(), zimu::Error>(())
/// ```
pub fn read(document: &Document, options: &Options, report: &mut Report) -> Result<Transcript> {
    let text = document.source.text();
    let lines = line::split(text);
    if lines.iter().all(line::Line::is_blank) {
        let message = format!("{} holds no text", document.source.name());
        return Err(Error::new(ErrorKind::Unreadable, message)
            .with_remedy("give the article as text, Markdown, HTML or .docx")
            .with_chinese(format!("{} 中没有文字", document.source.name()))
            .with_chinese_remedy("请提供文本、Markdown、HTML 或 .docx 格式的文章"));
    }
    characters(text, report);
    let mut fronts: Vec<front::Front> = lines.iter().map(|line| front::read(text, line)).collect();
    let cast = cast::choose(document, &lines, &mut fronts, options, report);
    let punctuated = sentence::is_punctuated(text);
    let article = outline::Article { text, lines: &lines, fronts: &fronts, cast: &cast, options, punctuated };
    let roles = outline::roles(article, report);
    let mut transcript = assemble::assemble(article, &roles, report);
    transcript.lang = options.lang.clone().or_else(|| language(&transcript));
    if transcript.utterances().next().is_none() {
        report.push(Diagnostic::new(codes::transcript::NOTHING_SPOKEN, Location::FILE));
    }
    Ok(transcript)
}

/// Says what the text holds that cannot be shown.
fn characters(text: &str, report: &mut Report) {
    let damaged = text.matches('\u{FFFD}').count();
    if damaged > 0 {
        let diagnostic = Diagnostic::new(codes::transcript::UNREADABLE_CHARACTERS, Location::FILE);
        report.push(diagnostic.with("count", damaged));
    }
    let control =
        text.chars().filter(|c| speech::is_hidden(*c) && !c.is_ascii_whitespace() && !line::is_break(*c)).count();
    if control > 0 {
        report.push(Diagnostic::new(codes::transcript::CONTROL_CHARACTERS, Location::FILE).with("count", control));
    }
}

/// The language of what is said, not of what stands around it.
fn language(transcript: &Transcript) -> Option<LangTag> {
    let mut sample = String::new();
    for (_, utterance) in transcript.utterances() {
        sample.push_str(&utterance.text.plain);
        if sample.len() > 64 << 10 {
            break;
        }
    }
    lang::guess(&sample)
}

/// The bytes `range` of `text`; empty if they are not whole characters of it.
fn cut(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// `text` without its first character.
fn skip_char(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

/// At most `most` characters of `text`, with an ellipsis where something was cut off.
fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
