//! What is said about an alignment: what was not found, and what no word covers.

use crate::align::anchor::Pin;
use crate::diag::codes::align as codes;
use crate::diag::{Diagnostic, Location, Report};
use crate::model::{Heard, Sound, Transcript, Untranscribed, WordTiming};
use crate::time::Time;

/// Characters of the text that a message shows.
const EXCERPT: usize = 24;

/// Times that the article names and that no way through the sound keeps.
pub(super) fn unkept(pins: &[Pin], report: &mut Report) {
    for pin in pins {
        let at = Location { time: Some(pin.time), ..Location::FILE };
        report.push(Diagnostic::new(codes::ANCHOR_WITHOUT_ROOM, at).with("time", pin.time));
    }
}

/// Each run of words that were not found, with the times it lies between.
pub(super) fn unspoken(transcript: &Transcript, words: &[WordTiming], (start, end): (Time, Time), report: &mut Report) {
    let mut from = start;
    for run in words.chunk_by(|a, b| (a.how == Heard::Missing) == (b.how == Heard::Missing)) {
        let found = run.last().and_then(|word| word.range);
        if let Some(range) = found {
            from = range.end;
            continue;
        }
        let after = run.last().map_or(0, |last| words.partition_point(|word| before(word, last)));
        let to = words.get(after).and_then(|word| word.range).map_or(end, |range| range.start);
        let at = Location { time: Some(from), ..Location::FILE };
        let diagnostic = Diagnostic::new(codes::UNSPOKEN, at).with("text", text(transcript, run));
        report.push(diagnostic.with("words", run.len()).with("from", from).with("to", to));
    }
}

/// Whether a word stands no later than another one.
fn before(word: &WordTiming, other: &WordTiming) -> bool {
    (word.word.part, word.word.range.start) <= (other.word.part, other.word.range.start)
}

/// How the words are written, from the first on.
fn text(transcript: &Transcript, words: &[WordTiming]) -> String {
    let written = |word: &WordTiming| {
        let plain = transcript.utterance(word.word.part)?.text.plain.as_str();
        plain.get(word.word.range.start as usize..word.word.range.end as usize)
    };
    let first = words.first().and_then(|first| {
        let last = words.iter().take_while(|word| word.word.part == first.word.part).last()?;
        let plain = transcript.utterance(first.word.part)?.text.plain.as_str();
        plain.get(first.word.range.start as usize..last.word.range.end as usize)
    });
    let whole = first.or_else(|| words.first().and_then(written)).unwrap_or_default();
    let mut short: String = whole.chars().take(EXCERPT).collect();
    if short.len() < whole.len() {
        short.push('…');
    }
    short
}

/// Each stretch that no word covers.
pub(super) fn untranscribed(stretches: &[Untranscribed], report: &mut Report) {
    for stretch in stretches {
        let code = match stretch.sound {
            Sound::Speech => codes::UNTRANSCRIBED_SPEECH,
            Sound::Other => codes::UNTRANSCRIBED_SOUND,
        };
        let at = Location { time: Some(stretch.range.start), ..Location::FILE };
        report.push(Diagnostic::new(code, at).with("from", stretch.range.start).with("to", stretch.range.end));
    }
}
