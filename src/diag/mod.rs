//! What is wrong, doubtful or lost *in the data*: diagnostics, and the report that gathers them.
//!
//! A diagnostic has a stable code, a severity, typed arguments and a place; its sentence stands once per language in
//! the code's row. [`render`] turns a report into text for people or JSON for programs.

mod code;
pub mod codes;
mod edit;
pub mod render;
mod report;

pub use code::{Code, CodeRow, Lang};
pub use edit::{CueChange, CueEdit, Edits, SplitAt};
pub use report::Report;

use crate::source::Span;
use crate::time::{Time, TimeDelta};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something was kept in another way, repaired while reading, or may be wrong.
    Warning,
    /// Something is wrong or was lost.
    Error,
}

impl Severity {
    /// `note`, `warning`, `error`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words: names, excerpts.
    Text(String),
    /// How many.
    Count(u64),
    /// A measured number, shown with one decimal.
    Number(f64),
    /// An instant.
    Time(Time),
    /// A length of time.
    Delta(TimeDelta),
    /// Words that differ between the languages: English, 中文.
    Either([String; 2]),
}

macro_rules! value_from {
    ($($from:ty => $make:expr),* $(,)?) => { $(impl From<$from> for Value { fn from(v: $from) -> Self { $make(v) } })* };
}
value_from! {
    String => Value::Text, &str => |v: &str| Value::Text(v.to_owned()), u64 => Value::Count,
    usize => |v: usize| Value::Count(v as u64), u32 => |v: u32| Value::Count(v.into()),
    f64 => Value::Number, Time => Value::Time, TimeDelta => Value::Delta,
    [&str; 2] => |words: [&str; 2]| Value::Either(words.map(str::to_owned)),
}

/// Where it is: in the bytes, among the cues, in the media's time. Any part may be unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Location {
    /// In the source's decoded text.
    pub span: Option<Span>,
    /// The cue, counted from 0 in file order (shown from 1).
    pub cue: Option<u32>,
    /// In the media.
    pub time: Option<Time>,
}

impl Location {
    /// Nowhere in particular: the whole file.
    pub const FILE: Self = Self { span: None, cue: None, time: None };

    /// A stretch of the source.
    pub fn span(range: std::ops::Range<usize>) -> Self {
        Self { span: Some(Span::new(range)), ..Self::FILE }
    }

    /// A cue and its start.
    pub fn cue(index: usize, start: Time) -> Self {
        Self { cue: u32::try_from(index).ok(), time: Some(start), span: None }
    }
}

/// One thing noticed in the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// What: stable, language-independent.
    pub code: Code,
    /// How bad; the code's default unless changed.
    pub severity: Severity,
    /// The values its sentence names.
    pub args: Vec<(&'static str, Value)>,
    /// Where.
    pub at: Location,
    /// What would mend it, if that is known.
    pub fix: Option<Box<Fix>>,
}

/// What mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The meaning and the timing stay: spaces, numbering, the form of marks, a time moved by less than half a frame.
    pub safe: bool,
    /// All of them, or none.
    pub edits: Vec<CueEdit>,
    /// The same as stretches of the text of the file, in order and apart; empty if nobody asked for them
    /// ([`crate::pipeline::CheckOptions::place_fixes`]) or they cannot be told.
    pub replacements: Vec<Replacement>,
}

/// A stretch of a file's text, and what is to stand there instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replacement {
    /// What goes away; empty to insert.
    pub at: Span,
    /// What comes.
    pub with: String,
}

impl Fix {
    /// These edits.
    pub fn new(safe: bool, edits: Vec<CueEdit>) -> Self {
        Self { safe, edits, replacements: Vec::new() }
    }
}

impl Diagnostic {
    /// A diagnostic of `code`'s severity at `at`.
    pub fn new(code: Code, at: Location) -> Self {
        Self { code, severity: code.row().severity, args: Vec::new(), at, fix: None }
    }

    /// Adds what mends it, unless that is nothing.
    #[must_use]
    pub fn with_fix(mut self, safe: bool, edits: Vec<CueEdit>) -> Self {
        self.fix = (!edits.is_empty()).then(|| Box::new(Fix::new(safe, edits)));
        self
    }

    /// Adds an argument that the code's sentence names.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Its sentence.
    pub fn message(&self, lang: Lang) -> String {
        self.code.message(lang, &self.args)
    }
}
