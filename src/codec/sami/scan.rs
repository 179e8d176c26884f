//! Tags, comments and text, however broken: each byte is looked at a bounded number of times.

use memchr::{memchr, memchr2, memmem};

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Piece<'a> {
    Tag(Tag<'a>),
    /// What stands inside `<!--` and `-->`.
    Comment(&'a str),
    Text(&'a str),
}

/// `<P Class=KRCC>`, `</P>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) closes: bool,
    /// What follows the name.
    pub(super) rest: &'a str,
    /// All of it.
    pub(super) raw: &'a str,
}

impl<'a> Tag<'a> {
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Names and values of its attributes, quotation marks taken off.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.rest;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let length = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            let (name, after) = rest.split_at_checked(length.max(usize::from(rest.starts_with('='))))?;
            rest = after.trim_start();
            let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
                return (!name.is_empty()).then_some((name, ""));
            };
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let quoted = quote.and_then(|quote| value.get(1..)?.split_once(quote));
            let (value, after) = quoted.unwrap_or_else(|| {
                let length = value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len());
                value.split_at_checked(length).unwrap_or((value, ""))
            });
            rest = after;
            Some((name, value))
        })
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

/// Goes through a text.
pub(super) struct Scanner<'a> {
    text: &'a str,
    pub(super) at: usize,
    /// No comment that begins from here on is closed.
    open_comments: bool,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, open_comments: false }
    }

    fn from(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or_default()
    }

    /// What stands up to the closing tag of this name, or to the end; the closing tag is passed.
    pub(super) fn raw(&mut self, name: &str) -> &'a str {
        let start = self.at;
        loop {
            let Some(open) = memchr(b'<', self.from(self.at).as_bytes()).map(|open| self.at.saturating_add(open))
            else {
                self.at = self.text.len();
                return self.from(start);
            };
            self.at = open.saturating_add(1);
            if let Some((Tag { closes: true, name: found, .. }, end)) = self.tag(open)
                && found.eq_ignore_ascii_case(name)
            {
                self.at = end;
                return self.text.get(start..open).unwrap_or_default();
            }
        }
    }

    /// The tag that begins there, and where it ends: at `>`, or where another tag begins.
    fn tag(&self, open: usize) -> Option<(Tag<'a>, usize)> {
        let inside = self.from(open.saturating_add(1));
        let (closes, body) = inside.strip_prefix('/').map_or((false, inside), |body| (true, body));
        if !body.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let stop = memchr2(b'>', b'<', body.as_bytes()).unwrap_or(body.len());
        let (content, after) = body.split_at_checked(stop)?;
        let length = content.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, rest) = content.split_at_checked(length)?;
        let end = self.text.len().saturating_sub(after.len()).saturating_add(usize::from(after.starts_with('>')));
        Some((Tag { name, closes, rest, raw: self.text.get(open..end).unwrap_or_default() }, end))
    }

    fn comment(&mut self, open: usize) -> Option<(Piece<'a>, usize)> {
        // `<-- so -->`, as an example of Microsoft's had it and many files since; no tag stands in it.
        if let Some(body) = self.from(open).strip_prefix("<--") {
            let (comment, after) = body.split_at_checked(memchr2(b'>', b'<', body.as_bytes())?)?;
            let comment = comment.strip_suffix("--").filter(|_| after.starts_with('>'))?;
            return Some((Piece::Comment(comment), self.text.len().saturating_sub(after.len()).saturating_add(1)));
        }
        let inside = self.from(open).strip_prefix("<!")?;
        let end_of = |part: &str| self.text.len().saturating_sub(part.len());
        if let Some(body) = inside.strip_prefix("--").filter(|_| !self.open_comments) {
            if let Some(end) = memmem::find(body.as_bytes(), b"-->") {
                let (comment, after) = body.split_at_checked(end)?;
                return Some((Piece::Comment(comment), end_of(after).saturating_add(3)));
            }
            self.open_comments = true;
        }
        if let Some(body) = inside.strip_prefix("--") {
            // Without an end: what stands in it is no comment.
            return Some((Piece::Comment(""), end_of(body)));
        }
        // `<!DOCTYPE …>`.
        let (declaration, after) = inside.split_at_checked(memchr2(b'>', b'<', inside.as_bytes())?)?;
        after.starts_with('>').then(|| (Piece::Comment(declaration), end_of(after).saturating_add(1)))
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let start = self.at;
        let first = *self.text.as_bytes().get(start)?;
        if first == b'<' {
            let found = self.comment(start).or_else(|| self.tag(start).map(|(tag, end)| (Piece::Tag(tag), end)));
            if let Some((piece, end)) = found {
                self.at = end;
                return Some(piece);
            }
        }
        // A `<` that begins nothing is text.
        let from = start.saturating_add(usize::from(first == b'<'));
        self.at = memchr(b'<', self.from(from).as_bytes()).map_or(self.text.len(), |next| from.saturating_add(next));
        Some(Piece::Text(self.text.get(start..self.at).unwrap_or_default()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let show = |piece| match piece {
            Piece::Tag(tag) => format!("{}{}[{}]", if tag.closes { "/" } else { "" }, tag.name, tag.rest),
            Piece::Comment(text) => format!("!{text}"),
            Piece::Text(text) => format!("'{text}'"),
        };
        Scanner::new(text).map(show).collect()
    }

    #[test]
    fn broken_tags_are_still_tags() {
        assert_eq!(
            shown("<SYNC Start=1><P Class=A>a<br>b</P>"),
            ["SYNC[ Start=1]", "P[ Class=A]", "'a'", "br[]", "'b'", "/P[]"]
        );
        assert_eq!(shown("1 < 2 <3 <b"), ["'1 '", "'< 2 '", "'<3 '", "b[]"]);
        assert_eq!(shown("<P Class=A <b>x"), ["P[ Class=A ]", "b[]", "'x'"]);
        assert_eq!(shown("<!-- a <b> -->x<!DOCTYPE y>"), ["! a <b> ", "'x'", "!DOCTYPE y"]);
        assert_eq!(shown("<!-- a <b> x"), ["!", "' a '", "b[]", "' x'"]);
        assert_eq!(shown("<!-"), ["'<!-'"]);
        assert_eq!(shown("<-- a -->x<-- b <i>"), ["! a ", "'x'", "'<-- b '", "i[]"]);
    }

    #[test]
    fn attributes_are_found_in_any_spelling() {
        let Some(Piece::Tag(tag)) = Scanner::new("<font color = \"#ff0000\" FACE='A b' size=3 x/>").next() else {
            panic!()
        };
        let all: Vec<_> = tag.attributes().collect();
        assert_eq!(all, [("color", "#ff0000"), ("FACE", "A b"), ("size", "3"), ("x", "")]);
        assert_eq!(tag.attribute("face"), Some("A b"));
        let Some(Piece::Tag(tag)) = Scanner::new("<a =x ==' y>").next() else { panic!() };
        assert!(tag.attributes().count() < 10);
    }

    #[test]
    fn damage_takes_time_in_proportion() {
        for piece in ["<!--", "<", "<a", "<a =", "</", "<!", "<--"] {
            let text = piece.repeat(200_000);
            assert!(Scanner::new(&text).count() <= 200_001, "{piece}");
            assert!(!Scanner::new(&text).raw("style").is_empty());
        }
    }
}
