//! Articles in containers, end to end: who speaks, headings, times, running time and credits as in plain text, and not
//! one escape in what is shown.

use std::io::{Cursor, Write};
use zimu::diag::Report;
use zimu::model::{PartKind, Reason, Transcript};
use zimu::transcript::{Options, read};

fn understood(name: &str, bytes: impl Into<Vec<u8>>) -> Transcript {
    let mut report = Report::default();
    let document = zimu::parse::document(name, bytes.into(), None, &mut report).unwrap();
    read(&document, &Options::default(), &mut report).unwrap()
}

fn said(transcript: &Transcript) -> Vec<String> {
    let line = |u: &zimu::model::Utterance| format!("{}: {}", transcript.speaker_of(u).unwrap_or("-"), u.text.plain);
    transcript.utterances().map(|(_, utterance)| line(utterance)).collect()
}

fn silent(transcript: &Transcript) -> Vec<Reason> {
    let reasons = transcript.parts.iter().filter_map(|part| match part.kind {
        PartKind::Utterance(_) | PartKind::Unspoken(Reason::Layout | Reason::Label | Reason::TimeHint) => None,
        PartKind::Unspoken(reason) => Some(reason),
    });
    reasons.collect()
}

/// Headline, credit, running time, turns in bold, a heading, a time, and text that looks like markup.
fn is_the_lighthouse(transcript: &Transcript) {
    let expected = [
        "记者: 您守了多少年*灯*？",
        "老赵: 三十一年。_年年_如此。",
        "记者: 最大的浪多高？",
        "老赵: # 没量过，1*2*3 米。",
    ];
    assert_eq!(said(transcript), expected);
    let (headline, credit) = (Reason::Headline, Reason::Credit);
    assert_eq!(silent(transcript), [headline, credit, Reason::Metadata, Reason::Heading, credit]);
    assert_eq!(transcript.runtime.as_ref().map(|runtime| runtime.length.as_seconds_f64()), Some(359.0));
    assert_eq!(transcript.anchors.iter().map(|anchor| anchor.time.as_seconds_f64()).collect::<Vec<_>>(), [65.0]);
}

#[test]
fn a_word_document_is_understood_as_its_text() {
    let run = |text: &str, bold: bool| {
        let bold = if bold { "<w:rPr><w:b/></w:rPr>" } else { "" };
        format!("<w:r>{bold}<w:t xml:space='preserve'>{text}</w:t></w:r>")
    };
    let paragraph = |style: &str, runs: &[(&str, bool)]| {
        let runs: String = runs.iter().map(|(text, bold)| run(text, *bold)).collect();
        format!("<w:p><w:pPr><w:pStyle w:val='{style}'/></w:pPr>{runs}</w:p>")
    };
    let body = [
        paragraph("Heading1", &[("灯塔守夜人", false)]),
        paragraph("", &[("文/陈一 图/林二", false)]),
        paragraph("", &[("片长：五分五十九秒", false)]),
        paragraph("", &[("记者：", true), ("您守了多少年*灯*？", false)]),
        paragraph("", &[("老赵", true), ("：三十一年。_年年_如此。", false)]),
        paragraph("Heading2", &[("风浪", false)]),
        paragraph("", &[("记者", true), ("（00:01:05）：最大的浪多高？", false)]),
        paragraph("", &[("老赵：", true), ("# 没量过，1*2*3 米。", false)]),
        paragraph("", &[("责任编辑：小林", false)]),
    ];
    let style = |id: &str, name: &str| format!("<w:style w:styleId='{id}'><w:name w:val='{name}'/></w:style>");
    let styles = [style("Heading1", "heading 1"), style("Heading2", "heading 2")].concat();
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, xml) in [
        ("word/document.xml", format!("<w:document xmlns:w='urn:w'><w:body>{}</w:body></w:document>", body.concat())),
        ("word/styles.xml", format!("<w:styles xmlns:w='urn:w'>{styles}</w:styles>")),
    ] {
        zip.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    }
    is_the_lighthouse(&understood("talk.docx", zip.finish().unwrap().into_inner()));
}

#[test]
fn a_page_is_understood_as_its_text() {
    let page = "<html><body><article><h1>灯塔守夜人</h1><p>文/陈一 图/林二</p><p>片长：五分五十九秒</p>\
                <p><strong>记者：</strong>您守了多少年*灯*？</p><p><b>老赵</b>：三十一年。_年年_如此。</p><h2>风浪</h2>\
                <p><b>记者</b>（00:01:05）：最大的浪多高？</p><p><b>老赵：</b># 没量过，1*2*3 米。</p>\
                <p>责任编辑：小林</p></article></body></html>";
    is_the_lighthouse(&understood("talk.html", page));
}

#[test]
fn speakers_of_a_table_keep_the_signs_in_their_names() {
    let table = "time,speaker,text\n0:01,_ops_,\"Start *now*, please.\"\n0:04,Ann *Lee*,2*3*4 is 24.\n\
                 0:09,_ops_,\"See: [done](ok), \\o/.\"\n0:12,Ann *Lee*,> 1. quoted\n";
    let transcript = understood("talk.csv", table);
    let expected = [
        "_ops_: Start *now*, please.",
        "Ann *Lee*: 2*3*4 is 24.",
        r"_ops_: See: [done](ok), \o/.",
        "Ann *Lee*: > 1. quoted",
    ];
    assert_eq!(said(&transcript), expected);
    assert_eq!(transcript.anchors.len(), 4);
}
