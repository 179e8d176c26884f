//! The markup that may stand in a cue's text, found and not yet understood.

use memchr::memchr2;
use std::ops::Range;

/// A piece of markup. It never spans lines and never holds another `<` or `{`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// Where, in the text it was found in.
    pub(super) at: Range<usize>,
    /// What.
    pub(super) kind: Kind<'a>,
}

/// What a piece of markup is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// `<i>`, `<font color="red">`: the tag, and what follows its name.
    Open(Tag<'a>, &'a str),
    /// `</i>`.
    Close(Tag<'a>),
    /// `{\an8}`, or MicroDVD's `{y:i}`: what is inside the braces.
    Override(&'a str),
}

/// The name of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Tag<'a> {
    /// One of [`KNOWN`], in lower case.
    Known(&'static str),
    /// Any other, as written.
    Other(&'a str),
}

/// The tags that SubRip has.
const KNOWN: [&str; 5] = ["i", "b", "u", "s", "font"];

impl<'a> Tag<'a> {
    fn new(name: &'a str) -> Self {
        match KNOWN.iter().find(|known| known.eq_ignore_ascii_case(name)) {
            Some(known) => Tag::Known(known),
            None => Tag::Other(name),
        }
    }

    /// Its name.
    pub(super) fn name(self) -> &'a str {
        match self {
            Tag::Known(name) => name,
            Tag::Other(name) => name,
        }
    }
}

/// The pieces of markup in `text`, in order. Each byte is looked at a bounded number of times.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut from = 0usize;
    std::iter::from_fn(move || {
        loop {
            let rest = text.get(from..)?;
            let start = from.saturating_add(memchr2(b'<', b'{', rest.as_bytes())?);
            let (inside, end) = enclosed(text, start);
            from = end;
            if let Some(kind) = inside.and_then(|inside| kind(text, start, inside)) {
                return Some(Token { at: start..end, kind });
            }
        }
    })
}

/// What stands between the bracket at `start` and its partner, if it has one, and where to look on.
fn enclosed(text: &str, start: usize) -> (Option<&str>, usize) {
    let inner = start.saturating_add(1);
    let partner = if text.as_bytes().get(start) == Some(&b'<') { b'>' } else { b'}' };
    let rest = text.as_bytes().get(inner..).unwrap_or_default();
    let stop = rest.iter().position(|b| *b == partner || matches!(b, b'<' | b'{' | b'\n'));
    let stop = stop.map_or(text.len(), |offset| inner.saturating_add(offset));
    if text.as_bytes().get(stop) == Some(&partner) {
        (text.get(inner..stop), stop.saturating_add(1))
    } else {
        (None, stop)
    }
}

fn kind<'a>(text: &'a str, start: usize, inside: &'a str) -> Option<Kind<'a>> {
    if text.as_bytes().get(start) == Some(&b'{') {
        return (inside.starts_with('\\') || is_microdvd(inside)).then_some(Kind::Override(inside));
    }
    let (closes, inside) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
    let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (name, rest) = inside.split_at_checked(length)?;
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    match closes {
        true => rest.trim().is_empty().then_some(Kind::Close(Tag::new(name))),
        false => Some(Kind::Open(Tag::new(name), rest)),
    }
}

/// A control code of MicroDVD, which careless conversions leave in the text and ffmpeg's reader hides: `y:i`, `C:$0000FF`.
fn is_microdvd(inside: &str) -> bool {
    let code = inside.strip_prefix(['C', 'c', 'F', 'f', 'o', 'P', 'S', 's', 'Y', 'y']);
    code.is_some_and(|rest| rest.starts_with(':') && !rest.contains(char::is_whitespace))
}
