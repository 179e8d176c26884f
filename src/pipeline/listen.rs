//! An article and its sound → times.

use super::provenance;
use crate::align::{acoustic, acoustics};
use crate::audio::{self, features::FeatureExtractor};
use crate::diag::Report;
use crate::error::Result;
use crate::host;
use crate::model::{Acoustics, Alignment, Features, FileHash, Pronunciation, Transcript};
use crate::time::{Time, TimeRange};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The sound that an article is timed on.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Listen {
    /// The media file.
    pub media: PathBuf,
    /// Which audio track, counted from 0; the first that can be decoded if `None`.
    pub track: Option<usize>,
    /// Another acoustic model than the embedded one.
    pub model: Option<PathBuf>,
    /// Time it even if the transcript does not seem to belong to the sound.
    pub force: bool,
}

impl Listen {
    /// The sound of this file.
    pub fn to(media: impl Into<PathBuf>) -> Self {
        Self { media: media.into(), ..Self::default() }
    }
}

/// Times a transcript on the sound between `start` and `end`.
pub(super) fn align(
    listen: &Listen,
    transcript: Transcript,
    pronunciation: &Pronunciation,
    (start, end): (Option<Time>, Option<Time>),
    report: &mut Report,
) -> Result<Alignment> {
    let acoustics = model(listen.model.as_deref())?;
    let features = hear(listen, (start, end), report)?;
    let options = acoustic::Options { force: listen.force, ..acoustic::Options::default() };
    let model = acoustics.name.clone();
    let mut alignment = acoustic::align(transcript, pronunciation, features, &acoustics, &options, report)?;
    let provenance = alignment.provenance.get_or_insert_default();
    provenance.media = Some(hash(&listen.media)?);
    provenance.model = Some(model);
    Ok(alignment)
}

/// The name and the hash of the media, which are larger than memory.
fn hash(media: &Path) -> Result<FileHash> {
    let mut hash = Sha256::new();
    let name = host::read_pieces(media, |piece| hash.update(piece))?;
    Ok(provenance::of_hash(&name, hash))
}

fn model(path: Option<&Path>) -> Result<Cow<'static, Acoustics>> {
    match path {
        None => acoustics::embedded().map(Cow::Borrowed),
        Some(path) => acoustics::read(&host::read(path)?.bytes).map(Cow::Owned),
    }
}

/// What the aligner hears of the media.
fn hear(listen: &Listen, (start, end): (Option<Time>, Option<Time>), report: &mut Report) -> Result<Features> {
    let from = start.unwrap_or(Time::ZERO);
    let range = (start.is_some() || end.is_some()).then(|| TimeRange::new(from, end.unwrap_or(Time::MAX)));
    let options = audio::Options::default().with_track(listen.track).with_range(range);
    let mut extractor = FeatureExtractor::new(from);
    super::sound(&listen.media, &options, report, &mut |samples| {
        extractor.push(samples);
        Ok(())
    })?;
    Ok(extractor.finish())
}
