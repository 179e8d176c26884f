//! The phones of units, from their readings.

use super::{letter, mandarin};
use crate::model::{PHONES, Phone, Reading, SpokenWord, Unit};
use std::collections::HashMap;
use std::sync::LazyLock;

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

/// Takes their phones from the units that were read as English, where it is another language.
pub(super) fn forget_english(word: &mut SpokenWord) {
    let read_so = |unit: &&mut Unit| matches!(unit.reading, Reading::English(_) | Reading::Letter(_));
    word.units.iter_mut().filter(read_so).for_each(|unit| unit.phones = Box::default());
}

/// The phones of a name of a letter in the plural: `LLMs`.
pub(super) fn plural(name: &[Phone]) -> Box<[Phone]> {
    let Some(last) = name.last().map(|phone| phone.row().name) else { return Box::default() };
    let ending: &[&str] = match last {
        "e_s" | "e_ch" => &["ih", "z"],
        "e_f" => &["s"],
        _ => &["z"],
    };
    name.iter().copied().chain(ending.iter().filter_map(|name| english(name))).collect()
}

/// The English phone of this name in CMUdict's letters, lower case: `th`.
pub(super) fn english(name: &str) -> Option<Phone> {
    static ENGLISH: LazyLock<HashMap<&str, Phone>> = LazyLock::new(|| named("e_"));
    ENGLISH.get(name).copied()
}

/// The Mandarin phone of this name: `zh`.
pub(super) fn mandarin(name: &str) -> Option<Phone> {
    static MANDARIN: LazyLock<HashMap<&str, Phone>> = LazyLock::new(|| named("z_"));
    MANDARIN.get(name).copied()
}

/// The phones whose names begin so, by the rest of the name.
fn named(language: &str) -> HashMap<&'static str, Phone> {
    let rows = PHONES.iter().enumerate();
    rows.filter_map(|(at, row)| Some((row.name.strip_prefix(language)?, Phone::from_index(at)?))).collect()
}
