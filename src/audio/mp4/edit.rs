//! Edit lists (ISO/IEC 14496-12, 8.6.6): which part of a track is heard when.

use super::boxes::{u32_at, u64_at};

/// Lists are short: a cut is an edit.
const MOST: usize = 256;

/// A part of the track, in units of the track.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Where it begins in the track.
    pub(super) from: u64,
    /// Where it ends in the track.
    pub(super) to: u64,
    /// When it is heard.
    pub(super) at: i64,
}

/// Without a list the track is heard from its beginning.
pub(super) const WHOLE: Edit = Edit { from: 0, to: u64::MAX, at: 0 };

/// The edits of an `elst` box; `movie` and `track` are units a second of the two timescales.
pub(super) fn edits(elst: &[u8], movie: u32, track: u32) -> Vec<Edit> {
    let wide = elst.first() == Some(&1);
    let size = if wide { 20 } else { 12 };
    let mut edits = Vec::new();
    // In units of the movie, so that nothing is rounded twice.
    let mut at = 0u64;
    for entry in elst.get(8..).unwrap_or_default().chunks_exact(size).take(MOST) {
        let read = |at: usize| if wide { u64_at(entry, at) } else { u32_at(entry, at).map(u64::from) };
        let (length, from) = (read(0).unwrap_or(0), read(if wide { 8 } else { 4 }).unwrap_or(0));
        let empty = from == if wide { u64::MAX } else { u64::from(u32::MAX) };
        if !empty {
            // A length of 0 is "to the end" in fragmented files (8.6.6.1).
            let to = if length == 0 { u64::MAX } else { from.saturating_add(scaled(length, movie, track)) };
            edits.push(Edit { from, to, at: i64::try_from(scaled(at, movie, track)).unwrap_or(i64::MAX) });
        }
        at = at.saturating_add(length);
    }
    edits
}

/// Units of one clock in those of another, both given as units a second; 0 if the first is unknown.
pub(super) fn scaled(units: u64, from: u32, to: u32) -> u64 {
    let product = u128::from(units).saturating_mul(to.into()).saturating_add(u128::from(from).wrapping_div(2));
    u64::try_from(product.checked_div(from.into()).unwrap_or(0)).unwrap_or(u64::MAX)
}
