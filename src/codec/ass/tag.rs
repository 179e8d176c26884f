//! Override tags: cut out of their block, and understood as far as the model has words.

use super::color;
use memchr::memchr2_iter;

/// What a tag says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Tag<'a> {
    /// `\b1`, `\b0`, a weight; without a value: as the style has it.
    Bold(Option<bool>),
    Italic(Option<bool>),
    Underline(Option<bool>),
    Strike(Option<bool>),
    /// `\c`, `\1c`: red, green, blue.
    Color(Option<[u8; 3]>),
    /// `\1a`: opacity of the text.
    Opacity(Option<u8>),
    /// `\alpha`: opacity of text, outline and shadow.
    OpacityOfAll(Option<u8>),
    Family(Option<&'a str>),
    Size(Option<&'a str>),
    /// `\r`, with the name of a style or without.
    Reset(&'a str),
    /// `\an`, and `\a` brought to it.
    Keypad(u8),
    /// `\pos`.
    Position(f64, f64),
    /// `\k` and its kin: length of the syllable in centiseconds.
    Karaoke(f64),
    /// `\p`: whether what follows is drawn.
    Drawing(bool),
    /// `\q`: how lines are broken.
    Wrap(u8),
    /// Any other.
    Other,
}

/// Weights from 600 on look bold (OpenType's usWeightClass: 600 is semi-bold).
const BOLD_WEIGHT: i64 = 600;

/// The pieces of a block's content, in order: what stands before the first tag, then each tag to the next one. Inside
/// parentheses a backslash begins no tag of its own (`\t(0,100,\fs40)`).
pub(super) fn pieces(block: &str) -> impl Iterator<Item = &str> {
    let (mut from, mut depth) = (0usize, 0usize);
    let mut ends = Vec::new();
    for at in memchr::memchr3_iter(b'\\', b'(', b')', block.as_bytes()) {
        match block.as_bytes().get(at) {
            Some(b'(') => depth = depth.saturating_add(1),
            Some(b')') => depth = depth.saturating_sub(1),
            _ if depth == 0 && at > 0 => ends.push(at),
            _ => {}
        }
    }
    ends.push(block.len());
    ends.into_iter().filter_map(move |end| {
        let piece = block.get(from..end)?;
        from = end;
        (!piece.is_empty()).then_some(piece)
    })
}

/// What a piece says: `\b1`.
pub(super) fn understand(piece: &str) -> Tag<'_> {
    let Some(body) = piece.strip_prefix('\\') else { return Tag::Other };
    let tag = match body.as_bytes().first() {
        Some(b'b') => body.strip_prefix('b').and_then(weight).map(Tag::Bold),
        Some(b'i') => body.strip_prefix('i').and_then(switch).map(Tag::Italic),
        Some(b'u') => body.strip_prefix('u').and_then(switch).map(Tag::Underline),
        Some(b's') => body.strip_prefix('s').and_then(switch).map(Tag::Strike),
        Some(b'c') => body.strip_prefix('c').and_then(color_value).map(Tag::Color),
        Some(b'1') => first_color(body),
        Some(b'a') => alignment(body),
        Some(b'f') => font(body),
        Some(b'r') => body.strip_prefix('r').map(|name| Tag::Reset(name.trim())),
        Some(b'p') => drawing_or_position(body),
        Some(b'k' | b'K') => karaoke(body),
        Some(b'q') => body.strip_prefix('q').and_then(|value| value.trim().parse().ok()).map(Tag::Wrap),
        _ => None,
    };
    tag.unwrap_or(Tag::Other)
}

fn weight(value: &str) -> Option<Option<bool>> {
    let value = value.trim();
    if value.is_empty() {
        return Some(None);
    }
    let number: i64 = value.parse().ok()?;
    Some(Some(number == 1 || number >= BOLD_WEIGHT))
}

fn switch(value: &str) -> Option<Option<bool>> {
    match value.trim() {
        "" => Some(None),
        "0" => Some(Some(false)),
        "1" => Some(Some(true)),
        // Renderers take other numbers for "as the style has it".
        other => other.parse::<i64>().ok().map(|_| None),
    }
}

fn color_value(value: &str) -> Option<Option<[u8; 3]>> {
    if value.trim().is_empty() {
        return Some(None);
    }
    value.trim_start().starts_with(['&', 'H', 'h']).then(|| color::of_tag(value).map(color::rgb)).flatten().map(Some)
}

fn first_color<'a>(body: &'a str) -> Option<Tag<'a>> {
    if let Some(value) = body.strip_prefix("1c") {
        return color_value(value).map(Tag::Color);
    }
    opacity(body.strip_prefix("1a")?).map(Tag::Opacity)
}

fn opacity(value: &str) -> Option<Option<u8>> {
    if value.trim().is_empty() {
        return Some(None);
    }
    let [.., alpha] = color::of_tag(value)?.to_be_bytes();
    Some(Some(u8::MAX.wrapping_sub(alpha)))
}

fn alignment<'a>(body: &'a str) -> Option<Tag<'a>> {
    if let Some(value) = body.strip_prefix("alpha") {
        return opacity(value).map(Tag::OpacityOfAll);
    }
    let number = match body.strip_prefix("an") {
        Some(value) => value.trim().parse().ok().filter(|n| (1..=9).contains(n)),
        None => super::style::from_legacy(body.strip_prefix('a')?.trim().parse().ok()?),
    };
    number.map(Tag::Keypad)
}

fn font<'a>(body: &'a str) -> Option<Tag<'a>> {
    if let Some(name) = body.strip_prefix("fn") {
        let name = name.trim();
        return Some(Tag::Family((!matches!(name, "" | "0")).then_some(name)));
    }
    let size = body.strip_prefix("fs")?.trim();
    // `\fs+5` and `\fscx` are others.
    let number = size.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let positive = size.parse::<f64>().is_ok_and(|size| size > 0.0);
    (size.is_empty() || number).then(|| Tag::Size(positive.then_some(size)))
}

fn drawing_or_position<'a>(body: &'a str) -> Option<Tag<'a>> {
    if let Some(rest) = body.strip_prefix("pos") {
        let (x, y) = rest.trim().strip_prefix('(')?.strip_suffix(')')?.split_once(',')?;
        let number = |text: &str| text.trim().parse::<f64>().ok().filter(|n| n.is_finite());
        return Some(Tag::Position(number(x)?, number(y)?));
    }
    let scale: i64 = body.strip_prefix('p')?.trim().parse().ok()?;
    Some(Tag::Drawing(scale > 0))
}

fn karaoke<'a>(body: &'a str) -> Option<Tag<'a>> {
    let value = ["kf", "ko", "K", "k"].iter().find_map(|name| body.strip_prefix(name))?;
    value.trim().parse().ok().filter(|length: &f64| length.is_finite() && *length >= 0.0).map(Tag::Karaoke)
}

/// It can stand in a block as it is.
pub(super) fn fits(piece: &str) -> bool {
    !piece.is_empty() && !piece.contains('}') && memchr2_iter(b'\n', b'\r', piece.as_bytes()).next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_falls_into_tags() {
        let cut = |block| pieces(block).collect::<Vec<_>>();
        assert_eq!(cut("\\an8\\b1"), ["\\an8", "\\b1"]);
        assert_eq!(cut("note\\t(0,1,\\fs4\\b1)\\i1"), ["note", "\\t(0,1,\\fs4\\b1)", "\\i1"]);
        assert_eq!(cut("\\clip(1,2"), ["\\clip(1,2"]);
        assert_eq!((cut(""), cut("\\"), cut("\\\\")), (vec![], vec!["\\"], vec!["\\", "\\"]));
    }

    #[test]
    fn tags_are_told_apart() {
        for (piece, tag) in [
            ("\\b1", Tag::Bold(Some(true))),
            ("\\b0", Tag::Bold(Some(false))),
            ("\\b", Tag::Bold(None)),
            ("\\b700", Tag::Bold(Some(true))),
            ("\\b400", Tag::Bold(Some(false))),
            ("\\bord2", Tag::Other),
            ("\\blur1", Tag::Other),
            ("\\i1", Tag::Italic(Some(true))),
            ("\\iclip(1,2,3,4)", Tag::Other),
            ("\\shad2", Tag::Other),
            ("\\c&H0000FF&", Tag::Color(Some([255, 0, 0]))),
            ("\\1c&HFF0000&", Tag::Color(Some([0, 0, 255]))),
            ("\\c", Tag::Color(None)),
            ("\\clip(m 0 0)", Tag::Other),
            ("\\2c&HFF&", Tag::Other),
            ("\\1a&HFF&", Tag::Opacity(Some(0))),
            ("\\alpha&H80&", Tag::OpacityOfAll(Some(127))),
            ("\\an8", Tag::Keypad(8)),
            ("\\a6", Tag::Keypad(8)),
            ("\\a10", Tag::Keypad(5)),
            ("\\an0", Tag::Other),
            ("\\fnNoto Sans", Tag::Family(Some("Noto Sans"))),
            ("\\fs24", Tag::Size(Some("24"))),
            ("\\fs+4", Tag::Other),
            ("\\fscx120", Tag::Other),
            ("\\r", Tag::Reset("")),
            ("\\rAlt", Tag::Reset("Alt")),
            ("\\pos(320, 20.5)", Tag::Position(320.0, 20.5)),
            ("\\pos(1)", Tag::Other),
            ("\\p1", Tag::Drawing(true)),
            ("\\p0", Tag::Drawing(false)),
            ("\\pbo5", Tag::Other),
            ("\\k50", Tag::Karaoke(50.0)),
            ("\\K50", Tag::Karaoke(50.0)),
            ("\\kf5", Tag::Karaoke(5.0)),
            ("\\kt5", Tag::Other),
            ("\\q2", Tag::Wrap(2)),
            ("\\move(1,2,3,4)", Tag::Other),
        ] {
            assert_eq!(understand(piece), tag, "{piece}");
        }
    }
}
