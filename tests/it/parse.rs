//! Articles in containers: the same text however it is wrapped, omissions counted, bombs refused in bounded time.

use crate::golden;
use std::fmt::Write as _;
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zimu::diag::{Report, codes};
use zimu::parse::{Document, MAX_ARTICLE, document};
use zimu::{ErrorKind, Result};

fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Document> {
    document(name, bytes.into(), None, &mut Report::default())
}

fn text(name: &str, bytes: impl Into<Vec<u8>>) -> String {
    read(name, bytes).unwrap().source.text().to_owned()
}

/// The text, and below a rule what else is known.
fn shown(document: &Document) -> String {
    let mut out = document.source.text().to_owned();
    let _ = write!(out, "----\nspeakers: {}\n", document.speakers.join(", "));
    for (what, count) in &document.omitted {
        let _ = writeln!(out, "left out: {what} × {count}");
    }
    out
}

fn fixture(path: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(path)).unwrap()
}

pub(crate) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        zip.start_file(*path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let xml = format!("<w:document xmlns:w='urn:w'><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", xml.as_bytes())])
}

/// Runs `action` and fails if it took longer than a patient person waits, even on a slow machine in a debug build.
fn in_time<T>(action: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = action();
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
    result
}

#[test]
fn every_wrapping_gives_the_text_that_stands_beside_it() {
    let styles = fixture("article-docx/interview.styles.xml");
    let body = fixture("article-docx/interview.document.xml");
    let parts: &[(&str, &[u8])] = &[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/styles.xml", &styles),
        ("word/header1.xml", b"<h/>"),
        ("word/document.xml", &body),
    ];
    golden::check("fixtures/article-docx/interview.md", &shown(&read("a.docx", zipped(parts)).unwrap()));
    for path in [
        "article-html/interview--article-in-page.html",
        "article-html/dialogue--table-without-header.html",
        "article-html/frame--one-column-table.html",
        "article-html/bad-tags.html",
        "table/dialogue--header.csv",
        "table/dialogue--chinese-header.txt",
        "table/dialogue--no-header.tsv",
        "table/dialogue--semicolons.csv",
    ] {
        let document = read(path, fixture(path)).unwrap();
        golden::check(&format!("fixtures/{path}.md"), &shown(&document));
    }
}

#[test]
fn plain_text_and_markdown_are_taken_as_they_are() {
    for article in [
        "",
        "主持人：你好\r\n\r\n# 标题\n",
        "a <b>bold</b> word\n",
        "name, text and more\n",
        "# Title\n\n**Ann:** 1 < 2\n",
        "<3 is a heart",
    ] {
        let document = read("a.md", article).unwrap();
        assert_eq!(document.source.text(), article);
        assert!(document.speakers.is_empty() && document.omitted.is_empty());
    }
}

#[test]
fn a_page_is_known_by_its_first_tag() {
    for page in [
        "<!-- x --> <!doctype HTML><p>Hi",
        "\n<P>Hi",
        "<?xml version='1.0'?>\n<html><body>Hi</body></html>",
        "<meta charset=utf-8>Hi",
        "\u{FEFF}<div>Hi</div>",
    ] {
        assert_eq!(text("a.txt", page), "Hi\n", "{page}");
    }
}

#[test]
fn a_page_says_its_encoding() {
    let page =
        "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1250'></head><p>ał</p></html>";
    let (bytes, ..) = encoding_rs::WINDOWS_1250.encode(page);
    assert_eq!(text("a.html", bytes.into_owned()), "ał\n");
    let page = "<meta charset=gbk><p>它其实是 UTF-8</p>";
    assert_eq!(text("a.html", page), "它其实是 UTF-8\n");
}

#[test]
fn a_docx_in_utf16_or_with_another_part_name_is_read() {
    let xml = "<?xml version='1.0' encoding='UTF-16'?><w:document xmlns:w='urn:w'><w:body><w:p><w:r><w:t>字</w:t></w:r></w:p></w:body></w:document>";
    let wide: Vec<u8> = [0xFEFFu16].into_iter().chain(xml.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert_eq!(text("a.docx", zipped(&[("word/document2.xml", &wide)])), "字\n");
}

#[test]
fn a_table_without_a_header_says_so() {
    let mut report = Report::default();
    document("a.csv", b"Ann,Hi\nBob,Ho\n".to_vec(), None, &mut report).unwrap();
    assert_eq!(report.count(codes::parse::TABLE_WITHOUT_HEADER), 1);
    assert_eq!(text("a.csv", "Ann,Hi\nBob,Ho\n"), "Ann: Hi\n\nBob: Ho\n");
    assert_eq!(text("a.csv", "only\nlines\n"), "only\n\nlines\n");
}

#[test]
fn what_is_no_article_is_named() {
    for (bytes, expected) in [
        (b"%PDF-1.7 ...".to_vec(), "a.docx is a PDF (copy its text into a .txt file, or save the original as .docx)"),
        (b"{\\rtf1 hello}".to_vec(), "a.docx is RTF (save it as .docx or plain text)"),
        (zipped(&[("xl/workbook.xml", b"<x/>")]), "a.docx is a zip archive, but no .docx document"),
        (b"PK\x03\x04 and then nothing".to_vec(), "a.docx is a damaged zip archive"),
        (docx("<w:p>"), "a.docx holds XML that is not well-formed"),
        (zipped(&[("word/document.xml", b"<a/>")]), "a.docx is a .docx without a body"),
    ] {
        let error = read("a.docx", bytes).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Unreadable);
        assert!(error.to_string().starts_with(expected), "{error}");
    }
    assert_eq!(read("a.txt", vec![b'a'; MAX_ARTICLE + 1]).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn zip_and_xml_bombs_are_limits() {
    let zeros = vec![b' '; 80 << 20];
    let many: Vec<(String, &[u8])> = (0..10_001).map(|i| (format!("f{i}"), &b""[..])).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|(name, bytes)| (name.as_str(), *bytes)).collect();
    let attributes: String = (0..200_000).map(|i| format!(" a{i}='v'")).collect();
    for bomb in [
        zipped(&[("word/document.xml", &zeros)]),
        zipped(&many),
        docx(&format!("{}{}", "<w:p>".repeat(100_000), "</w:p>".repeat(100_000))),
        docx(&format!("<w:p{attributes}/>")),
    ] {
        assert_eq!(in_time(|| read("a.docx", bomb)).unwrap_err().kind(), ErrorKind::Limit);
    }
    let entity = b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>".as_slice();
    assert_eq!(read("a.docx", zipped(&[("word/document.xml", entity)])).unwrap_err().kind(), ErrorKind::Unreadable);
}

#[test]
fn html_bombs_cost_no_more_than_their_size() {
    let n = 30_000;
    let attributes: String = (0..n).map(|i| format!(" a{i}=v")).collect();
    let deep = |tag: &str| format!("<body>{}core", format!("<{tag}>").repeat(n));
    for bomb in [
        format!("{}core{}", "<div>".repeat(n), "</div>".repeat(n)),
        deep("b"),
        deep("li"),
        deep("p><b"),
        deep("ruby"),
        deep("table"),
        deep("table><td"),
        deep("h1><li"),
        deep("dd><li"),
        deep("svg"),
        deep("rt").replace("core", "</body>core"),
        deep("nav></nav"),
        deep("template").replace("<template>core", "core"),
        format!("<p{attributes}>core"),
        format!("<p title='{}'>core", "<x>".repeat(n)),
        format!("<p>core{}", "<!--".repeat(n)),
        format!("<p>core{}", "</script".repeat(n)),
        format!("<p>core{}", "<".repeat(n)),
    ] {
        let text = in_time(|| text("a.html", format!("<p>first</p>{bomb}")));
        assert!(text.contains("first") && text.contains("core"), "{} … {text:.200}", &bomb[..60]);
    }
    let tags = "<p>".repeat(1_000_002);
    assert_eq!(in_time(|| read("a.html", tags)).unwrap_err().kind(), ErrorKind::Limit);
}

#[test]
fn random_edits_of_an_article_never_panic() {
    let mut seed = 7u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let html = fixture("article-html/bad-tags.html");
    let archive = docx("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r></w:p>");
    let table = fixture("table/dialogue--header.csv");
    for round in 0..3000 {
        let (name, base) = [("a.html", &html), ("a.docx", &archive), ("a.csv", &table)][round % 3];
        let mut bytes = base.clone();
        for _ in 0..1 + random(8) {
            let at = random(bytes.len());
            match random(3) {
                0 => bytes[at] = random(256) as u8,
                1 => drop(bytes.drain(at..(at + random(20)).min(bytes.len()))),
                _ => bytes.splice(at..at, base[random(base.len())..].iter().copied().take(30)).for_each(drop),
            }
            if bytes.is_empty() {
                bytes.push(b'<');
            }
        }
        let _ = read(name, bytes);
    }
}
