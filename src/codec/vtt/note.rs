//! Comments (`NOTE` blocks) and header text: what stands after a word on its line, and on the lines below.

/// The text after a word: one space between them is not part of it.
pub(super) fn after_word(rest: &str) -> &str {
    match rest.strip_prefix(' ') {
        Some(text) if joins_by_space(text) => text,
        _ => rest,
    }
}

/// Writes `text` after a word, so that [`after_word`] gives it back.
pub(super) fn push_after_word(out: &mut String, text: &str) {
    if joins_by_space(text) {
        out.push(' ');
    }
    out.push_str(text);
}

/// A text that begins with its first line empty, or with a tab, follows the word as it is.
fn joins_by_space(text: &str) -> bool {
    let first = text.split('\n').next().unwrap_or_default();
    !text.starts_with('\t') && first.contains(|c: char| c != ' ' && c != '\t')
}

/// The comment of a block, if it is one.
pub(super) fn comment(block: &str) -> Option<&str> {
    let rest = block.strip_prefix("NOTE")?;
    (rest.is_empty() || rest.starts_with([' ', '\t', '\n'])).then(|| after_word(rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_comment_needs_a_gap_after_its_word() {
        assert_eq!(comment("NOTE"), Some(""));
        assert_eq!(comment("NOTE a\nb"), Some("a\nb"));
        assert_eq!(comment("NOTE\na"), Some("\na"));
        assert_eq!(comment("NOTES"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(text in "[ \t\na]{0,6}") {
            let mut out = String::from("NOTE");
            push_after_word(&mut out, &text);
            prop_assert_eq!(comment(&out), Some(text.as_str()));
        }
    }
}
