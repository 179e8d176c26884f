//! Inline Markdown in speech: what of a paragraph is markup and not shown.

use super::bracket::{Kind, Pair};
use crate::model::Reason;
use std::ops::Range;

/// Longest address in `<…>`.
const MAX_ADDRESS_CHARS: usize = 2000;

/// A stretch of a paragraph that is not part of what is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// Its bytes.
    pub(super) range: Range<usize>,
    /// Markup that simply goes (`None`), or something left unsaid with its reason.
    pub(super) unsaid: Option<Reason>,
}

/// All markup of `raw`, in order, without overlaps: emphasis, code, links, images, footnotes, escapes. `opened` says how
/// many `*` were opened before it. `asked` are passages that the user takes out.
pub(super) fn edits(raw: &str, pairs: &[Pair], opened: usize, asked: Vec<Range<usize>>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = asked.into_iter().map(|range| Edit { range, unsaid: Some(Reason::Asked) }).collect();
    delimiters(raw, opened, &mut edits);
    links(raw, pairs, &mut edits);
    edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
    let mut end = 0;
    edits.retain(|edit| {
        let keep = edit.range.start >= end;
        end = if keep { edit.range.end } else { end };
        keep
    });
    edits
}

fn drop(edits: &mut Vec<Edit>, range: Range<usize>) {
    edits.push(Edit { range, unsaid: None });
}

/// Emphasis, strikethrough, code and escapes, in one pass: a stack for each delimiter, as in CommonMark §6.2, but
/// without its rules for mixed lengths.
fn delimiters(raw: &str, opened: usize, edits: &mut Vec<Edit>) {
    let mut open = Open::default();
    if opened > 0 {
        open.stars.push(Run { at: None, left: opened, length: opened, both: false });
    }
    let mut before = ' ';
    let mut rest = raw;
    while let Some(at) = rest.find(['*', '_', '~', '`', '\\']) {
        let (skipped, tail) = rest.split_at_checked(at).unwrap_or(("", ""));
        before = skipped.chars().next_back().unwrap_or(before);
        let mark = tail.chars().next().unwrap_or(' ');
        let after = tail.trim_start_matches(mark);
        let length = tail.len().saturating_sub(after.len());
        let start = raw.len().saturating_sub(tail.len());
        if mark == '\\' {
            rest = escape(tail, start, edits);
            before = ' ';
            continue;
        }
        open.run(mark, start..start.saturating_add(length), before, after.chars().next().unwrap_or(' '), edits);
        before = mark;
        rest = after;
    }
}

/// `\*` shows `*`. The next character is not markup.
fn escape<'a>(tail: &'a str, start: usize, edits: &mut Vec<Edit>) -> &'a str {
    let after = super::skip_char(tail);
    if after.starts_with(|c: char| c.is_ascii_punctuation()) {
        drop(edits, start..start.saturating_add(1));
        return super::skip_char(after);
    }
    after
}

/// Delimiters that wait for their partner.
#[derive(Default)]
struct Open {
    stars: Vec<Run>,
    lines: Vec<Run>,
    waves: Vec<Run>,
    code: Vec<Run>,
}

struct Run {
    /// Where it is; `None` in front of the paragraph, in the label.
    at: Option<usize>,
    /// How many of its characters have no partner yet.
    left: usize,
    /// How many there were.
    length: usize,
    /// It could close as well as open.
    both: bool,
}

impl Run {
    /// CommonMark's rules 9 and 10: a run that could open and close pairs only with one such that their lengths do not
    /// add up to a multiple of 3, unless both are one. So `**a *b` stays as it is.
    fn pairs_with(&self, length: usize, both: bool) -> bool {
        let thrice = |n: usize| n.is_multiple_of(3);
        !(self.both || both) || !thrice(self.length.saturating_add(length)) || thrice(self.length) && thrice(length)
    }
}

impl Open {
    fn run(&mut self, mark: char, range: Range<usize>, before: char, after: char, edits: &mut Vec<Edit>) {
        let (closes, opens) = (!before.is_whitespace(), !after.is_whitespace());
        let inner = before.is_alphanumeric() && after.is_alphanumeric();
        // `2*3*4` multiplies, `snake_case` is a word.
        let digits = before.is_ascii_digit() && after.is_ascii_digit();
        let (stack, closes, opens) = match mark {
            '*' => (&mut self.stars, closes && !digits, opens && !digits),
            '_' => (&mut self.lines, closes && !inner, opens && !inner),
            '~' if range.len() == 2 => (&mut self.waves, closes, opens),
            '`' => (&mut self.code, true, true),
            _ => return,
        };
        let (mut range, length) = (range.clone(), range.len());
        while closes && !range.is_empty() {
            let Some(last) = stack.last_mut().filter(|run| run.pairs_with(length, closes && opens)) else { break };
            let shared = last.left.min(range.len());
            last.left = last.left.saturating_sub(shared);
            if let Some(at) = last.at {
                let partner = at.saturating_add(last.left);
                drop(edits, partner..partner.saturating_add(shared));
            }
            let end = range.start.saturating_add(shared);
            drop(edits, range.start..end);
            range.start = end;
            if last.left == 0 {
                stack.pop();
            }
        }
        if opens && !range.is_empty() {
            stack.push(Run { at: Some(range.start), left: range.len(), length, both: closes && opens });
        }
    }
}

/// `[text](address)`, `![picture](address)`, `[^1]`, `[12]`, `<https://…>`.
fn links(raw: &str, pairs: &[Pair], edits: &mut Vec<Edit>) {
    for (index, pair) in pairs.iter().enumerate().filter(|(_, pair)| pair.kind == Kind::Square) {
        let Some(after) = raw.get(pair.close..).map(super::skip_char) else { continue };
        let inside = raw.get(pair.open..pair.close).map(super::skip_char).unwrap_or_default();
        let close = raw.len().saturating_sub(after.len());
        if is_citation(inside) {
            edits.push(Edit { range: pair.open..close, unsaid: Some(Reason::Layout) });
            continue;
        }
        let rest = pairs.get(index..).unwrap_or_default();
        let address = rest.binary_search_by_key(&close, |pair| pair.open).ok().and_then(|at| rest.get(at));
        let Some(address) = address.filter(|address| is_address(raw.get(address.open..address.close))) else {
            continue;
        };
        let end = address.close.saturating_add(1);
        if raw.get(..pair.open).is_some_and(|before| before.ends_with('!')) {
            edits.push(Edit { range: pair.open.saturating_sub(1)..end, unsaid: Some(Reason::Layout) });
        } else {
            drop(edits, pair.open..pair.open.saturating_add(1));
            drop(edits, pair.close..end);
        }
    }
    for (at, _) in raw.match_indices("<http") {
        let address = raw.get(at..).unwrap_or_default().char_indices().take(MAX_ADDRESS_CHARS);
        let end = address.skip(1).find(|(_, c)| matches!(c, '>' | '<') || c.is_whitespace());
        if let Some((length, '>')) = end {
            let close = at.saturating_add(length);
            drop(edits, at..at.saturating_add(1));
            drop(edits, close..close.saturating_add(1));
        }
    }
}

/// `^1`, `12`, `3, 4`, `5-7`.
fn is_citation(inside: &str) -> bool {
    let note = inside.strip_prefix('^').unwrap_or(inside);
    let marked = note.len() < inside.len() && !note.contains(char::is_whitespace) && note.len() < 40;
    let numbers = note.len() < 20 && note.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'));
    (marked || numbers) && note.chars().any(|c| c.is_alphanumeric()) && !is_year(note)
}

fn is_year(note: &str) -> bool {
    note.len() == 4 && note.starts_with(['1', '2'])
}

/// The address of a link, with its opening bracket: no remark in brackets looks so.
fn is_address(text: Option<&str>) -> bool {
    let Some(address) = text.and_then(|text| text.strip_prefix('(')).map(|text| text.split(' ').next().unwrap_or(text))
    else {
        return false;
    };
    let starts = ["http://", "https://", "mailto:", "www.", "/", "#", "./", "../", "<"];
    let files = [".html", ".htm", ".md", ".pdf", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".mp4", ".mp3"];
    starts.iter().any(|start| address.starts_with(start)) || files.iter().any(|file| address.ends_with(file))
}

#[cfg(test)]
#[allow(clippy::string_slice)]
mod tests {
    use super::*;
    use crate::transcript::bracket;

    fn shown(raw: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for edit in edits(raw, &bracket::pairs(raw), 0, Vec::new()) {
            out.push_str(&raw[at..edit.range.start]);
            at = edit.range.end;
        }
        out + &raw[at..]
    }

    #[test]
    fn markup_goes_and_text_stays() {
        for (raw, plain) in [
            ("a **bold** and *thin* and ***both***", "a bold and thin and both"),
            ("这是**重点**，`code` ~~no~~", "这是重点，code no"),
            ("[the site](https://a.b/c_d_e) and ![p](x.png)!", "the site and !"),
            ("2*3*4 snake_case_name __init__", "2*3*4 snake_case_name init"),
            ("a * b * c and 5 \\* 6", "a * b * c and 5 * 6"),
            ("known[1] and[^note] but [2016] and [she]", "known and but [2016] and [she]"),
            ("**open and `open", "**open and `open"),
            ("**半个粗体，还有*半个斜体。", "**半个粗体，还有*半个斜体。"),
            ("see <https://a.b>", "see https://a.b"),
            ("a [b](c d) e", "a [b](c d) e"),
        ] {
            assert_eq!(shown(raw), plain);
        }
    }

    #[test]
    fn bold_that_the_label_opened_is_closed_in_the_text() {
        let found = edits("why?**", &[], 2, Vec::new());
        assert_eq!(found, [Edit { range: 4..6, unsaid: None }]);
    }
}
