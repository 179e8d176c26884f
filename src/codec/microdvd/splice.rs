//! Editing in place.

use super::code::code;
use super::{FORMAT, USUAL_RATE};
use crate::codec::Format;
use crate::codec::numbered::Brackets;
use crate::codec::splice::{self, Numbered, NumberedLine, Spliced};
use crate::diag::Edits;
use crate::model::Track;
use crate::source::Source;

/// Edits a file in place.
pub(super) fn splice(source: &Source, track: &Track, edits: &[&Edits]) -> Option<Vec<Spliced>> {
    match track.frame_rate.or(USUAL_RATE) {
        Some(rate) => splice::splice(&Numbered::<Line>::new(rate), source, track, edits),
        None => None,
    }
}

struct Line;

impl NumberedLine for Line {
    const FORMAT: &'static Format = &FORMAT;
    const BRACKETS: Brackets = Brackets::CURLY;
    const UNIT: &'static str = "1 frame";

    fn codes(line: &str) -> usize {
        let mut rest = line;
        while let Some((.., length)) = code(rest) {
            rest = rest.get(length..).unwrap_or_default();
        }
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        line.len().saturating_sub(rest.len())
    }
}
