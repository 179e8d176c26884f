//! Which bracket closes which.

/// A matched pair of brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    /// Byte offset of the opening bracket.
    pub(super) open: usize,
    /// Byte offset of the closing one.
    pub(super) close: usize,
    /// Its kind.
    pub(super) kind: Kind,
    /// Another pair lies inside.
    pub(super) nested: bool,
}

/// Kinds of brackets. Half and full width of one kind match each other: `(点子）` is common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// `()`, `（）`.
    Round,
    /// `[]`, `［］`.
    Square,
    /// `【】`, `〔〕`.
    Lenticular,
    /// `{}`, and `<>` around a stage direction.
    Other,
}

/// What `<` encloses is looked for so far, in bytes.
const MAX_ANGLE: usize = 60;

/// The kind of an opening bracket.
pub(super) fn opening(c: char) -> Option<Kind> {
    match c {
        '(' | '（' => Some(Kind::Round),
        '[' | '［' => Some(Kind::Square),
        '【' | '〔' => Some(Kind::Lenticular),
        '{' | '｛' => Some(Kind::Other),
        _ => None,
    }
}

fn closing(c: char) -> Option<Kind> {
    match c {
        ')' | '）' => Some(Kind::Round),
        ']' | '］' => Some(Kind::Square),
        '】' | '〕' => Some(Kind::Lenticular),
        '}' | '｝' => Some(Kind::Other),
        _ => None,
    }
}

/// All pairs, by their opening bracket, in one pass. A closing bracket matches the last open one if that is of its
/// kind; otherwise it is text, and so is an opening bracket that nothing closes.
pub(super) fn pairs(text: &str) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let mut open: Vec<(usize, Kind, bool)> = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some(kind) = opening(c) {
            open.push((at, kind, false));
        } else if let Some((start, kind, nested)) = closing(c).and_then(|kind| close(&mut open, kind)) {
            pairs.push(Pair { open: start, close: at, kind, nested });
        } else if let Some(close) = angle(text, at, c) {
            pairs.push(Pair { open: at, close, kind: Kind::Other, nested: false });
        }
    }
    pairs.sort_unstable_by_key(|pair| pair.open);
    pairs
}

/// `<笑>`, but not `a < b`.
fn angle(text: &str, at: usize, c: char) -> Option<usize> {
    let close = match c {
        '<' => '>',
        '＜' => '＞',
        _ => return None,
    };
    let inside = super::skip_char(text.get(at..)?);
    let begin = text.len().saturating_sub(inside.len());
    let length = inside.char_indices().take_while(|(i, _)| *i < MAX_ANGLE).find(|(_, c)| *c == close)?.0;
    super::vocabulary::is_direction(inside.get(..length)?).then_some(begin.saturating_add(length))
}

fn close(open: &mut Vec<(usize, Kind, bool)>, kind: Kind) -> Option<(usize, Kind, bool)> {
    let found = open.pop_if(|(_, last, _)| *last == kind)?;
    if let Some((_, _, nested)) = open.last_mut() {
        *nested = true;
    }
    Some(found)
}

/// The text, if one pair of brackets encloses all of it; what is inside.
pub(super) fn enclosed(text: &str) -> Option<&str> {
    let kind = opening(text.chars().next()?)?;
    closing(text.chars().next_back()?).filter(|last| *last == kind)?;
    // Cheap refusal of long paragraphs that merely start and end with brackets.
    if text.len() > 400 {
        return None;
    }
    let all = pairs(text);
    let first = all.first().filter(|pair| pair.open == 0)?;
    let (inside, last) = text.split_at_checked(first.close)?;
    (last.chars().count() == 1).then(|| super::skip_char(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_match_across_widths_and_unbalanced_ones_are_text() {
        let found = |text: &str| pairs(text).iter().map(|p| (p.open, p.close, p.nested)).collect::<Vec<_>>();
        assert_eq!(found("a(b）c"), [(1, 3, false)]);
        assert_eq!(found("((a)"), [(1, 3, false)]);
        assert_eq!(found("(a[b])"), [(0, 5, true), (2, 4, false)]);
        assert_eq!(found("a)b(]"), []);
        assert_eq!(found("<笑>a<b>(c<d)"), [(0, 4, false), (9, 13, false)]);
        assert_eq!(enclosed("（掌声）"), Some("掌声"));
        assert_eq!(enclosed("(a) and (b)"), None);
    }
}
