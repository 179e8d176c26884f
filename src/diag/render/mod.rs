//! Reports for people and programs.
//!
//! Everything here is bounded by the items that a report keeps (a thousand), not by the size of the source. One report is
//! shown by [`text()`], [`json()`] and [`summary()`]; those of many files by the formats of [`REPORT_FORMATS`].

#[cfg(test)]
mod codes_table;
mod concise;
mod csv;
mod escape;
mod excerpt;
mod finding;
mod formats;
mod github;
mod html;
mod json;
mod junit;
mod mending;
mod run;
mod run_json;
mod run_text;
mod sarif;
mod summary;
mod text;

pub use finding::{Findings, Place};
pub use formats::{REPORT_FORMATS, ReportFormat, TEXT};
pub use json::{counts, json};
pub use run::{Manual, Run, Tally};
pub use run_text::statistics;
pub use summary::summary;
pub use text::{SHOWN_PER_CODE, text};

use super::{Diagnostic, Lang, Severity};
use crate::error::Error;
use escape::clean;
use std::error::Error as _;
use std::fmt::Write as _;

/// How a report looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Language of the sentences.
    pub lang: Lang,
    /// With ANSI colours.
    pub color: bool,
}

/// A severity in a language.
fn severity_name(severity: Severity, lang: Lang) -> &'static str {
    match (lang, severity) {
        (Lang::En, severity) => severity.name(),
        (Lang::Zh, Severity::Note) => "说明",
        (Lang::Zh, Severity::Warning) => "警告",
        (Lang::Zh, Severity::Error) => "错误",
    }
}

/// The sentence of a diagnostic and the cue and time it is about: `… (cue 12, 00:01:02.345)`.
fn sentence(diagnostic: &Diagnostic, lang: Lang) -> String {
    let mut text = clean(&diagnostic.message(lang));
    if let Some(place) = place(diagnostic, lang) {
        // Writing to a String cannot fail.
        let _ = match lang {
            Lang::En => write!(text, " ({place})"),
            Lang::Zh => write!(text, "（{place}）"),
        };
    }
    text
}

/// The cue and the time of a diagnostic: `cue 12, 00:01:02.345`.
fn place(diagnostic: &Diagnostic, lang: Lang) -> Option<String> {
    let cue = diagnostic.at.cue.map(|index| index.saturating_add(1)).map(|number| match lang {
        Lang::En => format!("cue {number}"),
        Lang::Zh => format!("第 {number} 条"),
    });
    let time = diagnostic.at.time.map(|time| time.to_string());
    let comma = if lang == Lang::En { ", " } else { "，" };
    match (cue, time) {
        (Some(cue), Some(time)) => Some(format!("{cue}{comma}{time}")),
        (cue, time) => cue.or(time),
    }
}

/// The sentence of an error, with what caused it.
fn error_sentence(error: &Error, lang: Lang) -> String {
    let message = if lang == Lang::En { error.message() } else { error.chinese() };
    let cause = error.source().map_or(String::new(), |cause| format!(": {cause}"));
    format!("{message}{cause}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Location, Report, codes};
    use crate::source::Source;
    use crate::time::Time;

    const EN: Style = Style { lang: Lang::En, color: false };
    const ZH: Style = Style { lang: Lang::Zh, color: false };

    fn bytes(count: u64, at: Location) -> Diagnostic {
        Diagnostic::new(codes::parse::BAD_BYTES, at).with("count", count).with("encoding", "UTF-8")
    }

    fn at(span: std::ops::Range<usize>, cue: u32) -> Location {
        Location { span: Some(crate::source::Span::new(span)), cue: Some(cue), time: Some(Time::from_millis(62_345)) }
    }

    #[test]
    fn an_excerpt_shows_the_place() {
        let source = Source::from_text("a.srt", "1\r\n00:01 -> 字幕 oops\r\ntext");
        let mut report = Report::default();
        report.push(bytes(2, at(19..23, 11)));
        let expected = "\
error[parse/bad-bytes]: 2 bytes are not valid UTF-8 and became U+FFFD (cue 12, 00:01:02.345)
 --> a.srt:2:13
  |
2 | 00:01 -> 字幕 oops
  |               ^^^^
";
        assert_eq!(text(&report, Some(&source), &EN), expected);
    }

    #[test]
    fn without_a_place_one_line_says_it() {
        let source = Source::from_text("a.srt", "text");
        let mut report = Report::default();
        report.push(bytes(2, Location::cue(0, Time::ZERO)));
        let expected =
            "a.srt: 错误[parse/bad-bytes]: 2 个字节不是有效的 UTF-8，已替换为 U+FFFD（第 1 条，00:00:00.000）\n";
        assert_eq!(text(&report, Some(&source), &ZH), expected);
    }

    #[test]
    fn many_of_one_code_are_counted() {
        let mut report = Report::default();
        (0..1500).for_each(|n| report.push(bytes(n, Location::FILE)));
        let lines = text(&report, None, &EN);
        assert_eq!(lines.lines().count(), SHOWN_PER_CODE + 1);
        assert!(lines.ends_with("… and 1490 more of parse/bad-bytes\n"), "{lines}");
    }

    #[test]
    fn files_cannot_write_to_the_terminal() {
        let source = Source::from_text("a\u{1b}[31m", "\u{1b}[31mred\u{202e}");
        for span in [None, Some(crate::source::Span::new(0..3))] {
            let mut report = Report::default();
            let at = Location { span, ..Location::FILE };
            report.push(
                Diagnostic::new(codes::parse::BAD_BYTES, at).with("count", 1u64).with("encoding", "\u{1b}]0;x\u{7}\n"),
            );
            let shown = text(&report, Some(&source), &EN);
            assert!(!shown.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{shown:?}");
        }
    }

    #[test]
    fn a_very_long_line_is_cut_around_the_place() {
        let line = format!("{}<here>{}", "字".repeat(500_000), "b".repeat(500_000));
        let start = line.find('<').unwrap();
        let source = Source::from_text("a.json", line);
        let mut report = Report::default();
        (0..1000).for_each(|_| report.push(bytes(1, at(start..start + 6, 0))));
        let shown = text(&report, Some(&source), &EN);
        assert!(shown.contains("a.json:1:500001"), "{shown}");
        assert!(shown.contains("<here>"), "{shown}");
        assert!(shown.len() < 20_000);
        assert_eq!(json(&report, Some(&source), Lang::En).len(), 1000);
    }

    #[test]
    fn any_span_can_be_shown() {
        let text_of = "a\n字\r\r\n";
        let source = Source::from_text("a", text_of);
        for start in 0..=text_of.len() + 1 {
            for end in 0..=text_of.len() + 1 {
                let mut report = Report::default();
                report.push(bytes(1, at(start..end, 0)));
                assert!(text(&report, Some(&source), &Style { color: true, ..EN }).contains("parse/bad-bytes"));
            }
        }
    }

    #[test]
    fn json_has_every_fact() {
        let source = Source::from_text("a.srt", "1\n字幕 oops");
        let mut report = Report::default();
        report.push(bytes(2, at(9..13, 11)));
        report.push(Diagnostic::new(codes::loss::RUBY, Location::FILE).with("text", "a"));
        let expected = serde_json::json!({
            "code": "parse/bad-bytes", "severity": "error",
            "message": "2 bytes are not valid UTF-8 and became U+FFFD",
            "args": { "count": 2, "encoding": "UTF-8" },
            "file": "a.srt", "span": [9, 13], "line": 2, "column": 4, "end_line": 2, "end_column": 8, "cue": 12, "time": 62.345,
        });
        let items = json(&report, Some(&source), Lang::En);
        assert_eq!(items[0], expected);
        assert_eq!(items[1].get("line"), None);
        assert_eq!(counts(&report), serde_json::json!({ "loss/ruby": 1, "parse/bad-bytes": 1 }));
    }

    #[test]
    fn the_summary_groups_by_code() {
        let mut report = Report::default();
        for second in [72, 80] {
            let at = Location::cue(second, Time::from_seconds(second as i64));
            report.push(Diagnostic::new(codes::loss::RUBY, at).with("text", "diǎn"));
        }
        report.push(bytes(3, Location::FILE));
        let expected = "\
error parse/bad-bytes: 3 bytes are not valid UTF-8 and became U+FFFD
kept otherwise loss/ruby: 2 times, in 2 cues, first (cue 73, 00:01:12.000): ruby `diǎn` is shown in brackets after its base
";
        assert_eq!(summary(&report, &EN), expected);
        let zh = summary(&report, &ZH);
        assert!(zh.contains("改写 loss/ruby：2 次，涉及 2 条，首次（第 73 条，00:01:12.000）：注音"), "{zh}");
    }
}
