//! Speaker labels in the text: `Anna:`, `主持人：`.

/// The longest name of a speaker, in characters.
const MOST_CHARS: usize = 24;

/// What looks like a speaker's label at the start of a text: a name of letters, and a colon with something behind it.
pub(super) fn label(text: &str) -> Option<&str> {
    let first = text.split('\n').next()?;
    let at = [first.find(':'), first.find('：')].into_iter().flatten().min()?;
    let (name, rest) = first.split_at_checked(at)?;
    let colon = rest.chars().next()?;
    let rest = rest.get(colon.len_utf8()..)?;
    // 10:30 and https: are none; `Anna:` alone on its line is, if another line follows.
    let parted = colon == '：' || rest.is_empty() || rest.starts_with(' ') || !rest.is_ascii();
    let letters = name.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '·' | '\''));
    let named = name.chars().next().is_some_and(char::is_alphabetic) && !name.ends_with(' ');
    let short = name.chars().count() <= MOST_CHARS && name.split(' ').count() <= 3;
    let followed = !rest.trim().is_empty() || text.contains('\n');
    (parted && letters && named && short && followed).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn names_before_a_colon_are_labels() {
        for (text, expected) in [
            ("Anna: Hello", Some("Anna")),
            ("主持人：你好", Some("主持人")),
            ("主持人:你好", Some("主持人")),
            ("Dr. No: Yes", Some("Dr. No")),
            ("10:30 is late", None),
            ("https://example.org", None),
            ("It is a long way to say: hello", None),
            ("Anna:", None),
            ("Anna:\nHello", Some("Anna")),
        ] {
            assert_eq!(label(text), expected, "{text}");
        }
    }
}
