//! Characters, each with its own looks, as a text with marks over runs of them.

use crate::model::{Mark, MarkKind, StyledText};
use std::cmp::Reverse;

/// Joins characters to a text. A kind of mark has its place in the array; of equal ranges the first place is the outermost.
pub(in crate::codec) fn styled<const N: usize>(
    chars: impl IntoIterator<Item = (char, [Option<MarkKind>; N])>,
) -> StyledText {
    let mut plain = String::new();
    let mut marks: Vec<(usize, Mark)> = Vec::new();
    let mut runs: [Option<(u32, MarkKind)>; N] = std::array::from_fn(|_| None);
    let ends = std::iter::once((None, std::array::from_fn(|_| None)));
    for (c, looks) in chars.into_iter().map(|(c, looks)| (Some(c), looks)).chain(ends) {
        let at = u32::try_from(plain.len()).unwrap_or(u32::MAX);
        for (place, (run, look)) in runs.iter_mut().zip(looks).enumerate() {
            if run.as_ref().map(|(_, kind)| kind) == look.as_ref() {
                continue;
            }
            if let Some((start, kind)) = std::mem::replace(run, look.map(|kind| (at, kind))) {
                marks.push((place, Mark::new(start..at, kind)));
            }
        }
        plain.extend(c);
    }
    marks.sort_by_key(|(place, mark)| (mark.range.start, Reverse(mark.range.end), *place));
    StyledText { plain, marks: marks.into_iter().map(|(_, mark)| mark).collect() }
}
