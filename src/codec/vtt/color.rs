//! The default classes of WebVTT §5 that stand for colours.

use crate::model::{MarkKind, Rgba};

const fn opaque(r: u8, g: u8, b: u8) -> Rgba {
    Rgba { r, g, b, a: 255 }
}

/// Class for the text (§5.1), class for its background (§5.2), colour.
const COLORS: &[(&str, &str, Rgba)] = &[
    ("white", "bg_white", opaque(255, 255, 255)),
    ("lime", "bg_lime", opaque(0, 255, 0)),
    ("cyan", "bg_cyan", opaque(0, 255, 255)),
    ("red", "bg_red", opaque(255, 0, 0)),
    ("yellow", "bg_yellow", opaque(255, 255, 0)),
    ("magenta", "bg_magenta", opaque(255, 0, 255)),
    ("blue", "bg_blue", opaque(0, 0, 255)),
    ("black", "bg_black", opaque(0, 0, 0)),
];

/// What a class says of the text it covers.
pub(super) fn mark_of_class(class: &str) -> MarkKind {
    let named = COLORS.iter().find_map(|(text, background, color)| match class {
        _ if class == *text => Some(MarkKind::Color(*color)),
        _ if class == *background => Some(MarkKind::Background(*color)),
        _ => None,
    });
    named.unwrap_or_else(|| MarkKind::Class(class.into()))
}

/// The class of a text colour, if it has one.
pub(super) fn class_of(color: Rgba) -> Option<&'static str> {
    COLORS.iter().find(|(.., c)| *c == color).map(|(text, ..)| *text)
}

/// The class of a background colour, if it has one.
pub(super) fn background_class_of(color: Rgba) -> Option<&'static str> {
    COLORS.iter().find(|(.., c)| *c == color).map(|(_, background, _)| *background)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn default_classes_are_colours() {
        assert_eq!(mark_of_class("lime"), MarkKind::Color(opaque(0, 255, 0)));
        assert_eq!(mark_of_class("bg_blue"), MarkKind::Background(opaque(0, 0, 255)));
        assert_eq!(mark_of_class("bg_"), MarkKind::Class("bg_".into()));
        assert_eq!(class_of(Rgba { a: 128, ..opaque(255, 0, 0) }), None);
    }
}
