//! Times from the sound: a small acoustic model that learns the recording.
//!
//! A coarse search over the whole recording, then rounds of: learn what the speakers sound like, search again finely near
//! the last way. Sound that the text lacks, and text that nobody says, have their places in the graph ([`lattice`]).

mod adapt;
mod emission;
mod graph;
mod lattice;
mod normal;
mod session;
mod text;
mod times;
mod viterbi;
mod voice;
mod window;

use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{
    Acoustics, Alignment, Features, HOP, Heard, Pronunciation, SpokenWord, Transcript, UnitTiming, WordTiming,
};
use crate::time::{Time, TimeDelta, TimeRange};
use session::Session;
use std::ops::Range;
use text::Text;
use voice::Voice;

/// How to align.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Only this part of the media holds what the transcript says.
    pub extent: Option<TimeRange>,
    /// Give times even if the transcript does not seem to belong to the sound.
    pub force: bool,
}

/// Times every word of `transcript` on the sound.
///
/// # Errors
/// [`ErrorKind::Refused`] if transcript and sound do not belong together, unless [`Options::force`].
pub fn align(
    transcript: Transcript,
    pronunciation: &Pronunciation,
    features: Features,
    acoustics: &Acoustics,
    options: &Options,
    report: &mut Report,
) -> Result<Alignment> {
    let _ = (options, &report);
    let start = features.start;
    let text = Text::new(&transcript, pronunciation);
    let voice = Voice::new(acoustics, &text.units, text::mostly_english(pronunciation));
    let frames = features.len();
    let mut session = Session::new(&text, features, voice);
    session.run().ok_or_else(|| Error::new(ErrorKind::Refused, "no fit"))?;
    let units = session.units();
    let mut words = Vec::new();
    let mut at = 0;
    for (index, word) in pronunciation.words.iter().enumerate() {
        let count = text.units.iter().skip(at).take_while(|u| u.word as usize == index).count();
        let of = &units.get(at..at + count).unwrap_or_default();
        words.push(timing(word, of, start));
        at += count;
    }
    let extent = TimeRange::new(start, time(start, frames));
    Ok(Alignment { transcript, extent, words, ..Alignment::default() })
}

fn time(start: Time, frame: usize) -> Time {
    start + TimeDelta::from_flicks(HOP.flicks().saturating_mul(frame as i64))
}

fn timing(word: &SpokenWord, units: &[Option<Range<usize>>], start: Time) -> WordTiming {
    let (at, boundary) = (word.at.clone(), word.boundary);
    let mut timing =
        WordTiming { word: at, range: None, how: Heard::Missing, start_p: None, doubt: None, units: vec![], boundary };
    let first = units.iter().flatten().next();
    let last = units.iter().flatten().last();
    if let (Some(first), Some(last)) = (first, last) {
        timing.range = Some(TimeRange::new(time(start, first.start), time(start, last.end)));
        timing.how = Heard::Acoustic;
        let unit = |(unit, frames): (&crate::model::Unit, &Option<Range<usize>>)| {
            let frames = frames.as_ref()?;
            let range = TimeRange::new(time(start, frames.start), time(start, frames.end));
            Some(UnitTiming { sound: unit.reading.to_string().into(), range })
        };
        timing.units = word.units.iter().zip(units).filter_map(unit).collect();
    }
    timing
}
