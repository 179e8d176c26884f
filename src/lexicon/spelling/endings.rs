//! Words that are a listed word and an ending: its sound is the listed one's, and the ending's.

use super::{PHONES, Sound, Spelling};

/// Stems are listed words of at least this many letters.
const SHORTEST_STEM: usize = 3;

/// `word` from a listed stem; none if it has no such stem.
pub(super) fn say(spelling: &Spelling, word: &str) -> Option<Vec<Sound>> {
    ENDINGS.iter().find_map(|(written, letters, ending)| {
        let bare = word.strip_suffix(written)?;
        let stem = format!("{bare}{letters}");
        if stem.len() < SHORTEST_STEM {
            return None;
        }
        let mut said = spelling.listed(&stem)?;
        let last = PHONES.get(usize::from(said.last()?.phone))?;
        said.iter_mut().for_each(|sound| sound.letter = sound.letter.min(bare.len().saturating_sub(1)));
        let added = ending.after(last).iter().filter_map(|name| number(name));
        said.extend(added.map(|phone| Sound { phone, letter: bare.len() }));
        Some(said)
    })
}

/// An ending, what the stem has in its place, and its sound.
static ENDINGS: &[(&str, &str, Ending)] = &[
    ("'s", "", Ending::S),
    ("s'", "s", Ending::Nothing),
    ("s'", "", Ending::S),
    ("ies", "y", Ending::S),
    ("es", "", Ending::S),
    ("s", "", Ending::S),
    ("ied", "y", Ending::D),
    ("ed", "e", Ending::D),
    ("ed", "", Ending::D),
    ("ing", "", Ending::Phones(&["ih", "ng"])),
    ("ing", "e", Ending::Phones(&["ih", "ng"])),
    ("ings", "", Ending::Phones(&["ih", "ng", "z"])),
    ("ings", "e", Ending::Phones(&["ih", "ng", "z"])),
    ("er", "e", Ending::Phones(&["er"])),
    ("er", "", Ending::Phones(&["er"])),
    ("ers", "e", Ending::Phones(&["er", "z"])),
    ("ers", "", Ending::Phones(&["er", "z"])),
    ("ly", "", Ending::Phones(&["l", "iy"])),
    ("ness", "", Ending::Phones(&["n", "ax", "s"])),
    ("less", "", Ending::Phones(&["l", "ax", "s"])),
    ("ment", "", Ending::Phones(&["m", "ax", "n", "t"])),
    ("ments", "", Ending::Phones(&["m", "ax", "n", "t", "s"])),
];

enum Ending {
    Nothing,
    /// s, z or ih z by what is before it.
    S,
    /// t, d or ih d.
    D,
    Phones(&'static [&'static str]),
}

impl Ending {
    /// Its phones after a stem that ends in `last`.
    fn after(&self, last: &str) -> &'static [&'static str] {
        match self {
            Ending::Nothing => &[],
            Ending::S => match last {
                "s" | "z" | "sh" | "zh" | "ch" | "jh" => &["ih", "z"],
                "p" | "t" | "k" | "f" | "th" => &["s"],
                _ => &["z"],
            },
            Ending::D => match last {
                "t" | "d" => &["ih", "d"],
                "p" | "k" | "f" | "th" | "s" | "sh" | "ch" => &["t"],
                _ => &["d"],
            },
            Ending::Phones(names) => names,
        }
    }
}

/// The number of a phone.
fn number(name: &str) -> Option<u8> {
    u8::try_from(PHONES.iter().position(|phone| *phone == name)?).ok()
}
