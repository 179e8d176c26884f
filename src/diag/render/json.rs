//! A report as JSON for programs.

use super::finding::{Located, Locator};
use crate::diag::{Diagnostic, Lang, Report, Value};
use crate::source::Source;
use crate::time::FLICKS_PER_SECOND;
use serde_json::{Map, Number, Value as Json};

/// The items of a report, one object each, for an envelope or one line each: `code`, `severity`, `message` (in `lang`),
/// `args`, and where they are known `file`, `span` (bytes of the decoded text), `line`, `column`, `end_line`,
/// `end_column` (characters), `cue` (all from 1; the end is the character after the last), `time` (seconds). Facts that are not known have no field.
pub fn json(report: &Report, source: Option<&Source>, lang: Lang) -> Vec<Json> {
    let locator = Locator::new(source, report);
    let file = source.map(Source::name);
    report.items().iter().map(|diagnostic| object(diagnostic, &locator.locate(diagnostic), file, lang)).collect()
}

/// How often each code was reported, also where the items are no longer kept.
pub fn counts(report: &Report) -> Json {
    report.counts().map(|(code, count)| (code.row().id.to_owned(), Json::from(count))).collect::<Map<_, _>>().into()
}

/// One item.
pub(super) fn object(diagnostic: &Diagnostic, located: &Located, file: Option<&str>, lang: Lang) -> Json {
    let Diagnostic { code, severity, args, at, fix } = diagnostic;
    let mut out = Map::new();
    let mut put = |key: &str, value: Json| out.insert(key.to_owned(), value);
    put("code", code.row().id.into());
    put("severity", severity.name().into());
    put("message", diagnostic.message(lang).into());
    put("args", arguments(args));
    if let Some(file) = file {
        put("file", file.into());
    }
    if let Some(span) = at.span {
        put("span", vec![span.start, span.end].into());
        if let Some(place) = located.place {
            put("line", place.start.line.into());
            put("column", place.start.column.into());
            put("end_line", place.end.line.into());
            put("end_column", place.end.column.into());
        }
    }
    if let Some(cue) = at.cue {
        put("cue", cue.saturating_add(1).into());
    }
    if let Some(time) = at.time {
        put("time", seconds(time.flicks()));
    }
    if let Some(fix) = fix {
        put("fix", if fix.safe { "safe" } else { "unsafe" }.into());
    }
    out.into()
}

/// The values that a sentence names.
pub(super) fn arguments(args: &[(&'static str, Value)]) -> Json {
    args.iter().map(|(name, arg)| ((*name).to_owned(), argument(arg))).collect::<Map<_, _>>().into()
}

fn argument(value: &Value) -> Json {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Count(count) => (*count).into(),
        Value::Number(number) => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        Value::Time(time) => seconds(time.flicks()),
        Value::Delta(delta) => seconds(delta.flicks()),
        Value::Either([en, _]) => en.as_str().into(),
    }
}

/// Seconds as near as a float gets: a report says where to look, it does not carry data.
pub(super) fn seconds(flicks: i64) -> Json {
    #[expect(clippy::cast_precision_loss, reason = "exact for a month, near beyond")]
    let seconds = flicks as f64 / FLICKS_PER_SECOND as f64;
    Number::from_f64(seconds).map_or(Json::Null, Json::Number)
}
