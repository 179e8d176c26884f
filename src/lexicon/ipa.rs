//! The international phonetic alphabet to the nearest phones of the acoustic model, Mandarin's or English's.

use super::phone;
use crate::model::{Phone, PhoneClass, SpokenWord};

/// Symbols, longer ones first among those that begin alike, and their phones. A vowel that English only has in a diphthong is
/// Mandarin's. Flaps and trills are the d and r of English: the model's own flap was not learnt.
#[rustfmt::skip]
static SYMBOLS: &[(&str, &[&str])] = &[
    ("aɪ", &["e_ay"]), ("aʊ", &["e_aw"]), ("eɪ", &["e_ey"]), ("oʊ", &["e_ow"]), ("əʊ", &["e_ow"]), ("ɔɪ", &["e_oy"]),
    ("ɔø", &["e_oy"]), ("ɔy", &["e_oy"]), ("tʃ", &["e_ch"]), ("dʒ", &["e_jh"]), ("tɕ", &["z_j"]), ("dʑ", &["e_jh"]),
    ("ts", &["z_z"]), ("dz", &["e_d", "e_z"]), ("tʂ", &["z_zh"]), ("dʐ", &["e_jh"]), ("pf", &["e_p", "e_f"]),
    ("a", &["z_a"]), ("ɑ", &["e_aa"]), ("ɒ", &["e_aa"]), ("æ", &["e_ae"]), ("ɐ", &["e_ah"]), ("ʌ", &["e_ah"]),
    ("ə", &["e_ax"]), ("ɚ", &["e_er"]), ("ɝ", &["e_er"]), ("ɜ", &["e_er"]), ("ɘ", &["e_ax"]), ("e", &["e_eh"]),
    ("ɛ", &["e_eh"]), ("i", &["e_iy"]), ("ɪ", &["e_ih"]), ("ᵻ", &["e_ih"]), ("ɨ", &["e_ih"]), ("ɯ", &["z_e"]),
    ("ɤ", &["z_e"]), ("o", &["e_ow"]), ("ɔ", &["e_ao"]), ("u", &["z_u"]), ("ʊ", &["e_uh"]), ("y", &["z_v"]),
    ("ʏ", &["z_v"]), ("ʉ", &["z_v"]), ("ø", &["e_er"]), ("œ", &["e_er"]), ("ɵ", &["e_uh"]), ("ɶ", &["e_er"]),
    ("p", &["e_p"]), ("b", &["e_b"]), ("t", &["e_t"]), ("ʈ", &["e_t"]), ("d", &["e_d"]), ("ɖ", &["e_d"]), ("k", &["e_k"]),
    ("q", &["e_k"]), ("c", &["e_k"]), ("ɡ", &["e_g"]), ("g", &["e_g"]), ("ɟ", &["e_g"]), ("ɢ", &["e_g"]), ("f", &["e_f"]),
    ("ɸ", &["e_f"]), ("v", &["e_v"]), ("ʋ", &["e_v"]), ("β", &["e_v"]), ("θ", &["e_th"]), ("ð", &["e_dh"]), ("s", &["e_s"]),
    ("z", &["e_z"]), ("ʃ", &["e_sh"]), ("ʒ", &["e_zh"]), ("ʂ", &["z_sh"]), ("ʐ", &["z_r"]), ("ɕ", &["z_x"]),
    ("ʑ", &["e_zh"]), ("ç", &["z_x"]), ("ʝ", &["e_y"]), ("x", &["z_h"]), ("χ", &["z_h"]), ("ɣ", &["e_g"]), ("ʁ", &["z_h"]),
    ("ʀ", &["z_h"]), ("ħ", &["e_hh"]), ("h", &["e_hh"]), ("ɦ", &["e_hh"]), ("m", &["e_m"]), ("ɱ", &["e_m"]),
    ("n", &["e_n"]), ("ɳ", &["e_n"]), ("ɲ", &["e_n", "e_y"]), ("ŋ", &["e_ng"]), ("ɴ", &["e_ng"]), ("l", &["e_l"]),
    ("ɫ", &["e_l"]), ("ɭ", &["e_l"]), ("ɬ", &["e_l"]), ("ʎ", &["e_l", "e_y"]), ("r", &["e_r"]), ("ɹ", &["e_r"]),
    ("ɻ", &["e_r"]), ("ɾ", &["e_d"]), ("ɽ", &["e_d"]), ("j", &["e_y"]), ("ɥ", &["e_y", "e_w"]), ("w", &["e_w"]),
    ("ʍ", &["e_w"]), ("ɰ", &["e_w"]),
    // Some vowels come composed with their marks.
    ("\u{e4}", &["z_a"]), ("\u{e3}", &["z_a", "e_n"]), ("\u{1ebd}", &["e_eh", "e_n"]), ("\u{129}", &["e_iy", "e_n"]), ("\u{f5}", &["e_ow", "e_n"]),
    ("\u{169}", &["z_u", "e_n"]), ("\u{eb}", &["e_ax"]), ("\u{f6}", &["e_er"]), ("\u{fc}", &["z_v"]),
    // Nasal vowels end as in an n.
    ("\u{303}", &["e_n"]),
];

/// Symbols of a transcription that are read.
const LONGEST: usize = 512;

/// The phones of a transcription; stress, length, tones and what is not in the table are passed over, as are names of
/// languages in brackets.
pub(super) fn phones(ipa: &str) -> Vec<Phone> {
    let mut phones = Vec::new();
    let mut rest = ipa;
    for _ in 0..LONGEST {
        let Some(c) = rest.chars().next() else { break };
        let known = SYMBOLS.iter().find_map(|(symbol, names)| Some((rest.strip_prefix(symbol)?, *names)));
        rest = match known {
            Some((after, names)) => {
                phones.extend(names.iter().filter_map(|name| phone(name)));
                after
            }
            None if c == '(' => rest.split_once(')').map_or("", |(_, after)| after),
            None => rest.get(c.len_utf8()..).unwrap_or_default(),
        };
    }
    phones
}

fn phone(name: &str) -> Option<Phone> {
    match name.split_once('_')? {
        ("z", name) => phone::mandarin(name),
        (_, name) => phone::english(name),
    }
}

/// Gives the phones of `ipa` to the units of a word that has none: by syllables where there are as many, else evenly. False
/// if nothing of it is known.
pub fn give(word: &mut SpokenWord, ipa: &str) -> bool {
    let phones = phones(ipa);
    let count = word.units.len();
    let syllables = syllables(&phones);
    let cut = |index: usize| match syllables.len() == count {
        true => syllables.get(index).copied().unwrap_or(phones.len()),
        false => index.saturating_mul(phones.len()).checked_div(count).unwrap_or(0),
    };
    for (index, unit) in word.units.iter_mut().enumerate() {
        let part = phones.get(cut(index)..cut(index.saturating_add(1)));
        unit.phones = part.unwrap_or_default().into();
    }
    !phones.is_empty()
}

/// Where syllables begin: one consonant goes with the vowel after it.
fn syllables(phones: &[Phone]) -> Vec<usize> {
    let vowel = |phone: &Phone| matches!(phone.row().class, PhoneClass::Vowel | PhoneClass::Final);
    let mut starts: Vec<usize> = Vec::new();
    let mut previous = None;
    for (at, _) in phones.iter().enumerate().filter(|(_, phone)| vowel(phone)) {
        let onset =
            previous.map_or(0, |last: usize| if at.saturating_sub(last) > 1 { at.saturating_sub(1) } else { at });
        starts.push(onset);
        previous = Some(at);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Boundary, PHONES, Reading, Unit, WordRef};

    fn names(phones: &[Phone]) -> String {
        phones.iter().map(|phone| phone.row().name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_row_names_phones_and_none_hides_another() {
        for (at, (symbol, said)) in SYMBOLS.iter().enumerate() {
            assert!(said.iter().all(|name| PHONES.iter().any(|row| row.name == *name)), "{symbol}");
            assert!(!SYMBOLS[..at].iter().any(|(earlier, _)| symbol.starts_with(earlier)), "{symbol}");
        }
    }

    #[test]
    fn transcriptions_of_espeak_become_phones() {
        for (ipa, expected) in [
            ("b_ɔ̃_ʒ_ˈu_ʁ", "e_b e_ao e_n e_zh z_u z_h"),
            ("k_ˌo̞_n_n_i_tɕ_ˈi_h_ä", "e_k e_ow e_n e_n e_iy z_j e_iy e_hh z_a"),
            ("k_ˈøː_n_ɪ_ç", "e_k e_er e_n e_ih z_x"),
            ("k_\u{e4}_m_e\u{31e}", "e_k z_a e_m e_eh"),
            ("_(en)_ˈaɪ_(de)", "e_ay"),
            ("(", ""),
            ("", ""),
        ] {
            assert_eq!(names(&phones(ipa)), expected, "{ipa}");
        }
    }

    #[test]
    fn phones_are_shared_over_the_units() {
        let unit = |text: &str, at: u32| Unit::new(Reading::Other(text.into()), at..at + 1);
        let at = WordRef { part: 0, range: 0..5 };
        let units = "こんにちは".chars().zip(0..).map(|(c, at)| unit(&c.to_string(), at)).collect();
        let mut word = SpokenWord { at, units, boundary: Boundary::None };
        assert!(give(&mut word, "k_ˌo̞_n_n_i_tɕ_ˈi_h_ä"));
        let said: Vec<String> = word.units.iter().map(|unit| names(&unit.phones)).collect();
        assert_eq!(said, ["e_k", "e_ow e_n", "e_n e_iy", "z_j e_iy", "e_hh z_a"]);
        word.units.truncate(4);
        assert!(give(&mut word, "k_ˌo̞_n_n_i_tɕ_ˈi_h_ä"));
        let said: Vec<String> = word.units.iter().map(|unit| names(&unit.phones)).collect();
        assert_eq!(said, ["e_k e_ow e_n", "e_n e_iy", "z_j e_iy", "e_hh z_a"]);
        assert!(!give(&mut word, "ˈ"));
    }
}
