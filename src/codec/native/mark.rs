//! Marks: what holds of a range of a text.

use super::context::Cx;
use super::decimal::Seconds;
use super::extra::{self, ExtraJson};
use super::field::{Named, Names, Text, Unknown};
use super::offsets::Offsets;
use super::text::{read_text, write_marks};
use crate::diag::codes;
use crate::lang::LangTag;
use crate::model::{Emphasis, Font, Gloss, Mark, MarkKind, Reason, Rgba, Ruby, Spoken, Unsaid, Voice};
use serde::{Deserialize, Serialize};

/// What holds of the characters `from` to `to` (exclusive) of a text. Which other fields there are depends on `kind`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct MarkJson<'a> {
    /// Character of the text, from 0.
    pub(super) from: u32,
    /// One past the last character; the same as `from` for a point.
    pub(super) to: u32,
    #[serde(borrow)]
    pub(super) kind: Named<'a, MarkName>,
    /// voice: who speaks (the cue's `speaker` if absent); class: the class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<Text<'a>>,
    /// voice: classes on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) classes: Vec<Text<'a>>,
    /// lang: a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<Text<'a>>,
    /// color, background: `#rrggbb` or `#rrggbbaa`.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Text<'a>>,
    /// font: the family.
    #[serde(skip_serializing_if = "Option::is_none")]
    family: Option<Text<'a>>,
    /// font: the size as the file wrote it.
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<Text<'a>>,
    /// ruby: the reading; gloss: the gloss; unsaid: what is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<Text<'a>>,
    /// ruby: marks on the reading.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    marks: Vec<MarkJson<'a>>,
    /// gloss: the opening bracket with any space before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<Text<'a>>,
    /// gloss: the closing bracket.
    #[serde(skip_serializing_if = "Option::is_none")]
    close: Option<Text<'a>>,
    /// gloss: which half is said; the term if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    spoken: Option<Named<'a, Spoken>>,
    /// unsaid: why it is not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Named<'a, Reason>>,
    /// emphasis: the shape of the marks; the usual one of the language if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    style: Option<Named<'a, Emphasis>>,
    /// shown: from when on, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<Seconds<'a>>,
    /// raw: markup of one format.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<ExtraJson<'a>>,
    #[serde(flatten, skip_serializing)]
    #[cfg_attr(test, schemars(skip))]
    unknown: Unknown<'a>,
}

/// The kinds of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MarkName {
    Voice,
    Lang,
    Class,
    Bold,
    Italic,
    Underline,
    Strike,
    Color,
    Background,
    Font,
    Ruby,
    Gloss,
    Unsaid,
    Emphasis,
    Upright,
    Shown,
    Raw,
}

impl Names for MarkName {
    fn names() -> &'static [(Self, &'static str)] {
        &[
            (Self::Voice, "voice"),
            (Self::Lang, "lang"),
            (Self::Class, "class"),
            (Self::Bold, "bold"),
            (Self::Italic, "italic"),
            (Self::Underline, "underline"),
            (Self::Strike, "strike"),
            (Self::Color, "color"),
            (Self::Background, "background"),
            (Self::Font, "font"),
            (Self::Ruby, "ruby"),
            (Self::Gloss, "gloss"),
            (Self::Unsaid, "unsaid"),
            (Self::Emphasis, "emphasis"),
            (Self::Upright, "upright"),
            (Self::Shown, "shown"),
            (Self::Raw, "raw"),
        ]
    }
}

impl Names for Spoken {
    fn names() -> &'static [(Self, &'static str)] {
        &[(Self::Term, "term"), (Self::Gloss, "gloss")]
    }
}

impl Names for Emphasis {
    fn names() -> &'static [(Self, &'static str)] {
        &[(Self::Auto, "auto"), (Self::Dot, "dot"), (Self::Circle, "circle"), (Self::Sesame, "sesame")]
    }
}

impl Names for Reason {
    fn names() -> &'static [(Self, &'static str)] {
        crate::model::REASONS
    }
}

impl<'a> MarkJson<'a> {
    fn new(from: u32, to: u32, kind: MarkName) -> Self {
        Self {
            from,
            to,
            kind: Named::Known(kind),
            name: None,
            classes: Vec::new(),
            lang: None,
            color: None,
            family: None,
            size: None,
            text: None,
            marks: Vec::new(),
            open: None,
            close: None,
            spoken: None,
            reason: None,
            style: None,
            time: None,
            raw: None,
            unknown: Unknown::default(),
        }
    }

    /// To be written. `depth` counts the readings around it.
    pub(super) fn write(mark: &'a Mark, offsets: &Offsets, depth: usize) -> Self {
        let new = |kind| Self::new(offsets.chars(mark.range.start), offsets.chars(mark.range.end), kind);
        match &mark.kind {
            MarkKind::Voice(voice) => {
                let classes = voice.classes.iter().map(|class| Text::new(class)).collect();
                Self { name: Some(Text::new(&voice.name)), classes, ..new(MarkName::Voice) }
            }
            MarkKind::Lang(lang) => Self { lang: Some(Text::new(lang.as_str())), ..new(MarkName::Lang) },
            MarkKind::Class(name) => Self { name: Some(Text::new(name)), ..new(MarkName::Class) },
            MarkKind::Bold => new(MarkName::Bold),
            MarkKind::Italic => new(MarkName::Italic),
            MarkKind::Underline => new(MarkName::Underline),
            MarkKind::Strike => new(MarkName::Strike),
            MarkKind::Color(color) => Self { color: Some(write_color(*color)), ..new(MarkName::Color) },
            MarkKind::Background(color) => Self { color: Some(write_color(*color)), ..new(MarkName::Background) },
            MarkKind::Font(font) => {
                let (family, size) = (font.family.as_deref().map(Text::new), font.size.as_deref().map(Text::new));
                Self { family, size, ..new(MarkName::Font) }
            }
            MarkKind::Ruby(ruby) => {
                let marks = write_marks(&ruby.text, depth.saturating_add(1));
                Self { text: Some(Text::new(&ruby.text.plain)), marks, ..new(MarkName::Ruby) }
            }
            MarkKind::Gloss(gloss) => Self {
                text: Some(Text::new(&gloss.text)),
                open: Some(Text::new(&gloss.open)),
                close: Some(Text::new(&gloss.close)),
                spoken: Named::unless_default(gloss.spoken),
                ..new(MarkName::Gloss)
            },
            MarkKind::Unsaid(unsaid) => {
                let reason = Some(Named::Known(unsaid.reason));
                Self { text: Some(Text::new(&unsaid.text)), reason, ..new(MarkName::Unsaid) }
            }
            MarkKind::Emphasis(style) => Self { style: Named::unless_default(*style), ..new(MarkName::Emphasis) },
            MarkKind::Upright => new(MarkName::Upright),
            MarkKind::Shown(time) => Self { time: Some((*time).into()), ..new(MarkName::Shown) },
            MarkKind::Raw(extra) => Self { raw: Some(ExtraJson::write(extra)), ..new(MarkName::Raw) },
        }
    }

    /// Reads what it says. `None`, and reported, if that cannot be known.
    pub(super) fn read(mut self, cx: &mut Cx<'_>) -> Option<MarkKind> {
        let name = cx.named("kind", Some(self.kind.clone()))?;
        let kind = self.kind_of(name, cx);
        self.left_over(cx);
        if kind.is_none() {
            cx.say(codes::parse::JSON_BAD_MARK, "", &[]);
        }
        kind
    }

    fn kind_of(&mut self, name: MarkName, cx: &mut Cx<'_>) -> Option<MarkKind> {
        let text = |text: Option<Text<'a>>| text.map(Text::into_string).unwrap_or_default();
        Some(match name {
            MarkName::Voice => {
                let classes = std::mem::take(&mut self.classes).into_iter().map(Text::into_string).collect();
                MarkKind::Voice(Box::new(Voice { name: self.name.take()?.into_string(), classes }))
            }
            MarkName::Lang => MarkKind::Lang(LangTag::parse(self.lang.take()?.as_str())?),
            MarkName::Class => MarkKind::Class(self.name.take()?.into_string().into()),
            MarkName::Bold => MarkKind::Bold,
            MarkName::Italic => MarkKind::Italic,
            MarkName::Underline => MarkKind::Underline,
            MarkName::Strike => MarkKind::Strike,
            MarkName::Color => MarkKind::Color(read_color(self.color.take()?.as_str())?),
            MarkName::Background => MarkKind::Background(read_color(self.color.take()?.as_str())?),
            MarkName::Font => {
                let (family, size) = (self.family.take().map(Text::into_string), self.size.take());
                MarkKind::Font(Box::new(Font { family, size: size.map(Text::into_string) }))
            }
            MarkName::Ruby => {
                let reading = read_text(self.text.take()?.into_string(), std::mem::take(&mut self.marks), None, cx);
                MarkKind::Ruby(Box::new(Ruby { text: reading }))
            }
            MarkName::Gloss => MarkKind::Gloss(Box::new(Gloss {
                text: self.text.take()?.into_string(),
                open: text(self.open.take()),
                close: text(self.close.take()),
                spoken: cx.named("spoken", self.spoken.take()).unwrap_or_default(),
            })),
            MarkName::Unsaid => {
                let reason = cx.named("reason", self.reason.take()).unwrap_or(Reason::Asked);
                MarkKind::Unsaid(Box::new(Unsaid { text: self.text.take()?.into_string(), reason }))
            }
            MarkName::Emphasis => MarkKind::Emphasis(cx.named("style", self.style.take()).unwrap_or_default()),
            MarkName::Upright => MarkKind::Upright,
            MarkName::Shown => MarkKind::Shown(self.time.take()?.time()),
            MarkName::Raw => MarkKind::Raw(Box::new(extra::read(self.raw.take()?, cx)?)),
        })
    }

    /// Reports the fields that its kind did not take.
    fn left_over(&self, cx: &mut Cx<'_>) {
        let Self { from: _, to: _, kind: _, unknown, .. } = self;
        let Self { name, classes, lang, color, family, size, text, marks, .. } = self;
        let Self { open, close, spoken, reason, style, time, raw, .. } = self;
        let present = [
            ("name", name.is_some()),
            ("classes", !classes.is_empty()),
            ("lang", lang.is_some()),
            ("color", color.is_some()),
            ("family", family.is_some()),
            ("size", size.is_some()),
            ("text", text.is_some()),
            ("marks", !marks.is_empty()),
            ("open", open.is_some()),
            ("close", close.is_some()),
            ("spoken", spoken.is_some()),
            ("reason", reason.is_some()),
            ("style", style.is_some()),
            ("time", time.is_some()),
            ("raw", raw.is_some()),
        ];
        for (field, _) in present.iter().filter(|(_, present)| *present) {
            cx.say(codes::parse::JSON_UNKNOWN_FIELD, field, &[]);
        }
        cx.unknown(unknown);
    }
}

fn write_color(color: Rgba) -> Text<'static> {
    Text(color.to_string().into())
}

fn read_color(text: &str) -> Option<Rgba> {
    let hex = text.strip_prefix('#').filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let channel = |i: usize| u8::from_str_radix(hex.get(i..i.saturating_add(2))?, 16).ok();
    match hex.len() {
        6 => Some(Rgba { r: channel(0)?, g: channel(2)?, b: channel(4)?, a: u8::MAX }),
        8 => Some(Rgba { r: channel(0)?, g: channel(2)?, b: channel(4)?, a: channel(6)? }),
        _ => None,
    }
}
