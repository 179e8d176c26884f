//! What a standard has said of a document need not be said again by its reader, nor by a rule.

use super::captions::cue_at;
use super::check::Judge;
use crate::check::{Allow, Level, Rule};
use crate::codec::{CONFORMANCE, Format};
use crate::diag::{Code, Report, Value, codes};
use crate::model::Track;

/// Formats of one reader: a standard for one of them judges what is read of all.
static FAMILIES: &[&[&str]] = &[&["vtt"], &["srt"], &["ttml", "dfxp", "netflix-ttml", "ebu-tt-d", "smpte-tt", "itt"]];

/// By family: rules that say what its standards say already.
static SAID: &[(&str, &[&str])] =
    &[("vtt", &["order", "duration"]), ("srt", &["order", "duration", "empty"]), ("ttml", &["encoding"])];

/// What a standard says of a place, with what it names, and the rule that would only say what comes of it.
static COMES_OF: &[(Code, &str, &[&str], &str)] = &[
    (codes::conform_ttml::VALUE, "name", &["begin", "end", "dur"], "duration"),
    (codes::conform_ttml::XML, "", &[], "leftover-markup"),
];

/// Both are of one family.
pub(super) fn alike(a: &str, b: &str) -> bool {
    a == b || FAMILIES.iter().any(|family| family.contains(&a) && family.contains(&b))
}

/// The rules that need not be applied because a standard was: one of `judges`, or that of the format if there are none.
pub(super) fn rules(format: &Format, judges: &[Judge]) -> impl Iterator<Item = (&'static Rule, Level)> {
    let format = format.id;
    let named = judges.iter().any(|judge| matches!(judge, Judge::Standard(standard) if alike(standard.format, format)));
    let own = judges.is_empty() && CONFORMANCE.iter().any(|standard| standard.format == format);
    let rules = SAID.iter().filter(move |(of, _)| alike(of, format) && (named || own));
    rules.flat_map(|(_, rules)| rules.iter().filter_map(|id| Some((Rule::by_id(id).ok()?, Level::Off))))
}

/// Lets rules pass over what comes of something that standards have said of the same cue.
pub(super) fn allow(track: &Track, said: &Report, allow: &mut Allow) {
    for item in said.items() {
        let named = |name: &str, values: &[&str]| {
            let arg = item.args.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
            values.is_empty() || matches!(arg, Some(Value::Text(text)) if values.contains(&text.as_str()))
        };
        let comes = COMES_OF.iter().filter(|(code, name, values, _)| *code == item.code && named(name, values));
        for (.., rule) in comes {
            if let (Ok(rule), Some((cue, _))) = (Rule::by_id(rule), item.at.span.and_then(|span| cue_at(track, span))) {
                allow.cue(rule, cue as usize);
            }
        }
    }
}
