//! XML as a stream, with places and namespaces, within limits.
//!
//! The tokenizer is quick-xml; what it does not do is here: attributes with their namespaces as parts of the source,
//! and limits. A document type declaration is refused, so no entity is ever expanded but the five of XML and character
//! references.

use super::namespace::Ns;
use crate::codec::plain::same;
use memchr::{memchr, memchr2};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::borrow::Cow;
use std::ops::Range;

/// How deep elements may nest: real documents reach a dozen.
pub(super) const MAX_DEPTH: usize = 256;
/// Attributes of one element: each is compared with those before it.
const MAX_ATTRIBUTES: usize = 256;
/// Bytes of one start tag: no attribute that says something about text comes near.
const MAX_TAG: usize = 1 << 20;
/// Namespace declarations in scope, each of which may be compared for every name.
const MAX_BINDINGS: usize = 256;

/// Why reading must stop.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Fault {
    /// The XML is broken there.
    Broken(usize),
    /// It has a document type declaration.
    Doctype(usize),
    /// More than so many of these.
    Limit(usize, &'static str, &'static str),
}

/// An attribute; its name and value are parts of the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attr<'a> {
    pub(super) ns: Ns,
    /// With its prefix, as written.
    pub(super) name: &'a str,
    pub(super) local: &'a str,
    /// As written, references not resolved.
    pub(super) raw: &'a str,
    /// Where the value begins.
    pub(super) at: usize,
}

impl<'a> Attr<'a> {
    /// The value: references resolved, white space as spaces (XML §3.3.3).
    pub(super) fn value(&self) -> Cow<'a, str> {
        if !self.raw.bytes().any(|b| matches!(b, b'&' | b'\t' | b'\n' | b'\r')) {
            return Cow::Borrowed(self.raw);
        }
        let mut out = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some((before, after)) = rest.split_once('&') {
            out.extend(before.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }));
            rest = match after.split_once(';').and_then(|(name, tail)| Some((reference(name)?, tail))) {
                Some((c, tail)) => {
                    out.push(c);
                    tail
                }
                None => {
                    out.push('&');
                    after
                }
            };
        }
        out.extend(rest.chars().map(|c| if c.is_ascii_whitespace() { ' ' } else { c }));
        Cow::Owned(out)
    }

    /// Where the value stands.
    pub(super) fn span(&self) -> Range<usize> {
        self.at..self.at.saturating_add(self.raw.len())
    }
}

/// The character of `amp`, `#38`, `#x26`.
pub(super) fn reference(name: &str) -> Option<char> {
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => match name.strip_prefix('#')? {
            hex if hex.starts_with(['x', 'X']) => number(hex.get(1..)?, 16),
            decimal => number(decimal, 10),
        },
    }
}

/// What comes next.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// An element begins; its attributes are in [`Pull::attrs`]. An empty one is closed by the next token.
    Open(Ns, &'a str),
    /// The innermost element ends.
    Close,
    /// Characters as they stand.
    Text(&'a str),
    /// A character that was written as a reference.
    Char(char),
    /// A reference that means nothing here, as written.
    Entity(&'a str),
    Comment(&'a str),
    /// A declaration or processing instruction.
    Instruction(&'a str),
    End,
}

/// Pulls tokens out of a text.
pub(super) struct Pull<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Prefixes in scope with their namespaces, innermost last.
    bindings: Vec<(&'a str, Ns, &'a str)>,
    /// Of each open element: how many bindings there were before it.
    open: Vec<usize>,
    close_next: bool,
    /// Attributes of the element that was opened last, without namespace declarations.
    pub(super) attrs: Vec<Attr<'a>>,
    /// Where the last token stands.
    pub(super) span: Range<usize>,
}

impl<'a> Pull<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.allow_dangling_amp = true;
        config.check_end_names = true;
        let xml = ("xml", Ns::Xml, "http://www.w3.org/XML/1998/namespace");
        Self { text, reader, bindings: vec![xml], open: Vec::new(), close_next: false, attrs: Vec::new(), span: 0..0 }
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The source from `from` to the end of the last token.
    pub(super) fn since(&self, from: usize) -> &'a str {
        self.text.get(from..self.span.end).unwrap_or_default()
    }

    /// The name of the namespace that a prefix stands for; the empty prefix for elements without one.
    pub(super) fn uri(&self, prefix: &str) -> Option<&'a str> {
        self.bindings.iter().rev().find(|(name, ..)| *name == prefix).map(|(.., uri)| *uri)
    }

    fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Result<Token<'a>, Fault> {
        if std::mem::take(&mut self.close_next) {
            self.close();
            return Ok(Token::Close);
        }
        let start = self.position();
        let broken = Fault::Broken(start);
        let event = self.reader.read_event().map_err(|_| broken.clone())?;
        self.span = start..self.position();
        let slice = self.text.get(self.span.clone()).unwrap_or_default();
        let inside = |open: usize, close: usize| slice.get(open..slice.len().saturating_sub(close)).unwrap_or_default();
        Ok(match event {
            Event::Start(_) => self.open(inside(1, 1), start)?,
            Event::Empty(_) => {
                self.close_next = true;
                self.open(inside(1, 2), start)?
            }
            Event::End(_) => {
                self.close();
                Token::Close
            }
            Event::Text(_) => Token::Text(slice),
            Event::CData(_) => Token::Text(inside(9, 3)),
            Event::GeneralRef(_) => match reference(inside(1, 1)) {
                Some(c) => Token::Char(c),
                None => Token::Entity(slice),
            },
            Event::Comment(_) => Token::Comment(inside(4, 3)),
            Event::Decl(_) | Event::PI(_) => Token::Instruction(inside(2, 2)),
            Event::DocType(_) => return Err(Fault::Doctype(start)),
            Event::Eof if self.open.is_empty() => Token::End,
            Event::Eof => return Err(broken),
        })
    }

    fn close(&mut self) {
        if let Some(count) = self.open.pop() {
            self.bindings.truncate(count);
        }
    }

    /// Takes a start tag apart.
    fn open(&mut self, tag: &'a str, start: usize) -> Result<Token<'a>, Fault> {
        if tag.len() > MAX_TAG {
            return Err(Fault::Limit(MAX_TAG, "bytes in one tag", "单个标签的字节数"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::Limit(MAX_DEPTH, "levels of elements", "元素层数"));
        }
        self.open.push(self.bindings.len());
        self.attrs.clear();
        let name_end = tag.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(tag.len());
        let (name, mut rest) = tag.split_at_checked(name_end).unwrap_or((tag, ""));
        let broken = || Fault::Broken(start);
        let base = start.saturating_add(1);
        loop {
            rest = rest.trim_ascii_start();
            if rest.is_empty() {
                break;
            }
            let (key, after) =
                memchr(b'=', rest.as_bytes()).and_then(|at| rest.split_at_checked(at)).ok_or_else(broken)?;
            let after = after.get(1..).unwrap_or_default().trim_ascii_start();
            let quote = *after.as_bytes().first().filter(|b| matches!(b, b'"' | b'\'')).ok_or_else(broken)?;
            let value = after.get(1..).unwrap_or_default();
            let end = memchr2(quote, b'<', value.as_bytes()).filter(|at| value.as_bytes().get(*at) == Some(&quote));
            let (raw, tail) = end.and_then(|at| value.split_at_checked(at)).ok_or_else(broken)?;
            rest = tail.get(1..).unwrap_or_default();
            if !(rest.is_empty() || rest.bytes().next().is_some_and(|b| b.is_ascii_whitespace())) {
                return Err(broken());
            }
            let at = base.saturating_add(tag.len()).saturating_sub(value.len());
            self.attribute(key.trim_ascii_end(), raw, at, start)?;
        }
        // Attributes may stand before the declarations of their prefixes.
        let mut attrs = std::mem::take(&mut self.attrs);
        for attr in &mut attrs {
            if let Some((prefix, local)) = attr.name.split_once(':') {
                (attr.ns, attr.local) = (self.namespace(prefix).ok_or_else(broken)?, local);
            }
        }
        self.attrs = attrs;
        let (ns, local) = match name.split_once(':') {
            Some((prefix, local)) => (self.namespace(prefix).ok_or_else(broken)?, local),
            None => (self.namespace("").unwrap_or(Ns::None), name),
        };
        Ok(Token::Open(ns, local))
    }

    fn attribute(&mut self, name: &'a str, raw: &'a str, at: usize, start: usize) -> Result<(), Fault> {
        let bad = |b: u8| b.is_ascii_whitespace() || matches!(b, b'<' | b'>' | b'"' | b'\'' | b'&' | b'/');
        if name.is_empty() || name.bytes().any(bad) {
            return Err(Fault::Broken(start));
        }
        let prefix = if name == "xmlns" { Some("") } else { name.strip_prefix("xmlns:") };
        if let Some(prefix) = prefix {
            if self.bindings.len() >= MAX_BINDINGS {
                return Err(Fault::Limit(MAX_BINDINGS, "namespaces in one place", "同一处的命名空间数"));
            }
            let ns = if raw.is_empty() { Ns::None } else { Ns::of(raw) };
            self.bindings.push((prefix, ns, raw));
            return Ok(());
        }
        if self.attrs.len() >= MAX_ATTRIBUTES {
            return Err(Fault::Limit(MAX_ATTRIBUTES, "attributes on one element", "单个元素的属性数"));
        }
        // XML §3.1: no attribute twice.
        if self.attrs.iter().any(|attr| attr.name == name) {
            return Err(Fault::Broken(start));
        }
        self.attrs.push(Attr { ns: Ns::None, name, local: name, raw, at });
        Ok(())
    }

    fn namespace(&self, prefix: &str) -> Option<Ns> {
        self.bindings.iter().rev().find(|(name, ..)| same(name, prefix)).map(|(_, ns, _)| *ns)
    }

    /// Passes over the rest of the element that was opened last; gives back the whole of it as written.
    pub(super) fn skip(&mut self) -> Result<&'a str, Fault> {
        let (from, depth) = (self.span.start, self.depth());
        while self.depth() >= depth {
            if self.next()? == Token::End {
                break;
            }
        }
        Ok(self.since(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<Vec<Token<'_>>, Fault> {
        let mut pull = Pull::new(text);
        let mut tokens = Vec::new();
        loop {
            let token = pull.next()?;
            if token == Token::End {
                return Ok(tokens);
            }
            tokens.push(token);
        }
    }

    #[test]
    fn any_prefix_names_a_namespace() {
        let text = "<x:tt x:a='1' y:color=\"a&amp;b\" xmlns:x='http://www.w3.org/ns/ttml' \
                    xmlns:y='http://www.w3.org/2006/10/ttaf1#style'><p xmlns='urn:x'/></x:tt>";
        let mut pull = Pull::new(text);
        assert_eq!(pull.next(), Ok(Token::Open(Ns::Tt, "tt")));
        let attrs: Vec<_> =
            pull.attrs.iter().map(|a| (a.ns, a.local, a.value(), text.get(a.span()).unwrap())).collect();
        let color = (Ns::Style, "color", "a&b".into(), "a&amp;b");
        assert_eq!(attrs, [(Ns::Tt, "a", "1".into(), "1"), color]);
        assert_eq!(pull.next(), Ok(Token::Open(Ns::Other, "p")));
        assert_eq!((pull.next(), pull.next(), pull.next()), (Ok(Token::Close), Ok(Token::Close), Ok(Token::End)));
    }

    #[test]
    fn text_comes_in_pieces() {
        let found = tokens("<a>x &amp; &nbsp;<![CDATA[<b>]]><!-- c --> & d</a>").unwrap();
        assert_eq!(
            found[1..8],
            [
                Token::Text("x "),
                Token::Char('&'),
                Token::Text(" "),
                Token::Entity("&nbsp;"),
                Token::Text("<b>"),
                Token::Comment(" c "),
                Token::Text(" "),
            ]
        );
    }

    #[test]
    fn what_costs_more_than_its_size_is_refused() {
        let many = (0..300).map(|i| format!(" a{i}=''")).collect::<String>();
        for text in ["<a>".repeat(300), format!("<a{many}/>"), format!("<a b='{}'/>", "x".repeat(MAX_TAG))] {
            assert!(matches!(tokens(&text), Err(Fault::Limit(..))));
        }
        assert_eq!(tokens("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), Err(Fault::Doctype(0)));
        for text in ["<a>", "<a></b>", "<a b/>", "<a b='1' b='2'/>", "<x:a/>", "<a b='<'/>", "<a b=''c=''/>"] {
            assert!(matches!(tokens(text), Err(Fault::Broken(_))), "{text}");
        }
    }
}
