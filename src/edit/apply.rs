//! A list of edits, carried out on a track.

use crate::diag::{CueChange, Edits};
use crate::model::{Cue, Note, StyledText, Track};
use crate::time::{Time, TimeRange};

/// The track with these edits made. Cues that do not exist are passed over; notes stay between the cues they stood between.
///
/// ```
/// use zimu::diag::{CueEdit, Edits};
/// use zimu::model::{Cue, Track};
/// use zimu::time::{Time, TimeRange};
/// let seconds = |start, end| TimeRange::new(Time::from_seconds(start), Time::from_seconds(end));
/// let mut track = Track::default();
/// track.cues = vec![Cue::new(seconds(1, 2), "one two"), Cue::new(seconds(3, 4), "three")];
/// let mut edits = Edits::default();
/// edits.add(&[CueEdit::Replace { cue: 0, range: 0..3, with: "1".into() }, CueEdit::Remove { cue: 1 }]);
/// let edited = zimu::edit::apply(&track, &edits);
/// assert_eq!((edited.cues.len(), edited.cues[0].text.plain.as_str()), (1, "1 two"));
/// ```
#[must_use]
pub fn apply(track: &Track, edits: &Edits) -> Track {
    let mut out = Track { cues: Vec::with_capacity(track.cues.len()), notes: Vec::new(), ..without_cues(track) };
    let mut notes = track.notes.iter().peekable();
    let mut cues = track.cues.iter().zip(0u32..).peekable();
    while let Some((cue, index)) = cues.next() {
        keep_notes(&mut out, &mut notes, index);
        let Some(change) = edits.of(index) else {
            out.cues.push(cue.clone());
            continue;
        };
        if change.removed {
            continue;
        }
        let mut cue = edited(cue, change);
        let (mut joint, mut end) = (change.merged.as_deref(), change.end);
        while let (Some(between), Some((next, at))) = (joint, cues.peek().copied()) {
            let change = edits.of(at).cloned().unwrap_or_default();
            let next = edited(next, &change);
            cue.text.join(between, &next.text);
            cue.range.end = next.range.end;
            (joint, end) = (edits.of(at).and_then(|change| change.merged.as_deref()), change.end);
            cues.next();
        }
        cue.range.end = end.unwrap_or(cue.range.end);
        split(cue, change, &mut out.cues);
    }
    keep_notes(&mut out, &mut notes, u32::MAX);
    if edits.moves() {
        reorder(&mut out, edits);
    }
    out
}

/// Lets cues change places, each with the notes above it; notes above the first are of the file. Where cues move none come
/// or go ([`Edits::add`]).
fn reorder(track: &mut Track, edits: &Edits) {
    let start = |cue: u32| track.cues.get(cue as usize).map_or(Time::ZERO, |cue| cue.range.start);
    let order = edits.order(track.cues.len(), start);
    let mut places = vec![0u32; order.len()];
    for (cue, place) in order.iter().zip(0u32..) {
        if let Some(slot) = places.get_mut(*cue as usize) {
            *slot = place;
        }
    }
    let mut cues: Vec<Option<Cue>> = std::mem::take(&mut track.cues).into_iter().map(Some).collect();
    track.cues = order.iter().filter_map(|cue| cues.get_mut(*cue as usize)?.take()).collect();
    for note in track.notes.iter_mut().filter(|note| note.before > 0) {
        note.before = places.get(note.before as usize).copied().unwrap_or(note.before);
    }
    track.notes.sort_by_key(|note| note.before);
}

fn without_cues(track: &Track) -> Track {
    let Track { format, lang, resolution, frame_rate, start_timecode, header, regions, notes: _, extras, cues: _ } =
        track;
    Track {
        format: *format,
        lang: lang.clone(),
        resolution: *resolution,
        frame_rate: *frame_rate,
        start_timecode: *start_timecode,
        header: header.clone(),
        regions: regions.clone(),
        notes: Vec::new(),
        extras: extras.clone(),
        cues: Vec::new(),
    }
}

fn keep_notes<'a>(out: &mut Track, notes: &mut std::iter::Peekable<impl Iterator<Item = &'a Note>>, index: u32) {
    let before = u32::try_from(out.cues.len()).unwrap_or(u32::MAX);
    while let Some(note) = notes.next_if(|note| note.before <= index) {
        out.notes.push(Note { before, text: note.text.clone() });
    }
}

/// The cue with its own times and text changed.
fn edited(cue: &Cue, change: &CueChange) -> Cue {
    let range = TimeRange::new(change.start.unwrap_or(cue.range.start), change.end.unwrap_or(cue.range.end));
    Cue { range, text: cue.text.edited(&change.shown, &change.replaced), ..cue.clone() }
}

/// The cue, or the parts that it is split in.
fn split(cue: Cue, change: &CueChange, out: &mut Vec<Cue>) {
    let (mut from, mut start) = (0u32, cue.range.start);
    for split in &change.splits {
        let at = StyledText::moved(&split.at, &change.replaced);
        let id = cue.id.clone().filter(|_| from == 0);
        let text = cue.text.slice(from..at.start);
        out.push(Cue { range: TimeRange::new(start, split.end), text, id, evidence: None, ..cue.clone() });
        (from, start) = (at.end, split.start);
    }
    if change.splits.is_empty() {
        return out.push(cue);
    }
    let text = cue.text.slice(from..cue.text.len());
    out.push(Cue { range: TimeRange::new(start, cue.range.end), text, id: None, evidence: None, ..cue });
}
