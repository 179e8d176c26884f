//! Differences for people (text, HTML) and for programs (JSON).

mod html;
mod json;
mod say;
mod text;

pub use html::html;
pub use json::json;
pub use text::text;

use super::{Change, ChangeKind, Diff};
use crate::diag::Lang;
use crate::time::{FrameRate, Round, TimeDelta};
use std::ops::Range;

/// The files that were compared, by name.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The first.
    pub a: &'a str,
    /// The second.
    pub b: &'a str,
}

/// `+1.2 s`
fn signed(by: TimeDelta) -> String {
    // What rounds to nothing has no sign.
    match by.to_millis(Round::Nearest) {
        0 => TimeDelta::ZERO.to_string(),
        ..0 => by.to_string(),
        _ => format!("+{by}"),
    }
}

/// `3`, `3-5`, counted from 1; what is new stands after a `+`, what is gone after a `-`.
fn numbers(change: &Change) -> String {
    let one = |range: &Range<usize>| {
        let (first, last) = (range.start.saturating_add(1), range.end);
        if last <= first { first.to_string() } else { format!("{first}-{last}") }
    };
    match (change.a.is_empty(), change.b.is_empty()) {
        (true, _) => format!("+{}", one(&change.b)),
        (_, true) => format!("-{}", one(&change.a)),
        _ if change.a == change.b => one(&change.a),
        _ => format!("{}→{}", one(&change.a), one(&change.b)),
    }
}

/// A stretch that begins so many milliseconds from zero begins at zero: it is known from rounded times.
const ROUNDED: i64 = 20;

/// Usual frame rates: a stretch from one to another is said so.
const RATES: [&str; 6] = ["23.976", "24", "25", "29.97", "30", "50"];

/// The rates whose ratio is a factor, as near as a film of times in hundredths of a second tells.
fn rates(factor: f64) -> Option<(&'static str, &'static str)> {
    let ratio = |name| FrameRate::parse(name).map(|rate| f64::from(rate.ratio().0) / f64::from(rate.ratio().1));
    RATES.iter().flat_map(|from| RATES.iter().map(move |to| (*from, *to))).filter(|(from, to)| from != to).find(
        |(from, to)| matches!((ratio(from), ratio(to)), (Some(from), Some(to)) if (from / to - factor).abs() < 2e-5),
    )
}

/// What changed, in words, without the texts.
fn sentence(change: &Change, lang: Lang) -> String {
    let name = say::KINDS.iter().find(|(kind, ..)| *kind == change.kind.name());
    let name = name.map_or("", |(_, en, zh)| if lang == Lang::En { en } else { zh });
    match &change.kind {
        ChangeKind::Shifted { by, all: true } => say::ALL_SHIFTED.say(lang, &[("by", &signed(*by))]),
        ChangeKind::Shifted { by, all: false } => {
            say::SHIFTED.say(lang, &[("count", &change.a.len()), ("by", &signed(*by))])
        }
        ChangeKind::Stretched { factor, by } => {
            let known = rates(*factor).map_or(String::new(), |(from, to)| format!(" ({from} → {to})"));
            let from_zero = by.to_millis(Round::Nearest).saturating_abs() <= ROUNDED;
            let shift = if from_zero { String::new() } else { format!(", {}", signed(*by)) };
            let factor = format!("{factor:.6}{known}{shift}");
            say::STRETCHED.say(lang, &[("factor", &factor)])
        }
        ChangeKind::Moved { by } => format!("{name} {}", signed(*by)),
        ChangeKind::Retimed { start, end } => {
            let parts = [(say::START, start), (say::END, end)];
            let parts = parts.iter().filter(|(_, by)| by.to_millis(Round::Nearest) != 0);
            let parts: Vec<String> = parts.map(|(part, by)| part.say(lang, &[("by", &signed(**by))])).collect();
            format!("{name} {}", parts.join(" · "))
        }
        ChangeKind::Reworded(_)
        | ChangeKind::Rebroken(_)
        | ChangeKind::Split(_)
        | ChangeKind::Merged(_)
        | ChangeKind::Recut(_)
        | ChangeKind::Speaker(_)
        | ChangeKind::Styled(_)
        | ChangeKind::Placed(_)
        | ChangeKind::Added(_)
        | ChangeKind::Removed(_) => name.to_owned(),
    }
}

/// `re-worded 2 · split 1`; that there is no difference.
pub fn summary(diff: &Diff, lang: Lang) -> String {
    let names = |kind: &str| {
        let found = say::KINDS.iter().find(|(known, ..)| *known == kind);
        found.map_or("", |(_, en, zh)| if lang == Lang::En { *en } else { *zh })
    };
    let counts: Vec<String> = diff.counts().into_iter().map(|(kind, n)| format!("{} {n}", names(kind))).collect();
    let [a, b] = diff.cues;
    let head = say::CUES.say(lang, &[("a", &a), ("b", &b)]);
    let tail = if counts.is_empty() { say::SAME.say(lang, &[]) } else { counts.join(" · ") };
    format!("{head} · {tail}")
}
