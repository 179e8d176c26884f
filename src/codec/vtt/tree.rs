//! The cue text parsing rules of WebVTT §6.4: tokens become nodes. The tree is not stored; whoever wants it is told of
//! each node as it opens and closes.

use super::timestamp;
use super::token::{StartTag, Token, TokenKind, Tokens};
use crate::time::Time;
use std::ops::Range;

/// How many elements may be open at once; deeper ones do not become nodes, only their text stays. The standard has no
/// limit, JSON readers do: at most 128 levels (serde_json), and a node takes two.
pub(super) const MAX_DEPTH: usize = 50;

/// An element of cue text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Element {
    C,
    I,
    B,
    U,
    Ruby,
    Rt,
    V,
    Lang,
}

/// Each element with its tag name.
pub(super) const ELEMENTS: &[(Element, &str)] = &[
    (Element::C, "c"),
    (Element::I, "i"),
    (Element::B, "b"),
    (Element::U, "u"),
    (Element::Ruby, "ruby"),
    (Element::Rt, "rt"),
    (Element::V, "v"),
    (Element::Lang, "lang"),
];

impl Element {
    /// Its tag name.
    pub(super) fn name(self) -> &'static str {
        ELEMENTS.iter().find(|(element, _)| *element == self).map_or("", |(_, name)| name)
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        ELEMENTS.iter().find(|(_, n)| *n == name).map(|(element, _)| *element)
    }
}

/// Who is told of the tree, in document order.
pub(super) trait Sink {
    /// A node that has children begins.
    fn open(&mut self, element: Element, tag: &StartTag<'_>);
    /// The node that was opened last and is still open is over.
    fn close(&mut self, element: Element);
    /// A text node.
    fn text(&mut self, text: &str);
    /// A timestamp node.
    fn timestamp(&mut self, time: Time);
}

/// What the parsing rules pass over or repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slip {
    UnknownTag,
    MisplacedRt,
    StrayEndTag,
    BadTimestamp,
    Unterminated,
    Unclosed,
    TooDeep,
}

/// Parses a payload. `slip` hears what is not as the syntax asks, with its place.
pub(super) fn build(payload: &str, sink: &mut impl Sink, slip: &mut impl FnMut(Slip, Range<usize>)) {
    let mut builder = Builder { open: Vec::new(), sink, slip };
    for token in Tokens::new(payload) {
        builder.token(&token);
    }
    builder.finish();
}

struct Builder<'a, S, F> {
    open: Vec<Open>,
    sink: &'a mut S,
    slip: &'a mut F,
}

struct Open {
    element: Element,
    range: Range<usize>,
}

impl<S: Sink, F: FnMut(Slip, Range<usize>)> Builder<'_, S, F> {
    fn token(&mut self, token: &Token<'_>) {
        let range = token.range.clone();
        if token.unterminated {
            (self.slip)(Slip::Unterminated, range.clone());
        }
        match &token.kind {
            TokenKind::Text(text) => self.sink.text(text),
            TokenKind::Start(tag) => self.start(tag, range),
            TokenKind::End(name) => self.end(name, range),
            TokenKind::Timestamp(text) => match timestamp::whole(text) {
                Some(time) => self.sink.timestamp(time),
                None => (self.slip)(Slip::BadTimestamp, range),
            },
        }
    }

    fn current(&self) -> Option<Element> {
        self.open.last().map(|open| open.element)
    }

    fn start(&mut self, tag: &StartTag<'_>, range: Range<usize>) {
        let Some(element) = Element::from_name(tag.name) else {
            return (self.slip)(Slip::UnknownTag, range);
        };
        if element == Element::Rt && self.current() != Some(Element::Ruby) {
            return (self.slip)(Slip::MisplacedRt, range);
        }
        if self.open.len() < MAX_DEPTH {
            self.sink.open(element, tag);
        } else {
            (self.slip)(Slip::TooDeep, range.clone());
        }
        self.open.push(Open { element, range });
    }

    fn end(&mut self, name: &str, range: Range<usize>) {
        let element = Element::from_name(name);
        match self.current() {
            Some(current) if Some(current) == element => self.close(),
            Some(Element::Rt) if element == Some(Element::Ruby) => {
                self.close();
                self.close();
            }
            _ => (self.slip)(Slip::StrayEndTag, range),
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        if self.open.len() < MAX_DEPTH {
            self.sink.close(open.element);
        }
    }

    /// The cue is over: so is everything in it. Only a voice around the whole of it may be left open (§4.2.2).
    fn finish(mut self) {
        while let Some(open) = self.open.last() {
            if !(open.element == Element::V && open.range.start == 0) {
                (self.slip)(Slip::Unclosed, open.range.clone());
            }
            self.close();
        }
    }
}
