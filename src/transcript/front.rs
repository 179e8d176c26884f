//! How a line begins: markup, a time, something that has the form of a label.
//!
//! Only the form is judged here; whether a label names a speaker is decided over the whole article (`cast`).

use super::cut;
use super::hint::{self, Hint};
use super::label::{self, Label};
use super::line::{Line, is_blank};

/// Lines that must begin with a bare time before it counts as a hint.
const MIN_BARE: usize = 3;

/// The beginning of a line, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Front {
    /// Where markup of the block ends: list bullets, quotation marks `>`, `#`.
    pub(super) content: usize,
    /// Level of a Markdown heading; 0 if it is none.
    pub(super) level: usize,
    /// A time in front of everything else.
    pub(super) hint: Option<Hint>,
    /// Where the text begins if there is no label.
    pub(super) text: usize,
    /// What has the form of a label.
    pub(super) label: Option<Label>,
}

/// Takes the beginning of a line apart.
pub(super) fn read(text: &str, line: &Line) -> Front {
    let end = line.body.end;
    let body = text.get(line.body.clone()).unwrap_or_default();
    let (level, mut rest) = block_markup(body);
    let numbered = after_number(rest).filter(|rest| label::read(rest, place(end, rest), false).is_some());
    rest = after_stamp(numbered.unwrap_or(rest));
    let content = place(end, rest);
    let (hint, rest) = match hint::read(rest, content) {
        Some((hint, rest)) => (Some(hint), label::after_separator(rest.trim_start_matches(is_blank))),
        None => (None, rest),
    };
    let text = place(end, rest);
    let label = label::read(rest, text, hint.is_some());
    let label = label.or_else(|| label::heading(rest, text).filter(|_| level > 0));
    Front { content, level, hint, text, label }
}

/// Looks for a label that is known for certain, if what has the form of a label is none.
pub(super) fn known(text: &str, line: &Line, front: &mut Front, is_known: impl Fn(&str) -> bool) {
    if !front.label.as_ref().is_some_and(|label| is_known(cut(text, label.name.clone()))) {
        front.label = label::known(cut(text, front.text..line.body.end), front.text, is_known);
    }
}

/// A bare time in front of text that no label follows (`0:05 so today…`) is a time hint only if several lines begin so;
/// otherwise someone says it (`8:30 we open`).
pub(super) fn settle(text: &str, lines: &[Line], fronts: &mut [Front], is_speaker: impl Fn(&str) -> bool) {
    let doubtful = |line: &Line, front: &Front| {
        let bare = front.hint.as_ref().is_some_and(|hint| !hint.bracketed) && front.text < line.body.end;
        bare && !front.label.as_ref().is_some_and(|label| is_speaker(cut(text, label.name.clone())))
    };
    let count = lines.iter().zip(fronts.iter()).filter(|(line, front)| doubtful(line, front)).take(MIN_BARE).count();
    if count >= MIN_BARE {
        return;
    }
    for (line, front) in lines.iter().zip(fronts) {
        if doubtful(line, front) {
            front.hint = None;
            front.text = front.content;
            front.label = None;
        }
    }
}

/// The offset of `rest`, which ends where the line's body ends.
fn place(end: usize, rest: &str) -> usize {
    end.saturating_sub(rest.len())
}

/// `> `, `- `, `* `, `| `, `## `, nested up to a few levels, as quotations and lists are.
fn block_markup(body: &str) -> (usize, &str) {
    let mut rest = body;
    for _ in 0..4 {
        let bullet = ["> ", "- ", "* ", "+ ", "• ", "▪ ", "● ", "| "].iter().find_map(|mark| rest.strip_prefix(*mark));
        let bullet = bullet.or_else(|| rest.strip_prefix('|').filter(|cells| cells.contains('|')));
        let Some(after) = bullet.or_else(|| rest.strip_prefix('>')) else { break };
        // `* * *` is a rule.
        if after.starts_with("* ") || after.starts_with("- ") {
            break;
        }
        rest = after.trim_start_matches(is_blank);
    }
    let after = rest.trim_start_matches('#');
    let level = rest.len().saturating_sub(after.len());
    // `#话题#` is a tag, `# 标题` a heading.
    if (1..=6).contains(&level) && after.starts_with(is_blank) {
        return (level, after.trim_start_matches(is_blank));
    }
    (0, rest)
}

/// What follows the date of a message, if a label does; otherwise the date is part of the text.
fn after_stamp(rest: &str) -> &str {
    let after = hint::stamp(rest).map(|after| label::after_separator(after.trim_start()));
    after.filter(|after| label::read(after, 0, false).is_some()).unwrap_or(rest)
}

/// What follows `1. ` or `12) `.
fn after_number(rest: &str) -> Option<&str> {
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len().saturating_sub(after.len());
    let after = after.strip_prefix(". ").or_else(|| after.strip_prefix(") "))?;
    (1..=3).contains(&digits).then(|| after.trim_start())
}
