//! A transcript: who says what, and what nobody says.

use super::styled_text::{MarkKind, StyledText};
use crate::lang::LangTag;
use crate::time::{Time, TimeDelta};

/// An article, understood. The parts cover it without a gap: their `source`s, put together, are the decoded text (for
/// .docx, HTML and tables: the text that the front end made of it).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Transcript {
    /// Language of the speech.
    pub lang: Option<LangTag>,
    /// How long the media is, where the article says so.
    pub runtime: Option<Runtime>,
    /// The speakers, in order of their first turn.
    pub speakers: Vec<Speaker>,
    /// What the article consists of, in order.
    pub parts: Vec<Part>,
    /// Times that the article names.
    pub anchors: Vec<Anchor>,
}

/// A running time that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runtime {
    /// How long.
    pub length: TimeDelta,
    /// The words it was read from (`视频时长:5分59秒`).
    pub text: String,
}

/// Someone who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Speaker {
    /// The name to show.
    pub name: String,
    /// Spellings in the article's labels, the first one first.
    pub labels: Vec<String>,
}

/// A piece of the article.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Verbatim, line ends and markup included.
    pub source: String,
    /// What it is.
    pub kind: PartKind,
}

/// What a piece of the article is.
#[derive(Clone, Debug, PartialEq)]
pub enum PartKind {
    /// A paragraph that somebody says.
    Utterance(Utterance),
    /// Something nobody says.
    Unspoken(Reason),
}

/// A paragraph of one turn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Utterance {
    /// Which turn it belongs to, from 0; a turn may have several paragraphs.
    pub turn: u32,
    /// Who says it: index of [`Transcript::speakers`]; `None` if the article has no labels.
    pub speaker: Option<u32>,
    /// What is said, without markup, with [`MarkKind::Gloss`] and [`MarkKind::Unsaid`] marks.
    pub text: StyledText,
}

/// Why something is not spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The headline.
    Headline,
    /// What introduces the piece before the first turn.
    Lead,
    /// A heading inside the piece.
    Heading,
    /// The running time, a date line.
    Metadata,
    /// Who wrote, edited, filmed it.
    Credit,
    /// `(笑)`, `[music]`.
    Direction,
    /// A speaker's label.
    Label,
    /// A time in the text.
    TimeHint,
    /// White space, markup, table structure.
    Layout,
    /// The user said so.
    Asked,
}

/// Each reason with its name in JSON and on the command line.
pub static REASONS: &[(Reason, &str)] = &[
    (Reason::Headline, "headline"),
    (Reason::Lead, "lead"),
    (Reason::Heading, "heading"),
    (Reason::Metadata, "metadata"),
    (Reason::Credit, "credit"),
    (Reason::Direction, "direction"),
    (Reason::Label, "label"),
    (Reason::TimeHint, "time-hint"),
    (Reason::Layout, "layout"),
    (Reason::Asked, "asked"),
];

impl Reason {
    /// Its name.
    pub fn name(self) -> &'static str {
        REASONS.iter().find(|(reason, _)| *reason == self).map_or("", |(_, name)| name)
    }

    /// The reason of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        REASONS.iter().find(|(_, n)| *n == name).map(|(reason, _)| *reason)
    }
}

/// A time that the article gives for a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Index of the part (an utterance).
    pub part: u32,
    /// Byte offset in the utterance's plain text.
    pub at: u32,
    /// The time.
    pub time: Time,
}

impl Transcript {
    /// The utterances with the index of their part.
    pub fn utterances(&self) -> impl Iterator<Item = (usize, &Utterance)> {
        self.parts.iter().enumerate().filter_map(|(i, part)| match &part.kind {
            PartKind::Utterance(utterance) => Some((i, utterance)),
            PartKind::Unspoken(_) => None,
        })
    }

    /// The utterance at part `index`.
    pub fn utterance(&self, index: u32) -> Option<&Utterance> {
        match &self.parts.get(index as usize)?.kind {
            PartKind::Utterance(utterance) => Some(utterance),
            PartKind::Unspoken(_) => None,
        }
    }

    /// How many turns there are.
    pub fn turns(&self) -> usize {
        let mut turns: Vec<u32> = self.utterances().map(|(_, u)| u.turn).collect();
        turns.dedup();
        turns.len()
    }

    /// How many glosses there are.
    pub fn glosses(&self) -> usize {
        let marks = self.utterances().flat_map(|(_, u)| &u.text.marks);
        marks.filter(|mark| matches!(mark.kind, MarkKind::Gloss(_))).count()
    }

    /// The name of an utterance's speaker.
    pub fn speaker_of(&self, utterance: &Utterance) -> Option<&str> {
        self.speakers.get(utterance.speaker? as usize).map(|speaker| speaker.name.as_str())
    }
}
