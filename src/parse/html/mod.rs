//! Articles as HTML: the text of the article, by the HTML5 algorithm.

mod reduce;
mod tags;

use super::markdown::Writer;
use super::{Document, Omitted, table};
use crate::error::{Error, ErrorKind, Result};
use crate::source::{Encoding, Source};
use scraper::{ElementRef, Html, Node, Selector};
use tags::Kind;

/// How far into a page its encoding may be declared (HTML §13.2.3.2: the first 1024 bytes).
const DECLARATION_WINDOW: usize = 1024;

/// A page by its first tag.
pub(super) fn looks_like(text: &str) -> bool {
    let mut text = text.trim_start();
    while let Some((_, rest)) = text.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        text = rest.trim_start();
    }
    let Some(tag) = text.strip_prefix('<') else { return false };
    let name: String = tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '!').take(12).collect();
    let name = name.to_ascii_lowercase();
    let page = matches!(name.as_str(), "head" | "meta" | "link" | "span" | "a" | "em" | "i" | "font");
    let doctype = || name == "!doctype" && tag.chars().take(40).collect::<String>().to_lowercase().contains("html");
    page || doctype() || tags::kind(&name).is_some() || tag.starts_with("?xml") && text.contains("<html")
}

/// The encoding that a page declares in a `<meta>`, if it is not UTF-8.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<Encoding> {
    let start = bytes.get(..DECLARATION_WINDOW.min(bytes.len())).unwrap_or_default();
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    let (_, label) = start.split_once("<meta").and_then(|(_, metas)| metas.split_once("charset="))?;
    let label: String = label
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| !matches!(c, '"' | '\'' | ' ' | '>' | '/' | ';'))
        .collect();
    // Pages are often UTF-8 whatever they say; and a declaration that can be read is not in UTF-16.
    let found = Encoding::parse(&label).filter(|found| !found.name().starts_with("UTF-"));
    found.filter(|_| std::str::from_utf8(bytes).is_err())
}

pub(super) fn read(source: &Source) -> Result<Document> {
    let mut omitted = Omitted::default();
    let reduced = reduce::reduce(source.text(), &mut omitted);
    let too_many = || {
        Error::new(ErrorKind::Limit, format!("{} has more tags than an article may have", source.name()))
            .with_chinese(format!("{} 的标签数超过文章的上限", source.name()))
    };
    let page = Html::parse_document(&reduced.ok_or_else(too_many)?);
    let root = main_part(&page, &mut omitted);
    let mut walk = Walk { omitted, ..Walk::default() };
    if let Some(headline) = headline_outside(&page, root) {
        walk.block(headline, 1);
    }
    walk.element(root);
    let source = Source::new(source.name(), walk.writer.finish(), source.encoding().clone());
    Ok(Document { source, speakers: Vec::new(), omitted: walk.omitted.0 })
}

/// The page's first `<h1>`, where the article has none of its own.
fn headline_outside<'p>(page: &'p Html, root: ElementRef<'p>) -> Option<ElementRef<'p>> {
    let selector = Selector::parse("h1").ok()?;
    let inside = root.select(&selector).next();
    page.select(&selector).next().filter(|_| inside.is_none())
}

/// The element that holds the article: the longest `<article>` or `<main>` that has at least half of the page's text.
fn main_part<'p>(page: &'p Html, omitted: &mut Omitted) -> ElementRef<'p> {
    let root = page.root_element();
    let length = |element: ElementRef<'_>| element.text().map(|text| text.trim().chars().count()).sum::<usize>();
    let Ok(selector) = Selector::parse("article, main") else { return root };
    let whole = length(root);
    // Nested parts repeat their text; a few dozen candidates are enough.
    let candidates = page.select(&selector).take(100).map(|element| (length(element), element));
    let best = candidates.max_by_key(|(length, _)| *length);
    match best.filter(|(length, _)| length.saturating_mul(2) >= whole) {
        Some((length, element)) => {
            omitted.add("character outside the article", whole.saturating_sub(length) as u64);
            element
        }
        None => root,
    }
}

#[derive(Default)]
struct Walk {
    writer: Writer,
    omitted: Omitted,
    bold: bool,
    /// In `<pre>`, white space stays.
    verbatim: bool,
}

impl Walk {
    /// An element's content. Depth is bounded by [`reduce`].
    fn element(&mut self, element: ElementRef<'_>) {
        let mut child = element.first_child();
        while let Some(node) = child {
            match node.value() {
                Node::Text(text) => self.text(text),
                Node::Element(_) => {
                    if let Some(element) = ElementRef::wrap(node) {
                        self.child(element);
                    }
                }
                _ => {}
            }
            child = node.next_sibling();
        }
    }

    fn child(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        match (name, tags::kind(name)) {
            ("br", _) => self.writer.text("\n", false),
            ("img", _) => self.omitted.add("picture", 1),
            ("table", _) => self.table(element),
            (_, Some(Kind::Left(what) | Kind::Beside(what))) => self.omitted.add(what, 1),
            (_, Some(Kind::Bold)) => {
                let before = std::mem::replace(&mut self.bold, true);
                self.element(element);
                self.bold = before;
            }
            (_, Some(Kind::Heading(level))) => self.block(element, level),
            (_, Some(Kind::Block | Kind::Paragraph | Kind::Item | Kind::Table(_) | Kind::Void)) => {
                self.block(element, 0)
            }
            _ => self.element(element),
        }
    }

    fn block(&mut self, element: ElementRef<'_>, level: u8) {
        self.writer.end_paragraph(0);
        let before = self.verbatim;
        self.verbatim |= element.value().name() == "pre";
        self.element(element);
        self.verbatim = before;
        self.writer.end_paragraph(level);
    }

    /// White space in HTML is one space, and none at the start of a line (CSS Text §4.1.1).
    fn text(&mut self, text: &str) {
        if self.verbatim {
            self.writer.text(text, self.bold);
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut before = self.writer.last().unwrap_or(' ');
        for c in text.chars() {
            let c = if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}') { ' ' } else { c };
            if c != ' ' || !matches!(before, ' ' | '\n') {
                out.push(c);
                before = c;
            }
        }
        if !out.is_empty() {
            self.writer.text(&out, self.bold);
        }
    }

    fn table(&mut self, table: ElementRef<'_>) {
        self.writer.end_paragraph(0);
        let mut rows: Vec<Vec<ElementRef<'_>>> = Vec::new();
        // The HTML5 algorithm puts every row into a group.
        for group in table.child_elements() {
            match group.value().name() {
                "caption" => self.block(group, 0),
                _ => rows.extend(group.child_elements().map(|row| row.child_elements().collect())),
            }
        }
        // One column is a frame around paragraphs.
        if rows.iter().all(|row| row.len() < 2) {
            rows.iter().flatten().for_each(|cell| self.block(*cell, 0));
            return;
        }
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| self.cell(*cell)).collect()).collect();
        table::write_rows(&rows, &mut self.writer, &mut self.omitted);
    }

    /// A cell's text, written by itself.
    fn cell(&mut self, cell: ElementRef<'_>) -> String {
        let outside = std::mem::replace(&mut self.writer, Writer::plain());
        self.element(cell);
        std::mem::replace(&mut self.writer, outside).finish()
    }
}
