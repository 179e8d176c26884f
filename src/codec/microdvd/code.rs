//! Control codes: `{y:i}` and its like.

use super::{CODE, ID};
use crate::model::{Extra, Font, Mark, MarkKind, Rgba};
use std::ops::Range;

/// A control code at the beginning of a text: its letter, its value, and how long it is.
pub(super) fn code(text: &str) -> Option<(u8, &str, usize)> {
    let rest = text.strip_prefix('{')?;
    let end = rest.find(['{', '}', '|', '\n'])?;
    let (inside, after) = rest.split_at_checked(end)?;
    let (letter, value) = inside.split_once(':').filter(|_| after.starts_with('}'))?;
    let &[letter] = letter.as_bytes() else { return None };
    letter.is_ascii_alphabetic().then_some((letter, value, end.saturating_add(2)))
}

/// It holds for the cue, not only for its line.
pub(super) fn is_whole(letter: u8) -> bool {
    letter.is_ascii_uppercase()
}

/// What a code says of `range`. A value that is not understood, and a code that is not, is kept as it is.
pub(super) fn marks(letter: u8, value: &str, raw: &str, range: &Range<u32>, marks: &mut Vec<Mark>) {
    let before = marks.len();
    let mut add = |kind| marks.push(Mark::new(range.clone(), kind));
    match letter.to_ascii_lowercase() {
        b'y' => {
            let styles = value.split(',').map(|style| match style.trim() {
                "i" => Some(MarkKind::Italic),
                "b" => Some(MarkKind::Bold),
                "u" => Some(MarkKind::Underline),
                "s" => Some(MarkKind::Strike),
                _ => None,
            });
            if let Some(styles) = styles.collect::<Option<Vec<_>>>() {
                styles.into_iter().for_each(&mut add);
            }
        }
        b'c' => color(value).into_iter().for_each(|color| add(MarkKind::Color(color))),
        b'f' if !value.is_empty() => add(font(Some(value), None)),
        b's' if !value.is_empty() => add(font(None, Some(value))),
        _ => {}
    }
    if marks.len() == before {
        let extra = Extra { format: ID, key: CODE, value: raw.to_owned() };
        marks.push(Mark::new(range.start..range.start, MarkKind::Raw(Box::new(extra))));
    }
}

fn font(family: Option<&str>, size: Option<&str>) -> MarkKind {
    MarkKind::Font(Box::new(Font { family: family.map(str::to_owned), size: size.map(str::to_owned) }))
}

/// `$BBGGRR`.
fn color(value: &str) -> Option<Rgba> {
    let digits = value.trim().strip_prefix('$').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let [_, b, g, r] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Rgba { r, g, b, a: u8::MAX })
}

/// The code that says what `kind` says, as `y:i`; `None` if there is none.
pub(super) fn spell(kind: &MarkKind) -> Option<String> {
    let fits = |value: &str| !value.is_empty() && !value.contains(['{', '}', '|', '\n', '\r']);
    match kind {
        MarkKind::Italic => Some("y:i".to_owned()),
        MarkKind::Bold => Some("y:b".to_owned()),
        MarkKind::Underline => Some("y:u".to_owned()),
        MarkKind::Strike => Some("y:s".to_owned()),
        MarkKind::Color(Rgba { r, g, b, a: u8::MAX }) => Some(format!("c:${b:02X}{g:02X}{r:02X}")),
        MarkKind::Font(font) => match (&font.family, &font.size) {
            (Some(family), None) if fits(family) => Some(format!("f:{family}")),
            (None, Some(size)) if fits(size) => Some(format!("s:{size}")),
            _ => None,
        },
        MarkKind::Voice(_)
        | MarkKind::Lang(_)
        | MarkKind::Class(_)
        | MarkKind::Color(_)
        | MarkKind::Background(_)
        | MarkKind::Ruby(_)
        | MarkKind::Gloss(_)
        | MarkKind::Unsaid(_)
        | MarkKind::Emphasis(_)
        | MarkKind::Upright
        | MarkKind::Shown(_)
        | MarkKind::Raw(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_letter_and_a_value() {
        assert_eq!(code("{y:i}x"), Some((b'y', "i", 5)));
        assert_eq!(code("{C:$0000FF}"), Some((b'C', "$0000FF", 11)));
        for text in ["", "y:i", "{y:i", "{yy:i}", "{1}", "{y:|}", "{é:1}"] {
            assert_eq!(code(text), None, "{text}");
        }
    }

    #[test]
    fn colours_are_blue_first() {
        assert_eq!(color("$0000FF"), Some(Rgba { r: 255, g: 0, b: 0, a: 255 }));
        assert_eq!(spell(&MarkKind::Color(Rgba { r: 1, g: 2, b: 3, a: 255 })).as_deref(), Some("c:$030201"));
        assert_eq!(color("$é000FF"), None);
    }
}
