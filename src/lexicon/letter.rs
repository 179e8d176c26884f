//! Phones of letters that are said by name, in English as Mandarin speakers say them too.

use crate::model::Phone;

/// A to Z, in the phones of English.
const NAMES: [&str; 26] = [
    "ey",
    "b iy",
    "s iy",
    "d iy",
    "iy",
    "eh f",
    "jh iy",
    "ey ch",
    "ay",
    "jh ey",
    "k ey",
    "eh l",
    "eh m",
    "eh n",
    "ow",
    "p iy",
    "k y uw",
    "aa r",
    "eh s",
    "t iy",
    "y uw",
    "v iy",
    "d ah b ax l y uw",
    "eh k s",
    "w ay",
    "z iy",
];

/// Phones of the name of `letter`; empty unless it is of A to Z.
pub(super) fn phones(letter: char) -> Box<[Phone]> {
    let index = u32::from(letter.to_ascii_uppercase()).checked_sub(u32::from('A'));
    let name = index.and_then(|index| NAMES.get(usize::try_from(index).ok()?));
    name.into_iter().flat_map(|name| name.split(' ')).filter_map(super::phone::english).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_a_name() {
        for letter in 'A'..='Z' {
            let names: Vec<&str> = phones(letter).iter().map(|phone| phone.row().name).collect();
            let expected = NAMES[letter as usize - 'A' as usize].split(' ').map(|name| format!("e_{name}"));
            assert_eq!(names, expected.collect::<Vec<_>>());
        }
        assert!(phones('Я').is_empty() && phones('@').is_empty() && phones('[').is_empty());
    }
}
