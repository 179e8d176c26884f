//! A run as SARIF 2.1.0 (OASIS, 2020, with errata 01 of 2023).

use super::escape::uri;
use super::finding::{Findings, Located};
use super::json::{arguments, seconds};
use super::mending::describe;
use super::{Place, Run, error_sentence};
use crate::diag::{Code, Diagnostic, Fix, Lang, Severity};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};

/// One log with one run (§3.13): the codes that were met are its rules, the findings its results, files that could not be
/// judged notifications.
pub(super) fn render(run: &Run<'_>) -> String {
    let rules = rules(run);
    let results = run.files.iter().flat_map(|file| results(file, &rules, run.style.lang));
    let language = if run.style.lang == Lang::En { "en" } else { "zh-CN" };
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "zimu",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": language,
                "rules": rules.iter().map(|(code, rule)| descriptor(*code, rule.severity, run)).collect::<Vec<_>>(),
            } },
            "language": language,
            "columnKind": "unicodeCodePoints",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "invocations": [invocation(run)],
            "artifacts": run.files.iter().map(artifact).collect::<Vec<_>>(),
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

/// What results refer to.
struct Rule {
    /// Among the rules.
    index: usize,
    severity: Severity,
}

fn rules(run: &Run<'_>) -> BTreeMap<Code, Rule> {
    let mut rules: BTreeMap<Code, Rule> =
        run.statistics().iter().map(|tally| (tally.code, Rule { index: 0, severity: tally.severity })).collect();
    rules.values_mut().enumerate().for_each(|(index, rule)| rule.index = index);
    rules
}

/// A rule (§3.49).
fn descriptor(code: Code, severity: Severity, run: &Run<'_>) -> Value {
    let (row, lang) = (code.row(), run.style.lang);
    let template = if lang == Lang::En { row.en } else { row.zh };
    let manual = run.manual.and_then(|manual| manual(code, lang));
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("id", row.id.into());
    let title = manual.as_ref().map_or_else(|| without_arguments(template), |manual| manual.title.clone());
    put("shortDescription", json!({ "text": title }));
    put("fullDescription", json!({ "text": without_arguments(template) }));
    if let Some(manual) = manual {
        put("help", json!({ "text": manual.markdown, "markdown": manual.markdown }));
    }
    put("defaultConfiguration", json!({ "level": severity.name() }));
    out.into()
}

/// A sentence that stands for all findings of a code: `` `…` is no cue setting ``.
fn without_arguments(template: &str) -> String {
    let mut parts = template.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |out, part| out + "…" + part.split_once('}').map_or("", |(_, rest)| rest))
}

/// A file (§3.24). Whoever carries out a fix has to know the encoding (§3.57.4).
fn artifact(file: &Findings) -> Value {
    let mut artifact = json!({ "location": { "uri": uri(&file.file) } });
    if let (Some(encoding), Some(fields)) = (file.encoding, artifact.as_object_mut()) {
        fields.insert("encoding".to_owned(), encoding.into());
    }
    artifact
}

/// How the run went (§3.20).
fn invocation(run: &Run<'_>) -> Value {
    let failed = run.files.iter().filter_map(|file| {
        let error = file.error.as_ref()?;
        Some(json!({
            "descriptor": { "id": error.kind().class().name },
            "level": "error",
            "message": { "text": error_sentence(error, run.style.lang) },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&file.file) } } }],
        }))
    });
    let cut = run.files.iter().filter(|file| file.not_listed() > 0).map(|file| {
        let more = file.not_listed();
        let text = match run.style.lang {
            Lang::En => format!("findings that are not listed: {more}"),
            Lang::Zh => format!("另有 {more} 处问题未列出"),
        };
        json!({
            "level": "note",
            "message": { "text": text },
            "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(&file.file) } } }],
        })
    });
    let notifications: Vec<Value> = failed.chain(cut).collect();
    json!({
        "executionSuccessful": run.files.iter().all(|file| file.error.is_none()),
        "exitCode": run.error.map_or(0, |error| error.kind().class().exit),
        "toolExecutionNotifications": notifications,
    })
}

/// The results of a file (§3.27).
fn results<'r>(file: &'r Findings, rules: &'r BTreeMap<Code, Rule>, lang: Lang) -> impl Iterator<Item = Value> + 'r {
    let artifact = uri(&file.file);
    let mut prints = Fingerprints::default();
    file.items().map(move |(diagnostic, located)| {
        let Diagnostic { code, severity, args, at, fix } = diagnostic;
        let mut physical = json!({ "artifactLocation": { "uri": artifact } });
        let region = located.place.map(region).or_else(|| {
            at.span.map(|span| json!({ "byteOffset": span.start, "byteLength": span.end.saturating_sub(span.start) }))
        });
        if let (Some(region), Some(fields)) = (region, physical.as_object_mut()) {
            fields.insert("region".to_owned(), region);
        }
        let mut location = json!({ "physicalLocation": physical });
        let mut properties = Map::new();
        if let Some(cue) = at.cue.map(|cue| cue.saturating_add(1)) {
            let logical =
                json!([{ "name": cue.to_string(), "fullyQualifiedName": format!("cue {cue}"), "kind": "cue" }]);
            if let Some(fields) = location.as_object_mut() {
                fields.insert("logicalLocations".to_owned(), logical);
            }
            properties.insert("cue".to_owned(), cue.into());
        }
        if let Some(time) = at.time {
            properties.insert("time".to_owned(), seconds(time.flicks()));
        }
        properties.insert("args".to_owned(), arguments(args));
        if let Some(fix) = fix {
            properties.insert("fix".to_owned(), if fix.safe { "safe" } else { "unsafe" }.into());
        }
        let mut result = json!({
            "ruleId": code.row().id,
            "ruleIndex": rules.get(code).map(|rule| rule.index),
            "level": severity.name(),
            "message": { "text": diagnostic.message(lang) },
            "locations": [location],
            "partialFingerprints": { "zimuFinding/v1": prints.of(diagnostic, located) },
            "properties": properties,
        });
        let fixes = fix.as_deref().and_then(|fix| fixes(fix, located, &artifact, lang));
        if let (Some(fixes), Some(fields)) = (fixes, result.as_object_mut()) {
            fields.insert("fixes".to_owned(), fixes);
        }
        result
    })
}

/// What would mend it (§3.27.30, §3.55), as stretches of the text and what comes into their places (§3.57); `None` if they are not
/// known.
fn fixes(fix: &Fix, located: &Located, artifact: &str, lang: Lang) -> Option<Value> {
    let replacements = fix.replacements.iter().zip(&located.replaced).map(|(change, place)| {
        let mut replacement = json!({ "deletedRegion": region(*place) });
        if let (false, Some(fields)) = (change.with.is_empty(), replacement.as_object_mut()) {
            fields.insert("insertedContent".to_owned(), json!({ "text": change.with }));
        }
        replacement
    });
    let replacements: Vec<Value> = replacements.collect();
    (!replacements.is_empty()).then(|| {
        json!([{
            "description": { "text": describe(fix, lang) },
            "artifactChanges": [{ "artifactLocation": { "uri": artifact }, "replacements": replacements }],
        }])
    })
}

/// A stretch of text (§3.30): the end is the column after the last character.
fn region(place: Place) -> Value {
    let Place { start, end } = place;
    json!({ "startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column })
}

/// What a finding is known by when lines are added before it (§3.27.17): its code, the text of its line, and which of those
/// that are alike it is. Numbers of lines and cues, and the language of messages, play no part.
#[derive(Default)]
struct Fingerprints {
    alike: HashMap<String, u64>,
}

impl Fingerprints {
    fn of(&mut self, diagnostic: &Diagnostic, located: &Located) -> String {
        let (line, span) = match &located.excerpt {
            Some(excerpt) => (excerpt.line.as_str(), excerpt.line.get(excerpt.span.clone()).unwrap_or_default()),
            None => ("", ""),
        };
        // Without a line, the sentence tells one finding from another.
        let words = if line.is_empty() { diagnostic.message(Lang::En) } else { String::new() };
        let same = format!("{}\0{}\0{span}\0{words}", diagnostic.code.row().id, line.trim());
        let count = self.alike.entry(same.clone()).or_insert(0);
        *count = count.saturating_add(1);
        let digest = Sha256::digest(format!("{same}\0{count}"));
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Location, Report, codes};
    use crate::source::Source;

    /// The fingerprints of findings at each `oops` of a text.
    fn prints(text: &str) -> Vec<String> {
        let mut report = Report::default();
        for (start, found) in text.match_indices("oops") {
            let at = Location { cue: Some(start as u32), ..Location::span(start..start + found.len()) };
            report.push(Diagnostic::new(codes::parse::BAD_BYTES, at).with("count", 1u64).with("encoding", "UTF-8"));
        }
        let findings = [Findings::new(&Source::from_text("a.srt", text), report)];
        let log: Value = serde_json::from_str(&render(&Run::new(&findings))).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        results.iter().map(|r| r["partialFingerprints"]["zimuFinding/v1"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn fingerprints_stay_when_lines_move() {
        let before = prints("one oops\ntwo oops\none oops\n");
        assert_eq!(before, prints("new\n\r\none oops\nmore\ntwo oops\none oops\nend"));
        let mut unique = before.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), 3);
        assert_eq!(before[1], prints("two oops")[0]);
    }

    #[test]
    fn a_rule_has_its_manual() {
        let mut report = Report::default();
        report.push(Diagnostic::new(codes::loss::RUBY, Location::FILE).with("text", "diǎn"));
        let findings = [Findings::new(&Source::from_text("a.srt", ""), report)];
        let mut run = Run::new(&findings);
        let rule = |run: &Run<'_>| {
            let log: Value = serde_json::from_str(&render(run)).unwrap();
            log["runs"][0]["tool"]["driver"]["rules"][0].clone()
        };
        assert_eq!(rule(&run)["shortDescription"]["text"], "ruby `…` is shown in brackets after its base");
        assert_eq!(rule(&run).get("help"), None);
        run.manual = Some(|code, _| {
            Some(super::super::Manual { title: format!("{code:?}, in short"), markdown: "# Ruby".to_owned() })
        });
        assert_eq!(rule(&run)["shortDescription"]["text"], "loss/ruby, in short");
        assert_eq!(rule(&run)["help"]["markdown"], "# Ruby");
    }
}
