//! What the search weighs. One scale for all: [`crate::words::COST_WORD`] (50) is a line that ends between two ordinary
//! words. Fitted by reading the captions of real interviews and on fixtures/segment.

/// A cost; lower is better.
pub(super) type Cost = f64;

/// What it costs to end a line at a break of this cost.
pub(super) fn line_end(cost: u16) -> Cost {
    let cost = Cost::from(cost);
    cost + (cost - TEARING).max(0.0) * TEAR
}

/// A cue's end weighs more than a line's: what follows is not on screen yet.
pub(super) const CUE_BREAK: Cost = 3.0;
/// From this cost on a break tears what grammar binds (an adverb from its verb, a preposition from its noun).
pub(super) const TEARING: Cost = 75.0;
/// Such a break weighs this much more for each point above it.
pub(super) const TEAR: Cost = 5.0;
/// On top, for a cue that ends within a clause.
pub(super) const CLAUSE_OPEN: Cost = 30.0;
/// On top, for a cue that ends within a list.
pub(super) const LIST_OPEN: Cost = 35.0;
/// On top, if a clause ends inside such a cue: the cue could have ended there.
pub(super) const CLAUSE_CUT: Cost = 45.0;
/// The same for a line.
pub(super) const CLAUSE_CUT_IN_LINE: Cost = 40.0;
/// Each cue: the eye starts anew. Keeps a sentence in one cue while that reads well.
pub(super) const PER_CUE: Cost = 24.0;
/// A second line: one line is read at a glance.
pub(super) const PER_LINE: Cost = 12.0;
/// Lines of unequal length, for the square of the difference as a share of the longest line allowed. A full line over a
/// widow costs about as much as moving the break from a comma to a word edge.
pub(super) const IMBALANCE: Cost = 100.0;
/// On top where a line is longer than the next, for the whole width: the shape of a pyramid hides less of the picture.
pub(super) const TOP_HEAVY: Cost = 10.0;
/// A line or a cue of one to three characters, or of one short word: it looks like a mistake.
pub(super) const WIDOW: Cost = 45.0;
/// On top where a widow is a cue of its own and no sentence: a flash of one word that means nothing yet.
pub(super) const LONE_WIDOW: Cost = 60.0;
/// The longest widow, in halves of a character.
const WIDOW_HALVES: u32 = 6;
/// The same as a share of the longest line: a sixth of 42 letters is a word of seven.
const WIDOW_SHARE: u32 = 6;

/// What a line of this width costs for being a widow.
pub(super) fn widow(width: u32, longest: u32) -> Cost {
    if width <= WIDOW_HALVES.max(longest / WIDOW_SHARE) { WIDOW } else { 0.0 }
}
/// A sentence that ends inside a cue which does not end with a sentence: its tail belongs to another thought.
pub(super) const SENTENCE_CUT: Cost = 45.0;
/// A sentence that ends inside a cue that ends with another: short answers together are fine.
pub(super) const SENTENCE_INSIDE: Cost = 8.0;

/// A cue on screen for less than this is missed by an eye that was elsewhere.
pub(super) const COMFORT_MIN_MS: i64 = 1600;
/// Per second that it stands less.
pub(super) const TOO_BRIEF: Cost = 45.0;
/// A cue on screen for longer is read twice.
pub(super) const COMFORT_MAX_MS: i64 = 6000;
/// Per second that it stands longer.
pub(super) const TOO_LASTING: Cost = 12.0;
/// Per second that must be taken from neighbours to satisfy a limit on reading speed or duration: times are moved by as
/// much, so it is worth a worse break, not a bad one.
pub(super) const BORROWED: Cost = 70.0;
/// A limit that this cue cannot satisfy. Above every sum of other costs of a cue, hard breaks in all its lines included.
pub(super) const OVER_LIMIT: Cost = 100_000.0;
/// Near the greatest speed (from this share of it on) reading leaves no time to look.
pub(super) const COMFORT_SPEED: f64 = 0.85;
/// At the greatest speed.
pub(super) const HURRIED: Cost = 12.0;

/// A pause of speech from this on is heard as one.
pub(super) const PAUSE_MS: i64 = 300;
/// Inside a cue, per second (the first second counts): the text runs ahead of the voice.
pub(super) const PAUSE_INSIDE: Cost = 40.0;
/// At the end of a cue, per second (the first second counts), as a reward.
pub(super) const PAUSE_AT_END: Cost = 24.0;

/// Each further gloss that must share the line of glosses.
pub(super) const SHARED_GLOSS_LINE: Cost = 30.0;
