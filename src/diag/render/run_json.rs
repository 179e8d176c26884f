//! A run as one JSON object: the envelope of every command's `--json`.

use super::finding::SEVERITIES;
use super::json::{counts, object};
use super::{Findings, Run, error_sentence};
use crate::diag::{Lang, Severity};
use serde_json::{Map, Value, json};

/// `report` has the findings of all files; `summary` the files with exact counts, and how often each code was met.
pub(super) fn render(run: &Run<'_>) -> String {
    let lang = run.style.lang;
    let items = |file: &Findings| -> Vec<Value> {
        file.items().map(|(diagnostic, located)| object(diagnostic, located, Some(&file.file), lang)).collect()
    };
    let report: Vec<Value> = run.files.iter().flat_map(items).collect();
    let error = run.error.map(|error| {
        let remedy = if lang == Lang::En { error.remedy() } else { error.chinese_remedy() };
        json!({ "kind": error.kind().class().name, "message": error_sentence(error, lang), "remedy": remedy })
    });
    let document = json!({
        "zimu": 1,
        "command": "check",
        "ok": run.error.is_none(),
        "exit": run.error.map_or(0, |error| error.kind().class().exit),
        "error": error,
        "report": report,
        "summary": summary(run),
    });
    format!("{document:#}\n")
}

fn summary(run: &Run<'_>) -> Value {
    let mut out = Map::new();
    out.insert("files".to_owned(), run.files.iter().map(|one| file(one, run)).collect());
    out.insert("findings".to_owned(), run.findings().into());
    for severity in SEVERITIES {
        out.insert(plural(severity).to_owned(), run.of_severity(severity).into());
    }
    let statistics = run.statistics();
    let tallies = statistics.iter().map(|tally| {
        json!({
            "code": tally.code.row().id, "severity": tally.severity.name(), "count": tally.count, "files": tally.files,
            "share": (tally.share * 1e4).round() / 1e4,
        })
    });
    out.insert("statistics".to_owned(), tallies.collect());
    out.into()
}

fn file(file: &Findings, run: &Run<'_>) -> Value {
    if let Some(error) = &file.error {
        let message = error_sentence(error, run.style.lang);
        return json!({ "file": file.file, "error": { "kind": error.kind().class().name, "message": message } });
    }
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("file", file.file.as_str().into());
    put("profiles", file.profiles.clone().into());
    put("cues", file.cues.into());
    put("findings", file.at_least(run.fail_on.min(Severity::Warning)).into());
    for severity in SEVERITIES {
        put(plural(severity), file.report.of_severity(severity).into());
    }
    put("counts", counts(&file.report));
    out.into()
}

fn plural(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "errors",
        Severity::Warning => "warnings",
        Severity::Note => "notes",
    }
}
