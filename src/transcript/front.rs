//! How a line begins: markup, a time, something that has the form of a label.
//!
//! Only the form is judged here; whether a label names a speaker is decided over the whole article (`cast`).

use super::hint::{self, Hint};
use super::line::{Line, is_blank};
use super::name;
use std::ops::Range;

/// How far into a line a label may reach, in bytes. Bounds the work on lines full of colons.
const WINDOW: usize = 320;

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

/// Something that has the form of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Where the label begins, markup included.
    pub(super) start: usize,
    /// The name alone.
    pub(super) name: Range<usize>,
    /// A time between the name and the text.
    pub(super) hint: Option<Hint>,
    /// Where the text begins.
    pub(super) text: usize,
    /// How many `*` of the label are closed only in the text: `**Q: why?**`.
    pub(super) opened: usize,
    /// Its form.
    pub(super) form: Form,
}

/// Forms of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// `Name:`, `名字：`, `Name (role):`.
    Colon,
    /// `**Name:**`, `**Name**:`.
    BoldColon,
    /// `[Name]`, `【名字】`, `[Name]:`.
    Bracket,
    /// `名字 00:01:23`, `00:01:23 Name`, with or without a colon.
    Timed,
    /// `**Name**` or `### Name` alone on a line.
    Alone,
    /// `NAME — text`.
    Dash,
    /// `Q. text`.
    Dot,
}

/// Takes the beginning of a line apart.
pub(super) fn read(text: &str, line: &Line) -> Front {
    let end = line.body.end;
    let body = text.get(line.body.clone()).unwrap_or_default();
    let (level, mut rest) = block_markup(body);
    let numbered = after_number(rest).filter(|rest| label(window(rest), rest, end, false).is_some());
    rest = numbered.unwrap_or(rest);
    let content = place(end, rest);
    let (hint, rest) = match hint::read(rest, content) {
        Some((hint, rest)) => (Some(hint), rest.trim_start_matches(is_blank)),
        None => (None, rest),
    };
    let mut found = label(window(rest), rest, end, hint.is_some());
    if level > 0 && found.is_none() {
        found = heading_label(rest, end);
    }
    Front { content, level, hint, text: place(end, rest), label: found }
}

/// Looks for a label that is known for certain, which need not have the form of a name: in front of one of the first
/// colons, or alone on the line.
pub(super) fn known(text: &str, line: &Line, front: &mut Front, is_known: impl Fn(&str) -> bool) {
    if front.label.as_ref().is_some_and(|label| is_known(super::cut(text, label.name.clone()))) {
        return;
    }
    let rest = super::cut(text, front.text..line.body.end);
    let head = window(rest);
    let label = |name: &str, form: Form, after: usize| {
        let at = front.text;
        let text = at.saturating_add(skip_blank(rest, after));
        Label { start: at, name: at..at.saturating_add(name.len()), hint: None, text, opened: 0, form }
    };
    let colons = head.match_indices([':', '：']).take(6);
    let mut named = colons
        .filter_map(|(at, colon)| Some((head.get(..at)?.trim_end_matches(is_blank), at.saturating_add(colon.len()))));
    front.label = match named.find(|(name, _)| is_known(name)) {
        Some((name, after)) => Some(label(name, Form::Colon, after)),
        None if head.len() == rest.len() && is_known(head) => Some(label(head, Form::Alone, head.len())),
        None => return,
    };
}

/// A bare time in front of text that no label follows (`0:05 so today…`) is a time hint only if several lines begin so;
/// otherwise someone says it (`8:30 we open`).
pub(super) fn settle(text: &str, lines: &[Line], fronts: &mut [Front], is_speaker: impl Fn(&str) -> bool) {
    let doubtful = |line: &Line, front: &Front| {
        let bare = front.hint.as_ref().is_some_and(|hint| !hint.bracketed) && front.text < line.body.end;
        bare && !front.label.as_ref().is_some_and(|label| is_speaker(super::cut(text, label.name.clone())))
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

/// Lines that must begin with a bare time before it counts as a hint.
const MIN_BARE: usize = 3;

/// The offset of `rest`, which ends where the line's body ends.
fn place(end: usize, rest: &str) -> usize {
    end.saturating_sub(rest.len())
}

fn window(rest: &str) -> &str {
    let mut end = rest.len().min(WINDOW);
    while !rest.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    rest.get(..end).unwrap_or_default()
}

/// `> `, `- `, `* `, `## `, nested up to a few levels, as quotations and lists are.
fn block_markup(body: &str) -> (usize, &str) {
    let mut rest = body;
    for _ in 0..4 {
        let bullet = ["> ", "- ", "* ", "+ ", "• ", "▪ ", "● "].iter().find_map(|mark| rest.strip_prefix(*mark));
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

/// What follows `1. ` or `12) `.
fn after_number(rest: &str) -> Option<&str> {
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = rest.len().saturating_sub(after.len());
    let after = after.strip_prefix(". ").or_else(|| after.strip_prefix(") "))?;
    (1..=3).contains(&digits).then(|| after.trim_start())
}

fn label(head: &str, rest: &str, end: usize, timed: bool) -> Option<Label> {
    let at = place(end, rest);
    bracketed(head, rest, at).or_else(|| plain(head, rest, at, timed)).or_else(|| dotted(rest, at))
}

/// `[Name] text`, `[Name]: text`, `【名字】text`, `**[Name]** text`.
fn bracketed(head: &str, rest: &str, at: usize) -> Option<Label> {
    let (marks, body) = marks(head);
    let close = match body.chars().next()? {
        '[' => ']',
        '［' => '］',
        '【' => '】',
        _ => return None,
    };
    let inside = super::skip_char(body);
    let (name, after) = inside.split_once(close)?;
    // `[text](address)`, `[^1]` and `[1]` are a link, a footnote and a citation.
    if after.starts_with('(') || name::shape(name).is_none() || super::vocabulary::is_direction(name) {
        return None;
    }
    let after = after.strip_prefix(marks).unwrap_or(after);
    let after = after.strip_prefix([':', '：']).unwrap_or(after);
    let start = at.saturating_add(head.len().saturating_sub(inside.len()));
    let text = skip_blank(rest, head.len().saturating_sub(after.len()));
    let name = start..start.saturating_add(name.len());
    Some(Label { start: at, name, hint: None, text: at.saturating_add(text), opened: 0, form: Form::Bracket })
}

/// `Name:`, `**Name:**`, `Name (role):`, `Name, role:`, `Name 00:01:23`, and `NAME — text`.
fn plain(head: &str, rest: &str, at: usize, timed: bool) -> Option<Label> {
    let (bold, body) = marks(head);
    let (name, after) = split_name(body)?;
    name::shape(name)?;
    let offset = |tail: &str| at.saturating_add(head.len().saturating_sub(tail.len()));
    let (closed, after) = closing_marks(after, bold);
    let after = role(after);
    let (closed_late, after) = if closed { (true, after) } else { closing_marks(after, bold) };
    let after = after.trim_start_matches(is_blank);
    let (hint, after) = match hint::read(after, offset(after)) {
        Some((hint, after)) => (Some(hint), after.trim_start_matches(is_blank)),
        None => (None, after),
    };
    let colon = after.strip_prefix([':', '：', '﹕']);
    let (closed_last, tail) = closing_marks(colon.unwrap_or(after), if closed_late { "" } else { bold });
    let opened = if closed_late || closed_last || !bold.starts_with('*') { 0 } else { bold.len() };
    if colon.is_some_and(|next| !introduces_text(name, after, next)) {
        return None;
    }
    let alone = tail.trim_start_matches(is_blank).is_empty() && head.len() == rest.len();
    let form = match (colon, &hint) {
        (Some(_), None) if !timed => {
            if bold.is_empty() {
                Form::Colon
            } else {
                Form::BoldColon
            }
        }
        (Some(_), _) => Form::Timed,
        (None, Some(hint)) if alone || hint.bracketed => Form::Timed,
        (None, None) if alone && timed => Form::Timed,
        (None, None) if alone && !bold.is_empty() => Form::Alone,
        _ => return dashed(name, after, rest, head, at, bold),
    };
    let start = at.saturating_add(bold.len());
    let text = at.saturating_add(skip_blank(rest, head.len().saturating_sub(tail.len())));
    Some(Label { start: at, name: start..start.saturating_add(name.len()), hint, text, opened, form })
}

/// The name that `body` starts with: up to a colon, a role, a time, a dash, closing bold marks, or the end.
fn split_name(body: &str) -> Option<(&str, &str)> {
    let mut previous = ' ';
    let mut end = body.len();
    for (at, c) in body.char_indices().take(80) {
        let tail = body.get(at..)?;
        let starts_time = c.is_ascii_digit() && is_blank(previous) && hint::read(tail, 0).is_some();
        if matches!(c, ':' | '：' | '﹕' | '(' | '（' | '[' | '［' | '<' | ',' | '—' | '*') || starts_time {
            end = at;
            break;
        }
        if is_blank(previous) && matches!(c, '–' | '-') {
            end = at;
            break;
        }
        previous = c;
    }
    let name = body.get(..end)?.trim_end_matches(is_blank);
    let name = name.strip_suffix("__").unwrap_or(name);
    (!name.is_empty()).then(|| body.split_at_checked(name.len()))?
}

/// `**`, `__` or `*` at the beginning, and what follows.
fn marks(text: &str) -> (&str, &str) {
    let body = ["***", "**", "__", "*"].iter().find_map(|mark| text.strip_prefix(mark)).unwrap_or(text);
    text.split_at_checked(text.len().saturating_sub(body.len())).unwrap_or(("", text))
}

fn closing_marks<'a>(text: &'a str, bold: &str) -> (bool, &'a str) {
    let after = text.trim_start_matches(is_blank).strip_prefix(bold).filter(|_| !bold.is_empty());
    (after.is_some(), after.unwrap_or(text))
}

/// Skips ` (role)`, `（角色）`, or `, role` before a colon.
fn role(text: &str) -> &str {
    let trimmed = text.trim_start_matches(is_blank);
    if hint::read(trimmed, 0).is_some() {
        return text;
    }
    let close = match trimmed.chars().next() {
        Some('(' | '（') => [')', '）'],
        Some('[' | '［') => [']', '］'],
        Some(',') => return trimmed.find([':', '：']).and_then(|at| trimmed.get(at..)).unwrap_or(text),
        _ => return text,
    };
    trimmed.split_once(close).filter(|(role, _)| role.chars().count() <= MAX_CHARS).map_or(text, |(_, after)| after)
}

/// Longest role in characters.
const MAX_CHARS: usize = 40;

/// A colon that has text behind it, not one of `https://`, `C:\`, `std::fmt`, `John 3:16`, `thanks :)`.
fn introduces_text(name: &str, from: &str, next: &str) -> bool {
    let full_width = !from.starts_with(':');
    let digits = name.ends_with(|c: char| c.is_ascii_digit()) && next.starts_with(|c: char| c.is_ascii_digit());
    full_width || !(digits || next.starts_with(['/', '\\', ':', ')', '-', '=']))
}

fn dashed(name: &str, after: &str, rest: &str, head: &str, at: usize, bold: &str) -> Option<Label> {
    let tail = ["——", "—", "–", "--"].iter().find_map(|dash| after.strip_prefix(dash))?;
    // Only names in capitals, initials and the like: a dash is common in running text.
    let capitals = name.chars().all(|c| !c.is_lowercase()) || name::shape(name) == Some(name::Shape::Name);
    if !capitals || tail.trim().is_empty() || !bold.is_empty() {
        return None;
    }
    let text = at.saturating_add(skip_blank(rest, head.len().saturating_sub(tail.len())));
    Some(Label { start: at, name: at..at.saturating_add(name.len()), hint: None, text, opened: 0, form: Form::Dash })
}

/// `Q. text` and `A. text`.
fn dotted(rest: &str, at: usize) -> Option<Label> {
    let after = ["Q. ", "A. "].iter().find_map(|mark| rest.strip_prefix(mark))?;
    let text = at.saturating_add(skip_blank(rest, rest.len().saturating_sub(after.len())));
    Some(Label { start: at, name: at..at.saturating_add(1), hint: None, text, opened: 0, form: Form::Dot })
}

/// `### Name` alone on a line.
fn heading_label(rest: &str, end: usize) -> Option<Label> {
    let name = rest.trim_end_matches([':', '：']);
    name::shape(name)?;
    let at = place(end, rest);
    Some(Label {
        start: at,
        name: at..at.saturating_add(name.len()),
        hint: None,
        text: end,
        opened: 0,
        form: Form::Alone,
    })
}

fn skip_blank(rest: &str, from: usize) -> usize {
    let tail = rest.get(from..).unwrap_or_default();
    rest.len().saturating_sub(tail.trim_start_matches(is_blank).len())
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;
    use crate::transcript::line;

    fn parsed(text: &str) -> Option<(&str, Form, &str)> {
        let lines = line::split(text);
        let label = read(text, lines.first()?).label?;
        Some((&text[label.name], label.form, &text[label.text..]))
    }

    #[test]
    fn labels_are_recognised_by_form() {
        for (text, name, form, speech) in [
            ("主持人:既在", "主持人", Form::Colon, "既在"),
            ("  名字 ： 好", "名字", Form::Colon, "好"),
            ("**Ann Lee:** hello", "Ann Lee", Form::BoldColon, "hello"),
            ("**Ann Lee**: hello", "Ann Lee", Form::BoldColon, "hello"),
            ("__Ann__: hello", "Ann", Form::BoldColon, "hello"),
            ("- [Ann] hello", "Ann", Form::Bracket, "hello"),
            ("【李四】：好", "李四", Form::Bracket, "好"),
            ("Ann (the host): hello", "Ann", Form::Colon, "hello"),
            ("李四（教授）：好", "李四", Form::Colon, "好"),
            ("**李四（教授）：** 好", "李四", Form::BoldColon, "好"),
            ("AILSA WU, HOST: hello", "AILSA WU", Form::Colon, "hello"),
            ("李四 00:01:23", "李四", Form::Timed, ""),
            ("李四（00:01:23）：好", "李四", Form::Timed, "好"),
            ("00:01:23 Ann: hello", "Ann", Form::Timed, "hello"),
            ("[0:05] Speaker 1: hello", "Speaker 1", Form::Timed, "hello"),
            ("Speaker 1 [0:05] hello", "Speaker 1", Form::Timed, "hello"),
            ("1. Ann: hello", "Ann", Form::Colon, "hello"),
            ("J.D. — hello", "J.D.", Form::Dash, "hello"),
            ("Q. hello", "Q", Form::Dot, "hello"),
            ("**Ann Lee**", "Ann Lee", Form::Alone, ""),
            ("### 李四", "李四", Form::Alone, ""),
        ] {
            assert_eq!(parsed(text), Some((name, form, speech)), "{text}");
        }
    }

    #[test]
    fn other_colons_and_brackets_are_no_labels() {
        for text in [
            "https://example.org/a",
            "3:1 is a ratio",
            "John 3:16 says",
            "std::fmt",
            "C:\\a",
            "[1] a citation",
            "[link](http://a.b)",
            "[music]",
            "他今天来，说：好",
            "thanks :)",
            "**all of it is bold.**",
            "plain text",
            "Ann [0:05",
        ] {
            assert_eq!(parsed(text), None, "{text}");
        }
    }
}
