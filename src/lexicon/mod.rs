//! Written words to spoken units.

use crate::model::{Pronunciation, Transcript};

/// What is said for every utterance, in order.
pub fn pronounce(_transcript: &Transcript) -> Pronunciation {
    Pronunciation::default()
}
