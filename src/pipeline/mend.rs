//! Fixes for what standards find: a standard judges bytes and knows no cues, so they are found here.

use super::captions::Captions;
use crate::check;
use crate::codec::{Format, Spliced};
use crate::diag::{Code, CueEdit, Edits, Fix, Replacement, Report, codes};
use crate::model::Track;
use crate::source::Source;
use std::collections::HashMap;

/// What says that a cue starts before one above it.
static ORDER: &[Code] = &[codes::conform::SRT_ORDER, codes::conform::VTT_ORDER];
/// What says that a number is not the one that is due.
static NUMBER: &[Code] = &[codes::conform::SRT_NUMBER, codes::conform::SRT_NO_NUMBER];

/// Gives findings of order and of numbers their fixes, where the format can be edited in place: a cue moves; cues are numbered
/// anew, all of them, which is said once.
pub(super) fn mend(track: &Track, format: &Format, report: &mut Report) {
    let has = |codes: &[Code]| codes.iter().any(|code| report.count(*code) > 0);
    let (order, number) = (has(ORDER), has(NUMBER));
    if format.splice.is_none() || !(order || number) {
        return;
    }
    let moves = if order { check::moves(track) } else { Vec::new() };
    let moves: HashMap<u32, CueEdit> = moves.into_iter().filter_map(|edit| Some((edit.cue()?, edit))).collect();
    let mut numbered = false;
    report.each(|item| {
        let fix = if ORDER.contains(&item.code) {
            // Of a broken file, the standard may count other cues than the reader.
            let same = |cue: u32| track.cues.get(cue as usize).map(|cue| cue.range.start) == item.at.time;
            item.at.cue.filter(|cue| same(*cue)).and_then(|cue| moves.get(&cue).cloned())
        } else if NUMBER.contains(&item.code) && !numbered {
            numbered = true;
            Some(CueEdit::Renumber)
        } else {
            None
        };
        if let Some(edit) = fix {
            item.fix = Some(Box::new(Fix::new(true, vec![edit])));
        }
    });
}

/// Places that the fixes of a file may replace in all: where a cue goes away, all that follow get another number.
const MOST_PLACES: usize = 20_000;
/// Cues that may be looked at for that, all in all.
const MOST_VISITS: usize = 2_000_000;

/// Says of each fix which stretches of the text it replaces, where the format can be edited in place and can hold what it says.
pub(super) fn place(source: &Source, track: &Track, format: &Format, report: &mut Report) {
    let Some(splice) = format.splice else { return };
    let mut list: Vec<Edits> = Vec::new();
    let mut visits = MOST_VISITS;
    report.each(|item| {
        let Some(fix) = &item.fix else { return };
        let mut edits = Edits::default();
        edits.add(&fix.edits);
        // Where cues go away or move, all others are looked at, for their numbers.
        if edits.changes_count() || edits.moves() || edits.renumbers() {
            match visits.checked_sub(track.cues.len()) {
                Some(rest) => visits = rest,
                None => edits = Edits::default(),
            }
        }
        list.push(edits);
    });
    let mut left = MOST_PLACES;
    let mut places = Vec::new();
    for chunk in list.chunks(CHUNK) {
        let chunk: Vec<&Edits> = chunk.iter().collect();
        // Where the format looks at a whole file, one that cannot be done stands in the way of all.
        let alone = |one: &&Edits| {
            visits = visits.checked_sub(track.cues.len())?;
            splice(source, track, &[one])?.pop()
        };
        let spliced: Vec<Option<Spliced>> = match splice(source, track, &chunk) {
            Some(all) => all.into_iter().map(Some).collect(),
            None => chunk.iter().map(alone).collect(),
        };
        for one in spliced {
            let Some(one) = one else {
                places.push(Vec::new());
                continue;
            };
            // What cannot be done is not proposed; bytes that are no text cannot be moved as text.
            let done = if one.report.is_empty() { one.patches.stretches(source.text()) } else { Vec::new() };
            let done: Vec<Replacement> = done.into_iter().map(|(at, with)| Replacement { at, with }).collect();
            let exact = done.iter().all(|change| !change.with.contains('\u{FFFD}'));
            match left.checked_sub(done.len().max(size(&done))).filter(|_| exact) {
                Some(rest) => {
                    left = rest;
                    places.push(done);
                }
                None => places.push(Vec::new()),
            }
        }
    }
    let mut places = places.into_iter();
    report.each(|item| {
        if let Some(fix) = &mut item.fix {
            fix.replacements = places.next().unwrap_or_default();
        }
    });
}

/// So many fixes are worked out at once, so that few patches wait.
const CHUNK: usize = 1000;
/// So many bytes put in count as one place.
const BYTES_OF_A_PLACE: usize = 256;

fn size(changes: &[Replacement]) -> usize {
    changes.iter().map(|change| change.with.len()).fold(0, usize::saturating_add) / BYTES_OF_A_PLACE
}

impl Captions {
    /// See [`mend`].
    pub(super) fn mend(&self, report: &mut Report) {
        mend(&self.track, self.format, report);
    }
}
