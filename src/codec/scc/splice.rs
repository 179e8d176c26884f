//! Editing times in place: each line is sent as many frames later or earlier as what appears and goes with its words, so that
//! words stay on the frames they had among themselves. Only digits of time codes change.

use super::FORMAT;
use super::read::{Line, lines};
use crate::codec::Spliced;
use crate::codec::splice::{self, Wanted};
use crate::diag::{Edits, Report};
use crate::model::Track;
use crate::source::{Patches, Source};
use crate::time::{FLICKS_PER_SECOND, FrameRate, Round, Time, Timecode};
use std::collections::BTreeMap;

/// Hours that a time code can say.
const HOURS: u32 = 24;

/// Edits a file in place; `None` if it has to be written anew: for texts, and where words of one line would part.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    edits.iter().map(|edits| spliced(source, track, edits)).collect()
}

fn spliced(source: &Source, track: &Track, edits: &Edits) -> Option<Spliced> {
    let rate = track.frame_rate?;
    let wanted = splice::wanted(track, edits)?;
    if edits.changes().any(|(_, change)| change.changes_text()) {
        return None;
    }
    let moves = moves(track, &wanted, rate)?;
    let lines = lines(source.text(), rate, &mut Report::default());
    let mut patches = Patches::new();
    let mut ends: Option<(u64, u64)> = None;
    for line in &lines {
        let length = u64::try_from(line.words().count()).ok()?;
        let by = moved(line.frame, length, &moves)?;
        let frame = line.frame.checked_add_signed(by)?;
        // Words of one line may not run into the next where they did not before.
        if ends.is_some_and(|(old, new)| line.frame >= old && frame < new) {
            return None;
        }
        ends = Some((line.frame.checked_add(length)?, frame.checked_add(length)?));
        if by != 0 {
            patches.replace(line.code.clone(), &printed(source.text(), line, frame, rate)?);
        }
    }
    splice::checked(&FORMAT, source, track, &wanted, patches, (rate.frames(1), "1 frame"))
}

/// By how many frames what happens at a frame moves. Where one caption takes the place of another, it is the new one's start.
fn moves(track: &Track, wanted: &[Wanted<'_>], rate: FrameRate) -> Option<BTreeMap<u64, i64>> {
    let zero = track.start_timecode.and_then(|code| code.frame(rate)).unwrap_or(0);
    let mut moves = BTreeMap::new();
    let (starts, ends) = (track.cues.iter().zip(wanted), track.cues.iter().zip(wanted));
    let starts = starts.map(|(cue, wanted)| (cue.range.start, wanted.range.start));
    for (old, new) in starts.chain(ends.map(|(cue, wanted)| (cue.range.end, wanted.range.end))) {
        let (old, new) = (frame(old, rate)?.checked_add(zero)?, frame(new, rate)?.checked_add(zero)?);
        moves.entry(old).or_insert(i64::try_from(new).ok()?.checked_sub(i64::try_from(old).ok()?)?);
    }
    Some(moves)
}

/// The frame that begins nearest.
fn frame(time: Time, rate: FrameRate) -> Option<u64> {
    let (num, den) = rate.ratio();
    let unit = i128::from(FLICKS_PER_SECOND).checked_mul(den.into())?;
    let count = Round::Nearest.divide(i128::from(time.flicks()).checked_mul(num.into())?, unit);
    u64::try_from(count).ok()
}

/// By how many frames a line moves: as what happens in it; what only loads a caption, as what happens next; `None` if it
/// would have to move in two ways.
fn moved(frame: u64, length: u64, moves: &BTreeMap<u64, i64>) -> Option<i64> {
    let mut inside = moves.range(frame..frame.saturating_add(length.max(1))).map(|(_, by)| *by);
    match inside.next() {
        Some(by) => inside.all(|other| other == by).then_some(by),
        None => {
            let next = moves.range(frame..).next();
            Some(next.or_else(|| moves.range(..frame).next_back()).map_or(0, |(_, by)| *by))
        }
    }
}

/// The time code of a frame in the manner of a line's own.
fn printed(text: &str, line: &Line<'_>, frame: u64, rate: FrameRate) -> Option<String> {
    let Timecode { hours, minutes, seconds, frames, .. } = Timecode::of_frame(frame, rate, line.drop);
    let numbers = [hours, minutes, seconds, frames];
    let old = text.get(line.code.clone())?;
    let mut out = String::with_capacity(old.len());
    let mut rest = old;
    for number in numbers {
        let digits = rest.len().checked_sub(rest.trim_start_matches(|c: char| c.is_ascii_digit()).len())?;
        out.push_str(&format!("{number:0digits$}"));
        rest = rest.get(digits..)?;
        let mark = rest.chars().next().map_or(0, char::len_utf8);
        out.push_str(rest.get(..mark)?);
        rest = rest.get(mark..)?;
    }
    (hours < HOURS && rest.is_empty()).then_some(out)
}
