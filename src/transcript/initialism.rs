//! Initialisms and what they stand for: `ASR (automatic speech recognition)` and the other way round.

/// Small words that an initialism may leave out.
static SMALL: &[&str] = &["of", "the", "and", "for", "in", "to", "a", "an", "on", "by", "with", "&"];

/// The length in bytes of the term that `inside` spells out, or that `inside` is the initials of.
pub(super) fn term(before: &str, inside: &str) -> Option<usize> {
    let last = before.rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '-').next()?;
    if is_initialism(last) && spells(last, inside) {
        return Some(last.len());
    }
    if !is_initialism(inside) {
        return None;
    }
    // From the fewest words to the most, so that small words in front stay outside.
    let most = inside.len().saturating_mul(2).min(12);
    let starts = before.char_indices().rev().filter(|(at, c)| {
        let previous = before.get(..*at).and_then(|text| text.chars().next_back());
        c.is_ascii_alphanumeric() && previous.is_none_or(|p| !p.is_ascii_alphanumeric() && p != '\'')
    });
    let mut tails = starts.take(most).filter_map(|(at, _)| before.get(at..));
    tails.find(|tail| !tail.contains(['.', ',', '，', '。']) && spells(inside, tail)).map(str::len)
}

/// Two to ten characters, mostly capitals: `AI`, `NLP`, `MP3`, `GPUs`, `IoT`.
pub(super) fn is_initialism(text: &str) -> bool {
    let text = text.strip_suffix('s').unwrap_or(text);
    let capitals = text.chars().filter(char::is_ascii_uppercase).count();
    (2..=10).contains(&text.len())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && capitals >= 2
        && capitals.saturating_mul(2) > text.len()
}

/// Each word of `phrase` gives a letter, small ones may not.
fn spells(initials: &str, phrase: &str) -> bool {
    let initials = initials.strip_suffix('s').unwrap_or(initials).to_lowercase();
    let mut letters = initials.chars().filter(|c| c.is_alphanumeric()).peekable();
    for word in phrase.split(|c: char| c.is_whitespace() || c == '-' || c == '/').filter(|word| !word.is_empty()) {
        let word = word.to_lowercase();
        match word.chars().next() {
            Some(first) if letters.peek() == Some(&first) => {
                letters.next();
            }
            _ if SMALL.contains(&word.as_str()) => {}
            _ => return false,
        }
    }
    letters.peek().is_none()
}

/// How many Han characters a Chinese term has for an English gloss: two for a word, more for a long one, two for a
/// letter of an initialism, three for a name of one word, which is mostly written by its sound (`特斯拉`).
pub(super) fn expected_han(gloss: &str) -> usize {
    let words = gloss.split([' ', '-']).filter(|word| !SMALL.contains(&word.to_lowercase().as_str())).count();
    let name = words == 1 && gloss.len() > 4 && gloss.starts_with(char::is_uppercase);
    match () {
        () if is_initialism(gloss) => gloss.len().saturating_mul(2),
        () if name => 3,
        // 过拟合 (overfitting), 反向传播 (backpropagation).
        () if words == 1 => (gloss.len().saturating_add(1) / 4).clamp(2, 4),
        () => words.saturating_mul(2),
    }
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_words_find_each_other() {
        let found = |before: &'static str, inside: &str| term(before, inside).map(|len| &before[before.len() - len..]);
        assert_eq!(found("we use ASR", "automatic speech recognition"), Some("ASR"));
        assert_eq!(found("we use automatic speech recognition", "ASR"), Some("automatic speech recognition"));
        assert_eq!(found("the Internet of Things", "IoT"), Some("Internet of Things"));
        assert_eq!(found("我们做text-to-speech", "TTS"), Some("text-to-speech"));
        assert_eq!(found("we use ASR", "and so on"), None);
        assert_eq!(found("my bank", "NATO"), None);
        assert_eq!(expected_han("artificial intelligence"), 4);
        assert_eq!(expected_han("NLP"), 6);
    }
}
