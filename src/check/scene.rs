//! What rules look at.

use super::Options;
use super::facts::Facts;
use crate::diag::Value;
use crate::lang::{self, LangTag};
use crate::model::{Cue, Track};
use crate::profile::{Length, Origin, Profile, STATUSES, Setting, Status};
use crate::source::Source;
use crate::time::{FrameRate, Time, TimeDelta};
use crate::words::Judge;
use std::cell::OnceCell;

/// The captions, the profile and what is known beside them.
pub(super) struct Scene<'a> {
    pub(super) track: &'a Track,
    pub(super) source: Option<&'a Source>,
    pub(super) profile: &'a Profile,
    pub(super) rate: Option<FrameRate>,
    pub(super) media_end: Option<Time>,
    pub(super) shots: &'a [Time],
    /// How far a difference of two times may be from the true one: a unit of the file, or nothing if it counts frames.
    blur: TimeDelta,
    lang: OnceCell<Option<LangTag>>,
    words: OnceCell<Judge>,
}

/// A cue as rules see it.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) index: usize,
    pub(super) cue: &'a Cue,
    pub(super) facts: Facts,
}

/// How much of a text the language is guessed from.
const GUESS_BYTES: usize = 8000;

impl<'a> Scene<'a> {
    pub(super) fn new(
        track: &'a Track,
        source: Option<&'a Source>,
        profile: &'a Profile,
        options: &'a Options,
    ) -> Self {
        let rate = options.frame_rate.or(track.frame_rate);
        let in_frames = track.frame_rate.is_some_and(|rate| rate.frames(1) == track.resolution);
        Self {
            track,
            source,
            profile,
            rate,
            media_end: options.media_end,
            shots: &options.shots,
            blur: if in_frames { TimeDelta::ZERO } else { track.resolution },
            lang: OnceCell::new(),
            words: OnceCell::new(),
        }
    }

    /// The cues, each with its index in the file, in the order of their starts.
    pub(super) fn in_time_order(&self) -> Box<dyn Iterator<Item = (usize, &'a Cue)> + 'a> {
        let cues = &self.track.cues;
        if cues.is_sorted_by_key(|cue| cue.range.start) {
            return Box::new(cues.iter().enumerate());
        }
        let mut order: Vec<(usize, &Cue)> = cues.iter().enumerate().collect();
        order.sort_by_key(|(_, cue)| cue.range.start);
        Box::new(order.into_iter())
    }

    /// The time a length means at the rate of the media.
    pub(super) fn time(&self, length: &Setting<Length>) -> TimeDelta {
        length.value.at(self.rate)
    }

    /// `span`, a difference of two times of the file, is below `limit` whatever the true times were that were rounded
    /// to the file's.
    pub(super) fn below(&self, span: TimeDelta, limit: TimeDelta) -> bool {
        span + self.blur < limit
    }

    /// The same, above.
    pub(super) fn above(&self, span: TimeDelta, limit: TimeDelta) -> bool {
        span - self.blur > limit
    }

    /// The longest that a span of the file may truly be.
    pub(super) fn longest(&self, span: TimeDelta) -> TimeDelta {
        span + self.blur
    }

    /// The language of the captions: as the file says, or as the profile or the text shows it.
    pub(super) fn lang(&self) -> Option<&LangTag> {
        let known = || self.track.lang.clone().or_else(|| self.profile.lang.clone()).or_else(|| guess(self.track));
        self.lang.get_or_init(known).as_ref()
    }

    /// The judge of breaks, who knows the names in these captions.
    pub(super) fn words(&self) -> &Judge {
        self.words.get_or_init(|| {
            let voices = self.track.cues.iter().filter_map(|cue| cue.text.voice());
            Judge::learn(self.track.cues.iter().map(|cue| cue.text.plain.as_str()), voices)
        })
    }

    /// Whose number it is, for a sentence: `netflix-zh-hans, 2026-08-22`.
    pub(super) fn cite(&self, origin: &Origin) -> Value {
        let id = &self.profile.id;
        let date = if origin.date.is_empty() { String::new() } else { format!(", {}", origin.date) };
        let (_, en, zh) =
            STATUSES.iter().find(|(status, ..)| *status == origin.status).unwrap_or(&(Status::House, "", ""));
        match origin.status {
            Status::Sourced => Value::Text(format!("{id}{date}")),
            _ => Value::Either([format!("{id}{date}, {en}"), format!("{id}{date}，{zh}")]),
        }
    }
}

/// The language of a track: as it says, or as its text shows.
///
/// ```
/// use zimu::{check, model::{Cue, Track}};
/// let mut track = Track::default();
/// track.cues.push(Cue::new(Default::default(), "你好"));
/// assert!(check::language(&track).unwrap().is_chinese());
/// ```
pub fn language(track: &Track) -> Option<LangTag> {
    track.lang.clone().or_else(|| guess(track))
}

fn guess(track: &Track) -> Option<LangTag> {
    let mut sample = String::new();
    for cue in &track.cues {
        sample.push_str(&cue.text.plain);
        if sample.len() > GUESS_BYTES {
            break;
        }
    }
    lang::guess(&sample)
}

impl<'a> Seen<'a> {
    /// For rules that look at everything and need no facts.
    pub(super) fn bare(index: usize, cue: &'a Cue) -> Self {
        Self { index, cue, facts: Facts::default() }
    }

    pub(super) fn text(&self) -> &str {
        &self.cue.text.plain
    }

    pub(super) fn duration(&self) -> TimeDelta {
        self.cue.range.duration()
    }

    /// Its lines, each with where it begins.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let mut at = 0usize;
        self.text().split('\n').map(move |line| {
            let start = at;
            at = at.saturating_add(line.len()).saturating_add(1);
            (start, line)
        })
    }
}
