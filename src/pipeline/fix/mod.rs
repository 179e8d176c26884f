//! Findings mended, as far as they can be: only the bytes concerned change.

mod part;
mod select;
mod unit;

use super::captions::{Captions, CaptionsOptions, captions};
use super::check::{CheckOptions, Judge, judged, judges, weighed};
use super::splice::splice;
use crate::check::Weights;
use crate::diag::{Code, Edits, Report, codes};
use crate::edit;
use crate::error::Result;
use crate::host::Input;
use select::Selection;
use std::collections::{BTreeMap, BTreeSet};

/// One round mends what the one before made possible (a line is broken anew once its double space is gone). Each leaves fewer
/// findings than the one before; captions that repeat one another are halved in each, so that this is enough for millions.
const ROUNDS: usize = 32;
/// How often fixes that turn out wrong in the file itself are left out before a round is given up.
const TRIES: usize = 4;

/// So many findings of each code are kept as they are, to be told when they are left.
const TOLD: usize = 1000;

/// Captions that were mended.
pub struct Fixed {
    /// As they were.
    pub before: Captions,
    /// The file's new bytes.
    pub bytes: Vec<u8>,
    /// They are the old ones.
    pub same: bool,
    /// How many findings of each code there were, and how many are left.
    pub counts: BTreeMap<Code, (u64, u64)>,
    /// What is left, in the new file.
    pub left: Report,
    /// The new file, read.
    pub after: Captions,
}

/// Mends what [`super::check`] would find: with `all`, also where times or line breaks change; else only what leaves
/// meaning and timing as they are ([`crate::diag::Fix::safe`]). A fix that would add a finding of any rule is not made, and mending
/// again changes nothing.
///
/// # Errors
/// As reading and checking captions; those of a writer where the format cannot be edited in place.
pub fn fix(input: Input, options: &CheckOptions, all: bool, report: &mut Report) -> Result<Fixed> {
    let mut read = CaptionsOptions { from: options.from, encoding: options.encoding, ..CaptionsOptions::default() };
    read.read.frame_rate = options.rules.frame_rate;
    let name = input.name.clone();
    let mut bytes = input.bytes.clone();
    let mut noticed = Report::default();
    let before = captions(input, &read, &mut noticed)?;
    // What a standard finds need not be said by the reader too.
    if !judges(before.format, options).iter().any(|judge| matches!(judge, Judge::Standard(_))) {
        *report = noticed;
    }
    // What was found out of the bytes holds for what is made of them.
    read.from = Some(before.format);
    read.encoding = (!before.format.is_binary()).then_some(before.source.encoding().encoding);
    let again = |bytes: &[u8]| {
        let mut noticed = Report::default();
        let read = captions(Input { name: name.clone(), bytes: bytes.to_vec() }, &read, &mut noticed);
        read.map(|captions| (captions, noticed))
    };
    let judge = |(read, odd): (Captions, Report)| -> Result<State> {
        let mut found = Report::in_full();
        judged(&read, options, &mut found)?;
        // Two of these are held at a time; of a large file they are larger than the file.
        found.keep_fixes(TOLD);
        let weights = weighed(&read.track, &read, options)?;
        Ok(State { captions: read, odd, found, weights })
    };
    let mut now = judge(again(&bytes)?)?;
    let mut counts: BTreeMap<Code, (u64, u64)> = now.found.counts().map(|(code, n)| (code, (n, 0))).collect();
    let mut same = true;
    'rounds: for _ in 0..ROUNDS {
        let mut selection = Selection::of(&now.captions, &now.found, &now.weights, options, all)?;
        for _ in 0..TRIES {
            let edits = selection.edits();
            if edits.is_empty() {
                break 'rounds;
            }
            let mut said = Report::in_full();
            let next = splice(&now.captions, &edits, &mut said)?;
            // Written anew it would lose cues: no finding is worth that.
            if said.count(codes::loss::CUE) > 0 {
                break 'rounds;
            }
            // What a file cannot hold is not tried again.
            let refused = refused(&said);
            if !refused.is_empty() && selection.spare(&refused) {
                report.append(said);
                continue;
            }
            if next == bytes {
                report.append(said);
                break 'rounds;
            }
            let after = judge(again(&next)?)?;
            let Some(worse) = now.worse(&after, &edits) else {
                report.append(said);
                // A round that leaves as many findings would be made again and again.
                if after.found.total() >= now.found.total() {
                    break 'rounds;
                }
                (bytes, now, same) = (next, after, false);
                continue 'rounds;
            };
            // Nor may reading it again show something new.
            if !selection.leave_out(&worse) {
                break 'rounds;
            }
        }
        break;
    }
    let State { captions: after, found: left, .. } = now;
    for (code, n) in left.counts() {
        counts.entry(code).or_default().1 = n;
    }
    Ok(Fixed { before, bytes, same, counts, left, after })
}

/// The cues of which a splice says that they, their place, their text or a time stayed as they were.
fn refused(said: &Report) -> BTreeSet<u32> {
    let kept = [codes::edit::CUE_KEPT, codes::edit::PLACE_KEPT, codes::edit::TEXT_KEPT, codes::edit::TIME_KEPT];
    let items = said.items().iter().filter(|item| kept.contains(&item.code));
    items.filter_map(|item| item.at.cue).collect()
}

/// Captions, and all that was found in them.
struct State {
    captions: Captions,
    /// What their reader noticed.
    odd: Report,
    found: Report,
    weights: Weights,
}

impl State {
    /// If something is worse `after` these edits: the cues it is in, as far as that is known.
    fn worse(&self, after: &Self, edits: &Edits) -> Option<BTreeSet<u32>> {
        let mut worse = BTreeSet::new();
        let mut any = false;
        let places = edit::places(&self.captions.track, edits);
        let was = |cue: u32| places.get(cue as usize).copied();
        let alike = places.len() == after.captions.track.cues.len();
        if alike {
            let renamed = after.weights.clone().renamed(|cue| was(cue).unwrap_or(cue));
            for harm in self.weights.harm(&renamed) {
                any = true;
                worse.extend([harm.cue, harm.other].into_iter().flatten());
            }
        }
        for (before, after) in [(&self.found, &after.found), (&self.odd, &after.odd)] {
            let more: Vec<Code> =
                after.counts().filter(|(code, n)| *n > before.count(*code)).map(|(code, _)| code).collect();
            any |= !more.is_empty();
            let cues = |report: &Report| -> BTreeMap<(Code, u32), u32> {
                let mut cues = BTreeMap::new();
                for item in report.items().iter().filter(|item| more.contains(&item.code)) {
                    let count: &mut u32 = cues.entry((item.code, item.at.cue.unwrap_or(u32::MAX))).or_default();
                    *count = count.saturating_add(1);
                }
                cues
            };
            let had = if more.is_empty() { BTreeMap::new() } else { cues(before) };
            for ((code, cue), count) in cues(after) {
                let cue = was(cue).unwrap_or(cue);
                if count > had.get(&(code, cue)).copied().unwrap_or(0) {
                    worse.insert(cue);
                }
            }
        }
        any.then_some(worse)
    }
}
