//! What SubRip can write in the text of a cue.

use super::token::{Kind, Tag, Token, tokens};
use super::{ID, color, markup};
use crate::codec::plain::{self, Begun, Open, Pen, shorten};
use crate::diag::codes::loss;
use crate::diag::{Diagnostic, Severity};
use crate::model::{Extra, Font, Mark, MarkKind, Rgba};
use memchr::memchr2;
use std::ops::Range;

/// Put after a `<` or `{` that is text: it shows nothing and keeps the bracket from being read as markup.
pub(super) const GUARD: char = '\u{2060}';

/// SubRip's markup.
#[derive(Default)]
pub(super) struct Markup {
    /// The cue has its `{\anN}`, so that a further one is read as a leftover.
    pub(super) placed: bool,
}

impl<'a> plain::Markup<'a> for Markup {
    /// Where the guards go.
    type Found = Vec<usize>;

    /// Finds the brackets that would be read as markup; the first one is reported. An unknown tag is one only if something
    /// closes it.
    fn look(&mut self, text: &str, certain: bool, pen: &mut Pen<'_>) -> Vec<usize> {
        if memchr2(b'<', b'{', text.as_bytes()).is_none() {
            return Vec::new();
        }
        let tokens: Vec<Token> = tokens(text).collect();
        let pairs = certain || tokens.iter().any(|token| matches!(token.kind, Kind::Close(Tag::Other(_))));
        let misread = |token: &&Token| match token.kind {
            Kind::Open(Tag::Other(_), _) | Kind::Close(Tag::Other(_)) => pairs,
            Kind::Open(Tag::Known(_), _) | Kind::Close(Tag::Known(_)) | Kind::Override(_) => true,
        };
        let misread: Vec<&Token> = tokens.iter().filter(misread).collect();
        if let Some(first) = misread.first() {
            let shown = text.get(first.at.clone()).map(shorten).unwrap_or_default();
            pen.loss(loss::MISREAD, "text", shown);
        }
        misread.iter().map(|token| token.at.start.saturating_add(1)).collect()
    }

    fn literal(&self, text: &str, part: Range<usize>, guards: &Vec<usize>, out: &mut String) {
        let mut from = part.start;
        let first = guards.partition_point(|guard| *guard <= part.start);
        for guard in guards.iter().skip(first).take_while(|guard| **guard <= part.end) {
            out.push_str(text.get(from..*guard).unwrap_or_default());
            out.push(GUARD);
            from = *guard;
        }
        out.push_str(text.get(from..part.end).unwrap_or_default());
    }

    fn begin(&mut self, mark: &'a Mark, open: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        let (name, tag) = match &mark.kind {
            MarkKind::Bold => ("b", "<b>"),
            MarkKind::Italic => ("i", "<i>"),
            MarkKind::Underline => ("u", "<u>"),
            MarkKind::Strike => ("s", "<s>"),
            MarkKind::Color(color) => return begin_color(*color, pen),
            MarkKind::Font(font) => return begin_font(font, mark, pen),
            MarkKind::Raw(extra) => return self.raw(extra, mark, open, pen),
            MarkKind::Voice(_)
            | MarkKind::Lang(_)
            | MarkKind::Class(_)
            | MarkKind::Background(_)
            | MarkKind::Ruby(_)
            | MarkKind::Gloss(_)
            | MarkKind::Unsaid(_)
            | MarkKind::Emphasis(_)
            | MarkKind::Upright
            | MarkKind::Shown(_) => return Begun::No,
        };
        pen.out.push_str(tag);
        Begun::Tag(name)
    }

    fn end(&mut self, tag: &'a str, out: &mut String) {
        out.extend(["</", tag, ">"]);
    }
}

fn begin_color<'a>(color: Rgba, pen: &mut Pen<'_>) -> Begun<'a> {
    if color.a != u8::MAX {
        pen.report.push(Diagnostic { severity: Severity::Warning, ..Diagnostic::new(loss::COLOR, pen.at) });
    }
    pen.out.extend(["<font color=\"", color::hex(color).as_str(), "\">"]);
    Begun::Tag("font")
}

fn begin_font<'a>(font: &Font, mark: &Mark, pen: &mut Pen<'_>) -> Begun<'a> {
    let attribute = |name: &str, value: &Option<String>| match value {
        Some(value) => format!(" {name}=\"{value}\""),
        None => String::new(),
    };
    let tag = format!("<font{}{}>", attribute("face", &font.family), attribute("size", &font.size));
    if !comes_back(&format!("{tag}x</font>"), "x", &mark.kind) {
        return Begun::No;
    }
    pen.out.push_str(&tag);
    Begun::Tag("font")
}

impl Markup {
    /// A leftover comes back only if it is SubRip's own and is read as what it says it is.
    fn raw<'a>(&self, extra: &'a Extra, mark: &Mark, open: &Open<'a>, pen: &mut Pen<'_>) -> Begun<'a> {
        let Extra { format, key: _, value } = extra;
        if *format != ID {
            return Begun::No;
        }
        let begun = match tokens(value).next().map(|token| token.kind) {
            Some(Kind::Open(tag, _)) if comes_back(&format!("{value}x</{}>", tag.name()), "x", &mark.kind) => {
                Begun::Tag(tag.name())
            }
            // Inside a tag of its name it would close that.
            Some(Kind::Close(tag))
                if mark.range.is_empty() && comes_back(value, "", &mark.kind) && !open.has(tag.name()) =>
            {
                Begun::Whole
            }
            Some(Kind::Override(_)) if mark.range.is_empty() => {
                let placed = if self.placed { "{\\an5}" } else { "" };
                if !comes_back(&format!("{placed}{value}"), "", &mark.kind) {
                    return Begun::No;
                }
                Begun::Whole
            }
            Some(Kind::Open(..) | Kind::Close(_) | Kind::Override(_)) | None => return Begun::No,
        };
        pen.out.push_str(value);
        begun
    }
}

/// Whether `markup` is read as the text `plain` with one mark over all of it.
fn comes_back(markup: &str, plain: &str, kind: &MarkKind) -> bool {
    let read = markup::read(markup).text;
    read.plain == plain && read.marks == [Mark::new(0..read.len(), kind.clone())]
}
