//! A run as a page: one file, no scripts, nothing from the network.

use super::escape::{escaped, xml};
use super::excerpt::Excerpt;
use super::finding::{Findings, Located, SEVERITIES};
use super::{Run, error_sentence, place, severity_name};
use crate::diag::{Diagnostic, Lang, Severity};
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");

/// The words of the page.
struct Words {
    lang: &'static str,
    title: &'static str,
    files: &'static str,
    file: &'static str,
    clean: &'static str,
    all_clean: &'static str,
    codes: &'static str,
    heads: [&'static str; 4],
    /// As [`SEVERITIES`].
    severities: [&'static str; 3],
    line: &'static str,
    more: &'static str,
}

static ENGLISH: Words = Words {
    lang: "en",
    title: "Captions checked",
    files: "files",
    file: "File",
    clean: "without findings",
    all_clean: "Nothing was found.",
    codes: "How often",
    heads: ["Code", "Findings", "Files", "Share"],
    severities: ["errors", "warnings", "notes"],
    line: "line",
    more: "findings that are not listed:",
};

static CHINESE: Words = Words {
    lang: "zh-Hans",
    title: "字幕检查",
    files: "个文件",
    file: "文件",
    clean: "没有问题",
    all_clean: "没有发现问题。",
    codes: "统计",
    heads: ["代码", "次数", "文件", "占比"],
    severities: ["错误", "警告", "说明"],
    line: "位置",
    more: "未列出的问题：",
};

/// A table of the files, the worst first; the findings of each file with the line they are about; how often each code was met.
pub(super) fn render(run: &Run<'_>) -> String {
    let words = if run.style.lang == Lang::En { &ENGLISH } else { &CHINESE };
    let Words { lang, title, .. } = words;
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
    );
    header(&mut out, run, words);
    let files = run.worst_first();
    let (bad, clean): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| file.error.is_some() || file.worst().is_some());
    out.push_str("<main>\n");
    if bad.is_empty() {
        line(&mut out, format_args!("<p class=\"clean\">{}</p>", words.all_clean));
    }
    if run.files.len() > 1 && !bad.is_empty() {
        files_table(&mut out, &bad, clean.len(), words);
    }
    for (index, file) in bad.iter().enumerate() {
        section(&mut out, index, file, run, words);
    }
    statistics(&mut out, run, words);
    out + "</main>\n</body>\n</html>\n"
}

fn line(out: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{what}");
}

/// Text of a file: nothing in it can be markup, and its direction stays its own.
fn text(text: &str) -> String {
    xml(&escaped(text))
}

/// One `file`, two `files`.
fn counted(count: u64, word: &'static str) -> &'static str {
    if count == 1 { word.trim_end_matches('s') } else { word }
}

fn header(out: &mut String, run: &Run<'_>, words: &Words) {
    let files = run.files.len();
    line(out, format_args!("<header>\n<h1>{}</h1>\n<ul class=\"totals\">", words.title));
    line(out, format_args!("<li><b>{files}</b> {}</li>", counted(files as u64, words.files)));
    for (severity, name) in SEVERITIES.into_iter().zip(words.severities) {
        let count = run.of_severity(severity);
        if count > 0 {
            let name = counted(count, name);
            line(out, format_args!("<li class=\"{}\"><b>{count}</b> {name}</li>", severity.name()));
        }
    }
    out.push_str("</ul>\n</header>\n");
}

fn files_table(out: &mut String, bad: &[&Findings], clean: usize, words: &Words) {
    let names = words.severities.map(|name| format!("<th>{name}</th>")).concat();
    line(out, format_args!("<table class=\"files\">\n<thead><tr><th>{}</th>{names}</tr></thead>\n<tbody>", words.file));
    for (index, file) in bad.iter().enumerate() {
        let name = text(&file.file);
        let cells = match &file.error {
            Some(error) => format!("<td colspan=\"3\" class=\"error\">{}</td>", error.kind().class().name),
            None => SEVERITIES.map(|severity| count_cell(file, severity)).concat(),
        };
        line(out, format_args!("<tr><td><a href=\"#f{index}\"><bdi>{name}</bdi></a></td>{cells}</tr>"));
    }
    out.push_str("</tbody>\n</table>\n");
    if clean > 0 {
        let files = counted(clean as u64, words.files);
        line(out, format_args!("<p class=\"quiet\">{clean} {files} {}</p>", words.clean));
    }
}

fn count_cell(file: &Findings, severity: Severity) -> String {
    match file.report.of_severity(severity) {
        0 => "<td></td>".to_owned(),
        count => format!("<td class=\"{}\">{count}</td>", severity.name()),
    }
}

fn section(out: &mut String, index: usize, file: &Findings, run: &Run<'_>, words: &Words) {
    let profiles = file.profiles.iter().map(|name| format!(" <small>{}</small>", text(name)));
    let profile: String = profiles.collect();
    line(out, format_args!("<section id=\"f{index}\">\n<h2><bdi>{}</bdi>{profile}</h2>", text(&file.file)));
    if let Some(error) = &file.error {
        let (kind, sentence) = (error.kind().class().name, text(&error_sentence(error, run.style.lang)));
        line(
            out,
            format_args!(
                "<article class=\"error\">\n<p><bdi>{sentence}</bdi></p>\n<footer><code>{kind}</code></footer>\n</article>"
            ),
        );
    }
    for (diagnostic, located) in file.items() {
        finding(out, diagnostic, located, run.style.lang, words);
    }
    if file.not_listed() > 0 {
        line(out, format_args!("<p class=\"quiet\">{} {}</p>", words.more, file.not_listed()));
    }
    out.push_str("</section>\n");
}

fn finding(out: &mut String, diagnostic: &Diagnostic, located: &Located, lang: Lang, words: &Words) {
    let severity = diagnostic.severity;
    let (class, name) = (severity.name(), severity_name(severity, lang));
    let sentence = text(&diagnostic.message(lang));
    line(out, format_args!("<article class=\"{class}\">\n<p><b>{name}</b> <bdi>{sentence}</bdi></p>"));
    if let Some(excerpt) = &located.excerpt {
        let line_number = located.place.map_or(String::new(), |place| place.start.line.to_string());
        line(out, format_args!("<pre data-line=\"{line_number}\"><bdi>{}</bdi></pre>", marked(excerpt)));
    }
    let at = located.place.map(|place| format!("{} {}:{}", words.line, place.start.line, place.start.column));
    let facts = at.into_iter().chain(place(diagnostic, lang)).map(|fact| format!("<span>{fact}</span>"));
    let facts: String = facts.collect();
    line(out, format_args!("<footer><code>{}</code>{facts}</footer>\n</article>", diagnostic.code.row().id));
}

/// The line with the place in it marked.
fn marked(excerpt: &Excerpt) -> String {
    let (line, span) = (&excerpt.line, &excerpt.span);
    let part = |range: Option<&str>| text(range.unwrap_or_default());
    let (before, after) = (part(line.get(..span.start)), part(line.get(span.end..)));
    format!("{before}<mark>{}</mark>{after}", part(line.get(span.clone())))
}

fn statistics(out: &mut String, run: &Run<'_>, words: &Words) {
    let tallies = run.statistics();
    if tallies.is_empty() {
        return;
    }
    let heads = words.heads.map(|head| format!("<th>{head}</th>")).concat();
    line(
        out,
        format_args!(
            "<section>\n<h2>{}</h2>\n<table class=\"codes\">\n<thead><tr>{heads}</tr></thead>\n<tbody>",
            words.codes
        ),
    );
    for tally in tallies {
        let (severity, code, share) = (tally.severity.name(), tally.code.row().id, tally.share * 100.0);
        line(
            out,
            format_args!(
                "<tr><td class=\"{severity}\"><code>{code}</code></td><td>{}</td><td>{}</td><td><meter value=\"{:.4}\"></meter>{share:.1}%</td></tr>",
                tally.count, tally.files, tally.share
            ),
        );
    }
    out.push_str("</tbody>\n</table>\n</section>\n");
}
