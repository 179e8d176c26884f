//! What Praat reads of a text file: numbers after white space, texts in quotation marks, flags in angle brackets. All else is comment.

use std::borrow::Cow;

/// Something that counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Number(&'a str),
    Text(Cow<'a, str>),
    Flag(&'a str),
}

/// Goes through a text; tokens with the places where they begin.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// A text, its doubled quotation marks made single; one that is not closed goes to the end.
    fn quoted(&mut self) -> Cow<'a, str> {
        let start = self.at.saturating_add(1);
        let mut at = start;
        let mut doubled = false;
        loop {
            let rest = self.text.as_bytes().get(at..).unwrap_or_default();
            let Some(found) = memchr::memchr(b'"', rest).map(|found| at.saturating_add(found)) else {
                self.at = self.text.len();
                break;
            };
            let next = found.saturating_add(1);
            if self.text.as_bytes().get(next) == Some(&b'"') {
                (doubled, at) = (true, next.saturating_add(1));
                continue;
            }
            self.at = next;
            let inside = self.text.get(start..found).unwrap_or_default();
            return if doubled { Cow::Owned(inside.replace("\"\"", "\"")) } else { Cow::Borrowed(inside) };
        }
        Cow::Owned(self.text.get(start..).unwrap_or_default().replace("\"\"", "\""))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.rest();
            let word = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
            self.at = self.text.len().saturating_sub(word.len());
            let start = self.at;
            match *word.as_bytes().first()? {
                b'"' => return Some((start, Token::Text(self.quoted()))),
                // The rest of the line.
                b'!' => {
                    self.at = start.saturating_add(word.find(['\n', '\r']).unwrap_or(word.len()));
                    continue;
                }
                _ => {}
            }
            let length = word.find(char::is_whitespace).unwrap_or(word.len());
            let word = word.get(..length).unwrap_or_default();
            self.at = start.saturating_add(length);
            if word.starts_with('<') && word.ends_with('>') {
                return Some((start, Token::Flag(word)));
            }
            if let Some(number) = number(word) {
                // What hangs on it is passed over: `2.3s`, `2.3!from here on a comment`.
                if word.get(number.len()..).is_some_and(|after| after.starts_with('!')) {
                    self.at = start.saturating_add(number.len());
                }
                return Some((start, Token::Number(number)));
            }
        }
    }
}

/// The number that a word begins with: digits, perhaps a fraction and an exponent.
fn number(word: &str) -> Option<&str> {
    let digits = |from: usize| word.bytes().skip(from).take_while(u8::is_ascii_digit).count();
    let signed = |from: usize| from.saturating_add(usize::from(matches!(word.as_bytes().get(from), Some(b'-' | b'+'))));
    let start = signed(0);
    let mut end = start.saturating_add(digits(start));
    if end == start {
        return None;
    }
    if word.as_bytes().get(end) == Some(&b'.') {
        end = end.saturating_add(1);
        end = end.saturating_add(digits(end));
    }
    if matches!(word.as_bytes().get(end), Some(b'e' | b'E')) {
        let exponent = signed(end.saturating_add(1));
        let count = digits(exponent);
        end = if count > 0 { exponent.saturating_add(count) } else { end };
    }
    word.get(..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_stands_free_counts() {
        let text =
            "item [1]:\n class = \"A \"\"b\"\"\" ! 5 \"x\"\nxmin = 0.5 e5 \ntiers? <exists> -1e-05 2.5e 3rd! 7\n.5 +1.";
        let tokens: Vec<_> = Tokens::new(text).map(|(_, token)| token).collect();
        assert_eq!(
            tokens,
            [
                Token::Text("A \"b\"".into()),
                Token::Number("0.5"),
                Token::Flag("<exists>"),
                Token::Number("-1e-05"),
                Token::Number("2.5"),
                Token::Number("3"),
                Token::Number("7"),
                Token::Number("+1.")
            ]
        );
        assert_eq!(Tokens::new("\"open").next(), Some((0, Token::Text("open".into()))));
        assert_eq!(Tokens::new("").next(), None);
    }
}
