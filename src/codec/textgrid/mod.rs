//! Praat's TextGrid, in its text forms, long and short ("TextGrid file formats" in Praat's manual). What is decided here:
//!
//! * A tier is somebody who speaks: its name is the voice of its cues. If the only tier, or every tier, is called `words`,
//!   `sentences`, `text` or the like, nobody is named.
//! * An interval with a label is a cue; one without is silence, and is written again where nobody speaks. A point is a cue of no
//!   length.
//! * Tiers of phones beside others (as forced aligners write them) are no captions: they are reported and not read.
//! * Cues come in order of time. Intervals of a tier cannot overlap: what does is written as a further tier of that name.
//! * The extent of the file, and that it has the short form, come back.

mod read;
mod token;
mod write;

use super::{Feature, Format, Leftover, Write};
use crate::model::Cue;
use crate::time::Time;

/// TextGrid.
pub static FORMAT: Format = Format {
    id: ID,
    name: "Praat TextGrid",
    spec: "https://www.fon.hum.uva.nl/praat/manual/TextGrid_file_formats.html",
    extensions: &["TextGrid", "textgrid"],
    mime: "text/x-textgrid",
    keeps: &[Feature::ExactTimes, Feature::Voice],
    leftovers: &[Leftover::content(EXTENT), Leftover::spelling(TIER), Leftover::spelling(SHORT)],
    probe: read::probe,
    probe_bytes: None,
    read: read::read,
    write: Some(Write::Whole(write::write)),
    splice: None,
};

const ID: &str = "textgrid";
/// Where the file begins and ends, where that is not zero and the end of the last cue: `0 12.5`.
const EXTENT: &str = "extent";
/// The name of the tier whose cues nobody is named for, if not the usual one.
const TIER: &str = "tier";
/// The file has the short form.
const SHORT: &str = "short";

/// The tier of cues that nobody is named for.
const USUAL_TIER: &str = "captions";

/// Names of tiers that are no speakers', in lower case.
const NOBODY: [&str; 20] = [
    USUAL_TIER,
    "words",
    "word",
    "sentences",
    "sentence",
    "utterances",
    "utterance",
    "phrases",
    "phrase",
    "text",
    "transcript",
    "transcription",
    "subtitles",
    "segments",
    "labels",
    "annotation",
    "orthography",
    "字幕",
    "文本",
    "句子",
];

/// Names of tiers whose labels are sounds: the names themselves, or behind a speaker's (`Ann - phones`).
const PHONES: [&str; 6] = ["phones", "phone", "phonemes", "phoneme", "syllables", "mau"];

/// A tier of this name is no speaker's.
fn is_nobody(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    NOBODY.contains(&name.as_str())
}

/// A tier of this name has sounds.
fn is_phones(name: &str) -> bool {
    let name = name.to_lowercase();
    PHONES.contains(&name.rsplit([' ', '-', '_']).next().unwrap_or_default())
}

/// From when to when cues go, zero included: what the extent is unless the file says another.
fn span<'a>(cues: impl Iterator<Item = &'a Cue>) -> (Time, Time) {
    cues.fold((Time::ZERO, Time::ZERO), |(first, last), cue| (first.min(cue.range.start), last.max(cue.range.end)))
}
