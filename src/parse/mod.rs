//! Bounded readers of containers, for codecs and transcripts alike.

mod archive;
pub(crate) mod columns;
mod docx;
mod html;
mod markdown;
mod table;
mod xml;

use crate::diag::Report;
use crate::error::{Error, ErrorKind, Result};
use crate::source::{Encoding, Source, decode};

/// The largest article, in bytes: far more than the longest interview, far less than a film dropped here by mistake.
pub const MAX_ARTICLE: usize = 64 << 20;

/// An article as text, whatever it came in. Front ends for .docx and HTML write Markdown (`# heading`, `**bold**`), the
/// one for tables writes `Name: text` lines, so that one reader understands them all.
///
/// What the container holds as plain text and Markdown would take for markup (a lone `*` that has a partner, `#` at the
/// start of a line) is written with a backslash before it.
#[derive(Debug)]
pub struct Document {
    /// The text.
    pub source: Source,
    /// Every speaker, in order, where the container names them all for certain: a table's speaker column.
    pub speakers: Vec<String>,
    /// What was left out: a word for it and how many (`picture`, 3).
    pub omitted: Vec<(String, u64)>,
}

/// First bytes of files that people take for articles, what they are and what to do with them, in English and Chinese.
const NO_ARTICLES: &[(&[u8], [&str; 2], [&str; 2])] = &[
    (
        b"%PDF",
        ["a PDF", "PDF 文件"],
        [
            "copy its text into a .txt file, or save the original as .docx",
            "请把文字复制到 .txt 文件，或将原稿另存为 .docx",
        ],
    ),
    (b"{\\rtf", ["RTF", "RTF 文件"], ["save it as .docx or plain text", "请另存为 .docx 或纯文本"]),
    (
        b"\xD0\xCF\x11\xE0",
        ["an old Office file (.doc, .xls)", "旧版 Office 文件（.doc、.xls）"],
        ["save it as .docx, or a table as .csv", "请另存为 .docx，表格请另存为 .csv"],
    ),
];

/// Reads an article: plain text, Markdown, HTML, .docx, or a table with a speaker and a text column, told apart by
/// content (the name only helps with tables).
///
/// # Errors
/// [`ErrorKind::Limit`] for more than [`MAX_ARTICLE`] bytes or a container built to explode; [`ErrorKind::Unreadable`]
/// for a broken container, a PDF or another file that is no article.
///
/// ```
/// use zimu::{diag::Report, parse};
/// let page = b"<p><b>Ann:</b> Good morning.</p>".to_vec();
/// let document = parse::document("talk.html", page, None, &mut Report::default()).unwrap();
/// assert_eq!(document.source.text(), "**Ann:** Good morning.\n");
/// ```
pub fn document(name: &str, bytes: Vec<u8>, encoding: Option<Encoding>, report: &mut Report) -> Result<Document> {
    if bytes.len() > MAX_ARTICLE {
        return Err(Error::new(ErrorKind::Limit, format!("{name} is larger than an article may be (64 MB)"))
            .with_chinese(format!("{name} 超过文章的上限（64 MB）")));
    }
    if let Some((_, kind, remedy)) = NO_ARTICLES.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        let ([kind, chinese], [remedy, chinese_remedy]) = (kind, remedy);
        return Err(Error::new(ErrorKind::Unreadable, format!("{name} is {kind}"))
            .with_remedy(*remedy)
            .with_chinese(format!("{name} 是{chinese}"))
            .with_chinese_remedy(*chinese_remedy));
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return docx::read(name, &bytes, report);
    }
    let encoding = encoding.or_else(|| html::declared_encoding(&bytes));
    let source = decode(name, bytes, encoding, report)?;
    if html::looks_like(source.text()) {
        return html::read(&source);
    }
    if let Some(delimiter) = table::delimiter(name, source.text()) {
        return table::read(&source, delimiter, report);
    }
    Ok(Document { source, speakers: Vec::new(), omitted: Vec::new() })
}

/// Counts of what was left out, in order of first sight.
#[derive(Default)]
struct Omitted(Vec<(String, u64)>);

impl Omitted {
    fn add(&mut self, what: &str, count: u64) {
        match self.0.iter_mut().find(|(known, _)| known == what) {
            Some((_, sum)) => *sum = sum.saturating_add(count),
            None if count > 0 => self.0.push((what.to_owned(), count)),
            None => {}
        }
    }
}
