//! How text looks at a point of an event: the state that override tags change.

use super::style::{Style, Styles};
use super::tag::Tag;
use crate::model::{Font, MarkKind, Rgba};

/// What holds of a character, as far as it differs from the script's usual style or was said by a tag.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Look<'a> {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) underline: bool,
    pub(super) strike: bool,
    pub(super) color: Option<Rgba>,
    pub(super) background: Option<Rgba>,
    pub(super) family: Option<&'a str>,
    pub(super) size: Option<&'a str>,
}

/// A part of a look that makes marks of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Bold,
    Italic,
    Underline,
    Strike,
    Color,
    Background,
    Font,
}

/// How many parts there are.
pub(super) const PART_COUNT: usize = 7;

/// Every part.
pub(super) const PARTS: [Part; PART_COUNT] =
    [Part::Bold, Part::Italic, Part::Underline, Part::Strike, Part::Color, Part::Background, Part::Font];

impl Part {
    /// The part that a mark is about; `None` if looks do not hold it.
    pub(super) fn of(kind: &MarkKind) -> Option<Self> {
        match kind {
            MarkKind::Bold => Some(Self::Bold),
            MarkKind::Italic => Some(Self::Italic),
            MarkKind::Underline => Some(Self::Underline),
            MarkKind::Strike => Some(Self::Strike),
            MarkKind::Color(_) => Some(Self::Color),
            MarkKind::Background(_) => Some(Self::Background),
            MarkKind::Font(_) => Some(Self::Font),
            MarkKind::Voice(_)
            | MarkKind::Lang(_)
            | MarkKind::Class(_)
            | MarkKind::Ruby(_)
            | MarkKind::Gloss(_)
            | MarkKind::Unsaid(_)
            | MarkKind::Emphasis(_)
            | MarkKind::Upright
            | MarkKind::Shown(_)
            | MarkKind::Raw(_) => None,
        }
    }
}

impl<'a> Look<'a> {
    /// What a style adds to the usual one.
    pub(super) fn of(style: &'a Style, usual: &Style) -> Self {
        if std::ptr::eq(style, usual) {
            return Self::default();
        }
        let Style { family, primary, background, bold, italic, underline, strike, alignment: _ } = style;
        Self {
            bold: *bold && !usual.bold,
            italic: *italic && !usual.italic,
            underline: *underline && !usual.underline,
            strike: *strike && !usual.strike,
            color: (*primary != usual.primary).then_some(*primary),
            background: background.filter(|color| usual.background != Some(*color)),
            family: (*family != usual.family).then_some(family),
            size: None,
        }
    }

    /// The mark that a part makes.
    pub(super) fn mark(&self, part: Part) -> Option<MarkKind> {
        match part {
            Part::Bold => self.bold.then_some(MarkKind::Bold),
            Part::Italic => self.italic.then_some(MarkKind::Italic),
            Part::Underline => self.underline.then_some(MarkKind::Underline),
            Part::Strike => self.strike.then_some(MarkKind::Strike),
            Part::Color => self.color.map(MarkKind::Color),
            Part::Background => self.background.map(MarkKind::Background),
            Part::Font => {
                let own = |text: Option<&str>| text.map(str::to_owned);
                let font = Font { family: own(self.family), size: own(self.size) };
                (font != Font::default()).then(|| MarkKind::Font(Box::new(font)))
            }
        }
    }
}

/// The state that tags change.
#[derive(Clone, Debug)]
pub(super) struct State<'a> {
    styles: &'a Styles,
    /// The style that "as the style has it" means.
    style: &'a Style,
    base: Look<'a>,
    pub(super) look: Look<'a>,
    /// What follows is drawn.
    pub(super) drawing: bool,
}

impl<'a> State<'a> {
    /// At the start of an event of this style.
    pub(super) fn new(styles: &'a Styles, style: &'a Style) -> Self {
        let base = Look::of(style, styles.usual());
        Self { styles, style, base, look: base, drawing: false }
    }

    /// What the style alone says.
    pub(super) fn base(&self) -> Look<'a> {
        self.base
    }

    /// What a tag changes.
    pub(super) fn apply(&mut self, tag: &Tag<'a>) {
        let (base, look) = (self.base, &mut self.look);
        match tag {
            Tag::Bold(on) => look.bold = on.unwrap_or(base.bold),
            Tag::Italic(on) => look.italic = on.unwrap_or(base.italic),
            Tag::Underline(on) => look.underline = on.unwrap_or(base.underline),
            Tag::Strike(on) => look.strike = on.unwrap_or(base.strike),
            Tag::Color(color) => self.color(*color, None),
            Tag::Opacity(a) | Tag::OpacityOfAll(a) => self.color(None, Some(*a)),
            Tag::Family(family) => look.family = family.or(base.family),
            Tag::Size(size) => look.size = size.or(base.size),
            Tag::Reset(name) => {
                if let Some(style) = self.styles.find(name).filter(|_| !name.is_empty()) {
                    self.style = style;
                }
                self.base = Look::of(self.style, self.styles.usual());
                self.look = self.base;
            }
            Tag::Drawing(on) => self.drawing = *on,
            Tag::Keypad(_) | Tag::Position(..) | Tag::Karaoke(_) | Tag::Wrap(_) | Tag::Other => {}
        }
    }

    /// Sets the colour, or with `opacity` only that; without a value each is brought back to the style's.
    fn color(&mut self, rgb: Option<[u8; 3]>, opacity: Option<Option<u8>>) {
        let primary = self.style.primary;
        let now = self.look.color.unwrap_or(primary);
        let (color, said) = match (rgb, opacity) {
            (_, Some(opacity)) => (Rgba { a: opacity.unwrap_or(primary.a), ..now }, opacity.is_some()),
            (Some([r, g, b]), None) => (Rgba { r, g, b, a: now.a }, true),
            (None, None) => (Rgba { a: now.a, ..primary }, false),
        };
        self.look.color = if !said && color == primary { self.base.color } else { Some(color) };
    }
}
