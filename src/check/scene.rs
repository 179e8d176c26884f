//! What rules look at.

use super::facts::{Facts, Needs, Traits};
use super::{Options, label};
use crate::diag::Value;
use crate::lang::{self, LangTag};
use crate::model::{Cue, Track};
use crate::profile::{Length, Origin, Profile, STATUSES, Setting, Status};
use crate::source::Source;
use crate::time::{FrameRate, Time, TimeDelta};
use crate::words::Judge;
use regex::Regex;
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The captions, the profile and what is known beside them.
pub(super) struct Scene<'a> {
    pub(super) track: &'a Track,
    pub(super) source: Option<&'a Source>,
    pub(super) profile: &'a Profile,
    pub(super) rate: Option<FrameRate>,
    pub(super) media_end: Option<Time>,
    pub(super) shots: &'a [Time],
    /// When cues of captions start that are known to be right, in order.
    pub(super) reference: &'a [Time],
    /// What the user does not want to see.
    pub(super) words_of_user: Option<&'a Regex>,
    /// How far a difference of two times may be from the true one: a unit of the file, or nothing if it counts frames.
    blur: TimeDelta,
    /// Of each cue, in the order of the file.
    facts: Vec<Facts>,
    lang: OnceCell<Option<LangTag>>,
    words: OnceCell<Judge>,
    names: OnceCell<BTreeMap<String, usize>>,
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
        let (line, speed) = (profile.line_ruler.value, profile.speed_ruler.value);
        let in_frames = track.frame_rate.is_some_and(|rate| rate.frames(1) == track.resolution);
        Self {
            track,
            source,
            profile,
            rate,
            media_end: options.media_end,
            shots: &options.shots,
            reference: &options.reference,
            words_of_user: options.words.as_ref(),
            blur: if in_frames { TimeDelta::ZERO } else { track.resolution },
            facts: track.cues.iter().map(|cue| Facts::of(&cue.text.plain, line, speed)).collect(),
            lang: OnceCell::new(),
            words: OnceCell::new(),
            names: OnceCell::new(),
        }
    }

    /// A cue with what is known of its text.
    fn seen(&self, index: usize, cue: &'a Cue) -> Seen<'a> {
        Seen { index, cue, facts: self.facts.get(index).copied().unwrap_or_default() }
    }

    /// The cues whose text has something of each of these sets, in the order of the file.
    pub(super) fn having(&self, needs: Needs) -> impl Iterator<Item = Seen<'a>> + '_ {
        let cues = self.track.cues.iter().enumerate().map(|(index, cue)| self.seen(index, cue));
        cues.filter(move |seen| needs.met_by(&seen.facts))
    }

    /// The cues in the order of their starts.
    pub(super) fn in_time_order(&self) -> Box<dyn Iterator<Item = Seen<'a>> + '_> {
        let cues = &self.track.cues;
        if cues.is_sorted_by_key(|cue| cue.range.start) {
            return Box::new(cues.iter().enumerate().map(|(index, cue)| self.seen(index, cue)));
        }
        let mut order: Vec<(usize, &Cue)> = cues.iter().enumerate().collect();
        order.sort_by_key(|(_, cue)| cue.range.start);
        Box::new(order.into_iter().map(|(index, cue)| self.seen(index, cue)))
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

    /// The shot changes within `zone` of a time, the nearest first.
    pub(super) fn shots_near(&self, time: Time, zone: TimeDelta) -> impl Iterator<Item = Time> {
        let from = self.shots.partition_point(|shot| *shot < time - zone);
        let near = self.shots.get(from..).unwrap_or_default().iter().copied();
        let mut near: Vec<Time> = near.take_while(|shot| *shot <= time + zone).collect();
        near.sort_by_key(|shot| (*shot - time).abs());
        near.into_iter()
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

    /// The names of speakers, and how many cues each has: voices, and what looks like a label at the start of a text.
    pub(super) fn names(&self) -> &BTreeMap<String, usize> {
        self.names.get_or_init(|| {
            let mut names: BTreeMap<String, usize> = BTreeMap::new();
            for seen in self.having(Needs::NOTHING) {
                if let Some(name) = seen.speaker() {
                    match names.get_mut(name) {
                        Some(count) => *count = count.saturating_add(1),
                        None => drop(names.insert(name.to_owned(), 1)),
                    }
                }
            }
            names
        })
    }

    /// The label at the start of a text: a speaker's name. What stands so only once may be any words before a colon.
    pub(super) fn label<'t>(&self, text: &'t str) -> Option<&'t str> {
        label::label(text).filter(|name| self.names().get(*name).is_some_and(|count| *count > 1))
    }

    /// One line is in Han, kana or hangul, another in Latin letters: two languages, one above the other.
    pub(super) fn is_bilingual(&self, text: &str) -> bool {
        let (mut east, mut latin) = (false, false);
        for line in text.lines() {
            match script(line) {
                Some(true) => east = true,
                Some(false) => latin = true,
                None => {}
            }
        }
        east && latin
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

/// Whether a line is in Han, kana or hangul, or in Latin letters; `None` if it is in neither.
pub(super) fn script(line: &str) -> Option<bool> {
    let east = line.chars().any(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{AC00}'..='\u{D7AF}') || lang::is_han(c));
    (east || line.chars().any(lang::is_latin)).then_some(east)
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

    pub(super) fn text(&self) -> &'a str {
        &self.cue.text.plain
    }

    /// Who speaks: a voice, or what looks like a label at the start of the text.
    pub(super) fn speaker(&self) -> Option<&'a str> {
        let label = || if self.facts.traits.has(Traits::COLON) { label::label(self.text()) } else { None };
        self.cue.text.voice().or_else(label)
    }

    pub(super) fn duration(&self) -> TimeDelta {
        self.cue.range.duration()
    }

    /// Its lines, each with where it begins.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
        let mut at = 0usize;
        self.text().split('\n').map(move |line| {
            let start = at;
            at = at.saturating_add(line.len()).saturating_add(1);
            (start, line)
        })
    }
}
