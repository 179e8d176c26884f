//! Findings mended, as far as they can be: only the bytes concerned change.

use super::captions::{Captions, CaptionsOptions, captions};
use super::check::{CheckOptions, Judge, judged, judges, ruled};
use super::splice::splice;
use crate::check::RULES;
use crate::diag::{Code, Diagnostic, Edits, Fix, Report, codes};
use crate::edit;
use crate::error::Result;
use crate::host::Input;
use std::collections::BTreeMap;

/// One round mends what the one before made possible (a line is broken anew once its double space is gone); captions that are
/// not settled after so many change to and fro.
const ROUNDS: usize = 8;
/// How many selections of fixes are tried in a round, if all of them together would do harm.
const TRIALS: usize = 60;

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
/// meaning and timing as they are ([`Fix::safe`]). A fix that would add a finding of any rule is not made, and mending
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
    let (mut now, mut odd) = again(&bytes)?;
    let found = |captions: &Captions| {
        let mut report = Report::in_full();
        judged(captions, options, &mut report).map(|()| report)
    };
    let mut left = found(&now)?;
    let mut counts: BTreeMap<Code, (u64, u64)> = left.counts().map(|(code, n)| (code, (n, 0))).collect();
    let mut same = true;
    for _ in 0..ROUNDS {
        let edits = accepted(&now, &left, options, all)?;
        if edits.is_empty() {
            break;
        }
        let mut said = Report::default();
        let next = splice(&now, &edits, &mut said)?;
        // Written anew it would lose cues: no finding is worth that.
        if said.count(codes::loss::CUE) > 0 {
            break;
        }
        report.append(said);
        let (read, odder) = again(&next)?;
        let after = found(&read)?;
        // A file that cannot hold an edit stays as it is; nor may reading it again show something new.
        if next == bytes || worse(&left, &after) || worse(&odd, &odder) {
            break;
        }
        (bytes, now, left, odd, same) = (next, read, after, odder, false);
    }
    for (code, n) in left.counts() {
        counts.entry(code).or_default().1 = n;
    }
    Ok(Fixed { before, bytes, same, counts, left, after: now })
}

/// There is more of something than before.
fn worse(before: &Report, after: &Report) -> bool {
    after.counts().any(|(code, count)| count > before.count(code))
}

/// The fixes that can be made together without harm.
fn accepted(captions: &Captions, found: &Report, options: &CheckOptions, all: bool) -> Result<Edits> {
    let mut fixes: Vec<(Code, &Fix)> = found.items().iter().filter_map(|item| offered(item, all)).collect();
    // What is safe first; then rule by rule.
    fixes.sort_by_key(|(code, fix)| (!fix.safe, *code));
    let mut trial = Trial { captions, options, before: of_rules(found), kept: Edits::default(), left: TRIALS };
    trial.add(&fixes)?;
    let numbers = [codes::conform::SRT_NUMBER, codes::conform::SRT_NO_NUMBER];
    if captions.format.splice.is_some() && numbers.iter().any(|code| found.count(*code) > 0) {
        trial.kept.add(&[crate::diag::CueEdit::Renumber]);
    }
    Ok(trial.kept)
}

/// How often each rule found something. What a standard finds is not judged on cues alone.
fn of_rules(found: &Report) -> BTreeMap<Code, u64> {
    found.counts().filter(|(code, _)| RULES.iter().any(|rule| rule.code == *code)).collect()
}

fn offered(item: &Diagnostic, all: bool) -> Option<(Code, &Fix)> {
    item.fix.as_deref().filter(|fix| all || fix.safe).map(|fix| (item.code, fix))
}

/// Fixes that are tried on the cues before anything is written.
struct Trial<'a> {
    captions: &'a Captions,
    options: &'a CheckOptions,
    before: BTreeMap<Code, u64>,
    kept: Edits,
    left: usize,
}

impl Trial<'_> {
    /// Keeps these fixes; if together they do harm, each half of them that does none.
    fn add(&mut self, fixes: &[(Code, &Fix)]) -> Result<()> {
        if fixes.is_empty() || self.left == 0 {
            return Ok(());
        }
        self.left = self.left.saturating_sub(1);
        let mut edits = self.kept.clone();
        let mut added = false;
        for (_, fix) in fixes {
            added |= edits.add(&fix.edits);
        }
        if !added {
            return Ok(());
        }
        let mut after = Report::default();
        ruled(&edit::apply(&self.captions.track, &edits), self.captions, self.options, &mut after)?;
        let after = of_rules(&after);
        let had = |code| self.before.get(code).copied().unwrap_or(0);
        if after.iter().all(|(code, count)| *count <= had(code)) && after != self.before {
            (self.kept, self.before) = (edits, after);
            return Ok(());
        }
        if let [_, _, ..] = fixes {
            let (first, second) = fixes.split_at(fixes.len() / 2);
            self.add(first)?;
            self.add(second)?;
        }
        Ok(())
    }
}
