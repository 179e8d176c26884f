//! For a terminal: a line for each change, and what it says.

use super::{Names, numbers, sentence};
use crate::diag::render::Style;
use crate::diff::{Change, ChangeKind, Diff, Piece, Texts};
use std::fmt::Write as _;

const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const BOLD: &str = "\u{1b}[1m";
const END: &str = "\u{1b}[0m";

/// The differences as text: nothing if there are none. Without colours, what is gone stands in `[-…-]` and what is new in
/// `{+…+}`.
pub fn text(diff: &Diff, names: Names<'_>, style: &Style) -> String {
    if diff.is_empty() {
        return String::new();
    }
    let paint = Paint { color: style.color };
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{}", paint.bold(&format!("--- {}", names.a)));
    let _ = writeln!(out, "{}", paint.bold(&format!("+++ {}", names.b)));
    for change in &diff.changes {
        let said = sentence(change, style.lang);
        let _ = match change.kind {
            ChangeKind::Shifted { all: true, .. } | ChangeKind::Stretched { .. } => writeln!(out, "{said}"),
            _ => writeln!(out, "{} {} {said}", paint.bold(&numbers(change)), change.time),
        };
        for line in lines(change, &paint) {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

struct Paint {
    color: bool,
}

impl Paint {
    fn bold(&self, text: &str) -> String {
        if self.color { [BOLD, text, END].concat() } else { text.to_owned() }
    }

    fn gone(&self, text: &str) -> String {
        if self.color { [RED, text, END].concat() } else { format!("[-{text}-]") }
    }

    fn come(&self, text: &str) -> String {
        if self.color { [GREEN, text, END].concat() } else { format!("{{+{text}+}}") }
    }
}

/// A line break is shown where it is, and nothing steers the terminal.
fn flat(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c == '\n' {
                '⏎'
            } else if c.is_control() {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

fn lines(change: &Change, paint: &Paint) -> Vec<String> {
    match &change.kind {
        ChangeKind::Reworded(pieces) | ChangeKind::Rebroken(pieces) => {
            let one = |piece: &Piece| match piece {
                Piece::Same(text) => flat(text),
                Piece::Gone(text) => paint.gone(&flat(text)),
                Piece::New(text) => paint.come(&flat(text)),
            };
            vec![pieces.iter().map(one).collect()]
        }
        ChangeKind::Split(Texts { a, b })
        | ChangeKind::Merged(Texts { a, b })
        | ChangeKind::Recut(Texts { a, b })
        | ChangeKind::Speaker(Texts { a, b })
        | ChangeKind::Styled(Texts { a, b })
        | ChangeKind::Placed(Texts { a, b }) => {
            let old = a.iter().map(|text| paint.gone(&flat(text)));
            old.chain(b.iter().map(|text| paint.come(&flat(text)))).collect()
        }
        ChangeKind::Added(text) => vec![paint.come(&flat(text))],
        ChangeKind::Removed(text) => vec![paint.gone(&flat(text))],
        ChangeKind::Shifted { .. }
        | ChangeKind::Stretched { .. }
        | ChangeKind::Moved { .. }
        | ChangeKind::Retimed { .. } => Vec::new(),
    }
}
