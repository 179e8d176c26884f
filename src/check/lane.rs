//! Cues in different places of the screen do not follow one another: a sign at the top has nothing to do with the
//! dialogue below it.

use super::scene::Seen;
use crate::model::{Line, Placement};
use crate::time::Time;

/// Where on the screen a cue stands, coarsely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    Bottom,
    Top,
    /// A place of its own; cues of the same place share it.
    Own(u64),
}

/// The cue of each place that ends last so far.
#[derive(Default)]
pub(super) struct Lanes<'a> {
    seen: Vec<(Lane, Seen<'a>)>,
}

/// Cues in more places than this at once are artwork, not dialogue; the oldest place is forgotten.
const MOST: usize = 16;

impl<'a> Lanes<'a> {
    /// The cue that precedes `cue` where it stands.
    pub(super) fn before(&self, cue: &Seen<'a>) -> Option<Seen<'a>> {
        let lane = lane(cue.cue.placement.as_deref());
        self.seen.iter().find(|(other, _)| *other == lane).map(|(_, seen)| *seen)
    }

    /// `cue` has been looked at.
    pub(super) fn pass(&mut self, cue: Seen<'a>) {
        let lane = lane(cue.cue.placement.as_deref());
        let end = |seen: &Seen<'_>| -> Time { seen.cue.range.end };
        match self.seen.iter_mut().find(|(other, _)| *other == lane) {
            Some((_, last)) if end(last) > end(&cue) => {}
            Some((_, last)) => *last = cue,
            None => {
                if self.seen.len() >= MOST {
                    self.seen.remove(0);
                }
                self.seen.push((lane, cue));
            }
        }
    }
}

fn lane(placement: Option<&Placement>) -> Lane {
    let Some(placement) = placement else { return Lane::Bottom };
    match (placement.line, &placement.region) {
        (_, Some(region)) => Lane::Own(number(region.bytes().map(i64::from))),
        (Line::Auto, None) => Lane::Bottom,
        (Line::Number(line), None) if line < 0 => Lane::Bottom,
        (Line::Number(line), None) if line <= 2000 => Lane::Top,
        (Line::Percent(share), None) if share >= 66_000 => Lane::Bottom,
        (Line::Percent(share), None) if share <= 33_000 => Lane::Top,
        (Line::Number(line) | Line::Percent(line), None) => Lane::Own(number([line].into_iter())),
    }
}

/// Equal places have equal numbers (FNV-1a).
fn number(parts: impl Iterator<Item = i64>) -> u64 {
    parts.fold(0xCBF2_9CE4_8422_2325, |hash: u64, part| {
        (hash ^ u64::from_ne_bytes(part.to_ne_bytes())).wrapping_mul(0x0100_0000_01B3)
    })
}
