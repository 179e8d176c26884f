//! What has the form of a label: `Name:`, `**Name:**`, `[Name]`, `Name (role):`, `名字 00:01:23`, `Q.`

use super::hint::{self, Hint};
use super::line::is_blank;
use super::{name, skip_char, vocabulary};
use std::ops::Range;

/// How far into a line a label may reach, in bytes. Bounds the work on lines full of colons.
const WINDOW: usize = 320;
/// Longest role in characters.
const MAX_ROLE_CHARS: usize = 40;

/// Something that has the form of a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// Where the label begins, markup included.
    pub(super) start: usize,
    /// The name alone; empty for questions without one (`question`).
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
    /// `**Name**`, `### Name`, `NAME` or `名字` alone on a line.
    Alone,
    /// `NAME — text`.
    Dash,
    /// `Q. text`.
    Dot,
}

/// The label that `rest`, the text of a line at offset `at`, begins with. `timed` says that a time stands in front.
pub(super) fn read(rest: &str, at: usize, timed: bool) -> Option<Label> {
    let head = window(rest);
    let cx = Cx { head, at, whole: head.len() == rest.len(), timed };
    cx.bracketed().or_else(|| cx.plain()).or_else(|| cx.dotted())
}

/// A label that is known for certain, which need not have the form of a name: in front of one of the first colons, or
/// alone on the line.
pub(super) fn known(rest: &str, at: usize, is_known: impl Fn(&str) -> bool) -> Option<Label> {
    let head = window(rest);
    let cx = Cx { head, at, whole: head.len() == rest.len(), timed: false };
    let mut colons = head.match_indices([':', '：']).take(6).map(|(colon, _)| head.split_at_checked(colon));
    let named = colons.find_map(|split| split.filter(|(name, _)| is_known(name.trim_end_matches(is_blank))));
    match named {
        Some((name, tail)) => Some(cx.label(head, name.trim_end_matches(is_blank), skip_char(tail), Form::Colon)),
        None => (cx.whole && is_known(head)).then(|| cx.label(head, head, "", Form::Alone)),
    }
}

/// `### Name` alone on a line.
pub(super) fn heading(rest: &str, at: usize) -> Option<Label> {
    let name = rest.trim_end_matches([':', '：']);
    name::shape(name)?;
    let cx = Cx { head: rest, at, whole: true, timed: false };
    Some(cx.label(rest, name, "", Form::Alone))
}

fn window(rest: &str) -> &str {
    let mut end = rest.len().min(WINDOW);
    while !rest.is_char_boundary(end) {
        end = end.saturating_sub(1);
    }
    rest.get(..end).unwrap_or_default()
}

/// The beginning of a line while it is taken apart. What is left of it (`tail`) is always its end.
#[derive(Clone, Copy)]
struct Cx<'a> {
    head: &'a str,
    /// Offset of `head` in the article.
    at: usize,
    /// The line goes no further.
    whole: bool,
    /// A time stands in front.
    timed: bool,
}

impl<'a> Cx<'a> {
    fn offset(self, tail: &str) -> usize {
        self.at.saturating_add(self.head.len().saturating_sub(tail.len()))
    }

    /// A label whose name is what `from` begins with, and whose text is `tail`.
    fn label(self, from: &str, name: &str, tail: &str, form: Form) -> Label {
        let start = self.offset(from);
        let name = start..start.saturating_add(name.len());
        Label {
            start: self.at,
            name,
            hint: None,
            text: self.offset(tail.trim_start_matches(is_blank)),
            opened: 0,
            form,
        }
    }

    /// `[Name] text`, `[Name]: text`, `【名字】text`, `**[Name]** text`.
    fn bracketed(self) -> Option<Label> {
        let (marks, body) = marks(self.head);
        let close = match body.chars().next()? {
            '[' => ']',
            '［' => '］',
            '【' => '】',
            _ => return None,
        };
        let inside = skip_char(body);
        let (name, after) = inside.split_once(close)?;
        // `[text](address)`, `[^1]` and `[1]` are a link, a footnote and a citation.
        if after.starts_with('(') || name::shape(name).is_none() || vocabulary::is_direction(name) {
            return None;
        }
        let after = after.strip_prefix(marks).unwrap_or(after);
        let after = after.strip_prefix([':', '：']).unwrap_or(after);
        Some(self.label(inside, name, after, Form::Bracket))
    }

    /// `Name:`, `**Name:**`, `Name (role):`, `Name, role:`, `Name 00:01:23`, and `NAME — text`.
    fn plain(self) -> Option<Label> {
        let (bold, body) = marks(self.head);
        let (name, after) = split_name(body)?;
        name::shape(name)?;
        // Bold may end before the role, behind it, or behind the colon; `**Q: why?**` ends in the text.
        let mut open = bold;
        let after = role(closing_marks(after, &mut open));
        let after = closing_marks(after, &mut open).trim_start_matches(is_blank);
        let dated = hint::stamp(after);
        let apart = after_separator(dated.unwrap_or(after));
        let (hint, after) = match hint::read(apart, self.offset(apart)) {
            Some((hint, after)) => (Some(hint), after.trim_start_matches(is_blank)),
            None if dated.is_some() => (None, apart),
            None => (None, after),
        };
        let colon = after.strip_prefix([':', '：', '﹕', '|']);
        if colon.is_some_and(|next| !introduces_text(name, after, next)) {
            return None;
        }
        let tail = closing_marks(colon.unwrap_or(after), &mut open);
        let alone = self.whole && tail.trim_start_matches(is_blank).is_empty();
        let form = match (colon, &hint) {
            (Some(_), None) if !self.timed && bold.is_empty() => Form::Colon,
            (Some(_), None) if !self.timed => Form::BoldColon,
            (Some(_), _) => Form::Timed,
            (None, Some(hint)) if alone || hint.bracketed => Form::Timed,
            (None, None) if alone && (self.timed || dated.is_some()) => Form::Timed,
            (None, None) if alone && (!bold.is_empty() || is_bare_name(name)) => Form::Alone,
            _ => return self.dashed(name, after).filter(|_| bold.is_empty()),
        };
        let opened = if open.starts_with('*') { open.len() } else { 0 };
        Some(Label { hint, opened, ..self.label(body, name, tail, form) })
    }

    /// `NAME — text`: only names in capitals, initials and the like, for a dash is common in running text.
    fn dashed(self, name: &str, after: &str) -> Option<Label> {
        let tail = ["——", "—", "–", "--", "- "].iter().find_map(|dash| after.strip_prefix(dash))?;
        let capitals = name.chars().all(|c| !c.is_lowercase()) || name::shape(name) == Some(name::Shape::Name);
        (capitals && !tail.trim().is_empty()).then(|| self.label(self.head, name, tail, Form::Dash))
    }

    /// `Q. text` and `A. text`.
    fn dotted(self) -> Option<Label> {
        let after = ["Q. ", "A. "].iter().find_map(|mark| self.head.strip_prefix(mark))?;
        Some(self.label(self.head, self.head.get(..1)?, after, Form::Dot))
    }
}

/// A name that needs no mark to look like a label: capitals as in a play, or a Chinese name.
fn is_bare_name(name: &str) -> bool {
    let mut chars = name.chars();
    let first = chars.next();
    // 谢谢 begins like a name too.
    let doubled = name.chars().nth(1).is_some() && chars.all(|c| Some(c) == first);
    let capitals = !doubled && name.chars().all(|c| !c.is_lowercase());
    name::shape(name) == Some(name::Shape::Name) && capitals
}

/// What follows a mark between a name and a time: `Ann | 01:23`, `01:23 - Ann`.
pub(super) fn after_separator(text: &str) -> &str {
    let after = ["|", "｜", "- ", "– ", "— ", "•", "·", ","].iter().find_map(|mark| text.strip_prefix(mark));
    after.map_or(text, |after| after.trim_start_matches(is_blank))
}

/// The name that `body` starts with: up to a colon, a role, a time, a dash, closing bold marks, or the end.
fn split_name(body: &str) -> Option<(&str, &str)> {
    let mut previous = ' ';
    let mut end = body.len();
    for (at, c) in body.char_indices().take(80) {
        let tail = body.get(at..)?;
        let starts_time =
            c.is_ascii_digit() && is_blank(previous) && (hint::read(tail, 0).is_some() || hint::stamp(tail).is_some());
        if matches!(c, ':' | '：' | '﹕' | '|' | '(' | '（' | '[' | '［' | '<' | ',' | '—')
            || c == '*' && previous != '\\'
            || starts_time
        {
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

/// Skips the marks that close the bold which is `open`, if they are here.
fn closing_marks<'a>(text: &'a str, open: &mut &str) -> &'a str {
    let after = text.trim_start_matches(is_blank).strip_prefix(*open).filter(|_| !open.is_empty());
    if after.is_some() {
        *open = "";
    }
    after.unwrap_or(text)
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
    trimmed
        .split_once(close)
        .filter(|(role, _)| role.chars().count() <= MAX_ROLE_CHARS)
        .map_or(text, |(_, after)| after)
}

/// A colon that has text behind it, not one of `https://`, `C:\`, `std::fmt`, `John 3:16`, `thanks :)`.
fn introduces_text(name: &str, from: &str, next: &str) -> bool {
    let full_width = !from.starts_with(':');
    let digits = name.ends_with(|c: char| c.is_ascii_digit()) && next.starts_with(|c: char| c.is_ascii_digit());
    full_width || !(digits || next.starts_with(['/', '\\', ':', ')', '-', '=']))
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;
    use crate::transcript::{front, line};

    fn parsed(text: &str) -> Option<(&str, Form, &str)> {
        let lines = line::split(text);
        let label = front::read(text, lines.first()?).label?;
        Some((&text[label.name], label.form, &text[label.text..lines[0].body.end.max(label.text)]))
    }

    #[test]
    fn labels_are_recognised_by_form() {
        for (text, name, form, speech) in [
            ("主持人:大家", "主持人", Form::Colon, "大家"),
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
            ("Speaker 1 | 01:23", "Speaker 1", Form::Timed, ""),
            ("Ann - 01:23", "Ann", Form::Timed, ""),
            ("01:23 - Ann: hello", "Ann", Form::Timed, "hello"),
            ("| Ann | hello |", "Ann", Form::Colon, "hello"),
            ("|0:05|Ann|hello|", "Ann", Form::Timed, "hello"),
            ("| Ann | 0:05 | hello |", "Ann", Form::Timed, "hello"),
            ("[12/03/2023, 10:15:03] Ann: hello", "Ann", Form::Colon, "hello"),
            ("12/03/2023, 10:15 - Ann: hello", "Ann", Form::Colon, "hello"),
            ("2023年5月1日 10:15 李四：好", "李四", Form::Colon, "好"),
            ("《晚报》：好", "《晚报》", Form::Colon, "好"),
            ("李四 2023/5/1 10:02:33", "李四", Form::Timed, ""),
            ("Ann - hello", "Ann", Form::Dash, "hello"),
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
