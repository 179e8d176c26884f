//! VobSub: captions of DVDs, which are pictures. `.idx` is a text that says when each comes, and where it stands in the `.sub`
//! beside it, an MPEG-2 program stream. Times are read; pictures stay pictures, and each is named.
//!
//! No standard describes the index; the stream is ISO/IEC 13818-1, its pictures are those of DVD-Video. What is decided where
//! programs differ:
//!
//! * A picture comes at the time of the index. When it goes its control sequences in the `.sub` say, else the next one.
//! * Of several tracks one is read: the one asked for by number or language, else that of `langidx`, else the first; in a `.sub`
//!   alone, where only numbers are known, the first. The others are named.
//! * `delay:` moves what follows of its language, and adds up; `time offset:` is applied by no player.
//! * A cue needs a text: `[picture 3]` is written, so that nobody takes it for an empty caption, and exit codes say that it is none.

mod choice;
mod fence;
mod index;
mod stream;

use super::{Feature, Format, Leftover, ReadOptions};
use crate::diag::codes::vobsub as codes;
use crate::diag::{Diagnostic, Location, Report};
use crate::error::Result;
use crate::model::{Cue, Extra, Track};
use crate::source::{Source, Span};
use crate::time::{Time, TimeDelta, TimeRange};

/// The index, with the pictures beside it where there are any.
pub static INDEX: Format = Format {
    id: ID,
    name: "VobSub",
    spec: "no standard; as players read it",
    extensions: &["idx"],
    mime: "text/x-vobsub",
    keeps: KEEPS,
    leftovers: &[Leftover::content(PICTURE)],
    probe: index::probe,
    probe_bytes: None,
    read: |source, options, report| read_with(source, None, options, report),
    write: None,
    splice: None,
};

/// The pictures alone.
pub static PICTURES: Format = Format {
    id: "vobsub-sub",
    name: "VobSub pictures",
    spec: "ISO/IEC 13818-1, DVD-Video",
    extensions: &["sub"],
    mime: "video/x-vobsub",
    keeps: KEEPS,
    leftovers: &[],
    probe: |_| 0,
    probe_bytes: Some(stream::probe),
    read: stream::read,
    write: None,
    splice: None,
};

const ID: &str = "vobsub";
/// It is not written.
const KEEPS: &[Feature] = &[];
/// Where a picture stands in the `.sub` file, in the digits of the index.
const PICTURE: &str = "picture";
/// Units of the dates in a picture: 1024 ticks of a clock of 90 kHz (DVD-Video, SP_DCSQ_STM), in flicks.
const DATE: i64 = 1024 * TICK;
/// A tick of that clock in flicks.
const TICK: i64 = crate::time::FLICKS_PER_SECOND / 90_000;
/// How long a picture stands that does not say it, if none follows.
const STANDS: TimeDelta = TimeDelta::from_millis(3000);

/// Reads an index with the content of the `.sub` file beside it, which says when pictures go.
///
/// # Errors
/// [`crate::ErrorKind::Unreadable`] if it is no index; [`crate::ErrorKind::Usage`] if it has no subtitle track of the number
/// asked for.
pub fn read_with(
    source: &Source,
    pictures: Option<&[u8]>,
    options: &ReadOptions,
    report: &mut Report,
) -> Result<Track> {
    index::read(source, pictures, options, report)
}

/// A picture on its way to a cue.
struct Picture {
    start: Time,
    /// When it goes, if that is known.
    end: Option<Time>,
    /// Where in the `.sub`, as the index spells it.
    place: String,
    origin: Option<Span>,
}

/// Makes cues of the pictures of one language.
fn cues(pictures: Vec<Picture>, report: &mut Report) -> Vec<Cue> {
    let following: Vec<Option<Time>> = pictures.iter().skip(1).map(|next| Some(next.start)).chain([None]).collect();
    let cue = |(index, (picture, next)): (usize, (Picture, Option<Time>))| {
        let Picture { start, end, place, origin } = picture;
        let text = format!("[picture {}]", index.saturating_add(1));
        let at = Location::cue(index, start);
        report.push_with(codes::PICTURE, at, |found| found.with("text", text.as_str()));
        // A decoder shows one picture at a time.
        let next = next.filter(|next| *next > start);
        let end = match (end.filter(|end| *end > start), next) {
            (Some(end), Some(next)) => end.min(next),
            (Some(end), None) | (None, Some(end)) => end,
            (None, None) => start + STANDS,
        };
        let mut cue = Cue::new(TimeRange::new(start, end), text);
        cue.extras = [Extra { format: ID, key: PICTURE, value: place }].into();
        cue.origin = origin;
        cue
    };
    pictures.into_iter().zip(following).enumerate().map(cue).collect()
}

/// Says how many pictures had no end.
fn say_no_end(count: u64, report: &mut Report) {
    if count > 0 {
        report.push(Diagnostic::new(codes::NO_END, Location::FILE).with("count", count));
    }
}
