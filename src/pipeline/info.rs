//! What is in a caption file.

use crate::measure::{Ruler, Width};
use crate::model::{Cue, HEARD, Heard, MarkKind, Track};
use crate::time::{TimeDelta, TimeRange};
use std::collections::{BTreeSet, HashMap};

/// A caption file in figures. Counts of what is odd are facts of the file, not judgements.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// Cues.
    pub cues: usize,
    /// From the earliest start to the latest end.
    pub extent: Option<TimeRange>,
    /// How long cues are shown, all together; overlaps count twice.
    pub shown: TimeDelta,
    /// Languages: the track's, and those of marked stretches.
    pub languages: Vec<String>,
    /// Who speaks, in order, each with the number of cues.
    pub speakers: Vec<(String, usize)>,
    /// Cues that begin before an earlier one ends.
    pub overlaps: usize,
    /// Cues that begin before the one before them begins.
    pub out_of_order: usize,
    /// Cues that end before they begin, or at once.
    pub reversed: usize,
    /// Cues without text.
    pub empty: usize,
    /// Most lines of a cue.
    pub most_lines: usize,
    /// The widest line, in halves of a Han character (a Latin letter is one half).
    pub widest_line: Width,
    /// Notes.
    pub notes: usize,
    /// Regions.
    pub regions: usize,
    /// How coarsely the times are rounded; zero if they are exact.
    pub resolution: TimeDelta,
    /// Cues by how their times are known, where the file says.
    pub heard: Vec<(Heard, usize)>,
}

/// Looks at captions.
pub fn info(track: &Track) -> Info {
    let mut info =
        Info { cues: track.cues.len(), notes: track.notes.len(), regions: track.regions.len(), ..Info::default() };
    info.resolution = track.resolution;
    times(&track.cues, &mut info);
    texts(&track.cues, &mut info);
    let how = |cue: &Cue| cue.evidence.as_ref().and_then(|evidence| evidence.how);
    let count = |heard: Heard| track.cues.iter().filter(|cue| how(cue) == Some(heard)).count();
    info.heard = HEARD.iter().map(|(heard, _)| (*heard, count(*heard))).filter(|(_, count)| *count > 0).collect();
    if let Some(lang) = &track.lang {
        info.languages.retain(|other| other != lang.as_str());
        info.languages.insert(0, lang.as_str().to_owned());
    }
    info
}

fn times(cues: &[Cue], info: &mut Info) {
    let mut latest_end = None;
    let mut previous_start = None;
    for cue in cues {
        let TimeRange { start, end } = cue.range;
        info.overlaps = info.overlaps.saturating_add(usize::from(latest_end.is_some_and(|latest| start < latest)));
        info.out_of_order =
            info.out_of_order.saturating_add(usize::from(previous_start.is_some_and(|previous| start < previous)));
        info.reversed = info.reversed.saturating_add(usize::from(end <= start));
        info.shown += cue.range.duration().max(TimeDelta::ZERO);
        latest_end = latest_end.max(Some(end));
        previous_start = Some(start);
        let extent = info.extent.get_or_insert(cue.range);
        *extent = TimeRange::new(extent.start.min(start), extent.end.max(end));
    }
}

fn texts(cues: &[Cue], info: &mut Info) {
    let mut languages = BTreeSet::new();
    let mut places = HashMap::new();
    for cue in cues {
        let plain = &cue.text.plain;
        info.empty = info.empty.saturating_add(usize::from(plain.trim().is_empty()));
        info.most_lines = info.most_lines.max(plain.lines().count());
        let widest = plain.lines().map(|line| Ruler::WideOneNarrowHalf.width(line)).max();
        info.widest_line = info.widest_line.max(widest.unwrap_or_default());
        for mark in &cue.text.marks {
            match &mark.kind {
                MarkKind::Voice(voice) => count(&mut info.speakers, &mut places, &voice.name),
                MarkKind::Lang(lang) => drop(languages.insert(lang.as_str().to_owned())),
                _ => {}
            }
        }
    }
    info.languages = languages.into_iter().collect();
}

/// Counts `name`; `places` says where in `speakers` a name stands.
fn count<'a>(speakers: &mut Vec<(String, usize)>, places: &mut HashMap<&'a str, usize>, name: &'a str) {
    let place = *places.entry(name).or_insert(speakers.len());
    match speakers.get_mut(place) {
        Some((_, cues)) => *cues = cues.saturating_add(1),
        None => speakers.push((name.to_owned(), 1)),
    }
}
