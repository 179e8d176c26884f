//! What sound told: stretches that the transcript lacks, how well both fit, what was made from what.

use super::context::Cx;
use super::decimal::{Seconds, Share};
use super::field::{Named, Names, Text, Unknown};
use crate::model::{DOUBTS, Doubt, FileHash, Fit, Provenance, SOUNDS, Sound, Untranscribed};
use crate::time::TimeRange;
use serde::{Deserialize, Serialize};

impl Names for Doubt {
    fn names() -> &'static [(Self, &'static str)] {
        DOUBTS
    }
}

impl Names for Sound {
    fn names() -> &'static [(Self, &'static str)] {
        SOUNDS
    }
}

/// A stretch of the media that the transcript does not have.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct UntranscribedJson<'a> {
    /// Seconds.
    #[serde(borrow)]
    start: Seconds<'a>,
    /// Seconds.
    end: Seconds<'a>,
    /// What is heard there: `other` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    sound: Option<Named<'a, Sound>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl UntranscribedJson<'_> {
    pub(super) fn write(stretch: &Untranscribed) -> Self {
        let Untranscribed { range, sound } = stretch;
        let (start, end) = (range.start.into(), range.end.into());
        Self { start, end, sound: Some(Named::Known(*sound)), unknown: Unknown::default() }
    }

    pub(super) fn read(self, cx: &mut Cx<'_>) -> Untranscribed {
        cx.unknown(&self.unknown);
        let sound = cx.named("sound", self.sound).unwrap_or(Sound::Other);
        Untranscribed { range: TimeRange::new(self.start.time(), self.end.time()), sound }
    }
}

/// How well transcript and sound fit: shares from 0 to 1.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct FitJson<'a> {
    /// Mean rank of what was found among all that could be: 0 is best.
    rank: Share,
    /// Share of the sound that no word covers.
    uncovered: Share,
    /// Share of the words that were not found.
    missing: Share,
    /// Probability that this transcript belongs to this recording.
    p: Share,
    #[serde(flatten, borrow, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl FitJson<'_> {
    /// `None` if a number in it is none.
    pub(super) fn write(fit: &Fit) -> Option<Self> {
        let Fit { rank, uncovered, missing, p } = *fit;
        let share = |value: f32| Share::new(Some(value));
        let (rank, uncovered, missing, p) = (share(rank)?, share(uncovered)?, share(missing)?, share(p)?);
        Some(Self { rank, uncovered, missing, p, unknown: Unknown::default() })
    }

    pub(super) fn read(self, cx: &mut Cx<'_>) -> Fit {
        cx.unknown(&self.unknown);
        let mut share = |field, share| super::cue::read_share(field, Some(share), cx).unwrap_or_default();
        Fit {
            rank: share("rank", self.rank),
            uncovered: share("uncovered", self.uncovered),
            missing: share("missing", self.missing),
            p: share("p", self.p),
        }
    }
}

/// What an alignment was made from.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ProvenanceJson<'a> {
    /// Name and version of the program.
    #[serde(borrow)]
    program: Text<'a>,
    /// The article.
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<FileJson<'a>>,
    /// The media.
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<FileJson<'a>>,
    /// The acoustic model.
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<Text<'a>>,
    /// Options that change times.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<Text<'a>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// A file as it was.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct FileJson<'a> {
    /// Without folders.
    #[serde(borrow)]
    name: Text<'a>,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: Text<'a>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

impl<'a> ProvenanceJson<'a> {
    pub(super) fn write(provenance: &'a Provenance) -> Self {
        let Provenance { program, article, media, model, options } = provenance;
        Self {
            program: Text::new(program),
            article: article.as_ref().map(FileJson::write),
            media: media.as_ref().map(FileJson::write),
            model: model.as_deref().map(Text::new),
            options: options.iter().map(|option| Text::new(option)).collect(),
            unknown: Unknown::default(),
        }
    }

    pub(super) fn read(self, cx: &mut Cx<'_>) -> Provenance {
        cx.unknown(&self.unknown);
        Provenance {
            program: self.program.into_string(),
            article: self.article.map(|file| file.read(cx)),
            media: self.media.map(|file| file.read(cx)),
            model: self.model.map(Text::into_string),
            options: self.options.into_iter().map(Text::into_string).collect(),
        }
    }
}

impl<'a> FileJson<'a> {
    fn write(file: &'a FileHash) -> Self {
        let FileHash { name, sha256 } = file;
        Self { name: Text::new(name), sha256: Text::new(sha256), unknown: Unknown::default() }
    }

    fn read(self, cx: &mut Cx<'_>) -> FileHash {
        cx.unknown(&self.unknown);
        FileHash { name: self.name.into_string(), sha256: self.sha256.into_string() }
    }
}
