//! Style properties (TTML2 §10.2): which of them become marks, and which only this family understands.

use super::color;
use super::namespace::Ns;
use super::xml::{Attr, Pull};
use crate::lang::LangTag;
use crate::model::{Align, Emphasis, Font, MarkKind};
use std::borrow::Cow;

/// A property as it was specified.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decl<'a> {
    pub(super) ns: Ns,
    pub(super) local: &'a str,
    pub(super) value: Cow<'a, str>,
    /// As it is written among leftovers: `tts:opacity="0.5"`.
    written: Option<(&'a str, &'a str)>,
}

impl<'a> Decl<'a> {
    /// From an attribute; a foreign one remembers its prefix and what that stands for.
    pub(super) fn new(attr: &Attr<'a>, pull: &Pull<'a>) -> Self {
        let foreign = || {
            let (prefix, _) = attr.name.split_once(':')?;
            Some((prefix, pull.uri(prefix)?))
        };
        let written = if attr.ns == Ns::Other { foreign() } else { None };
        Self { ns: attr.ns, local: attr.local, value: attr.value(), written }
    }

    /// The same property.
    pub(super) fn same_name(&self, other: &Self) -> bool {
        self.ns == other.ns
            && self.local == other.local
            && self.written.map(|(_, uri)| uri) == other.written.map(|(_, uri)| uri)
    }

    /// Appends `prefix:name="value"`; nothing, and false, if it has no name that can be written.
    pub(super) fn write(&self, out: &mut String) -> bool {
        let foreign = self.written.filter(|(prefix, _)| {
            // Our own prefixes stand for what they are declared as at the top.
            super::namespace::NAMESPACES.iter().all(|(_, known, _)| known != prefix)
        });
        let Some(prefix) = self.ns.written().map(|(prefix, _)| prefix).or(foreign.map(|(prefix, _)| prefix)) else {
            return false;
        };
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend([prefix, ":", self.local, "=\""]);
        escape_attribute(out, &self.value);
        out.push('"');
        if let Some((prefix, uri)) = foreign {
            out.extend([" xmlns:", prefix, "=\""]);
            escape_attribute(out, uri);
            out.push('"');
        }
        true
    }
}

/// Appends a text as an attribute's value in double quotes.
pub(super) fn escape_attribute(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

/// Puts `over` on top of `under`.
pub(super) fn merge<'a>(under: &mut Vec<Decl<'a>>, over: &[Decl<'a>]) {
    for decl in over {
        match under.iter_mut().find(|known| known.same_name(decl)) {
            Some(known) => *known = decl.clone(),
            None => under.push(decl.clone()),
        }
    }
}

/// A style that can be switched off inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Switch {
    Bold,
    Italic,
    Underline,
    Strike,
    Upright,
    Emphasis,
}

impl Switch {
    /// Which it is that a mark switches on.
    pub(super) fn of(kind: &MarkKind) -> Option<Self> {
        match kind {
            MarkKind::Bold => Some(Switch::Bold),
            MarkKind::Italic => Some(Switch::Italic),
            MarkKind::Underline => Some(Switch::Underline),
            MarkKind::Strike => Some(Switch::Strike),
            MarkKind::Upright => Some(Switch::Upright),
            MarkKind::Emphasis(_) => Some(Switch::Emphasis),
            MarkKind::Voice(_)
            | MarkKind::Lang(_)
            | MarkKind::Class(_)
            | MarkKind::Color(_)
            | MarkKind::Background(_)
            | MarkKind::Font(_)
            | MarkKind::Ruby(_)
            | MarkKind::Gloss(_)
            | MarkKind::Unsaid(_)
            | MarkKind::Shown(_)
            | MarkKind::Raw(_) => None,
        }
    }
}

/// What a property does to text.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Effect {
    On(MarkKind),
    Off(Switch),
    /// Nothing that others understand.
    Keep,
    /// The value is none of this property.
    Bad,
}

/// The shapes of `tts:textEmphasis` that have a place in the model.
pub(super) const EMPHASES: &[(Emphasis, &str)] = &[
    (Emphasis::Auto, "auto"),
    (Emphasis::Dot, "filled dot"),
    (Emphasis::Circle, "filled circle"),
    (Emphasis::Sesame, "filled sesame"),
];

/// The effects of a property on the text of its element.
pub(super) fn effects(decl: &Decl<'_>, mut each: impl FnMut(Effect)) {
    let value = decl.value.trim();
    let switch = |on: MarkKind, off, is_on: &[&str], is_off: &[&str]| match value {
        _ if is_on.contains(&value) => Effect::On(on),
        _ if is_off.contains(&value) => Effect::Off(off),
        _ => Effect::Bad,
    };
    let font = |font: Font| Effect::On(MarkKind::Font(Box::new(font)));
    each(match (decl.ns, decl.local) {
        (Ns::Style, "color") => color::parse(value).map_or(Effect::Bad, |c| Effect::On(MarkKind::Color(c))),
        (Ns::Style, "backgroundColor") => {
            color::parse(value).map_or(Effect::Bad, |c| Effect::On(MarkKind::Background(c)))
        }
        (Ns::Style, "fontStyle") => switch(MarkKind::Italic, Switch::Italic, &["italic", "oblique"], &["normal"]),
        (Ns::Style, "fontWeight") => switch(MarkKind::Bold, Switch::Bold, &["bold"], &["normal"]),
        (Ns::Style, "textDecoration") => return decoration(value, each),
        (Ns::Style, "fontFamily") => font(Font { family: Some(decl.value.to_string()), size: None }),
        (Ns::Style, "fontSize") => font(Font { family: None, size: Some(decl.value.to_string()) }),
        (Ns::Style, "textCombine") => match value {
            "all" => Effect::On(MarkKind::Upright),
            "none" => Effect::Off(Switch::Upright),
            _ => Effect::Keep,
        },
        (Ns::Style, "textEmphasis") => match EMPHASES.iter().find(|(_, text)| *text == value) {
            Some((emphasis, _)) => Effect::On(MarkKind::Emphasis(*emphasis)),
            None => match value {
                "none" => Effect::Off(Switch::Emphasis),
                "dot" => Effect::On(MarkKind::Emphasis(Emphasis::Dot)),
                "circle" => Effect::On(MarkKind::Emphasis(Emphasis::Circle)),
                "sesame" => Effect::On(MarkKind::Emphasis(Emphasis::Sesame)),
                _ => Effect::Keep,
            },
        },
        (Ns::Xml, "lang") => match LangTag::parse(value) {
            // A tag that is spelled in another case is another text.
            Some(lang) => Effect::On(MarkKind::Lang(lang)),
            None => Effect::Keep,
        },
        _ => Effect::Keep,
    });
}

/// `tts:textDecoration`: TTML1 §8.2.20.
fn decoration(value: &str, mut each: impl FnMut(Effect)) {
    for word in value.split_ascii_whitespace() {
        match word {
            "underline" => each(Effect::On(MarkKind::Underline)),
            "lineThrough" => each(Effect::On(MarkKind::Strike)),
            "none" => {
                each(Effect::Off(Switch::Underline));
                each(Effect::Off(Switch::Strike));
            }
            "noUnderline" => each(Effect::Off(Switch::Underline)),
            "noLineThrough" => each(Effect::Off(Switch::Strike)),
            "overline" | "noOverline" => each(Effect::Keep),
            _ => each(Effect::Bad),
        }
    }
}

/// `tts:textAlign` (TTML2 §10.2.41); `justify` begins at the start.
pub(super) fn align(value: &str) -> Option<Align> {
    ALIGNS.iter().find(|(_, word)| *word == value.trim()).map(|(align, _)| *align)
}

/// The words of `tts:textAlign`.
pub(super) const ALIGNS: &[(Align, &str)] = &[
    (Align::Start, "start"),
    (Align::Center, "center"),
    (Align::End, "end"),
    (Align::Left, "left"),
    (Align::Right, "right"),
    (Align::Start, "justify"),
];

/// Initial values that say nothing where nothing else was said (TTML2 §10.2; IMSC 1.1 §8.4.1: white).
pub(super) const INITIAL: &[(&str, &str)] = &[
    ("color", "white"),
    ("color", "#ffffff"),
    ("color", "#FFFFFF"),
    ("color", "#ffffffff"),
    ("color", "#FFFFFFFF"),
    ("backgroundColor", "transparent"),
    ("backgroundColor", "#00000000"),
    ("fontFamily", "default"),
    ("fontSize", "100%"),
    ("fontSize", "1c"),
    ("lineHeight", "normal"),
    ("opacity", "1"),
    ("opacity", "1.0"),
    ("textOutline", "none"),
    ("textShadow", "none"),
    ("unicodeBidi", "normal"),
    ("visibility", "visible"),
    ("display", "auto"),
    ("wrapOption", "wrap"),
    ("direction", "ltr"),
    ("overflow", "hidden"),
    ("showBackground", "always"),
    ("padding", "0%"),
    ("padding", "0px"),
    ("writingMode", "lrtb"),
    ("writingMode", "lr"),
];

/// The property has its initial value.
pub(super) fn is_initial(decl: &Decl<'_>) -> bool {
    decl.ns == Ns::Style && INITIAL.contains(&(decl.local, decl.value.trim()))
}

/// A property of a region that neither its placement nor the marks of its cues say.
pub(super) fn stays_in_region(decl: &Decl<'_>) -> bool {
    let mut marks = false;
    effects(decl, |effect| {
        let font = matches!(effect, Effect::On(MarkKind::Font(_)));
        marks |= !font && matches!(effect, Effect::On(_) | Effect::Off(_));
    });
    let background = decl.ns == Ns::Style && decl.local == "backgroundColor";
    (background || !marks) && !super::region::Region::is_place(decl) && !is_initial(decl)
}
