//! Editing in place: of a file's bytes only those change that an edit is about.
//!
//! A format says where the parts of a cue stand and how it spells times and text ([`Splicer`]); [`splice`] does the rest. What
//! it writes it reads again, cue by cue: where the bytes do not mean what was asked, the cue's text is written anew by the
//! format's writer, and where that does not help either the cue stays as it was, and the report says so.
//!
//! Where the time of one cue says when another ends (LRC, SCC) a format patches its file itself, and [`checked`] reads the whole of it
//! again.

mod atoms;
mod clock;
mod job;
mod numbered;
mod order;
mod text;
mod whole;

pub(in crate::codec) use atoms::{Atoms, Change};
pub(in crate::codec) use clock::Clock;
pub(in crate::codec) use job::{eol_of, splice};
pub(in crate::codec) use numbered::{Numbered, NumberedLine};
pub(in crate::codec) use whole::{Wanted, checked, wanted};

use super::lacking::Lacking;
use super::{Format, ReadOptions};
use crate::diag::{Edits, Report};
use crate::model::{Cue, StyledText, Track};
use crate::source::{Patches, Source};
use crate::time::{FrameRate, Time, TimeDelta, TimeRange};
use std::ops::Range;

/// Edits a file: the source, the track that was read from it, and what to change, once for each of the lists, which know nothing of
/// one another. Cues that do not exist are passed over. `None` if this file cannot be edited in place.
pub type Splice = fn(&Source, &Track, &[&Edits]) -> Option<Vec<Spliced>>;

/// What becomes of a file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Spliced {
    /// What changes.
    pub patches: Patches,
    /// What could not be done.
    pub report: Report,
}

impl Spliced {
    /// The new file of a format, with cues that count frames at `rate`. What could not be done, and characters that its encoding
    /// lacks, are reported.
    pub fn into_bytes(self, format: &Format, source: &Source, rate: Option<FrameRate>, report: &mut Report) -> Vec<u8> {
        let Self { mut patches, report: said } = self;
        report.append(said);
        let mut missing = Lacking::default();
        let bytes = patches.apply(source, |one| missing.add(one));
        let options = ReadOptions { frame_rate: rate, ..ReadOptions::default() };
        missing.say(|| patches.new_text(source.text()), format, &options, source.encoding().encoding, report);
        bytes
    }
}

/// Where the parts of a cue stand in the text of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::codec) struct Parts {
    /// All of it, without the line end after it.
    pub(in crate::codec) block: Range<usize>,
    pub(in crate::codec) number: Number,
    /// Where what a cue has before its text begins, number apart.
    pub(in crate::codec) head: usize,
    pub(in crate::codec) start: Range<usize>,
    /// Empty where it is left out and the start of the next cue stands for it.
    pub(in crate::codec) end: Range<usize>,
    /// What stands there is how long it lasts.
    pub(in crate::codec) length: bool,
    pub(in crate::codec) text: Range<usize>,
}

/// The number of a cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::codec) enum Number {
    /// The format has none, or something else stands there.
    None,
    /// Here it stands.
    At(Range<usize>),
    /// It is not there, and would stand before this.
    Missing(usize),
}

/// What a format knows.
pub(in crate::codec) trait Splicer {
    /// Its row.
    const FORMAT: &'static Format;
    /// A blank line stands between cues.
    const APART: bool;
    /// Each cue has a number.
    const NUMBERED: bool = false;
    /// Its text says where the cue stands, besides what it says.
    const PLACES: bool = false;
    /// Cues do not end their lines: white space before one goes with it.
    const INLINE: bool = false;
    /// Cues are items of a list, with commas between them.
    const LISTED: bool = false;
    /// Times inside a cue are counted from its start.
    const RELATIVE: bool = false;

    /// The unit of its times, and how that is called.
    fn unit(&self) -> (TimeDelta, &'static str) {
        (TimeDelta::from_millis(1), "1 ms")
    }
    /// The parts of a cue.
    fn parts(&self, text: &str, cue: &Cue) -> Option<Parts>;
    /// The time that is written so.
    fn time(&self, written: &str) -> Option<Time>;
    /// A time, as near as the format has it, written in the manner of `old`.
    fn print(&self, old: &str, time: Time) -> Option<String>;
    /// The length that is written so.
    fn length(&self, _written: &str) -> Option<TimeDelta> {
        None
    }
    /// A length, written in the manner of `old`.
    fn print_length(&self, _old: &str, _length: TimeDelta) -> Option<String> {
        None
    }
    /// The pieces of a cue's text.
    fn atoms(&self, raw: &str) -> Atoms;
    /// Plain text as it stands in a cue.
    fn spell(&self, plain: &str, eol: &str) -> String;
    /// Where what belongs to a cue begins, which stands at `block`; nothing of it lies before `from`.
    fn lead(&self, _text: &str, _from: usize, block: usize) -> usize {
        block
    }
    /// Cues that are shown at the same time may change places.
    fn may_swap(&self) -> bool {
        true
    }
    /// The cue that a block is read as where `after` follows it, up to the text of the next cue or to the end of the file; and
    /// how much the reader finds odd. `None` if the block is no cue, or several.
    fn read(&self, block: &str, after: &str) -> Option<(Cue, u64)>;
    /// A track without cues in which a cue means what it means in the file.
    fn shell(&self) -> Track {
        Track::default()
    }

    /// New times inside a cue that is shown in `range`.
    fn stamps(&self, raw: &str, atoms: &Atoms, cue: &Cue, _range: TimeRange, text: &StyledText) -> Option<Vec<Change>> {
        let stamps: Vec<Range<usize>> = atoms.stamps().collect();
        let (old, new): (Vec<Time>, Vec<Time>) = (cue.text.shown().collect(), text.shown().collect());
        if stamps.len() != old.len() || old.len() != new.len() {
            return (old == new).then(Vec::new);
        }
        let mut changes = Vec::new();
        for ((stamp, old), new) in stamps.into_iter().zip(old).zip(new) {
            let written = raw.get(stamp.clone())?;
            if old != new {
                changes.push(Change { at: stamp, with: self.print(written, new)? });
            }
        }
        Some(changes)
    }
}
