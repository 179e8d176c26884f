//! The style sheet: which classes there are, and in which language.

use crate::lang::LangTag;

/// A class of the style sheet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Class<'a> {
    pub(super) name: &'a str,
    pub(super) lang: Option<LangTag>,
}

/// The classes that a style sheet describes: `.KRCC {Name:Korean; lang:ko-KR; SAMIType:CC;}`.
pub(super) fn classes(sheet: &str) -> Vec<Class<'_>> {
    let mut classes = Vec::new();
    let mut rest = sheet;
    while let Some((before, after)) = rest.split_once('{') {
        let (body, next) = after.split_once('}').unwrap_or((after, ""));
        rest = next;
        let selector = before.rsplit(['}', '>', '-']).next().unwrap_or(before).trim();
        let selector = selector.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
        if let Some(name) = selector.strip_prefix('.').filter(|name| is_class(name)) {
            let declared = |line: &str| {
                let (key, value) = line.split_once(':')?;
                key.trim().eq_ignore_ascii_case("lang").then(|| LangTag::parse(value)).flatten()
            };
            classes.push(Class { name, lang: body.split(';').find_map(declared) });
        }
    }
    classes
}

/// It can name a class.
pub(super) fn is_class(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// The languages that names of classes stand for where no style sheet says it, as Korean and English files have them.
const LANGUAGES: &[(&str, &str)] = &[
    ("KRCC", "ko"),
    ("KOKRCC", "ko"),
    ("KOCC", "ko"),
    ("ENCC", "en"),
    ("EGCC", "en"),
    ("ENUSCC", "en"),
    ("JPCC", "ja"),
    ("JACC", "ja"),
    ("CNCC", "zh"),
    ("ZHCC", "zh"),
];

/// The language that a name of a class stands for.
pub(super) fn language_of(class: &str) -> Option<LangTag> {
    let known = LANGUAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(class));
    known.and_then(|(_, lang)| LangTag::parse(lang))
}

/// The class that is written for a language.
pub(super) fn usual_class(lang: Option<&LangTag>) -> String {
    let primary = lang.map_or("", LangTag::primary);
    match primary {
        // What players know.
        "ko" => "KRCC".to_owned(),
        primary => [&primary.to_ascii_uppercase(), "CC"].concat(),
    }
}

/// The style sheet that is written with it.
pub(super) fn usual(lang: Option<&LangTag>) -> String {
    let (class, name) = (usual_class(lang), lang.map_or("Captions", LangTag::as_str));
    let lang = lang.map_or(String::new(), |lang| format!(" lang:{lang};"));
    format!(
        "\n<!--\nP {{text-align:center; font-family:sans-serif; color:white;}}\n.{class} {{Name:{name};{lang} SAMIType:CC;}}\n-->\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_found_between_other_rules() {
        let sheet = "<!--\nP { color: white; }\n.KRCC {Name:Korean; lang:ko-KR; SAMIType:CC;}\n.ENCC { Name : English; lang: en }\n#Small {a:b}\n-->";
        let found: Vec<_> =
            classes(sheet).into_iter().map(|class| (class.name, class.lang.map(|lang| lang.to_string()))).collect();
        assert_eq!(found, [("KRCC", Some("ko-KR".to_owned())), ("ENCC", Some("en".to_owned()))]);
        assert!(classes("{{{{").is_empty());
    }

    #[test]
    fn the_usual_sheet_describes_its_class() {
        for tag in [None, LangTag::parse("ko"), LangTag::parse("pt-BR"), LangTag::parse("x-1-ab")] {
            let sheet = usual(tag.as_ref());
            assert_eq!(classes(&sheet), [Class { name: &usual_class(tag.as_ref()), lang: tag }]);
        }
    }
}
