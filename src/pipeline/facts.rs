//! The figures of a summary.

use super::align::Aligned;
use crate::measure::reading_speed;
use crate::model::{MarkKind, PartKind, REASONS, Reason, Transcript};
use crate::time::TimeRange;

/// What [`super::align`] made, in figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Turns.
    pub turns: usize,
    /// Speakers in order of their first turn, each with the number of its turns.
    pub speakers: Vec<(String, usize)>,
    /// Cues.
    pub cues: usize,
    /// The stretch that the speech fills.
    pub extent: TimeRange,
    /// Syllables that are said.
    pub syllables: usize,
    /// Syllables a second over the extent.
    pub rate: Option<f64>,
    /// The cue (from 0) that must be read fastest, and how fast, in characters a second of the profile's ruler.
    pub fastest: Option<(usize, f64)>,
    /// What nobody says, by reason.
    pub unspoken: Vec<(Reason, usize)>,
}

impl Aligned {
    /// Its figures.
    #[allow(clippy::cast_precision_loss)]
    pub fn facts(&self) -> Facts {
        let transcript = &self.alignment.transcript;
        let syllables = self.alignment.words.iter().map(|word| word.units.len()).sum::<usize>();
        let seconds = self.alignment.extent.duration().as_seconds_f64();
        let ruler = self.profile.speed_ruler.value;
        let speeds = self.track.cues.iter().enumerate().filter_map(|(index, cue)| {
            reading_speed(&cue.text.plain, ruler, cue.range.duration()).map(|speed| (index, speed))
        });
        Facts {
            turns: transcript.turns(),
            speakers: speakers(transcript),
            cues: self.track.cues.len(),
            extent: self.alignment.extent,
            syllables,
            rate: (seconds > 0.0).then(|| syllables as f64 / seconds),
            fastest: speeds.max_by(|a, b| a.1.total_cmp(&b.1)),
            unspoken: unspoken(transcript),
        }
    }
}

fn speakers(transcript: &Transcript) -> Vec<(String, usize)> {
    let mut turns: Vec<_> = transcript.utterances().map(|(_, u)| (u.turn, u.speaker)).collect();
    turns.dedup();
    let mut speakers: Vec<_> = transcript.speakers.iter().map(|speaker| (speaker.name.clone(), 0usize)).collect();
    for speaker in turns.iter().filter_map(|(_, speaker)| *speaker) {
        if let Some((_, count)) = speakers.get_mut(speaker as usize) {
            *count = count.saturating_add(1);
        }
    }
    speakers
}

/// How often something is not spoken, by reason; mere layout is not counted.
pub fn unspoken(transcript: &Transcript) -> Vec<(Reason, usize)> {
    let parts = transcript.parts.iter().filter_map(|part| match &part.kind {
        PartKind::Unspoken(reason) => Some(*reason),
        PartKind::Utterance(_) => None,
    });
    let marks = transcript.utterances().flat_map(|(_, utterance)| &utterance.text.marks);
    let inside = marks.filter_map(|mark| match &mark.kind {
        MarkKind::Unsaid(unsaid) => Some(unsaid.reason),
        _ => None,
    });
    let all: Vec<Reason> = parts.chain(inside).filter(|reason| *reason != Reason::Layout).collect();
    let count = |reason: Reason| all.iter().filter(|other| **other == reason).count();
    REASONS.iter().map(|(reason, _)| (*reason, count(*reason))).filter(|(_, count)| *count > 0).collect()
}
