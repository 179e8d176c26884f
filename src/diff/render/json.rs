//! For programs.

use super::Names;
use crate::diff::{Change, ChangeKind, Diff, Piece, Texts};
use crate::time::{Time, TimeDelta};
use serde_json::{Map, Value, json};
use std::ops::Range;

/// The differences as one object: `changes`, each with its `kind`, the numbers of its cues in both files (first and last,
/// counted from 1; `null` where there are none) and what belongs to the kind; times in seconds.
pub fn json(diff: &Diff, names: Names<'_>) -> Value {
    let counts: Map<String, Value> = diff.counts().into_iter().map(|(name, n)| (name.to_owned(), json!(n))).collect();
    let [a, b] = diff.cues;
    json!({
        "a": { "file": names.a, "cues": a }, "b": { "file": names.b, "cues": b },
        "counts": counts, "changes": diff.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn seconds(delta: TimeDelta) -> f64 {
    // To the microsecond: no format is finer, and a float prints shortly.
    (delta.as_seconds_f64() * 1e6).round() / 1e6
}

fn numbers(range: &Range<usize>) -> Value {
    if range.is_empty() { Value::Null } else { json!([range.start.saturating_add(1), range.end]) }
}

fn change(change: &Change) -> Value {
    let Change { a, b, time, kind } = change;
    let head = json!({ "kind": kind.name(), "a": numbers(a), "b": numbers(b), "time": seconds(*time - Time::ZERO) });
    let more = match kind {
        ChangeKind::Shifted { by, all } => json!({ "by": seconds(*by), "all": all }),
        ChangeKind::Stretched { factor, by } => json!({ "factor": factor, "by": seconds(*by) }),
        ChangeKind::Moved { by } => json!({ "by": seconds(*by) }),
        ChangeKind::Retimed { start, end } => json!({ "start": seconds(*start), "end": seconds(*end) }),
        ChangeKind::Reworded(pieces) | ChangeKind::Rebroken(pieces) => {
            let one = |piece: &Piece| match piece {
                Piece::Same(text) => json!({ "same": text }),
                Piece::Gone(text) => json!({ "gone": text }),
                Piece::New(text) => json!({ "new": text }),
            };
            json!({ "pieces": pieces.iter().map(one).collect::<Vec<_>>() })
        }
        ChangeKind::Split(Texts { a, b })
        | ChangeKind::Merged(Texts { a, b })
        | ChangeKind::Recut(Texts { a, b })
        | ChangeKind::Speaker(Texts { a, b })
        | ChangeKind::Styled(Texts { a, b })
        | ChangeKind::Placed(Texts { a, b }) => {
            json!({ "gone": a, "new": b })
        }
        ChangeKind::Added(text) => json!({ "new": text }),
        ChangeKind::Removed(text) => json!({ "gone": text }),
    };
    let (Value::Object(mut head), Value::Object(more)) = (head, more) else { return Value::Null };
    head.extend(more);
    Value::Object(head)
}
