//! Articles as .docx (ECMA-376 Part 1, WordprocessingML): paragraphs, headings, bold, line breaks and tables.
//!
//! Names are matched without their namespace: the transitional and the strict variant differ only there.

mod style;

use super::archive::Archive;
use super::markdown::Writer;
use super::{Document, Omitted, table, xml};
use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::source::{EncodingGuess, Source, decode};
use roxmltree::Node;
use style::Styles;

pub(super) fn read(name: &str, bytes: &[u8], report: &mut Report) -> Result<Document> {
    let mut archive = Archive::open(name, bytes)?;
    let files = archive.files();
    // Most programs write document.xml; some write document2.xml.
    let path = files.iter().find(|path| is_part(path, "document"));
    let Some(path) = path else {
        let error = Error::new(ErrorKind::Unreadable, format!("{name} is a zip archive, but no .docx document"));
        return Err(error
            .with_remedy("save the article as .docx, HTML or plain text")
            .with_chinese(format!("{name} 是 zip 压缩包，但不是 .docx 文档"))
            .with_chinese_remedy("请将文章另存为 .docx、HTML 或纯文本"));
    };
    let mut part = |path: &str| -> Result<Option<Source>> {
        archive.file(path)?.map(|bytes| decode(name, bytes, None, report)).transpose()
    };
    let styles = match part("word/styles.xml")? {
        // Without its names of styles a document loses headings, no text.
        Some(source) => {
            xml::parse(name, source.text()).map_or_else(|_| Styles::default(), |styles| Styles::read(&styles))
        }
        None => Styles::default(),
    };
    let source = part(path)?.unwrap_or_else(|| Source::from_text(name, ""));
    let document = xml::parse(name, source.text())?;
    let body = document.descendants().find(|node| is(*node, "body"));
    let Some(body) = body else {
        return Err(Error::new(ErrorKind::Unreadable, format!("{name} is a .docx without a body"))
            .with_chinese(format!("{name} 是没有正文的 .docx")));
    };
    let mut walk = Walk { styles, ..Walk::default() };
    walk.blocks(body);
    let margins = files.iter().filter(|path| is_part(path, "header") || is_part(path, "footer")).count();
    walk.omitted.add("page header or footer", margins as u64);
    let source = Source::new(name, walk.writer.finish(), EncodingGuess::utf8());
    Ok(Document { source, speakers: Vec::new(), omitted: walk.omitted.0 })
}

/// `word/header2.xml` is a part of kind `header`.
fn is_part(path: &str, kind: &str) -> bool {
    let number = path.strip_prefix("word/").and_then(|path| path.strip_prefix(kind)?.strip_suffix(".xml"));
    number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The child element `name`.
fn child<'a, 'd>(node: Node<'a, 'd>, name: &str) -> Option<Node<'a, 'd>> {
    node.children().find(|child| is(*child, name))
}

/// An attribute, whatever its namespace.
fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// A property that is on unless its value says otherwise (ECMA-376 Part 1 §17.17.4, ST_OnOff).
fn is_on(properties: Option<Node<'_, '_>>, name: &str) -> bool {
    let property = properties.and_then(|properties| child(properties, name));
    property.is_some_and(|node| !matches!(attribute(node, "val"), Some("0" | "false" | "off" | "none")))
}

#[derive(Default)]
struct Walk {
    styles: Styles,
    writer: Writer,
    omitted: Omitted,
}

impl Walk {
    /// Paragraphs and tables, through whatever wraps them. Depth is bounded by [`xml::parse`].
    fn blocks(&mut self, parent: Node<'_, '_>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "p" => self.paragraph(node),
                "tbl" => self.table(node),
                "del" | "moveFrom" => self.omitted.add("deleted passage", 1),
                "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" | "smartTag" => self.blocks(node),
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, paragraph: Node<'_, '_>) {
        let properties = child(paragraph, "pPr");
        if properties.is_some_and(|properties| child(properties, "numPr").is_some()) {
            self.omitted.add("list number", 1);
        }
        let level = self.styles.heading_level(properties);
        self.runs(paragraph);
        self.writer.end_paragraph(level);
    }

    fn runs(&mut self, parent: Node<'_, '_>) {
        for node in parent.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "r" => self.run(node),
                "del" | "moveFrom" => self.omitted.add("deleted passage", 1),
                "oMath" | "oMathPara" => self.omitted.add("formula", 1),
                "hyperlink" | "ins" | "moveTo" | "smartTag" | "sdt" | "sdtContent" | "fldSimple" | "customXml"
                | "dir" | "bdo" => self.runs(node),
                _ => {}
            }
        }
    }

    fn run(&mut self, run: Node<'_, '_>) {
        let properties = child(run, "rPr");
        if is_on(properties, "vanish") {
            self.omitted.add("hidden text", 1);
            return;
        }
        let bold = is_on(properties, "b") || self.styles.is_bold(properties);
        for node in run.children().filter(Node::is_element) {
            match node.tag_name().name() {
                "t" => self.writer.text(node.text().unwrap_or_default(), bold),
                "tab" => self.writer.text("\t", bold),
                "br" | "cr" => self.writer.text("\n", bold),
                "noBreakHyphen" => self.writer.text("\u{2011}", bold),
                "footnoteReference" | "endnoteReference" => self.omitted.add("footnote", 1),
                "commentReference" => self.omitted.add("comment", 1),
                "drawing" | "pict" | "object" | "AlternateContent" => self.picture(node),
                "sym" => self.omitted.add("symbol", 1),
                "ruby" => self.ruby(node),
                _ => {}
            }
        }
    }

    fn picture(&mut self, node: Node<'_, '_>) {
        let boxed = node.descendants().any(|node| is(node, "txbxContent"));
        self.omitted.add(if boxed { "text box" } else { "picture" }, 1);
    }

    /// The base is text; the reading beside it is said by nobody a second time.
    fn ruby(&mut self, ruby: Node<'_, '_>) {
        self.omitted.add("ruby reading", 1);
        if let Some(base) = child(ruby, "rubyBase") {
            self.runs(base);
        }
    }

    fn table(&mut self, table: Node<'_, '_>) {
        let rows = table.children().filter(|node| is(*node, "tr"));
        let rows: Vec<Vec<Node<'_, '_>>> = rows.map(|row| row.children().filter(|n| is(*n, "tc")).collect()).collect();
        // One column is a frame around paragraphs.
        if rows.iter().all(|row| row.len() < 2) {
            rows.iter().flatten().for_each(|cell| self.blocks(*cell));
            return;
        }
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(|cell| self.cell(*cell)).collect()).collect();
        table::write_rows(&rows, &mut self.writer, &mut self.omitted);
    }

    /// A cell's text, written by itself.
    fn cell(&mut self, cell: Node<'_, '_>) -> String {
        let outside = std::mem::replace(&mut self.writer, Writer::plain());
        self.blocks(cell);
        std::mem::replace(&mut self.writer, outside).finish()
    }
}
