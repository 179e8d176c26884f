//! Editing in place where the times of one cue depend on other places of the file: what was patched is read again as a whole, and
//! only a file that means what was asked is taken.

use super::Spliced;
use super::text::same_marks;
use crate::codec::{Format, ReadOptions};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Edits, Location, Report};
use crate::model::{StyledText, Track};
use crate::source::{Patches, Source};
use crate::time::{Time, TimeDelta, TimeRange};
use std::borrow::Cow;

/// What a cue shall be.
pub(in crate::codec) struct Wanted<'a> {
    pub(in crate::codec) range: TimeRange,
    pub(in crate::codec) text: Cow<'a, StyledText>,
}

/// What each cue shall be; `None` if cues come, go, change places, are cut or joined, or begin before zero.
pub(in crate::codec) fn wanted<'a>(track: &'a Track, edits: &Edits) -> Option<Vec<Wanted<'a>>> {
    if edits.changes_count() || edits.moves() {
        return None;
    }
    let each = track.cues.iter().zip(0u32..).map(|(cue, index)| {
        let Some(change) = edits.of(index) else {
            return Some(Wanted { range: cue.range, text: Cow::Borrowed(&cue.text) });
        };
        let range = TimeRange::new(change.start.unwrap_or(cue.range.start), change.end.unwrap_or(cue.range.end));
        let text = match change.replaced.is_empty() && change.shown.is_empty() {
            true => Cow::Borrowed(&cue.text),
            false => Cow::Owned(cue.text.edited(&change.shown, &change.replaced)),
        };
        (range.start >= Time::ZERO && range.end >= Time::ZERO).then_some(Wanted { range, text })
    });
    each.collect()
}

/// The patches, if with them the file means what was asked; `unit` is that of its times, and how it is called.
pub(in crate::codec) fn checked(
    format: &Format,
    source: &Source,
    track: &Track,
    wanted: &[Wanted<'_>],
    patches: Patches,
    (unit, name): (TimeDelta, &str),
) -> Option<Spliced> {
    let new = Source::from_text("", patches.new_text(source.text()));
    let options = ReadOptions { frame_rate: track.frame_rate, ..ReadOptions::default() };
    let read = (format.read)(&new, &options, &mut Report::default()).ok()?;
    // Rounded to the nearest; a flick for the rounding of frames themselves.
    let most = TimeDelta::from_flicks((unit.flicks() / 2).saturating_add(1));
    let near = |a: Time, b: Time| (a - b).abs() <= most;
    let same = read.cues.len() == wanted.len()
        && read.start_timecode == track.start_timecode
        && read.cues.iter().zip(wanted).zip(&track.cues).all(|((read, wanted), old)| {
            let times = near(read.range.start, wanted.range.start) && near(read.range.end, wanted.range.end);
            let text =
                read.text.plain == wanted.text.plain && same_marks(&read.text.marks, &wanted.text.marks, unit.flicks());
            times && text && read.placement == old.placement && read.extras == old.extras
        });
    if !same {
        return None;
    }
    let rounded = |(read, wanted): (&crate::model::Cue, &Wanted<'_>)| {
        read.range != wanted.range || !read.text.shown().eq(wanted.text.shown())
    };
    let mut report = Report::default();
    if read.cues.iter().zip(wanted).any(rounded) {
        report.push_once(Diagnostic::new(loss::TIME_ROUNDED, Location::FILE).with("unit", name));
    }
    Some(Spliced { patches, report })
}
