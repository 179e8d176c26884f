//! Phones of Mandarin syllables: initial and final, from pinyin.

use super::phone::mandarin as named;
use crate::model::Phone;

/// Initials, those of two letters first.
const INITIALS: &[&str] =
    &["zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c", "s"];

/// Spellings of finals that pinyin shortens or respells, and the final of `model::PHONES`.
const FINALS: &[(&str, &str)] = &[
    ("iou", "iu"),
    ("uei", "ui"),
    ("uen", "un"),
    // 翁: ong is what it becomes after an initial.
    ("ueng", "ong"),
    ("uong", "ong"),
    ("io", "io"),
    // 崖 in its old reading.
    ("iai", "ie"),
    ("ue", "ve"),
    ("r", "er"),
];

/// Interjections without a vowel, and ê, by the nearest phones.
const INTERJECTIONS: &[(&str, &[&str])] = &[
    ("ê", &["e_eh"]),
    ("m", &["z_m"]),
    ("n", &["z_n"]),
    ("ng", &["e_ng"]),
    ("hm", &["z_h", "z_m"]),
    ("hng", &["z_h", "e_ng"]),
];

/// Phones of a syllable in pinyin without tone (`v` for ü): an initial, if it has one, and a final. Empty for what is not
/// pinyin.
pub(super) fn phones(pinyin: &str) -> Box<[Phone]> {
    if let Some((_, names)) = INTERJECTIONS.iter().find(|(written, _)| *written == pinyin) {
        return names.iter().filter_map(|name| Phone::named(name)).collect();
    }
    let (initial, rest) = divide(pinyin);
    let full = full(initial, rest);
    let known = FINALS.iter().find(|(spelling, _)| *spelling == full).map(|(_, name)| *name);
    match named(known.unwrap_or(&full)) {
        Some(end) => initial.and_then(named).into_iter().chain([end]).collect(),
        None => Box::default(),
    }
}

fn divide(pinyin: &str) -> (Option<&'static str>, &str) {
    let divided = INITIALS.iter().find_map(|initial| Some((*initial, pinyin.strip_prefix(initial)?)));
    match divided {
        Some((initial, rest)) if !rest.is_empty() => (Some(initial), rest),
        _ => (None, pinyin),
    }
}

/// The final as it sounds: y and w are vowels, u after j q x y is ü, i after z c s and zh ch sh r is none of the others.
fn full(initial: Option<&str>, rest: &str) -> String {
    match (initial, rest) {
        (Some("z" | "c" | "s"), "i") => "ii".to_owned(),
        (Some("zh" | "ch" | "sh" | "r"), "i") => "iii".to_owned(),
        (Some("j" | "q" | "x"), _) => rest.replacen('u', "v", 1).replacen("iv", "iu", 1),
        (Some(_), _) => rest.to_owned(),
        (None, _) => match (rest.strip_prefix("yu"), rest.strip_prefix('y'), rest.strip_prefix('w')) {
            (Some(after), ..) => format!("v{after}"),
            (_, Some(after), _) if after.starts_with('i') => after.to_owned(),
            (_, Some(after), _) => format!("i{after}"),
            (_, _, Some(after)) if after.starts_with('u') => after.to_owned(),
            (_, _, Some(after)) => format!("u{after}"),
            _ => rest.to_owned(),
        },
    }
}

#[cfg(test)]
pub(super) fn is_interjection(pinyin: &str) -> bool {
    INTERJECTIONS.iter().any(|(written, _)| *written == pinyin)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pinyin: &str) -> String {
        let names = phones(pinyin).iter().map(|phone| phone.row().name.trim_start_matches("z_")).collect::<Vec<_>>();
        names.join(" ")
    }

    #[test]
    fn syllables_are_an_initial_and_a_final() {
        for (pinyin, phones) in [
            ("zhong", "zh ong"),
            ("ya", "ia"),
            ("yi", "i"),
            ("yin", "in"),
            ("ying", "ing"),
            ("yan", "ian"),
            ("you", "iu"),
            ("yong", "iong"),
            ("yo", "io"),
            ("yu", "v"),
            ("yuan", "van"),
            ("yue", "ve"),
            ("yun", "vn"),
            ("wu", "u"),
            ("wo", "uo"),
            ("wei", "ui"),
            ("wen", "un"),
            ("wang", "uang"),
            ("weng", "ong"),
            ("zi", "z ii"),
            ("si", "s ii"),
            ("shi", "sh iii"),
            ("ri", "r iii"),
            ("ji", "j i"),
            ("ju", "j v"),
            ("jue", "j ve"),
            ("quan", "q van"),
            ("xun", "x vn"),
            ("jiu", "j iu"),
            ("xiong", "x iong"),
            ("liu", "l iu"),
            ("gui", "g ui"),
            ("dun", "d un"),
            ("lv", "l v"),
            ("nve", "n ve"),
            ("lue", "l ve"),
            ("er", "er"),
            ("r", "er"),
            ("a", "a"),
            ("ou", "ou"),
            ("en", "en"),
            ("bo", "b o"),
            ("hm", "h m"),
            ("qwerty", ""),
            ("", ""),
        ] {
            assert_eq!(said(pinyin), phones, "{pinyin}");
        }
    }
}
