//! The phones of units, from their readings.

use super::{letter, mandarin};
use crate::model::{PHONES, Phone, Reading, SpokenWord};

/// Gives phones to the units that have none yet and whose reading alone tells them.
pub(super) fn fill(words: &mut [SpokenWord]) {
    for unit in words.iter_mut().flat_map(|word| &mut word.units).filter(|unit| unit.phones.is_empty()) {
        unit.phones = match &unit.reading {
            Reading::Mandarin { pinyin, .. } => mandarin::phones(pinyin),
            Reading::Letter(letter) => letter::phones(*letter),
            Reading::English(_) | Reading::Other(_) => continue,
        };
    }
}

/// The English phone of this name in CMUdict's letters, lower case: `th`.
pub(super) fn english(name: &str) -> Option<Phone> {
    let at = PHONES.iter().position(|row| row.name.strip_prefix("e_") == Some(name))?;
    Phone::from_index(at)
}
