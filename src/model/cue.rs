//! A cue: text on screen for a time.

use super::alignment::{Doubt, Heard};
use super::extras::Extra;
use super::placement::Placement;
use super::styled_text::StyledText;
use crate::source::Span;
use crate::time::TimeRange;
use thin_vec::ThinVec;

/// Text on screen for a time. Public fields and no hidden invariants: files hold broken cues, and checking them is a
/// matter of rules, not of types. Rare parts are boxed; [`Cue::new`] gives one without any.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Cue {
    /// When it is shown. May be reversed, or overlap its neighbours.
    pub range: TimeRange,
    /// What is shown.
    pub text: StyledText,
    /// The identifier the file gave it (not an SRT number that merely counts).
    pub id: Option<Box<str>>,
    /// Where it stands, if not where the player puts it.
    pub placement: Option<Box<Placement>>,
    /// Leftovers of one format.
    pub extras: ThinVec<Extra>,
    /// How its times are known, and its words.
    pub evidence: Option<Box<Evidence>>,
    /// Where in the source it was read from.
    pub origin: Option<Span>,
}

/// How a cue's times are known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Probability (0 to 1) that the start is within 300 ms of the truth; `None` if nobody can say.
    pub confidence: Option<f32>,
    /// How the times came about; `None` if the file did not say.
    pub how: Option<Heard>,
    /// Why the cue is in doubt, if it is.
    pub doubt: Option<Doubt>,
    /// The words in it with their times, in order.
    pub words: Vec<CueWord>,
}

/// A word of a cue with its time.
#[derive(Clone, Debug, PartialEq)]
pub struct CueWord {
    /// The word as it stands in the cue's text.
    pub text: String,
    /// When it is said.
    pub range: TimeRange,
    /// How that is known.
    pub how: Heard,
    /// Score, if one was measured: 0 to 1.
    pub score: Option<f32>,
}

impl Cue {
    /// A cue with a time and a text and nothing else.
    pub fn new(range: TimeRange, text: impl Into<StyledText>) -> Self {
        Self { range, text: text.into(), ..Self::default() }
    }

    /// Equal in everything but where it was read from: the equality that conversions are judged by.
    pub fn same_content(&self, other: &Self) -> bool {
        let Self { range, text, id, placement, extras, evidence, origin: _ } = self;
        *range == other.range
            && *text == other.text
            && *id == other.id
            && *placement == other.placement
            && *extras == other.extras
            && *evidence == other.evidence
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_cue_is_small() {
        assert!(size_of::<Cue>() <= 104, "{}", size_of::<Cue>());
        assert!(size_of::<super::super::Mark>() <= 40, "{}", size_of::<super::super::Mark>());
    }
}
