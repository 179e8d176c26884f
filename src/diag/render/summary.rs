//! A report in a few lines.

use super::{Style, clean, place, severity_name};
use crate::diag::{Code, Diagnostic, Lang, Report, Severity};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many lines make a summary: one screen.
const MOST_LINES: usize = 20;

/// One line a code, the worst first, a screen of them at most: `kept otherwise loss/ruby: 14 times, in 14 cues, first (cue 3, 00:01:12.000): …`.
pub fn summary(report: &Report, style: &Style) -> String {
    let mut groups: BTreeMap<Code, Group<'_>> = BTreeMap::new();
    for diagnostic in report.items() {
        groups.entry(diagnostic.code).or_default().add(diagnostic);
    }
    let mut rows: Vec<_> =
        report.counts().map(|(code, count)| (code, count, groups.remove(&code).unwrap_or_default())).collect();
    rows.sort_by_key(|(code, ..)| (Reverse(report.worst_of(*code)), *code));
    let line = |(code, count, group): &(Code, u64, Group<'_>)| {
        group.line(*code, *count, report.worst_of(*code).unwrap_or(code.row().severity), style.lang)
    };
    let mut out: String = rows.iter().take(MOST_LINES).map(line).collect();
    let more = rows.len().saturating_sub(MOST_LINES);
    if more > 0 {
        // Writing to a String cannot fail.
        let _ = match style.lang {
            Lang::En => writeln!(out, "… and {more} more kinds"),
            Lang::Zh => writeln!(out, "…… 另有 {more} 种"),
        };
    }
    out
}

/// How bad a code is, in a word. A loss is no fault of anybody: it says what became of the thing.
fn headword(code: Code, severity: Severity, lang: Lang) -> &'static str {
    match (code.family(), severity, lang) {
        ("loss", Severity::Error, Lang::En) => "lost",
        ("loss", Severity::Error, Lang::Zh) => "丢失",
        ("loss", Severity::Warning, Lang::En) => "kept otherwise",
        ("loss", Severity::Warning, Lang::Zh) => "改写",
        _ => severity_name(severity, lang),
    }
}

/// The kept items of one code.
#[derive(Default)]
struct Group<'r> {
    first: Option<&'r Diagnostic>,
    kept: u64,
    cues: u64,
    last_cue: Option<u32>,
}

impl<'r> Group<'r> {
    fn add(&mut self, diagnostic: &'r Diagnostic) {
        self.first.get_or_insert(diagnostic);
        self.kept = self.kept.saturating_add(1);
        // Items come in the order of the cues.
        if diagnostic.at.cue.is_some() && diagnostic.at.cue != self.last_cue {
            self.last_cue = diagnostic.at.cue;
            self.cues = self.cues.saturating_add(1);
        }
    }

    fn line(&self, code: Code, count: u64, severity: Severity, lang: Lang) -> String {
        let severity = headword(code, severity, lang);
        let id = code.row().id;
        let en = lang == Lang::En;
        let mut facts = Vec::new();
        if count > 1 {
            facts.push(if en { format!("{count} times") } else { format!("{count} 次") });
        }
        // Beyond the kept items nobody counted the cues.
        if count > 1 && self.cues > 0 && self.kept == count {
            let cues = self.cues;
            facts.push(match (en, cues) {
                (true, 1) => "in 1 cue".to_owned(),
                (true, _) => format!("in {cues} cues"),
                (false, _) => format!("涉及 {cues} 条"),
            });
        }
        if let Some(place) = self.first.and_then(|first| place(first, lang)) {
            let first = if count == 1 {
                ""
            } else if en {
                "first "
            } else {
                "首次"
            };
            facts.push(if en { format!("{first}({place})") } else { format!("{first}（{place}）") });
        }
        let (comma, colon) = if en { (", ", ": ") } else { ("，", "：") };
        let mut line = format!("{severity} {id}{colon}");
        if !facts.is_empty() {
            line.extend([facts.join(comma).as_str(), colon]);
        }
        line.push_str(&self.first.map_or_else(String::new, |first| clean(&first.message(lang))));
        line.truncate(line.trim_end_matches([':', '：', ' ']).len());
        line.push('\n');
        line
    }
}
