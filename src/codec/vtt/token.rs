//! The cue text tokenizer of WebVTT §6.4. Its state machine, taken together: a tag runs to the next `>` or to the end of
//! the cue, everything else is text.

use super::entity;
use memchr::memchr;
use std::borrow::Cow;
use std::ops::Range;

/// A token with its place in the payload.
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind<'a>,
    pub(super) range: Range<usize>,
    /// The cue ended before the tag's `>`.
    pub(super) unterminated: bool,
}

pub(super) enum TokenKind<'a> {
    Text(Cow<'a, str>),
    Start(StartTag<'a>),
    End(&'a str),
    Timestamp(&'a str),
}

/// `<name.class.class annotation>`
pub(super) struct StartTag<'a> {
    pub(super) name: &'a str,
    classes: &'a str,
    /// As written: only voices and languages have a use for it.
    annotation: &'a str,
}

impl<'a> StartTag<'a> {
    /// The classes; empty ones do not count.
    pub(super) fn classes(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.classes.split('.').filter(|class| !class.is_empty())
    }

    /// The annotation, white space collapsed.
    pub(super) fn annotation(&self) -> String {
        collapse(&entity::decode(self.annotation))
    }
}

/// Without white space at the ends, and one space for each run of it.
pub(super) fn collapse(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_ascii_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Collapsing it changes nothing.
pub(super) fn is_collapsed(text: &str) -> bool {
    let mut after_space = true;
    let one_by_one = text.bytes().all(|byte| {
        let space = byte.is_ascii_whitespace();
        let good = !space || (byte == b' ' && !after_space);
        after_space = space;
        good
    });
    one_by_one && (text.is_empty() || !after_space)
}

/// Cuts a payload into tokens.
pub(super) struct Tokens<'a> {
    input: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(input: &'a str) -> Self {
        Self { input, at: 0 }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let rest = self.input.get(self.at..).filter(|rest| !rest.is_empty())?;
        let start = self.at;
        let (kind, length, unterminated) = match rest.strip_prefix('<') {
            None => {
                let (text, _) = rest.split_at(memchr(b'<', rest.as_bytes()).unwrap_or(rest.len()));
                (TokenKind::Text(entity::decode(text)), text.len(), false)
            }
            Some(tag) => match tag.split_once('>') {
                Some((inside, _)) => (self::tag(inside), inside.len().saturating_add(2), false),
                None => (self::tag(tag), rest.len(), true),
            },
        };
        self.at = start.saturating_add(length);
        Some(Token { kind, range: start..self.at, unterminated })
    }
}

/// What stands between `<` and `>`.
fn tag(inside: &str) -> TokenKind<'_> {
    if let Some(name) = inside.strip_prefix('/') {
        return TokenKind::End(name);
    }
    if inside.starts_with(|c: char| c.is_ascii_digit()) {
        return TokenKind::Timestamp(inside);
    }
    // A carriage return is no longer in the text, so this is ASCII white space without it.
    let space = |c: char| matches!(c, '\t' | '\n' | '\x0C' | ' ');
    let (head, annotation) = inside.split_once(space).unwrap_or((inside, ""));
    let (name, classes) = head.split_once('.').unwrap_or((head, ""));
    TokenKind::Start(StartTag { name, classes, annotation })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(text: &str) -> (String, Vec<&str>, String) {
        let token = Tokens::new(text).next().unwrap();
        let TokenKind::Start(tag) = token.kind else { panic!("{text} is no start tag") };
        (tag.name.to_owned(), tag.classes().collect(), tag.annotation())
    }

    #[test]
    fn a_start_tag_has_classes_and_an_annotation() {
        assert_eq!(start("<v.loud..far \t Ann &amp;\n Bo >"), ("v".into(), vec!["loud", "far"], "Ann & Bo".into()));
        assert_eq!(start("<c.x"), ("c".into(), vec!["x"], String::new()));
        assert_eq!(start("< b>"), (String::new(), vec![], "b".into()));
        assert_eq!(start("<lang\nzh.x>"), ("lang".into(), vec![], "zh.x".into()));
    }

    #[test]
    fn collapsed_is_what_collapsing_leaves() {
        for text in ["", "a", "Ann Bo 字", " ", " a", "a ", "a  b", "a\tb", "a\n", "\u{A0}a"] {
            assert_eq!(is_collapsed(text), collapse(text) == text, "{text:?}");
        }
    }

    #[test]
    fn an_open_bracket_takes_the_rest() {
        let tokens: Vec<_> = Tokens::new("a<<b").map(|t| (t.range, t.unterminated)).collect();
        assert_eq!(tokens, [(0..1, false), (1..4, true)]);
    }
}
