//! HTML brought down to the tags that shape text, balanced and without attributes.
//!
//! The HTML5 algorithm is quadratic, or worse, on pages built for it: nesting a hundred thousand deep, formatting that
//! is never closed, thousands of attributes on a tag. What comes out of here has none of that, whatever went in: no
//! attributes, depth of [`MAX_DEPTH`] at most, bold that does not nest, no foreign content.

use super::super::Omitted;
use super::tags::{self, Kind, TAGS};
use std::collections::HashSet;

/// Deeper elements give only a line break. Browsers stop at 512 (Blink's limit on the depth of the tree).
const MAX_DEPTH: usize = 256;
/// More tags than any article has; beyond them, `None`.
const MAX_TAGS: usize = 1_000_000;

/// The page in fewer words; `None` if it has too many tags.
pub(super) fn reduce(text: &str, omitted: &mut Omitted) -> Option<String> {
    let mut page = Page { out: String::with_capacity(text.len()), ..Page::default() };
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        page.out.push_str(before);
        rest = page.tag(tag, omitted);
        if page.tags > MAX_TAGS {
            return None;
        }
    }
    page.out.push_str(rest);
    page.close_to(0);
    Some(page.out)
}

#[derive(Default)]
struct Page {
    out: String,
    tags: usize,
    /// Indices in [`TAGS`] of the open elements.
    open: Vec<u8>,
    /// Opened beyond the greatest depth.
    too_deep: usize,
    /// Bold elements open; only the outermost is written.
    bold: usize,
    /// Elements whose end is nowhere ahead: not searched for again.
    endless: HashSet<&'static str>,
}

impl Page {
    /// What follows a `<`; returns what follows the tag.
    fn tag<'t>(&mut self, tag: &'t str, omitted: &mut Omitted) -> &'t str {
        // HTML §13.2.5.43-53: a comment also ends with `--!>`, and `<!-->` is whole.
        if let Some(comment) = tag.strip_prefix("!--") {
            let whole = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
            return whole.unwrap_or_else(|| after(comment, "-->"));
        }
        let (closing, named) = tag.strip_prefix('/').map_or((false, tag), |named| (true, named));
        if !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
            if closing || tag.starts_with(['!', '?']) {
                return after(tag, ">");
            }
            self.out.push_str("&lt;");
            return tag;
        }
        let end = named.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(named.len());
        let (name, attributes) = named.split_at_checked(end).unwrap_or((named, ""));
        let rest = skip_attributes(attributes);
        let Some(index) = tags::index(name) else { return rest };
        self.tags = self.tags.saturating_add(1);
        if closing {
            self.close(index);
            return rest;
        }
        self.start(index, rest, omitted)
    }

    fn start<'t>(&mut self, index: u8, rest: &'t str, omitted: &mut Omitted) -> &'t str {
        let Some((name, kind)) = tags::row(index) else { return rest };
        match kind {
            Kind::Verbatim(what) | Kind::Foreign(what) => {
                let verbatim = matches!(kind, Kind::Verbatim(_));
                return self.skip_content(name, what, verbatim, rest, omitted);
            }
            Kind::Void => {
                self.close_paragraph_before(name);
                self.write("<", name, ">");
            }
            Kind::Bold => {
                self.bold = self.bold.saturating_add(1);
                if self.bold == 1 {
                    self.out.push_str("<b>");
                }
            }
            _ => self.open(index, name, kind),
        }
        rest
    }

    /// Content that is no text of the article. One that never ends swallows the rest of the page if browsers show it so
    /// (a script), and nothing otherwise.
    fn skip_content<'t>(
        &mut self,
        name: &'static str,
        what: &str,
        verbatim: bool,
        rest: &'t str,
        omitted: &mut Omitted,
    ) -> &'t str {
        omitted.add(what, 1);
        let found = if self.endless.contains(name) { None } else { find_end(rest, name) };
        if found.is_none() {
            self.endless.insert(name);
        }
        match found {
            Some(at) => skip_attributes(rest.get(at..).unwrap_or_default()),
            None if verbatim => "",
            None => rest,
        }
    }

    fn open(&mut self, index: u8, name: &str, kind: Kind) {
        while self.open.last().is_some_and(|top| tags::row(*top).is_some_and(|(_, open)| kind.ends(open))) {
            self.close_to(self.open.len().saturating_sub(1));
        }
        if self.open.len() >= MAX_DEPTH {
            self.too_deep = self.too_deep.saturating_add(1);
            self.out.push_str("<br>");
            return;
        }
        self.open.push(index);
        self.write("<", name, ">");
    }

    fn close_paragraph_before(&mut self, name: &str) {
        let paragraph = self.open.last().is_some_and(|top| tags::row(*top).is_some_and(|(_, k)| k == Kind::Paragraph));
        if name == "hr" && paragraph {
            self.close_to(self.open.len().saturating_sub(1));
        }
    }

    fn close(&mut self, index: u8) {
        if tags::row(index).is_some_and(|(_, kind)| kind == Kind::Bold) {
            self.bold = self.bold.saturating_sub(1);
            if self.bold == 0 {
                self.out.push_str("</b>");
            }
            return;
        }
        if self.too_deep > 0 {
            self.too_deep = self.too_deep.saturating_sub(1);
            self.out.push_str("<br>");
            return;
        }
        if let Some(at) = memchr::memrchr(index, &self.open) {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            if let Some((name, _)) = self.open.pop().and_then(tags::row) {
                self.write("</", name, ">");
            }
        }
    }

    fn write(&mut self, start: &str, name: &str, end: &str) {
        self.out.extend([start, name, end]);
    }
}

fn after<'t>(text: &'t str, end: &str) -> &'t str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

/// Where `</name` stands, past the name.
fn find_end(text: &str, name: &str) -> Option<usize> {
    memchr::memmem::find_iter(text.as_bytes(), b"</").find_map(|at| {
        let start = at.saturating_add(2);
        let end = start.saturating_add(name.len());
        let same = text.get(start..end)?.eq_ignore_ascii_case(name);
        let ended = text.get(end..)?.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
        (same && ended).then_some(end)
    })
}

/// What follows the `>` of a tag. HTML §13.2.5.32-40: a quote counts only as the start of a value.
fn skip_attributes(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut value = false;
    while let Some(byte) = bytes.get(at) {
        let next = at.saturating_add(1);
        match byte {
            b'>' => return text.get(next..).unwrap_or_default(),
            b'"' | b'\'' if value => {
                let close = memchr::memchr(*byte, bytes.get(next..).unwrap_or_default());
                at = next.saturating_add(close.unwrap_or(bytes.len())).saturating_add(1);
                value = false;
                continue;
            }
            b'=' => value = true,
            byte if byte.is_ascii_whitespace() => {}
            _ => value = false,
        }
        at = next;
    }
    ""
}

/// The tags fit their index.
const _: () = assert!(TAGS.len() < 256);
