//! Pens: how text looks.

use crate::codec::json::{self, Unread};
use crate::model::{Emphasis, Font, MarkKind, Rgba};

/// How text looks; what is not said is as the player has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Pen {
    bold: bool,
    italic: bool,
    underline: bool,
    upright: bool,
    emphasis: bool,
    color: Option<[u8; 3]>,
    opacity: Option<u8>,
    background: Option<[u8; 3]>,
    background_opacity: Option<u8>,
    font: i64,
    size: Option<i64>,
    pub(super) ruby: Ruby,
}

/// What a piece of text is to a ruby (`rb`): 1 is the base, 4 to 7 the reading, 2 a bracket for players without ruby.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Ruby {
    #[default]
    No,
    Base,
    Bracket,
    Reading,
}

/// Fonts by number (`fs`); 0 and 4 are the player's own.
const FONTS: [(i64, &str); 6] = [
    (1, "Courier New"),
    (2, "Times New Roman"),
    (3, "DejaVu Sans Mono"),
    (5, "Comic Sans MS"),
    (6, "Monotype Corsiva"),
    (7, "Carrois Gothic SC"),
];

/// Opacity of the player's background, 75 %.
const BACKGROUND_OPACITY: u8 = 191;
/// From here on text is opaque: tools write 254, because 255 is taken for "not said".
const OPAQUE: u8 = 254;

impl Pen {
    /// Takes an attribute under its short name.
    pub(super) fn set(&mut self, name: &str, value: &str, unread: &mut Unread) {
        let number = json::integer(value);
        let byte = || number.and_then(|n| u8::try_from(n.clamp(0, 255)).ok());
        match name {
            "b" => self.bold = number == Some(1),
            "i" => self.italic = number == Some(1),
            "u" => self.underline = number == Some(1),
            "hg" => self.upright = number == Some(1),
            "te" => self.emphasis = number.is_some_and(|n| n > 0),
            "fc" => self.color = color(value),
            "fo" => self.opacity = byte(),
            "bc" => self.background = color(value),
            "bo" => self.background_opacity = byte(),
            "fs" => self.font = number.unwrap_or_default(),
            "sz" => self.size = number.filter(|size| (0..=10_000).contains(size)),
            "rb" => {
                self.ruby = match number {
                    Some(1) => Ruby::Base,
                    Some(2) => Ruby::Bracket,
                    Some(4..=7) => Ruby::Reading,
                    _ => Ruby::No,
                }
            }
            "id" | "p" => {}
            _ => unread.add(name),
        }
    }

    /// The marks that say it.
    pub(super) fn marks(&self) -> Vec<MarkKind> {
        let mut marks = Vec::new();
        let flags = [
            (self.bold, MarkKind::Bold),
            (self.italic, MarkKind::Italic),
            (self.underline, MarkKind::Underline),
            (self.upright, MarkKind::Upright),
            (self.emphasis, MarkKind::Emphasis(Emphasis::Dot)),
        ];
        marks.extend(flags.into_iter().filter_map(|(on, kind)| on.then_some(kind)));
        let [r, g, b] = self.color.unwrap_or([u8::MAX; 3]);
        let a = self.opacity.filter(|a| *a < OPAQUE).unwrap_or(u8::MAX);
        let white = [r, g, b].iter().all(|c| *c >= OPAQUE);
        if !white || a < u8::MAX {
            marks.push(MarkKind::Color(Rgba { r, g, b, a }));
        }
        if self.background.is_some() || self.background_opacity.is_some() {
            let [r, g, b] = self.background.unwrap_or_default();
            let a = self.background_opacity.unwrap_or(BACKGROUND_OPACITY);
            marks.push(MarkKind::Background(Rgba { r, g, b, a: if a >= OPAQUE { u8::MAX } else { a } }));
        }
        let family = FONTS.iter().find(|(number, _)| *number == self.font).map(|(_, name)| (*name).to_owned());
        // The size is a share of which the player takes a quarter: 200 is a quarter larger.
        let size = self.size.filter(|size| *size != 100).map(|size| {
            let quarters = size.saturating_add(300);
            format!("{}%", quarters.checked_div(4).unwrap_or(100))
        });
        if family.is_some() || size.is_some() {
            marks.push(MarkKind::Font(Box::new(Font { family, size })));
        }
        marks
    }
}

/// `#FF8000` in XML, the same as a number in JSON.
fn color(value: &str) -> Option<[u8; 3]> {
    let number = match value.trim_matches('"').strip_prefix('#') {
        Some(hex) if hex.len() == 6 => u32::from_str_radix(hex, 16).ok()?,
        Some(_) => return None,
        None => u32::try_from(json::integer(value)?).ok()?,
    };
    let [_, r, g, b] = number.to_be_bytes();
    Some([r, g, b])
}
