//! Names of languages, as openai-whisper's table (whisper/tokenizer.py, `LANGUAGES` and `TO_LANGUAGE_CODE`) has them: some
//! programs write the code, some the name.

use crate::lang::LangTag;

/// Code and names, in the order of the table.
const NAMES: &[(&str, &str)] = &[
    ("en", "english"),
    ("zh", "chinese mandarin"),
    ("de", "german"),
    ("es", "spanish castilian"),
    ("ru", "russian"),
    ("ko", "korean"),
    ("fr", "french"),
    ("ja", "japanese"),
    ("pt", "portuguese"),
    ("tr", "turkish"),
    ("pl", "polish"),
    ("ca", "catalan valencian"),
    ("nl", "dutch flemish"),
    ("ar", "arabic"),
    ("sv", "swedish"),
    ("it", "italian"),
    ("id", "indonesian"),
    ("hi", "hindi"),
    ("fi", "finnish"),
    ("vi", "vietnamese"),
    ("he", "hebrew"),
    ("uk", "ukrainian"),
    ("el", "greek"),
    ("ms", "malay"),
    ("cs", "czech"),
    ("ro", "romanian moldavian moldovan"),
    ("da", "danish"),
    ("hu", "hungarian"),
    ("ta", "tamil"),
    ("no", "norwegian"),
    ("th", "thai"),
    ("ur", "urdu"),
    ("hr", "croatian"),
    ("bg", "bulgarian"),
    ("lt", "lithuanian"),
    ("la", "latin"),
    ("mi", "maori"),
    ("ml", "malayalam"),
    ("cy", "welsh"),
    ("sk", "slovak"),
    ("te", "telugu"),
    ("fa", "persian"),
    ("lv", "latvian"),
    ("bn", "bengali"),
    ("sr", "serbian"),
    ("az", "azerbaijani"),
    ("sl", "slovenian"),
    ("kn", "kannada"),
    ("et", "estonian"),
    ("mk", "macedonian"),
    ("br", "breton"),
    ("eu", "basque"),
    ("is", "icelandic"),
    ("hy", "armenian"),
    ("ne", "nepali"),
    ("mn", "mongolian"),
    ("bs", "bosnian"),
    ("kk", "kazakh"),
    ("sq", "albanian"),
    ("sw", "swahili"),
    ("gl", "galician"),
    ("mr", "marathi"),
    ("pa", "punjabi panjabi"),
    ("si", "sinhala sinhalese"),
    ("km", "khmer"),
    ("sn", "shona"),
    ("yo", "yoruba"),
    ("so", "somali"),
    ("af", "afrikaans"),
    ("oc", "occitan"),
    ("ka", "georgian"),
    ("be", "belarusian"),
    ("tg", "tajik"),
    ("sd", "sindhi"),
    ("gu", "gujarati"),
    ("am", "amharic"),
    ("yi", "yiddish"),
    ("lo", "lao"),
    ("uz", "uzbek"),
    ("fo", "faroese"),
    ("ps", "pashto pushto"),
    ("tk", "turkmen"),
    ("nn", "nynorsk"),
    ("mt", "maltese"),
    ("sa", "sanskrit"),
    ("lb", "luxembourgish letzeburgesch"),
    ("my", "myanmar burmese"),
    ("bo", "tibetan"),
    ("tl", "tagalog"),
    ("mg", "malagasy"),
    ("as", "assamese"),
    ("tt", "tatar"),
    ("haw", "hawaiian"),
    ("ln", "lingala"),
    ("ha", "hausa"),
    ("ba", "bashkir"),
    ("jv", "javanese"),
    ("su", "sundanese"),
    ("yue", "cantonese"),
    ("ht", "haitian"),
];

/// The tag of a code or a name; `None` for `auto` and other words.
pub(super) fn tag(name: &str) -> Option<LangTag> {
    let name = name.trim().to_ascii_lowercase();
    // "haitian creole".
    let first = name.split(' ').next().unwrap_or_default();
    match NAMES.iter().find(|(_, names)| names.split(' ').any(|known| known == first)) {
        Some((code, _)) => LangTag::parse(code),
        // A code: two or three letters, perhaps with a region.
        None => LangTag::parse(&name).filter(|tag| matches!(tag.primary().len(), 2 | 3)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_are_one() {
        let tag = |name| tag(name).map(|tag| tag.as_str().to_owned());
        assert_eq!(tag("english").as_deref(), Some("en"));
        assert_eq!(tag("Haitian Creole").as_deref(), Some("ht"));
        assert_eq!(tag("zh").as_deref(), Some("zh"));
        assert_eq!(tag("auto"), None);
    }
}
