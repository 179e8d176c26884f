//! Times from the sound: a small acoustic model that learns the recording.
//!
//! A coarse search over the whole recording, then rounds of: learn what the speakers sound like, search again finely near
//! the last way. Sound that the text lacks, and text that nobody says, have their places in the graph (`lattice`).

mod adapt;
mod confidence;
mod edges;
mod emission;
mod graph;
mod judge;
mod knowledge;
mod lattice;
mod margin;
mod normal;
mod pins;
mod say;
mod session;
mod stretches;
mod text;
mod times;
mod viterbi;
mod voice;
mod window;
mod words;

use crate::align::anchor;
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Acoustics, Alignment, FEATURE_DIMS, Features, HOP, Pronunciation, Transcript, Untranscribed};
use crate::time::{Time, TimeRange};
use knowledge::Knowledge;
use pins::{Pin, Pins};
use session::Session;
use std::ops::Range;
use text::Text;
use voice::Voice;
use words::{Found, time};

/// How to align.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Only this part of the media holds what the transcript says.
    pub extent: Option<TimeRange>,
    /// Give times even if the transcript does not seem to belong to the sound.
    pub force: bool,
}

/// Times every word of `transcript` on the sound. A word that is not heard is [`crate::model::Heard::Missing`]; times never go
/// back. Reports what was not found and which stretches of the sound no word covers.
///
/// # Errors
/// [`ErrorKind::Refused`] if the acoustic model has no sound for any word, the sound is too short for the text, or transcript
/// and sound do not belong together (the latter not with [`Options::force`]).
pub fn align(
    transcript: Transcript,
    pronunciation: &Pronunciation,
    features: Features,
    acoustics: &Acoustics,
    options: &Options,
    report: &mut Report,
) -> Result<Alignment> {
    let features = within(features, options.extent);
    let (start, end) = (features.start, time(features.start, features.len()));
    let extent = TimeRange::new(start, end);
    let text = Text::new(&transcript, pronunciation);
    if text.units.is_empty() {
        return Err(unknown_language());
    }
    let pins = anchor::usable(&transcript.anchors, &pronunciation.words, extent, report);
    let pinned = pins.iter().map(|pin| Pin { unit: first_unit(&text, pin.word), frame: frame(start, pin.time) });
    let english = text::mostly_english(pronunciation);
    let voice = Voice::new(acoustics, &text.units, english);
    let mut session = Session::new(&text, features, voice, Pins(pinned.collect()));
    session.run().ok_or_else(judge::impossible)?;
    if session.pins.is_empty() {
        say::unkept(&pins, report);
    }
    let mut frames = session.units();
    let evidence = session.evidence(&frames);
    let mut fit = judge::fit(&session, &frames, &evidence.seen);
    let knowledge = Knowledge::new(&session, &frames, &evidence);
    edges::refine(&mut frames, &session.lattice.graph, &session.path, &session.energy);
    let untranscribed = untranscribed(&session, &evidence, start);
    if judge::is_open(&fit) {
        let voice = Voice::new(acoustics, &text.units, english);
        fit = judge::against(fit, rank_backwards(&text, session.into_features(), voice), text.blocks.len());
    }
    if !options.force {
        judge::check(&fit)?;
    }
    let noisy = confidence::noisy(fit.rank);
    let found = Found { text: &text, frames: &frames, knowledge: &knowledge, noisy, pins: &pins, start, end };
    let words = words::timings(pronunciation, &found);
    say::unspoken(&transcript, &words, (start, end), report);
    say::untranscribed(&untranscribed, report);
    Ok(Alignment { transcript, extent, words, untranscribed, fit: Some(fit), provenance: None })
}

/// How well what nobody said fits: the clauses backwards.
fn rank_backwards(text: &Text, features: Features, voice: Voice) -> f32 {
    let text = text.backwards();
    let mut session = Session::new(&text, features, voice, Pins::default());
    match session.run() {
        Some(()) => judge::fit(&session, &session.units(), &session.seen()).rank,
        None => 1.0,
    }
}

fn untranscribed(session: &Session, evidence: &session::Evidence, start: Time) -> Vec<Untranscribed> {
    let stretches = stretches::untranscribed(&session.lattice.graph, &session.path, &evidence.seen);
    let stretch = |(frames, sound): (Range<usize>, _)| Untranscribed {
        range: TimeRange::new(time(start, frames.start), time(start, frames.end)),
        sound,
    };
    stretches.into_iter().map(stretch).collect()
}

/// The frames inside an extent.
fn within(mut features: Features, extent: Option<TimeRange>) -> Features {
    let Some(extent) = extent else { return features };
    let from = frame(features.start, extent.start).min(features.len());
    let to = frame(features.start, extent.end).clamp(from, features.len());
    features.start = time(features.start, from);
    for values in [&mut features.energy, &mut features.cepstra] {
        let width = if values.len() == features.speech.len() { 1 } else { FEATURE_DIMS };
        values.truncate(to.saturating_mul(width));
        values.drain(..from.saturating_mul(width).min(values.len()));
    }
    features.speech.truncate(to);
    features.speech.drain(..from.min(features.speech.len()));
    features
}

/// The last frame at or before a time; 0 before the first one.
fn frame(start: Time, at: Time) -> usize {
    let hops = (at - start).flicks().checked_div(HOP.flicks()).unwrap_or(0);
    usize::try_from(hops).unwrap_or(0)
}

/// The first unit that is part of a word or of one after it.
fn first_unit(text: &Text, word: usize) -> usize {
    text.units.partition_point(|unit| (unit.word as usize) < word)
}

fn unknown_language() -> Error {
    Error::new(ErrorKind::Refused, "the acoustic model has no sound for any word of this transcript")
        .with_chinese("声学模型中没有这份文稿任何词语的发音")
        .with_remedy("it knows Mandarin and English; without media, `--duration` estimates the times")
        .with_chinese_remedy("模型只认识普通话和英语；不给媒体、用 `--duration` 可估计时间")
}
