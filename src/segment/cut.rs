//! What is not shown of an utterance: words that were not found in the sound, and the punctuation that goes with them.

use crate::model::{Heard, WordTiming};
use std::ops::Range;

/// The bytes of an utterance that nobody says: from a word that was not found to the next one that was, or to the end.
pub(super) fn cuts(words: &[&WordTiming], end: u32) -> Vec<Range<u32>> {
    let mut cuts: Vec<Range<u32>> = Vec::new();
    let mut open: Option<u32> = None;
    for (index, word) in words.iter().enumerate() {
        let missing = word.how == Heard::Missing;
        let start = word.word.range.start;
        match open {
            // An opening quotation mark or bracket goes with the first word.
            None if missing => open = Some(if index == 0 { 0 } else { start }),
            Some(from) if !missing => {
                cuts.push(from..start);
                open = None;
            }
            _ => {}
        }
    }
    cuts.extend(open.map(|from| from..end));
    cuts
}

/// The parts of `stretch` that are in none of the `cuts`, which are in order.
pub(super) fn kept<'a>(stretch: Range<u32>, cuts: &'a [Range<u32>]) -> impl Iterator<Item = Range<u32>> + 'a {
    let ends = cuts.iter().map(|cut| cut.start).chain([stretch.end]);
    let starts = [stretch.start].into_iter().chain(cuts.iter().map(|cut| cut.end));
    let clip = move |(from, to): (u32, u32)| from.max(stretch.start)..to.min(stretch.end);
    starts.zip(ends).map(clip).filter(|part| part.start < part.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::WordRef;

    fn words(missing: &str) -> Vec<WordTiming> {
        let word = |(i, c): (usize, char)| {
            let start = u32::try_from(i * 2).unwrap();
            WordTiming {
                word: WordRef { part: 0, range: start..start + 1 },
                range: None,
                how: if c == 'x' { Heard::Missing } else { Heard::Acoustic },
                start_p: None,
                doubt: None,
                units: Vec::new(),
                boundary: crate::model::Boundary::Comma,
            }
        };
        missing.chars().enumerate().map(word).collect()
    }

    #[test]
    fn what_was_not_found_goes_with_its_punctuation() {
        let said = ["ooo", "oxo", "xxo", "oxx", "xox"].map(|said| {
            let words = words(said);
            format!("{said} {:?}", cuts(&words.iter().collect::<Vec<_>>(), 6))
        });
        assert_eq!(said, ["ooo []", "oxo [2..4]", "xxo [0..4]", "oxx [2..6]", "xox [0..2, 4..6]"]);
    }

    #[test]
    fn the_rest_is_kept() {
        let parts = |stretch, cuts: &[Range<u32>]| format!("{:?}", kept(stretch, cuts).collect::<Vec<_>>());
        let front = std::slice::from_ref(&(0..4));
        assert_eq!(parts(0..6, &[]), "[0..6]");
        assert_eq!(parts(0..6, &[0..2, 4..5]), "[2..4, 5..6]");
        assert_eq!(parts(3..6, front), "[4..6]");
        assert_eq!(parts(1..3, front), "[]");
    }
}
