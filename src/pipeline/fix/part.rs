//! A few cues of captions as captions of their own: what a fix does is seen near it.

use super::super::captions::Captions;
use super::super::check::{CheckOptions, settled, weighed};
use super::unit::Unit;
use crate::check::Harm;
use crate::diag::{Edits, Fix};
use crate::edit;
use crate::error::Result;
use crate::model::{Note, Track};

/// Makes such parts.
pub(super) struct Parts<'b> {
    captions: &'b Captions,
    options: CheckOptions,
    /// The track without its cues and notes.
    shell: Track,
}

impl<'b> Parts<'b> {
    pub(super) fn of(captions: &'b Captions, options: &CheckOptions) -> Result<Self> {
        let mut options = options.clone();
        options.judges = settled(captions, &options)?;
        let mut shell = captions.track.clone();
        (shell.cues, shell.notes) = (Vec::new(), Vec::new());
        Ok(Self { captions, options, shell })
    }

    /// What becomes worse among these cues, which are in order, where `made` has been done, if `tried` is done too.
    pub(super) fn harm<'a>(
        &self,
        cues: &[u32],
        made: impl Iterator<Item = &'a Fix>,
        tried: &[Unit<'a>],
    ) -> Result<Vec<Harm>> {
        let track = self.part(cues);
        let number = |cue: u32| cues.binary_search(&cue).ok().and_then(|at| u32::try_from(at).ok());
        let mut edits = Edits::default();
        for fix in made.chain(tried.iter().flat_map(|unit| unit.fixes.iter().copied())) {
            let list: Vec<_> = fix.edits.iter().filter_map(|edit| edit.renumbered(number)).collect();
            edits.add(&list);
        }
        if edits.is_empty() {
            return Ok(Vec::new());
        }
        let mut options = self.options.clone();
        options.rules.allow = options.rules.allow.within(cues);
        let was = |at: u32| cues.get(at as usize).copied().unwrap_or(at);
        let before = weighed(&track, self.captions, &options)?.renamed(was);
        let places = edit::places(&track, &edits);
        let after = weighed(&edit::apply(&track, &edits), self.captions, &options)?;
        let after = after.renamed(|at| places.get(at as usize).map_or(at, |at| was(*at)));
        Ok(before.harm(&after).collect())
    }

    fn part(&self, cues: &[u32]) -> Track {
        let all = &self.captions.track;
        let mut part = self.shell.clone();
        part.cues = cues.iter().filter_map(|cue| all.cues.get(*cue as usize).cloned()).collect();
        let place = |note: &Note| {
            let at = cues.binary_search(&note.before);
            // What is allowed in all of the file is allowed here.
            let at = if note.text.contains("allow-all") { at.or(Ok(0)) } else { at };
            at.ok().and_then(|at: usize| u32::try_from(at).ok())
        };
        part.notes =
            all.notes.iter().filter_map(|note| Some(Note { before: place(note)?, text: note.text.clone() })).collect();
        part
    }
}

/// What it costs to look at a cue: its text, and what is done for every cue.
pub(super) fn cost(track: &Track, cues: impl Iterator<Item = u32>) -> u64 {
    let one = |cue: u32| track.cues.get(cue as usize).map_or(0, |cue| (cue.text.plain.len() as u64).saturating_add(50));
    cues.map(one).fold(0, u64::saturating_add)
}
